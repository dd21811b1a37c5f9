"""Keys, packages sent and received, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, func, or_, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import NoSuchReceived, ReceivedFileMissing
from jindu_desk.files import sha256_hex
from jindu_desk.packages.keys import PublicKey, fingerprint_groups
from jindu_desk.packages.roster import ALL_NAMESPACES, Roster, RosterKey, read_roster, write_revoked, write_roster
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange_compare import (
    CellDifference,
    RecordsDifference,
    cell_differences,
    records_differences,
)
from jindu_desk.queries.readiness import own_signer_in
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import UnitRow, own_unit_in, unit_in, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Receipt, Received, Sent, Signer, Unit

_FROM_BELOW = frozenset({PackageKind.ENROLMENT.namespace, PackageKind.REPORT.namespace})
# What a district directs tells the city the keys of its townships.
_FROM_DISTRICT = _FROM_BELOW | {PackageKind.DIRECTIVE.namespace}
_FROM_ABOVE = frozenset({PackageKind.DIRECTIVE.namespace, PackageKind.ANSWER.namespace})
_WAITING = (Verdict.GAP, Verdict.FORK, Verdict.REVISION)


@dataclass(frozen=True, slots=True)
class SignerRow:
    """A key of a unit. ``groups``: the fingerprint as people read it to each other."""

    id: str
    unit_id: str
    unit_name: str
    fingerprint: str
    groups: tuple[str, ...]
    public_key: str
    keeper: str
    compared_at: datetime | None
    revoked_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class KeyOffered:
    """A key that somebody wants to enrol, before it is compared. ``unit_id`` where the line names it."""

    public_key: str
    fingerprint: str
    groups: tuple[str, ...]
    unit_id: str
    keeper: str


@dataclass(frozen=True, slots=True)
class SentRow:
    number: int
    period: str
    revision: int
    reason: str
    file_name: str
    written_to: str
    sent_at: datetime
    fingerprint: str
    file_sha256: str


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A package that was handed in. ``waiting``: a person must look at it (a gap, a fork, a revision). ``judged``:
    accepted or returned here. ``other_chosen``: why a person decided for another package under the same number."""

    id: str
    file_name: str
    received_at: datetime
    verdict: Verdict
    counted: bool
    stream: str
    from_unit: str
    period: str
    number: int | None
    revision: int | None
    signer: str
    explanation: str
    decided_reason: str
    kind: PackageKind | None
    file_sha256: str
    encrypted: bool
    judged: ReceiptState | None = None
    other_chosen: str = ""

    @property
    def waiting(self) -> bool:
        return self.verdict in _WAITING and not self.counted and not self.other_chosen


@dataclass(frozen=True, slots=True)
class StreamRow:
    """What a unit below sent. ``highest``: the last number without a gap before it; ``keys``: how many count."""

    unit: UnitRow
    keys: int
    highest: int
    revision: int | None  # of the month asked for; None = nothing counts
    held: int


@dataclass(frozen=True, slots=True)
class PackageDifferences:
    """What ``other`` changes against ``one``; ``one`` is None where there is nothing before it."""

    one: ReceivedRow | None
    other: ReceivedRow
    reason: str
    cells: tuple[CellDifference, ...]
    records: tuple[RecordsDifference, ...]


def signers(store: Store) -> tuple[SignerRow, ...]:
    """All keys on record: this desk's own first, then by unit."""
    with store.read() as session:
        month = Month.of(store.clock().date())
        rows = []
        for row in session.exec(select(Signer).order_by(col(Signer.own).desc(), Signer.unit_id, Signer.fingerprint)):
            unit = unit_in(session, row.unit_id, month)
            rows.append(_signer_row(row, unit.name if unit else ""))
        return tuple(rows)


def own_signer(store: Store) -> SignerRow | None:
    """This desk's key as others must enrol it: the newest that counts."""
    with store.read() as session:
        own = own_unit_in(session, Month.of(store.clock().date()))
        row = own_signer_in(session, own.unit.id) if own else None
        return _signer_row(row, own.unit.name) if row and own else None


def read_key(text: str) -> KeyOffered:
    """Read a public key line or a line of ``allowed_signers``. Raises `NotAPublicKey`, `RosterUnreadable`."""
    line = " ".join(text.split())
    if line.startswith("ssh-"):
        key, unit_id, keeper = PublicKey.parse(line), "", line.split(" ", 2)[2] if line.count(" ") > 1 else ""
    else:
        roster = read_roster(line)
        if not roster.keys:
            key, unit_id, keeper = PublicKey.parse(line), "", ""
        else:
            key, unit_id, keeper = roster.keys[0].key, roster.keys[0].unit_id, roster.keys[0].keeper
    return KeyOffered(key.line, key.fingerprint, fingerprint_groups(key.fingerprint), unit_id, keeper)


