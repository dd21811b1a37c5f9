"""The sheet itself: cells typed over heads-down, frozen villages and items, totals below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QScrollBar,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.ui.tables import dress_table
from jindu_desk.ui.tallies.figure_editor import FigureEditor
from jindu_desk.ui.tallies.model import SheetModel
from jindu_desk.ui.tallies.sheet_header import SheetHeader
from jindu_desk.ui.tallies.state import cell_text
from jindu_desk.ui.tallies.totals_model import TotalsModel
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.measures import row_height, scaled_font, tabular_font
from jindu_desk.ui.theme.tokens import Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
PAIRED_WIDTH, SINGLE_WIDTH = 52, 88
_RETURNED_SIGN = 12  # px
_STEPS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}


class CellDelegate(QStyledItemDelegate):
    """Paints a cell: grey ground where it is not typed, a sign in the corner where a check speaks."""

    go_on = Signal(int, int)
    fault_shown = Signal(str)  # why what stands in the editor is not taken; "" when it was mended or given up

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = model
        self._font = tabular_font(scaled_font(1.0))
        self._words = scaled_font(0.86)
        self.editor: FigureEditor | None = None
        self._fault = ""

    def take_fonts(self) -> None:
        """After the text size changed."""
        self._font, self._words = tabular_font(scaled_font(1.0)), scaled_font(0.86)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        self.editor = FigureEditor(parent)
        self.editor.textEdited.connect(lambda: self._show_fault(""))
        return self.editor

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, FigureEditor) and not editor.fault:
            super().setModelData(editor, model, index)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if editor is self.editor:
            self._show_fault("")
            self.editor = None
        super().destroyEditor(editor, index)

    def refuses(self) -> bool:
        """Whether something stands in the editor that is no figure; it then says so and keeps it."""
        if self.editor is None or not (fault := self.editor.fault):
            return False
        self._show_fault(fault)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, FigureEditor):
            if event.type() == QEvent.Type.KeyPress:
                assert isinstance(event, QKeyEvent)  # noqa: S101 - narrows for the type checker
                step = _step(event)
                if step is not None:
                    if not self.refuses():
                        self.commitData.emit(watched)
                        self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                        self.go_on.emit(*step)
                    return True
            elif event.type() == QEvent.Type.FocusOut and watched is self.editor and self.refuses():
                return False  # Qt would close it and lose what was typed
        return super().eventFilter(watched, event)

    def _show_fault(self, fault: str) -> None:
        if fault == self._fault or self.editor is None:
            return
        self._fault = fault
        self.editor.show_fault(fault)
        self.fault_shown.emit(fault)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = self._sheet.state
        if state is None:
            return
        unit_id, item = self._sheet.place(index)
        rect: QRect = option.rect
        widget: QWidget = option.widget
        flags: QStyle.StateFlag = option.state
        tokens = tokens_of(widget)
        cell = state.cell(unit_id, item.code)
        typed = state.takes(unit_id, item)
        open_now = state.is_open(unit_id, item)
        finding = state.worst_at(unit_id, item.code)
        returned = state.remarks_at(unit_id, item.code)
        ground = tokens.surface if open_now else tokens.locked
        if flags & QStyle.StateFlag.State_Selected:
            ground = tokens.selection
        elif returned or (finding is not None and finding.hard):
            ground = tokens.wrong_soft
        elif finding is not None:
            ground = tokens.due_soft
        painter.save()
        painter.fillRect(rect, QColor(ground))
        if finding is not None:
            _corner(painter, rect, tokens.wrong if finding.hard else tokens.due, left=True)
        if state.note(unit_id, item.code):
            _corner(painter, rect, tokens.accent, left=False)
        if returned:
            _returned_sign(painter, rect, tokens.wrong)
        self._write(painter, rect, cell, tokens, typed=typed)
        if flags & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(tokens.accent))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _write(self, painter: QPainter, rect: QRect, cell: Cell, tokens: Tokens, *, typed: bool) -> None:
        if cell is BLANK:
            return
        if isinstance(cell, int):
            painter.setFont(self._font)
            colour = tokens.wrong if cell < 0 else tokens.text if typed else tokens.muted
        else:
            painter.setFont(self._words)
            colour = tokens.due if cell is UNKNOWN else tokens.muted
        painter.setPen(QColor(colour))
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect.adjusted(3, 0, -7, 0), int(align), cell_text(cell))


def _step(event: QKeyEvent) -> tuple[int, int] | None:
    key = event.key()
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        back = key == Qt.Key.Key_Backtab or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return 0, -1 if back else 1
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return -1, 0
    return _STEPS.get(key)


def _corner(painter: QPainter, rect: QRect, colour: str, *, left: bool) -> None:
    """A small triangle in an upper corner: the sign beside the colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    x, side = (rect.left(), 8) if left else (rect.right() + 1, -8)
    y = rect.top()
    painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x + side, y), QPointF(x, y + 8)]))


