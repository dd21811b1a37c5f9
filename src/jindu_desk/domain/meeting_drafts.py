"""A meeting as it is being typed: everything of the form, nothing demanded yet.

All input enters through `MeetingDraft`; its JSON is what is kept of an unfinished form. What a record must have
before it is signed off is told by `missing`, all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pydantic import ConfigDict, NaiveDatetime

from jindu_desk.domain.fields import Fields, Id, LongText, ShortText
from jindu_desk.domain.meeting_plan import PlannedMinutes
from jindu_desk.domain.meetings import Attendance, DecisionState, Group, MeetingState


class AttendeeDraft(Fields):
    model_config = ConfigDict(frozen=True)

    group: Group
    unit_id: Id | None = None
    unit_name: ShortText = ""
    name: ShortText = ""
    post: ShortText = ""
    attendance: Attendance = Attendance.UNMARKED
    substitute: ShortText = ""
    note: ShortText = ""


class AgendaDraft(Fields):
    """``planned``: minutes; None is not planned."""

    model_config = ConfigDict(frozen=True)

    title: ShortText = ""
    speaker: ShortText = ""
    planned: PlannedMinutes | None = None
    said: LongText = ""


class FigureDraft(Fields):
    model_config = ConfigDict(frozen=True)

    label: ShortText
    shown: ShortText


class DecisionDraft(Fields):
    """``id`` is None for one that is not stored yet; the number is its place in the list."""

    model_config = ConfigDict(frozen=True)

    id: Id | None = None
    matter: LongText = ""
    lead_unit: ShortText = ""
    helping_units: ShortText = ""
    person: ShortText = ""
    deadline: date | None = None
    standard: LongText = ""


class FollowUpDraft(Fields):
    """What this meeting found about an earlier decision; ``state`` is None while it is not taken up yet."""

    model_config = ConfigDict(frozen=True)

    decision_id: Id
    state: DecisionState | None = None
    deadline: date | None = None
    note: LongText = ""
    approved_by: ShortText = ""


class TallyColumn(Fields):
    """Of a printed tally; neighbours of one group stand below one heading."""

    model_config = ConfigDict(frozen=True)

    title: ShortText
    group: ShortText = ""


class TallyTable(Fields):
    """A printed block of the tally; the first column names the village."""

    model_config = ConfigDict(frozen=True)

    caption: ShortText = ""
    columns: tuple[TallyColumn, ...]
    rows: tuple[tuple[ShortText, ...], ...]


class AnnexesDraft(Fields):
    """What is printed behind the minutes. ``pictures`` are ids of attachments.

    ``tally`` is the month's protected tally in the words of the paper, as it was when it was taken.
    """

    model_config = ConfigDict(frozen=True)

    tally: tuple[TallyTable, ...] = ()
    pictures: tuple[Id, ...] = ()


class MeetingDraft(Fields):
    """The whole form of one meeting version. ``follow_ups_planned``: minutes for the look back at ``follow_ups``."""

    model_config = ConfigDict(frozen=True)

    meeting_id: Id
    number: ShortText = ""
    title: ShortText = ""
    starts_at: NaiveDatetime | None = None
    ends_at: NaiveDatetime | None = None
    place: ShortText = ""
    convenor: ShortText = ""
    convenor_post: ShortText = ""
    chair: ShortText = ""
    chair_post: ShortText = ""
    recorder: ShortText = ""
    opening: LongText = ""
    main_to: ShortText = ""
    copies_to: LongText = ""
    printed_by: ShortText = ""
    printed_on: date | None = None
    attendees: tuple[AttendeeDraft, ...] = ()
    follow_ups: tuple[FollowUpDraft, ...] = ()
    follow_ups_planned: PlannedMinutes | None = None
    agenda: tuple[AgendaDraft, ...] = ()
    figures: tuple[FigureDraft, ...] = ()
    decisions: tuple[DecisionDraft, ...] = ()
    annexes: AnnexesDraft = AnnexesDraft()

    @property
    def earlier_plan(self) -> tuple[int | None, ...]:
        """The planned minutes of what comes before the first item: nothing where no decision is to be followed up."""
        return (self.follow_ups_planned,) if self.follow_ups else ()

    @property
    def agenda_plan(self) -> tuple[int | None, ...]:
        return tuple(item.planned for item in self.agenda)


class Ticked(Protocol):
    """A row of the attendance table, stored or being typed."""

    @property
    def group(self) -> Group: ...
    @property
    def attendance(self) -> Attendance: ...
    @property
    def substitute(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AttendanceSums:
    """Members and staff; observers are counted apart. ``unmarked`` is 0 in every signed-off record."""

    present: int = 0
    excused: int = 0
    absent: int = 0
    unmarked: int = 0
    substituted: int = 0  # of those present: by a substitute (代会)
    observers: int = 0  # observers who came

    @property
    def expected(self) -> int:
        """应到 = 出席 + 请假 + 缺席 (and those not ticked yet)."""
        return self.present + self.excused + self.absent + self.unmarked


def attendance_sums(rows: Iterable[Ticked]) -> AttendanceSums:
    """Count a roster. A substitute counts as present for the person replaced."""
    counts = dict.fromkeys(Attendance, 0)
    substituted = 0
    observers = 0
    for row in rows:
        if row.group is Group.OBSERVER:
            observers += row.attendance is Attendance.OBSERVER
            continue
        counts[row.attendance] += 1
        substituted += row.attendance is Attendance.PRESENT and bool(row.substitute)
    return AttendanceSums(
        present=counts[Attendance.PRESENT],
        excused=counts[Attendance.EXCUSED],
        absent=counts[Attendance.ABSENT],
        unmarked=counts[Attendance.UNMARKED],
        substituted=substituted,
        observers=observers,
    )


def marks_for(group: Group) -> tuple[Attendance, Attendance, Attendance]:
    """The three marks of the keys 1, 2 and 3: who was invited to observe is 列席 when there."""
    there = Attendance.OBSERVER if group is Group.OBSERVER else Attendance.PRESENT
    return there, Attendance.EXCUSED, Attendance.ABSENT


def state_of(draft: MeetingDraft) -> MeetingState:
    """筹备 until something of the meeting itself is recorded, then 起草."""
    held = (
        any(row.attendance is not Attendance.UNMARKED for row in draft.attendees)
        or any(item.said for item in draft.agenda)
        or any(row.state is not None for row in draft.follow_ups)
        or any(each.matter for each in draft.decisions)
    )
    return MeetingState.DRAFTED if held else MeetingState.PREPARING


@dataclass(frozen=True, slots=True)
class Missing:
    """``what`` is a key of ``errors.meetings.MISSING_WORDS``; ``row`` counts from 1 within its table."""

    what: str
    row: int | None = None


def missing(draft: MeetingDraft) -> tuple[Missing, ...]:
    """All that stands between ``draft`` and its sign-off, in the order of the form (signature apart)."""
    return (*_in_head(draft), *_in_tables(draft))


def missing_signature(draft: MeetingDraft, signed_by: str, signed_on: date | None) -> tuple[Missing, ...]:
    """Who signs and when: not before the meeting was held."""
    found = []
    if not signed_by:
        found.append(Missing("signed_by"))
    if signed_on is None:
        found.append(Missing("signed_on"))
    elif draft.starts_at and signed_on < draft.starts_at.date():
        found.append(Missing("signed_early"))
    return tuple(found)


def _in_head(draft: MeetingDraft) -> Iterator[Missing]:
    for what in ("number", "title", "starts_at", "ends_at"):
        if not getattr(draft, what):
            yield Missing(what)
    if draft.starts_at and draft.ends_at and draft.ends_at <= draft.starts_at:
        yield Missing("times")
    for what in ("place", "convenor", "chair", "recorder"):
        if not getattr(draft, what):
            yield Missing(what)


def _in_tables(draft: MeetingDraft) -> Iterator[Missing]:
    called = [row for row in draft.attendees if row.group is not Group.OBSERVER]
    if not called:
        yield Missing("members")
    elif all(row.attendance is not Attendance.PRESENT for row in called):
        yield Missing("nobody_present")
    for at, row in enumerate(draft.attendees, 1):
        if not row.name:
            yield Missing("attendee_name", at)
        if row.attendance is Attendance.UNMARKED:
            yield Missing("attendee_mark", at)
    for at, follow_up in enumerate(draft.follow_ups, 1):
        if follow_up.state is None:
            yield Missing("follow_up", at)
    if not draft.agenda:
        yield Missing("agenda")
    for at, item in enumerate(draft.agenda, 1):
        if not item.title:
            yield Missing("agenda_title", at)
        if not item.said:
            yield Missing("agenda_said", at)
    for at, decision in enumerate(draft.decisions, 1):
        yield from _in_decision(decision, at, draft.starts_at.date() if draft.starts_at else None)


def _in_decision(decision: DecisionDraft, at: int, held_on: date | None) -> Iterator[Missing]:
    for what in ("matter", "lead_unit", "person", "deadline"):
        if not getattr(decision, what):
            yield Missing(what, at)
    if decision.deadline and held_on and decision.deadline < held_on:
        yield Missing("deadline_early", at)
