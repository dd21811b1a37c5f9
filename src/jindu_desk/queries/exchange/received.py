"""Received packages as rows, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, col, func, or_, select

from jindu_desk.domain.answers import ReceiptState
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import NoSuchReceived, ReceivedFileMissing
from jindu_desk.files import sha256_hex
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.compare import (
    CellDifference,
    RecordsDifference,
    cell_differences,
    content_of,
    records_differences,
)
from jindu_desk.queries.exchange.compare_inside import TownshipDifference, inside_differences
from jindu_desk.queries.exchange.nested_packages import is_districts
from jindu_desk.queries.exchange.own_files import own_sentences_in
from jindu_desk.queries.exchange.uncounted import uncounted_in
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import UnitRow, own_unit_in, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Receipt, Received, Sent, Signer

# What a district directs tells the city the keys of its townships.
_WAITING = (Verdict.GAP, Verdict.FORK, Verdict.REVISION)


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """A package that was handed in. ``waiting``: a person must look at it (a gap, a fork, a revision). ``judged``:
    accepted or returned here. ``other_chosen``: why a person decided for another package under the same number.
    ``own``: this desk wrote it; then ``explanation`` says so, whatever was said when it was refused."""

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
    own: bool = False

    @property
    def waiting(self) -> bool:
        return self.verdict in _WAITING and not self.counted and not self.other_chosen and self.judged is None


@dataclass(frozen=True, slots=True)
class StreamRow:
    """What a unit below sent. ``highest``: the last number without a gap before it; ``keys``: how many count.
    ``returned_on``: the day on which the month asked for was sent back; None where it counts, waits or never came."""

    unit: UnitRow
    keys: int
    highest: int
    revision: int | None  # of the month asked for; None = nothing counts
    held: int
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class PackageDifferences:
    """What ``other`` changes against ``one``; ``one`` is None where there is nothing before it. ``townships``: of a
    district's report what changed inside; then ``records`` are its own. None for other packages."""

    one: ReceivedRow | None
    other: ReceivedRow
    reason: str
    cells: tuple[CellDifference, ...]
    records: tuple[RecordsDifference, ...]
    townships: tuple[TownshipDifference, ...] | None = None


def received(store: Store, limit: int = 500) -> tuple[ReceivedRow, ...]:
    """What was handed in here, newest first."""
    with store.read() as session:
        query = select(Received).order_by(col(Received.received_at).desc(), col(Received.number).desc()).limit(limit)
        return received_rows(session, session.exec(query).all())


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
        uncounted = uncounted_in(session)
        found = []
        for unit in units_below_in(session, own.unit.id, month):
            of_unit = [row for row in rows if row.stream == unit.id]
            standing = [row for row in of_unit if row.verdict in (Verdict.NEW, Verdict.REVISION, Verdict.OLDER)]
            now = [row.revision for row in of_unit if row.counted and row.period == str(month)]
            held = sum(row.id in waiting for row in of_unit)
            highest = max((row.number or 0 for row in standing), default=0)
            outside = uncounted.get((unit.id, str(month)))
            returned_on = outside.returned_on if outside is not None else None
            found.append(StreamRow(unit, keys.get(unit.id, 0), highest, now[0] if now else None, held, returned_on))
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
    reason = after.descriptor.reason
    if before is not None and is_districts(before) and is_districts(after):
        inside = inside_differences(before, after, catalogue)
        return PackageDifferences(shown_one, shown, reason, inside.cells, inside.records, inside.townships)
    first, second = content_of(before) if before is not None else None, content_of(after)
    cells, records = cell_differences(first, second, catalogue), records_differences(first, second)
    return PackageDifferences(shown_one, shown, reason, cells, records)


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
    own = own_sentences_in(session, rows)
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
                own.get(row.id, row.explanation),
                row.decided_reason,
                row.kind,
                row.file_sha256,
                row.encrypted,
                judged.get((row.stream or "", row.descriptor_sha256 or "")),
                reason if lost else "",
                row.id in own,
            )
        )
    return tuple(found)


def untrusted_files(store: Store, paths: FolderPaths) -> tuple[Path, ...]:
    """The kept copies of files whose signer was not trusted, oldest first: a key enrolled since may open them. None
    that this desk wrote: no key makes it another's."""
    with store.read() as session:
        query = select(Received.file_sha256).where(
            Received.verdict == Verdict.UNTRUSTED, col(Received.file_sha256).not_in(select(Sent.file_sha256))
        )
        kept = [
            paths.received / f"{sha256}.jdpkg" for sha256 in session.exec(query.order_by(col(Received.received_at)))
        ]
    return tuple(path for path in kept if path.is_file())
