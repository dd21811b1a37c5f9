"""The month's figures that a meeting is shown: totals of the unit, never a village's."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, func, or_, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.errors.tallies import CannotProtect
from jindu_desk.queries.protected_months import Told, tell_nobody
from jindu_desk.queries.protection import hiding_in
from jindu_desk.queries.units import townships_of_in, unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Cell


@dataclass(frozen=True, slots=True)
class ShownTotals:
    """Per item the sum over the unit's villages of what is known, as a paper or a projector may show it: without the
    sums from which a village's count of 1 or 2 could be computed. An item that no village knows is absent.

    ``refused``: why nothing is shown, where the tally contradicts itself and nothing of it can be protected."""

    totals: Mapping[str, int] = field(default_factory=dict)
    refused: CannotProtect | None = None


def shown_totals(
    store: Store, unit_id: str, month: Month, items: Collection[str], told: Told = tell_nobody
) -> ShownTotals:
    """Of a district over all its townships. An item with kinds is asked for as ``A04.J``, or as ``A04`` for both
    together. Raises what ``told`` raises."""
    with store.read() as session:
        return shown_totals_in(session, unit_id, month, items, told)


def shown_totals_in(
    session: Session, unit_id: str, month: Month, items: Collection[str], told: Told = tell_nobody
) -> ShownTotals:
    unit = unit_in(session, unit_id, month)
    townships = [each.id for each in townships_of_in(session, unit, month)] if unit is not None else []
    totals = _totals(session, townships, month, items)
    if not totals:
        return ShownTotals()
    filled = select(Cell.township_id).where(col(Cell.township_id).in_(townships), Cell.month == str(month)).distinct()
    try:
        hidden = hiding_in(session, session.exec(filled).all(), month, told).month.hidden_totals
    except CannotProtect as error:
        return ShownTotals(refused=error.with_traceback(None))
    shown = {item: total for item, total in totals.items() if hidden.isdisjoint((item, f"{item}.J", f"{item}.K"))}
    return ShownTotals(shown)


def _totals(session: Session, townships: Sequence[str], month: Month, items: Collection[str]) -> dict[str, int]:
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
