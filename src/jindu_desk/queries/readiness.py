"""Whether a month can be reported: what is done, what is missing, and where to mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from sqlmodel import Session, col, func, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.expense_rules import Balance, total_of
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.chains import last_sent_in
from jindu_desk.queries.exchange.district_month import TownshipState, township_months_in
from jindu_desk.queries.expenses import budget_lines_in
from jindu_desk.queries.meetings import newest_in
from jindu_desk.queries.tallies import Judged, findings_in, sheet_in
from jindu_desk.queries.units import UnitRow, own_unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Expense, MonthLock, Sent, Signer

_UNFILLED = "H0"  # the check that names what nobody filled


class Requirement(StrEnum):
    """What a month needs before it can be reported, in the order in which people do it."""

    TOWNSHIPS = "townships"  # a district's: each township's package counts; without some of them a reason is needed
    WAITING = "waiting"  # none that came later waits for a person; told, but it holds nothing up
    SIGNATURES = "signatures"  # of what counts, no signing key was revoked since
    MEETING = "meeting"  # Art. 11: held, minuted, signed off
    VILLAGES = "villages"  # every village filled, or signed off as nil
    CHECKS = "checks"  # no hard finding
    REASONS = "reasons"  # every soft finding explained
    EXPENSES = "expenses"  # the year has a budget (Art. 9); told, but it holds nothing up
    RECEIVER = "receiver"  # somebody to report to
    KEY = "key"  # a signing key of this desk
    OPEN = "open"  # not reported and locked already


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement. ``count``: how many things stand in its way; ``names``: of the units below concerned, in order,
    and ``total``: how many there are of those. ``own_row``: the township's own row of the sheet is concerned; it is no
    village, and counts neither among the ``names`` nor in the ``total``.

    ``holds_up``: the month cannot be reported because of it. ``where``: arguments for the screen that mends it.
    """

    requirement: Requirement
    met: bool
    holds_up: bool
    count: int = 0
    total: int = 0
    names: tuple[str, ...] = ()
    own_row: bool = False
    where: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LockRow:
    """A month that was reported. ``closed`` until somebody opened it again."""

    number: int
    locked_at: str
    closed: bool
    reopened_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """``next_number`` and ``revision`` are what the package would get. ``spent`` is of the month's year, so far."""

    month: Month
    unit: UnitRow
    receiver: UnitRow | None
    lines: tuple[Line, ...]
    next_number: int
    revision: int
    lock: LockRow | None
    meeting_state: MeetingState | None
    soft: int
    entries: int
    balance: Balance

    @property
    def ready(self) -> bool:
        return not any(line.holds_up for line in self.lines)

    @property
    def missing(self) -> tuple[str, ...]:
        """The townships without which a district's report would go out; that takes a reason."""
        return next((line.names for line in self.lines if line.requirement is Requirement.TOWNSHIPS), ())


def report_readiness(store: Store, month: Month, *, key_held: bool = True) -> Readiness:
    """The checklist of 上报. ``key_held``: whether the vault holds the private half (it is not asked here)."""
    with store.read() as session:
        return readiness_in(session, month, key_held=key_held)


def readiness_in(session: Session, month: Month, *, key_held: bool = True) -> Readiness:
    own = own_unit_in(session, month)
    assert own is not None  # noqa: S101 - a folder without a unit shows the first start, not this
    unit = own.unit
    meeting = newest_in(session, unit.id, month)
    budget = budget_lines_in(session, unit.id, month.year)
    entries = session.exec(
        select(func.count())
        .select_from(Expense)
        .where(Expense.unit_id == unit.id, Expense.on >= month.first_day, Expense.on <= month.last_day)
    ).one()
    lock = lock_in(session, unit.id, month)
    signed_off = meeting is not None and meeting.state is MeetingState.SIGNED_OFF
    key = key_held and own_signer_in(session, unit.id) is not None
    receiver = own.superior.id if own.superior else ""
    last = last_sent_in(session, unit.id, PackageKind.REPORT, receiver)
    revision = last_revision_in(session, unit.id, month)
    of_township = unit.tier is Tier.TOWNSHIP
    judged = findings_in(session, unit.id, month) if of_township else ()
    own_lines = _tally_lines(session, unit, month, judged) if of_township else _township_lines(session, unit, month)
    # Art. 11 binds townships; a district's own meeting is told and travels along.
    meeting_line = Line(Requirement.MEETING, signed_off, of_township and not signed_off)
    return Readiness(
        month=month,
        unit=unit,
        receiver=own.superior,
        lines=(
            *((meeting_line, *own_lines) if of_township else (*own_lines, meeting_line)),
            Line(Requirement.EXPENSES, bool(budget), holds_up=False, count=entries),
            Line(Requirement.RECEIVER, own.superior is not None, own.superior is None),
            Line(Requirement.KEY, key, not key),
            Line(Requirement.OPEN, not (lock and lock.closed), bool(lock and lock.closed)),
        ),
        next_number=(last.number if last else 0) + 1,
        revision=revision + 1,
        lock=lock,
        meeting_state=meeting.state if meeting else None,
        soft=sum(not judgement.finding.hard for judgement in judged),
        entries=entries,
        balance=total_of(line.balance for line in budget),
    )


