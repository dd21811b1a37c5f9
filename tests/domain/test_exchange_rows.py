"""Which of a month's signed entries count at the receiver."""

from __future__ import annotations

from datetime import date

import pytest

from jindu_desk.domain.exchange_rows import booked_in, entries_that_stand, reversed_earlier
from jindu_desk.domain.months import Month

NOVEMBER = Month(2026, 11)


def entry(name: str, fen: int, on: date = date(2026, 11, 5), reverses: str | None = None) -> dict[str, object]:
    return {"id": name, "on": on, "amount_fen": fen, "reverses": reverses}


def test_an_earlier_entry_travels_along_and_is_not_booked_again() -> None:
    carried, reversal = entry("a", 100, date(2026, 10, 9)), entry("b", -100, reverses="a")
    assert booked_in(NOVEMBER, [carried, reversal]) == [reversal]
    assert reversed_earlier([reversal]) == {"a"}
    assert reversed_earlier([entry("c", 50), entry("d", -50, reverses="c")]) == set()


@pytest.mark.parametrize(
    ("earlier", "stands"),
    [({"a": 100}, True), ({"a": 101}, False), ({}, False)],
)
def test_a_reversal_stands_where_what_it_reverses_counts(earlier: dict[str, object], stands: bool) -> None:
    entry_of_month, reversal = entry("c", 50), entry("b", -100, reverses="a")
    found = entries_that_stand([entry_of_month, reversal], earlier)
    assert found == ([entry_of_month, reversal] if stands else [entry_of_month])


def test_a_reversal_of_the_same_month() -> None:
    of_month = [entry("b", -50, reverses="c"), entry("c", 50)]
    assert entries_that_stand(of_month, {}) == of_month
