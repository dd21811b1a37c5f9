"""Meetings: the list, and one of them whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.decisions import is_open
from jindu_desk.domain.meeting_clock import AgendaTime
from jindu_desk.domain.meeting_dates import minutes_late
from jindu_desk.domain.meeting_drafts import (
    AgendaDraft,
    AttendanceSums,
    AttendeeDraft,
    FigureDraft,
    MeetingDraft,
    attendance_sums,
)
from jindu_desk.domain.meeting_plan import EARLIER_DECISIONS_AT
from jindu_desk.domain.meetings import MeetingFields, MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.meetings import MeetingNotFound
from jindu_desk.queries.attachments import AttachmentRow
from jindu_desk.queries.decisions import DecisionRow, decisions_in
from jindu_desk.queries.meeting_annexes import annexes_in
from jindu_desk.queries.meeting_clock import times_in
from jindu_desk.queries.meeting_decisions import (
    FollowUpRow,
    made_decisions,
    open_follow_ups,
    signed_follow_ups,
)
from jindu_desk.queries.meeting_plan import plan_in
from jindu_desk.queries.units import unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import (
    AgendaItem,
    Attachment,
    Attendee,
    Figure,
    Meeting,
    MonthLock,
)


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A month's meeting by its newest version. ``late``: held, but never issued within the working days set."""

    id: str
    series: str
    version: int
    month: Month
    state: MeetingState
    number: str
    held_on: date | None
    signed_on: date | None
    decisions: int
    open_decisions: int
    overdue_decisions: int
    late: bool


@dataclass(frozen=True, slots=True)
class VersionRow:
    id: str
    version: int
    state: MeetingState
    signed_by: str
    signed_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class MeetingWhole:
    """One version of a meeting. ``draft`` is its content; its follow-ups stand in the order of ``follow_ups``."""

    id: str
    series: str
    version: int
    unit_id: str
    unit_name: str
    tier: Tier
    month: Month
    state: MeetingState
    draft: MeetingDraft
    follow_ups: tuple[FollowUpRow, ...]
    decision_numbers: tuple[int, ...]
    signed_by: str
    signed_on: date | None
    correction_reason: str
    versions: tuple[VersionRow, ...]
    attachments: tuple[AttachmentRow, ...]
    locked: bool
    times: tuple[AgendaTime, ...] = ()  # how long the items took, where it was kept

    @property
    def is_newest(self) -> bool:
        return self.version == self.versions[-1].version

    @property
    def editable(self) -> bool:
        return self.state is not MeetingState.SIGNED_OFF and self.is_newest and not self.locked

    @property
    def sums(self) -> AttendanceSums:
        return attendance_sums(self.draft.attendees)


def meetings(store: Store, unit_id: str) -> tuple[MeetingRow, ...]:
    """A unit's meetings, newest month first."""
    today = store.clock().date()
    with store.read() as session:
        return _rows(_newest(session, unit_id), decisions_in(session, unit_id), today)


def _rows(newest: list[Meeting], decided: tuple[DecisionRow, ...], today: date) -> tuple[MeetingRow, ...]:
    rows = []
    for meeting in newest:
        own = [each for each in decided if each.series == meeting.series]
        held_on = meeting.starts_at.date() if meeting.starts_at else None
        rows.append(
            MeetingRow(
                meeting.id,
                meeting.series,
                meeting.version,
                Month.parse(meeting.month),
                meeting.state,
                meeting.number,
                held_on,
                meeting.signed_on,
                len(own),
                sum(is_open(each.state) for each in own),
                sum(each.overdue(today) for each in own),
                meeting.version == 1 and minutes_late(meeting.state, held_on, today),
            )
        )
    return tuple(rows)


def meeting_of(store: Store, unit_id: str, month: Month) -> MeetingRow | None:
    """The month's meeting, None where there is none yet."""
    return next((row for row in meetings(store, unit_id) if row.month == month), None)


def meeting_whole(store: Store, meeting_id: str) -> MeetingWhole:
    """One version with everything that belongs to it. Raises `MeetingNotFound`."""
    with store.read() as session:
        return whole_in(session, meeting_id)


