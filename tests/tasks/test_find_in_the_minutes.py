"""Searching, following up and recurring items, through the real window."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.operations.meeting_forms import NOVEMBER, OCTOBER, SEPTEMBER, prepared, signed
from tests.ui.keyboard import bring_up, press

from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meeting_drafts import AgendaDraft, DecisionDraft, FollowUpDraft
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.operations.meeting_decisions import record_step
from jindu_desk.operations.meetings import attach_to_meeting
from jindu_desk.queries.decisions import decision_board
from jindu_desk.queries.meeting_templates import meeting_templates
from jindu_desk.reports.typesetting.preview import page_sizes, page_text
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.meetings.views import View
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
STATE = DecisionState


@pytest.fixture
def page(office: WindowForPages, desk: Desk, qtbot: QtBot, tmp_path: Path) -> MeetingsPage:
    """September and October signed off: of September's two decisions one is done, the other overdue."""
    whole = signed(
        desk,
        SEPTEMBER,
        agenda=(AgendaDraft(title="通报情况", said="要求做好 autumn patrol 工作。"),),
        decisions=(
            DecisionDraft(matter="开展踏查", lead_unit="农业农村局", person="测试丁", deadline=date(2026, 10, 10)),
            DecisionDraft(matter="上一堂课", lead_unit="中心小学", person="测试己", deadline=date(2026, 10, 31)),
        ),
    )
    scan = tmp_path / "sign-in sheet.pdf"
    scan.write_bytes(b"%PDF-1.4")
    attach_to_meeting(desk.store, desk.paths, whole.id, scan)
    patrol, lesson = (each.id for each in whole.draft.decisions)
    assert patrol is not None
    assert lesson is not None
    signed(
        desk,
        OCTOBER,
        follow_ups=(
            FollowUpDraft(decision_id=patrol, state=STATE.IN_PROGRESS, note="走了一半"),
            FollowUpDraft(decision_id=lesson, state=STATE.DONE, approved_by="测试甲"),
        ),
        decisions=(),
    )
    record_step(desk.store, patrol, Step(date(2026, 10, 25), STATE.COMPLETION_REQUESTED, note="全部走完"))
    office.window.take_screens([spec for spec in SCREENS if spec.key == "meetings"])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.shell.go("meetings")
    bring_up(office, qtbot)
    found = office.window.pages.page("meetings")
    assert isinstance(found, MeetingsPage)
    found.record.form.finish()
    return found


def look_for(office: WindowForPages, page: MeetingsPage, qtbot: QtBot, text: str) -> None:
    """Ctrl+F, type, Enter."""
    qtbot.waitUntil(office.window.isActiveWindow)
    QTest.keyClick(office.window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert page.views.current is View.SEARCH
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.search.line.editor)
    page.search.line.editor.clear()
    press(f"{text}⏎")
    office.settle()


def test_what_was_said_is_found_and_gone_to(office: WindowForPages, page: MeetingsPage, qtbot: QtBot) -> None:
    look_for(office, page, qtbot, "PATROL")
    (hit,) = page.search.model.rows
    assert (hit.hit, hit.before) == ("patrol", "要求做好 autumn ")
    assert "1 次会议、1 处" in page.search.summary.text()
    press("⏎")
    assert page.search.view.hasFocus()
    press("⏎")
    office.settle()
    qtbot.waitUntil(lambda: office.shell.month == SEPTEMBER and page.record.whole is not None)
    office.settle()
    said = page.record.form.agenda.items.forms[0].said
    qtbot.waitUntil(said.editor.hasFocus)
    assert page.views.current is View.RECORDS


def test_a_decision_that_is_closed_is_found_on_the_board(
    office: WindowForPages, page: MeetingsPage, qtbot: QtBot
) -> None:
    page.search.line.editor.setText("一堂课")
    page.search.ask()
    office.settle()
    page.search.view.activated.emit(page.search.model.index(0, 0))
    office.settle()
    assert page.views.current is View.BOARD
    assert page.board.detail._row is not None
    assert page.board.detail._row.matter == "上一堂课"
    assert page.board.filter.state.currentText() == "全部"


