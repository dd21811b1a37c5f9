"""The papers around a meeting, reached from the page: with what stands on the form, in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, prepared, signed
from tests.reports.form_reading import text_of
from tests.ui.meetings.test_meetings_page import shown

from jindu_desk.ui.meetings.papers_menu import PapersMenu

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk


def test_the_menu_prints_what_is_typed_and_says_what_is_missing(office: WindowForPages, desk: Desk) -> None:
    prepared(desk, OCTOBER)
    page = shown(office)
    page.record.form.finish()
    menu = PapersMenu(page.papers, lambda: page.button("文书"), page._show_paper).menu(page.button("文书"))
    papers = {entry.text(): entry for entry in menu.actions()}
    assert list(papers) == ["会议通知", "会议议程", "签到表（空白）", "签到表", "会议记录", "督办单"]
    papers["会议记录"].trigger()
    office.settle()
    assert "还没有召开的记录" in office.said
    page.record.form.head.place.set_value("只在表上的会议室")
    papers["会议通知"].trigger()
    office.settle()
    office.settle()
    paper = page.preview.paper
    assert paper is not None
    assert paper.name == "薛家镇2026年10月-会议通知.pdf"
    assert "只在表上的会议室" in text_of(paper.content)
    assert page.preview.isVisibleTo(page)


def test_the_chosen_decision_of_the_board_has_its_sheet(office: WindowForPages, desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    page = shown(office)
    page.open_at(view="decisions")
    office.settle()
    page.button("打印督办单").click()
    office.settle()
    office.settle()
    paper = page.preview.paper
    assert paper is not None
    assert paper.name == "督办单-薛家镇-2026-09例会第1项.pdf"
    assert "开展秋季踏查" in text_of(paper.content)
