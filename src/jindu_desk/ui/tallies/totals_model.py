"""The sums below the sheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont
from PySide6.QtWidgets import QApplication

from jindu_desk.ui.tallies.model import SheetModel, item_text
from jindu_desk.ui.theme.measures import scaled_font, tabular_font
from jindu_desk.ui.theme.tokens import tokens_of

Index = QModelIndex | QPersistentModelIndex


class TotalsModel(QAbstractTableModel):
    """One row with the columns of the sheet: the sum over all villages of what is known, — where nothing is; muted
    and with the number of villages where some are not."""

    def __init__(self, sheet: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._columns = 0
        self._fonts = _fonts(1.0)
        self._sums: dict[int, tuple[int | None, int]] = {}  # column → sum and how many rows are known
        sheet.modelReset.connect(self._reset)
        sheet.dataChanged.connect(self._tell)

    def take_fonts(self, zoom: float) -> None:
        self._fonts = _fonts(zoom)
        if self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(0, self._columns - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._sheet.state is None or self._sheet.block is None:
            return None
        state, item = self._sheet.state, self._sheet.items[index.column()]
        if index.column() not in self._sums:
            block = self._sheet.block
            self._sums[index.column()] = state.total(block, item.code), state.known(block, item.code)
        total, known = self._sums[index.column()]
        shown, rows = "—" if total is None else str(total), len(self._sheet.units)
        partly = f"（{known}/{rows} 村）" if known < rows else ""
        tokens = tokens_of(QApplication.palette())
        told: Any = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                told = shown
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                told = f"合计 {item_text(state, item)}：{shown}{partly}"
            case Qt.ItemDataRole.ForegroundRole:
                told = QBrush(QColor(tokens.muted if partly else tokens.text))
            case Qt.ItemDataRole.FontRole:
                told = self._fonts[not partly]
            case Qt.ItemDataRole.TextAlignmentRole:
                told = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.BackgroundRole:
                told = QBrush(QColor(tokens.locked))
        return told

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if section == 0 and orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return "合计"
        if role == Qt.ItemDataRole.FontRole:
            return self._fonts[True]
        return None

    def _reset(self) -> None:
        self.beginResetModel()
        self._columns, self._sums = self._sheet.columnCount(), {}
        self.endResetModel()

    def _tell(self, first: Index, last: Index) -> None:
        for column in range(first.column(), last.column() + 1):
            self._sums.pop(column, None)
        self.dataChanged.emit(self.index(0, first.column()), self.index(0, last.column()))


def _fonts(zoom: float) -> dict[bool, QFont]:
    """By whether the sum is whole, and so bold."""
    return {bold: tabular_font(scaled_font(zoom, bold=bold)) for bold in (False, True)}
