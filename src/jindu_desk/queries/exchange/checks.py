"""What the receiver's own rules say of a received month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import eq
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Item, Level
from jindu_desk.domain.tallies.cells import Cell as TallyCell
from jindu_desk.domain.tallies.cells import cell_of
from jindu_desk.domain.tallies.check_rules import Carried, Missing
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.errors.packages import Fault, RowsInvalid
from jindu_desk.packages.rows import TableRows
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.tallies import MonthCells, hard_findings_in
from jindu_desk.store.tables import Cell


def refuse_unknown_items(session: Session, package: VerifiedPackage) -> None:
    """Raises `RowsInvalid` with every cell whose item is not in the catalogue or belongs in a row of another level."""
    items = rules_in(session, Month.parse(package.descriptor.period or "")).catalogue.items
    columns = package.tables["cells"].columns
    of_township = list(map(eq, columns["unit_id"], columns["township_id"]))
    stand = list(zip(columns["item"], of_township, strict=True))
    wrong = {place: code for place in set(stand) if (code := _misplaced(items.get(str(place[0])), place[1]))}
    faults = [
        Fault("cells", number, "item", wrong[place], str(place[0]))
        for number, place in enumerate(stand if wrong else (), 2)
        if place in wrong
    ]
    if faults:
        raise RowsInvalid(faults=faults)


def _misplaced(item: Item | None, of_township: bool) -> str:
    """The fault of a cell of ``item`` in a row of the township or of a village; empty where it belongs there."""
    if item is None:
        return "unknown_item"
    level = Level.TOWNSHIP if of_township else Level.VILLAGE
    return "" if item.level is level else "item_of_other_level"


_ANY_CELL = (
    select(Cell.item).where(Cell.township_id == bindparam("township"), Cell.month == bindparam("month")).limit(1)
)


def violations_in(
    session: Session, township_id: str, month: Month, reported: TableRows | None = None
) -> tuple[str, ...]:
    """The hard checks that do not hold in a received month, each with its unit, in the words of the check: first
    where figures contradict each other, then where some are missing. ``reported``: the cells of the report that
    brought the month, if it was one alone.

    What is carried over from last month is judged only where last month is here to compare with.
    """
    known = rules_in(session, month)
    judges = known.checks.judges
    carried = {judge.check.code for judge in judges if isinstance(judge.rule, Carried)}
    missing = {judge.check.code for judge in judges if isinstance(judge.rule, Missing)}
    at_hand = None if reported is None else _month_cells(reported)
    broken = list(hard_findings_in(session, township_id, month, known, at_hand))
    if any(finding.code in carried for _, finding in broken):
        before = session.scalars(_ANY_CELL, {"township": township_id, "month": str(month.previous)}).first()
        broken = [pair for pair in broken if before is not None or pair[1].code not in carried]
    broken.sort(key=lambda pair: pair[1].code in missing)
    return tuple(f"{unit_name}：{finding.officer}" for unit_name, finding in broken)


def _month_cells(reported: TableRows) -> MonthCells:
    columns: Mapping[str, Sequence[Any]] = reported.columns  # typed as the readers of `packages.columns` read them
    places = list(zip(columns["unit_id"], columns["item"], strict=True))
    cells: Iterable[TallyCell] = columns["value"]  # a number is its own cell
    if None in columns["value"] or set(columns["state"]) != {CellState.NUMBER}:
        cells = map(cell_of, columns["state"], columns["value"])
    notes = {place: note for place, note in zip(places, columns["note"], strict=True) if note}
    return MonthCells(dict(zip(places, cells, strict=True)), notes)
