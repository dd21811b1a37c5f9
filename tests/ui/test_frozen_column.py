"""The first column says whose figures they are, however far the others are scrolled."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from jindu_desk.ui.frozen_column import FrozenTable
from jindu_desk.ui.tables import Column, RowsModel, rows_view

ROWS = [f"{name}镇" for name in "甲乙丙丁戊己庚辛壬癸"]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_it_comes_up_with_the_scrolling_and_covers_no_current_cell(qtbot: QtBot, look: QApplication) -> None:
    columns = [Column("单位", lambda row: row, width=6), *(Column(str(n), lambda row: "0", width=6) for n in range(8))]
    model: RowsModel[str] = RowsModel(columns)
    view = FrozenTable()
    qtbot.addWidget(view)
    rows_view(model, name="各单位", view=view)
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
    model.show_rows(ROWS)
    view.resize(420, 160)
    view.show()
    first = view.findChild(QTableView)
    assert isinstance(first, QTableView)
    assert not first.isVisible()
    view.setCurrentIndex(model.index(9, 8))
    qtbot.waitUntil(first.isVisible)
    assert first.columnWidth(0) == view.columnWidth(0)
    assert first.rowViewportPosition(9) == view.rowViewportPosition(9)
    for _ in range(7):
        QTest.keyClick(view, Qt.Key.Key_Left)
        covered = first.width() if first.isVisible() else 0
        assert view.visualRect(view.currentIndex()).left() >= covered
    assert view.currentIndex().column() == 1
