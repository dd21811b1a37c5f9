"""What the page shows, asked for in one go on the worker thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.queries.units import OfficialRow, UnitRow, all_units, officials

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

ROLE_WORD = {
    Role.FIRST_RESPONSIBLE: "第一责任人",
    Role.MAIN_RESPONSIBLE: "主要责任人",
    Role.DIRECT_RESPONSIBLE: "直接责任人",
    Role.FULL_TIME_STAFF: "专职人员",
    Role.VILLAGE_DIRECTOR: "村（居）委会主任",
    Role.OBSERVER: "列席人员",
}
BELOW_WORD = {Tier.TOWNSHIP: "村（社区）", Tier.DISTRICT: "镇（街道）", Tier.CITY: "辖市（区）"}


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit with whoever heads it today (for a village its director). ``exists``: in the month on view."""

    unit: UnitRow
    is_own: bool
    exists: bool
    head: str


@dataclass(frozen=True, slots=True)
class UnitsView:
    month: Month
    today: date
    own: UnitRow
    superior: str
    lines: tuple[UnitLine, ...]
    officials: tuple[OfficialRow, ...]

    def people_of(self, unit_id: str) -> tuple[OfficialRow, ...]:
        return tuple(row for row in self.officials if row.unit_id == unit_id)

    def unit(self, unit_id: str) -> UnitRow | None:
        return next((line.unit for line in self.lines if line.unit.id == unit_id), None)


def units_view(desk: Desk, month: Month) -> UnitsView:
    """The own unit first, then those that report to it, also those that have ended."""
    today = desk.store.clock().date()
    units = all_units(desk.store, month)
    own = next(unit for unit in units if unit.id == desk.unit.unit.id)
    shown = (own, *(unit for unit in units if unit.reports_to == own.id))
    order = list(ROLE_WORD)
    found = officials(desk.store, [unit.id for unit in shown])
    people = tuple(sorted(found, key=lambda row: (order.index(row.role), row.position)))
    superior = next((unit.name for unit in units if unit.id == own.reports_to), "")
    return UnitsView(
        month, today, own, superior, tuple(_line(unit, own, people, month, today) for unit in shown), people
    )


def in_office(row: OfficialRow, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or row.until >= day)


def _line(unit: UnitRow, own: UnitRow, people: tuple[OfficialRow, ...], month: Month, today: date) -> UnitLine:
    heading = (Role.VILLAGE_DIRECTOR, Role.FIRST_RESPONSIBLE)
    heads = [row.name for row in people if row.unit_id == unit.id and row.role in heading and in_office(row, today)]
    begun = unit.valid_from is None or unit.valid_from <= str(month)
    over = unit.valid_to is not None and unit.valid_to < str(month)
    return UnitLine(unit, unit.id == own.id, begun and not over, "、".join(heads))
