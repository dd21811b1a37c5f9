"""From a meeting, or from who is called this month where there is none yet, to the sheet to be signed."""

from __future__ import annotations

from collections.abc import Sequence

from jindu_desk.domain.meeting_drafts import AttendeeDraft
from jindu_desk.domain.meetings import Group
from jindu_desk.queries.meeting_roster import roster
from jindu_desk.queries.meetings import MeetingWhole, meeting_of, meeting_whole
from jindu_desk.reports.meetings.attendance_of import called
from jindu_desk.reports.meetings.attendance_paper import AttendancePaper, blank_attendance_printed
from jindu_desk.reports.meetings.head import MeetingHead, head_of
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import month_text


def printed(occasion: Occasion) -> PrintedPaper:
    """The blank sheet of the month's meeting, also before there is one."""
    unit = occasion.own.unit
    row = meeting_of(occasion.store, unit.id, occasion.month)
    if row is not None:
        return of_meeting(occasion, meeting_whole(occasion.store, row.id))
    head = MeetingHead(unit.name, f"{unit.name}{month_text(occasion.month)}例会")
    return _printed(occasion, head, roster(occasion.store, unit, occasion.month))


def of_meeting(occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    return _printed(occasion, head_of(meeting), meeting.draft.attendees)


def _printed(occasion: Occasion, head: MeetingHead, rows: Sequence[AttendeeDraft]) -> PrintedPaper:
    members = called(head.unit, (row for row in rows if row.group is not Group.OBSERVER))
    observers = called(head.unit, (row for row in rows if row.group is Group.OBSERVER))
    return blank_attendance_printed(AttendancePaper(head, members, observers), occasion.fonts)
