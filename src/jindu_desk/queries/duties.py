"""The duties of a unit: what is due, and the board of a year. What the data shows counts as done by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from jindu_desk.domain.duty_rules import Done, DoneMap, DutyRow, duties_board, duties_due, shipped_duties
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.units import Role, Tier
from jindu_desk.queries.rules import duty_rules_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import (
    Attachment,
    BudgetLine,
    Cell,
    DutyDone,
    Meeting,
    Official,
    Profile,
    RateTarget,
    Sent,
    Unit,
)


@dataclass(frozen=True, slots=True)
class DutiesBoard:
    """All duties of a unit in a year. ``files``: (duty, period) → number of files kept as evidence."""

    unit_id: str
    tier: Tier
    year: int
    rows: tuple[DutyRow, ...]
    files: dict[tuple[str, str], int]


def due(store: Store, unit_id: str, today: date, horizon_days: int = 60) -> tuple[DutyRow, ...]:
    """What is overdue and what falls due within ``horizon_days``, soonest first."""
    with store.read() as session:
        tier = session.get_one(Unit, unit_id).tier
        return duties_due(
            tier,
            today,
            horizon_days,
            _recorded(session, unit_id),
            _facts(session, unit_id, today),
            since=_first_day_of_use(session, unit_id),
            rules=duty_rules_in(session),
        )


def duties_of_year(store: Store, unit_id: str, year: int, today: date) -> DutiesBoard:
    """The board of ``year``: dated duties by due date, then standing ones, then cases."""
    with store.read() as session:
        tier = session.get_one(Unit, unit_id).tier
        rows = duties_board(
            tier,
            year,
            today,
            _recorded(session, unit_id),
            _facts(session, unit_id, today),
            since=_first_day_of_use(session, unit_id),
            rules=duty_rules_in(session),
        )
        counted = session.exec(
            select(Attachment.record_id, func.count())
            .where(Attachment.subject == "duties")
            .group_by(Attachment.record_id)
        )
        files = {duty_key(record): count for record, count in counted}
        return DutiesBoard(unit_id, tier, year, rows, files)


def duty_record(duty: str, period: str) -> str:
    """The id under which the files of a duty's period are kept."""
    return f"{duty}:{period}"


def duty_key(record: str) -> tuple[str, str]:
    """The reverse of `duty_record`."""
    duty, _, period = record.partition(":")
    return duty, period


def _recorded(session: Session, unit_id: str) -> DoneMap:
    return {
        (row.duty, row.period): Done(row.done_on, row.note)
        for row in session.exec(select(DutyDone).where(DutyDone.unit_id == unit_id))
    }


def _facts(session: Session, unit_id: str, today: date) -> DoneMap:
    """(duty, period) → what the data itself shows, for the rules that name a fact."""
    found: dict[str, dict[str, date | None]] = {}
    for name in {rule.fact for rule in shipped_duties() if rule.fact}:
        found[name] = _FACTS[name](session, unit_id, today)
    return {
        (rule.code, period): Done(on, by_data=True)
        for rule in shipped_duties()
        for period, on in found.get(rule.fact, {}).items()
    }


def _meetings_signed_off(session: Session, unit_id: str, _today: date) -> dict[str, date | None]:
    rows = session.exec(
        select(Meeting.month, col(Meeting.signed_on))
        .where(Meeting.unit_id == unit_id, Meeting.state == MeetingState.SIGNED_OFF)
        .order_by(col(Meeting.version).desc())
    )
    return dict(rows.all())  # the first version's date stays: a correction does not make the meeting late


def _reports_sent(session: Session, unit_id: str, _today: date) -> dict[str, date | None]:
    rows = session.exec(
        select(Sent.period, func.min(Sent.sent_at))
        .where(Sent.stream == unit_id, Sent.kind == PackageKind.REPORT, col(Sent.period).is_not(None))
        .group_by(col(Sent.period))
    )
    return {period: sent_at.date() for period, sent_at in rows if period is not None}


def _budget_lines(session: Session, unit_id: str, _today: date) -> dict[str, date | None]:
    years = session.exec(select(BudgetLine.year).where(BudgetLine.unit_id == unit_id).distinct())
    return {str(year): None for year in years}


def _targets_set(session: Session, unit_id: str, _today: date) -> dict[str, date | None]:
    months = session.exec(select(RateTarget.since).where(RateTarget.unit_id == unit_id))
    return {month[:4]: None for month in months}


def _responsible_named(session: Session, unit_id: str, today: date) -> dict[str, date | None]:
    """Art. 3: a first and a main responsible person in office today."""
    in_office = session.exec(
        select(Official.role, col(Official.since)).where(
            Official.unit_id == unit_id,
            col(Official.role).in_((Role.FIRST_RESPONSIBLE, Role.MAIN_RESPONSIBLE)),
            col(Official.until).is_(None) | (col(Official.until) >= today),
        )
    ).all()
    if {role for role, _ in in_office} != {Role.FIRST_RESPONSIBLE, Role.MAIN_RESPONSIBLE}:
        return {}
    since = [day for _, day in in_office if day is not None and day.year == today.year]
    return {str(today.year): max(since, default=None)}


def _people_counted(session: Session, unit_id: str, _today: date) -> dict[str, date | None]:
    """Art. 10: social workers or volunteers are counted in the township's own row of the tally (block M)."""
    months = session.exec(
        select(func.max(Cell.month))
        .where(
            Cell.unit_id == unit_id,
            col(Cell.item).in_(("M02", "M03")),
            Cell.state == CellState.NUMBER,
            col(Cell.value) > 0,
        )
        .group_by(func.substr(Cell.month, 1, 4))
    )
    return {month[:4]: Month.parse(month).last_day for month in months}


_FACTS: dict[str, Callable[[Session, str, date], dict[str, date | None]]] = {
    "meeting_signed_off": _meetings_signed_off,
    "report_sent": _reports_sent,
    "budget_lines": _budget_lines,
    "targets_set": _targets_set,
    "responsible_named": _responsible_named,
    "people_counted": _people_counted,
}


def _first_day_of_use(session: Session, unit_id: str) -> date | None:
    """When this folder's records begin: what was due before cannot be asked of it.

    A month is due at its end, so records of a month begin there: the report of the month before, due in the month's
    first days, is not asked for.
    """
    created = session.exec(select(Profile.created_at)).first()
    first_meeting = session.exec(select(func.min(Meeting.month)).where(Meeting.unit_id == unit_id)).one()
    first_figure = session.exec(select(func.min(Cell.month)).where(Cell.township_id == unit_id)).one()
    days = [Month.parse(month).last_day for month in (first_meeting, first_figure) if month]
    return min([*days, *([created.date()] if created else [])], default=None)
