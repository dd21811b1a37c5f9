"""One block of the sheet as a table: villages down, items across. Cells come from the state; nothing is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QApplication

from jindu_desk.domain.tallies.catalogue import Block, Item
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.ui.tallies.figure_editor import read_typed
from jindu_desk.ui.tallies.state import SheetState, Touched, cell_text
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.tokens import Kind, tokens_of

Index = QModelIndex | QPersistentModelIndex
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_OPEN = _PLAIN | Qt.ItemFlag.ItemIsEditable
ROW_SIGN: dict[Kind, str] = {
    "done": "circle-check",
    "plain": "circle-dashed",
    "wrong": "triangle-alert",
    "due": "clock",
    "info": "ban",
}
ROW_WORD: dict[Kind, str] = {
    "done": "已填完",
    "plain": "未填完",
    "wrong": "有必须改正的问题",
    "due": "有待说明的问题",
    "info": "零报告",
}


class SheetModel(QAbstractTableModel):
    """``edit`` is called with what the user typed; it puts it into the state and stores it. ``signed(row)``: its head
    has another sign; where a model says that of a header, Qt measures all heads and lays out the whole table anew."""

    signed = Signal(int)

    def __init__(self, edit: Callable[[Mapping[Place, Cell]], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._edit = edit
        self.state: SheetState | None = None
        self.block: Block | None = None
        self.units: tuple[str, ...] = ()
        self.items: tuple[Item, ...] = ()
        self._columns: dict[str, int] = {}
        self._kinds: dict[str, Kind] = {}  # asked for every row at each repaint

    def show_block(self, state: SheetState, block: Block) -> None:
        self.beginResetModel()
        self.state, self.block = state, block
        self.units, self.items = state.units(block), state.items(block)
        self._columns = {item.code: column for column, item in enumerate(self.items)}
        self._kinds = {}
        self.endResetModel()

    def tell(self, touched: Touched) -> None:
        """Tell the views which cells and rows look different, and no others."""
        columns: dict[str, list[int]] = {}
        for unit_id, code in touched.cells:
            if code in self._columns:
                columns.setdefault(unit_id, []).append(self._columns[code])
        for row, unit_id in enumerate(self.units):
            for first, last in runs(columns.get(unit_id, ())):
                self.dataChanged.emit(self.index(row, first), self.index(row, last))
            if unit_id in touched.rows:
                before = self._kinds.pop(unit_id, None)
                if self.state is None or self.kind_of(self.state, unit_id) != before:
                    self.signed.emit(row)

    def place(self, index: Index) -> tuple[str, Item]:
        return self.units[index.row()], self.items[index.column()]

    def index_of(self, unit_id: str, item: str) -> QModelIndex:
        """The index of a cell; invalid when it is not in this block."""
        if unit_id in self.units and item in self._columns:
            return self.index(self.units.index(unit_id), self._columns[item])
        return QModelIndex()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.units)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_open = index.isValid() and self.state is not None and self.state.is_open(*self.place(index))
        return _OPEN if is_open else _PLAIN

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or self.state is None:
            return None
        unit_id, item = self.place(index)
        cell = self.state.cell(unit_id, item.code)
        told: str | None = None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                told = cell_text(cell)
            case Qt.ItemDataRole.EditRole:
                told = str(cell) if isinstance(cell, int) else ""
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleDescriptionRole:
                told = self._tip(self.state, unit_id, item)
            case Qt.ItemDataRole.AccessibleTextRole:
                told = f"{self.state.name_of(unit_id)} {item_text(self.state, item)}：{cell_text(cell) or '未填'}"
                if remarks := self.state.remarks_at(unit_id, item.code):
                    told += f"，退回意见：{'；'.join(remarks)}"
        return told

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or self.state is None or not index.isValid():
            return False
        unit_id, item = self.place(index)
        if not self.state.is_open(unit_id, item):
            return False
        cell = read_typed(str(value))
        if cell != self.state.cell(unit_id, item.code):
            self._edit({(unit_id, item.code): cell})
        return True

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.state is None:
            return None
        if orientation == Qt.Orientation.Horizontal:
            return _column_head(self.state, self.items[section], role) if section < len(self.items) else None
        return self._row_head(self.state, self.units[section], role) if section < len(self.units) else None

    def kind_of(self, state: SheetState, unit_id: str) -> Kind:
        """`row_kind`, as it was when the row last changed."""
        kind = self._kinds.get(unit_id)
        if kind is None:
            kind = self._kinds[unit_id] = row_kind(state, unit_id)
        return kind

    def _row_head(self, state: SheetState, unit_id: str, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return state.name_of(unit_id)
        if role == Qt.ItemDataRole.DecorationRole:
            kind = self.kind_of(state, unit_id)
            tokens = tokens_of(QApplication.palette())
            if state.remarks_on_row(unit_id):
                return icon("undo-2", tokens.of("wrong").name(), 14)
            return icon(ROW_SIGN[kind], tokens.of(kind).name(), 14)
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            left = len(state.marks.blanks(unit_id))
            more = f"，还有 {left} 项未填" if left else ""
            returned = "".join(f"\n退回意见（整村）：{reason}" for reason in state.remarks_on_row(unit_id))
            return f"{state.name_of(unit_id)}：{ROW_WORD[self.kind_of(state, unit_id)]}{more}{returned}"
        return None

    def _tip(self, state: SheetState, unit_id: str, item: Item) -> str:
        finding = state.marks.worst_at(unit_id, item.code)
        origin = "" if state.takes(unit_id, item) else state.origin(unit_id, item)
        told = [f"退回意见：{reason}" for reason in state.remarks_at(unit_id, item.code)]
        told += [finding.officer if finding else "", origin or state.why_not(unit_id, item)]
        if note := state.note(unit_id, item.code):
            told.append(f"备注：{note}")
        return "\n".join(text for text in told if text)


def runs(columns: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Columns side by side, first and last."""
    first = last = -1
    for column in sorted(columns):
        if column != last + 1 or first < 0:
            if first >= 0:
                yield first, last
            first = column
        last = column
    if first >= 0:
        yield first, last


def _column_head(state: SheetState, item: Item, role: int) -> str | None:
    if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
        return item_text(state, item)
    if role == Qt.ItemDataRole.ToolTipRole:
        return f"{item_text(state, item)}（{item.unit}）\n{item.law}"
    return None


def item_text(state: SheetState, item: Item) -> str:
    """``A04 期末在册（社区戒毒）``."""
    kind = state.catalogue.kinds.get(item.kind, "")
    return f"{item.base} {item.name}（{kind}）" if kind else f"{item.base} {item.name}"


def row_kind(state: SheetState, unit_id: str) -> Kind:
    """The state of a row in one word: wrong before what is to be explained before what is not filled."""
    found = [finding for finding in state.findings_of(unit_id) if finding.code != "H0"]
    if any(finding.hard for finding in found):
        return "wrong"
    if unit_id in state.sheet.nil_returns:
        return "info"
    if state.marks.blanks(unit_id):
        return "plain"
    return "due" if any(state.reason_for(finding) is None for finding in found) else "done"
