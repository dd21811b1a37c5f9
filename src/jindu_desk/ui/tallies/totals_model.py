"""The sums below the sheet."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QApplication

from jindu_desk.ui.tallies.model import SheetModel, item_text
from jindu_desk.ui.theme.measures import scaled_font, tabular_font
from jindu_desk.ui.theme.tokens import tokens_of

Index = QModelIndex | QPersistentModelIndex


class TotalsModel(QAbstractTableModel):
    """One row with the columns of the sheet: the sum over all villages of what is known, — where nothing is."""

    def __init__(self, sheet: SheetModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._columns = 0
        sheet.modelReset.connect(self._reset)
        sheet.dataChanged.connect(self._tell)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self._sheet.state is None or self._sheet.block is None:
            return None
        item = self._sheet.items[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            total = self._sheet.state.total(self._sheet.block, item.code)
            shown = "—" if total is None else str(total)
            return (
                shown if role == Qt.ItemDataRole.DisplayRole else f"合计 {item_text(self._sheet.state, item)}：{shown}"
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.FontRole:
            return tabular_font(scaled_font(1.0, bold=True))
        if role == Qt.ItemDataRole.BackgroundRole:
            return QBrush(QColor(tokens_of(QApplication.palette()).locked))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if section == 0 and orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return "合计"
        if role == Qt.ItemDataRole.FontRole:
            return scaled_font(1.0, bold=True)
        return None

    def _reset(self) -> None:
        self.beginResetModel()
        self._columns = self._sheet.columnCount()
        self.endResetModel()

    def _tell(self) -> None:
        if self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(0, self._columns - 1))
