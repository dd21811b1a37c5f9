"""Whatever comes in whatever order, what counts is the same; and it can be made again from what was received."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import select
from tests.operations.exchange.test_receive import LUOXI, XUEJIA, Stream, enrol, figures, receive, snapshot

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.exchange_order import Link, settle
from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.receive import rebuild
from jindu_desk.queries.totals import totals
from jindu_desk.store.tables import Cell, Received

if TYPE_CHECKING:
    from tests.conftest import Clock

SEPTEMBER = Month(2026, 9)
MONTHS = ("2026-08", "2026-09", "2026-10")


@st.composite
def histories(draw: st.DrawFn) -> list[tuple[str, int]]:
    """(month, revision) of each package of a stream, in the order in which they were sent."""
    sent: list[tuple[str, int]] = []
    for _ in range(draw(st.integers(2, 7))):
        month = draw(st.sampled_from(MONTHS))
        sent.append((month, 1 + sum(month == earlier for earlier, _ in sent)))
    return sent


@given(histories(), st.data())
def test_places_do_not_depend_on_the_order_of_arrival(history: list[tuple[str, int]], data: st.DataObject) -> None:
    """Also with some of them missing, and with some of them returned."""
    links = [
        Link(str(number), number, str(number - 1) if number > 1 else None, month, revision, confirmed=True)
        for number, (month, revision) in enumerate(history, 1)
    ]
    came = data.draw(st.lists(st.sampled_from(links), unique=True, min_size=1))
    returned = data.draw(st.sets(st.sampled_from([link.descriptor for link in links])))
    marked = [
        Link(
            link.descriptor,
            link.number,
            link.previous,
            link.period,
            link.revision,
            confirmed=True,
            returned=link.descriptor in returned,
        )
        for link in came
    ]
    shuffled = data.draw(st.permutations(marked))
    assert set(settle(marked)) == set(settle(shuffled))


def sums_of(desk: Desk) -> object:
    """The totals without what tells when and under which name a file came."""
    found = totals(desk.store, desk.unit.unit.id, SEPTEMBER)
    units = [(row.unit.id, row.arrival, row.month, row.to_date, row.ratios) for row in (*found.units, found.total)]
    return units, found.arrivals, found.history, found.findings


def fresh(empty: Path, folder: Path, clock: Clock) -> Desk:
    shutil.copytree(empty, folder)
    return Desk.open(folder, clock=clock)


def test_totals_do_not_depend_on_the_order_of_arrival(
    make_desk: Callable[[str, str], Desk], tmp_path: Path, clock: Clock
) -> None:
    """Two townships, revisions, a number that never comes, packages that come twice: by any order the same tables, and
    the same again after they were thrown away."""
    desk = make_desk("empty", "320411000000")
    enrol(desk, XUEJIA)
    enrol(desk, LUOXI)
    desk.close(backup=False)
    one, two = Stream(), Stream(LUOXI)
    packages = [one.next("2026-08"), one.next("2026-09"), one.revised("2026-08", 2, 9), one.next("2026-10")]
    packages += [one.revised("2026-09", 2, 4), two.next("2026-09"), two.revised("2026-09", 2, 6)]
    two.next("2026-10")  # never comes
    packages.append(two.next("2026-11"))
    found: list[object] = []

    @settings(max_examples=10, deadline=None, phases=(Phase.explicit, Phase.generate))
    @given(st.permutations(range(len(packages))), st.lists(st.sampled_from(range(len(packages))), max_size=2))
    def in_any_order(order: list[int], again: list[int]) -> None:
        folder = tmp_path / f"order-{len(found)}"
        arrived = fresh(desk.paths.root, folder, clock)
        try:
            receive(arrived, *(packages[place] for place in (*order, *again)), accept=True)
            before = snapshot(arrived)
            sums = sums_of(arrived)
            rebuild(arrived.store, arrived.paths)
            assert snapshot(arrived) == before
            assert sums_of(arrived) == sums
            found.append((figures(arrived), figures(arrived, LUOXI), before, sums))
        finally:
            arrived.close(backup=False)
            shutil.rmtree(folder)
        assert found[-1] == found[0]

    in_any_order()
    assert found[0][:2] == ({"2026-08": 9, "2026-09": 4, "2026-10": 3}, {"2026-09": 6})  # type: ignore[index]


def test_rebuilding_leaves_out_what_was_returned(make_desk: Callable[[str, str], Desk]) -> None:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    stream = Stream()
    receive(desk, stream.next("2026-09"))
    (result,) = receive(desk, stream.next("2026-10"))
    assert result.received_id is not None
    return_report(desk.store, desk.paths, result.received_id, "请核对")
    before = snapshot(desk)
    rebuild(desk.store, desk.paths)
    assert snapshot(desk) == before
    assert figures(desk) == {"2026-09": 3}


def test_rebuilding_mends_tables_that_were_altered(make_desk: Callable[[str, str], Desk]) -> None:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    receive(desk, Stream().next("2026-10"))
    before = snapshot(desk)
    with desk.store.write("by_hand") as w:
        for cell in w.session.exec(select(Cell)):
            w.session.delete(cell)
    assert figures(desk) == {}
    rebuild(desk.store, desk.paths)
    assert snapshot(desk) == before
    with desk.store.read() as session:
        assert [row.verdict for row in session.exec(select(Received))] == [Verdict.NEW]
