"""A received report into the receiver's tables. They are a projection: they can be rebuilt from what was received.

A month's records are replaced as a whole. What belongs to the unit and not to a month (units, officials, budget
lines) follows the newest package of the stream; an older one only adds what is not there yet. The tables are what
comes of applying the counted packages by number, and then their expenses by month (`fill`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import cast

from sqlalchemy import BindParameter, Table, bindparam, delete, inspect
from sqlmodel import Session, SQLModel, col, exists, select, update

from jindu_desk.domain.exchange_rows import booked_in, entries_that_stand, reversed_earlier
from jindu_desk.domain.exchange_units import merged_versions
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier, shipped_unit_id
from jindu_desk.errors.exchange import VillageOfOther
from jindu_desk.errors.packages import SenderNotBelow
from jindu_desk.packages.rows import TableRows
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.queries.shipped_units import ShippedUnit, shipped_units
from jindu_desk.queries.units import unit_in, units_in
from jindu_desk.store.bulk import ask, batches, delete_where, insert_columns, insert_rows, rows_where
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
Tables = Mapping[str, Sequence[Row]]


def refuse_foreign_villages(session: Session, package: VerifiedPackage) -> None:
    """`refuse_foreign_units` for a report, in its month."""
    refuse_foreign_units(session, package, package.descriptor.receiver.id, Month.parse(package.descriptor.period or ""))


def refuse_foreign_units(session: Session, package: VerifiedPackage, receiver: str, month: Month) -> None:
    """Our list decides who is what: raises `VillageOfOther` where the sender claims a unit that reports to someone
    else by it (or, for a unit not on it, by the shipped list), `SenderNotBelow` where the sender does not report to
    ``receiver`` or says to be of another tier."""
    descriptor = package.descriptor
    claimed = {str(row["id"]): row["tier"] for row in package.tables["units"]}
    known = units_in(session, claimed.keys() | {descriptor.stream}, month)
    sender = known.get(descriptor.stream)
    if sender is None or sender.reports_to != receiver or sender.tier is not descriptor.sender.tier:
        raise SenderNotBelow(unit=sender.name if sender else descriptor.sender.name)
    above = {unit_id: unit.reports_to for unit_id, unit in known.items()}
    for unit_id, unit in known.items():
        if unit_id != descriptor.stream and not (
            unit.tier is claimed[unit_id] and _leads_to(unit_id, descriptor.stream, above)
        ):
            owner = unit_in(session, unit.reports_to, month) if unit.reports_to else None
            raise VillageOfOther(village=f"“{unit.name}”", owner=f"“{owner.name}”" if owner else "")
    _refuse_shipped_of_other(claimed.keys() - known.keys(), claimed)


def _refuse_shipped_of_other(unknown: Collection[str], claimed: Mapping[str, object]) -> None:
    """Who comes first does not get the villages of the shipped list: its parents hold until our list says else."""
    shipped = _shipped_by_id()
    for unit_id in sorted(unknown & shipped.keys()):
        unit = shipped[unit_id]
        parent = shipped.get(shipped_unit_id(unit.parent))
        if claimed[unit_id] is not unit.tier or parent is None or parent.id not in claimed:
            raise VillageOfOther(village=f"“{unit.name}”", owner=f"“{parent.name}”" if parent else "")


@cache
def _shipped_by_id() -> Mapping[str, ShippedUnit]:
    return {unit.id: unit for unit in shipped_units()}


def _leads_to(unit_id: str, root: str, above: Mapping[str, str | None]) -> bool:
    at: str | None = unit_id
    for _ in Tier:
        at = above.get(at) if at is not None else None
        if at == root:
            return True
    return False


def apply_records(session: Session, unit_id: str, units: Collection[str], tables: Tables, *, newest: bool) -> None:
    """Put in what a package says of one reporting unit, all but its expenses. ``units``: itself and its villages;
    ``newest``: no package of it that counts has a higher number.

    Raises IntegrityError where a record's id is taken by another unit's record.
    """
    if newest:
        _replace_officials(session, units, tables["officials"])
    # A decision that is still open travels every month: the higher number knows better.
    _drop_decisions(session, unit_id, _ids(tables["decisions"]), {str(row["series"]) for row in tables["meetings"]})
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
    _put_budget(session, unit_id, tables["budget_lines"], tables["adjustments"], newest=newest)


def apply_expenses(session: Session, unit_id: str, month: Month, expenses: Sequence[Row]) -> None:
    """Put in the month's entries. Earlier months come before: a reversal of an entry that does not count there, or
    counts there with another amount, is not taken; the copy that travels along with it never is."""
    of_month = booked_in(month, expenses)
    earlier: dict[str, object] = {}
    for batch in batches(reversed_earlier(of_month)):
        rows = session.exec(
            select(Expense.id, Expense.amount_fen).where(
                col(Expense.id).in_(batch), Expense.unit_id == unit_id, Expense.on < month.first_day
            )
        )
        earlier |= dict(rows.all())
    stand = entries_that_stand(of_month, earlier)
    _insert(session, Expense, [row for row in stand if row["reverses"] is None])
    _insert(session, Expense, [row for row in stand if row["reverses"] is not None])


def drop_unused_lines(session: Session, unit_id: str, month: Month, kept: Collection[str]) -> None:
    """Take out the year's budget lines that the newest package no longer has (``kept``: the ids of those it has),
    where nothing was spent on them."""
    gone = set(ask(session, _UNUSED_LINES, {"unit": unit_id, "year": month.year}).scalars()) - set(kept)
    delete_where(session, Adjustment, "line_id", gone)
    delete_where(session, BudgetLine, "id", gone)


def clear_unit(session: Session, unit_id: str) -> None:
    """Take all rows that a unit reported out of the tables; the units stay."""
    meetings = select(Meeting.id).where(Meeting.unit_id == unit_id)
    session.execute(delete(Decision).where(col(Decision.unit_id) == unit_id))
    session.execute(delete(Meeting).where(col(Meeting.id).in_(meetings)))
    for table in (Cell, NilReturn, Reason):
        session.execute(delete(table).where(col(table.township_id) == unit_id))
    session.execute(delete(Expense).where(col(Expense.unit_id) == unit_id, col(Expense.reverses).is_not(None)))
    session.execute(delete(Expense).where(col(Expense.unit_id) == unit_id))
    lines = select(BudgetLine.id).where(BudgetLine.unit_id == unit_id)
    session.execute(delete(Adjustment).where(col(Adjustment.line_id).in_(lines)))
    session.execute(delete(BudgetLine).where(col(BudgetLine.unit_id) == unit_id))


def put_units(session: Session, stream: str, units: Sequence[Row], versions: Sequence[Row], *, newest: bool) -> None:
    """Villages as the township names them. Its own row, and whose a village is, stay as the receiver's list has it."""
    below = [row for row in units if row["id"] != stream]
    known = _versions_of(session, _ids(below))
    fresh = [row for row in below if row["id"] not in known]
    _insert(session, Unit, fresh)
    _insert(session, UnitVersion, [row for row in versions if row["unit_id"] in set(_ids(fresh))])
    if not newest:
        return
    ours = set(_ids(units))
    # A unit that moved on meanwhile is another's to change.
    _bring_up_to_date(
        session, Unit, [row for row in below if row["id"] in known and known[str(row["id"])][-1]["reports_to"] in ours]
    )
    told: dict[str, list[Row]] = {}
    for row in versions:
        told.setdefault(str(row["unit_id"]), []).append(row)
    merged = {unit_id: merged_versions(before, told.get(unit_id, []), ours) for unit_id, before in known.items()}
    changed = [unit_id for unit_id, after in merged.items() if list(after) != known[unit_id]]
    delete_where(session, UnitVersion, "unit_id", changed)
    _insert(session, UnitVersion, [row for unit_id in changed for row in merged[unit_id]])


