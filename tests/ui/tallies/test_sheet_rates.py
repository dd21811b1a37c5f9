"""台账: a township's own rates, by village, in place of the sheet and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import OCTOBER, villages_of

from jindu_desk.app.desk import Desk
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.units import units_below
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.tallies.page import TalliesPage


@pytest.fixture
def page(desk: Desk, office: WindowForPages) -> TalliesPage:
    """The sheet of 薛家镇, where 1 of 4 was dealt with in one village and 2 of 2 in another."""
    figures = zip(villages_of(desk), ((4, 1), (2, 2)), strict=False)
    edits = [CellEdit(unit, item, n) for unit, pair in figures for item, n in zip(("G01", "G02"), pair, strict=True)]
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, edits)
    office.window.resize(1366, 768)
    office.window.show_pages()
    office.window.take_screens([spec for spec in SCREENS if spec.key == "tallies"])
    office.shell.go("tallies")
    office.window.show()
    office.settle()
    page = office.window.pages.page("tallies")
    assert isinstance(page, TalliesPage)
    return page


def choose(page: TalliesPage, label: str) -> None:
    """An entry of the … menu."""
    more = next(each for each in page.findChildren(QToolButton) if each.accessibleName() == "更多操作")
    next(entry for entry in more.menu().actions() if entry.text() == label).trigger()


def test_its_villages_and_no_tiers_to_choose(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    choose(page, "比率分析")
    office.settle()
    view = page.rates.view
    assert view.isVisible()
    row = next(n for n, line in enumerate(view.model.rows) if line.rate.code == "police_action")
    view.list.selectRow(row)
    assert "分子 3，分母 6" in view.detail.figures.text()
    assert not view.detail.tier.isVisible()
    first = units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    told = [view.detail.pulls.index(0, column).data() for column in range(3)]
    assert told == [first.name, "25.00%\u2002(1/4)", "差 1.00"]
    assert "合计比率 50.00%（没有定目标）" in view.detail.measure.text()


def test_the_sheets_actions_wait_until_one_is_back(page: TalliesPage, office: WindowForPages, qtbot: QtBot) -> None:
    choose(page, "比率分析")
    office.settle()
    with pytest.raises(KeyError):
        page.button("其余填 0")
    QTest.keyClick(page.rates.view.list, Qt.Key.Key_Escape)
    office.settle()
    assert not page.rates.view.isVisible()
    assert page.pane.view.isVisible()
    qtbot.waitUntil(page.button("其余填 0").isVisible)


def test_a_village_leads_back_to_its_cell(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    choose(page, "比率分析")
    office.settle()
    view = page.rates.view
    row = next(n for n, line in enumerate(view.model.rows) if line.rate.code == "police_action")
    view.list.selectRow(row)
    view.detail.pulls_view.setFocus()
    view.detail.pulls_view.setCurrentIndex(view.detail.pulls.index(0, 0))
    QTest.keyClick(view.detail.pulls_view, Qt.Key.Key_Return)
    office.settle()
    assert page.pane.view.isVisible()
    assert page.pane.place == (villages_of(desk)[0], "G02")


def test_another_month_is_shown_there_too(page: TalliesPage, office: WindowForPages) -> None:
    choose(page, "比率分析")
    office.settle()
    office.shell.choose_month(OCTOBER.previous)
    office.settle()
    view = page.rates.view
    assert view.isVisible()
    assert view.analysis is not None
    assert view.analysis.month == OCTOBER.previous
    assert {line.month.text for line in view.model.rows} == {"—"}
