"""Reporting a month: check, sign, encrypt, write, read back; only then is the number recorded and the month locked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.exchange import MonthLockFields, PackageKind
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.district_reports import TownshipsMissing
from jindu_desk.errors.exchange import (
    MonthAlreadyReported,
    MonthNotReported,
    NoReceiver,
    NotReadyToReport,
    ReopenReasonMissing,
    TargetNotAFolder,
)
from jindu_desk.operations.exchange.keys import own_keys
from jindu_desk.operations.exchange.recall import lock_month, recall_packages
from jindu_desk.operations.exchange.report_upward import district_contents
from jindu_desk.operations.exchange.writing import Outgoing, placing
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.audit import audit_rows_in
from jindu_desk.queries.exchange.chains import recipients_in
from jindu_desk.queries.meetings import MeetingWhole, newest_in, whole_in
from jindu_desk.queries.readiness import Readiness, Requirement, readiness_in
from jindu_desk.queries.report_rows import report_rows
from jindu_desk.queries.settings import settings
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import MonthLock


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
    encrypted: bool
    receiver: str


def report_month(
    store: Store,
    vault: KeyVault,
    paths: FolderPaths,
    month: Month,
    target: Path,
    *,
    reason: str = "",
    readable: bool = False,
) -> ReportResult:
    """Report ``month`` into the folder ``target`` and lock it.

    It is encrypted as soon as the receiver's age recipient is known, unless ``readable`` says that anyone may read it.
    ``reason`` says why a month is sent again; by default it is what was written when the month was opened again. A
    district's month goes out without some of its townships only with a reason, too.
    Raises `NotReadyToReport` with all that is missing, `TownshipsMissing`, the vault's errors, `TargetNotAFolder`,
    `CannotWriteFile`, `DiskFull`, `ReadBackDiffers`, `ReportsRecalled`, and what `district_contents` raises. Then there
    is no file, and the number is not used up.
    """
    if not target.is_dir():
        raise TargetNotAFolder(folder=str(target))
    keys = own_keys(store, vault)
    recall_packages(store, paths, keys.signing.public.fingerprint)
    with store.read() as session:
        _refuse_unready(readiness_in(session, month))
    minutes = _minutes_pdf(store, paths, month)
    with placing(paths, keys, target) as files, store.write("report_month") as w:
        ready = readiness_in(w.session, month)
        _refuse_unready(ready)
        placed = files.place(w, _outgoing(w.session, paths, ready, reason, minutes, readable=readable))
        lock_month(w.session, ready.unit.id, ready.month, placed.number, w.now)
        w.note(
            Subject.EXCHANGE,
            f"{ready.unit.id}:{placed.number}",
            {"month": str(month), "revision": placed.revision, "descriptor": placed.descriptor_sha256},
        )
    return ReportResult(
        # Whether a month is closed shows on every page that can change it.
        subjects=frozenset({Subject.EXCHANGE, Subject.MEETINGS, Subject.TALLIES, Subject.EXPENSES}),
        path=placed.path,
        month=month,
        number=placed.number,
        revision=placed.revision,
        fingerprint=placed.fingerprint,
        file_sha256=placed.file_sha256,
        sent_at=placed.sent_at,
        bytes=placed.bytes,
        encrypted=placed.encrypted,
        receiver=placed.receiver,
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
    if ready.receiver is None:
        raise NoReceiver
    if ready.lock is not None and ready.lock.closed:
        raise MonthAlreadyReported(month=str(ready.month), number=ready.lock.number)
    # A key that is recorded but not in the vault has shown itself before this.
    missing = [line for line in ready.lines if line.holds_up and line.requirement is not Requirement.OPEN]
    if missing:
        raise NotReadyToReport(
            month=str(ready.month),
            missing=[
                (line.requirement.value, line.count, line.names, ready.unit.name if line.own_row else "")
                for line in missing
            ],
        )


def _outgoing(
    session: Session,
    paths: FolderPaths,
    ready: Readiness,
    reason: str,
    minutes: tuple[str, bytes] | None,
    *,
    readable: bool,
) -> Outgoing:
    assert ready.receiver is not None  # noqa: S101 - refused before
    given = clean_text(reason, "reason") or (ready.lock.reason if ready.lock else "")
    if ready.revision > 1 and not given:
        raise ReopenReasonMissing
    if ready.missing and not given:
        raise TownshipsMissing(month=str(ready.month), names=ready.missing)
    attachments = [minutes] if minutes else []
    if ready.unit.tier is Tier.DISTRICT:
        contents = district_contents(session, paths, ready.unit, ready.month)
        tables, attachments = contents.tables, [*attachments, *contents.packages]
    else:
        tables = report_rows(session, ready.unit.id, ready.month)
    return Outgoing(
        kind=PackageKind.REPORT,
        sender=ready.unit,
        receiver=ready.receiver,
        tables={**tables, "audit": audit_rows_in(session, ready.unit.id, ready.receiver.id)},
        recipients=() if readable else recipients_in(session, ready.receiver.id),
        attachments=attachments,
        period=ready.month,
        revision=ready.revision,
        reason=given if ready.revision > 1 or ready.missing else "",
        label=str(ready.month),
    )


def _minutes_pdf(store: Store, paths: FolderPaths, month: Month) -> tuple[str, bytes] | None:
    """The signed-off minutes as a paper, to travel with the package."""
    from jindu_desk.reports.meetings.minutes import minutes_pdf
    from jindu_desk.reports.meetings.minutes_annexes import minutes_annexes
    from jindu_desk.reports.meetings.minutes_of import minutes_paper
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    with store.read() as session:
        meeting = _signed_meeting(session, month)
    if meeting is None:
        return None
    paper = minutes_paper(meeting, settings(store), minutes_annexes(paths, meeting))
    return f"{month}.pdf", minutes_pdf(paper, paper_fonts(paths))


def _signed_meeting(session: Session, month: Month) -> MeetingWhole | None:
    from jindu_desk.queries.units import own_unit_in

    own = own_unit_in(session, month)
    newest = newest_in(session, own.unit.id, month) if own else None
    return whole_in(session, newest.id) if newest else None
