"""How this desk stands with its superior: its keys, what it last directed and answered, what it has of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.queries.exchange.chains import held_snapshot_in, last_sent_in, recipients_in
from jindu_desk.queries.units import own_unit_in, unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Receipt, Received, Recipient, Reminder, Sent, Signer


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """The directive or answer that holds. ``lines``: what it said, the first line being the sentence itself."""

    received_id: str
    number: int
    received_at: datetime
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuperiorRow:
    """``keys``: how many of its keys count here; ``encrypted``: what is for it can be encrypted. ``enrolled_at``: when
    this desk last wrote its keys for it. ``reminders``: months that it waits for, by its last answer."""

    unit_id: str
    name: str
    keys: int
    encrypted: bool
    directive: SnapshotRow | None
    answer: SnapshotRow | None
    enrolled_at: datetime | None
    reminders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SentPackage:
    """A package that was written here. ``state``: what its receiver's last answer says of it; None = nothing yet."""

    kind: PackageKind
    receiver: str
    receiver_name: str
    number: int
    period: str
    revision: int
    reason: str
    file_name: str
    file_sha256: str
    descriptor_sha256: str
    fingerprint: str
    sent_at: datetime
    written_to: str
    encrypted: bool
    state: ReceiptState | None
    state_reason: str


def superior(store: Store) -> SuperiorRow | None:
    """None for a desk that reports to nobody."""
    with store.read() as session:
        own = own_unit_in(session, Month.of(store.clock().date()))
        if own is None or own.superior is None:
            return None
        above = own.superior.id
        keys = session.exec(select(Signer.id).where(Signer.unit_id == above, col(Signer.revoked_at).is_(None))).all()
        enrolled = last_sent_in(session, own.unit.id, PackageKind.ENROLMENT, above)
        return SuperiorRow(
            unit_id=above,
            name=own.superior.name,
            keys=len(keys),
            encrypted=bool(recipients_in(session, above)),
            directive=_snapshot(held_snapshot_in(session, PackageKind.DIRECTIVE, above)),
            answer=_snapshot(held_snapshot_in(session, PackageKind.ANSWER, above)),
            enrolled_at=enrolled.sent_at if enrolled else None,
            reminders=tuple(sorted(session.exec(select(Reminder.period)))),
        )


def own_recipient(store: Store) -> str:
    """The age recipient of this desk that was made last; "" for none."""
    with store.read() as session:
        query = select(Recipient.recipient).where(col(Recipient.own).is_(True), col(Recipient.ended_at).is_(None))
        return session.exec(query.order_by(col(Recipient.since).desc())).first() or ""


def sent_packages(store: Store, kind: PackageKind | None = None) -> tuple[SentPackage, ...]:
    """What was written here, newest first; of all kinds where none is named."""
    with store.read() as session:
        query = select(Sent).order_by(col(Sent.sent_at).desc(), col(Sent.number).desc())
        rows = session.exec(query if kind is None else query.where(Sent.kind == kind)).all()
        month = Month.of(store.clock().date())
        return tuple(_sent_package(session, row, month) for row in rows)


def _sent_package(session: Session, row: Sent, month: Month) -> SentPackage:
    receiver = unit_in(session, row.receiver, month)
    receipt = session.get(Receipt, (row.stream, row.number)) if row.kind is PackageKind.REPORT else None
    mine = receipt if receipt is not None and receipt.descriptor_sha256 == row.descriptor_sha256 else None
    return SentPackage(
        kind=row.kind,
        receiver=row.receiver,
        receiver_name=receiver.name if receiver else row.receiver,
        number=row.number,
        period=row.period or "",
        revision=row.revision,
        reason=row.reason,
        file_name=row.file_name,
        file_sha256=row.file_sha256,
        descriptor_sha256=row.descriptor_sha256,
        fingerprint=row.signer,
        sent_at=row.sent_at,
        written_to=row.written_to,
        encrypted=row.encrypted,
        state=mine.state if mine else None,
        state_reason=mine.reason if mine else "",
    )


def _snapshot(row: Received | None) -> SnapshotRow | None:
    if row is None:
        return None
    return SnapshotRow(row.id, row.number or 0, row.received_at, tuple(row.explanation.split("\n")))
