"""The place of a package in its stream."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.exchange_order import Link, Place, again, settle


def link(number: int, period: str = "", revision: int = 1, *, name: str = "", after: str | None = "") -> Link:
    """Number n follows "n-1" unless told otherwise; its period is the n-th month unless told otherwise."""
    previous = (str(number - 1) if number > 1 else None) if after == "" else after
    return Link(name or str(number), number, previous, period or f"2026-{number:02}", revision)


def verdicts(*links: Link, closed: tuple[str, ...] = ()) -> list[Verdict]:
    return [place.verdict for place in settle(links, closed)]


def counted(*links: Link, closed: tuple[str, ...] = ()) -> set[str]:
    return {place.descriptor for place in settle(links, closed) if place.counts}


def test_numbers_in_a_row_are_new_and_count() -> None:
    assert verdicts(link(1), link(2)) == [Verdict.NEW, Verdict.NEW]
    assert counted(link(1), link(2)) == {"1", "2"}


def test_gap_is_held_and_names_what_is_missing() -> None:
    *_, held = settle([link(1), link(5)])
    assert held == Place("5", Verdict.GAP, in_chain=False, counts=False, missing=(2, 4))


def test_gap_names_the_first_run_only_of_missing_numbers() -> None:
    places = settle([link(1), link(3), link(6)])
    assert [place.missing for place in places] == [None, (2, 2), (2, 2)]


def test_gap_is_released_by_the_missing_number() -> None:
    assert verdicts(link(1), link(3), link(2)) == [Verdict.NEW] * 3


def test_fast_forward_is_a_gap() -> None:
    *_, held = settle([link(1), link(999_999_999)])
    assert (held.verdict, held.missing) == (Verdict.GAP, (2, 999_999_998))


def test_first_package_must_be_number_one() -> None:
    assert verdicts(link(2)) == [Verdict.GAP]


def test_revision_waits_until_it_is_confirmed() -> None:
    second = link(2, "2026-01", 2)
    assert verdicts(link(1), second) == [Verdict.NEW, Verdict.REVISION]
    assert counted(link(1), second) == {"1"}
    assert counted(link(1), replace(second, confirmed=True)) == {"2"}


def test_what_a_returned_revision_had_replaced_does_not_come_back() -> None:
    first, second = link(1), replace(link(2, "2026-01", 2), returned=True)
    assert counted(first, replace(second, confirmed=True, counted=True)) == set()
    assert counted(first, second, link(3, "2026-02")) == {"3"}  # settled anew, when the next one comes
    assert counted(first, second, replace(link(3, "2026-01", 3), confirmed=True)) == {"3"}
    # A correction that only waited leaves what stands.
    assert counted(replace(first, counted=True), second, link(3, "2026-02")) == {"1", "3"}


def test_next_month_counts_while_a_revision_waits() -> None:
    assert counted(link(1), link(2, "2026-01", 2), link(3, "2026-02")) == {"1", "3"}


def test_lower_revision_under_a_later_number_is_older() -> None:
    links = link(1), replace(link(2, "2026-01", 2), confirmed=True), link(3, "2026-01", 1)
    assert verdicts(*links) == [Verdict.NEW, Verdict.REVISION, Verdict.OLDER]
    assert counted(*links) == {"2"}


def test_same_number_other_content_is_a_fork_and_replaces_nothing() -> None:
    other = link(2, name="other")
    assert verdicts(link(1), link(2), other) == [Verdict.NEW, Verdict.NEW, Verdict.FORK]
    assert counted(link(1), link(2), other) == {"1", "2"}


def test_person_decides_a_fork() -> None:
    other = replace(link(2, name="other"), chosen=True)
    assert verdicts(link(1), link(2), other) == [Verdict.NEW, Verdict.FORK, Verdict.NEW]
    assert counted(link(1), link(2), other) == {"1", "other"}


def test_next_number_after_something_else_is_a_fork() -> None:
    assert verdicts(link(1), link(2, after="unheard of")) == [Verdict.NEW, Verdict.FORK]


def test_branch_that_was_not_chosen_goes_with_its_first_package() -> None:
    other = link(2, name="other", after="1")
    onward = link(3, name="onward", after="other")
    assert verdicts(link(1), link(2), other, onward) == [Verdict.NEW, Verdict.NEW, Verdict.FORK, Verdict.FORK]
    chosen = replace(other, chosen=True)
    assert verdicts(link(1), link(2), chosen, onward) == [Verdict.NEW, Verdict.FORK, Verdict.NEW, Verdict.NEW]


def test_closed_month_takes_no_more() -> None:
    assert verdicts(link(1), closed=("2026-01",)) == [Verdict.LOCKED]
    assert counted(link(1), link(2), closed=("2026-01",)) == {"2"}


def test_closed_month_keeps_what_counts_in_it() -> None:
    first = replace(link(1), counted=True)
    assert verdicts(first, link(2, "2026-01", 2), closed=("2026-01",)) == [Verdict.NEW, Verdict.LOCKED]
    assert counted(first, link(2, "2026-01", 2), closed=("2026-01",)) == {"1"}


def test_closing_a_month_does_not_change_what_was_replaced_before() -> None:
    links = link(1), replace(link(2, "2026-01", 2), confirmed=True, counted=True)
    assert verdicts(*links, closed=("2026-01",)) == [Verdict.NEW, Verdict.REVISION]


def test_replay_is_the_same_or_older() -> None:
    first, second = link(1), replace(link(2, "2026-01", 2), confirmed=True, counted=True)
    places = settle([first, second])
    assert again([first, second], places[1], second) is Verdict.SAME
    assert again([first, second], places[0], first) is Verdict.OLDER


@given(st.permutations(range(1, 8)), st.data())
def test_order_of_arrival_does_not_matter(numbers: list[int], data: st.DataObject) -> None:
    months = data.draw(st.lists(st.integers(1, 4), min_size=7, max_size=7))
    revisions = [months[:place].count(month) + 1 for place, month in enumerate(months)]
    stream = {n: link(n, f"2026-{months[n - 1]:02}", revisions[n - 1]) for n in range(1, 8)}
    stream = {n: replace(one, confirmed=True) for n, one in stream.items()}
    arrived: list[Link] = []
    for number in numbers:
        arrived.append(stream[number])
        counting = counted(*arrived)
        arrived = [replace(one, counted=one.descriptor in counting) for one in arrived]
    in_order = settle([replace(stream[n], counted=False) for n in sorted(stream)])
    assert {p.descriptor: p for p in settle(arrived)} == {p.descriptor: p for p in in_order}


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9, unique=True))
def test_nothing_counts_beyond_a_missing_number(numbers: list[int]) -> None:
    places = settle([link(number) for number in numbers])
    unbroken = next(n for n in range(1, 11) if n not in numbers) - 1
    assert {int(place.descriptor) for place in places if place.counts} == set(range(1, unbroken + 1))
