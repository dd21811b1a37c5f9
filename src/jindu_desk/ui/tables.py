"""Tables of frozen rows: columns are declared, the model is read-only, the view has the look's defaults.

COLUMNS = (
    Column("村（社区）", lambda row: row.village, key=lambda row: row.initials),
    Column("已填", lambda row: str(row.filled), align="right", key=lambda row: row.filled),
)
model = RowsModel(COLUMNS)
view = rows_view(model, name="各村进度")
model.show_rows(rows, same=lambda row: row.unit_id)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView

from jindu_desk.ui.chips import SIGN
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.measures import row_height, tabular_font
from jindu_desk.ui.theme.tokens import Kind, tokens_of

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Column(Generic[R]):
    """One column. ``text`` gives what is shown; a figure that is not known is "—", never 0.

    ``key`` sorts (default: the text); ``kind`` colours the text and, unless it is "plain", puts its sign before it;
    ``width`` in characters of the header font, 0 = as wide as the content, -1 = takes what is left.
    """

    title: str
    text: Callable[[R], str]
    align: Literal["left", "right", "center"] = "left"
    tooltip: Callable[[R], str] | None = None
    key: Callable[[R], Any] | None = None
    kind: Callable[[R], Kind | None] | None = None
    width: int = 0


class RowsModel(QAbstractTableModel, Generic[R]):
    """Shows a sequence of frozen rows. Sorting by a header keeps rows of equal key in the order they came in."""

    def __init__(self, columns: Sequence[Column[R]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._rows: list[R] = []
        self._came: tuple[R, ...] = ()
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show other rows, in the user's order if a header was clicked. Rows that only join those already shown are
        added below them: a table that fills while files are read does not paint everything anew each time."""
        known = len(self._came)
        if self._sorted_by is None and 0 < known < len(rows) and all(map(operator.is_, self._came, rows)):
            self.beginInsertRows(QModelIndex(), known, len(rows) - 1)
            self._came = tuple(rows)
            self._rows = list(self._came)
            self.endInsertRows()
            return
        self.beginResetModel()
        self._came = tuple(rows)
        self._rows = self._in_order()
        self.endResetModel()

    def change_rows(self, rows: Sequence[R]) -> None:
        """The same things in the same order, of which some say something else: only those are painted anew."""
        before = self._rows
        self._came = tuple(rows)
        self._rows = self._in_order()
        for number, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            for place, column in enumerate(self.columns):
                kinds = (column.kind(old), column.kind(new)) if column.kind else (None, None)
                if column.text(old) != column.text(new) or kinds[0] != kinds[1]:
                    self.dataChanged.emit(self.index(number, place), self.index(number, place))

    def row(self, index: Index | int) -> R:
        """The row at a model index or row number."""
        return self._rows[index if isinstance(index, int) else index.row()]

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows as they stand on the screen."""
        return tuple(self._rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        answer: Any = None
        row, column = self._rows[index.row()], self.columns[index.column()]
        kind = column.kind(row) if column.kind else None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                answer = column.text(row)
            case Qt.ItemDataRole.ToolTipRole:
                answer = column.tooltip(row) if column.tooltip else None
            case Qt.ItemDataRole.TextAlignmentRole:
                answer = ALIGN[column.align]
            case Qt.ItemDataRole.FontRole if column.align == "right":
                answer = tabular_font(QApplication.font())
            case Qt.ItemDataRole.ForegroundRole if kind:
                answer = QBrush(_colour(kind))
            case Qt.ItemDataRole.DecorationRole if kind and kind != "plain":
                answer = icon(SIGN[kind], _colour(kind).name(), 16)
        return answer

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return ALIGN[self.columns[section].align]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._sorted_by = (column, order) if 0 <= column < len(self.columns) else None
        self.layoutAboutToBeChanged.emit()
        before = {id(row): number for number, row in enumerate(self._rows)}
        self._rows = self._in_order()
        after = {before[id(row)]: number for number, row in enumerate(self._rows)}
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(after[index.row()], index.column()))
        self.layoutChanged.emit()

    def _in_order(self) -> list[R]:
        if self._sorted_by is None:
            return list(self._came)
        number, order = self._sorted_by
        key = self.columns[number].key or self.columns[number].text
        return sorted(self._came, key=key, reverse=order == Qt.SortOrder.DescendingOrder)


def rows_view(
    model: RowsModel[R], *, name: str, sortable: bool = True, compact: bool = False, view: QTableView | None = None
) -> QTableView:
    """A view with the look's defaults: whole rows, no grid, 32 px high. ``name`` is what a screen reader says;
    ``view``: one that behaves differently and gets these defaults."""
    view = view or QTableView()
    view.setModel(model)
    dress_table(view, name=name, compact=compact)
    header = view.horizontalHeader()
    header.setResizeContentsPrecision(0)  # by what is in view: asking a thousand rows would hold the window up
    widest = header.fontMetrics().horizontalAdvance("汉")
    for number, column in enumerate(model.columns):
        if column.width < 0:
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.Stretch)
        elif column.width == 0:
            header.setSectionResizeMode(number, QHeaderView.ResizeMode.ResizeToContents)
        else:
            view.setColumnWidth(number, widest * column.width + 20)
    if sortable:
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        view.setSortingEnabled(True)
        header.setSortIndicatorClearable(True)
    return view


def dress_table(view: QTableView, *, name: str, compact: bool = False) -> None:
    """The look's defaults for a table view that has a model of its own."""
    view.setAccessibleName(name)
    view.setProperty("role", "rows")
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setShowGrid(False)
    view.setAlternatingRowColors(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().setVisible(False)
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(row_height(view, compact=compact))
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setMinimumSectionSize(48)


def select_row(view: QTableView, row: int) -> None:
    """Select one row and no other. Where several can be selected Qt would look which keys are down: a row that the
    program goes to while Ctrl or Shift is held would join what was selected before. Of a single selection it asks not.
    """
    mode = view.selectionMode()
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    try:
        view.selectRow(row)
    finally:
        view.setSelectionMode(mode)


def select_same(view: QTableView, model: RowsModel[R], same: Callable[[R], Hashable], wanted: Hashable) -> bool:
    """Select the row whose ``same(row)`` equals ``wanted`` alone, e.g. after a refresh; False if it is gone."""
    for number, row in enumerate(model.rows):
        if same(row) == wanted:
            select_row(view, number)
            return True
    return False


def _colour(kind: Kind) -> QColor:
    return tokens_of(QApplication.palette()).of(kind)


ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter,
}
