"""Months of 薛家镇 to show and type into."""

from __future__ import annotations

from tests.domain.tallies.sheets import seeded

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import sheet
from jindu_desk.queries.units import units_below
from jindu_desk.store.tables import MonthLock

OCTOBER = Month(2026, 10)


def villages_of(desk: Desk) -> tuple[str, ...]:
    return tuple(unit.id for unit in units_below(desk.store, desk.unit.unit.id, OCTOBER))


def fill_month(desk: Desk, month: Month, *, villages: int = 15) -> None:
    """Plausible figures for the first ``villages``, carried on from the month before where there is one."""
    catalogue, rng = shipped_rules().catalogue, seeded(month.number)
    before = sheet(desk.store, desk.unit.unit.id, month).sheet
    edits = []
    for unit_id in villages_of(desk)[:villages]:
        opening = unit_id in before.openings
        previous = None if opening else {code: before.last_month(unit_id, code) for code in catalogue.items}
        row = plausible_month(rng, catalogue, previous, Size.MIDDLE)
        edits += [CellEdit(unit_id, item, cell, "示例" if opening else None) for item, cell in row.items()]
    township = desk.unit.unit.id
    edits += [CellEdit(township, item, cell) for item, cell in plausible_township(rng, catalogue, None).items()]
    set_cells(desk.store, township, month, edits)


def stored(desk: Desk, unit_id: str, item: str, month: Month = OCTOBER) -> Cell:
    return sheet(desk.store, desk.unit.unit.id, month).sheet.cell(unit_id, item)


def lock(desk: Desk, month: Month = OCTOBER) -> None:
    with desk.store.write("lock_month") as w:
        fields = {"unit_id": desk.unit.unit.id, "month": str(month), "sent_number": 3, "locked_at": w.now}
        w.session.add(MonthLock.model_validate(fields))
