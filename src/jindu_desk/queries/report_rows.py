"""The rows of a unit's month, as a report carries them: table name → rows by column name."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement
from sqlmodel import Session, SQLModel, col, or_, select

from jindu_desk.domain.exchange_rows import REPORTED
from jindu_desk.domain.meetings import CLOSED_STATES
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.rows import directed_unit_rows
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

Rows = list[dict[str, object]]
T = TypeVar("T", bound=SQLModel)


def report_rows(session: Session, township_id: str, month: Month) -> dict[str, Rows]:
    """A township's month: the month's own records, and what they rest on (units, officials, the year's budget)."""
    unit_ids = _units_of(session, township_id, month)
    versions = _where(
        session,
        UnitVersion,
        col(UnitVersion.unit_id).in_(unit_ids),
        # What a village was called elsewhere is for that township to say.
        or_(UnitVersion.unit_id == township_id, UnitVersion.reports_to == township_id),
    )
    return {
        "units": _where(session, Unit, col(Unit.id).in_(unit_ids)),
        "unit_versions": versions,
        **_records(session, township_id, unit_ids, month),
    }


def district_rows(
    session: Session, district_id: str, month: Month, townships: Sequence[Mapping[str, Sequence[dict[str, object]]]]
) -> dict[str, Rows]:
    """A district's month: its own records, and the rows of its ``townships`` as each of them signed them.

    Its own list says which townships it has; which villages these have in the month, they say.
    """
    own = _records(session, district_id, [district_id], month)
    listed = directed_unit_rows(session, district_id, month)
    claimed: dict[str, dict[str, object]] = {}
    versions: Rows = []
    for tables in townships:
        villages = {str(row["id"]): row for row in tables["units"] if row["tier"] is Tier.VILLAGE}
        fresh = villages.keys() - claimed.keys()
        claimed |= {unit_id: villages[unit_id] for unit_id in fresh}
        versions += [row for row in tables["unit_versions"] if row["unit_id"] in fresh]
    return {
        "units": [*(row for row in listed["units"] if row["id"] not in claimed), *claimed.values()],
        "unit_versions": [*(row for row in listed["unit_versions"] if row["unit_id"] not in claimed), *versions],
        **{name: [*own[name], *(row for tables in townships for row in tables[name])] for name in REPORTED},
    }


def _records(session: Session, unit_id: str, people_of: Collection[str], month: Month) -> dict[str, Rows]:
    meetings = list(session.exec(select(Meeting).where(Meeting.unit_id == unit_id, Meeting.month == str(month))))
    meeting_ids = [meeting.id for meeting in meetings]
    decisions = _decisions(session, unit_id, month, {meeting.series for meeting in meetings})
    decision_ids = [decision.id for decision in decisions]
    expenses = _expenses(session, unit_id, month)
    lines = _lines(session, unit_id, month, {expense.line_id for expense in expenses})
    line_ids = [line.id for line in lines]
    return {
        "officials": _where(session, Official, col(Official.unit_id).in_(people_of)),
        "meetings": [meeting.model_dump() for meeting in meetings],
        "attendees": _where(session, Attendee, col(Attendee.meeting_id).in_(meeting_ids)),
        "agenda_items": _where(session, AgendaItem, col(AgendaItem.meeting_id).in_(meeting_ids)),
        "figures": _where(session, Figure, col(Figure.meeting_id).in_(meeting_ids)),
        "decisions": [decision.model_dump() for decision in decisions],
        "decision_steps": _where(session, DecisionStep, col(DecisionStep.decision_id).in_(decision_ids)),
        "signed_decisions": _where(session, SignedDecision, col(SignedDecision.meeting_id).in_(meeting_ids)),
        "cells": _where(session, Cell, *_of_month(Cell, unit_id, month)),
        "nil_returns": _where(session, NilReturn, *_of_month(NilReturn, unit_id, month)),
        "reasons": _where(session, Reason, *_of_month(Reason, unit_id, month)),
        "budget_lines": [line.model_dump() for line in lines],
        "adjustments": _where(session, Adjustment, col(Adjustment.line_id).in_(line_ids)),
        "expenses": [expense.model_dump() for expense in expenses],
    }


def _where(session: Session, table: type[T], *conditions: ColumnElement[bool]) -> Rows:
    return [row.model_dump() for row in session.exec(select(table).where(*conditions))]


def _of_month(
    table: type[Cell | NilReturn | Reason], township_id: str, month: Month
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return col(table.township_id) == township_id, col(table.month) == str(month)


def _units_of(session: Session, township_id: str, month: Month) -> list[str]:
    """The township and every unit that reported to it in the month, also one that ended or has moved since."""
    above: dict[str, str | None] = {}
    for unit_id, since, superior in session.exec(
        select(UnitVersion.unit_id, UnitVersion.since, col(UnitVersion.reports_to)).order_by(UnitVersion.since)
    ):
        if unit_id not in above or since <= str(month):
            above[unit_id] = superior
    return [township_id, *(unit_id for unit_id, superior in above.items() if superior == township_id)]


def _decisions(session: Session, township_id: str, month: Month, series: Collection[str]) -> list[Decision]:
    """Decisions of the month's meeting, those still open, and those with a step in the month."""
    of_unit = list(session.exec(select(Decision).where(Decision.unit_id == township_id)))
    steps = session.exec(
        select(DecisionStep)
        .where(col(DecisionStep.decision_id).in_([decision.id for decision in of_unit]))
        .order_by(col(DecisionStep.position))
    )
    newest: dict[str, DecisionStep] = {}
    touched: set[str] = set()
    for step in steps:
        newest[step.decision_id] = step
        if month.holds(step.on):
            touched.add(step.decision_id)
    return [
        decision
        for decision in of_unit
        if decision.series in series
        or decision.id in touched
        or (decision.id in newest and newest[decision.id].state not in CLOSED_STATES)
    ]


def _expenses(session: Session, township_id: str, month: Month) -> list[Expense]:
    """The month's entries, and earlier entries that one of them reverses."""
    of_month = list(
        session.exec(
            select(Expense).where(
                Expense.unit_id == township_id, Expense.on >= month.first_day, Expense.on <= month.last_day
            )
        )
    )
    there = {expense.id for expense in of_month}
    earlier = {expense.reverses for expense in of_month if expense.reverses is not None} - there
    return [*session.exec(select(Expense).where(col(Expense.id).in_(earlier))), *of_month]


def _lines(session: Session, township_id: str, month: Month, used: Collection[str]) -> list[BudgetLine]:
    return list(
        session.exec(
            select(BudgetLine).where(
                BudgetLine.unit_id == township_id,
                or_(BudgetLine.year == month.year, col(BudgetLine.id).in_(used)),
            )
        )
    )
