"""What can be done with the monthly meeting: prepare, save, sign off, correct, take back."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime
from pathlib import Path

from sqlmodel import Session, SQLModel, col, delete, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.fields import Fields
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.meeting_dates import NumberStyle, count_in, next_count
from jindu_desk.domain.meeting_drafts import (
    AgendaDraft,
    FigureDraft,
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
from jindu_desk.domain.units import Role
from jindu_desk.errors.entry import DateOutsideMonth
from jindu_desk.errors.meetings import (
    MeetingExists,
    MeetingNotFound,
    MeetingNotReady,
    MeetingNotSignedOff,
    MeetingSignedOff,
    MeetingTimesReversed,
    NewerVersionExists,
    NumberTaken,
    ObserverMarkForMember,
)
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.attachments import attach_in, detach_in
from jindu_desk.operations.locks import refuse_if_locked
from jindu_desk.operations.meeting_annexes import drop_annexes, put_annexes
from jindu_desk.operations.meeting_decisions import apply_decisions, apply_follow_ups
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.meeting_figures import shown_totals_in
from jindu_desk.queries.meeting_roster import people_in, roster_in
from jindu_desk.queries.meetings import MeetingWhole, newest_in, whole_in
from jindu_desk.queries.protected_months import Told, tell_nobody
from jindu_desk.queries.settings import settings_in
from jindu_desk.queries.units import UnitRow, unit_in
from jindu_desk.reports import meeting_texts as texts
from jindu_desk.reports.paper_wording import PaperWording, typed_wording, wording_of
from jindu_desk.store import audit
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


def prepare_meeting(store: Store, unit_id: str, month: Month, told: Told = tell_nobody) -> Changes:
    """Make the month's meeting from the last one: roster in office, open decisions to follow up, texts and place.

    Its id is the key of the changes. The figures are worked out before the transaction, as they may take long; anew
    where anything was changed meanwhile. Raises `MeetingExists`, `MonthLocked`, and what ``told`` raises.
    """
    while True:
        with store.read() as session:
            unit = _unit_without_meeting(session, unit_id, month)
            state = audit.head(session)
            shown = shown_totals_in(session, unit_id, month, texts.FIGURE_ITEMS, told)
        with store.write("prepare_meeting") as w:
            if audit.head(w.session) == state:
                return w.changes(_prepare(w, unit, month, texts.figure_rows(shown.totals)))


def _unit_without_meeting(session: Session, unit_id: str, month: Month) -> UnitRow:
    refuse_if_locked(session, unit_id, month)
    unit = unit_in(session, unit_id, month)
    if unit is None:
        raise UnknownUnit(unit=unit_id)
    if newest_in(session, unit_id, month) is not None:
        raise MeetingExists(month=str(month))
    return unit


def _prepare(w: Write, unit: UnitRow, month: Month, figures: tuple[FigureDraft, ...]) -> str:
    series = str(uuid.uuid4())
    superior = unit_in(w.session, unit.reports_to, month) if unit.reports_to else None
    typed = typed_wording(settings_in(w.session))
    wording = wording_of(unit, superior, typed)
    head = _first_head(w, unit, month, wording) | _from_last(w, unit.id, month, typed)
    meeting = _put_meeting(w, series, {"series": series, "unit_id": unit.id, "month": str(month)} | head)
    draft = MeetingDraft(
        meeting_id=series,
        attendees=roster_in(w.session, unit, month),
        agenda=tuple(AgendaDraft(title=texts.filled_in(line, unit.name, month)) for line in wording.agenda),
        figures=figures,
    )
    _put_rows(w, meeting, draft)
    w.note(Subject.MEETINGS, series, {"month": str(month), "called": len(draft.attendees)})
    return series


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
        _put_rows(w, _put_meeting(w, following, head), whole.draft)
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
    tables = {"meeting_id", "attendees", "follow_ups", "agenda", "figures", "decisions", "annexes"}
    kept = MeetingFields.model_validate(meeting.model_dump(exclude={"id"})).model_dump()
    state = state_of(draft) if meeting.version == 1 else MeetingState.DRAFTED
    meeting = _put_meeting(w, meeting.id, kept | draft.model_dump(exclude=tables) | {"state": state})
    _put_rows(w, meeting, draft)
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


def _put_meeting(w: Write, meeting_id: str, values: dict[str, object]) -> Meeting:
    fields = MeetingFields.read(values)
    meeting = w.session.merge(Meeting.model_validate(fields.model_dump() | {"id": meeting_id}))
    w.session.flush()
    return meeting


def _put_rows(w: Write, meeting: Meeting, draft: MeetingDraft) -> None:
    """Replace the rows of the version's own tables."""
    for row in draft.attendees:
        if row.attendance is not Attendance.UNMARKED and row.attendance not in marks_for(row.group):
            raise ObserverMarkForMember(name=row.name)
    attendees = [row for row in draft.attendees if row.name or row.unit_id or row.unit_name]
    agenda = [item for item in draft.agenda if item.title or item.said or item.speaker]
    _replace(w, meeting.id, Attendee, AttendeeFields, attendees)
    _replace(w, meeting.id, AgendaItem, AgendaItemFields, agenda)
    _replace(w, meeting.id, Figure, FigureFields, draft.figures)
    put_annexes(w, meeting.id, draft.annexes)


