"""The desk's own list of templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.meeting_templates import MeetingTemplate, MeetingTemplates, TemplateKind
from jindu_desk.operations.meeting_templates import save_templates
from jindu_desk.operations.settings import change_setting
from jindu_desk.queries.meeting_templates import TEMPLATES_SETTING, meeting_templates, shipped_templates

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OWN = MeetingTemplates(items=(MeetingTemplate(id="a", kind=TemplateKind.AGENDA, title="测试议程"),))


def test_a_desk_starts_with_the_shipped_ones_and_then_has_its_own(desk: Desk) -> None:
    shipped = meeting_templates(desk.store)
    assert {each.kind for each in shipped.items} == set(TemplateKind)
    assert not any(each.person or each.lead_unit for each in shipped.items)  # whose they would be is not known
    assert save_templates(desk.store, OWN).subjects == {Subject.MEETINGS}
    assert meeting_templates(desk.store) == OWN
    save_templates(desk.store, MeetingTemplates())
    assert meeting_templates(desk.store).items == ()  # an emptied list stays empty


def test_a_list_of_another_version_does_no_harm(desk: Desk) -> None:
    change_setting(desk.store, TEMPLATES_SETTING, '{"other": 1}')
    assert meeting_templates(desk.store) == shipped_templates()
