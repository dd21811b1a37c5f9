"""The tables of 汇总: the same rows under columns that change."""

from __future__ import annotations

from PySide6.QtWidgets import QTableView

from jindu_desk.ui.tables import Column, RowsModel, rows_view
from jindu_desk.ui.totals.columns import Line


def lines_table(name: str) -> QTableView:
    return rows_view(RowsModel[Line](()), name=name, compact=True)


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
