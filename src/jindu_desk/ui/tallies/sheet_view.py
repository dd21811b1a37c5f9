"""The sheet itself: cells typed over heads-down, frozen villages and items, totals below."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QTableView,
    QWidget,
)

from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.ui.announcing import say_current_cell
from jindu_desk.ui.tables import dress_table
from jindu_desk.ui.tallies.cell_delegate import CellDelegate, is_enter, step_of
from jindu_desk.ui.tallies.model import SheetModel
from jindu_desk.ui.tallies.sheet_header import RowHeader, SheetHeader
from jindu_desk.ui.tallies.totals_model import TotalsModel
from jindu_desk.ui.theme.measures import row_height, scaled_font
from jindu_desk.ui.theme.tokens import tokens_of

Index = QModelIndex | QPersistentModelIndex
PAIRED_WIDTH, SINGLE_WIDTH = 52, 88
_LEAST_ROWS = 3  # in view at any size; where there is no room for them the page scrolls


class SheetView(QTableView):
    """Villages stand in the vertical header, so that they stay in view; so do the items above."""

    moved = Signal()  # another cell is current
    copy_wanted = Signal()
    paste_wanted = Signal()
    refused = Signal(str)  # a key was pressed on a cell that is not typed
    fault_shown = Signal(str)  # what stands in the editor is no figure; "" when that is over
    past_end = Signal()  # Enter went on from the last cell of the block
    zoomed = Signal(int)  # by so many steps

    def __init__(self, model: SheetModel, edit: Callable[[Mapping[Place, Cell]], None]) -> None:
        super().__init__()
        self._sheet, self._edit = model, edit
        self._going = self._taking_back = False
        self._zoom = 1.0
        self._heads = SheetHeader(model, self)
        self.setHorizontalHeader(self._heads)
        heads = RowHeader(self)
        model.signed.connect(heads.show_sign)
        self.setVerticalHeader(heads)
        self.setModel(model)
        dress_table(self, name="台账", compact=True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(True)
        self.setProperty("role", "sheet")
        self.setCornerWidget(QWidget())  # nothing between the scroll bars
        # Every point is painted here, so that what is scrolled is moved, not painted anew.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().setVisible(True)
        self.horizontalHeader().setMinimumSectionSize(40)
        self._delegate = CellDelegate(model, self)
        self._delegate.go_on.connect(lambda down, right, wraps: self.step(down, right, wraps=wraps))
        self._delegate.fault_shown.connect(self.fault_shown)
        self.setItemDelegate(self._delegate)

    def go_to(self, index: Index) -> None:
        """Make a cell current and select it alone. Qt alone would look which keys are down: Shift+Tab would span a
        block, and a jump by Ctrl and a letter would leave the old cell selected."""
        self._going = True
        if not self.viewport().rect().contains(self.visualRect(index)):
            # What waits to be painted is painted first: Qt does not move what is, and would paint everything anew.
            self.viewport().repaint(self.visualRect(self.currentIndex()))
        try:
            self.setCurrentIndex(index)
        finally:
            self._going = False

    def show_block(self, zoom: float, hidden: Collection[str]) -> None:
        """Set sizes for the block the model shows now, and put the ``hidden`` items (without their kind) out of
        sight."""
        self._zoom = zoom
        for widget in (self, self.horizontalHeader(), self.verticalHeader()):
            widget.setFont(scaled_font(zoom))
        self._delegate.take_fonts(zoom)
        scale = max(1.0, QFontMetrics(scaled_font(1.0)).height() / 17) * zoom
        for n, item in enumerate(self._sheet.items):
            width = PAIRED_WIDTH if item.kind else SINGLE_WIDTH
            self.setColumnHidden(n, item.base in hidden)
            if item.base not in hidden:
                self.setColumnWidth(n, round(width * scale))
        self.verticalHeader().setDefaultSectionSize(self.row_size)
        self._heads.fit_names()
        self.updateGeometries()
        rows = _LEAST_ROWS * row_height(compact=True)
        self.setMinimumHeight(self._heads.sizeHint().height() + rows + self.horizontalScrollBar().sizeHint().height())

    @property
    def row_size(self) -> int:
        """Height of a row at the zoom of now, px."""
        return round(row_height(compact=True) * self._zoom)

    def step(self, down: int, right: int, *, wraps: bool = False) -> None:
        """Go on to the next cell; sideways past cells that are not typed, over the end into the next row.
        ``wraps``: from the last row to the top of the next item that is typed."""
        index = self.currentIndex()
        rows, columns = self._sheet.rowCount(), self._sheet.columnCount()
        if not index.isValid():
            return
        row, column = index.row() + down, index.column()
        if right:
            for _ in range(rows * columns):
                column += right
                if not 0 <= column < columns:
                    row, column = row + right, 0 if right > 0 else columns - 1
                if not 0 <= row < rows or self._typed(row, column):
                    break
        if 0 <= row < rows:
            self.go_to(self._sheet.index(row, column))
        elif wraps and row == rows:
            after = (n for n in range(column + 1, columns) if any(self._typed(m, n) for m in range(rows)))
            column = next(after, columns)
            if column < columns:
                self.go_to(self._sheet.index(next(m for m in range(rows) if self._typed(m, column)), column))
            else:
                self.past_end.emit()

    @property
    def is_typing(self) -> bool:
        """Whether a figure is half typed."""
        return self._delegate.editor is not None

    def finish_typing(self) -> bool:
        """Confirm the figure that is half typed, as Enter would; False when it is none and stays."""
        editor = self._delegate.editor
        if editor is None:
            return True
        if self._delegate.refuses():
            editor.setFocus()
            return False
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        return True

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        # Qt gives the keyboard back to the view before it takes the editor away: the view must not hand it on to an
        # editor that is about to go, or the keyboard lands on whatever comes after the sheet.
        self._delegate.let_go(editor)
        self._taking_back = True
        try:
            super().closeEditor(editor, hint)
        finally:
            self._taking_back = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.finish_typing():
            super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text = event.text().lower()
        control = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not control:
            self.set_selected(BLANK)
        elif not control and text in ("w", "n"):
            self.set_selected(UNKNOWN if text == "w" else NOT_APPLICABLE)
        elif not control and event.text().isprintable() and event.text().strip():
            self._type_over(event.text())  # also what is no figure: it is refused when it is confirmed, not dropped
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab) and not control:
            step = step_of(event)
            if step is not None:
                self.step(*step, wraps=is_enter(event))
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """As in a spreadsheet: Ctrl changes how far a key goes, never what it does to the selection."""
        if self._going:
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        if isinstance(event, QKeyEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return QItemSelectionModel.SelectionFlag.SelectCurrent
            return QItemSelectionModel.SelectionFlag.ClearAndSelect
        return super().selectionCommand(index, event)

    def event(self, event: QEvent) -> bool:
        # Tab is the view's own here: Qt would hand it to the next widget. Ctrl+Tab leaves the sheet.
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                if control:
                    self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
                else:
                    self.keyPressEvent(event)
                return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._taking_back:  # Qt would paint the whole sheet anew at every figure; only the frame of one cell changes
            self.viewport().update(self.visualRect(self.currentIndex()))
            say_current_cell(self)
            return
        super().focusInEvent(event)
        if self._delegate.editor is not None:
            self._delegate.editor.setFocus()  # what was refused is mended or given up first
        elif not self.currentIndex().isValid() and self._sheet.rowCount():
            self.go_to(self._sheet.index(0, 0))
        else:
            say_current_cell(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if self._delegate.editor is None:  # else the keyboard goes to the editor: as above
            super().focusOutEvent(event)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Digits and W and N are typed here, also while Chinese is being typed elsewhere. (Qt turns the attribute for
        this on again at every cell that can be typed.)"""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), QColor(tokens_of(self).surface))
        painter.end()
        self._delegate.start_painting()
        super().paintEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    def _typed(self, row: int, column: int) -> bool:
        state = self._sheet.state
        if state is None or self.isColumnHidden(column):
            return False
        return state.takes(self._sheet.units[row], self._sheet.items[column])

    def _type_over(self, text: str) -> None:
        index = self.currentIndex()
        if not self._may(index):
            return
        self.edit(index)
        if self._delegate.editor is not None:
            self._delegate.editor.setText(text)

    def set_selected(self, cell: Cell) -> None:
        """Put ``cell`` into every selected cell that is typed."""
        state = self._sheet.state
        if state is None:
            return
        indexes = self.selectedIndexes() or [self.currentIndex()]
        open_now = [self._sheet.place(index) for index in indexes if index.isValid()]
        places = {(unit, item.code): cell for unit, item in open_now if state.is_open(unit, item)}
        if places:
            self._edit(places)
        else:
            self._may(self.currentIndex())

    def _may(self, index: Index) -> bool:
        state = self._sheet.state
        if state is None or not index.isValid():
            return False
        refusal = state.why_not(*self._sheet.place(index))
        if refusal:
            self.refused.emit(refusal)
        return not refusal


