"""The tally sheet of a township's month, and what the checks say about it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import cast

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, exists, func, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.domain.tallies.cells import BLANK, Cell, cell_of
from jindu_desk.domain.tallies.check_rules import Weight
from jindu_desk.domain.tallies.checks import Finding, evaluate
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.tallies.sheet import Place, Sheet, compute, filled_villages, rows_of
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import UnitRow, unit_and_below_in
from jindu_desk.store import tables
from jindu_desk.store.bulk import ask
from jindu_desk.store.engine import Store

HISTORY_MONTHS = 12


@dataclass(frozen=True, slots=True)
class GivenReason:
    """The reason given for a soft finding; it holds while the finding has these ``figures``."""

    text: str
    figures: str
    given_by: str


@dataclass(frozen=True, slots=True)
class TallySheet:
    """What the window shows of a month. ``locked_by``: the number of the package that closed it, None while open.
    ``rules``: by which the month is filled and judged."""

    month: Month
    township: UnitRow
    villages: tuple[UnitRow, ...]
    sheet: Sheet
    reasons: Mapping[tuple[str, str], GivenReason]  # (unit id, key of the finding)
    locked_by: int | None
    rules: Rules

    def name_of(self, unit_id: str) -> str:
        return next((unit.name for unit in (*self.villages, self.township) if unit.id == unit_id), unit_id)

    def reason_for(self, finding: Finding) -> GivenReason | None:
        """The reason that holds for ``finding``; None when there is none or its figures changed."""
        given = self.reasons.get((finding.unit_id, finding.key))
        return given if given is not None and given.figures == finding.figures else None


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with its village's name and the reason that holds for it, if one was given."""

    finding: Finding
    unit_name: str
    reason: GivenReason | None

    @property
    def blocks(self) -> bool:
        """Whether the month cannot be reported because of it: hard, or soft without a reason."""
        return self.finding.hard or self.reason is None


@dataclass(frozen=True, slots=True)
class Completeness:
    """``filled`` of ``total`` villages are complete. ``missing``: the names of the others, in order."""

    filled: int
    total: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthFigure:
    month: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class MonthCells:
    """The cells of a month, with their comments, where somebody has them already."""

    cells: Mapping[Place, Cell]
    notes: Mapping[Place, str]


def sheet(store: Store, township_id: str, month: Month, *, past: bool = True) -> TallySheet:
    """The whole month of a township; without the ``past``, which takes as long as all else, what rests on it is not
    judged (`history`). Raises `UnknownUnit`."""
    with store.read() as session:
        return sheet_in(session, township_id, month, past=past)


def history(store: Store, found: TallySheet) -> dict[Place, tuple[int, ...]]:
    """The months before, as far as the checks of the month ask for them: what a sheet without its past lacks."""
    units = [found.township.id, *(unit.id for unit in found.villages)]
    with store.read() as session:
        return _history(session, units, found.month, found.rules.checks.history_items)


def findings(store: Store, township_id: str, month: Month) -> tuple[Judged, ...]:
    """What the checks find in the month, villages in their order. Raises `UnknownUnit`."""
    with store.read() as session:
        return findings_in(session, township_id, month)


def completeness(store: Store, township_id: str, month: Month) -> Completeness:
    """How many villages are filled or signed off as nil. Raises `UnknownUnit`."""
    with store.read() as session:
        known = rules_in(session, month)
        found = sheet_in(session, township_id, month, rules=known)
    filled = set(filled_villages(known.catalogue, found.sheet))
    missing = tuple(unit.name for unit in found.villages if unit.id not in filled)
    return Completeness(len(filled), len(found.villages), missing)


def findings_in(session: Session, township_id: str, month: Month) -> tuple[Judged, ...]:
    known = rules_in(session, month)
    found = sheet_in(session, township_id, month, rules=known)
    return tuple(
        Judged(finding, found.name_of(finding.unit_id), found.reason_for(finding))
        for finding in evaluate(found.sheet, known.checks)
    )


def cell_history(
    store: Store, unit_ids: Collection[str], item: str, month: Month, months: int = HISTORY_MONTHS
) -> tuple[MonthFigure, ...]:
    """One item over the ``months`` up to and including ``month``, oldest first; of several units the sum of what is
    known."""
    first = month.plus(1 - months)
    cells: dict[str, list[Cell]] = {}
    with store.read() as session:
        query = select(tables.Cell.month, tables.Cell.state, tables.Cell.value).where(
            col(tables.Cell.unit_id).in_(unit_ids),
            tables.Cell.item == item,
            tables.Cell.month >= str(first),
            tables.Cell.month <= str(month),
        )
        for when, state, value in session.exec(query):
            cells.setdefault(when, []).append(cell_of(CellState(state), value))
    names = [str(first.plus(n)) for n in range(months)]
    return tuple(MonthFigure(name, _together(cells.get(name, []))) for name in names)


