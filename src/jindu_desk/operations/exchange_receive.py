"""Receiving packages: each file gets exactly one verdict, in one transaction of its own.

What is received is kept as received. The tables are a projection of it: after every change of a stream the place of
all its packages is settled anew (`domain.exchange_order`), and the months whose counted package changed are replaced.
"""

from __future__ import annotations

import errno
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import PackageKind, ReceivedFields, Verdict
from jindu_desk.domain.exchange_order import again
from jindu_desk.domain.free_text import LONG_TEXT, clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.exchange import (
    VERDICT_SENTENCES,
    DecisionReasonMissing,
    MonthClosedHere,
    NoSuchReceived,
    NotAFork,
    NotARevision,
    ReceivedFileMissing,
    RecordOfOther,
    VillageOfOther,
)
from jindu_desk.errors.folder import CannotReadFile, CannotWriteFile, DiskFull
from jindu_desk.errors.packages import (
    KeyUnknown,
    PackageError,
    PackageNotForUs,
    PackageTooLarge,
    RowsInvalid,
    UntrustedPackage,
)
from jindu_desk.files import sha256_hex, sha256_of_file, write_whole
from jindu_desk.operations.exchange_projection import refuse_foreign_villages
from jindu_desk.operations.exchange_settle import (
    REFUSED,
    closed_months,
    links_of,
    packages_of,
    rebuild_stream,
    sentence_of,
    settle_stream,
    with_violations,
)
from jindu_desk.packages.container import LARGEST_FILE, MB
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange import roster_in
from jindu_desk.queries.exchange_checks import refuse_unknown_items
from jindu_desk.queries.units import own_unit_in, unit_in
from jindu_desk.store import backups
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Received

_DIGITS = re.compile(r"\d")
TOUCHED = frozenset({Subject.EXCHANGE, Subject.UNITS, Subject.MEETINGS, Subject.TALLIES, Subject.EXPENSES})
"""What a received report can change."""


@dataclass(frozen=True, slots=True)
class KeyInFile:
    """An unknown key that signed a file: what a person needs to compare it and enrol it."""

    unit_id: str
    public_key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ReceiveResult:
    """What became of one file. ``explanation`` says it in words, ``counted`` whether its rows are in the tables;
    ``code`` is the error's machine name for refused ones.

    ``released``: numbers that were held and count now because this one came. ``faults``: all that is wrong in its
    rows, in words; of one that counts, the hard checks that do not hold.
    """

    file: Path
    verdict: Verdict
    explanation: str
    received_id: str | None = None
    from_unit: str = ""
    period: str = ""
    number: int | None = None
    revision: int | None = None
    fingerprint: str = ""
    counted: bool = False
    code: str = ""
    faults: tuple[str, ...] = ()
    released: tuple[int, ...] = ()
    unknown_key: KeyInFile | None = None


