"""By which key a key was introduced that nobody compared: the one that signed the first file that lists it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import ReceivedFileMissing
from jindu_desk.errors.packages import PackageError
from jindu_desk.packages.keys import PublicKey, fingerprint_groups
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.received import received_package
from jindu_desk.queries.units import unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Received, Signer

_TELL_OF_KEYS = (PackageKind.ENROLMENT, PackageKind.DIRECTIVE)
_NOT_TAKEN = (Verdict.UNTRUSTED, Verdict.DAMAGED, Verdict.NOT_FOR_US)


@dataclass(frozen=True, slots=True)
class Introducer:
    """The key that vouched for another: whose it is, and its fingerprint in groups."""

    unit_name: str
    groups: tuple[str, ...]


def introducer_of(store: Store, paths: FolderPaths, fingerprint: str) -> Introducer | None:
    """None for a key that a person compared, for one that is not known, and where the file that brought it is gone."""
    with store.read() as session:
        return introducer_in(session, paths, fingerprint)


def introducer_in(session: Session, paths: FolderPaths, fingerprint: str) -> Introducer | None:
    signer = session.exec(select(Signer).where(Signer.fingerprint == fingerprint)).first()
    if signer is None or signer.own or signer.compared_at is not None:
        return None
    files = session.exec(
        select(Received)
        .where(col(Received.kind).in_(_TELL_OF_KEYS), col(Received.verdict).not_in(_NOT_TAKEN))
        .order_by(col(Received.received_at), col(Received.number))
    )
    brought = next((row for row in files if _lists(paths, row, signer)), None)
    if brought is None:
        return None
    known = session.exec(select(Signer).where(Signer.fingerprint == brought.signer)).first()
    unit = unit_in(session, known.unit_id, Month.of(brought.received_at.date())) if known is not None else None
    return Introducer(unit.name if unit else brought.from_unit, fingerprint_groups(brought.signer))


def _lists(paths: FolderPaths, row: Received, signer: Signer) -> bool:
    if row.kind is PackageKind.ENROLMENT and row.stream != signer.unit_id:
        return False  # an enrolment tells only of its own unit
    try:
        package = received_package(paths, row.file_sha256)
    except (PackageError, ReceivedFileMissing):
        return False
    wanted = PublicKey.parse(signer.public_key).line
    return row.signer != signer.fingerprint and any(key["public_key"] == wanted for key in package.tables["signers"])
