"""From a meeting to its agenda."""

from __future__ import annotations

from collections.abc import Iterator

from jindu_desk.domain.meeting_clock import AgendaTime
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.agenda_paper import NAME, AgendaEntry, agenda_printed
from jindu_desk.reports.meetings.head import EARLIER_DECISIONS, head_of
from jindu_desk.reports.meetings.minutes_of import meeting_in
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import clock_text


def printed(occasion: Occasion) -> PrintedPaper:
    """The agenda of the month's meeting; raises `NoMeetingYet` and `NothingToPrint`."""
    return of_meeting(occasion, meeting_in(occasion))


def of_meeting(occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    entries = tuple(_entries(meeting))
    if not entries:
        raise NothingToPrint(paper=NAME, why="这次例会还没有议题。请先在“会议”页填写议程。")
    return agenda_printed(head_of(meeting), entries, occasion.fonts)


def kept_time(times: dict[str, AgendaTime], title: str) -> str:
    """When an item was begun and how long it took, where that was kept: ``9:35，用时12分钟``."""
    kept = times.get(title)
    return f"{clock_text(kept.started_at)}，用时{max(1, round(kept.seconds / 60))}分钟" if kept else ""


def _entries(meeting: MeetingWhole) -> Iterator[AgendaEntry]:
    """The first item begins with the meeting; when the others come up is known only where it was kept."""
    draft = meeting.draft
    times = {time.title: time for time in meeting.times}
    if meeting.follow_ups:
        matter = f"{EARLIER_DECISIONS}（{len(meeting.follow_ups)} 项）"
        yield AgendaEntry(matter, "各承办单位", clock_text(draft.starts_at))
    for number, item in enumerate(draft.agenda):
        begins = clock_text(draft.starts_at) if number == 0 and not meeting.follow_ups else ""
        yield AgendaEntry(item.title, item.speaker, kept_time(times, item.title) or begins)
