"""A month's meeting made from the last one, with the month's figures."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.meeting_dates import NumberStyle, count_in, next_count
from jindu_desk.domain.meeting_drafts import AgendaDraft, FigureDraft, MeetingDraft
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role
from jindu_desk.errors.meetings import MeetingExists
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.locks import refuse_if_locked
from jindu_desk.operations.meetings import put_meeting, put_rows
from jindu_desk.queries.meeting_figures import shown_totals_in
from jindu_desk.queries.meeting_roster import people_in, roster_in
from jindu_desk.queries.meetings import MeetingWhole, newest_in, whole_in
from jindu_desk.queries.protected_months import Told, tell_nobody
from jindu_desk.queries.settings import settings_in
from jindu_desk.queries.units import UnitRow, unit_in
from jindu_desk.reports.meetings import texts
from jindu_desk.reports.paper_wording import PaperWording, typed_wording, wording_of
from jindu_desk.store import audit
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Meeting


def prepare_meeting(store: Store, unit_id: str, month: Month, told: Told = tell_nobody) -> Changes:
    """Make the month's meeting from the last one: roster in office, open decisions to follow up, texts and place.

    Its id is the key of the changes. The figures are worked out before the transaction, as they may take long; anew
    where anything was changed meanwhile. Raises `MeetingExists`, `MonthLocked`, and what ``told`` raises.
    """
    while True:
        with store.read() as session:
            unit = _unit_without_meeting(session, unit_id, month)
            state = audit.head(session)
            shown = shown_totals_in(session, unit_id, month, texts.FIGURE_ITEMS, told)
        with store.write("prepare_meeting") as w:
            if audit.head(w.session) == state:
                return w.changes(_prepare(w, unit, month, texts.figure_rows(shown.totals)))


def _unit_without_meeting(session: Session, unit_id: str, month: Month) -> UnitRow:
    refuse_if_locked(session, unit_id, month)
    unit = unit_in(session, unit_id, month)
    if unit is None:
        raise UnknownUnit(unit=unit_id)
    if newest_in(session, unit_id, month) is not None:
        raise MeetingExists(month=str(month))
    return unit


def _prepare(w: Write, unit: UnitRow, month: Month, figures: tuple[FigureDraft, ...]) -> str:
    series = str(uuid.uuid4())
    superior = unit_in(w.session, unit.reports_to, month) if unit.reports_to else None
    typed = typed_wording(settings_in(w.session))
    wording = wording_of(unit, superior, typed)
    last = _last_before(w, unit.id, month)
    head = _first_head(w, unit, month, wording) | (_from_last(last, month, typed) if last else {})
    meeting = put_meeting(w, series, {"series": series, "unit_id": unit.id, "month": str(month)} | head)
    draft = MeetingDraft(
        meeting_id=series,
        attendees=roster_in(w.session, unit, month),
        follow_ups_planned=last.draft.follow_ups_planned if last else None,
        agenda=tuple(_standing_item(line, unit.name, month, last) for line in wording.agenda),
        figures=figures,
    )
    put_rows(w, meeting, draft)
    w.note(Subject.MEETINGS, series, {"month": str(month), "called": len(draft.attendees)})
    return series


def _first_head(w: Write, unit: UnitRow, month: Month, wording: PaperWording) -> dict[str, object]:
    """What the form starts with where there is nothing to carry over."""
    people = people_in(w.session, unit.id, month)
    first = next((each for each in people.leaders if each.role is Role.FIRST_RESPONSIBLE), None)
    return {
        "number": _next_number(w, unit.id, month, wording.number_style),
        "title": texts.filled_in(wording.title, unit.name, month),
        "opening": texts.filled_in(wording.opening, unit.name, month),
        "convenor": first.name if first else "",
        "convenor_post": first.post if first else "",
        "chair": first.name if first else "",
        "chair_post": first.post if first else "",
        "recorder": people.recorder,
        "main_to": wording.main_to,
        "copies_to": wording.copies_to,
        "printed_by": wording.body,
    }


def _last_before(w: Write, unit_id: str, month: Month) -> MeetingWhole | None:
    query = select(Meeting.id).where(Meeting.unit_id == unit_id, col(Meeting.month) < str(month))
    last = w.session.exec(query.order_by(col(Meeting.month).desc(), col(Meeting.version).desc()).limit(1)).first()
    return whole_in(w.session, last) if last else None


def _standing_item(line: str, unit_name: str, month: Month, last: MeetingWhole | None) -> AgendaDraft:
    """What every meeting takes up, with the minutes that were planned for it the last time."""
    planned = None
    if last is not None:
        title = texts.filled_in(line, unit_name, last.month)
        planned = next((item.planned for item in last.draft.agenda if item.title == title), None)
    return AgendaDraft(title=texts.filled_in(line, unit_name, month), planned=planned)


def _from_last(last: MeetingWhole, month: Month, typed: Collection[str]) -> dict[str, object]:
    """Place and texts of the last meeting before this month, but for those that the unit set in its wording: it set
    them for all meetings to come. People in office are asked for anew."""
    carried = {
        name: getattr(last.draft, name)
        for name in ("title", "opening", "place", "main_to", "copies_to", "printed_by")
        if {"printed_by": "body"}.get(name, name) not in typed
    }
    return {name: texts.carried_text(text, last.month, month) for name, text in carried.items() if text}


def _next_number(w: Write, unit_id: str, month: Month, style: NumberStyle) -> str:
    used = w.session.exec(
        select(Meeting.number).where(Meeting.unit_id == unit_id, col(Meeting.month).startswith(f"{month.year}-"))
    )
    counts = [count for number in used if (count := count_in(number)) is not None]
    return texts.number_text(style, month.year, next_count(counts))
