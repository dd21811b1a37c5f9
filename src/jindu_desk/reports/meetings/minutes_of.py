"""From a meeting's rows to its minutes: which words of the record stand where on the paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from jindu_desk.domain.meeting_drafts import AttendeeDraft, DecisionDraft
from jindu_desk.domain.meetings import Attendance, DecisionState, MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.errors.meetings import NoMeetingYet
from jindu_desk.queries.meeting_decisions import FollowUpRow
from jindu_desk.queries.meetings import MeetingWhole, meeting_of, meeting_whole
from jindu_desk.queries.settings import settings
from jindu_desk.reports.meetings.head import with_post
from jindu_desk.reports.meetings.minutes import minutes_printed
from jindu_desk.reports.meetings.minutes_annexes import minutes_annexes
from jindu_desk.reports.meetings.minutes_docx import minutes_docx
from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper
from jindu_desk.reports.meetings.texts import MARK_SETTING, figures_text, mark_text, origin_text
from jindu_desk.reports.paper_wording import Head, paper_head
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.typesetting.annex import Annex
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import UNKNOWN, date_text, decision_state_label, month_text, span_text

_LISTED = re.compile(r"[、，,；;\n]+")


def printed(occasion: Occasion) -> PrintedPaper:
    """The minutes of the month's meeting; raises `NoMeetingYet`."""
    return minutes_printed(_paper(occasion), occasion.fonts)


def word(occasion: Occasion) -> bytes:
    return minutes_docx(_paper(occasion), occasion.fonts)


@once_per_occasion
def _paper(occasion: Occasion) -> MinutesPaper:
    whole = meeting_in(occasion)
    return minutes_paper(whole, settings(occasion.store), minutes_annexes(occasion.paths, whole))


@once_per_occasion
def meeting_in(occasion: Occasion) -> MeetingWhole:
    """The month's meeting, as it is kept; raises `NoMeetingYet`."""
    row = meeting_of(occasion.store, occasion.own.unit.id, occasion.month)
    if row is None:
        raise NoMeetingYet(month=month_text(occasion.month))
    return meeting_whole(occasion.store, row.id)


def minutes_paper(meeting: MeetingWhole, kept: Mapping[str, str], annexes: tuple[Annex, ...] = ()) -> MinutesPaper:
    """The rows of the minutes. Until it is signed off the paper says that it is a draft.

    ``annexes``: what `minutes_annexes` finds of it.
    """
    draft = meeting.draft
    number, issuer, issued_on = head_lines(paper_head(kept), draft.number, draft.printed_by, meeting.signed_on)
    by_mark: dict[Attendance, list[AttendeeDraft]] = {mark: [] for mark in Attendance}
    for row in draft.attendees:
        by_mark[row.attendance].append(row)
    return MinutesPaper(
        mark=kept.get(MARK_SETTING) or mark_text(meeting.unit_name, meeting.tier),
        number=number,
        issuer=issuer,
        issued_on=issued_on,
        title=draft.title,
        held=span_text(draft.starts_at, draft.ends_at),
        place=draft.place,
        convenor=with_post(draft.convenor, draft.convenor_post),
        chair=with_post(draft.chair, draft.chair_post),
        recorder=draft.recorder,
        opening=draft.opening,
        follow_ups=_follow_ups(meeting),
        figures=tuple(text for text in (figures_text(meeting.month, draft.figures),) if text),
        agenda=tuple(AgendaLine(item.title, _said(item.speaker, item.said)) for item in draft.agenda),
        decisions=tuple(_decision(each) for each in draft.decisions),
        present=_people(by_mark[Attendance.PRESENT]),
        excused=_people(by_mark[Attendance.EXCUSED]),
        absent=_people(by_mark[Attendance.ABSENT]),
        observers=_people(by_mark[Attendance.OBSERVER]),
        signed_by=meeting.signed_by,
        signed_on=meeting.signed_on,
        main_to=listed(draft.main_to),
        copies_to=listed(draft.copies_to),
        printed_by=draft.printed_by,
        printed_on=draft.printed_on or meeting.signed_on,
        version=meeting.version,
        correction_reason=meeting.correction_reason,
        draft=meeting.state is not MeetingState.SIGNED_OFF,
        annexes=annexes,
    )


def head_lines(head: Head, number: str, issuer: str, issued_on: date | None) -> tuple[str, str, date | None]:
    """What of these three stands between mark and title."""
    full = head is Head.FULL
    return number if head is not Head.PLAIN else "", issuer if full else "", issued_on if full else None


def _said(speaker: str, said: str) -> str:
    return f"{speaker}：{said}" if speaker and said else said


def listed(text: str) -> tuple[str, ...]:
    """The names of a list as people part them."""
    return tuple(part for part in (each.strip() for each in _LISTED.split(text)) if part)


def _people(rows: Iterable[AttendeeDraft]) -> tuple[Attendee, ...]:
    """Unit and post before the name. Who came for somebody else is named, and for whom."""
    people = []
    for row in rows:
        came = row.substitute if row.attendance in (Attendance.PRESENT, Attendance.OBSERVER) else ""
        unit = row.unit_name + ("" if came else row.post)
        people.append(Attendee(came, unit, row.name) if came else Attendee(row.name, unit))
    return tuple(people)


def _follow_ups(meeting: MeetingWhole) -> tuple[FollowUpLine, ...]:
    found: Sequence[tuple[FollowUpRow, DecisionState | None, str, str]] = [
        (row, taken.state, taken.note, _approval(taken.state, taken.approved_by, date_text(taken.deadline)))
        for row, taken in zip(meeting.follow_ups, meeting.draft.follow_ups, strict=True)
    ]
    return tuple(
        FollowUpLine(
            matter=row.matter,
            state=decision_state_label(state.value) if state else UNKNOWN,
            origin=origin_text(Month.parse(row.month), row.number),
            lead_unit=row.lead_unit,
            deadline=row.deadline,
            note="，".join(part for part in (note.rstrip("。"), approval) if part),
        )
        for row, state, note, approval in found
    )


def _approval(state: DecisionState | None, leader: str, deadline: str) -> str:
    if state is DecisionState.DONE and leader:
        return f"经{leader}同意办结"
    if state is DecisionState.POSTPONED and leader:
        return f"经{leader}同意延期至{deadline}"
    return ""


def _decision(each: DecisionDraft) -> DecisionLine:
    helping = listed(each.helping_units)
    return DecisionLine(each.matter, each.lead_unit, helping, each.person, each.deadline, each.standard)