def receive_files(
    store: Store,
    paths: FolderPaths,
    files: Sequence[Path],
    *,
    told: Callable[[int, int, ReceiveResult], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    accept_revisions: bool = False,
) -> tuple[ReceiveResult, ...]:
    """Read ``files`` in their order. ``told(done, total, result)`` is called after each; ``cancelled`` before each:
    then there are fewer results than files, and those that were read are kept.

    ``accept_revisions``: a revision replaces the month at once; otherwise a person confirms it. A bad file ends with
    its verdict, and the batch goes on. Raises `DiskFull` or `CannotWriteFile` where the backup before it fails.
    """
    backups.back_up(paths, "receive", store.clock())
    with store.read() as session:
        roster = roster_in(session)
        own = own_unit_in(session, Month.of(store.clock().date()))
    receiver = own.unit.id if own else ""
    results: list[ReceiveResult] = []
    for place, file in enumerate(files, 1):
        if cancelled():
            break
        result = _receive_file(store, paths, file, roster, receiver, accept_revisions=accept_revisions)
        results.append(result)
        if told is not None:
            told(place, len(files), result)
    return tuple(results)


def decide_fork(store: Store, paths: FolderPaths, received_id: str, reason: str) -> Changes:
    """Take this package for its number, against the other one, with a reason. Both stay on record.

    Raises `DecisionReasonMissing`, `NotAFork`, `MonthClosedHere` where a month that was handed on would change, and
    `VillageOfOther`, `RecordOfOther`, `ReceivedFileMissing` where its rows cannot stand here.
    """
    if not reason.strip():
        raise DecisionReasonMissing
    with store.write("decide_fork") as w:
        row = _found(w.session, received_id)
        if row.verdict is not Verdict.FORK:
            raise NotAFork
        row.decided_reason = clean_text(reason, "decided_reason", required=True)
        for other in packages_of(w.session, row.stream or ""):
            if other.number == row.number and other.id != row.id:
                other.decided_reason = ""
                w.session.add(other)
        w.session.add(row)
        w.note(Subject.EXCHANGE, row.id, {"decided": row.number, "reason": row.decided_reason})
        settled = settle_stream(w, paths, row.stream or "", None, asked=row.descriptor_sha256, protect=True)
        sentence = VERDICT_SENTENCES["decided"].format(number=row.number, decided=row.decided_reason)
        row.explanation = with_violations(sentence, settled.violations.get(row.descriptor_sha256 or "", ()))
        return _touched(w, row.id)


def confirm_revision(store: Store, paths: FolderPaths, received_id: str) -> Changes:
    """Let a waiting revision replace its month. Raises `NotARevision`, `MonthClosedHere`, and `VillageOfOther`,
    `RecordOfOther`, `ReceivedFileMissing` where its rows cannot stand here."""
    with store.write("confirm_revision") as w:
        row = _found(w.session, received_id)
        if row.verdict is not Verdict.REVISION or row.counted:
            raise NotARevision
        if row.period in closed_months(w.session):
            raise MonthClosedHere(month=row.period)
        this = row.descriptor_sha256
        settled = settle_stream(w, paths, row.stream or "", None, asked=this, confirmed=this)
        if not any(place.counts and place.descriptor == this for place in settled.places):
            raise NotARevision
        w.note(Subject.EXCHANGE, row.id, {"confirmed": row.number, "period": row.period})
        sentence = VERDICT_SENTENCES["confirmed"].format(period=row.period, revision=row.revision)
        row.explanation = with_violations(sentence, settled.violations.get(this or "", ()))
        return _touched(w, row.id)


def rebuild(store: Store, paths: FolderPaths) -> Changes:
    """Empty the projected tables and fill them again from the counted packages: the totals stay what they were."""
    with store.write("rebuild") as w:
        streams = w.session.exec(select(Received.stream).where(col(Received.counted).is_(True)).distinct())
        packages = sum(rebuild_stream(w.session, paths, stream) for stream in sorted(filter(None, streams)))
        w.note(Subject.EXCHANGE, "rebuild", {"packages": packages})
        return _touched(w, None)


def _receive_file(
    store: Store, paths: FolderPaths, file: Path, roster: Roster, receiver: str, *, accept_revisions: bool
) -> ReceiveResult:
    try:
        content = _content(file)
    except (CannotReadFile, PackageTooLarge) as error:
        return ReceiveResult(file, Verdict.DAMAGED, str(error), code=error.code)
    try:
        package = verify_package(content, roster, receiver)
    except PackageError as error:
        return _refuse(store, paths, file, content, error)
    try:
        refuse_unknown_items(package)
        return _take(store, paths, file, content, package, accept_revisions=accept_revisions)
    except (VillageOfOther, RecordOfOther, UntrustedPackage, RowsInvalid) as error:
        return _refuse(store, paths, file, content, error, package)
    except ReceivedFileMissing as error:
        # Another package's original is needed and gone: nothing was changed, and this file is read again after it.
        return ReceiveResult(
            file, Verdict.DAMAGED, str(error), from_unit=package.descriptor.sender.name, code=error.code
        )


def _content(file: Path) -> bytes:
    try:
        size = file.stat().st_size
        if size > LARGEST_FILE:
            raise PackageTooLarge(size=-(-size // MB), limit=LARGEST_FILE // MB)
        return file.read_bytes()
    except OSError as error:
        raise CannotReadFile(file=str(file), reason=error.strerror or str(error)) from error


def _refuse(
    store: Store,
    paths: FolderPaths,
    file: Path,
    content: bytes,
    error: DeskError,
    package: VerifiedPackage | None = None,
) -> ReceiveResult:
    verdict = Verdict.DAMAGED
    if isinstance(error, UntrustedPackage | VillageOfOther | RecordOfOther):
        verdict = Verdict.UNTRUSTED
    elif isinstance(error, PackageNotForUs):
        verdict = Verdict.NOT_FOR_US
    sha256 = _keep(paths, content)
    name = package.descriptor.sender.name if package else ""
    explanation = _recordable(str(error))
    with store.write("refuse_package") as w:
        row = w.session.exec(select(Received).where(Received.file_sha256 == sha256)).first()
        if row is None or row.verdict in REFUSED:
            row = row or Received(id=str(uuid.uuid4()))
            fields = ReceivedFields.read(
                {
                    "file_sha256": sha256,
                    "file_name": _safe_name(file),
                    "received_at": w.now,
                    "verdict": verdict,
                    "from_unit": name,
                    "explanation": explanation,
                }
            )
            row.sqlmodel_update(fields.model_dump())
            w.session.add(row)
            w.note(Subject.EXCHANGE, row.id, {"verdict": verdict.value, "error": error.code, "file": sha256})
        received_id = row.id
    unknown = None
    if isinstance(error, KeyUnknown):
        unknown = KeyInFile(str(error.facts["stream"]), str(error.facts["public_key"]), str(error.facts["fingerprint"]))
    faults = tuple(str(fault) for fault in error.faults) if isinstance(error, RowsInvalid) else ()
    return ReceiveResult(
        file, verdict, explanation, received_id, name, code=error.code, faults=faults, unknown_key=unknown
    )


def _take(
    store: Store, paths: FolderPaths, file: Path, content: bytes, package: VerifiedPackage, *, accept_revisions: bool
) -> ReceiveResult:
    descriptor = package.descriptor
    stream = descriptor.stream
    with store.write("receive_package") as w:
        refuse_foreign_villages(w.session, package)
        _keep(paths, content)
        known = {row.descriptor_sha256: row for row in packages_of(w.session, stream)}
        row = known.get(package.descriptor_sha256)
        before = (row.verdict, row.counted) if row is not None else None
        if row is None:
            row = _new_row(w, file, package)
        confirmed = package.descriptor_sha256 if accept_revisions else None
        settled = settle_stream(w, paths, stream, package, confirmed=confirmed)
        verdict = row.verdict
        if before == (verdict, row.counted):
            links = links_of(packages_of(w.session, stream))
            place = next(place for place in settled.places if place.descriptor == package.descriptor_sha256)
            link = next(link for link in links if link.descriptor == package.descriptor_sha256)
            verdict = again(links, place, link)
            sentence = sentence_of(package, verdict, place, counted=row.counted)
        else:
            sentence = row.explanation
            w.note(
                Subject.EXCHANGE,
                row.id,
                {"verdict": verdict.value, "stream": stream, "number": descriptor.number, "period": descriptor.period},
            )
        return ReceiveResult(
            file,
            verdict,
            sentence,
            row.id,
            row.from_unit,
            descriptor.period or "",
            descriptor.number,
            descriptor.revision,
            package.key.fingerprint,
            row.counted,
            faults=settled.violations.get(package.descriptor_sha256, ()),
            released=tuple(number for number in settled.released if number != descriptor.number),
        )


def _new_row(w: Write, file: Path, package: VerifiedPackage) -> Received:
    """A row for a package not seen yet; one that was refused before (an unknown key, say) is taken over."""
    descriptor = package.descriptor
    unit = unit_in(w.session, descriptor.stream, Month.parse(descriptor.period or ""))
    refused = w.session.exec(select(Received).where(Received.file_sha256 == package.file_sha256)).first()
    fields = ReceivedFields.read(
        {
            "file_sha256": package.file_sha256,
            "file_name": refused.file_name if refused else _safe_name(file),
            "received_at": w.now,
            "verdict": Verdict.GAP,  # until its place is settled, in this transaction
            "stream": descriptor.stream,
            "kind": PackageKind.REPORT,
            "from_unit": unit.name if unit else descriptor.sender.name,
            "period": descriptor.period,
            "number": descriptor.number,
            "revision": descriptor.revision,
            "descriptor_sha256": package.descriptor_sha256,
            "previous_sha256": descriptor.previous,
            "audit_head": descriptor.audit_head,
            "signer": package.key.fingerprint,
        }
    )
    row = refused or Received(id=str(uuid.uuid4()))
    row.sqlmodel_update(fields.model_dump())
    w.session.add(row)
    w.session.flush()
    return row


def _keep(paths: FolderPaths, content: bytes) -> str:
    """Store the file as received; the same bytes once."""
    sha256 = sha256_hex(content)
    path = paths.received / f"{sha256}.jdpkg"
    try:
        # A copy that was lost or spoilt since is put back.
        if not path.is_file() or sha256_of_file(path) != sha256:
            paths.received.mkdir(parents=True, exist_ok=True)
            write_whole(path, content)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(file=str(path)) from error
        raise CannotWriteFile(file=str(path), reason=error.strerror or str(error)) from error
    return sha256


def _recordable(sentence: str) -> str:
    """A sentence that may quote the file (a member's name, a claimed sender): never a personal number from it."""
    try:
        return clean_text(sentence, "explanation")
    except DeskError:
        return _DIGITS.sub("#", sentence)[:LONG_TEXT]


def _safe_name(file: Path) -> str:
    """The file's name as shown, or a plain word where the name itself may not be recorded."""
    try:
        return clean_text(file.name, "file_name", limit=200) or "package"
    except DeskError:
        return "package"


def _found(session: Session, received_id: str) -> Received:
    row = session.get(Received, received_id)
    if row is None:
        raise NoSuchReceived
    return row


def _touched(w: Write, key: str | None) -> Changes:
    return Changes(TOUCHED, key) | w.changes(key)
