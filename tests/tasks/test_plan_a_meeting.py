"""The officer plans the minutes of October's meeting and is told in the meeting how it stands to the plan."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, prepared, signed

from jindu_desk.domain.meeting_templates import MeetingTemplate, MeetingTemplates, TemplateKind
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.meetings.templates_view import TemplatesView
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.conftest import Clock
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def page(office: WindowForPages, desk: Desk) -> MeetingsPage:
    """October's meeting prepared, with one decision of September's open and two items."""
    signed(desk, SEPTEMBER)
    prepared(desk, OCTOBER)
    office.window.take_screens([spec for spec in SCREENS if spec.key == "meetings"])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.window.show()
    office.shell.go("meetings")
    office.settle()
    found = office.window.pages.page("meetings")
    assert isinstance(found, MeetingsPage)
    found.record.form.finish()
    return found


def test_a_plan_from_the_form_into_the_meeting(
    office: WindowForPages, page: MeetingsPage, desk: Desk, clock: Clock
) -> None:
    form = page.record.form
    agenda = form.agenda
    first, second = agenda.items.forms
    assert agenda.planned.isHidden()
    QTest.keyClicks(agenda.earlier.editor, "10")
    first.planned.editor.setText("１5")  # a full-width digit is one
    assert agenda.planned.text() == "已计划 25 分钟，另有 1 项没有计划。"
    assert clock.now == datetime(2026, 10, 28, 9, 30)
    form.head.day.editor.set_value(clock.now.date())
    QTest.keyClicks(form.head.start.editor, "9:30")
    form.look_for_gaps()  # typing rests

    # What is no plan is told at its field, and not saved.
    QTest.keyClicks(second.planned.editor, "300")
    assert second.planned.error
    assert second.planned.editor.accessibleDescription() == second.planned.error
    page.button("保存").click()
    office.settle()
    assert page.record.whole is not None
    assert meeting_whole(desk.store, page.record.whole.id).draft.agenda_plan == (None, None)
    QTest.keyClick(second.planned.editor, Qt.Key.Key_Backspace)
    assert not second.planned.error
    assert agenda.planned.text() == "计划合计 55 分钟，预计 10:25 结束。"
    QTest.keyClicks(form.head.end.editor, "10:00")
    form.look_for_gaps()
    assert agenda.planned.text().endswith("预计 10:25 结束。填写的结束时间是 10:00，排不下。")
    form.head.end.editor.clear()
    form.look_for_gaps()
    page.button("保存").click()
    office.settle()
    assert meeting_whole(desk.store, page.record.whole.id).draft.agenda_plan == (15, 30)

    page.mode.open()
    office.settle()
    mode = page.mode.window
    assert mode is not None
    side = mode.side
    assert side.list.item(0).text().endswith("\n计划 15 分")
    assert side.end.text() == "预计 10:25 结束"
    clock.advance(minutes=10)
    side.go_on()
    clock.advance(minutes=8, seconds=12)
    side.show_times()
    assert side.list.item(0).text().endswith("\n8:12 / 15 分")
    assert (side.over.isHidden(), side.end.text()) == (True, "预计 10:25 结束")
    clock.advance(minutes=9)
    side.show_times()
    assert side.list.item(0).text().endswith("\n17:12 / 15 分，超时 2:12")
    assert "超时 2:12" in side.list.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert (side.over.isHidden(), side.over.text(), side.over.property("role")) == (False, "本项超时 2:12", "due")
    assert side.end.text() == "预计 10:27 结束"
    side.go_on()
    assert side.over.isHidden()
    clock.advance(minutes=5)
    side.go_on()  # the meeting is over, twenty-five minutes early
    assert side.end.isHidden()
    mode.close()
    office.settle()
    form.finish()
    assert form.draft().agenda_plan == (15, 30)


def test_an_agenda_item_that_comes_back_brings_its_plan(qtbot: QtBot) -> None:
    view = TemplatesView()
    qtbot.addWidget(view)
    item = MeetingTemplate(id="a", kind=TemplateKind.AGENDA, title="学习文件", planned=15)
    view.show_templates(MeetingTemplates(items=(item,)), may_put=True)
    card = view.editor
    assert card.planned.editor.text() == "15"
    card.planned.editor.setText("250")
    card.save.click()
    assert view.model.rows == (item,)
    card.planned.editor.setText("20")
    card.save.click()
    assert view.model.rows[0].planned == 20
    card.kind.editor.setCurrentIndex(card.kind.editor.findData(TemplateKind.DECISION))
    card.save.click()
    assert view.model.rows[0].planned is None  # only an item of the agenda has one


def test_a_template_with_a_number_keeps_all_but_the_number(qtbot: QtBot) -> None:
    view = TemplatesView()
    qtbot.addWidget(view)
    item = MeetingTemplate(id="a", kind=TemplateKind.AGENDA, title="学习文件")
    view.show_templates(MeetingTemplates(items=(item,)), may_put=True)
    card = view.editor
    card.text_field.editor.insertPlainText("电话13912345678，会前联系")  # type: ignore[attr-defined]
    card.save.click()
    assert (card.text_field.error != "", view.model.rows[0].text) == (True, "")
    view.flush()  # the list is left
    assert view.model.rows[0].text == "电话（号码不记），会前联系"
