"""Filling the sheet: figures, notes, nil returns, reasons. What follows from a figure is stored with it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Catalogue, Item, Level, Nature
from jindu_desk.domain.tallies.cells import BLANK, UNKNOWN, Cell, cell_of, state_of
from jindu_desk.domain.tallies.checks import Finding, evaluate_unit
from jindu_desk.domain.tallies.records import CellFields, CellState, NilReturnFields, ReasonFields
from jindu_desk.domain.tallies.sheet import compute
from jindu_desk.errors import DeskError
from jindu_desk.errors.tallies import (
    HardFindingNeedsFigures,
    NilReturnDeclared,
    NilReturnOverFigures,
    NilReturnOverUnknown,
    NoFigureForNote,
    NoNilReturn,
    NoSuchFinding,
    UnitNotInSheet,
    WeakReason,
)
from jindu_desk.operations.locks import refuse_if_locked
from jindu_desk.operations.tally_refusals import (
    refuse_for_everything,
    refuse_no_count,
    refuse_other_figures,
    refuse_wrong_row,
)
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.tallies import sheet_in
from jindu_desk.queries.units import units_below_in
from jindu_desk.store import tables
from jindu_desk.store.engine import Store, Write


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A cell to be set; `BLANK` clears it. ``note`` None leaves the comment as it is."""

    unit_id: str
    item: str
    cell: Cell
    note: str | None = None


def set_cells(store: Store, township_id: str, month: Month, edits: Sequence[CellEdit]) -> Changes:
    """Set cells of one month, all or none, and store what follows from them, in later open months too.

    A carried or derived cell may be among ``edits`` only with the figure it has anyway (a pasted row), or, carried,
    in a unit's first month. Raises `MonthLocked`, `UnitNotInSheet`, `ItemNotOfUnit`, `CarriedCell`, `DerivedCell`,
    `NotACount`, `FigureTooLarge`, `NilReturnDeclared` or an error about the note.
    """
    with store.write("set_cells") as w:
        refuse_if_locked(w.session, township_id, month)
        set_cells_in(w, township_id, month, edits)
        return w.changes()


def set_cells_in(w: Write, township_id: str, month: Month, edits: Sequence[CellEdit]) -> None:
    """The steps of `set_cells` inside a transaction."""
    catalogue = rules_in(w.session, month).catalogue
    _refuse_nil_returns(w.session, month, {edit.unit_id for edit in edits})
    villages = {unit.id for unit in units_below_in(w.session, township_id, month)}
    by_unit: dict[str, list[CellEdit]] = {}
    for edit in edits:
        refuse_wrong_row(catalogue, edit.unit_id, edit.item, township_id, villages, month)
        refuse_no_count(edit.cell)
        by_unit.setdefault(edit.unit_id, []).append(edit)
    for unit_id, of_unit in by_unit.items():
        row = _UnitMonth(w, catalogue, township_id, unit_id, month)
        row.edit(of_unit)
        _withdraw_reasons(w, township_id, unit_id, month)
        row.carry_on()


@dataclass(frozen=True, slots=True)
class NilReturns:
    """``declared``: the villages signed off. ``filled``: their cells that were blank. ``refused``: why others were
    not, by unit id."""

    subjects: frozenset[Subject]
    declared: tuple[str, ...]
    filled: Mapping[tuple[str, str], Cell]
    refused: Mapping[str, DeskError]


def declare_nil_return(store: Store, township_id: str, unit_id: str, month: Month, *, declared_by: str) -> Changes:
    """Sign a village's month off as 零报告: flows become zero, stocks stay as last month's, nothing is left blank.

    Raises `MonthLocked`, `UnitNotInSheet`, `NilReturnDeclared`, `NilReturnOverFigures` or `NilReturnOverUnknown`.
    """
    with store.write("declare_nil_return") as w:
        refuse_if_locked(w.session, township_id, month)
        _declare_nil(w, township_id, unit_id, month, declared_by)
        return w.changes(unit_id)


def declare_nil_returns(
    store: Store, township_id: str, unit_ids: Sequence[str], month: Month, *, declared_by: str
) -> NilReturns:
    """Sign several villages off in one transaction; those that cannot be are named in the answer, with the reason.

    Raises `MonthLocked`.
    """
    declared: list[str] = []
    filled: dict[tuple[str, str], Cell] = {}
    refused: dict[str, DeskError] = {}
    with store.write("declare_nil_returns") as w:
        refuse_if_locked(w.session, township_id, month)
        for unit_id in unit_ids:
            try:
                cells = _declare_nil(w, township_id, unit_id, month, declared_by)
            except (UnitNotInSheet, NilReturnDeclared, NilReturnOverFigures, NilReturnOverUnknown) as error:
                refused[unit_id] = error  # raised before anything of this village was written
            else:
                declared.append(unit_id)
                filled |= {(unit_id, code): cell for code, cell in cells.items()}
        return NilReturns(frozenset({Subject.TALLIES}), tuple(declared), filled, refused)


