"""An answer as it was written or received, read again from its kept file: what its slip prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from jindu_desk.domain.answers import (
    AuditState,
    ReceiptFields,
    RemarkFields,
    ReminderFields,
    RevocationFields,
    StandingFields,
    UnlockFields,
)
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.fields import Fields
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import NoSuchReceived, NoSuchSent, SentCopyMissing
from jindu_desk.packages.keys import PublicKey
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.compare import item_name
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.exchange.sent_copies import sent_package
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Received, Sent, Signer

F = TypeVar("F", bound=Fields)


@dataclass(frozen=True, slots=True)
class AnswerCopy:
    """All that an answer says. ``remarks``: each with its place in words ("" for the whole report); ``revocations``:
    each with the key's fingerprint."""

    number: int
    created: datetime
    sender: str
    unit: str
    unit_code: str
    keeper: str
    highest: int
    first_missing: int | None
    audit: AuditState
    receipts: tuple[ReceiptFields, ...]
    remarks: tuple[tuple[RemarkFields, str], ...]
    unlocks: tuple[UnlockFields, ...]
    revocations: tuple[tuple[RevocationFields, str], ...]
    reminders: tuple[ReminderFields, ...]


def written_answer(store: Store, paths: FolderPaths, receiver: str, number: int) -> AnswerCopy:
    """The answer ``number`` to a unit below. Raises `NoSuchSent`, `SentCopyMissing`."""
    with store.read() as session:
        row = session.exec(
            select(Sent).where(Sent.kind == PackageKind.ANSWER, Sent.receiver == receiver, Sent.number == number)
        ).first()
        if row is None:
            raise NoSuchSent(number=number)
        package = sent_package(paths, row)
        if package is None:
            raise SentCopyMissing(number=number)
        return _copy(session, package)


def received_answer(store: Store, paths: FolderPaths, received_id: str) -> AnswerCopy:
    """An answer of the superior's. Raises `NoSuchReceived`, `ReceivedFileMissing` and what reading it raises."""
    with store.read() as session:
        row = session.get(Received, received_id)
        if row is None or row.kind is not PackageKind.ANSWER:
            raise NoSuchReceived
        return _copy(session, received_package(paths, row.file_sha256))


def _copy(session: Session, package: VerifiedPackage) -> AnswerCopy:
    about, tables = package.descriptor, package.tables
    (standing,) = _all(StandingFields, tables["standing"])
    receipts = _all(ReceiptFields, tables["receipts"])
    periods = {receipt.number: receipt.period for receipt in receipts}
    signer = session.exec(
        select(Signer)
        .where(Signer.fingerprint == package.key.fingerprint)
        .order_by(col(Signer.unit_id) != about.stream)
    ).first()
    return AnswerCopy(
        number=about.number,
        created=about.created,
        sender=about.sender.name,
        unit=about.receiver.name,
        unit_code=about.receiver.code,
        keeper=signer.keeper if signer else "",
        highest=standing.highest,
        first_missing=standing.first_missing,
        audit=standing.audit,
        receipts=receipts,
        remarks=tuple(
            (remark, _where(session, remark, periods.get(remark.number, "")))
            for remark in _all(RemarkFields, tables["remarks"])
        ),
        unlocks=_all(UnlockFields, tables["unlocks"]),
        revocations=tuple(
            (key, PublicKey.parse(key.public_key).fingerprint) for key in _all(RevocationFields, tables["revocations"])
        ),
        reminders=_all(ReminderFields, tables["reminders"]),
    )


def _all(fields: type[F], rows: Sequence[Mapping[str, object]]) -> tuple[F, ...]:
    return tuple(fields.read({name: row[name] for name in fields.model_fields}) for row in rows)


def _where(session: Session, remark: RemarkFields, period: str) -> str:
    """The unit and the item as people call them."""
    if not period:
        return ""
    month = Month.parse(period)
    unit = unit_in(session, remark.unit_id, month) if remark.unit_id else None
    item = item_name(rules_in(session, month).catalogue, remark.item) if remark.item else ""
    return " ".join(filter(None, (unit.name if unit else "", item)))
