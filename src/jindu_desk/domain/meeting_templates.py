"""What comes back in meetings: agenda items, standing decisions, opening words; kept at the desk, put in on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from enum import StrEnum

from pydantic import ConfigDict, Field

from jindu_desk.domain.fields import Fields, Id, LongText, ShortText
from jindu_desk.domain.meeting_drafts import AgendaDraft, DecisionDraft, MeetingDraft
from jindu_desk.domain.meeting_plan import PlannedMinutes


class TemplateKind(StrEnum):
    OPENING = "opening"  # 会议概况
    AGENDA = "agenda"  # 议程
    DECISION = "decision"  # 议定事项


class MeetingTemplate(Fields):
    """One of them. ``title`` is an agenda item's title, else only its name in the list; ``text`` what it puts in.

    ``standing``: the one action for a new meeting puts it in. ``planned``: an agenda item's minutes. ``days``: a
    decision's deadline, counted from the meeting; None leaves it open.
    """

    model_config = ConfigDict(frozen=True)

    id: Id
    kind: TemplateKind
    title: ShortText
    text: LongText = ""
    standing: bool = True
    planned: PlannedMinutes | None = None
    lead_unit: ShortText = ""
    helping_units: ShortText = ""
    person: ShortText = ""
    days: int | None = Field(default=None, ge=0, le=366)
    standard: LongText = ""


class MeetingTemplates(Fields):
    """All of a desk's, in the order in which they are put in."""

    model_config = ConfigDict(frozen=True)

    items: tuple[MeetingTemplate, ...] = ()


Words = Callable[[str], str]
"""Puts month and unit into a text."""


def put_in(
    draft: MeetingDraft, templates: Iterable[MeetingTemplate], held_on: date, words: Words, *, opening: bool
) -> MeetingDraft:
    """``draft`` with what of ``templates`` it does not hold yet. Nothing typed is changed; only the opening words are
    put in place of those that stand there, and only where ``opening`` says that nobody typed them."""
    for each in templates:
        match each.kind:
            case TemplateKind.OPENING:
                draft = _opened(draft, words(each.text)) if opening else draft
            case TemplateKind.AGENDA:
                draft = _with_item(
                    draft, AgendaDraft(title=words(each.title), planned=each.planned, said=words(each.text))
                )
            case TemplateKind.DECISION:
                draft = _with_decision(draft, each, held_on, words)
    return draft


def _opened(draft: MeetingDraft, text: str) -> MeetingDraft:
    return draft.model_copy(update={"opening": text}) if text else draft


def _with_item(draft: MeetingDraft, item: AgendaDraft) -> MeetingDraft:
    if any(known.title == item.title for known in draft.agenda):
        return draft
    return draft.model_copy(update={"agenda": (*draft.agenda, item)})


def _with_decision(draft: MeetingDraft, each: MeetingTemplate, held_on: date, words: Words) -> MeetingDraft:
    matter = words(each.text or each.title)
    if any(known.matter == matter for known in draft.decisions):
        return draft
    added = DecisionDraft(
        matter=matter,
        lead_unit=each.lead_unit,
        helping_units=each.helping_units,
        person=each.person,
        deadline=None if each.days is None else held_on + timedelta(days=each.days),
        standard=words(each.standard),
    )
    return draft.model_copy(update={"decisions": (*draft.decisions, added)})