def withdraw_nil_return(store: Store, township_id: str, unit_id: str, month: Month) -> Changes:
    """Take a nil return back; its zeros stay and can be changed again. Raises `MonthLocked`, `NoNilReturn`."""
    return withdraw_nil_returns(store, township_id, (unit_id,), month)


def withdraw_nil_returns(
    store: Store, township_id: str, unit_ids: Sequence[str], month: Month, edits: Sequence[CellEdit] = ()
) -> Changes:
    """Take nil returns back and set ``edits`` in the same transaction. Raises `MonthLocked`, `NoNilReturn` or what
    `set_cells` raises."""
    with store.write("withdraw_nil_returns") as w:
        refuse_if_locked(w.session, township_id, month)
        for unit_id in unit_ids:
            declared = w.session.get(tables.NilReturn, (unit_id, str(month)))
            if declared is None:
                raise NoNilReturn
            w.session.delete(declared)
            w.note(Subject.TALLIES, f"{month}/{unit_id}", {"nil_return": False})
        w.session.flush()
        if edits:
            set_cells_in(w, township_id, month, edits)
        return w.changes(unit_ids[0] if len(unit_ids) == 1 else None)


def give_reason(
    store: Store, township_id: str, unit_id: str, month: Month, key: str, reason: str, *, given_by: str
) -> Changes:
    """Explain a soft finding by its ``key``; the reason holds while its figures do.

    Raises `MonthLocked`, `NoSuchFinding`, `HardFindingNeedsFigures`, `WeakReason`, `ReasonForEverything` or an error
    about the text.
    """
    with store.write("give_reason") as w:
        refuse_if_locked(w.session, township_id, month)
        finding = next((found for found in _findings(w, township_id, unit_id, month) if found.key == key), None)
        if finding is None:
            raise NoSuchFinding
        if finding.hard:
            raise HardFindingNeedsFigures
        if rules_in(w.session, month).checks.is_weak(reason):
            raise WeakReason(text=reason.strip()[:20])
        refuse_for_everything(w.session, township_id, month, key, reason.strip())
        fields = ReasonFields.read(
            {
                "township_id": township_id,
                "unit_id": unit_id,
                "month": str(month),
                "check": key,
                "figures": finding.figures,
                "reason": reason,
                "given_by": given_by,
                "given_at": w.now,
            }
        )
        earlier = w.session.get(tables.Reason, (unit_id, str(month), key))
        if earlier is not None:
            w.session.delete(earlier)
            w.session.flush()
        w.session.add(tables.Reason.model_validate(fields.model_dump()))
        w.note(Subject.TALLIES, f"{month}/{unit_id}", {"check": key, "reason": fields.reason})
        return w.changes(unit_id)


def withdraw_reason(store: Store, township_id: str, unit_id: str, month: Month, key: str) -> Changes:
    """Take a reason back. Raises `MonthLocked`, `NoSuchFinding`."""
    with store.write("withdraw_reason") as w:
        refuse_if_locked(w.session, township_id, month)
        given = w.session.get(tables.Reason, (unit_id, str(month), key))
        if given is None:
            raise NoSuchFinding
        w.session.delete(given)
        w.note(Subject.TALLIES, f"{month}/{unit_id}", {"check": key, "reason": None})
        return w.changes(unit_id)


def set_cell_note(store: Store, township_id: str, unit_id: str, month: Month, item: str, note: str) -> Changes:
    """Comment on a filled cell; "" takes the comment away. Raises `MonthLocked`, `NoFigureForNote` or an error about
    the text."""
    with store.write("set_cell_note") as w:
        refuse_if_locked(w.session, township_id, month)
        cell = w.session.get(tables.Cell, (unit_id, str(month), item))
        if cell is None:
            raise NoFigureForNote
        _put_note(w, cell, note)
        return w.changes(unit_id)


def set_cell_notes(store: Store, township_id: str, month: Month, notes: Mapping[tuple[str, str], str]) -> Changes:
    """Comment on several filled cells, by (unit id, item); all or none. Raises as `set_cell_note`."""
    with store.write("set_cell_notes") as w:
        refuse_if_locked(w.session, township_id, month)
        for (unit_id, item), note in notes.items():
            cell = w.session.get(tables.Cell, (unit_id, str(month), item))
            if cell is None:
                raise NoFigureForNote
            _put_note(w, cell, note)
        return w.changes()


