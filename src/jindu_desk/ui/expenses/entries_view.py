"""The table of the entries, for as many as there are."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

_LISTED = 500  # rows


class EntriesView(QTableView):
    """Qt lists every cell of a new selection one by one to tell assistive programs of the first: of a hundred thousand
    rows that takes seconds. Of large selections it is told nothing but that they are to be painted."""

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        # The header asks of every row whether its column is selected whole, each time it is painted; it gets a
        # selection of its own, in which nothing ever is.
        if model is not None:
            self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        if _rows_in(selected) + _rows_in(deselected) <= _LISTED:
            super().selectionChanged(selected, deselected)
        else:
            self.viewport().update()

    def to_top(self) -> None:
        """Before other rows are shown: far down, a table that has become short would ask for all of them."""
        self.verticalScrollBar().setValue(0)


def _rows_in(selection: QItemSelection) -> int:
    return sum(selection.at(number).height() for number in range(selection.count()))
