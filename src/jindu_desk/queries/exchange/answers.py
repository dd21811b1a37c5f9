"""What a superior has to answer: what became of every report, what is missing, what was decided; as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, select

from jindu_desk.domain.answers import AuditState, ReceiptFields, ReceiptState, ReminderFields, StandingFields
from jindu_desk.domain.duty_rules import due_date
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.chains import last_sent_in
from jindu_desk.queries.exchange.uncounted import Uncounted, uncounted_in
from jindu_desk.queries.rules import duty_rules_in
from jindu_desk.queries.units import UnitRow, own_unit_in, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Audit, Receipt, Received, Recipient, Remark, Sent, Signer, Unlock

Rows = list[dict[str, object]]
CHAINED = (Verdict.NEW, Verdict.REVISION, Verdict.OLDER, Verdict.LOCKED)
_WAITS = (Verdict.GAP, Verdict.FORK)
REPORT_DUTIES = {Tier.TOWNSHIP: "monthly_report", Tier.DISTRICT: "monthly_report_to_city"}


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A month of a unit below that was due and does not count. ``uncounted``: why, where its report is here; None:
    nothing came."""

    unit: UnitRow
    period: str
    due: date
    uncounted: Uncounted | None = None

    @property
    def returned_on(self) -> date | None:
        return self.uncounted.returned_on if self.uncounted is not None else None


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """How a unit below stands, and whether there is something to tell it.

    ``highest``: no number below it is missing; ``first_missing``: the number that held ones wait for.
    ``missing_months`` are due; ``returned_months``, with the day, are due too and were sent back.
    ``news``: something came or was decided since the last answer. ``encrypted``: its age recipient is known.
    """

    unit: UnitRow
    highest: int
    first_missing: int | None
    received: int
    accepted: int
    returned: int
    waiting: int
    audit: AuditState
    missing_months: tuple[str, ...]
    returned_months: tuple[tuple[str, date], ...]
    answered_at: datetime | None
    news: bool
    encrypted: bool


def answers(store: Store) -> tuple[AnswerRow, ...]:
    """One row for each unit below."""
    today = store.clock().date()
    with store.read() as session:
        own = own_unit_in(session, Month.of(today))
        if own is None:
            return ()
        owed: dict[str, list[ReminderRow]] = {}
        for reminder in reminders_in(session, own.unit, today):
            owed.setdefault(reminder.unit.id, []).append(reminder)
        withdrawn = _withdrawn(session)
        return tuple(
            _answer_row(session, own.unit, unit, owed.get(unit.id, ()), withdrawn)
            for unit in units_below_in(session, own.unit.id, Month.of(today))
        )


def answer_told(store: Store, received_id: str) -> int | None:
    """The number of the newest answer that told a report's sender how it was judged; None where no answer has yet."""
    with store.read() as session:
        own = own_unit_in(session, Month.of(store.clock().date()))
        row = session.get(Received, received_id)
        receipt = session.get(Receipt, (row.stream, row.number)) if row is not None and row.number else None
        if own is None or receipt is None or receipt.decided_at is None:
            return None
        last = last_sent_in(session, own.unit.id, PackageKind.ANSWER, receipt.stream)
        # Both have whole seconds: within one it is asked once too often rather than not at all.
        return last.number if last is not None and last.sent_at >= receipt.decided_at else None


def reminders(store: Store) -> tuple[ReminderRow, ...]:
    """Every month that a unit below owes, by unit and month."""
    today = store.clock().date()
    with store.read() as session:
        own = own_unit_in(session, Month.of(today))
        return reminders_in(session, own.unit, today) if own else ()


def reminders_in(session: Session, own: UnitRow, today: date) -> tuple[ReminderRow, ...]:
    """Months that are overdue and do not count, from the first month that anybody reported here."""
    duty = REPORT_DUTIES.get(own.tier.below) if own.tier.below else None
    rule = next((rule for rule in duty_rules_in(session) if rule.code == duty), None)
    of_reports = Received.kind == PackageKind.REPORT
    first = session.exec(select(func.min(Received.period)).where(of_reports, col(Received.counted).is_(True))).one()
    if rule is None:
        return ()
    month = Month.parse(first) if first else Month.of(today).previous
    counted = set(
        session.exec(select(Received.stream, Received.period).where(of_reports, col(Received.counted).is_(True)))
    )
    uncounted = uncounted_in(session)
    found = []
    while month < Month.of(today):
        due = due_date(rule, str(month), {})
        if due is not None and due < today:
            found += [
                ReminderRow(unit, str(month), due, uncounted.get((unit.id, str(month))))
                for unit in units_below_in(session, own.id, month)
                if (unit.id, str(month)) not in counted
            ]
        month = month.next
    return tuple(sorted(found, key=lambda row: (row.unit.position, row.unit.id, row.period)))


def answer_rows_in(session: Session, own: UnitRow, unit: UnitRow, today: date) -> dict[str, Rows]:
    """The tables of an answer to ``unit``, but for ``history``."""
    rows = reports_of(session, unit.id)
    revoked = session.exec(
        select(Signer)
        .where(Signer.unit_id == unit.id, col(Signer.revoked_at).is_not(None))
        .order_by(Signer.fingerprint)
    )
    receipts = _receipts(session, unit.id, rows)
    returned = [receipt.number for receipt in receipts if receipt.state is ReceiptState.RETURNED]
    told = {receipt.period for receipt in receipts}  # what came and does not count: its receipt says so
    remarks = session.exec(select(Remark).where(Remark.stream == unit.id, col(Remark.number).in_(returned)))
    unlocks = session.exec(select(Unlock).where(Unlock.stream == unit.id))
    return {
        "standing": [standing_of(unit.id, rows).model_dump()],
        "receipts": [receipt.model_dump() for receipt in receipts],
        "remarks": [remark.model_dump(exclude={"stream"}) for remark in remarks],
        "unlocks": [unlock.model_dump(exclude={"stream"}) for unlock in unlocks],
        "revocations": [
            {"public_key": key.public_key, "revoked_at": key.revoked_at, "reason": key.revoked_reason}
            for key in revoked
        ],
        "reminders": [
            ReminderFields(period=row.period, due=row.due).model_dump()
            for row in reminders_in(session, own, today)
            if row.unit.id == unit.id and row.period not in told
        ],
    }


