"""Receiving packages: each file gets exactly one verdict, in one transaction of its own.

What is received is kept as received. The tables are a projection of it: after every change of a stream the place of
all its packages is settled anew (`domain.exchange_order`), and the months whose counted package changed are replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.exchange_order import again
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.exchange import (
    VERDICT_SENTENCES,
    DecisionReasonMissing,
    DecisionReasonWeak,
    MonthClosedHere,
    NotAFork,
    NotARevision,
    ReceivedFileMissing,
    RecordOfOther,
    RulesRefused,
    VillageOfOther,
)
from jindu_desk.errors.folder import CannotReadFile
from jindu_desk.errors.packages import (
    KeyUnknown,
    OwnPackage,
    PackageError,
    PackageNotForUs,
    PackageTooLarge,
    RowsInvalid,
    UntrustedPackage,
)
from jindu_desk.operations.exchange.audit import with_audit
from jindu_desk.operations.exchange.judge import is_weak
from jindu_desk.operations.exchange.kept import content_of, found_row, keep, keep_refused, new_row, take_signature
from jindu_desk.operations.exchange.keys import own_identities
from jindu_desk.operations.exchange.nested import Report, open_report, refuse_foreign, refuse_unknown_in
from jindu_desk.operations.exchange.own_packages import kept_before, verified_for
from jindu_desk.operations.exchange.settle import (
    closed_months,
    links_of,
    package_of,
    packages_of,
    rebuild_stream,
    sentence_of,
    settle_stream,
)
from jindu_desk.operations.exchange.snapshots import decide_snapshot, take_snapshot, unknown_key_of
from jindu_desk.operations.exchange.told import Told
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.sealing import Identity, is_sealed, unseal
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.keys import roster_in
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import own_unit_in
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store import backups
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Received

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
    rows, in words; of one that counts, the hard checks that do not hold, and where a district's rows are not those
    that its townships signed.
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
    kind: PackageKind = PackageKind.REPORT


def receive_files(
    store: Store,
    paths: FolderPaths,
    files: Sequence[Path],
    *,
    vault: KeyVault | None = None,
    told: Callable[[int, int, ReceiveResult], None] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    accept_revisions: bool = False,
) -> tuple[ReceiveResult, ...]:
    """Read ``files`` in their order. ``told(done, total, result)`` is called after each; ``cancelled`` before each:
    then there are fewer results than files, and those that were read are kept.

    ``vault`` opens what is encrypted; it is asked only where there is such a file, once and first.
    ``accept_revisions``: a revision replaces the month at once; otherwise a person confirms it. A bad file ends with
    its verdict, and the batch goes on. Raises `DiskFull` or `CannotWriteFile` where the backup before it fails, and the
    vault's errors.
    """
    identities = own_identities(vault) if vault is not None and any(map(_looks_sealed, files)) else []
    backups.back_up(paths, "receive", store.clock())
    with store.read() as session:
        roster = roster_in(session)
        own = own_unit_in(session, Month.of(store.clock().date()))
    receiver = own.unit.id if own else ""
    results: list[ReceiveResult] = []
    for place, file in enumerate(files, 1):
        if cancelled():
            break
        result = _receive_file(store, paths, file, roster, receiver, identities, accept_revisions=accept_revisions)
        if result.kind in (PackageKind.DIRECTIVE, PackageKind.ENROLMENT) and result.counted:
            with store.read() as session:  # it may have brought keys that sign the next files
                roster = roster_in(session)
        results.append(result)
        if told is not None:
            told(place, len(files), result)
    return tuple(results)


def _looks_sealed(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return is_sealed(stream.read(64))
    except OSError:
        return False


def decide_fork(store: Store, paths: FolderPaths, received_id: str, reason: str) -> Changes:
    """Take this package for its number, against the other one, with a reason: also the one that has the place already.
    Both stay on record.

    Raises `DecisionReasonMissing`, `DecisionReasonWeak`, `NotAFork`, `MonthClosedHere` where a month that was handed
    on would change, and `VillageOfOther`, `RecordOfOther`, `ReceivedFileMissing` where its rows cannot stand here.
    """
    if not reason.strip():
        raise DecisionReasonMissing
    with store.write("decide_fork") as w:
        row = found_row(w.session, received_id)
        others = [other for other in packages_of(w.session, row.stream or "") if other.number == row.number]
        kept = row.counted and not row.decided_reason and any(other.verdict is Verdict.FORK for other in others)
        if row.verdict is not Verdict.FORK and not (kept and row.kind is PackageKind.REPORT):
            raise NotAFork
        said = clean_text(reason, "decided_reason", required=True)
        month = Month.parse(row.period) if row.period else Month.of(w.now.date())
        if is_weak(said, rules_in(w.session, month).checks.weak_reasons):
            raise DecisionReasonWeak(field="decided_reason", reason=said[:20])
        row.decided_reason = said
        if row.kind is not PackageKind.REPORT:
            decide_snapshot(w, paths, row)
            return _touched(w, row.id)
        for other in others:
            if other.id != row.id:
                other.decided_reason = ""
                w.session.add(other)
        w.session.add(row)
        w.note(Subject.EXCHANGE, row.id, {"decided": row.number, "reason": row.decided_reason})
        settled = settle_stream(w, paths, row.stream or "", None, asked=row.descriptor_sha256, protect=True)
        sentence = VERDICT_SENTENCES["decided"].format(number=row.number, decided=row.decided_reason)
        row.explanation = with_audit(row, settled.told.get(row.descriptor_sha256, Told()).after(sentence))
        return _touched(w, row.id)


def confirm_revision(store: Store, paths: FolderPaths, received_id: str) -> Changes:
    """Let a waiting revision replace its month. Raises `NotARevision`, `MonthClosedHere`, and `VillageOfOther`,
    `RecordOfOther`, `ReceivedFileMissing` where its rows cannot stand here."""
    with store.write("confirm_revision") as w:
        row = found_row(w.session, received_id)
        if row.verdict is not Verdict.REVISION or row.counted:
            raise NotARevision
        if row.period in closed_months(w.session):
            raise MonthClosedHere(month=row.period)
        this = row.descriptor_sha256
        settled = settle_stream(w, paths, row.stream or "", None, asked=this, confirmed={this or ""})
        if not any(place.counts and place.descriptor == this for place in settled.places):
            raise NotARevision
        w.note(Subject.EXCHANGE, row.id, {"confirmed": row.number, "period": row.period})
        sentence = VERDICT_SENTENCES["confirmed"].format(period=row.period, revision=row.revision)
        row.explanation = with_audit(row, settled.told.get(this, Told()).after(sentence))
        return _touched(w, row.id)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """``packages``: how many were put into the tables anew."""

    subjects: frozenset[str]
    packages: int


def rebuild(store: Store, paths: FolderPaths) -> Rebuilt:
    """Empty the projected tables and fill them again from the counted packages: the totals stay what they were.

    Raises `ReceivedFileMissing`, `RecordOfOther`; then nothing was changed.
    """
    with store.write("rebuild") as w:
        of_reports = Received.kind == PackageKind.REPORT
        streams = w.session.exec(select(Received.stream).where(of_reports).distinct())
        packages = sum(rebuild_stream(w.session, paths, stream) for stream in sorted(filter(None, streams)))
        w.note(Subject.EXCHANGE, "rebuild", {"packages": packages})
        return Rebuilt(_touched(w, None).subjects, packages)


def unsealed(vault: KeyVault, file: Path) -> bytes:
    """What lies inside a file that is encrypted to this desk; nothing of it is checked or taken in.

    Raises `CannotReadFile`, `PackageTooLarge`, `PackageEncrypted`, `SealDamaged` and the vault's errors.
    """
    return unseal(content_of(file), own_identities(vault))


def _receive_file(
    store: Store,
    paths: FolderPaths,
    file: Path,
    roster: Roster,
    receiver: str,
    identities: Sequence[Identity],
    *,
    accept_revisions: bool,
) -> ReceiveResult:
    try:
        content = content_of(file)
    except (CannotReadFile, PackageTooLarge) as error:
        return ReceiveResult(file, Verdict.DAMAGED, str(error), code=error.code)
    signed = content
    try:
        signed = unseal(content, identities)
        package = verified_for(signed, roster, receiver)
        if package.signer is None:  # an enrolment by a key that nobody compared yet
            raise unknown_key_of(package)
    except PackageError as error:
        return _refuse(store, paths, file, signed, error)
    encrypted = signed is not content
    try:
        if package.descriptor.kind is not PackageKind.REPORT:
            return _take_snapshot(store, paths, file, signed, package, encrypted=encrypted)
        report = open_report(package, roster)
        return _take(store, paths, file, signed, report, accept_revisions=accept_revisions, encrypted=encrypted)
    except (VillageOfOther, RecordOfOther, PackageError, RulesRefused) as error:
        return _refuse(store, paths, file, signed, error, package)
    except ReceivedFileMissing as error:
        # Another package's original is needed and gone: nothing was changed, and this file is read again after it.
        return ReceiveResult(
            file, Verdict.DAMAGED, str(error), from_unit=package.descriptor.sender.name, code=error.code
        )


def _refuse(
    store: Store,
    paths: FolderPaths,
    file: Path,
    content: bytes,
    error: DeskError,
    package: VerifiedPackage | None = None,
) -> ReceiveResult:
    if isinstance(error, OwnPackage) and not kept_before(store, content):
        return ReceiveResult(file, Verdict.NOT_FOR_US, str(error), code=error.code)
    verdict = Verdict.DAMAGED
    if isinstance(error, UntrustedPackage | VillageOfOther | RecordOfOther):
        verdict = Verdict.UNTRUSTED
    elif isinstance(error, PackageNotForUs):
        verdict = Verdict.NOT_FOR_US
    name = package.descriptor.sender.name if package else ""
    received_id, explanation = keep_refused(store, paths, file, content, verdict, error, name)
    unknown = None
    if isinstance(error, KeyUnknown):
        unknown = KeyInFile(str(error.facts["stream"]), str(error.facts["public_key"]), str(error.facts["fingerprint"]))
    faults = tuple(str(fault) for fault in error.faults) if isinstance(error, RowsInvalid) else ()
    return ReceiveResult(
        file, verdict, explanation, received_id, name, code=error.code, faults=faults, unknown_key=unknown
    )


def _take_snapshot(
    store: Store, paths: FolderPaths, file: Path, content: bytes, package: VerifiedPackage, *, encrypted: bool
) -> ReceiveResult:
    """An enrolment, a directive or an answer: each says all that holds, so only the newest counts."""
    about = package.descriptor
    with store.write(f"receive_{about.kind.value}") as w:
        keep(paths, content)
        taken = take_snapshot(w, paths, package, file, encrypted=encrypted)
        return ReceiveResult(
            file,
            taken.verdict,
            taken.explanation,
            taken.row.id,
            taken.row.from_unit,
            "",
            about.number,
            None,
            package.key.fingerprint,
            taken.row.counted,
            kind=about.kind,
        )


def _take(
    store: Store,
    paths: FolderPaths,
    file: Path,
    content: bytes,
    report: Report,
    *,
    accept_revisions: bool,
    encrypted: bool,
) -> ReceiveResult:
    package = report.package
    descriptor = package.descriptor
    stream = descriptor.stream
    with store.write("receive_package") as w:
        refuse_unknown_in(w.session, report)
        refuse_foreign(w.session, report)
        keep(paths, content)
        row = package_of(w.session, stream, package.descriptor_sha256)
        before = (row.verdict, row.counted) if row is not None else None
        if row is None:
            # A gap until its place is settled, in this transaction.
            row = new_row(w, file, package, Verdict.GAP, encrypted=encrypted)
        else:
            take_signature(w.session, row, package)
        confirmed: set[str] = set()
        if accept_revisions:  # also those that were held, and that this one releases
            of_stream = packages_of(w.session, stream)
            held = {each.descriptor_sha256 or "" for each in of_stream if each.verdict is Verdict.GAP}
            confirmed = {package.descriptor_sha256, *held}
        settled = settle_stream(w, paths, stream, report, confirmed=confirmed)
        verdict = row.verdict
        if before == (verdict, row.counted):
            links = links_of(packages_of(w.session, stream))
            place = next(place for place in settled.places if place.descriptor == package.descriptor_sha256)
            link = next(link for link in links if link.descriptor == package.descriptor_sha256)
            verdict = again(links, place, link)
            sentence = with_audit(row, sentence_of(package, verdict, place, counted=row.counted))
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
            faults=settled.told.get(package.descriptor_sha256, Told()).faults,
            released=tuple(number for number in settled.released if number != descriptor.number),
        )


def _touched(w: Write, key: str | None) -> Changes:
    return Changes(TOUCHED, key) | w.changes(key)