def _returned_sign(painter: QPainter, rect: QRect, colour: str) -> None:
    """An arrow that turns back, in the lower corner where no other sign stands."""
    icon("undo-2", colour, _RETURNED_SIGN).paint(
        painter, QRect(rect.left() + 2, rect.bottom() - _RETURNED_SIGN, _RETURNED_SIGN, _RETURNED_SIGN)
    )


class SheetView(QTableView):
    """Villages stand in the vertical header, so that they stay in view; so do the items above."""

    moved = Signal()  # another cell is current
    copy_wanted = Signal()
    paste_wanted = Signal()
    refused = Signal(str)  # a key was pressed on a cell that is not typed
    fault_shown = Signal(str)  # what stands in the editor is no figure; "" when that is over

    def __init__(self, model: SheetModel, edit: Callable[[Mapping[Place, Cell]], None]) -> None:
        super().__init__()
        self._sheet, self._edit = model, edit
        self.setHorizontalHeader(SheetHeader(model, self))
        self.setModel(model)
        dress_table(self, name="台账", compact=True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked | QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setShowGrid(True)
        self.setProperty("role", "sheet")
        self.setCornerWidget(QWidget())  # nothing between the scroll bars
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.verticalHeader().setVisible(True)
        self.verticalHeader().setHighlightSections(True)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.verticalHeader().setAccessibleName("村（社区）")
        self.horizontalHeader().setMinimumSectionSize(40)
        self._delegate = CellDelegate(model, self)
        self._delegate.go_on.connect(self.step)
        self._delegate.fault_shown.connect(self.fault_shown)
        self.setItemDelegate(self._delegate)

    def show_block(self) -> None:
        """Set widths for the block the model shows now."""
        self._delegate.take_fonts()
        scale = self.fontMetrics().height() / 17
        for n, item in enumerate(self._sheet.items):
            self.setColumnWidth(n, round((PAIRED_WIDTH if item.kind else SINGLE_WIDTH) * max(1.0, scale)))
        self.verticalHeader().setDefaultSectionSize(row_height(self, compact=True))

    def step(self, down: int, right: int) -> None:
        """Go on to the next cell; sideways past cells that are not typed, over the end into the next row."""
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
            self.setCurrentIndex(self._sheet.index(row, column))

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
            step = _step(event)
            if step is not None:
                self.step(*step)
        else:
            super().keyPressEvent(event)

    def selectionCommand(self, index: Index, event: QEvent | None = None) -> QItemSelectionModel.SelectionFlag:
        """As in a spreadsheet: Ctrl changes how far a key goes, never what it does to the selection."""
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
        super().focusInEvent(event)
        if self._delegate.editor is not None:
            self._delegate.editor.setFocus()  # what was refused is mended or given up first
        elif not self.currentIndex().isValid() and self._sheet.rowCount():
            self.setCurrentIndex(self._sheet.index(0, 0))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit()

    def _typed(self, row: int, column: int) -> bool:
        state = self._sheet.state
        return state is not None and state.takes(self._sheet.units[row], self._sheet.items[column])

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

    def show_block(self) -> None:
        for n in range(self.model().columnCount()):
            self.setColumnWidth(n, self._above.columnWidth(n))
        self.verticalHeader().setDefaultSectionSize(row_height(self, compact=True))
        self.setFixedHeight(row_height(self, compact=True) + 2)
        self._follow()

    def _follow(self) -> None:
        self.verticalHeader().setFixedWidth(self._above.verticalHeader().width())
        bar = self._above.verticalScrollBar()
        policy = Qt.ScrollBarPolicy
        shown = policy.ScrollBarAlwaysOn if bar.maximum() > bar.minimum() else policy.ScrollBarAlwaysOff
        if shown != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(shown)
        self.horizontalScrollBar().setValue(self._above.horizontalScrollBar().value())
