"""From a meeting to the notice that calls it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jindu_desk.domain.meeting_drafts import AttendeeDraft
from jindu_desk.domain.meetings import Group
from jindu_desk.domain.units import Tier
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.head import EARLIER_DECISIONS, meeting_name
from jindu_desk.reports.meetings.minutes_of import meeting_in
from jindu_desk.reports.meetings.notice import NoticePaper, notice_printed
from jindu_desk.reports.meetings.notice_docx import notice_docx
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """The notice of the month's meeting, whether or not it was held; raises `NoMeetingYet`."""
    return of_meeting(occasion, meeting_in(occasion))


def of_meeting(occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    return notice_printed(notice_paper(occasion, meeting), occasion.fonts)


def word(occasion: Occasion) -> bytes:
    return word_of_meeting(occasion, meeting_in(occasion))


def word_of_meeting(occasion: Occasion, meeting: MeetingWhole) -> bytes:
    return notice_docx(notice_paper(occasion, meeting), occasion.fonts)


def notice_paper(occasion: Occasion, meeting: MeetingWhole) -> NoticePaper:
    """A notice that is printed after the meeting bears no date: the day on which it went out is not on record."""
    draft = meeting.draft
    earlier = (EARLIER_DECISIONS,) if meeting.follow_ups else ()
    return NoticePaper(
        meeting=meeting_name(meeting),
        of_month=meeting.month,
        office=occasion.wording.office,
        main_to=draft.main_to or occasion.wording.main_to,
        reason="根据《常州市禁毒工作责任制》第十一条，" if meeting.tier is Tier.TOWNSHIP else "经研究，",
        starts_at=draft.starts_at,
        place=draft.place,
        members=called_text(row for row in draft.attendees if row.group is not Group.OBSERVER),
        observers=called_text(row for row in draft.attendees if row.group is Group.OBSERVER),
        agenda=(*earlier, *(_with_speaker(item.title, item.speaker) for item in draft.agenda if item.title)),
        earlier=bool(earlier),
        issued_on=_issued_on(occasion.today, meeting),
    )


def called_text(rows: Iterable[AttendeeDraft]) -> str:
    """Who is called: units with one post between them together (``甲村、乙村主任``), others by post and name."""
    told: list[str] = []
    units: list[str] = []
    post = ""
    for row in rows:
        if units and not (row.unit_name and row.post == post):
            told.append("、".join(units) + post)
            units = []
        if row.unit_name:
            units.append(row.unit_name)
            post = row.post
        else:
            told.append(f"{row.post}{row.name}")
    if units:
        told.append("、".join(units) + post)
    return "，".join(filter(None, told))


def _with_speaker(title: str, speaker: str) -> str:
    return f"{title}（{speaker}）" if speaker else title


def _issued_on(today: date, meeting: MeetingWhole) -> date | None:
    starts = meeting.draft.starts_at
    return today if starts is None or today <= starts.date() else None
