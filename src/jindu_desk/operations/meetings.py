"""What can be done with the monthly meeting: prepare, save, sign off, correct, take back."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from sqlmodel import SQLModel, col, delete, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.fields import Fields
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.meeting_drafts import (
    AgendaDraft,
    FollowUpDraft,
    MeetingDraft,
    marks_for,
    missing,
    missing_signature,
    state_of,
)
from jindu_desk.domain.meetings import (
    AgendaItemFields,
    Attendance,
    AttendeeFields,
    FigureFields,
    MeetingFields,
    MeetingState,
    Part,
    SignedDecisionFields,
)
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import DateOutsideMonth
from jindu_desk.errors.meetings import (
    MeetingNotFound,
    MeetingNotReady,
    MeetingNotSignedOff,
    MeetingSignedOff,
    MeetingTimesReversed,
    NewerVersionExists,
    NumberTaken,
    ObserverMarkForMember,
)
from jindu_desk.operations.attachments import attach_in, detach_in
from jindu_desk.operations.locks import refuse_if_locked
from jindu_desk.operations.meeting_annexes import drop_annexes, put_annexes
from jindu_desk.operations.meeting_decisions import apply_decisions, apply_follow_ups
from jindu_desk.operations.meeting_plan import put_plan
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.meetings import MeetingWhole, newest_in, whole_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import (
    AgendaItem,
    AgendaTime,
    Attachment,
    Attendee,
    Draft,
    Figure,
    Meeting,
    SignedDecision,
)


def draft_key(meeting_id: str) -> str:
    """Under which an unfinished form of this meeting is kept (``operations.settings.keep_draft``)."""
    return f"meetings:{meeting_id}"


def clock_key(meeting_id: str) -> str:
    """Under which the clock of this meeting is kept while it runs (`operations.meeting_clock`)."""
    return f"{draft_key(meeting_id)}:clock"


def save_meeting(store: Store, draft: MeetingDraft) -> Changes:
    """Save the whole form: head, attendance, agenda, figures, decisions and follow-ups; the kept draft is dropped.

    Raises `MeetingSignedOff`, `NewerVersionExists`, `MonthLocked`, `DateOutsideMonth`, `MeetingTimesReversed`, what
    `check_step` raises, and the errors of free text.
    """
    with store.write("save_meeting") as w:
        meeting = _save(w, draft)
        w.note(Subject.MEETINGS, meeting.id, {"state": meeting.state.value, "decisions": len(draft.decisions)})
        return w.changes(meeting.id)


def sign_off(store: Store, draft: MeetingDraft, signed_by: str, signed_on: date | None) -> Changes:
    """Save, and make it read-only. Raises `MeetingNotReady` naming everything that is missing, `NumberTaken`."""
    with store.write("sign_off") as w:
        meeting = _save(w, draft)
        whole = whole_in(w.session, meeting.id)
        name = clean_text(signed_by, "signed_by", limit=200)
        gaps = (*missing(whole.draft), *missing_signature(whole.draft, name, signed_on))
        if gaps:
            raise MeetingNotReady(missing=[(gap.what, gap.row) for gap in gaps])
        _refuse_taken_number(w, meeting)
        _keep_words(w, whole)
        meeting.state = MeetingState.SIGNED_OFF
        meeting.signed_by, meeting.signed_on = name, signed_on
        meeting.printed_on = meeting.printed_on or signed_on
        w.session.add(meeting)
        w.session.execute(delete(Draft).where(col(Draft.key) == clock_key(meeting.id)))
        w.note(Subject.MEETINGS, meeting.id, {"version": meeting.version, "signed_by": name, "signed_on": signed_on})
        return w.changes(meeting.id)


def correct_meeting(store: Store, meeting_id: str, reason: str) -> Changes:
    """Open the next version of a signed-off meeting; the signed one stays as it is. Its id is the key.

    Raises `TextMissing` without a reason, `MeetingNotSignedOff`, `NewerVersionExists`, `MonthLocked`.
    """
    with store.write("correct_meeting") as w:
        meeting = open_to_change(w, meeting_id)
        if meeting.state is not MeetingState.SIGNED_OFF:
            raise MeetingNotSignedOff(month=meeting.month)
        why = clean_text(reason, "correction_reason", limit=200, required=True)
        whole = whole_in(w.session, meeting_id)
        following = str(uuid.uuid4())
        head = MeetingFields.model_validate(meeting.model_dump(exclude={"id"})).model_dump() | {
            "version": meeting.version + 1,
            "state": MeetingState.DRAFTED,
            "signed_by": "",
            "signed_on": None,
            "printed_on": None,
            "correction_reason": why,
        }
        put_rows(w, put_meeting(w, following, head), whole.draft)
        w.note(Subject.MEETINGS, following, {"version": meeting.version + 1, "reason": why})
        return w.changes(following)


def discard_version(store: Store, meeting_id: str) -> Changes:
    """Throw away a version that was never signed off: a meeting not held, or a correction not finished.

    What it had changed in the register is set back to the words signed before. Raises `MeetingSignedOff`.
    """
    with store.write("discard_version") as w:
        meeting = open_to_change(w, meeting_id)
        if meeting.state is MeetingState.SIGNED_OFF:
            raise MeetingSignedOff(month=meeting.month)
        held_on = _held_on(meeting.starts_at, Month.parse(meeting.month), w.now)
        before = w.session.exec(
            select(Meeting).where(Meeting.series == meeting.series, Meeting.version == meeting.version - 1)
        ).first()
        if before is None:
            empty = MeetingDraft(meeting_id=meeting.id)
            apply_decisions(w, meeting, empty, held_on)
            apply_follow_ups(w, meeting, (), held_on)
            beside = select(Attachment).where(
                Attachment.subject == Subject.MEETINGS.value, Attachment.record_id == meeting.series
            )
            for attachment in w.session.exec(beside):
                detach_in(w, attachment)
            w.session.execute(delete(AgendaTime).where(col(AgendaTime.series) == meeting.series))
        else:
            signed = whole_in(w.session, before.id)
            held_on = _held_on(before.starts_at, Month.parse(before.month), w.now)
            apply_decisions(w, meeting, signed.draft, held_on, numbers=signed.decision_numbers)
            apply_follow_ups(w, meeting, signed.draft.follow_ups, held_on)
        _drop_form(w, meeting.id)
        drop_annexes(w, meeting.id)
        w.session.execute(delete(Draft).where(col(Draft.key) == clock_key(meeting.id)))
        w.session.execute(delete(Meeting).where(col(Meeting.id) == meeting.id))
        w.note(Subject.MEETINGS, meeting.id, {"month": meeting.month, "version": meeting.version})
        return w.changes(before.id if before else None)


def attach_to_meeting(store: Store, paths: FolderPaths, meeting_id: str, source: Path) -> Changes:
    """Keep a copy of a file with the meeting, through all its versions; also after sign-off (the signed scan)."""
    with store.write("attach_to_meeting") as w:
        meeting = open_to_change(w, meeting_id)
        return w.changes(attach_in(w, paths, Subject.MEETINGS, meeting.series, source))


def detach_from_meeting(store: Store, meeting_id: str, attachment_id: str) -> Changes:
    """Take a file off a meeting that is not signed off. Raises `MeetingSignedOff`."""
    with store.write("detach_from_meeting") as w:
        meeting = open_to_change(w, meeting_id)
        if meeting.state is MeetingState.SIGNED_OFF:
            raise MeetingSignedOff(month=meeting.month)
        found = w.session.get(Attachment, attachment_id)
        if found is not None and found.record_id == meeting.series:
            detach_in(w, found)
        return w.changes(meeting_id)


def _save(w: Write, draft: MeetingDraft) -> Meeting:
    """The inner steps of saving; the caller notes."""
    meeting = open_to_change(w, draft.meeting_id)
    if meeting.state is MeetingState.SIGNED_OFF:
        raise MeetingSignedOff(month=meeting.month)
    month = Month.parse(meeting.month)
    for moment in (draft.starts_at, draft.ends_at):
        if moment is not None and not month.holds(moment.date()):
            raise DateOutsideMonth(date=moment.date(), month=month)
    if draft.starts_at and draft.ends_at and draft.ends_at < draft.starts_at:
        raise MeetingTimesReversed
    kept = MeetingFields.model_validate(meeting.model_dump(exclude={"id"})).model_dump()
    head = draft.model_dump(include=set(MeetingFields.model_fields))
    state = state_of(draft) if meeting.version == 1 else MeetingState.DRAFTED
    meeting = put_meeting(w, meeting.id, kept | head | {"state": state})
    put_rows(w, meeting, draft)
    held_on = _held_on(draft.starts_at, month, w.now)
    apply_decisions(w, meeting, draft, held_on)
    apply_follow_ups(w, meeting, draft.follow_ups, held_on)
    _drop_form(w, meeting.id)
    return meeting


def open_to_change(w: Write, meeting_id: str) -> Meeting:
    """The meeting, if it is its newest version in a month that is not locked."""
    meeting = w.session.get(Meeting, meeting_id)
    if meeting is None:
        raise MeetingNotFound
    month = Month.parse(meeting.month)
    refuse_if_locked(w.session, meeting.unit_id, month)
    newest = newest_in(w.session, meeting.unit_id, month)
    if newest is not None and newest.version > meeting.version:
        raise NewerVersionExists(month=meeting.month, version=newest.version)
    return meeting


def _held_on(starts_at: datetime | None, month: Month, now: datetime) -> date:
    """The day the meeting was held; while it is not told, the day in its month that is nearest to today."""
    return starts_at.date() if starts_at else min(max(now.date(), month.first_day), month.last_day)


def put_meeting(w: Write, meeting_id: str, values: dict[str, object]) -> Meeting:
    """A step: the head is in the store."""
    fields = MeetingFields.read(values)
    meeting = w.session.merge(Meeting.model_validate(fields.model_dump() | {"id": meeting_id}))
    w.session.flush()
    return meeting


def put_rows(w: Write, meeting: Meeting, draft: MeetingDraft) -> None:
    """A step: what the draft holds besides its head is in the store."""
    """Replace the rows of the version's own tables."""
    for row in draft.attendees:
        if row.attendance is not Attendance.UNMARKED and row.attendance not in marks_for(row.group):
            raise ObserverMarkForMember(name=row.name)
    attendees = [row for row in draft.attendees if row.name or row.unit_id or row.unit_name]
    agenda = [item for item in draft.agenda if item != AgendaDraft()]
    _replace(w, meeting.id, Attendee, AttendeeFields, attendees)
    _replace(w, meeting.id, AgendaItem, AgendaItemFields, agenda)
    put_plan(w, meeting.id, agenda, draft.follow_ups_planned)
    _replace(w, meeting.id, Figure, FigureFields, draft.figures)
    put_annexes(w, meeting.id, draft.annexes)


