"""From a meeting to the sheet of who came."""

from __future__ import annotations

from collections.abc import Iterable

from jindu_desk.domain.meeting_drafts import AttendanceSums, AttendeeDraft
from jindu_desk.domain.meetings import Attendance, Group
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.attendance_paper import NAME, AttendancePaper, Called, attendance_printed
from jindu_desk.reports.meetings.attendance_workbook import attendance_xlsx
from jindu_desk.reports.meetings.head import head_of
from jindu_desk.reports.meetings.minutes_of import meeting_in
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import attendance_label


def printed(occasion: Occasion) -> PrintedPaper:
    """Who came to the month's meeting; raises `NoMeetingYet`, and `NothingToPrint` before anybody is marked."""
    return of_meeting(occasion, meeting_in(occasion))


def workbook(occasion: Occasion) -> bytes:
    return attendance_xlsx(attendance_paper(_marked(meeting_in(occasion))), occasion.month.last_day)


def of_meeting(occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    return attendance_printed(attendance_paper(_marked(meeting)), occasion.fonts)


def attendance_paper(meeting: MeetingWhole) -> AttendancePaper:
    rows = meeting.draft.attendees
    return AttendancePaper(
        head_of(meeting),
        called(meeting.unit_name, (row for row in rows if row.group is not Group.OBSERVER)),
        called(meeting.unit_name, (row for row in rows if row.group is Group.OBSERVER)),
        sums_text(meeting.sums),
    )


def called(own: str, rows: Iterable[AttendeeDraft]) -> tuple[Called, ...]:
    """The full-time staff are of the unit ``own``; where observers come from, their post says.

    What is not marked is left open: nobody's presence is inferred.
    """
    return tuple(
        Called(
            row.unit_name or (own if row.group is Group.STAFF else ""),
            row.name,
            row.post,
            "" if row.attendance is Attendance.UNMARKED else attendance_label(row.attendance.value),
            row.substitute,
            row.note,
        )
        for row in rows
    )


def sums_text(sums: AttendanceSums) -> str:
    """``应到 16 人，实到 14 人（其中代会 1 人），请假 1 人，缺席 1 人；列席 3 人。``"""
    substituted = f"（其中代会 {sums.substituted} 人）" if sums.substituted else ""
    unmarked = f"，未登记 {sums.unmarked} 人" if sums.unmarked else ""
    return (
        f"应到 {sums.expected} 人，实到 {sums.present} 人{substituted}，请假 {sums.excused} 人，"
        f"缺席 {sums.absent} 人{unmarked}；列席 {sums.observers} 人。"
    )


def _marked(meeting: MeetingWhole) -> MeetingWhole:
    if all(row.attendance is Attendance.UNMARKED for row in meeting.draft.attendees):
        raise NothingToPrint(paper=NAME, why="这次例会还没有登记出席情况。请先在“会议”页登记；开会前用空白签到表。")
    return meeting
