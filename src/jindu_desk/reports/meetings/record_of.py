"""From a meeting's rows to its raw record: everything that was typed of it."""

from __future__ import annotations

from collections.abc import Iterable

from jindu_desk.domain.meeting_drafts import state_of
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.queries.settings import settings
from jindu_desk.reports.meetings.agenda_of import kept_time
from jindu_desk.reports.meetings.attendance_of import sums_text
from jindu_desk.reports.meetings.head import head_of
from jindu_desk.reports.meetings.minutes_of import meeting_in, minutes_paper
from jindu_desk.reports.meetings.minutes_paper import Attendee
from jindu_desk.reports.meetings.record_paper import NAME, RecordPaper, SpokenItem, VersionLine, record_printed
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import date_text


def printed(occasion: Occasion) -> PrintedPaper:
    """The record of the month's meeting; raises `NoMeetingYet`, and `NothingToPrint` before it is held."""
    return of_meeting(occasion, meeting_in(occasion))


def of_meeting(occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    if meeting.state is not MeetingState.SIGNED_OFF and state_of(meeting.draft) is MeetingState.PREPARING:
        raise NothingToPrint(paper=NAME, why="这次例会还没有召开的记录。请先在“会议”页记录。")
    return record_printed(record_paper(occasion, meeting), occasion.fonts)


def record_paper(occasion: Occasion, meeting: MeetingWhole) -> RecordPaper:
    minutes = minutes_paper(meeting, settings(occasion.store))
    times = {time.title: time for time in meeting.times}
    return RecordPaper(
        head=head_of(meeting),
        sums=sums_text(meeting.sums),
        present=_names(minutes.present),
        excused=_names(minutes.excused),
        absent=_names(minutes.absent),
        observers=_names(minutes.observers),
        follow_ups=minutes.follow_ups,
        figures="".join(minutes.figures),
        spoken=tuple(
            SpokenItem(item.title, item.speaker, item.said, kept_time(times, item.title))
            for item in meeting.draft.agenda
        ),
        decisions=minutes.decisions,
        attachments=tuple(row.name for row in meeting.attachments),
        versions=tuple(
            VersionLine(row.version, "　".join(filter(None, (row.signed_by, date_text(row.signed_on)))), row.reason)
            for row in meeting.versions
            if row.version <= meeting.version
        ),
        state=_state(meeting),
    )


def _names(people: Iterable[Attendee]) -> str:
    told = []
    for each in people:
        name = f"{each.name}（代{each.substitute_for}）" if each.substitute_for else each.name
        told.append(" ".join(filter(None, (each.unit, name))))
    return "、".join(filter(None, told))


def _state(meeting: MeetingWhole) -> str:
    if meeting.state is not MeetingState.SIGNED_OFF:
        return "纪要尚未签发。"
    correction = f"第{meeting.version}版" if meeting.version > 1 else ""
    return f"纪要{correction}已由{meeting.signed_by}于{date_text(meeting.signed_on)}签发。"