def key_line(row: SignerRow) -> str:
    """The line that another desk enrols: who, what, kept by whom."""
    return write_roster([RosterKey(row.unit_id, PublicKey.parse(row.public_key), row.keeper)]).strip()


def roster_in(session: Session) -> Roster:
    """Whose packages are trusted here: lower units for reports, higher ones for directives, own keys for all."""
    own = own_unit_in(session, Month(2099, 12))
    tiers = list(Tier)
    keys: list[RosterKey] = []
    revoked: set[PublicKey] = set()
    for signer, tier in session.exec(select(Signer, Unit.tier).join(Unit, col(Unit.id) == Signer.unit_id)):
        key = PublicKey.parse(signer.public_key)
        if signer.revoked_at is not None:
            revoked.add(key)
        spaces = ALL_NAMESPACES
        if not signer.own and own is not None:
            below = tiers.index(Tier(tier)) > tiers.index(own.unit.tier)
            of_below = _FROM_DISTRICT if Tier(tier) is Tier.DISTRICT else _FROM_BELOW
            spaces = of_below if below else _FROM_ABOVE
        keys.append(RosterKey(signer.unit_id, key, signer.keeper, spaces, signer.valid_after, signer.valid_before))
    return Roster(tuple(keys), frozenset(revoked))


def roster_texts(store: Store) -> tuple[str, str]:
    """(``allowed_signers``, revoked keys) for whoever wants to check packages with ssh-keygen."""
    with store.read() as session:
        roster = roster_in(session)
    return write_roster(roster.keys), write_revoked(roster.revoked)


def sent(store: Store) -> tuple[SentRow, ...]:
    """The packages that were written here, newest first."""
    with store.read() as session:
        return tuple(
            SentRow(
                row.number,
                row.period or "",
                row.revision,
                row.reason,
                row.file_name,
                row.written_to,
                row.sent_at,
                row.signer,
                row.file_sha256,
            )
            for row in session.exec(select(Sent).order_by(col(Sent.number).desc()))
        )


def received(store: Store, limit: int = 500) -> tuple[ReceivedRow, ...]:
    """What was handed in here, newest first."""
    with store.read() as session:
        query = select(Received).order_by(col(Received.received_at).desc(), col(Received.number).desc()).limit(limit)
        return received_rows(session, session.exec(query).all())


def received_one(store: Store, received_id: str) -> ReceivedRow:
    """Raises `NoSuchReceived`."""
    with store.read() as session:
        return received_rows(session, [_found(session, received_id)])[0]


def rivals(store: Store, received_id: str) -> tuple[ReceivedRow, ...]:
    """All packages of a chain under the same number: what a person decides between in a fork. Of enrolments,
    directives and answers also the one that holds, since only one does."""
    with store.read() as session:
        one = _found(session, received_id)
        same = Received.number == one.number
        query = (
            select(Received)
            .where(
                Received.stream == one.stream,
                Received.kind == one.kind,
                same if one.kind is PackageKind.REPORT else or_(same, col(Received.counted).is_(True)),
                col(Received.descriptor_sha256).is_not(None),
            )
            .order_by(col(Received.received_at))
        )
        return received_rows(session, session.exec(query).all())


def streams(store: Store, month: Month) -> tuple[StreamRow, ...]:
    """Every unit below and how far its packages reach."""
    with store.read() as session:
        own = own_unit_in(session, month)
        if own is None:
            return ()
        keys = dict(
            session.exec(
                select(Signer.unit_id, func.count()).where(col(Signer.revoked_at).is_(None)).group_by(Signer.unit_id)
            ).all()
        )
        rows = session.exec(select(Received).where(Received.kind == PackageKind.REPORT)).all()
        waiting = {row.id for row in received_rows(session, rows) if row.waiting}
        found = []
        for unit in units_below_in(session, own.unit.id, month):
            of_unit = [row for row in rows if row.stream == unit.id]
            standing = [row for row in of_unit if row.verdict in (Verdict.NEW, Verdict.REVISION, Verdict.OLDER)]
            now = [row.revision for row in of_unit if row.counted and row.period == str(month)]
            held = sum(row.id in waiting for row in of_unit)
            highest = max((row.number or 0 for row in standing), default=0)
            found.append(StreamRow(unit, keys.get(unit.id, 0), highest, now[0] if now else None, held))
        return tuple(found)


