"""What a key paints, and what comes after the sheet stands."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import OCTOBER, fill_month, villages_of
from tests.ui.tallies.test_page import keys, shown

from jindu_desk.app.desk import Desk
from jindu_desk.domain.tallies.checks import evaluate
from jindu_desk.queries.tallies import history, sheet
from jindu_desk.ui.tallies.page import TalliesPage
from jindu_desk.ui.tallies.state import SheetState, judged, judged_by_past

NOVEMBER = OCTOBER.next  # the first that is judged by the months before


class Painted(QObject):
    """The region of a widget that was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.region = QRegion()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's own name
        if isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


@pytest.fixture
def page(office: WindowForPages) -> TalliesPage:
    page = shown(office)
    page.following.catch_up()
    QApplication.processEvents()
    return page


def test_a_figure_paints_its_rows_and_its_sum_alone(page: TalliesPage, desk: Desk) -> None:
    view, totals = page.pane.view, page.pane.totals
    page.pane.jump(villages_of(desk)[2], "E01")
    view.setFocus()
    keys(page, "6⏎")  # the line to type into is made and dressed
    page.following.catch_up()
    for _ in range(9):  # one layout leads to the next
        QApplication.processEvents()
    sheet_painted, head_painted, sums_painted = Painted(), Painted(), Painted()
    view.viewport().installEventFilter(sheet_painted)
    view.horizontalHeader().viewport().installEventFilter(head_painted)
    totals.viewport().installEventFilter(sums_painted)
    place = view.visualRect(view.currentIndex())
    keys(page, "7⏎")
    QApplication.processEvents()
    rows = place.united(view.visualRect(view.currentIndex()))
    seen = sheet_painted.region.boundingRect()
    assert rows.top() <= seen.top() + 1
    assert seen.bottom() <= rows.bottom() + 1
    assert head_painted.region.isEmpty()
    assert sums_painted.region.boundingRect().width() <= place.width() + 1


def test_what_stands_beside_the_sheet_is_right_whenever_it_is_read(page: TalliesPage, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "E01")
    before = page.findings.rows
    keys(page, "7⏎")
    assert page.findings.rows != before  # 还有 … 项未填


def test_the_past_is_judged_after_the_sheet_stands_and_leaves_alone_what_is_typed(desk: Desk) -> None:
    first, second = villages_of(desk)[:2]
    for back in range(5, -1, -1):
        fill_month(desk, NOVEMBER.plus(-back), villages=2)
    found = sheet(desk.store, desk.unit.unit.id, NOVEMBER, past=False)
    state = SheetState(judged(found))
    past = judged_by_past(found, history(desk.store, found))
    state.put({(first, "L01"): 4321})
    before = state.findings_of(first)
    touched = state.take_past(past)
    assert state.cell(first, "L01") == 4321
    assert state.findings == evaluate(state.sheet, state.rules.checks)
    assert state.sheet.history
    assert first in touched.rows
    assert state.findings_of(first) != before
    assert {unit for unit, _ in touched.cells} <= {first, second}


def test_what_is_half_typed_stays_when_its_cell_is_judged_anew(page: TalliesPage, desk: Desk) -> None:
    page.pane.jump(villages_of(desk)[0], "E01")
    view = page.pane.view
    QTest.keyClick(view, Qt.Key.Key_7)
    editor = view.indexWidget(view.currentIndex())
    QTest.keyClick(editor, Qt.Key.Key_8)
    page.pane.model.dataChanged.emit(view.currentIndex(), view.currentIndex())
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert page.work.state is not None
    assert page.work.state.cell(villages_of(desk)[0], "E01") == 78
