"""The month's figures that a meeting is shown: totals of the unit, never a village's."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, func, or_, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.errors.tallies import CannotProtect
from jindu_desk.queries.protection import hiding_in
from jindu_desk.queries.units import units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Cell


def protected_totals(store: Store, unit_id: str, month: Month, items: Collection[str]) -> dict[str, int]:
    """Per item the sum over the unit's villages of what is known, as a paper or a projector may show it: without the
    sums from which a village's count of 1 or 2 could be computed. An item that no village knows is absent.

    A district's are those of all its townships. An item with kinds is asked for as ``A04.J``, or as ``A04`` for
    both together.
    """
    with store.read() as session:
        return protected_in(session, unit_id, month, items)


def protected_in(session: Session, unit_id: str, month: Month, items: Collection[str]) -> dict[str, int]:
    """None at all where the tally contradicts itself and nothing of it can be protected."""
    totals = _totals(session, unit_id, month, items)
    if not totals:
        return {}
    hidden: set[str] = set()
    for township in (unit_id, *(unit.id for unit in units_below_in(session, unit_id, month))):
        filled = select(Cell.item).where(Cell.township_id == township, Cell.month == str(month))
        if session.exec(filled.limit(1)).first():
            try:
                hidden |= hiding_in(session, township, month).month.hidden_totals
            except CannotProtect:
                return {}
    return {item: total for item, total in totals.items() if hidden.isdisjoint((item, f"{item}.J", f"{item}.K"))}


def _totals(session: Session, unit_id: str, month: Month, items: Collection[str]) -> dict[str, int]:
    townships = {unit_id, *(unit.id for unit in units_below_in(session, unit_id, month))}
    query = (
        select(Cell.item, func.sum(col(Cell.value)))
        .where(col(Cell.township_id).in_(townships), Cell.month == str(month), Cell.state == CellState.NUMBER)
        .where(or_(*(col(Cell.item).in_((item, f"{item}.J", f"{item}.K")) for item in items)))
        .group_by(Cell.item)
    )
    totals: dict[str, int] = {}
    for code, total in session.exec(query):
        wanted = code if code in items else code.partition(".")[0]
        totals[wanted] = totals.get(wanted, 0) + int(total or 0)
    return totals
