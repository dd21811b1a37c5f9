"""This desk's keys as its superior knows them, and the months that came back returned."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, func, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import ReceivedFileMissing
from jindu_desk.errors.packages import PackageError
from jindu_desk.packages.keys import fingerprint_groups
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.chains import held_snapshot_in, last_sent_in
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.exchange.sent_copies import sent_package
from jindu_desk.queries.readiness import own_signer_in
from jindu_desk.queries.units import own_unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Receipt, Remark, Sent, Signer


class Known(StrEnum):
    """What the superior has of a key, as far as can be told from here."""

    NOT_TOLD = "not_told"  # never written for it
    WRITTEN = "written"  # in an enrolment that was written; nothing came back yet
    LISTED = "listed"  # its directive lists it, or it took a report that the key signed
    NOT_LISTED = "not_listed"  # its directive does not list it
    REVOKED = "revoked"  # its directive or answer ended it


@dataclass(frozen=True, slots=True)
class OwnKeyStanding:
    """A key of this desk. ``follows``: it is to follow the present one, and does not sign yet. ``made_at``: when it
    came to sign here; None for one that follows."""

    signer_id: str
    fingerprint: str
    groups: tuple[str, ...]
    public_key: str
    keeper: str
    made_at: datetime | None
    follows: bool
    known: Known


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """``present``: the key that signs now; None where there is none, or it was revoked. ``to_follow``: its successor
    while a change is under way. ``revoked_reason``: of the newest own key, where it was revoked."""

    present: OwnKeyStanding | None
    to_follow: OwnKeyStanding | None
    revoked_reason: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedMonth:
    """A month whose newest report came back, and of which no correction went out since."""

    period: str
    number: int
    reason: str
    remarks: int


def own_keys_standing(store: Store, paths: FolderPaths) -> OwnKeys:
    """The superior's newest directive and the last enrolment are read again from their kept copies."""
    with store.read() as session:
        now = store.clock()
        own = own_unit_in(session, Month.of(now.date()))
        if own is None:
            return OwnKeys(None, None)
        unit_id, above = own.unit.id, own.superior.id if own.superior else ""
        listed = _listed_by(session, paths, above, unit_id)
        told = _told_to(session, paths, above, unit_id)
        taken = _taken(session, unit_id)
        present = own_signer_in(session, unit_id)
        rows = session.exec(select(Signer).where(Signer.unit_id == unit_id, col(Signer.own).is_(True))).all()
        follows = [
            row
            for row in rows
            if row.revoked_at is None
            and row.compared_at is None
            and (row.valid_before is None or row.valid_before > now)
        ]
        revoked = sorted((row for row in rows if row.revoked_at), key=lambda row: row.revoked_at or now)

        def standing(row: Signer, *, follows: bool) -> OwnKeyStanding:
            return OwnKeyStanding(
                row.id,
                row.fingerprint,
                fingerprint_groups(row.fingerprint),
                row.public_key,
                row.keeper,
                row.compared_at,
                follows,
                _known(row, listed, told, taken),
            )

        return OwnKeys(
            standing(present, follows=False) if present is not None else None,
            standing(follows[0], follows=True) if follows else None,
            revoked[-1].revoked_reason if present is None and revoked else "",
        )


def returned_months(store: Store, unit_id: str) -> tuple[ReturnedMonth, ...]:
    """Newest month first."""
    with store.read() as session:
        return returned_months_in(session, unit_id)


def returned_months_in(session: Session, unit_id: str) -> tuple[ReturnedMonth, ...]:
    newest: dict[str, Receipt] = {}
    for row in session.exec(select(Receipt).where(Receipt.stream == unit_id).order_by(col(Receipt.number))):
        newest[row.period] = row
    returned = {period: row for period, row in newest.items() if row.state is ReceiptState.RETURNED}
    if not returned:
        return ()
    sent = dict(
        session.exec(
            select(Sent.period, func.max(Sent.number))
            .where(Sent.stream == unit_id, Sent.kind == PackageKind.REPORT)
            .group_by(col(Sent.period))
        ).all()
    )
    remarks = dict(
        session.exec(
            select(Remark.number, func.count()).where(Remark.stream == unit_id).group_by(col(Remark.number))
        ).all()
    )
    return tuple(
        ReturnedMonth(period, row.number, row.reason, remarks.get(row.number, 0))
        for period, row in sorted(returned.items(), reverse=True)
        if (sent.get(period) or 0) <= row.number
    )


def _known(row: Signer, listed: dict[str, bool] | None, told: Iterable[str], taken: Iterable[str]) -> Known:
    if row.revoked_at is not None or (listed is not None and listed.get(row.public_key) is False):
        return Known.REVOKED
    if (listed is not None and row.public_key in listed) or row.fingerprint in taken:
        return Known.LISTED
    if row.public_key in told:
        return Known.WRITTEN
    return Known.NOT_TOLD if listed is None else Known.NOT_LISTED


def _listed_by(session: Session, paths: FolderPaths, superior: str, own: str) -> dict[str, bool] | None:
    """This desk's keys in the superior's newest directive, and whether each still counts; None without one."""
    held = held_snapshot_in(session, PackageKind.DIRECTIVE, superior)
    if held is None:
        return None
    try:
        package = received_package(paths, held.file_sha256)
    except (PackageError, ReceivedFileMissing):
        return None
    return {
        str(row["public_key"]): row["revoked_at"] is None for row in package.tables["signers"] if row["unit_id"] == own
    }


def _told_to(session: Session, paths: FolderPaths, superior: str, own: str) -> frozenset[str]:
    """The keys that the last enrolment for the superior names."""
    last = last_sent_in(session, own, PackageKind.ENROLMENT, superior)
    if last is None:
        return frozenset()
    package = sent_package(paths, last)
    if package is None:
        return frozenset()
    return frozenset(str(row["public_key"]) for row in package.tables["signers"])


def _taken(session: Session, own: str) -> frozenset[str]:
    """The fingerprints that signed reports which the superior has."""
    query = (
        select(Sent.signer)
        .join(Receipt, (col(Receipt.stream) == Sent.stream) & (col(Receipt.number) == Sent.number))
        .where(Sent.stream == own, Sent.kind == PackageKind.REPORT)
        .where(Receipt.descriptor_sha256 == Sent.descriptor_sha256)
        .distinct()
    )
    return frozenset(session.exec(query))
