"""The desk shows the month in four cards, what is due, and leads to where the work is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.operations.exchange.months import fill_own_row, make_ready
from tests.operations.meeting_forms import prepared

from jindu_desk.domain.months import Month
from jindu_desk.operations.meetings import draft_key
from jindu_desk.operations.settings import keep_draft
from jindu_desk.operations.tallies import CellEdit, declare_nil_return, set_cells
from jindu_desk.queries.units import units_below
from jindu_desk.ui.desk.board import DeskBoard
from jindu_desk.ui.desk.page import DeskPage
from jindu_desk.ui.month_state import month_state

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


def shown(office: WindowForPages) -> DeskBoard:
    board = office.show(DeskPage).board
    assert board is not None
    return board


def test_an_empty_month_says_what_to_do_first(office: WindowForPages) -> None:
    page = shown(office)
    meeting, tally, money, report = page.cards
    assert meeting.figure.text() == "—"
    assert meeting.button.text() == "准备例会"
    assert tally.figure.text().startswith("0/15")
    assert (tally.chip.word, tally.button.text()) == ("未开始", "开始填写")
    assert money.button.text() == "编制预算"
    assert "例会纪要" in report.sentence.text()
    assert page.duties.rows


def test_a_ready_month_leads_to_the_report(office: WindowForPages, desk: Desk) -> None:
    make_ready(desk, OCTOBER)
    page = shown(office)
    meeting, tally, _money, report = page.cards
    assert meeting.figure.text().startswith("16/16")
    assert "纪要已签发" in meeting.sentence.text()
    assert tally.figure.text().startswith("15/15")
    assert "材料已齐" in report.sentence.text()


def test_own_row_is_no_village_in_any_word(office: WindowForPages, desk: Desk) -> None:
    township = desk.unit.unit.id
    for village in units_below(desk.store, township, OCTOBER):
        declare_nil_return(desk.store, township, village.id, OCTOBER, declared_by="测试丙")
    _meeting, tally, _money, report = shown(office).cards
    assert tally.figure.text().startswith("15/15")
    assert "还差本单位的队伍人数" in tally.sentence.text()
    assert tally.chip.word == "填写中"
    assert report.sentence.text() == "还差 本单位的队伍人数、例会纪要。"
    assert month_state(desk, OCTOBER).chips[0] == ("已填 15/15", "due")
    fill_own_row(desk, OCTOBER)
    assert month_state(desk, OCTOBER).chips[0] == ("已填 15/15", "done")


@pytest.mark.parametrize(("number", "screen"), [(0, "meetings"), (1, "tallies"), (2, "expenses"), (3, "report")])
def test_a_card_leads_to_its_page(
    office: WindowForPages, number: int, screen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **_where: went.append(key))
    shown(office).cards[number].button.click()
    assert went == [screen]


def test_a_duty_leads_to_where_it_is_done(office: WindowForPages, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **_where: went.append(key))
    page = shown(office)
    row = next(n for n, duty in enumerate(page.duties.rows) if duty.screen == "meetings")
    page.duties_view.activated.emit(page.duties.index(row, 0))
    assert went == ["meetings"]


def test_a_single_figure_is_a_beginning(office: WindowForPages, desk: Desk) -> None:
    village = units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    edit = CellEdit(village.id, "D03.J", 1)
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [edit])
    assert shown(office).cards[1].chip.word == "填写中"


def test_what_is_not_saved_is_named_and_led_to(
    office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = shown(office)
    assert not board.kept.isVisibleTo(board)
    meeting = prepared(desk, OCTOBER)
    keep_draft(desk.store, draft_key(meeting.id), "{}")
    keep_draft(desk.store, "expenses.entry", "{}")
    page = office.window.pages.page("page")
    assert isinstance(page, DeskPage)
    office.window.show()
    office.settle()
    assert [link.text() for link in board.kept.links] == ["会议（2026年10月）", "经费支出"]
    went: list[str] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **_where: went.append(key))
    board.kept.links[0].click()
    assert went == ["meetings"]


def test_the_district_sees_what_it_must_collect(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    page = shown(window_for(make_desk("district", "320411000000")))
    receive, totals, missing, deadline = page.cards
    assert receive.button.text() == "接收数据包"
    assert totals.figure.text() == "—"
    assert missing.figure.text().startswith("10") or "缺报" in missing.figure.text()
    assert "第十三条" in deadline.sentence.text()


def test_the_context_bar_says_the_same(desk: Desk) -> None:
    prepared(desk, OCTOBER)
    state = month_state(desk, OCTOBER)
    assert [word for word, _kind in state.chips] == ["已填 0/15", "例会筹备中", "未上报"]
    assert state.deadline == "截止 11-05"
    assert state.last_backup == "还没有备份"
    make_ready(desk, OCTOBER.previous)
    desk.back_up("by-hand")
    state = month_state(desk, OCTOBER.previous)
    assert [word for word, _kind in state.chips] == ["已填 15/15", "纪要已签发", "未上报"]
    assert state.deadline.startswith("截止 10-05，已过")
    assert state.last_backup.startswith("上次备份 10-28")
