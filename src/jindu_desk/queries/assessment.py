"""What the monthly check of the townships looks at (Art. 13(1), 13(3)): facts, no marks. No official rule says how many
points anything costs; that stays with the people who check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.decisions import is_open
from jindu_desk.domain.duty_rules import due_date
from jindu_desk.domain.expense_rules import Balance, Elapsed, elapsed_of, total_of
from jindu_desk.domain.meeting_drafts import attendance_sums
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.rates import Rate, Ratio
from jindu_desk.queries.decisions import decisions_in
from jindu_desk.queries.duties import duties_of_year
from jindu_desk.queries.exchange.answers import REPORT_DUTIES, reports_of
from jindu_desk.queries.exchange.checks import violations_in
from jindu_desk.queries.expenses import line_course_in
from jindu_desk.queries.meetings import newest_in
from jindu_desk.queries.rules import duty_rules_in, targets_since_in
from jindu_desk.queries.tallies import findings_in
from jindu_desk.queries.totals import Arrival, Totals, UnitTotals
from jindu_desk.queries.units import UnitRow
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attendee, BudgetLine, Receipt

_ASSESSED, _TOLD = "monthly_assessment", "monthly_bulletin"


@dataclass(frozen=True, slots=True)
class RateResult:
    """A rate beside what is demanded of it. ``target`` in hundredths of a percent, ``since`` the month from which it
    holds; None and "" where nothing is demanded."""

    rate: Rate
    ratio: Ratio
    target: int | None
    since: str

    @property
    def met(self) -> bool | None:
        """None where there is no rate or nothing is demanded."""
        value = self.ratio.hundredths
        if value is None or self.target is None:
            return None
        return value <= self.target if self.rate.lower_is_better else value >= self.target


@dataclass(frozen=True, slots=True)
class ReportFact:
    """How a unit's month came in. ``received_at``: when it first did; ``days_late``: of that, or of today where nothing
    came; ``returned``: how often it was sent back; ``corrected``: how many later versions came."""

    due: date | None
    received_at: datetime | None
    days_late: int
    revision: int
    returned: int
    corrected: int

    @property
    def on_time(self) -> bool:
        return self.received_at is not None and not self.days_late


@dataclass(frozen=True, slots=True)
class CheckFact:
    """What the checks say here of a month that counts: hard ones that do not hold, soft ones explained and not."""

    hard: int
    explained: int
    unexplained: int


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """The month's meeting; ``state`` None where there is none."""

    state: MeetingState | None = None
    held_on: date | None = None
    signed_on: date | None = None
    expected: int = 0
    present: int = 0

    @property
    def minuted(self) -> bool:
        return self.state is MeetingState.SIGNED_OFF


@dataclass(frozen=True, slots=True)
class DecisionFact:
    """``made``: of the month's meeting; the others as they stand today."""

    made: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """``checks`` is None where no month of the unit counts; ``money`` is of the year up to the month's end.
    ``returned_on``: as in the totals; what the month brought is then not on record here."""

    unit: UnitRow
    arrival: Arrival
    rates: tuple[RateResult, ...]
    report: ReportFact
    checks: CheckFact | None
    meeting: MeetingFact
    decisions: DecisionFact
    money: Balance
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """``rates``: over all units. ``assessed_on``: when the check was recorded as done; ``tell_by``: until when its
    result is to be told, a week later or, before it is recorded, as the calendar has it."""

    totals: Totals
    rates: tuple[RateResult, ...]
    units: tuple[AssessedUnit, ...]
    elapsed: Elapsed
    assessed_on: date | None
    tell_by: date | None

    @property
    def owner(self) -> UnitRow:
        return self.totals.owner

    @property
    def month(self) -> Month:
        return self.totals.month


