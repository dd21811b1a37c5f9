"""Reporting a month: check, sign, write, read back; only then is the number recorded and the month locked."""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from jindu_desk import __version__
from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import MonthLockFields, PackageKind, SentFields
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import (
    MonthAlreadyReported,
    MonthNotReported,
    NoReceiver,
    NotATownship,
    NotReadyToReport,
    ReadBackDiffers,
    ReopenReasonMissing,
    TargetExists,
    TargetNotAFolder,
)
from jindu_desk.errors.folder import CannotWriteFile, DiskFull
from jindu_desk.errors.packages import PackageError
from jindu_desk.files import write_whole
from jindu_desk.operations.exchange_keys import signing_key
from jindu_desk.operations.exchange_recall import UNRECORDED, lock_month, name_recorded, recall_reports
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.keys import SigningKey
from jindu_desk.packages.roster import Roster, RosterKey
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.packages.write import PackageHead, WrittenPackage, write_report
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.meetings import MeetingWhole, newest_in, whole_in
from jindu_desk.queries.readiness import Readiness, Requirement, last_sent_in, readiness_in
from jindu_desk.queries.report_rows import report_rows
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.settings import settings
from jindu_desk.queries.units import UnitRow
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store import audit
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import MonthLock, Sent

_PROGRAM = "jindu-desk"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\s]+')


@dataclass(frozen=True, slots=True)
class ReportResult:
    """A package that was written, read back and recorded. ``fingerprint``: of the key that signed it."""

    subjects: frozenset[str]
    path: Path
    month: Month
    number: int
    revision: int
    fingerprint: str
    file_sha256: str
    sent_at: datetime
    bytes: int
    receiver: str


def report_month(
    store: Store, vault: KeyVault, paths: FolderPaths, month: Month, target: Path, *, reason: str = ""
) -> ReportResult:
    """Report ``month`` into the folder ``target`` and lock it.

    ``reason`` says why a month is sent again; by default it is what was written when the month was opened again.
    Raises `NotReadyToReport` with all that is missing, the vault's errors, `TargetNotAFolder`, `CannotWriteFile`,
    `DiskFull`, `ReadBackDiffers`, `ReportsRecalled`. Then there is no file, and the number is not used up.
    """
    if not target.is_dir():
        raise TargetNotAFolder(folder=str(target))
    key = signing_key(vault)
    recall_reports(store, paths, key.public.fingerprint)
    with store.read() as session:
        _refuse_unready(readiness_in(session, month))
    minutes = _minutes_pdf(store, month)
    placed: list[Path] = []
    try:
        with store.write("report_month") as w:
            ready = readiness_in(w.session, month)
            _refuse_unready(ready)
            head = _head(w.session, ready, w.now, reason)
            path = target / _file_name(ready)
            copy = paths.sent / f"{path.name}{UNRECORDED}"
            written = _made(w.session, copy, head, minutes, key)
            record = _sent_fields(head, written, path)
            if _put(path, written.content):
                placed.append(path)
            _read_back(path, written, _own_roster(head, key), head.receiver.id)
            w.session.add(Sent.model_validate(record.model_dump()))
            lock_month(w.session, ready.unit.id, ready.month, head.number, w.now)
            w.note(
                Subject.EXCHANGE,
                f"{head.sender.id}:{head.number}",
                {"month": str(month), "revision": head.revision, "descriptor": written.descriptor_sha256},
            )
    except BaseException:
        # Also where only the commit failed: a package that is not on record must not leave the house.
        for file in placed:
            file.unlink(missing_ok=True)
        raise
    name_recorded(copy)
    return ReportResult(
        # Whether a month is closed shows on every page that can change it.
        subjects=frozenset({Subject.EXCHANGE, Subject.MEETINGS, Subject.TALLIES, Subject.EXPENSES}),
        path=path,
        month=month,
        number=head.number,
        revision=head.revision,
        fingerprint=written.fingerprint,
        file_sha256=written.file_sha256,
        sent_at=head.created,
        bytes=len(written.content),
        receiver=head.receiver.name,
    )


def reopen_month(store: Store, unit_id: str, month: Month, *, by: str, reason: str) -> Changes:
    """Open a reported month again. The next report of it is a revision that carries the reason."""
    if not reason.strip():
        raise ReopenReasonMissing
    with store.write("reopen_month") as w:
        lock = w.session.get(MonthLock, (unit_id, str(month)))
        if lock is None or lock.reopened_at is not None:
            raise MonthNotReported(month=str(month))
        fields = MonthLockFields.read(
            {**lock.model_dump(), "reopened_at": w.now, "reopened_by": by, "reopen_reason": reason}
        )
        lock.reopened_at, lock.reopened_by, lock.reopen_reason = (
            fields.reopened_at,
            fields.reopened_by,
            fields.reopen_reason,
        )
        w.session.add(lock)
        w.note(Subject.EXCHANGE, f"{unit_id}:{month}", {"reopened_by": by, "reason": fields.reopen_reason})
        w.note(Subject.TALLIES)
        w.note(Subject.MEETINGS)
        w.note(Subject.EXPENSES)
        return w.changes(str(month))


