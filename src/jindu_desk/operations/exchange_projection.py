"""A received report into the receiver's tables. They are a projection: they can be rebuilt from what was received.

A month's records are replaced as a whole. What belongs to the unit and not to a month (units, officials, budget
lines) follows the newest package of the stream; an older one only adds what is not there yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlmodel import Session, SQLModel, col, delete, insert, select, update

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import VillageOfOther
from jindu_desk.errors.packages import SenderNotBelow
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.queries.units import unit_in
from jindu_desk.store.tables import (
    Adjustment,
    AgendaItem,
    Attendee,
    BudgetLine,
    Cell,
    Decision,
    DecisionStep,
    Expense,
    Figure,
    Meeting,
    NilReturn,
    Official,
    Reason,
    SignedDecision,
    Unit,
    UnitVersion,
)

Row = Mapping[str, object]
_BATCH = 400  # ids per statement: SQLite binds at most 999 on old builds


def refuse_foreign_villages(session: Session, package: VerifiedPackage) -> None:
    """Our list decides who is what: raises `VillageOfOther` where the sender claims a unit that reports to someone
    else by it, `SenderNotBelow` where the sender does not report to the receiver or says to be of another tier."""
    descriptor = package.descriptor
    month = Month.parse(descriptor.period or "")
    sender = unit_in(session, descriptor.stream, month)
    if sender is None or sender.reports_to != descriptor.receiver.id or sender.tier is not descriptor.sender.tier:
        raise SenderNotBelow(unit=sender.name if sender else descriptor.sender.name)
    claimed = {str(row["id"]): row["tier"] for row in package.tables["units"]}
    above, tiers = _superiors(session, claimed, month), _tiers(session, claimed)
    for unit_id in above:
        if unit_id != descriptor.stream and not (
            tiers[unit_id] is claimed[unit_id] and _leads_to(unit_id, descriptor.stream, above)
        ):
            village, superior = unit_in(session, unit_id, month), above[unit_id]
            owner = unit_in(session, superior, month) if superior else None
            raise VillageOfOther(
                village=f"“{village.name}”" if village else unit_id, owner=f"“{owner.name}”" if owner else ""
            )


def _leads_to(unit_id: str, root: str, above: Mapping[str, str | None]) -> bool:
    at: str | None = unit_id
    for _ in Tier:
        at = above.get(at) if at is not None else None
        if at == root:
            return True
    return False


def _tiers(session: Session, unit_ids: Collection[str]) -> dict[str, Tier]:
    found: dict[str, Tier] = {}
    for batch in _batches(unit_ids):
        rows = session.exec(select(Unit.id, Unit.tier).where(col(Unit.id).in_(batch)))
        found.update({unit_id: Tier(tier) for unit_id, tier in rows})
    return found


def _superiors(session: Session, unit_ids: Collection[str], month: Month) -> dict[str, str | None]:
    """Of those units that we know: whom they report to in the month (by their first version before that)."""
    found: dict[str, str | None] = {}
    for batch in _batches(unit_ids):
        versions = session.exec(
            select(UnitVersion.unit_id, UnitVersion.since, col(UnitVersion.reports_to))
            .where(col(UnitVersion.unit_id).in_(batch))
            .order_by(UnitVersion.since)
        )
        for unit_id, since, superior in versions:
            if unit_id not in found or since <= str(month):
                found[unit_id] = superior
    return found


def apply_report(session: Session, package: VerifiedPackage, *, newest: bool) -> None:
    """Replace the period's rows by the package's. ``newest``: no counted package of the stream has a higher number.

    Raises IntegrityError where a record's id is taken by another unit's record.
    """
    stream, tables = package.descriptor.stream, package.tables
    month = Month.parse(package.descriptor.period or "")
    _put_units(session, stream, tables["units"], tables["unit_versions"], newest=newest)
    if newest:
        _replace_officials(session, tables["units"], tables["officials"])
    withdraw_report(session, stream, month, keep_expenses=_ids(tables["expenses"]))
    _drop(session, Decision, _ids(tables["decisions"]), Decision.unit_id == stream)
    for table, name in (
        (Meeting, "meetings"),
        (Attendee, "attendees"),
        (AgendaItem, "agenda_items"),
        (Figure, "figures"),
        (Decision, "decisions"),
        (DecisionStep, "decision_steps"),
        (SignedDecision, "signed_decisions"),
        (Cell, "cells"),
        (NilReturn, "nil_returns"),
        (Reason, "reasons"),
    ):
        _insert(session, table, tables[name])
    _put_budget(session, stream, month, tables["budget_lines"], tables["adjustments"], newest=newest)
    _put_expenses(session, stream, month, tables["expenses"])


def withdraw_report(session: Session, stream: str, month: Month, *, keep_expenses: Collection[str] = ()) -> None:
    """Take the period's rows of a stream out of the tables."""
    period = str(month)
    series = list(session.exec(select(Meeting.series).where(Meeting.unit_id == stream, Meeting.month == period)))
    session.execute(delete(Decision).where(col(Decision.unit_id) == stream, col(Decision.series).in_(series)))
    session.execute(delete(Meeting).where(col(Meeting.unit_id) == stream, col(Meeting.month) == period))
    for table in (Cell, NilReturn, Reason):
        session.execute(delete(table).where(col(table.township_id) == stream, col(table.month) == period))
    gone = [
        row
        for row in session.exec(
            select(Expense.id).where(
                Expense.unit_id == stream, Expense.on >= month.first_day, Expense.on <= month.last_day
            )
        )
        if row not in keep_expenses
    ]
    # Reversals first: they point to what they reverse.
    _drop(session, Expense, gone, col(Expense.reverses).is_not(None))
    _drop(session, Expense, gone, col(Expense.reverses).is_(None))