def set_source_notes(store: Store, township_id: str, month: Month, unit_ids: Collection[str], note: str) -> Changes:
    """Name the source of the opening figures of villages in their first month, where none is named yet."""
    with store.write("set_source_notes") as w:
        refuse_if_locked(w.session, township_id, month)
        found = sheet_in(w.session, township_id, month)
        opening_items = [item.code for item in found.rules.catalogue.computed if item.opens]
        openings = found.sheet.openings & set(unit_ids)
        table = tables.Cell
        cells = w.session.exec(
            select(table).where(
                col(table.unit_id).in_(openings),
                table.month == str(month),
                col(table.item).in_(opening_items),
                table.note == "",
            )
        ).all()
        for cell in cells:
            _put_note(w, cell, note)
        return w.changes()


def open_month(store: Store, township_id: str, month: Month) -> Changes:
    """Store the opening figures carried from last month, for villages that have none yet. Raises `MonthLocked`."""
    with store.write("open_month") as w:
        refuse_if_locked(w.session, township_id, month)
        catalogue = rules_in(w.session, month).catalogue
        for unit in units_below_in(w.session, township_id, month):
            _UnitMonth(w, catalogue, township_id, unit.id, month).edit([])
        return w.changes()


class _UnitMonth:
    """The records of one unit and month while they are being written."""

    def __init__(self, w: Write, catalogue: Catalogue, township_id: str, unit_id: str, month: Month) -> None:
        self._w, self._catalogue = w, catalogue
        self._township_id, self._unit_id, self._month = township_id, unit_id, month
        self._records = _records(w.session, unit_id, month)
        self.row = {code: cell_of(record.state, record.value) for code, record in self._records.items()}
        last = _records(w.session, unit_id, month.previous)
        self.previous = {code: cell_of(record.state, record.value) for code, record in last.items()}
        self.opening = not _has_figures_before(w.session, unit_id, month)
        self._noted: dict[str, object] = {}

    def edit(self, edits: Iterable[CellEdit]) -> None:
        """Put the edits and what follows from them. Raises `CarriedCell`, `DerivedCell`."""
        expected: dict[str, Cell] = {}
        wanted: dict[str, Cell] = {}
        notes: dict[str, str] = {}
        for edit in edits:
            item = self._catalogue.item(edit.item)
            if item.typed or (item.opens and self.opening):
                wanted[edit.item] = edit.cell
            else:
                expected[edit.item] = edit.cell
            if edit.note is not None:
                notes[edit.item] = edit.note
        row: dict[str, Cell] = {**self.row, **wanted}
        if self._unit_id != self._township_id:
            computed = compute(
                self._catalogue,
                row,
                self.previous,
                opening=self.opening,
                items=self._catalogue.computed_in(str(self._month)),
            )
            refuse_other_figures(self._catalogue, expected, computed)
            wanted |= computed
        for code, cell in wanted.items():
            self._put(code, cell, typed=self._catalogue.item(code).typed)
        for code, note in notes.items():
            if code in self._records:
                _put_note(self._w, self._records[code], note)
        if self._noted:
            self._w.note(Subject.TALLIES, f"{self._month}/{self._unit_id}", self._noted)
        self._w.session.flush()

    def carry_on(self) -> None:
        """Carry changed closing figures into later months that were begun already and are open."""
        month = self._month.next
        while _records(self._w.session, self._unit_id, month) and not _locked(
            self._w.session, self._township_id, month
        ):
            catalogue = rules_in(self._w.session, month).catalogue
            later = _UnitMonth(self._w, catalogue, self._township_id, self._unit_id, month)
            later.edit([])
            if not later._noted:
                return
            _withdraw_reasons(self._w, self._township_id, self._unit_id, month)
            month = month.next

    def _put(self, code: str, cell: Cell, *, typed: bool) -> None:
        state = state_of(cell)
        record = self._records.get(code)
        if state is None:
            if record is not None:
                self._w.session.delete(record)
                del self._records[code]
                self._told(code, None, typed)
            return
        if record is not None and (record.state, record.value) == state:
            return
        if record is None:
            fields = CellFields.read(
                {
                    "township_id": self._township_id,
                    "unit_id": self._unit_id,
                    "month": str(self._month),
                    "item": code,
                    "state": state[0],
                    "value": state[1],
                }
            )
            record = tables.Cell.model_validate(fields.model_dump())
            self._w.session.add(record)
            self._records[code] = record
        else:
            record.state, record.value = state
        self._told(code, state[1] if state[0] is CellState.NUMBER else state[0].value, typed)

    def _told(self, code: str, figure: int | str | None, typed: bool) -> None:
        self._noted[code if typed else f"={code}"] = figure


