"""The totals as a file that leaves the program."""

from __future__ import annotations

from pathlib import Path

from jindu_desk.domain.months import Month
from jindu_desk.operations.saving import save_file
from jindu_desk.queries.totals import all_cells, totals
from jindu_desk.queries.units import units_below
from jindu_desk.reports.totals_workbook import totals_xlsx
from jindu_desk.store.engine import Store


def export_totals(store: Store, owner_id: str, month: Month, target: Path) -> None:
    """Write the totals of ``owner_id`` as .xlsx. Raises `DiskFull` or `CannotWriteFile`; then nothing is left."""
    found = totals(store, owner_id, month)
    names = {row.unit.id: row.unit.name for row in found.units}
    for unit_id in tuple(names):
        names |= {village.id: village.name for village in units_below(store, unit_id, month)}
    names.setdefault(owner_id, found.owner.name)
    save_file(target, totals_xlsx(found, all_cells(store, found.owner, month), names))