def test_an_attachment_and_an_attendee_lead_to_their_places(office: WindowForPages, page: MeetingsPage) -> None:
    for text, place in (("sign-in", page.record.form.attachments.list), ("玉龙", page.record.form.attendance.view)):
        page.views.turn_to(View.SEARCH)
        page.search.line.editor.setText(text)
        page.search.ask()
        office.settle()
        page.search.view.activated.emit(page.search.model.index(page.search.model.rowCount() - 1, 0))
        office.settle()
        page.record.form.finish()
        assert page.views.current is View.RECORDS
        assert office.window.focusWidget() is place


def test_a_late_answer_to_an_earlier_word_is_not_shown(office: WindowForPages, page: MeetingsPage) -> None:
    page.search.line.editor.setText("踏查")
    page.search.ask()
    page.search.line.editor.setText("没有这样的词")
    office.settle()
    assert page.search.model.rows == ()
    page.search.ask()
    office.settle()
    assert "没有找到" in page.search.summary.text()


def test_the_board_is_narrowed_by_state_unit_and_delay(page: MeetingsPage) -> None:
    page.views.turn_to(View.BOARD)
    board = page.board
    assert [row.matter for row in board.shown] == ["开展踏查"]
    assert board.filter.count.text() == "1 项，逾期 1 项"
    board.filter.state.setCurrentIndex(board.filter.state.findText("全部"))
    assert [row.matter for row in board.shown] == ["开展踏查", "上一堂课"]
    board.filter.unit.setCurrentIndex(board.filter.unit.findText("中心小学"))
    assert [row.matter for row in board.shown] == ["上一堂课"]
    board.filter.overdue.setChecked(True)
    assert [row.matter for row in board.shown] == []
    assert board._stack.currentIndex() == 2
    board.filter.unit.setCurrentIndex(0)
    assert [row.matter for row in board.shown] == ["开展踏查"]


def test_the_history_names_every_step_and_leads_to_its_meeting(office: WindowForPages, page: MeetingsPage) -> None:
    page.views.turn_to(View.BOARD)
    history = page.board.detail.history
    told = [(row.month, row.step.state, row.step.note) for row in history.model.rows]
    assert told == [
        ("", STATE.COMPLETION_REQUESTED, "全部走完"),
        ("2026-10", STATE.IN_PROGRESS, "走了一半"),
        ("2026-09", STATE.NOT_STARTED, ""),
    ]
    history.view.activated.emit(history.model.index(2, 0))
    office.settle()
    assert office.shell.month == SEPTEMBER
    assert page.views.current is View.RECORDS


def test_a_state_is_changed_from_the_board(office: WindowForPages, page: MeetingsPage, desk: Desk) -> None:
    page.views.turn_to(View.BOARD)
    detail = page.board.detail
    box = detail.state.editor
    assert {box.itemText(at) for at in range(box.count())} == {"已办结", "进行中", "延期"}  # cancelling needs a meeting
    box.setCurrentIndex(box.findText("已办结"))
    detail.save.click()
    office.settle()
    assert "签发" in office.said or "批准" in office.said
    detail.approved_by.editor.setEditText("测试甲")  # type: ignore[attr-defined]
    detail.save.click()
    office.settle()
    assert decision_board(desk.store, desk.unit.unit.id) == ()
    assert page.board.shown == ()
    assert page.views.tabs[View.BOARD].text() == "督办清单"


def test_the_list_as_it_is_shown_goes_on_paper(office: WindowForPages, page: MeetingsPage, qtbot: QtBot) -> None:
    page.views.turn_to(View.BOARD)
    page.button("预览清单").click()
    office.settle()
    paper = page.preview.paper
    assert paper is not None
    text = "".join("".join(page_text(paper.content, at) for at in range(len(page_sizes(paper.content)))).split())
    for word in (
        "督办清单",
        "截至2026年10月28日",
        "未办结的",
        "共1项，其中逾期1项",
        "开展踏查",
        "逾期18天",
        "全部走完",
    ):
        assert word in text, word
    assert "上一堂课" not in text
    page.preview.left.emit()
    assert page.views.current is View.BOARD


@pytest.fixture
def writing(office: WindowForPages, page: MeetingsPage, desk: Desk) -> MeetingsPage:
    """November's meeting in preparation."""
    prepared(desk, NOVEMBER)
    office.shell.choose_month(Month(2026, 11))
    office.settle()
    page.record.form.finish()
    return page


