"""The entries of the table: as many rows as were found, of which only those near what is in view are held."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from jindu_desk.queries.expense_entries import BLOCK, FoundEntries
from jindu_desk.queries.expenses import ExpenseRow
from jindu_desk.ui.expenses.columns import ENTRY_COLUMNS
from jindu_desk.ui.tables import ALIGN, Index, RowsModel
from jindu_desk.ui.theme.measures import tabular_font

_HELD = 60  # blocks
_DISPLAY, _ALIGNMENT = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.TextAlignmentRole)
_FONT, _TOOL_TIP = int(Qt.ItemDataRole.FontRole), int(Qt.ItemDataRole.ToolTipRole)


class EntriesModel(RowsModel[ExpenseRow]):
    """``block_wanted(generation, block)``: rows came into view that are not here; `put_block` takes them.
    ``sorted_anew()``: a header was clicked; the database sorts."""

    block_wanted = Signal(int, int)
    sorted_anew = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(ENTRY_COLUMNS, parent)
        self.found: FoundEntries | None = None
        self.generation = 0
        self.sorting: tuple[int, bool] | None = None  # column, descending
        self._blocks: dict[int, tuple[ExpenseRow, ...]] = {}
        self._texts: dict[int, list[tuple[str, ...]]] = {}
        self._missing: list[int] = []
        self._waiting = -1
        self._aligned = [ALIGN[column.align] for column in self.columns]
        self._fonts = self._fonts_now()
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask)

    def show_found(self, found: FoundEntries) -> None:
        self.beginResetModel()
        self.found, self.generation = found, self.generation + 1
        self._blocks, self._texts, self._missing, self._waiting = {}, {}, [], -1
        self._fonts = self._fonts_now()
        self._hold(0, found.first)
        self.endResetModel()

    def put_block(self, generation: int, block: int, rows: tuple[ExpenseRow, ...]) -> None:
        """The rows that were asked for; of an earlier search they are dropped."""
        if generation != self.generation or self.found is None:
            return
        self._waiting = -1
        self._hold(block, rows)
        last = min((block + 1) * BLOCK, len(self.found.ids)) - 1
        self.dataChanged.emit(self.index(block * BLOCK, 0), self.index(last, len(self.columns) - 1))
        if self._missing:
            self._ask_soon.start()

    def held(self, place: int) -> ExpenseRow | None:
        """The row at a place, if it is here."""
        rows = self._blocks.get(place // BLOCK, ())
        return rows[place % BLOCK] if place % BLOCK < len(rows) else None

    def row(self, index: Index | int) -> ExpenseRow:
        found = self.held(index if isinstance(index, int) else index.row())
        if found is None:
            raise LookupError
        return found

    @property
    def rows(self) -> tuple[ExpenseRow, ...]:
        """The rows that are here, in their order."""
        return tuple(row for block in sorted(self._blocks) for row in self._blocks[block])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self.found is None else len(self.found.ids)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        # Asked some thousand times for each picture: no look-ups of enumerations, no work on rows.
        if role == _DISPLAY:
            block, place = divmod(index.row(), BLOCK)
            texts = self._texts.get(block)
            if texts is None:
                self._note_missing(block)
                return "…"
            return texts[place][index.column()] if place < len(texts) else ""
        if role == _ALIGNMENT:
            return self._aligned[index.column()]
        if role == _FONT:
            return self._fonts[index.column()]
        if role == _TOOL_TIP:
            tip, row = self.columns[index.column()].tooltip, self.held(index.row())
            return tip(row) if tip and row is not None else None
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        wanted = (column, order == Qt.SortOrder.DescendingOrder) if 0 <= column < len(self.columns) else None
        if wanted != self.sorting:
            self.sorting = wanted
            self.sorted_anew.emit()

    def _fonts_now(self) -> list[QFont | None]:
        font = tabular_font(QApplication.font())
        return [font if column.align == "right" else None for column in self.columns]

    def _hold(self, block: int, rows: tuple[ExpenseRow, ...]) -> None:
        self._blocks[block] = rows
        self._texts[block] = [tuple(column.text(row) for column in self.columns) for row in rows]
        if len(self._blocks) > _HELD:
            oldest = next(iter(self._blocks))
            del self._blocks[oldest], self._texts[oldest]

    def _note_missing(self, block: int) -> None:
        if block != self._waiting and (not self._missing or self._missing[-1] != block):
            self._missing.append(block)
            if self._waiting < 0:
                self._ask_soon.start()

    def _ask(self) -> None:
        """Ask for what came into view last; what else is still in view asks again when that is painted."""
        if not self._missing or self._waiting >= 0:
            return
        self._waiting = self._missing[-1]
        self._missing.clear()
        self.block_wanted.emit(self.generation, self._waiting)