def standing_of(unit_id: str, reports: Sequence[Received]) -> StandingFields:
    """How far the chain of these reports reaches."""
    chained = [row for row in reports if row.verdict in CHAINED]
    newest = max(chained, key=lambda row: row.number or 0, default=None)
    highest = newest.number or 0 if newest else 0
    audit = AuditState.UNKNOWN
    if newest is not None and newest.audit_continues is not None:
        audit = AuditState.CONTINUES if newest.audit_continues else AuditState.BROKEN
    gap = any(row.verdict is Verdict.GAP for row in reports)
    return StandingFields(unit_id=unit_id, highest=highest, first_missing=highest + 1 if gap else None, audit=audit)


def state_of(row: Received, judged: Receipt | None) -> ReceiptState:
    """What became of a report, as its sender is told."""
    if judged is not None and judged.descriptor_sha256 == row.descriptor_sha256:
        return judged.state
    if row.counted:
        return ReceiptState.RECEIVED
    waits = row.verdict in _WAITS or row.verdict is Verdict.REVISION
    return ReceiptState.WAITING if waits else ReceiptState.KEPT_OUT


def _receipts(session: Session, stream: str, rows: Sequence[Received]) -> list[ReceiptFields]:
    judged = {row.number: row for row in session.exec(select(Receipt).where(Receipt.stream == stream))}
    standing: dict[int, Received] = {}
    for row in sorted(rows, key=lambda row: (row.verdict not in CHAINED, row.received_at)):
        standing.setdefault(row.number or 0, row)  # of a fork, the one that has the place
    found = []
    for number, row in sorted(standing.items()):
        receipt = judged.get(number)
        state = state_of(row, receipt)
        told = receipt if receipt is not None and receipt.state is state else None
        found.append(
            ReceiptFields(
                number=number,
                period=row.period or "",
                revision=row.revision or 1,
                descriptor_sha256=row.descriptor_sha256 or "",
                state=state,
                reason=told.reason if told else "",
                decided_by=told.decided_by if told else "",
                decided_at=told.decided_at if told else None,
            )
        )
    return found


def reports_of(session: Session, stream: str) -> Sequence[Received]:
    """The reports of a unit that were read, whatever their place."""
    return session.exec(
        select(Received).where(
            Received.stream == stream,
            Received.kind == PackageKind.REPORT,
            col(Received.descriptor_sha256).is_not(None),
            col(Received.verdict).not_in((Verdict.DAMAGED, Verdict.UNTRUSTED, Verdict.NOT_FOR_US)),
        )
    ).all()


def _answer_row(
    session: Session, own: UnitRow, unit: UnitRow, owed: Sequence[ReminderRow], withdrawn: Mapping[str, datetime]
) -> AnswerRow:
    rows = reports_of(session, unit.id)
    standing = standing_of(unit.id, rows)
    states = [receipt.state for receipt in _receipts(session, unit.id, rows)]
    last = last_sent_in(session, own.id, PackageKind.ANSWER, unit.id)
    answered = last.sent_at if last else None
    known = session.exec(
        select(Recipient.recipient).where(Recipient.unit_id == unit.id, col(Recipient.ended_at).is_(None))
    ).first()
    return AnswerRow(
        unit=unit,
        highest=standing.highest,
        first_missing=standing.first_missing,
        received=states.count(ReceiptState.RECEIVED),
        accepted=states.count(ReceiptState.ACCEPTED),
        returned=states.count(ReceiptState.RETURNED),
        waiting=states.count(ReceiptState.WAITING),
        audit=standing.audit,
        missing_months=tuple(row.period for row in owed if row.returned_on is None),
        returned_months=tuple((row.period, row.returned_on) for row in owed if row.returned_on is not None),
        answered_at=answered,
        news=_news(session, unit.id, rows, last, withdrawn),
        encrypted=known is not None,
    )


def _withdrawn(session: Session) -> dict[str, datetime]:
    """When a judgement of a report was last taken back: what was told of it holds no more, and no row says so."""
    query = select(Audit.record, Audit.at).where(Audit.operation == "withdraw_judgement").order_by(col(Audit.seq))
    return {record: datetime.fromisoformat(at) for record, at in session.exec(query)}


def _news(
    session: Session, stream: str, rows: Sequence[Received], last: Sent | None, withdrawn: Mapping[str, datetime]
) -> bool:
    moments = [row.received_at for row in rows]
    moments += [withdrawn[row.id] for row in rows if row.id in withdrawn]
    for column, of_unit in (
        (Receipt.decided_at, Receipt.stream == stream),
        (Unlock.unlocked_at, Unlock.stream == stream),
        (Signer.revoked_at, Signer.unit_id == stream),
    ):
        moments += [moment for moment in session.exec(select(col(column)).where(of_unit)) if moment is not None]
    # `sent_at` has whole seconds: what came within that second counts as news once more, which does no harm.
    return bool(moments) and (last is None or max(moments) > last.sent_at)