def test_standing_items_go_into_a_new_meeting_with_one_action(
    office: WindowForPages, writing: MeetingsPage, qtbot: QtBot
) -> None:
    before = writing.record.draft()
    assert before is not None
    writing.putter.put_standing()
    office.settle()
    after = writing.record.draft()
    assert after is not None
    assert [item.title for item in after.agenda[len(before.agenda) :]] == [
        "学习上级有关文件和会议精神",
        "各村（社区）汇报11月份工作情况",
    ]
    assert office.said.startswith("已加入 2 条")
    writing.putter.put_standing()
    assert "都有了" in office.said
    assert writing.record.draft() == after


def test_a_template_is_written_kept_and_put_in_alone(office: WindowForPages, writing: MeetingsPage, desk: Desk) -> None:
    writing.views.turn_to(View.TEMPLATES)
    view, card = writing.templates, writing.templates.editor
    view.add.click()
    card.kind.editor.setCurrentIndex(card.kind.editor.findText("议定事项"))
    card.save.click()
    assert card.title_field.error
    card.title_field.editor.setText("每月踏查")  # type: ignore[attr-defined]
    card.text_field.editor.setPlainText("{月}月底前完成踏查。")  # type: ignore[attr-defined]
    card.lead_unit.editor.setText("农业农村局")  # type: ignore[attr-defined]
    card.days.editor.setText("400")
    card.save.click()
    assert card.days.error
    card.days.editor.setText("10")
    card.standing.setChecked(False)
    card.save.click()
    office.settle()
    kept = meeting_templates(desk.store).items[-1]
    assert (kept.title, kept.days, kept.standing) == ("每月踏查", 10, False)
    card.put.click()
    office.settle()
    draft = writing.record.draft()
    assert draft is not None
    assert [(each.matter, each.lead_unit, each.deadline) for each in draft.decisions] == [
        ("11月底前完成踏查。", "农业农村局", date(2026, 11, 11))
    ]
    view.up.click()
    office.settle()
    assert meeting_templates(desk.store).items[-2] == kept
    view.ask = lambda _question: False
    view.away.click()
    office.settle()
    assert kept in meeting_templates(desk.store).items
    view.ask = lambda _question: True
    view.away.click()
    office.settle()
    assert kept not in meeting_templates(desk.store).items


def test_a_template_that_nobody_saved_is_kept_when_it_is_left(
    office: WindowForPages, writing: MeetingsPage, desk: Desk
) -> None:
    writing.views.turn_to(View.TEMPLATES)
    view, card = writing.templates, writing.templates.editor
    card.text_field.editor.setPlainText("改过的话")  # type: ignore[attr-defined]
    view.view.selectRow(2)
    office.settle()
    assert meeting_templates(desk.store).items[0].text == "改过的话"
    assert card.template_id == meeting_templates(desk.store).items[2].id
    view.add.click()
    card.title_field.editor.setText("新的一条")  # type: ignore[attr-defined]
    writing.views.turn_to(View.RECORDS)
    office.settle()
    assert meeting_templates(desk.store).items[-1].title == "新的一条"


def test_a_template_keeps_no_phone_number(office: WindowForPages, writing: MeetingsPage, desk: Desk) -> None:
    before = meeting_templates(desk.store)
    writing.views.turn_to(View.TEMPLATES)
    card = writing.templates.editor
    card.text_field.editor.setPlainText("请拨 13800138000")  # type: ignore[attr-defined]
    card.save.click()
    office.settle()
    assert "手机号" in card.text_field.error
    assert meeting_templates(desk.store) == before


def test_opening_words_that_were_typed_stay(office: WindowForPages, writing: MeetingsPage, desk: Desk) -> None:
    opening = writing.record.form.head.opening
    opening.editor.setPlainText("自己写的概况")  # type: ignore[attr-defined]
    shipped = meeting_templates(desk.store).items
    everything = [each.model_copy(update={"standing": True}) for each in shipped]
    writing.putter.templates = meeting_templates(desk.store).model_copy(update={"items": tuple(everything)})
    writing.putter.put_standing()
    assert "会议概况已写过" in office.said
    assert opening.value() == "自己写的概况"
    writing.putter.put_one(everything[0])
    writing.record.form.finish()
    assert opening.value().startswith("薛家镇召开2026年11月禁毒工作月协调例会")
