"""The month at a glance: what the desk's cards, the context bar and the start of the window show, for every tier."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.decisions import is_open
from jindu_desk.domain.duty_rules import DutyRow, due_date
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.expense_rules import Balance, Elapsed, elapsed_of, total_of
from jindu_desk.domain.meeting_drafts import attendance_sums
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import Cell as Figure
from jindu_desk.domain.tallies.cells import cell_of
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.tallies.sheet import Place, Sheet, filled_villages, unfilled
from jindu_desk.domain.units import Tier
from jindu_desk.queries.decisions import decisions_in
from jindu_desk.queries.duties import due
from jindu_desk.queries.exchange.own_files import own_sentences_in
from jindu_desk.queries.exchange.standing import ReturnedMonth, returned_months_in
from jindu_desk.queries.exchange.uncounted import uncounted_in
from jindu_desk.queries.expenses import budget_lines_in
from jindu_desk.queries.meetings import newest_in
from jindu_desk.queries.rules import duty_rules_in, rules_in
from jindu_desk.queries.units import OwnUnit, UnitRow, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attendee, Cell, MonthLock, NilReturn, Receipt, Received, Sent

HORIZON_DAYS = 60
_MONTHS = 12
_CAME = 8
_REGISTERED = ("A04.J", "A04.K")  # 期末在册, both kinds
_REPORT_DUTY = {Tier.TOWNSHIP: "monthly_report", Tier.DISTRICT: "monthly_assessment"}
_UNSETTLED = (Verdict.GAP, Verdict.FORK, Verdict.REVISION)


@dataclass(frozen=True, slots=True)
class MeetingGlance:
    """The month's meeting. ``state`` None: there is none yet. ``expected``: 应到, as the meeting counts."""

    state: MeetingState | None
    held_on: date | None
    expected: int
    present: int
    open_decisions: int
    overdue_decisions: int


@dataclass(frozen=True, slots=True)
class TallyGlance:
    """How many units below have their figures in; the township's own row is none of them, and ``own_row_filled`` says
    whether it is complete. ``registered``: 期末在册 of the last 12 months, oldest first,
    persons; None where nothing is known. ``missing``: names of those that are not complete, in their order.
    ``begun``: something stands there, if only a single figure. ``returned``: above the townships those whose month was
    sent back and not corrected yet, with the day; they are not among the ``missing``."""

    filled: int
    units: int
    missing: tuple[str, ...]
    registered: tuple[int | None, ...]
    begun: bool = True
    own_row_filled: bool = True
    returned: tuple[tuple[str, date], ...] = ()

    @property
    def complete(self) -> bool:
        return self.filled == self.units and self.own_row_filled


@dataclass(frozen=True, slots=True)
class MoneyGlance:
    """The year's budget lines together, beside the share of the year that is over today."""

    balance: Balance
    elapsed: Elapsed
    lines: int


@dataclass(frozen=True, slots=True)
class ReportGlance:
    """What was sent for the month. ``number`` None: nothing yet. ``reopened``: sent, then opened again."""

    number: int | None
    sent_at: datetime | None
    locked: bool
    reopened: bool


@dataclass(frozen=True, slots=True)
class CameRow:
    """A package that was handed in here, newest first. ``own``: this desk wrote it, whatever was said of it then."""

    id: str
    received_at: datetime
    from_unit: str
    kind: PackageKind | None
    verdict: Verdict
    period: str | None
    explanation: str
    counted: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """One month of one unit. ``deadline``: when the month is due upward (township) or to be assessed (district).

    ``unsettled``: packages handed in that wait for a person (a gap, a fork, a revision to confirm). ``returned``: own
    reports that came back, whatever their month.
    """

    month: Month
    today: date
    tier: Tier
    meeting: MeetingGlance
    tally: TallyGlance
    money: MoneyGlance
    report: ReportGlance
    deadline: date | None
    unsettled: int
    duties: tuple[DutyRow, ...]
    came: tuple[CameRow, ...]
    returned: tuple[ReturnedMonth, ...] = ()

    @property
    def came_back(self) -> bool:
        """Whether this very month's report was returned."""
        return any(row.period == str(self.month) for row in self.returned)


def overview(store: Store, own: OwnUnit, month: Month) -> Overview:
    """Everything the desk shows, for ``month``; the duties look ahead from today."""
    today = store.clock().date()
    unit = own.unit
    with store.read() as session:
        below = units_below_in(session, unit.id, month)
        if unit.tier is Tier.TOWNSHIP:
            tally = _tally(session, unit.id, month, below)
        else:
            tally = _completeness(session, month, below)
        return Overview(
            month=month,
            today=today,
            tier=unit.tier,
            meeting=_meeting(session, unit.id, month, today),
            tally=tally,
            money=_money(session, unit.id, month, today),
            report=_report(session, unit.id, month),
            deadline=_deadline(session, unit.tier, month),
            unsettled=_unsettled(session),
            duties=due(store, unit.id, today, HORIZON_DAYS),
            came=_came(session),
            returned=returned_months_in(session, unit.id),
        )


def month_at_hand(store: Store, own: OwnUnit | None) -> Month:
    """The month to start with: the last one that is over, until it was sent; then the current one.

    A district looks at the last month that is over: its townships' packages come in now.
    """
    current = Month.of(store.clock().date())
    if own is None or own.unit.tier is not Tier.TOWNSHIP:
        return current.previous
    with store.read() as session:
        sent = _report(session, own.unit.id, current.previous)
    return current if sent.locked else current.previous