def _versions_of(session: Session, unit_ids: Collection[str]) -> dict[str, list[Row]]:
    """unit id → its versions here, oldest first; units that are not known are left out."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows_where(session, UnitVersion, "unit_id", unit_ids), key=lambda row: str(row["since"])):
        found.setdefault(str(row["unit_id"]), []).append(row)
    return found


def _replace_officials(session: Session, units: Collection[str], officials: Sequence[Row]) -> None:
    before = rows_where(session, Official, "unit_id", units)
    if _by_id(before) != _by_id(officials):
        delete_where(session, Official, "unit_id", units)
        _insert(session, Official, officials)


def _put_budget(
    session: Session, unit_id: str, lines: Sequence[Row], adjustments: Sequence[Row], *, newest: bool
) -> None:
    own = set(ask(session, _LINES, {"unit": unit_id}).scalars())
    fresh = {str(row["id"]) for row in lines} - own
    _insert(session, BudgetLine, [row for row in lines if row["id"] in fresh])
    if not newest:
        _insert(session, Adjustment, [row for row in adjustments if row["line_id"] in fresh])
        return
    _bring_up_to_date(session, BudgetLine, [row for row in lines if row["id"] in own])
    if _by_id(rows_where(session, Adjustment, "line_id", _ids(lines))) != _by_id(adjustments):
        delete_where(session, Adjustment, "line_id", _ids(lines))
        _insert(session, Adjustment, adjustments)


def _ids(rows: Iterable[Row]) -> list[str]:
    return [str(row["id"]) for row in rows]


def _insert(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    if isinstance(rows, TableRows):
        insert_columns(session, table, rows.columns)
    else:
        insert_rows(session, table, rows)


def _bring_up_to_date(session: Session, table: type[SQLModel], rows: Sequence[Row]) -> None:
    """Most of what stands and travels every month is as it was: only the others of ``rows`` are written."""
    before = _by_id(rows_where(session, table, "id", _ids(rows)))
    changed = [dict(row) for row in rows if row != before.get(str(row["id"]))]
    if changed:
        session.execute(update(table), changed)


def _by_id(rows: Iterable[Row]) -> dict[str, Row]:
    return {str(row["id"]): row for row in rows}


def _drop_decisions(session: Session, unit_id: str, ids: Collection[str], series: Collection[str]) -> None:
    for statement, values in ((_DECISIONS, ids), (_DECISIONS_OF_SERIES, series)):
        for batch in batches(values):
            ask(session, statement, {"values": batch, "unit": unit_id})


# Made once: putting a statement together costs more than running it.
_VALUES: BindParameter[str] = bindparam("values", expanding=True)
_OF_UNIT = col(Decision.unit_id) == bindparam("unit")
_REGISTER = cast(Table, inspect(Decision).local_table)
_DECISIONS = delete(_REGISTER).where(col(Decision.id).in_(_VALUES), _OF_UNIT)
_DECISIONS_OF_SERIES = delete(_REGISTER).where(col(Decision.series).in_(_VALUES), _OF_UNIT)
_UNUSED_LINES = select(BudgetLine.id).where(
    BudgetLine.unit_id == bindparam("unit"),
    BudgetLine.year == bindparam("year"),
    ~exists().where(col(Expense.line_id) == BudgetLine.id, col(Expense.unit_id) == BudgetLine.unit_id),
)
_LINES = select(BudgetLine.id).where(BudgetLine.unit_id == bindparam("unit"))