def received_content(paths: FolderPaths, file_sha256: str) -> bytes:
    """The bytes of a package as it was received; raises `ReceivedFileMissing` if they are gone or altered."""
    path = paths.received / f"{file_sha256}.jdpkg"
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ReceivedFileMissing(file=path.name) from error
    if sha256_hex(content) != file_sha256:
        raise ReceivedFileMissing(file=path.name)
    return content


def received_package(paths: FolderPaths, file_sha256: str) -> VerifiedPackage:
    """A received package, verified again. Whom to trust was judged when it came."""
    return verify_package(received_content(paths, file_sha256), None)


def revision_differences(store: Store, paths: FolderPaths, received_id: str) -> PackageDifferences:
    """What a revision changes against the version of the month before it in the stream: also where that was returned
    and counts no more. Raises `NoSuchReceived`, `ReceivedFileMissing`."""
    with store.read() as session:
        earlier = _version_before(session, _found(session, received_id))
        earlier_id = earlier.id if earlier is not None else None
    return package_differences(store, paths, earlier_id, received_id)


def package_differences(store: Store, paths: FolderPaths, one_id: str | None, other_id: str) -> PackageDifferences:
    """What the report ``other_id`` has otherwise than ``one_id``, cell by cell, and how many other records; of another
    kind of package nothing is compared. Raises `NoSuchReceived`, `ReceivedFileMissing`."""
    with store.read() as session:
        other = _found(session, other_id)
        one = _found(session, one_id) if one_id is not None else None
        (shown,) = received_rows(session, [other])
        (shown_one,) = received_rows(session, [one]) if one is not None else (None,)
        month = Month.parse(other.period) if other.kind is PackageKind.REPORT and other.period else None
        catalogue = rules_in(session, month).catalogue if month is not None else None
    after = received_package(paths, shown.file_sha256)
    before = received_package(paths, shown_one.file_sha256) if shown_one is not None else None
    if catalogue is None:
        return PackageDifferences(shown_one, shown, after.descriptor.reason, (), ())
    return PackageDifferences(
        shown_one,
        shown,
        after.descriptor.reason,
        cell_differences(before, after, catalogue),
        records_differences(before, after),
    )


def _found(session: Session, received_id: str) -> Received:
    row = session.get(Received, received_id)
    if row is None:
        raise NoSuchReceived
    return row


def _version_before(session: Session, row: Received) -> Received | None:
    query = select(Received).where(
        Received.stream == row.stream,
        Received.period == row.period,
        Received.kind == PackageKind.REPORT,
        col(Received.revision) < row.revision,
        col(Received.verdict).in_((Verdict.NEW, Verdict.REVISION)),
    )
    return session.exec(query.order_by(col(Received.revision).desc())).first()


def received_rows(session: Session, rows: Sequence[Received]) -> tuple[ReceivedRow, ...]:
    """With what was decided about them."""
    judged = {(row.stream, row.descriptor_sha256): row.state for row in session.exec(select(Receipt))}
    chosen = {
        (row.stream, row.kind, row.number): (row.id, row.decided_reason)
        for row in session.exec(select(Received).where(Received.decided_reason != ""))
    }
    found = []
    for row in rows:
        winner, reason = chosen.get((row.stream, row.kind, row.number), ("", ""))
        lost = row.verdict is Verdict.FORK and winner != row.id
        found.append(
            ReceivedRow(
                row.id,
                row.file_name,
                row.received_at,
                row.verdict,
                row.counted,
                row.stream or "",
                row.from_unit,
                row.period or "",
                row.number,
                row.revision,
                row.signer,
                row.explanation,
                row.decided_reason,
                row.kind,
                row.file_sha256,
                row.encrypted,
                judged.get((row.stream or "", row.descriptor_sha256 or "")),
                reason if lost else "",
            )
        )
    return tuple(found)


def _signer_row(row: Signer, unit_name: str) -> SignerRow:
    return SignerRow(
        row.id,
        row.unit_id,
        unit_name,
        row.fingerprint,
        fingerprint_groups(row.fingerprint),
        row.public_key,
        row.keeper,
        row.compared_at,
        row.revoked_at,
        row.own,
    )


def untrusted_files(store: Store, paths: FolderPaths) -> tuple[Path, ...]:
    """The kept copies of files whose signer was not trusted, oldest first: a key enrolled since may open them."""
    with store.read() as session:
        query = select(Received.file_sha256).where(Received.verdict == Verdict.UNTRUSTED)
        kept = [
            paths.received / f"{sha256}.jdpkg" for sha256 in session.exec(query.order_by(col(Received.received_at)))
        ]
    return tuple(path for path in kept if path.is_file())