def _meeting(session: Session, unit_id: str, month: Month, today: date) -> MeetingGlance:
    open_now = [row for row in decisions_in(session, unit_id) if is_open(row.state)]
    overdue = sum(row.overdue(today) for row in open_now)
    newest = newest_in(session, unit_id, month)
    if newest is None:
        return MeetingGlance(None, None, 0, 0, len(open_now), overdue)
    called = session.exec(select(Attendee).where(Attendee.meeting_id == newest.id)).all()
    sums = attendance_sums(called)
    held_on = newest.starts_at.date() if newest.starts_at else None
    return MeetingGlance(newest.state, held_on, sums.expected, sums.present, len(open_now), overdue)


def _tally(session: Session, township_id: str, month: Month, villages: Collection[UnitRow]) -> TallyGlance:
    """As `queries.tallies.completeness`, without last month's figures and the history that only checks need."""
    here = str(month)
    cells: dict[Place, Figure] = {}
    found = session.exec(
        select(Cell.unit_id, Cell.item, Cell.state, col(Cell.value)).where(
            Cell.township_id == township_id, Cell.month == here
        )
    )
    for unit_id, item, state, value in found:
        cells[unit_id, item] = cell_of(CellState(state), value)
    nil = session.exec(select(NilReturn.unit_id).where(NilReturn.township_id == township_id, NilReturn.month == here))
    begun = session.exec(select(Cell.unit_id).where(Cell.township_id == township_id, Cell.month < here).distinct())
    ids = tuple(village.id for village in villages)
    sheet = Sheet(township_id, here, ids, cells, nil_returns=frozenset(nil), openings=frozenset(ids) - frozenset(begun))
    catalogue = rules_in(session, month).catalogue
    filled = set(filled_villages(catalogue, sheet))
    missing = tuple(village.name for village in villages if village.id not in filled)
    own_row = {item: cell for (unit_id, item), cell in cells.items() if unit_id == township_id}
    own_row_filled = not unfilled(catalogue, own_row, here, Level.TOWNSHIP, opening=False)
    registered = _registered(session, month, {township_id})
    is_begun = bool(cells) or bool(sheet.nil_returns)
    return TallyGlance(len(villages) - len(missing), len(villages), missing, registered, is_begun, own_row_filled)


def _completeness(session: Session, month: Month, below: Collection[UnitRow]) -> TallyGlance:
    """Above the townships a month is filled by packages: whose was received and counts."""
    came = set(
        session.exec(
            select(Received.stream).where(
                Received.kind == PackageKind.REPORT, Received.period == str(month), col(Received.counted).is_(True)
            )
        )
    )
    sent_back = {
        unit_id: found.returned_on
        for (unit_id, period), found in uncounted_in(session).items()
        if period == str(month) and found.returned_on is not None
    }
    missing = tuple(unit.name for unit in below if unit.id not in came and unit.id not in sent_back)
    returned = tuple((unit.name, sent_back[unit.id]) for unit in below if unit.id in sent_back)
    filled = len(below) - len(missing) - len(returned)
    registered = _registered(session, month, None)
    return TallyGlance(filled, len(below), missing, registered, bool(came or returned), returned=returned)


def _registered(session: Session, month: Month, townships: Collection[str] | None) -> tuple[int | None, ...]:
    months = [str(month.plus(-back)) for back in range(_MONTHS - 1, -1, -1)]
    query = (
        select(Cell.month, func.sum(Cell.value))
        .where(col(Cell.item).in_(_REGISTERED), col(Cell.month).in_(months), col(Cell.value).is_not(None))
        .group_by(Cell.month)
    )
    if townships is not None:
        query = query.where(col(Cell.township_id).in_(townships))
    known = dict(session.exec(query).all())
    return tuple(known.get(each) for each in months)


def _money(session: Session, unit_id: str, month: Month, today: date) -> MoneyGlance:
    lines = budget_lines_in(session, unit_id, month.year)
    return MoneyGlance(total_of(line.balance for line in lines), elapsed_of(month.year, today), len(lines))


def _report(session: Session, unit_id: str, month: Month) -> ReportGlance:
    sent = session.exec(
        select(Sent)
        .where(Sent.stream == unit_id, Sent.kind == PackageKind.REPORT, Sent.period == str(month))
        .order_by(col(Sent.number).desc())
    ).first()
    lock = session.get(MonthLock, (unit_id, str(month)))
    locked = lock is not None and lock.reopened_at is None
    return ReportGlance(
        sent.number if sent else None, sent.sent_at if sent else None, locked, lock is not None and not locked
    )


def _deadline(session: Session, tier: Tier, month: Month) -> date | None:
    wanted = _REPORT_DUTY.get(tier)
    rule = next((rule for rule in duty_rules_in(session) if rule.code == wanted), None)
    return due_date(rule, str(month), {}) if rule is not None else None


def _unsettled(session: Session) -> int:
    returned = select(Receipt.descriptor_sha256).where(Receipt.state == ReceiptState.RETURNED)
    return session.exec(
        select(func.count())
        .select_from(Received)
        .where(col(Received.verdict).in_(_UNSETTLED), Received.decided_reason == "", col(Received.counted).is_(False))
        .where(col(Received.descriptor_sha256).not_in(returned))
    ).one()


def _came(session: Session) -> tuple[CameRow, ...]:
    query = select(Received).order_by(col(Received.received_at).desc(), col(Received.id)).limit(_CAME)
    rows = session.exec(query).all()
    own = own_sentences_in(session, rows)
    return tuple(
        CameRow(
            row.id,
            row.received_at,
            row.from_unit,
            row.kind,
            row.verdict,
            row.period,
            own.get(row.id, row.explanation),
            row.counted,
            row.id in own,
        )
        for row in rows
    )