def _replace(
    w: Write, meeting_id: str, table: type[Attendee | AgendaItem | Figure], fields: type[Fields], rows: Iterable[Fields]
) -> None:
    w.session.execute(delete(table).where(col(table.meeting_id) == meeting_id))
    for position, row in enumerate(rows, 1):
        values = fields.read(row.model_dump() | {"meeting_id": meeting_id, "position": position}).model_dump()
        added: SQLModel = table.model_validate(values)
        w.session.add(added)
    w.session.flush()


def _first_head(w: Write, unit: UnitRow, month: Month, wording: PaperWording) -> dict[str, object]:
    """What the form starts with where there is nothing to carry over."""
    people = people_in(w.session, unit.id, month)
    first = next((each for each in people.leaders if each.role is Role.FIRST_RESPONSIBLE), None)
    return {
        "number": _next_number(w, unit.id, month, wording.number_style),
        "title": texts.filled_in(wording.title, unit.name, month),
        "opening": texts.filled_in(wording.opening, unit.name, month),
        "convenor": first.name if first else "",
        "convenor_post": first.post if first else "",
        "chair": first.name if first else "",
        "chair_post": first.post if first else "",
        "recorder": people.recorder,
        "main_to": wording.main_to,
        "copies_to": wording.copies_to,
        "printed_by": wording.body,
    }


def _from_last(w: Write, unit_id: str, month: Month, typed: Collection[str]) -> dict[str, object]:
    """Place and texts of the last meeting before this month, but for those that the unit set in its wording: it set
    them for all meetings to come. People in office are asked for anew."""
    query = select(Meeting).where(Meeting.unit_id == unit_id, col(Meeting.month) < str(month))
    last = w.session.exec(query.order_by(col(Meeting.month).desc(), col(Meeting.version).desc()).limit(1)).first()
    if last is None:
        return {}
    before = Month.parse(last.month)
    carried = {
        name: getattr(last, name)
        for name in ("title", "opening", "place", "main_to", "copies_to", "printed_by")
        if {"printed_by": "body"}.get(name, name) not in typed
    }
    return {name: texts.carried_text(text, before, month) for name, text in carried.items() if text}


def _next_number(w: Write, unit_id: str, month: Month, style: NumberStyle) -> str:
    used = w.session.exec(
        select(Meeting.number).where(Meeting.unit_id == unit_id, col(Meeting.month).startswith(f"{month.year}-"))
    )
    counts = [count for number in used if (count := count_in(number)) is not None]
    return texts.number_text(style, month.year, next_count(counts))


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
