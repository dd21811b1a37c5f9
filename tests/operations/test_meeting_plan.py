"""Planned minutes: kept with a meeting through its versions and into the next one, and never sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlmodel import select
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, held, prepared

from jindu_desk.domain.meeting_drafts import AgendaDraft, MeetingDraft
from jindu_desk.domain.meeting_templates import MeetingTemplate, MeetingTemplates, TemplateKind
from jindu_desk.domain.meetings import AgendaItemFields
from jindu_desk.operations.meeting_templates import save_templates
from jindu_desk.operations.meetings import correct_meeting, discard_version, save_meeting, sign_off
from jindu_desk.queries.meeting_templates import meeting_templates
from jindu_desk.queries.meetings import MeetingWhole, meeting_whole
from jindu_desk.queries.report_rows import report_rows
from jindu_desk.store.tables import AgendaPlan

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def planned(whole: MeetingWhole, *minutes: int | None) -> tuple[AgendaDraft, ...]:
    return tuple(
        item.model_copy(update={"planned": each}) for item, each in zip(whole.draft.agenda, minutes, strict=True)
    )


def plan_of(desk: Desk, meeting_id: str) -> tuple[int | None, ...]:
    """As stored: of the earlier decisions, then item by item."""
    draft = meeting_whole(desk.store, meeting_id).draft
    return (draft.follow_ups_planned, *draft.agenda_plan)


def signed_with(desk: Desk, *minutes: int | None) -> MeetingWhole:
    """October's meeting, held and signed off."""
    whole = prepared(desk, OCTOBER)
    said = {"said": "听取了汇报。"}
    draft = held(whole, agenda=tuple(item.model_copy(update=said) for item in planned(whole, *minutes)))
    sign_off(desk.store, draft, "测试甲", OCTOBER.first_day.replace(day=21))
    return whole


def test_a_plan_comes_back_as_it_was_saved_and_follows_its_items(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    agenda = (AgendaDraft(), *planned(whole, None, 25), AgendaDraft(planned=5))
    draft = whole.draft.model_copy(update={"agenda": agenda, "follow_ups_planned": 10})
    assert MeetingDraft.model_validate_json(draft.model_dump_json()) == draft  # the kept form
    save_meeting(desk.store, draft)
    assert plan_of(desk, whole.id) == (10, None, 25, 5)  # an empty card leaves no gap
    save_meeting(desk.store, draft.model_copy(update={"agenda": planned(whole, 240, None)}))
    assert plan_of(desk, whole.id) == (10, 240, None)


def test_a_correction_has_the_plan_and_takes_its_own_away_with_it(desk: Desk) -> None:
    first = signed_with(desk, 20, 15)
    second = correct_meeting(desk.store, first.id, "理由").key
    assert second is not None
    assert plan_of(desk, second) == (None, 20, 15)
    discard_version(desk.store, second)
    with desk.store.read() as session:
        assert {row.meeting_id for row in session.exec(select(AgendaPlan))} == {first.id}


def test_next_month_plans_what_comes_back_as_before(desk: Desk) -> None:
    first = prepared(desk, SEPTEMBER)
    agenda = (AgendaDraft(title="学习文件", planned=30), *planned(first, 20, None))
    save_meeting(desk.store, first.draft.model_copy(update={"agenda": agenda, "follow_ups_planned": 10}))
    following = prepared(desk, OCTOBER)
    assert [(item.title, item.planned) for item in following.draft.agenda] == [
        ("通报10月份禁毒工作情况", 20),
        ("研究部署下一步禁毒工作", None),
    ]
    assert following.draft.follow_ups_planned == 10


def test_templates_keep_it(desk: Desk) -> None:
    own = MeetingTemplates(items=(MeetingTemplate(id="a", kind=TemplateKind.AGENDA, title="学习文件", planned=15),))
    save_templates(desk.store, own)
    assert meeting_templates(desk.store) == own


def test_what_is_sent_is_as_older_programs_read_it(desk: Desk) -> None:
    signed_with(desk, 20, 15)
    with desk.store.read() as session:
        rows = report_rows(session, desk.unit.unit.id, OCTOBER)
    assert not any("plan" in name for name in rows)
    assert [set(row) for row in rows["agenda_items"]] == [set(AgendaItemFields.model_fields)] * 2


@pytest.mark.parametrize("minutes", [0, 241])
def test_the_database_refuses_what_is_no_plan(desk: Desk, minutes: int) -> None:
    whole = prepared(desk, OCTOBER)
    with pytest.raises(IntegrityError), desk.store.write("test") as w:
        w.session.execute(insert(AgendaPlan).values(meeting_id=whole.id, position=1, planned=minutes))
