"""Taking a village's fill-in workbook into the sheet, after showing what would change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.errors.folder import reading_from
from jindu_desk.errors.tallies import WorkbookFault, WorkbookHasFaults
from jindu_desk.operations.locks import refuse_if_locked
from jindu_desk.operations.saving import save_file
from jindu_desk.operations.tallies import CellEdit, set_cells_in
from jindu_desk.queries.tallies import TallySheet, sheet, sheet_in
from jindu_desk.reports.tallies.workbook_guard import LARGEST_FILE
from jindu_desk.reports.tallies.workbook_reading import ReadWorkbook, read_tally_workbook
from jindu_desk.store.engine import Store


@dataclass(frozen=True, slots=True)
class CellChange:
    """What a workbook changes in one cell; ``sheet`` and ``ref`` say where it stands in the workbook."""

    unit_id: str
    unit_name: str
    item: str
    item_name: str
    before: Cell
    after: Cell
    sheet: str
    ref: str


@dataclass(frozen=True, slots=True)
class FillResult:
    """``changes`` were made, or would be (``dry_run``). With ``faults`` nothing is ever made."""

    changes: tuple[CellChange, ...]
    faults: tuple[WorkbookFault, ...]
    notes: int
    dry_run: bool
    subjects: frozenset[Subject]


def read_workbook_file(path: Path) -> bytes:
    """The bytes of a workbook. Raises `CannotReadFile`."""
    with reading_from(path), path.open("rb") as stream:
        return stream.read(LARGEST_FILE + 1)


def write_template(
    store: Store, township_id: str, month: Month, path: Path, *, units: Collection[str] | None = None
) -> Path:
    """Write the month's fill-in workbook, of all villages or of ``units``. Raises `CannotWriteFile`."""
    from jindu_desk.reports.tallies.workbook import template_xlsx

    found = sheet(store, township_id, month)
    save_file(path, template_xlsx(found, found.rules.catalogue, units))
    return path


def fill_workbook(
    store: Store, township_id: str, month: Month, content: bytes, *, file: str, dry_run: bool = False
) -> FillResult:
    """Take a workbook's figures into the month, all or none; with ``dry_run`` only tell what would change.

    Raises `WorkbookUnreadable`, `CellOutsideTemplate`, `NotATemplate`, `MonthLocked`, and, when it is not a dry run,
    `WorkbookHasFaults`.
    """
    if dry_run:
        with store.read() as session:
            found = sheet_in(session, township_id, month)
        read = read_tally_workbook(content, found, found.rules.catalogue, file=file)
        return FillResult(_changes(found, read), read.faults, len(_notes(found, read)), True, frozenset())
    with store.write("fill_workbook") as w:
        refuse_if_locked(w.session, township_id, month)
        found = sheet_in(w.session, township_id, month)
        read = read_tally_workbook(content, found, found.rules.catalogue, file=file)
        if read.faults:
            raise WorkbookHasFaults(count=len(read.faults), first=read.faults[0])
        changes, notes = _changes(found, read), _notes(found, read)
        edits = [CellEdit(change.unit_id, change.item, change.after) for change in changes]
        if edits:
            set_cells_in(w, township_id, month, edits)
        set_cells_in(w, township_id, month, notes)
        return FillResult(changes, (), len(notes), False, w.changes().subjects)


def _changes(found: TallySheet, read: ReadWorkbook) -> tuple[CellChange, ...]:
    catalogue = found.rules.catalogue
    return tuple(
        CellChange(
            cell.unit_id,
            found.name_of(cell.unit_id),
            cell.item,
            catalogue.item(cell.item).name,
            before,
            cell.cell,
            cell.sheet,
            cell.ref,
        )
        for cell in read.cells
        if (before := found.sheet.cell(cell.unit_id, cell.item)) != cell.cell
    )


def _notes(found: TallySheet, read: ReadWorkbook) -> list[CellEdit]:
    """The notes that differ, as edits that leave the figure as the workbook has it."""
    figures = {(cell.unit_id, cell.item): cell.cell for cell in read.cells}
    return [
        CellEdit(note.unit_id, note.item, figures[note.unit_id, note.item], note.note)
        for note in read.notes
        if (note.unit_id, note.item) in figures and found.sheet.notes.get((note.unit_id, note.item), "") != note.note
    ]