def whole_in(session: Session, meeting_id: str) -> MeetingWhole:
    meeting = session.get(Meeting, meeting_id)
    if meeting is None:
        raise MeetingNotFound
    month = Month.parse(meeting.month)
    unit = unit_in(session, meeting.unit_id, month)
    signed = meeting.state is MeetingState.SIGNED_OFF
    follow_ups, taken = (signed_follow_ups if signed else open_follow_ups)(session, meeting, month)
    decisions, numbers = made_decisions(session, meeting, signed=signed)
    head = {name: getattr(meeting, name) for name in MeetingDraft.model_fields if name in MeetingFields.model_fields}
    plan = plan_in(session, meeting.id)
    draft = MeetingDraft.model_validate(
        head
        | {
            "meeting_id": meeting.id,
            "attendees": _attendees(session, meeting.id),
            "follow_ups": taken,
            "follow_ups_planned": plan.get(EARLIER_DECISIONS_AT),
            "agenda": _agenda(session, meeting.id, plan),
            "figures": _figures(session, meeting.id),
            "decisions": decisions,
            "annexes": annexes_in(session, meeting.id),
        }
    )
    return MeetingWhole(
        meeting.id,
        meeting.series,
        meeting.version,
        meeting.unit_id,
        unit.name if unit else "",
        unit.tier if unit else Tier.TOWNSHIP,
        month,
        meeting.state,
        draft,
        follow_ups,
        numbers,
        meeting.signed_by,
        meeting.signed_on,
        meeting.correction_reason,
        _versions(session, meeting.series),
        _attachments(session, meeting.series),
        _locked(session, meeting.unit_id, meeting.month),
        times_in(session, meeting.series),
    )


def newest_in(session: Session, unit_id: str, month: Month) -> Meeting | None:
    """The newest version of a month's meeting (the row itself, for operations)."""
    query = select(Meeting).where(Meeting.unit_id == unit_id, Meeting.month == str(month))
    return session.exec(query.order_by(col(Meeting.version).desc()).limit(1)).first()


def _newest(session: Session, unit_id: str) -> list[Meeting]:
    latest = (
        select(Meeting.series, func.max(Meeting.version).label("version"))
        .where(Meeting.unit_id == unit_id)
        .group_by(Meeting.series)
        .subquery()
    )
    query = (
        select(Meeting)
        .join(latest, (latest.c.series == Meeting.series) & (latest.c.version == Meeting.version))
        .order_by(col(Meeting.month).desc())
    )
    return list(session.exec(query))


def _attendees(session: Session, meeting_id: str) -> tuple[AttendeeDraft, ...]:
    query = select(Attendee).where(Attendee.meeting_id == meeting_id).order_by(col(Attendee.position))
    return tuple(
        AttendeeDraft.model_validate(row.model_dump(exclude={"meeting_id", "position"})) for row in session.exec(query)
    )


def _agenda(session: Session, meeting_id: str, plan: Mapping[int, int]) -> tuple[AgendaDraft, ...]:
    query = select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(col(AgendaItem.position))
    return tuple(
        AgendaDraft(title=row.title, speaker=row.speaker, planned=plan.get(row.position), said=row.said)
        for row in session.exec(query)
    )


def _figures(session: Session, meeting_id: str) -> tuple[FigureDraft, ...]:
    query = select(Figure).where(Figure.meeting_id == meeting_id).order_by(col(Figure.position))
    return tuple(FigureDraft(label=row.label, shown=row.shown) for row in session.exec(query))


def _versions(session: Session, series: str) -> tuple[VersionRow, ...]:
    query = select(Meeting).where(Meeting.series == series).order_by(col(Meeting.version))
    return tuple(
        VersionRow(row.id, row.version, row.state, row.signed_by, row.signed_on, row.correction_reason)
        for row in session.exec(query)
    )


def _attachments(session: Session, series: str) -> tuple[AttachmentRow, ...]:
    # They belong to the series, so that a correction keeps them.
    query = select(Attachment).where(Attachment.subject == Subject.MEETINGS.value, Attachment.record_id == series)
    return tuple(
        AttachmentRow(row.id, row.record_id, row.name, row.sha256, row.bytes, row.added_at)
        for row in session.exec(query.order_by(col(Attachment.added_at), col(Attachment.name)))
    )


def _locked(session: Session, unit_id: str, month: str) -> bool:
    lock = session.get(MonthLock, (unit_id, month))
    return lock is not None and lock.reopened_at is None