def _records(session: Session, unit_id: str, month: Month) -> dict[str, tables.Cell]:
    rows = session.exec(select(tables.Cell).where(tables.Cell.unit_id == unit_id, tables.Cell.month == str(month)))
    return {row.item: row for row in rows}


def _has_figures_before(session: Session, unit_id: str, month: Month) -> bool:
    query = select(tables.Cell.item).where(tables.Cell.unit_id == unit_id, tables.Cell.month < str(month)).limit(1)
    return session.exec(query).first() is not None


def _locked(session: Session, township_id: str, month: Month) -> bool:
    lock = session.get(tables.MonthLock, (township_id, str(month)))
    return lock is not None and lock.reopened_at is None


def _refuse_nil_returns(session: Session, month: Month, unit_ids: Collection[str]) -> None:
    table = tables.NilReturn
    query = select(table.unit_id).where(col(table.unit_id).in_(unit_ids), table.month == str(month))
    if session.exec(query).first() is not None:
        raise NilReturnDeclared


def _declare_nil(w: Write, township_id: str, unit_id: str, month: Month, declared_by: str) -> dict[str, Cell]:
    """Sign one village off; the cells that were blank. What refuses it is raised before anything is written."""
    catalogue = rules_in(w.session, month).catalogue
    _refuse_nil_returns(w.session, month, {unit_id})
    if unit_id not in {unit.id for unit in units_below_in(w.session, township_id, month)}:
        raise UnitNotInSheet(month=str(month))
    row = _UnitMonth(w, catalogue, township_id, unit_id, month)
    cells = _nil_cells(catalogue, row, str(month))
    row.edit([CellEdit(unit_id, code, cell) for code, cell in cells.items()])
    fields = NilReturnFields.read(
        {
            "township_id": township_id,
            "unit_id": unit_id,
            "month": str(month),
            "declared_by": declared_by,
            "declared_at": w.now,
        }
    )
    w.session.add(tables.NilReturn.model_validate(fields.model_dump()))
    w.note(Subject.TALLIES, f"{month}/{unit_id}", {"nil_return": True})
    w.session.flush()
    _withdraw_reasons(w, township_id, unit_id, month)
    row.carry_on()
    return cells


def _nil_cells(catalogue: Catalogue, row: _UnitMonth, month: str) -> dict[str, Cell]:
    """The cells a nil return fills: zero for what did not happen, last month's for what stands."""
    found: dict[str, Cell] = {}
    for item in catalogue.level_items(Level.VILLAGE):
        here = row.row.get(item.code, BLANK)
        if not item.asked_in(month) or not (item.typed or (item.opens and row.opening)):
            continue
        if item.nature is Nature.FLOW and item.typed:
            _refuse_figure(item, here)
        if here is BLANK:
            before = row.previous.get(item.code, BLANK) if item.nature is Nature.STOCK else 0
            if before is not BLANK or not item.group:
                found[item.code] = 0 if before is BLANK else before
    return found


def _refuse_figure(item: Item, here: Cell) -> None:
    if isinstance(here, int) and here:
        raise NilReturnOverFigures(name=item.name, value=here)
    if here is UNKNOWN:
        raise NilReturnOverUnknown(name=item.name)


def _findings(w: Write, township_id: str, unit_id: str, month: Month) -> tuple[Finding, ...]:
    w.session.flush()
    found = sheet_in(w.session, township_id, month, only=(unit_id,))
    return evaluate_unit(found.sheet, unit_id, found.rules.checks)


def _withdraw_reasons(w: Write, township_id: str, unit_id: str, month: Month) -> None:
    """A reason falls with the figures it was given for."""
    table = tables.Reason
    given = w.session.exec(select(table).where(table.unit_id == unit_id, table.month == str(month))).all()
    if not given:
        return
    holding = {finding.key: finding.figures for finding in _findings(w, township_id, unit_id, month)}
    for reason in given:
        if holding.get(reason.check) != reason.figures:
            w.session.delete(reason)
            w.note(Subject.TALLIES, f"{month}/{unit_id}", {"check": reason.check, "reason": None})
    w.session.flush()


def _put_note(w: Write, cell: tables.Cell, note: str) -> None:
    fields = CellFields.read({**cell.model_dump(), "note": note})
    if fields.note != cell.note:
        cell.note = fields.note
        w.note(Subject.TALLIES, f"{cell.month}/{cell.unit_id}", {"note": fields.note, "item": cell.item})
