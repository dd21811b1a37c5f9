"""Rows with a box to tick before the first column."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTableView

from jindu_desk.ui.tables import Column, RowsModel

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


class ChoosableRows(RowsModel[R]):
    """``key`` tells rows apart; ``chosen_changed()`` when a box was ticked or emptied."""

    chosen_changed = Signal()

    def __init__(self, columns: Sequence[Column[R]], key: Callable[[R], str], parent: QObject | None = None) -> None:
        super().__init__(columns, parent)
        self._key = key
        self._chosen: set[str] = set()

    @property
    def chosen(self) -> tuple[R, ...]:
        """The ticked rows, as they stand on the screen."""
        return tuple(row for row in self.rows if self._key(row) in self._chosen)

    def choose(self, keys: Iterable[str]) -> None:
        """Tick these and no others."""
        wanted = set(keys)
        if wanted != self._chosen:
            self._chosen = wanted
            self._tell(0, self.rowCount() - 1)

    def toggle(self, number: int) -> None:
        self._chosen ^= {self._key(self.row(number))}
        self._tell(number, number)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid() and index.column() == 0:
            ticked = self._key(self.row(index)) in self._chosen
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != 0:
            return super().setData(index, value, role)
        self.toggle(index.row())
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.isValid() and index.column() == 0 else flags

    def _tell(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, 0), [Qt.ItemDataRole.CheckStateRole])
        self.chosen_changed.emit()


def tick_by_space(view: QTableView, model: ChoosableRows[R]) -> None:
    """The space bar ticks the current row, whichever column the cursor is in."""

    def toggle() -> None:
        if (at := view.currentIndex()).isValid():
            model.toggle(at.row())

    shortcut = QShortcut(QKeySequence(Qt.Key.Key_Space), view)
    shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
    shortcut.activated.connect(toggle)
