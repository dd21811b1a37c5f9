"""Where a unit's month stands at the desk above, in the same words on every screen and paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from jindu_desk.queries.exchange.uncounted import Uncounted
from jindu_desk.queries.totals import Arrival, UnitTotals
from jindu_desk.reports.wording import short_date_text

RETURNED: Final = "已退回，待更正"
HELD: Final = "待处理"
ARRIVAL_WORDS: Final = {
    Arrival.COUNTED: "已汇总",
    Arrival.HELD: HELD,
    Arrival.RETURNED: RETURNED,
    Arrival.MISSING: "未收到",
}
# What stands for facts that the month would have brought; of a month that never came it is said that there are none.
_LEFT_OUT: Final = {Arrival.RETURNED: "已退回，未计入", Arrival.HELD: "待处理，未计入"}


def returned_text(on: date) -> str:
    return f"已于{short_date_text(on)}退回，待更正"


def uncounted_text(uncounted: Uncounted | None) -> str:
    """Why a month that is here does not count; "" where nothing of it is here."""
    if uncounted is None:
        return ""
    return HELD if uncounted.returned_on is None else returned_text(uncounted.returned_on)


def arrival_text(arrival: Arrival, returned_on: date | None) -> str:
    """With the day of a return."""
    if arrival is Arrival.RETURNED and returned_on is not None:
        return returned_text(returned_on)
    return ARRIVAL_WORDS[arrival]


def left_out_text(arrival: Arrival) -> str:
    """Empty where the month counts or never came."""
    return _LEFT_OUT.get(arrival, "")


def absent_parts(units: Sequence[UnitTotals]) -> tuple[str, ...]:
    """``未收到：甲镇、乙镇``, ``已退回，待更正：丙镇（11月26日退回）``: who is not in the sums, by why."""
    parts = []
    for arrival in (Arrival.MISSING, Arrival.RETURNED, Arrival.HELD):
        names = [with_day(row.unit.name, row.returned_on) for row in units if row.arrival is arrival]
        if names:
            parts.append(f"{ARRIVAL_WORDS[arrival]}：{'、'.join(names)}")
    return tuple(parts)


def with_day(name: str, returned_on: date | None) -> str:
    """``薛家镇（11月26日退回）``."""
    return name if returned_on is None else f"{name}（{short_date_text(returned_on)}退回）"
