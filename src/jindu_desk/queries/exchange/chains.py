"""The chains of packages: what was sent last, what was loaded last. For operations, inside their transaction."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.store.tables import Audit, Received, Recipient, Sent


def last_sent_in(session: Session, stream: str, kind: PackageKind, receiver: str) -> Sent | None:
    """The newest package of a chain (the row itself)."""
    query = select(Sent).where(Sent.stream == stream, Sent.kind == kind, Sent.receiver == receiver)
    return session.exec(query.order_by(col(Sent.number).desc()).limit(1)).first()


def sent_history_in(session: Session, stream: str, kind: PackageKind, receiver: str) -> list[tuple[int, str]]:
    """(number, descriptor's hash) of every package of a chain, in order."""
    query = select(Sent.number, Sent.descriptor_sha256)
    query = query.where(Sent.stream == stream, Sent.kind == kind, Sent.receiver == receiver)
    return list(session.exec(query.order_by(col(Sent.number))).all())


def held_snapshot_in(session: Session, kind: PackageKind, stream: str) -> Received | None:
    """The newest enrolment, directive or answer of a sender that holds here."""
    query = select(Received).where(Received.stream == stream, Received.kind == kind, col(Received.counted).is_(True))
    return session.exec(query.order_by(col(Received.number).desc()).limit(1)).first()


def roster_number_in(session: Session, superior_id: str | None) -> int:
    """The number of the superior's last directive that was loaded; 0 for none."""
    held = held_snapshot_in(session, PackageKind.DIRECTIVE, superior_id) if superior_id else None
    return held.number or 0 if held else 0


def recipients_in(session: Session, unit_id: str) -> tuple[str, ...]:
    """The age recipients to which what is for ``unit_id`` is encrypted."""
    query = select(Recipient.recipient).where(Recipient.unit_id == unit_id, col(Recipient.ended_at).is_(None))
    return tuple(sorted(session.exec(query)))


def audit_size_in(session: Session) -> int:
    """How many rows the audit chain has."""
    return session.exec(select(func.max(Audit.seq))).one() or 0