class _Gap(QScrollBar):
    """Keeps the room below the sheet's scroll bar, so that the columns stand under each other to the end."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(tokens_of(self).locked))
        painter.end()


class TotalsRow(QTableView):
    """One row below the sheet: the sums, moving along with it sideways."""

    def __init__(self, model: TotalsModel, above: SheetView) -> None:
        super().__init__()
        self._above = above
        self._totals = model
        self.setModel(model)
        dress_table(self, name="合计", compact=True)
        self.setProperty("role", "sheet")
        self.setShowGrid(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(_Gap(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setVisible(False)
        self.verticalHeader().setVisible(True)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        above.horizontalScrollBar().rangeChanged.connect(self._follow)
        above.verticalScrollBar().rangeChanged.connect(self._follow)
        self.horizontalScrollBar().rangeChanged.connect(self._follow)
        above.verticalHeader().geometriesChanged.connect(self._follow)

    def show_block(self, zoom: float) -> None:
        self._totals.take_fonts(zoom)
        self.verticalHeader().setFont(scaled_font(zoom))
        for n in range(self.model().columnCount()):
            self.setColumnHidden(n, self._above.isColumnHidden(n))
            if not self._above.isColumnHidden(n):
                self.setColumnWidth(n, self._above.columnWidth(n))
        self.verticalHeader().setDefaultSectionSize(self._above.row_size)
        self.setFixedHeight(self._above.row_size + 2)
        self._follow()

    def _follow(self) -> None:
        self.verticalHeader().setFixedWidth(self._above.verticalHeader().width())
        bar = self._above.verticalScrollBar()
        policy = Qt.ScrollBarPolicy
        shown = policy.ScrollBarAlwaysOn if bar.maximum() > bar.minimum() else policy.ScrollBarAlwaysOff
        if shown != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(shown)
        self.horizontalScrollBar().setValue(self._above.horizontalScrollBar().value())
