"""A month that came back: its remarks stand on the pages at their records, in the sheet at their cells."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, introduce, receive
from tests.operations.exchange.months import MONTH, make_ready, vault_of
from tests.ui.conftest import WindowForPages
from tests.ui.keyboard import bring_up, press
from tests.ui.tallies.months import stored

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.operations.exchange.judge import RemarkDraft, return_report
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.operations.tallies import withdraw_nil_returns
from jindu_desk.queries.exchange.places import report_places
from jindu_desk.queries.units import units_below
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.desk.page import DeskPage
from jindu_desk.ui.meetings.page import MeetingsPage
from jindu_desk.ui.tallies.page import TalliesPage

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

CELL, VILLAGE = "漏填上月转入的两人", "零报告请再核实"


@pytest.fixture
def villages(desk: Desk) -> tuple[str, ...]:
    return tuple(unit.id for unit in units_below(desk.store, desk.unit.unit.id, MONTH))


@pytest.fixture
def came_back(
    desk: Desk, make_desk: Callable[[str, str], Desk], villages: tuple[str, ...], tmp_path: Path, clock: Clock
) -> Desk:
    """The township, its October returned with remarks on a cell, a village and the meeting."""
    district = make_desk("district", "320411000000")
    introduce(district, desk, tmp_path)
    make_ready(desk, MONTH)
    sent = report_month(desk.store, vault_of(desk), desk.paths, MONTH, tmp_path)
    (result,) = receive(district, sent.path)
    received = str(result.received_id)
    meeting = next(
        place for place in report_places(district.store, district.paths, received) if place.place is RemarkPlace.MEETING
    )
    remarks = [
        RemarkDraft(CELL, RemarkPlace.CELL, villages[2], "E01"),
        RemarkDraft(VILLAGE, RemarkPlace.VILLAGE, villages[1]),
        RemarkDraft("缺席两人没有注明原因", RemarkPlace.MEETING, record=meeting.record),
    ]
    return_report(district.store, district.paths, received, "请逐处核对", remarks)
    clock.advance(hours=1)
    receive(desk, answer(district, [desk], tmp_path)[0].path)
    return desk


def test_the_sheet_marks_cell_and_row_and_leads_there(
    office: WindowForPages, came_back: Desk, villages: tuple[str, ...]
) -> None:
    page = office.show(TalliesPage)
    office.settle()
    assert page.returned.isVisibleTo(page)
    said = page.returned.said.text()
    assert "被新北区退回：请逐处核对" in said
    assert "台账 2 处" in said
    model = page.pane.model
    assert [(row.level, row.sentence) for row in page.findings.rows[:2]] == [("退回", CELL), ("退回", VILLAGE)]
    page._lead_to(*page.findings.rows[0].place)
    assert page.pane.place == (villages[2], "E01")
    index = page.pane.view.currentIndex()
    assert CELL in str(model.data(index, Qt.ItemDataRole.ToolTipRole))
    assert CELL in str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))
    assert CELL in page.panel.returned
    head = str(model.headerData(1, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole))
    assert VILLAGE in head
    other = str(model.headerData(3, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole))
    assert "退回" not in other
    page._lead_to(*page.findings.rows[1].place)
    assert page.pane.place is not None
    assert page.pane.place[0] == villages[1]
    assert VILLAGE in page.panel.returned
    tabs = page.pane.tabs
    marked = [n for n in range(tabs.count()) if "退回" in tabs.tabToolTip(n)]
    assert len(marked) == 1


def test_only_the_block_with_the_cell_lists_it(office: WindowForPages, came_back: Desk) -> None:
    page = office.show(TalliesPage)
    office.settle()
    page.pane.tabs.show_code("A")
    page.findings._only_block.setChecked(True)
    assert [row.sentence for row in page.findings.rows if row.returned] == [VILLAGE]
    page.pane.tabs.show_code("E")
    assert [row.sentence for row in page.findings.rows if row.returned] == [CELL, VILLAGE]


def test_the_correction_takes_the_remarks_away(
    office: WindowForPages, came_back: Desk, tmp_path: Path, clock: Clock
) -> None:
    page = office.show(TalliesPage)
    office.settle()
    clock.advance(hours=1)
    report_month(came_back.store, vault_of(came_back), came_back.paths, MONTH, tmp_path)
    page.refresh()
    office.settle()
    assert not page.returned.isVisibleTo(page)
    assert not any(row.returned for row in page.findings.rows)
    assert page.panel.returned == ""


def test_the_meetings_page_names_the_meeting_and_leads_to_the_sheet(
    office: WindowForPages, came_back: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.show(MeetingsPage)
    office.settle()
    (link,) = page.returned.links
    assert "缺席两人没有注明原因" in link
    went: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **where: went.append((key, where)))
    buttons = {button.accessibleName(): button for button in page.returned.findChildren(QPushButton)}
    buttons["去看台账的 2 处退回意见"].click()
    buttons[link].click()
    assert [key for key, _ in went] == ["tallies", "meetings"]
    assert went[0][1]["item"] == "E01"


def test_a_month_that_did_not_come_back_has_no_banner(office: WindowForPages, came_back: Desk) -> None:
    page = office.show(MeetingsPage)
    office.shell.choose_month(MONTH.next)
    page.show_month(MONTH.next)
    office.settle()
    assert not page.returned.isVisibleTo(page)


def test_the_desk_has_what_came_back_first_and_leads_to_the_sheet(
    office: WindowForPages, came_back: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = office.show(DeskPage)
    office.settle()
    assert page.board is not None
    (line,) = page.board.returned.lines
    assert line.said == "2026年10月第 1 号上报被退回，3 处具体意见"
    assert "请逐处核对" in line.more
    card = page.board.cards[3]
    assert card.chip.word == "被退回"
    assert "照意见改正" in card.sentence.text()
    rows = page.board.came.rows
    assert [row.what for row in rows] == ["回执", "指令"]
    assert [row.verdict for row in rows] == ["已采用", "已采用"]
    assert "\n" not in rows[0].said
    assert "被退回" in rows[0].more
    went: list[str] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **_where: went.append(key))
    page.board.returned.findChildren(QPushButton)[0].click()
    assert went == ["tallies"]
    assert office.shell.month == MONTH


def test_figures_are_typed_on_in_a_returned_month(
    office: WindowForPages, came_back: Desk, villages: tuple[str, ...], qtbot: QtBot
) -> None:
    withdraw_nil_returns(came_back.store, came_back.unit.unit.id, villages[2:5], MONTH)
    page = office.show(TalliesPage)
    bring_up(office, qtbot)
    page.findings.fold(False)
    state = page.work.state
    assert state is not None
    code = next(item.code for item in state.items(state.catalogue.block("A")) if state.is_open(villages[2], item))
    page._lead_to(villages[2], code)
    for figure in "123":
        press(f"{figure}⏎")
        office.settle()
        assert QApplication.focusWidget() is page.pane.view
    assert [stored(came_back, unit, code, MONTH) for unit in villages[2:5]] == [1, 2, 3]


def is_folded(page: TalliesPage) -> bool:
    return page.findings.is_folded


def test_the_list_is_unfolded_for_what_came_back_and_the_banner_says_where_it_is(
    office: WindowForPages, came_back: Desk, qtbot: QtBot
) -> None:
    office.window.resize(1366, 700)  # no room for the list, but for what came back
    page = office.show(TalliesPage)
    bring_up(office, qtbot)
    assert not is_folded(page)
    assert "列在下面审核的最前面" in page.returned.said.text()
    page.findings.fold(True)
    assert "点下面的“审核”展开来看" in page.returned.said.text()
    page.refresh()
    office.settle()
    assert is_folded(page)  # the user's own wish stands
    chip = next(chip for chip in page.findings.findChildren(StateChip) if chip.word == "退回意见 2")
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert not is_folded(page)
    page.findings._only_block.setChecked(True)
    page.pane.tabs.show_code("A")
    assert "其中本组 1 处" in page.returned.said.text()
    page.findings.fold(True)
    word = next(button for button in page.findings.findChildren(QToolButton) if button.text() == "审核")
    QTest.mouseClick(word, Qt.MouseButton.LeftButton)
    assert not is_folded(page)


def test_what_was_returned_first_is_where_one_begins(
    office: WindowForPages, came_back: Desk, villages: tuple[str, ...]
) -> None:
    page = office.show(TalliesPage)
    office.settle()
    page.findings.fold(True)
    page.open_at(returned=True)
    office.settle()
    assert page.pane.place == (villages[2], "E01")
    assert not page.findings.is_folded
    page.pane.jump(villages[0], "P01")
    page.refresh()
    office.settle()
    assert page.pane.place == (villages[0], "P01")  # only once
