"""The monthly coordination meeting (Art. 11): its record, its roster and its decisions."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import NaiveDatetime

from jindu_desk.domain.fields import Fields, Id, LongText, MonthText, ShortText


class MeetingState(StrEnum):
    PREPARING = "preparing"  # 筹备: roster and agenda are made
    DRAFTED = "drafted"  # 起草: held, the minutes are being written
    SIGNED_OFF = "signed_off"  # 已签发: read-only


class Group(StrEnum):
    """In which capacity a person is invited."""

    MEMBER = "member"  # village and community directors, Art. 11
    STAFF = "staff"  # full-time staff, Art. 11
    OBSERVER = "observer"  # 列席


class Attendance(StrEnum):
    UNMARKED = "unmarked"  # not ticked yet: nobody's presence is inferred
    PRESENT = "present"  # 出席
    EXCUSED = "excused"  # 请假
    ABSENT = "absent"  # 缺席
    OBSERVER = "observer"  # 列席


class DecisionState(StrEnum):
    NOT_STARTED = "not_started"  # 未启动
    IN_PROGRESS = "in_progress"  # 进行中
    COMPLETION_REQUESTED = "completion_requested"  # 申请办结
    DONE = "done"  # 已办结, only by the leader's sign-off
    POSTPONED = "postponed"  # 延期, approved, with reason
    CANCELLED = "cancelled"  # 取消, by a meeting


CLOSED_STATES = frozenset({DecisionState.DONE, DecisionState.CANCELLED})


class Part(StrEnum):
    """How a decision stands in a meeting's paper."""

    MADE = "made"  # decided at this meeting
    FOLLOWED = "followed"  # decided earlier, followed up at this meeting


class MeetingFields(Fields):
    """One version of one month's meeting. ``series`` is the meeting, ``version`` counts its corrections."""

    series: Id
    version: int = 1
    unit_id: Id
    month: MonthText
    state: MeetingState = MeetingState.PREPARING
    number: ShortText = ""  # as printed: 第10期 or 〔2026〕10号
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
    signed_by: ShortText = ""
    signed_on: date | None = None
    correction_reason: ShortText = ""


class AttendeeFields(Fields):
    meeting_id: Id
    position: int
    group: Group
    unit_id: Id | None = None
    unit_name: ShortText = ""
    name: ShortText = ""  # empty where a village's director is not on record; sign-off asks for it
    post: ShortText = ""
    attendance: Attendance = Attendance.UNMARKED
    substitute: ShortText = ""  # who really came (代会)
    note: ShortText = ""


class AgendaItemFields(Fields):
    meeting_id: Id
    position: int
    title: ShortText
    speaker: ShortText = ""
    said: LongText = ""


class FigureFields(Fields):
    """A figure as it was shown at the meeting; ``shown`` is the text, already protected for print."""

    meeting_id: Id
    position: int
    label: ShortText
    shown: ShortText


class DecisionFields(Fields):
    """A decision (议定事项). It keeps its number, date and origin through all later meetings."""

    series: Id  # the meeting that made it
    unit_id: Id
    number: int  # counted within its meeting
    decided_on: date
    matter: LongText
    lead_unit: ShortText = ""
    helping_units: ShortText = ""
    person: ShortText = ""
    deadline: date | None = None
    standard: LongText = ""  # what counts as done


class DecisionStepFields(Fields):
    """One step in a decision's follow-up. The newest step is the decision's state."""

    decision_id: Id
    position: int
    on: date
    state: DecisionState
    deadline: date | None = None  # the deadline from this step on
    series: Id | None = None  # the meeting that took it up
    note: LongText = ""
    approved_by: ShortText = ""


class SignedDecisionFields(Fields):
    """A decision's words as a signed-off version printed them. The register moves on, the paper does not."""

    meeting_id: Id
    part: Part
    position: int
    decision_id: Id
    number: int
    decided_on: date
    matter: LongText
    lead_unit: ShortText = ""
    helping_units: ShortText = ""
    person: ShortText = ""
    deadline: date | None = None  # as it stood when the meeting took it up
    postponed_to: date | None = None
    standard: LongText = ""
    state: DecisionState = DecisionState.NOT_STARTED
    note: LongText = ""
    approved_by: ShortText = ""