def assessment(store: Store, found: Totals, today: date) -> Assessment:
    """The month of all units that are in these totals, as it is known ``today``."""
    owner_id, month = found.owner.id, found.month
    day = min(month.last_day, max(today, month.first_day))
    with store.read() as session:
        targets = targets_since_in(session, month, owner_id=owner_id)
        units = tuple(_unit(session, found, row, targets, day, today) for row in found.units)
    board = {
        row.rule.code: row
        for row in duties_of_year(store, owner_id, month.year, today).rows
        if row.period == str(month)
    }
    assessed, told = board.get(_ASSESSED), board.get(_TOLD)
    return Assessment(
        found,
        _rates(found, found.total, targets),
        units,
        elapsed_of(month.year, day),
        assessed.done.on if assessed is not None and assessed.done is not None else None,
        told.due if told is not None else None,
    )


def _unit(
    session: Session,
    found: Totals,
    row: UnitTotals,
    targets: dict[str, tuple[int, str]],
    day: date,
    today: date,
) -> AssessedUnit:
    unit, month = row.unit, found.month
    return AssessedUnit(
        unit,
        row.arrival,
        _rates(found, row, targets),
        _report(session, unit, month, today),
        _checks(session, unit.id, month) if row.arrival is Arrival.COUNTED else None,
        _meeting(session, unit.id, month),
        _decisions(session, unit.id, month, today),
        _money(session, unit.id, month.year, day),
        row.returned_on,
    )


def _rates(found: Totals, row: UnitTotals, targets: dict[str, tuple[int, str]]) -> tuple[RateResult, ...]:
    return tuple(
        RateResult(rate, row.ratios[rate.code], *targets.get(rate.code, (None, "")))
        for rate in found.rules.rates.required
    )


def _report(session: Session, unit: UnitRow, month: Month, today: date) -> ReportFact:
    rule = next((rule for rule in duty_rules_in(session) if rule.code == REPORT_DUTIES.get(unit.tier)), None)
    due = due_date(rule, str(month), {}) if rule is not None else None
    came = [row for row in reports_of(session, unit.id) if row.period == str(month)]
    first = min((row.received_at for row in came), default=None)
    late = max(0, ((first.date() if first else today) - due).days) if due is not None else 0
    returned = session.exec(
        select(func.count())
        .select_from(Receipt)
        .where(Receipt.stream == unit.id, Receipt.period == str(month), Receipt.state == ReceiptState.RETURNED)
    ).one()
    revisions = {row.revision or 1 for row in came}
    return ReportFact(due, first, late, max(revisions, default=0), returned, max(0, len(revisions) - 1))


def _checks(session: Session, unit_id: str, month: Month) -> CheckFact:
    soft = [judged for judged in findings_in(session, unit_id, month) if not judged.finding.hard]
    explained = sum(judged.reason is not None for judged in soft)
    return CheckFact(len(violations_in(session, unit_id, month)), explained, len(soft) - explained)


def _meeting(session: Session, unit_id: str, month: Month) -> MeetingFact:
    newest = newest_in(session, unit_id, month)
    if newest is None:
        return MeetingFact()
    sums = attendance_sums(session.exec(select(Attendee).where(Attendee.meeting_id == newest.id)).all())
    held = newest.starts_at.date() if newest.starts_at else None
    return MeetingFact(newest.state, held, newest.signed_on, sums.expected, sums.present)


def _decisions(session: Session, unit_id: str, month: Month, today: date) -> DecisionFact:
    rows = decisions_in(session, unit_id)
    still = [row for row in rows if is_open(row.state)]
    made = sum(row.month == str(month) for row in rows)
    return DecisionFact(made, len(still), sum(row.overdue(today) for row in still))


def _money(session: Session, unit_id: str, year: int, day: date) -> Balance:
    lines: Sequence[BudgetLine] = session.exec(
        select(BudgetLine).where(BudgetLine.unit_id == unit_id, col(BudgetLine.year) == year)
    ).all()
    return total_of(line_course_in(session, line).at(day) for line in lines)