def _together(cells: list[Cell]) -> Cell:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    if numbers:
        return sum(numbers)
    return cells[0] if cells else BLANK


def sheet_in(
    session: Session,
    township_id: str,
    month: Month,
    *,
    only: Collection[str] | None = None,
    rules: Rules | None = None,
    past: bool = True,
) -> TallySheet:
    """The month inside a session; ``only`` reads the cells of these units alone."""
    known = rules or rules_in(session, month)
    township, villages = _units_in(session, township_id, month)
    here = str(month)
    units = [township_id, *(unit.id for unit in villages)] if only is None else list(only)
    locked_by = _locked_by(session, township_id, here)
    notes: dict[Place, str] = {}
    read = Sheet(
        township_id,
        here,
        tuple(unit.id for unit in villages),
        _cells(session, units, here, notes),
        _cells(session, units, str(month.previous), {}),
        _history(session, units, month, known.checks.history_items) if past else {},
        _nil_returns(session, units, here),
        _openings(session, township_id, units, here),
        notes,
    )
    if locked_by is None:
        read = with_computed(known.catalogue, read, units)
    return TallySheet(month, township, villages, read, _reasons(session, units, here), locked_by, known)


def hard_findings_in(
    session: Session, township_id: str, month: Month, known: Rules, at_hand: MonthCells | None = None
) -> tuple[tuple[str, Finding], ...]:
    """(name of the unit, finding) of the hard checks that do not hold: of `findings_in` those, by the same figures.

    Only what they ask for is read; the month's cells not even that, where they are ``at_hand`` and the units have no
    others. Raises `UnknownUnit`.
    """
    township, villages = _units_in(session, township_id, month)
    names = {unit.id: unit.name for unit in (township, *villages)}
    units, here = list(names), str(month)
    if at_hand is None or not _are_all(session, at_hand, names, here):
        notes: dict[Place, str] = {}
        at_hand = MonthCells(_cells(session, units, here, notes), notes)
    wanted = known.checks.of(Weight.HARD)
    read = Sheet(
        township_id,
        here,
        tuple(unit.id for unit in villages),
        at_hand.cells,
        _cells(session, units, str(month.previous), {}, wanted.previous_items),
        _history(session, units, month, wanted.history_items) if wanted.history_items else {},
        _nil_returns(session, units, here),
        _openings(session, township_id, units, here),
        at_hand.notes,
    )
    computed = with_computed(known.catalogue, read, units)
    if computed is not read and _locked_by(session, township_id, here) is None:
        read = computed
    return tuple((names[finding.unit_id], finding) for finding in evaluate(read, wanted))


def _are_all(session: Session, at_hand: MonthCells, units: Collection[str], month: str) -> bool:
    """Whether the cells ``at_hand``, which are in the store, are these units' and all that they have."""
    if not {unit for unit, _ in at_hand.cells} <= set(units):
        return False
    return bool(ask(session, _COUNT, {"units": list(units), "month": month}).scalar() == len(at_hand.cells))


def _units_in(session: Session, township_id: str, month: Month) -> tuple[UnitRow, tuple[UnitRow, ...]]:
    township, villages = unit_and_below_in(session, township_id, month)
    if township is None:
        raise UnknownUnit(unit=township_id)
    return township, villages


def _nil_returns(session: Session, units: Collection[str], month: str) -> frozenset[str]:
    return frozenset(ask(session, _NIL, {"units": list(units), "month": month}).scalars())


def _openings(session: Session, township_id: str, units: Collection[str], month: str) -> frozenset[str]:
    return frozenset(units) - _with_figures_before(session, units, month) - {township_id}


def with_computed(catalogue: Catalogue, read: Sheet, units: Collection[str]) -> Sheet:
    """Show carried and derived figures that no record holds yet: of a village not begun, or below zero."""
    items = catalogue.computed_in(read.month)
    codes = [item.code for item in items]
    begun = [unit for unit in units if unit != read.township_id]
    lacking = [unit for unit in begun if not all((unit, code) in read.cells for code in codes)]
    if not lacking:
        return read
    rows, before = rows_of(read.cells), rows_of(read.previous)
    gaps: dict[Place, Cell] = {}
    for unit_id in lacking:
        row = rows.get(unit_id, {})
        opening = unit_id in read.openings
        for code, cell in compute(catalogue, row, before.get(unit_id, {}), opening=opening, items=items).items():
            if code not in row and cell is not BLANK:
                gaps[unit_id, code] = cell
    return read.with_cells(gaps) if gaps else read


