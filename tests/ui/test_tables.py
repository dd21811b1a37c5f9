"""Tables of frozen rows: shown, sorted, found again, spoken of with a sign."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QTableView
from pytestqt.qtbot import QtBot

from jindu_desk.ui.tables import Column, RowsModel, rows_view, select_row, select_same


@dataclass(frozen=True)
class Village:
    name: str
    filled: int


COLUMNS: tuple[Column[Village], ...] = (
    Column("名称", lambda row: row.name, width=-1),
    Column(
        "已填", lambda row: f"{row.filled} 项", align="right", key=lambda row: row.filled,
        kind=lambda row: "wrong" if row.filled == 0 else None, tooltip=lambda row: f"{row.name}：{row.filled}",
    ),
)  # fmt: skip
ROWS = (Village("乙", 10), Village("甲", 9), Village("丙", 0))


def shown(model: RowsModel[Village]) -> list[str]:
    return [row.name for row in model.rows]


def test_model_keeps_qt_content(qtbot: QtBot, qtmodeltester: object) -> None:
    model = RowsModel(COLUMNS)
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    model.show_rows(ROWS)
    qtmodeltester.check(model)  # type: ignore[attr-defined]


def test_sorting_is_by_the_key_not_by_the_text(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.show_rows(ROWS)
    assert shown(model) == ["乙", "甲", "丙"]
    model.sort(1, Qt.SortOrder.AscendingOrder)
    assert shown(model) == ["丙", "甲", "乙"]
    model.show_rows((*ROWS, Village("丁", 5)))
    assert shown(model) == ["丙", "丁", "甲", "乙"]
    model.sort(-1)
    assert shown(model) == ["乙", "甲", "丙", "丁"]


def test_selection_follows_its_row_when_sorted_and_is_found_after_a_refresh(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    view = rows_view(model, name="村")
    qtbot.addWidget(view)
    model.show_rows(ROWS)
    assert select_same(view, model, lambda row: row.name, "甲")
    view.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert model.row(view.currentIndex()).name == "甲"
    model.show_rows(ROWS[:1])
    assert not select_same(view, model, lambda row: row.name, "甲")


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier])
def test_the_program_selects_a_row_alone_whatever_key_is_down(qtbot: QtBot, held: Qt.KeyboardModifier) -> None:
    model = RowsModel(COLUMNS)
    view = rows_view(model, name="村")
    view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    qtbot.addWidget(view)
    model.show_rows(ROWS)
    select_row(view, 0)
    QTest.keyPress(view, Qt.Key.Key_F24, held)
    assert QApplication.keyboardModifiers() == held
    assert select_same(view, model, lambda row: row.name, "丙")
    assert selected(view) == [2]
    select_row(view, 1)
    assert selected(view) == [1]
    assert view.selectionMode() == QAbstractItemView.SelectionMode.ExtendedSelection
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert selected(view) == [1, 2]  # from there on the user's keys do what they say


def selected(view: QTableView) -> list[int]:
    return sorted(index.row() for index in view.selectionModel().selectedRows())


def test_figures_stand_right_and_what_is_wrong_has_a_sign(qtbot: QtBot) -> None:
    model = RowsModel(COLUMNS)
    model.show_rows(ROWS)
    figure, wrong = model.index(0, 1), model.index(2, 1)
    assert model.data(figure, Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.data(figure, Qt.ItemDataRole.DecorationRole) is None
    assert model.data(wrong, Qt.ItemDataRole.DecorationRole) is not None
    assert model.data(wrong, Qt.ItemDataRole.ToolTipRole) == "丙：0"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "已填"


def test_a_table_has_a_name_and_lets_tab_through(qtbot: QtBot) -> None:
    view: QTableView = rows_view(RowsModel(COLUMNS), name="各村进度")
    qtbot.addWidget(view)
    assert view.accessibleName() == "各村进度"
    assert not view.tabKeyNavigation()
    assert view.verticalHeader().defaultSectionSize() >= 32
