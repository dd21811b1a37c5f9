"""From a meeting to its agenda."""

from __future__ import annotations

from collections.abc import Iterator

from jindu_desk.domain.meeting_clock import AgendaTime
from jindu_desk.domain.meeting_plan import Slot, slots
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


def planned_time(slot: Slot) -> str:
    """``9:30—9:45``; ``15分钟`` where it is not known when it comes up; ``9:45`` where its length is not planned."""
    if slot.planned is None:
        return clock_text(slot.begins)
    return f"{clock_text(slot.begins)}—{clock_text(slot.ends)}" if slot.ends else f"{slot.planned}分钟"


def _entries(meeting: MeetingWhole) -> Iterator[AgendaEntry]:
    """As planned, from the meeting's start on; once times were kept, those are told instead."""
    draft = meeting.draft
    rows = [(item.title, item.speaker, item.planned) for item in draft.agenda]
    if meeting.follow_ups:
        matter = f"{EARLIER_DECISIONS}（{len(meeting.follow_ups)} 项）"
        rows.insert(0, (matter, "各承办单位", draft.follow_ups_planned))
    times = {time.title: time for time in meeting.times}
    planned = slots(draft.starts_at, (None if times else minutes for _, _, minutes in rows))
    for (matter, speaker, _), slot in zip(rows, planned, strict=True):
        yield AgendaEntry(matter, speaker, kept_time(times, matter) or planned_time(slot))