def _tally_lines(session: Session, unit: UnitRow, month: Month, judged: Sequence[Judged]) -> tuple[Line, ...]:
    villages = len(sheet_in(session, unit.id, month).villages)
    unfilled = [each for each in judged if each.finding.code == _UNFILLED]
    wrong = [each for each in judged if each.finding.hard and each.finding.code != _UNFILLED]
    unexplained = [each for each in judged if not each.finding.hard and each.reason is None]
    filled = _findings_line(Requirement.VILLAGES, unfilled, unit, villages)
    return (
        replace(filled, count=len(filled.names)),  # there is a finding per block: villages are what is counted
        _findings_line(Requirement.CHECKS, wrong, unit, villages),
        _findings_line(Requirement.REASONS, unexplained, unit, villages),
    )


def _township_lines(session: Session, unit: UnitRow, month: Month) -> tuple[Line, ...]:
    """What a district has of its townships. Some may be missing, with a reason; not all of them."""
    rows = township_months_in(session, unit.id, month)
    missing = [row.unit.name for row in rows if row.state is not TownshipState.COUNTED]
    waiting = [row.unit.name for row in rows if row.state is TownshipState.WAITING or row.newer]
    revoked = [row.unit.name for row in rows if row.revoked]
    return (
        _names_line(Requirement.TOWNSHIPS, missing, len(rows), holds_up=len(missing) == len(rows)),
        _names_line(Requirement.WAITING, waiting, len(rows), holds_up=False),
        _names_line(Requirement.SIGNATURES, revoked, len(rows), holds_up=bool(revoked)),
    )


def lock_in(session: Session, unit_id: str, month: Month) -> LockRow | None:
    """Why a month is closed, or that it was opened again."""
    lock = session.get(MonthLock, (unit_id, str(month)))
    if lock is None:
        return None
    return LockRow(
        lock.sent_number,
        lock.locked_at.isoformat(" ", "minutes"),
        lock.reopened_at is None,
        lock.reopened_by,
        lock.reopen_reason,
    )


def own_signer_in(session: Session, unit_id: str) -> Signer | None:
    """The newest of this desk's own keys that still counts (after a move to another PC there may be two)."""
    return session.exec(
        select(Signer)
        .where(Signer.unit_id == unit_id, col(Signer.own).is_(True), col(Signer.revoked_at).is_(None))
        .where(col(Signer.compared_at).is_not(None))  # else it is to follow, and does not sign yet
        .order_by(col(Signer.compared_at).desc())
        .limit(1)
    ).first()


def last_revision_in(session: Session, stream: str, month: Month) -> int:
    """The highest revision of a month that was sent; 0 if none was."""
    query = select(func.max(Sent.revision)).where(
        Sent.stream == stream, Sent.kind == PackageKind.REPORT, Sent.period == str(month)
    )
    return session.exec(query).one() or 0


def _names_line(requirement: Requirement, names: Sequence[str], total: int, *, holds_up: bool) -> Line:
    return Line(requirement, not names, holds_up, len(names), total, tuple(names))


def _findings_line(requirement: Requirement, judged: list[Judged], township: UnitRow, villages: int) -> Line:
    of_villages = {each.finding.unit_id: each.unit_name for each in judged if each.finding.unit_id != township.id}
    own_row = any(each.finding.unit_id == township.id for each in judged)
    where: dict[str, str] = {}
    if judged:
        first = judged[0].finding
        where = {"village": first.unit_id, "item": first.cells[0][1] if first.cells else ""}
    return Line(
        requirement, not judged, bool(judged), len(judged), villages, tuple(of_villages.values()), own_row, where
    )