def clear_stream(session: Session, stream: str) -> None:
    """Take all reported rows of a stream out of the tables; its units stay."""
    meetings = select(Meeting.id).where(Meeting.unit_id == stream)
    session.execute(delete(Decision).where(col(Decision.unit_id) == stream))
    session.execute(delete(Meeting).where(col(Meeting.id).in_(meetings)))
    for table in (Cell, NilReturn, Reason):
        session.execute(delete(table).where(col(table.township_id) == stream))
    session.execute(delete(Expense).where(col(Expense.unit_id) == stream, col(Expense.reverses).is_not(None)))
    session.execute(delete(Expense).where(col(Expense.unit_id) == stream))
    lines = select(BudgetLine.id).where(BudgetLine.unit_id == stream)
    session.execute(delete(Adjustment).where(col(Adjustment.line_id).in_(lines)))
    session.execute(delete(BudgetLine).where(col(BudgetLine.unit_id) == stream))


def _put_units(session: Session, stream: str, units: Sequence[Row], versions: Sequence[Row], *, newest: bool) -> None:
    """Villages as the township names them. The township's own row stays as the receiver's list has it."""
    below = [row for row in units if row["id"] != stream]
    known = _known(session, Unit, _ids(below))
    fresh = [row for row in below if row["id"] not in known]
    _insert(session, Unit, fresh)
    renewed = {str(row["id"]) for row in (below if newest else fresh)}
    if newest:
        _update(session, Unit, [row for row in below if row["id"] in known])
    for batch in _batches(renewed & known):
        session.execute(delete(UnitVersion).where(col(UnitVersion.unit_id).in_(batch)))
    _insert(session, UnitVersion, [row for row in versions if row["unit_id"] in renewed])


def _replace_officials(session: Session, units: Sequence[Row], officials: Sequence[Row]) -> None:
    for batch in _batches(_ids(units)):
        session.execute(delete(Official).where(col(Official.unit_id).in_(batch)))
    _insert(session, Official, officials)


def _put_budget(
    session: Session, stream: str, month: Month, lines: Sequence[Row], adjustments: Sequence[Row], *, newest: bool
) -> None:
    own = set(session.exec(select(BudgetLine.id).where(BudgetLine.unit_id == stream)))
    fresh = {str(row["id"]) for row in lines} - own
    _insert(session, BudgetLine, [row for row in lines if row["id"] in fresh])
    if newest:
        _update(session, BudgetLine, [row for row in lines if row["id"] in own])
        for batch in _batches(_ids(lines)):
            session.execute(delete(Adjustment).where(col(Adjustment.line_id).in_(batch)))
        _drop_unused_lines(session, stream, month.year, {str(row["id"]) for row in lines})
    _insert(session, Adjustment, [row for row in adjustments if newest or row["line_id"] in fresh])


def _drop_unused_lines(session: Session, stream: str, year: int, kept: Collection[str]) -> None:
    used = select(Expense.line_id).where(Expense.unit_id == stream)
    gone = session.exec(
        select(BudgetLine.id).where(
            BudgetLine.unit_id == stream, BudgetLine.year == year, col(BudgetLine.id).not_in(used)
        )
    )
    for batch in _batches(set(gone) - set(kept)):
        session.execute(delete(Adjustment).where(col(Adjustment.line_id).in_(batch)))
        session.execute(delete(BudgetLine).where(col(BudgetLine.id).in_(batch)))


def _put_expenses(session: Session, stream: str, month: Month, expenses: Sequence[Row]) -> None:
    """Entries are changed in place: an entry of a later month may point to one of them."""
    own = set(session.exec(select(Expense.id).where(Expense.unit_id == stream)))
    of_month = [row for row in expenses if month.holds(row["on"])]  # type: ignore[arg-type]
    _update(session, Expense, [row for row in of_month if row["id"] in own])
    fresh = [row for row in expenses if row["id"] not in own]
    _insert(session, Expense, [row for row in fresh if row["reverses"] is None])
    _insert(session, Expense, [row for row in fresh if row["reverses"] is not None])


def _ids(rows: Iterable[Row]) -> list[str]:
    return [str(row["id"]) for row in rows]


def _known(session: Session, table: type[Unit], ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for batch in _batches(ids):
        found |= set(session.exec(select(table.id).where(col(table.id).in_(batch))))
    return found


def _insert(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    if rows:
        session.execute(insert(table), [dict(row) for row in rows])


def _update(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    if rows:
        session.execute(update(table), [dict(row) for row in rows])


def _drop(session: Session, table: type[Decision | Expense], ids: Sequence[str], condition: object) -> None:
    for batch in _batches(ids):
        session.execute(delete(table).where(col(table.id).in_(batch), condition))  # type: ignore[arg-type]


def _batches(ids: Iterable[str]) -> Iterable[list[str]]:
    ordered = sorted(ids)
    return (ordered[start : start + _BATCH] for start in range(0, len(ordered), _BATCH))