# Each made once: they are asked for at every package, and putting a query together costs more than running it.
_NIL = select(tables.NilReturn.unit_id).where(
    col(tables.NilReturn.unit_id).in_(bindparam("units", expanding=True)),
    tables.NilReturn.month == bindparam("month"),
)
_LOCKED = select(tables.MonthLock.sent_number).where(
    tables.MonthLock.unit_id == bindparam("unit"),
    tables.MonthLock.month == bindparam("month"),
    col(tables.MonthLock.reopened_at).is_(None),
)
_CELLS = select_columns(
    col(tables.Cell.unit_id),
    col(tables.Cell.item),
    col(tables.Cell.state),
    col(tables.Cell.value),
    col(tables.Cell.note),
).where(col(tables.Cell.unit_id).in_(bindparam("units", expanding=True)), col(tables.Cell.month) == bindparam("month"))
_OF_ITEMS = _CELLS.where(col(tables.Cell.item).in_(bindparam("items", expanding=True)))
_HISTORY = (
    select_columns(col(tables.Cell.unit_id), col(tables.Cell.item), col(tables.Cell.value))
    .where(
        col(tables.Cell.unit_id).in_(bindparam("units", expanding=True)),
        col(tables.Cell.item).in_(bindparam("items", expanding=True)),
        col(tables.Cell.month) >= bindparam("first"),
        col(tables.Cell.month) < bindparam("month"),
        col(tables.Cell.value).is_not(None),
    )
    .order_by(col(tables.Cell.unit_id), col(tables.Cell.month))  # as the key has them: nothing to sort
)
_COUNT = (
    select_columns(func.count())
    .select_from(tables.Cell)
    .where(
        col(tables.Cell.unit_id).in_(bindparam("units", expanding=True)), col(tables.Cell.month) == bindparam("month")
    )
)
_BEGUN = select(tables.Unit.id).where(
    col(tables.Unit.id).in_(bindparam("units", expanding=True)),
    exists().where(col(tables.Cell.unit_id) == tables.Unit.id, col(tables.Cell.month) < bindparam("month")),
)


def _cells(
    session: Session,
    units: Collection[str],
    month: str,
    notes: dict[Place, str],
    items: Collection[str] | None = None,
) -> dict[Place, Cell]:
    asked: dict[str, object] = {"units": list(units), "month": month}
    rows = ask(session, _CELLS, asked) if items is None else ask(session, _OF_ITEMS, {**asked, "items": list(items)})
    found: dict[Place, Cell] = {}
    for unit_id, item, state, value, note in rows.all():
        found[unit_id, item] = cell_of(CellState(state), value)
        if note:
            notes[unit_id, item] = note
    return found


def _with_figures_before(session: Session, units: Collection[str], month: str) -> frozenset[str]:
    """The units that have a figure in any earlier month."""
    # Looked up unit by unit: counting all figures of all months takes longer with every month.
    return frozenset(ask(session, _BEGUN, {"units": list(units), "month": month}).scalars())


def _history(
    session: Session, units: Collection[str], month: Month, items: Collection[str]
) -> dict[Place, tuple[int, ...]]:
    asked = {
        "units": list(units),
        "items": list(items),
        "first": str(month.plus(-HISTORY_MONTHS)),
        "month": str(month),
    }
    found: dict[Place, list[int]] = {}
    for unit_id, item, value in ask(session, _HISTORY, asked).all():  # one by one takes twice as long
        found.setdefault((unit_id, item), []).append(value)
    return {place: tuple(values) for place, values in found.items()}


def _locked_by(session: Session, township_id: str, month: str) -> int | None:
    return cast("int | None", ask(session, _LOCKED, {"unit": township_id, "month": month}).scalar())


def _reasons(session: Session, units: Collection[str], month: str) -> dict[tuple[str, str], GivenReason]:
    table = tables.Reason
    query = select_columns(
        col(table.unit_id), col(table.check), col(table.reason), col(table.figures), col(table.given_by)
    ).where(col(table.unit_id).in_(units), col(table.month) == month)
    rows = session.execute(query)
    return {(unit_id, key): GivenReason(text, figures, by) for unit_id, key, text, figures, by in rows}