def _replace(
    w: Write, meeting_id: str, table: type[Attendee | AgendaItem | Figure], fields: type[Fields], rows: Iterable[Fields]
) -> None:
    w.session.execute(delete(table).where(col(table.meeting_id) == meeting_id))
    for position, row in enumerate(rows, 1):
        typed = row.model_dump(include=set(fields.model_fields))
        values = fields.read(typed | {"meeting_id": meeting_id, "position": position})
        added: SQLModel = table.model_validate(values.model_dump())
        w.session.add(added)
    w.session.flush()


def _refuse_taken_number(w: Write, meeting: Meeting) -> None:
    query = select(Meeting.month).where(
        Meeting.unit_id == meeting.unit_id,
        Meeting.number == meeting.number,
        Meeting.series != meeting.series,
        col(Meeting.month).startswith(meeting.month[:5]),
    )
    if (other := w.session.exec(query.limit(1)).first()) is not None:
        raise NumberTaken(number=meeting.number, month=other)


def _keep_words(w: Write, whole: MeetingWhole) -> None:
    """Keep what this version's paper says of its decisions, made and followed up."""
    common = {"meeting_id": whole.id}
    held_on = whole.draft.starts_at.date() if whole.draft.starts_at else whole.month.first_day
    rows: list[dict[str, object]] = [
        each.model_dump(exclude={"id"})
        | {"part": Part.MADE, "position": at, "decision_id": each.id, "number": number, "decided_on": held_on}
        for at, (each, number) in enumerate(zip(whole.draft.decisions, whole.decision_numbers, strict=True), 1)
    ]
    for at, (row, taken) in enumerate(zip(whole.follow_ups, whole.draft.follow_ups, strict=True), 1):
        rows.append(
            _followed(row.decision_id, at, taken)
            | {
                "number": row.number,
                "decided_on": row.decided_on,
                "matter": row.matter,
                "lead_unit": row.lead_unit,
                "person": row.person,
                "standard": row.standard,
                "deadline": row.deadline,
                "postponed_to": taken.deadline,
            }
        )
    for values in rows:
        w.session.add(SignedDecision.model_validate(SignedDecisionFields.read(values | common).model_dump()))


def _followed(decision_id: str, at: int, taken: FollowUpDraft) -> dict[str, object]:
    return {
        "part": Part.FOLLOWED,
        "position": at,
        "decision_id": decision_id,
        "state": taken.state,
        "note": taken.note,
        "approved_by": taken.approved_by,
    }


def _drop_form(w: Write, meeting_id: str) -> None:
    w.session.execute(delete(Draft).where(col(Draft.key) == draft_key(meeting_id)))
