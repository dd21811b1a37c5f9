"""Templates put into a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from jindu_desk.domain.meeting_drafts import AgendaDraft, MeetingDraft
from jindu_desk.domain.meeting_templates import MeetingTemplate, MeetingTemplates, TemplateKind, put_in
from jindu_desk.errors.entry import PhoneNumberInText

HELD = date(2026, 10, 22)
MEETING = MeetingDraft(meeting_id="m", opening="原来的话", agenda=(AgendaDraft(title="通报情况", said="已经写好"),))
ITEM = MeetingTemplate(id="a", kind=TemplateKind.AGENDA, title="第{月}项", text="听取了汇报", planned=15)
DECISION = MeetingTemplate(
    id="d", kind=TemplateKind.DECISION, title="报送", text="按时报送", lead_unit="测试村", days=7, standard="齐全"
)
OPENING = MeetingTemplate(id="o", kind=TemplateKind.OPENING, title="概况", text="新的话")


def words(text: str) -> str:
    return text.replace("{月}", "十")


def test_items_and_decisions_are_added_below_what_stands_there() -> None:
    put = put_in(MEETING, (ITEM, DECISION), HELD, words, opening=False)
    assert put.agenda == (*MEETING.agenda, AgendaDraft(title="第十项", said="听取了汇报", planned=15))
    (decision,) = put.decisions
    assert (decision.matter, decision.lead_unit, decision.deadline) == ("按时报送", "测试村", date(2026, 10, 29))
    assert put.opening == "原来的话"


def test_what_is_there_already_is_not_put_in_twice() -> None:
    once = put_in(MEETING, (ITEM, DECISION), HELD, words, opening=False)
    assert put_in(once, (ITEM, DECISION), HELD, words, opening=False) == once


def test_opening_words_replace_only_what_nobody_typed() -> None:
    assert put_in(MEETING, (OPENING,), HELD, words, opening=True).opening == "新的话"
    assert put_in(MEETING, (OPENING,), HELD, words, opening=False) == MEETING


def test_a_template_holds_no_phone_number() -> None:
    with pytest.raises(PhoneNumberInText):
        MeetingTemplates(items=(ITEM.model_copy(), MeetingTemplate(id="x", kind="agenda", title="找 13800138000")))
