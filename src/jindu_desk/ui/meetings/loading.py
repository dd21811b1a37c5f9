"""What the page asks for at once, on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from jindu_desk.domain.meeting_drafts import FollowUpDraft, MeetingDraft
from jindu_desk.domain.meeting_templates import MeetingTemplates
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.operations.meetings import draft_key
from jindu_desk.queries.decisions import DecisionRow, decision_board
from jindu_desk.queries.exchange.details import RemarkRow, own_remarks
from jindu_desk.queries.meeting_roster import FormPeople, form_people
from jindu_desk.queries.meeting_templates import meeting_templates
from jindu_desk.queries.meetings import MeetingRow, MeetingWhole, meeting_whole, meetings
from jindu_desk.queries.settings import draft as kept_draft
from jindu_desk.queries.units import units_below

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@dataclass(frozen=True, slots=True)
class PageRows:
    """Everything the page shows for a month. ``kept`` is what was typed and not saved, and since when."""

    unit_id: str
    units: tuple[tuple[str, str], ...]  # (id, name) of the units below whose meetings can be looked at
    month: Month
    today: date
    meetings: tuple[MeetingRow, ...]
    decisions: tuple[DecisionRow, ...]
    whole: MeetingWhole | None
    kept: MeetingDraft | None
    kept_at: datetime | None
    people: FormPeople
    remarks: tuple[RemarkRow, ...]  # why the superior returned the own unit's month
    templates: MeetingTemplates


def load_page(desk: Desk, unit_id: str, month: Month, wanted: str) -> PageRows:
    """``unit_id`` is the own unit or one below; ``wanted`` the version to show if it is one of the month's."""
    own = desk.unit.unit
    rows = meetings(desk.store, unit_id)
    newest = next((row for row in rows if row.month == month), None)
    whole = meeting_whole(desk.store, newest.id) if newest else None
    if whole is not None and wanted in {version.id for version in whole.versions} - {whole.id}:
        whole = meeting_whole(desk.store, wanted)
    kept, kept_at = _kept(desk, whole) if whole else (None, None)
    below = () if own.tier is Tier.TOWNSHIP else units_below(desk.store, own.id, month)
    return PageRows(
        unit_id,
        tuple((unit.id, unit.name) for unit in below),
        month,
        desk.store.clock().date(),
        rows,
        decision_board(desk.store, unit_id, closed=True),
        whole,
        kept,
        kept_at,
        form_people(desk.store, unit_id, month),
        own_remarks(desk.store, own.id, month) if unit_id == own.id else (),
        meeting_templates(desk.store),
    )


def _kept(desk: Desk, whole: MeetingWhole) -> tuple[MeetingDraft | None, datetime | None]:
    """The unfinished form, its follow-ups in the order of the decisions that are open now."""
    row = kept_draft(desk.store, draft_key(whole.id)) if whole.editable else None
    if row is None:
        return None, None
    try:
        kept = MeetingDraft.model_validate_json(row.body)
    except ValueError:  # written by another version of the program; what is saved is still there
        return None, None
    typed = {each.decision_id: each for each in kept.follow_ups}
    follow_ups = tuple(
        typed.get(each.decision_id, FollowUpDraft(decision_id=each.decision_id)) for each in whole.follow_ups
    )
    return kept.model_copy(update={"meeting_id": whole.id, "follow_ups": follow_ups}), row.saved_at