def _refuse_unready(ready: Readiness) -> None:
    if ready.unit.tier is not Tier.TOWNSHIP:
        raise NotATownship
    if ready.receiver is None:
        raise NoReceiver
    if ready.lock is not None and ready.lock.closed:
        raise MonthAlreadyReported(month=str(ready.month), number=ready.lock.number)
    # A key that is recorded but not in the vault has shown itself before this.
    missing = [line for line in ready.lines if line.holds_up and line.requirement is not Requirement.OPEN]
    if missing:
        raise NotReadyToReport(
            month=str(ready.month),
            missing=[(line.requirement.value, line.count, line.names) for line in missing],
        )


def _head(session: Session, ready: Readiness, now: datetime, reason: str) -> PackageHead:
    assert ready.receiver is not None  # noqa: S101 - refused before
    last = last_sent_in(session, ready.unit.id)
    given = reason.strip() or (ready.lock.reason if ready.lock else "")
    if ready.revision > 1 and not given:
        raise ReopenReasonMissing
    return PackageHead(
        sender=_party(ready.unit),
        receiver=_party(ready.receiver),
        period=str(ready.month),
        revision=ready.revision,
        reason=given if ready.revision > 1 else "",
        number=ready.next_number,
        previous=last.descriptor_sha256 if last else None,
        rules=shipped_rules().version,
        roster=0,  # no directive was loaded yet
        program=(_PROGRAM, __version__),
        audit_head=audit.head(session),
        created=now.replace(microsecond=0),
    )


def _party(unit: UnitRow) -> Party:
    return Party(unit.id, unit.code, unit.name, unit.tier)


def _file_name(ready: Readiness) -> str:
    name = _NOT_IN_NAMES.sub("-", ready.unit.name).strip(".- ") or ready.unit.code
    return f"{name}-{ready.month}-{ready.next_number}.jdpkg"


def _made(
    session: Session, copy: Path, head: PackageHead, minutes: tuple[str, bytes] | None, key: SigningKey
) -> WrittenPackage:
    """The package's bytes, kept as ``copy`` before anyone gets them.

    Was the program killed after writing and before recording, somebody may hold that file: if nothing changed since,
    the very same bytes are handed out again, so that one number never stands for two contents.
    """
    rows = report_rows(session, head.sender.id, Month.parse(head.period))
    written = write_report(head, rows, [minutes] if minutes else [], key)
    try:
        before = copy.read_bytes() if copy.exists() else None
        kept = _same_contents(before, written, _own_roster(head, key)) if before is not None else None
        if kept is not None and before is not None:
            return WrittenPackage(before, kept.descriptor_sha256, kept.file_sha256, kept.key.fingerprint)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.unlink(missing_ok=True)
    except OSError as error:
        raise CannotWriteFile(file=str(copy), reason=error.strerror or "") from error
    _put(copy, written.content)
    return written


def _same_contents(before: bytes, written: WrittenPackage, roster: Roster) -> VerifiedPackage | None:
    try:
        kept = verify_package(before, roster)
    except PackageError:
        return None
    now = verify_package(written.content, roster)
    facts = [
        (p.descriptor.number, p.descriptor.previous, p.descriptor.period, p.descriptor.revision, p.descriptor.reason)
        for p in (kept, now)
    ]
    same = facts[0] == facts[1] and kept.tables == now.tables and kept.attachments.keys() == now.attachments.keys()
    return kept if same else None


def _own_roster(head: PackageHead, key: SigningKey) -> Roster:
    return Roster((RosterKey(head.sender.id, key.public),))


def _sent_fields(head: PackageHead, written: WrittenPackage, path: Path) -> SentFields:
    return SentFields.read(
        {
            "stream": head.sender.id,
            "number": head.number,
            "kind": PackageKind.REPORT,
            "period": head.period,
            "revision": head.revision,
            "reason": head.reason,
            "descriptor_sha256": written.descriptor_sha256,
            "file_sha256": written.file_sha256,
            "file_name": path.name,
            "written_to": str(path.parent),
            "sent_at": head.created,
            "signer": written.fingerprint,
        }
    )


def _put(path: Path, content: bytes) -> bool:
    """Write a whole file. One that is there already is left alone if it is the same (False), else refused."""
    try:
        if path.exists():
            if path.read_bytes() == content:
                return False
            raise TargetExists(file=str(path))
        write_whole(path, content)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(file=str(path)) from error
        raise CannotWriteFile(file=str(path), reason=error.strerror or str(error)) from error
    return True


def _read_back(path: Path, written: WrittenPackage, roster: Roster, receiver: str) -> None:
    """What lies on the stick now, through the same check as the receiver's."""
    try:
        found = path.read_bytes()
    except OSError as error:
        raise ReadBackDiffers(folder=str(path.parent)) from error
    if found != written.content:
        raise ReadBackDiffers(folder=str(path.parent))
    verify_package(found, roster, receiver)


def _minutes_pdf(store: Store, month: Month) -> tuple[str, bytes] | None:
    """The signed-off minutes as a paper, to travel with the package."""
    from jindu_desk.reports.fonts import font_set
    from jindu_desk.reports.minutes import minutes_pdf
    from jindu_desk.reports.minutes_of import minutes_paper

    with store.read() as session:
        meeting = _signed_meeting(session, month)
    if meeting is None:
        return None
    return f"{month}.pdf", minutes_pdf(minutes_paper(meeting, settings(store)), font_set())


def _signed_meeting(session: Session, month: Month) -> MeetingWhole | None:
    from jindu_desk.queries.units import own_unit_in

    own = own_unit_in(session, month)
    newest = newest_in(session, own.unit.id, month) if own else None
    return whole_in(session, newest.id) if newest else None
