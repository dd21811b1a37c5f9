"""Finding a village, the sheet larger or smaller, items out of sight, and where Enter goes at the end of a column."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import OCTOBER, fill_month, stored, villages_of
from tests.ui.tallies.test_page import keys, shown

from jindu_desk.app.desk import Desk
from jindu_desk.domain.tallies.cells import BLANK
from jindu_desk.operations.units import rename_unit
from jindu_desk.ui.tallies.page import TalliesPage
from jindu_desk.ui.tallies.village_finder import Findable, matching


@pytest.fixture
def page(office: WindowForPages) -> TalliesPage:
    return shown(office)


def press(page: TalliesPage, key: Qt.Key) -> None:
    QTest.keyClick(page.pane.view, key, Qt.KeyboardModifier.ControlModifier)


UNITS = (Findable("a", "前桥村", "qqc"), Findable("b", "桥东村", "qdc"), Findable("c", "奥园社区", "aysq"))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", "abc"), ("q", "ab"), ("qd", "b"), ("QD", "b"), ("桥", "ba"), ("y", "c"), ("sq", ""), ("没有", "")],
)
def test_matching(typed: str, found: str) -> None:
    assert "".join(unit.unit_id for unit in matching(UNITS, typed)) == found


def test_a_village_is_found_by_its_initials(page: TalliesPage, desk: Desk) -> None:
    state = page.work.state
    assert state is not None
    wanted = state.found.villages[6]
    page.pane.jump(villages_of(desk)[0], "E02")
    press(page, Qt.Key.Key_F)
    finder = page.pane.finder
    assert finder.isVisible()
    QTest.keyClicks(finder.line, wanted.initials)
    while finder.list.currentItem().data(Qt.ItemDataRole.UserRole) != wanted.id:
        row = finder.list.currentRow()
        QTest.keyClick(finder.line, Qt.Key.Key_Down)
        assert finder.list.currentRow() == row + 1
    QTest.keyClick(finder.line, Qt.Key.Key_Return)
    assert not finder.isVisible()
    assert page.pane.place == (wanted.id, "E02")


def test_esc_puts_the_finder_away_and_typing_goes_on(page: TalliesPage, desk: Desk) -> None:
    page.pane.jump(villages_of(desk)[0], "E02")
    press(page, Qt.Key.Key_F)
    QTest.keyClicks(page.pane.finder.line, "zzzz")
    QTest.keyClick(page.pane.finder.line, Qt.Key.Key_Return)  # nothing found: nothing happens
    assert page.pane.finder.isVisible()
    QTest.keyClick(page.pane.finder.line, Qt.Key.Key_Escape)
    assert not page.pane.finder.isVisible()
    assert page.pane.view.hasFocus()
    assert page.pane.place == (villages_of(desk)[0], "E02")


def test_the_size_of_the_sheet_is_remembered(page: TalliesPage, office: WindowForPages) -> None:
    view = page.pane.view
    width, height = view.columnWidth(0), view.verticalHeader().defaultSectionSize()
    names = view.verticalHeader().viewport()  # they are painted in its font
    size = names.font().pointSizeF()
    press(page, Qt.Key.Key_Equal)
    press(page, Qt.Key.Key_Equal)
    assert page.pane.look.zoom == 125
    assert view.columnWidth(0) > width
    assert names.font().pointSizeF() == size * 1.25
    assert view.verticalHeader().defaultSectionSize() > height
    assert page.pane.totals.columnWidth(0) == view.columnWidth(0)
    assert TalliesPage(office.shell).pane.look.zoom == 125
    for _ in range(20):
        press(page, Qt.Key.Key_Minus)
    assert page.pane.look.zoom == 80
    assert view.verticalHeader().defaultSectionSize() < height


def test_a_very_long_name_leaves_room_for_the_figures(office: WindowForPages, desk: Desk) -> None:
    rename_unit(desk.store, villages_of(desk)[0], OCTOBER, name="奥园社区" * 15)
    view = shown(office).pane.view
    assert view.verticalHeader().width() < view.width() / 3
    assert view.verticalHeader().textElideMode() == Qt.TextElideMode.ElideRight


def test_an_item_out_of_sight_stays_so_and_comes_back(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    hide = next(entry for entry in page.actions_of_sheet.menu().actions() if entry.text() == "隐藏这一项")
    hide.trigger()
    view, model = page.pane.view, page.pane.model
    column = model.index_of(first, "E01").column()
    assert view.isColumnHidden(column)
    assert page.pane.totals.isColumnHidden(column)
    assert "隐藏了 1 项" in page.pane.legend.text()
    assert page.pane.place != (first, "E01")
    assert TalliesPage(office.shell).pane.look.hidden == {"E01"}
    page.pane.jump(first, "E01")  # whoever is led there sees it
    assert not view.isColumnHidden(column)
    assert page.pane.place == (first, "E01")


def test_nobody_comes_to_stand_where_nothing_is_seen(page: TalliesPage, desk: Desk) -> None:
    last = villages_of(desk)[-1]
    page.pane.jump(last, "E03")  # the end of the block: there is no cell to the right
    page.pane.hide_item("E03")
    assert page.pane.place == (last, "E01")
    page.pane.hide_item("E01")
    assert page.pane.place == (last, "E02")
    page.pane.jump(last, "F02")
    page.pane.tabs.show_code("E")  # begins at the first item that is seen
    assert page.pane.place == (last, "E02")


def test_the_last_item_of_a_block_stays_in_sight(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    page.pane.jump(villages_of(desk)[0], "E01")
    bases = [item.base for item in page.pane.model.items]
    assert [page.pane.hide_item(base) for base in bases] == [True] * (len(bases) - 1) + [False]
    assert page.pane.hidden_here == set(bases[:-1])


def test_enter_goes_on_at_the_top_of_the_next_item(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    villages = villages_of(desk)
    page.pane.jump(villages[-1], "E01")
    keys(page, "4⏎")
    assert page.pane.place == (villages[0], "E02")
    office.settle()
    assert stored(desk, villages[-1], "E01") == 4
    page.pane.jump(villages[-1], "E03")
    keys(page, "⏎")  # the last cell of the block
    assert page.pane.tabs.block is not None
    assert page.pane.tabs.block.code == "F"
    page.pane.jump(villages[-1], "E02")
    QTest.keyClick(page.pane.view, Qt.Key.Key_Down)  # an arrow stays where it is
    assert page.pane.place == (villages[-1], "E02")


def test_the_panel_shows_the_same_month_of_last_year(office: WindowForPages, desk: Desk) -> None:
    last_year = OCTOBER.plus(-12)
    fill_month(desk, last_year)
    page = shown(office)
    first = villages_of(desk)[0]
    page.pane.jump(first, "L01")
    assert stored(desk, first, "L01", last_year) is not BLANK
    page.following.ask_trend()
    office.settle()
    assert page.panel.year_ago == str(stored(desk, first, "L01", last_year))
