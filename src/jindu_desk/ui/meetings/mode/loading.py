"""What the meeting mode asks for when it begins, on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from jindu_desk.domain.meeting_clock import MeetingClock, realigned
from jindu_desk.domain.meeting_drafts import FigureDraft, MeetingDraft
from jindu_desk.operations.meetings import clock_key
from jindu_desk.queries.meeting_clock import kept_clock
from jindu_desk.queries.meeting_figures import shown_totals
from jindu_desk.queries.meeting_roster import FormPeople, form_people
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.queries.protected_months import Told, tell_nobody
from jindu_desk.reports.meetings.texts import FIGURE_ITEMS, figure_rows

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@dataclass(frozen=True, slots=True)
class ModeRows:
    """``draft``: what the form held when the meeting began; ``figures``: the unit's totals, protected for a paper;
    ``no_figures``: why there are none, where the tally cannot be protected."""

    whole: MeetingWhole
    draft: MeetingDraft
    clock: MeetingClock
    people: FormPeople
    figures: tuple[FigureDraft, ...]
    held_on: date
    no_figures: str = ""


def load_mode(desk: Desk, whole: MeetingWhole, draft: MeetingDraft, told: Told = tell_nobody) -> ModeRows:
    """The day is the one on the form; while it is not told, the day of the month that is nearest to today."""
    clock = kept_clock(desk.store, clock_key(whole.id))
    if whole.times and not clock.laps:
        clock = clock.model_copy(update={"keep": True})
    today = desk.store.clock().date()
    near = min(max(today, whole.month.first_day), whole.month.last_day)
    shown = shown_totals(desk.store, whole.unit_id, whole.month, FIGURE_ITEMS, told)
    return ModeRows(
        whole,
        draft,
        realigned(clock, [item.title for item in draft.agenda]),
        form_people(desk.store, whole.unit_id, whole.month),
        figure_rows(shown.totals),
        draft.starts_at.date() if draft.starts_at else near,
        str(shown.refused or ""),
    )
