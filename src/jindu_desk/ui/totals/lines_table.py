"""The tables of 汇总: the same rows under columns that change."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTableView

from jindu_desk.ui.frozen_column import FrozenTable
from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.totals.columns import Line


def lines_table(name: str) -> QTableView:
    return rows_view(RowsModel[Line](()), name=name, compact=True, view=FrozenTable())


def open_rows(view: QTableView, opened: Callable[[QModelIndex], object]) -> None:
    """``opened(index)`` when a row was double-clicked, or chosen with Enter."""
    view.doubleClicked.connect(opened)
    for key in ("Return", "Enter"):
        shortcut = QShortcut(QKeySequence(key), view)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(partial(_open_current, view, opened))


def open_cells(view: QTableView, opened: Callable[[QModelIndex], object]) -> None:
    """The same of single cells."""
    view.setSelectionBehavior(QTableView.SelectionBehavior.SelectItems)
    open_rows(view, opened)


def _open_current(view: QTableView, opened: Callable[[QModelIndex], object]) -> None:
    at = view.currentIndex()
    if at.isValid():
        opened(at)


def show_lines(view: QTableView, columns: tuple[Column[Line], ...], rows: tuple[Line, ...]) -> None:
    """Show rows under other columns, with the look kept."""
    old = view.model()
    model: RowsModel[Line] = RowsModel(columns, view)
    model.show_rows(rows)
    view.setModel(model)
    for number, column in enumerate(columns):
        if column.width > 0:
            view.setColumnWidth(number, view.fontMetrics().horizontalAdvance("汉") * column.width + 20)
        else:
            view.resizeColumnToContents(number)
    old.deleteLater()
