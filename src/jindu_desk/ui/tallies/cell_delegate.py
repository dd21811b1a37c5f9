"""One cell: painted with its signs, typed over heads-down."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPolygonF
from PySide6.QtWidgets import QAbstractItemDelegate, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from jindu_desk.domain.tallies.cells import BLANK, UNKNOWN, Cell
from jindu_desk.ui.tallies.figure_editor import FigureEditor
from jindu_desk.ui.tallies.model import SheetModel
from jindu_desk.ui.tallies.state import cell_text
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.measures import scaled_font, tabular_font
from jindu_desk.ui.theme.tokens import Tokens, tokens_of

Index = QModelIndex | QPersistentModelIndex
_RETURNED_SIGN = 12  # px
_SELECTED, _CURRENT = QStyle.StateFlag.State_Selected.value, QStyle.StateFlag.State_HasFocus.value
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
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

    go_on = Signal(int, int, bool)
    fault_shown = Signal(str)  # why what stands in the editor is not taken; "" when it was mended or given up

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._sheet = model
        self._font = tabular_font(scaled_font(1.0))
        self._words = scaled_font(0.86)
        self.editor: FigureEditor | None = None
        self._line: FigureEditor | None = None
        self._fault = ""
        self._is_new = False
        self._view = parent
        self._tokens = self._colours_of = tokens_of(parent)
        self._colours: dict[str, QColor] = {}

    def take_fonts(self, zoom: float) -> None:
        """After the text size, or that of the sheet, changed."""
        self._font, self._words = tabular_font(scaled_font(zoom)), scaled_font(0.86 * zoom)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index) -> QWidget:
        # One line for all cells: making and dressing one takes longer than the key may.
        if self._line is None:
            self._line = FigureEditor(parent)
            self._line.textEdited.connect(lambda: self._show_fault(""))
        self.editor, self._is_new = self._line, True
        return self.editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if self._is_new:  # the cell may be judged anew meanwhile: what is half typed stays
            self._is_new = False
            super().setEditorData(editor, index)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, FigureEditor) and not editor.fault:
            super().setModelData(editor, model, index)

    def let_go(self, editor: QWidget) -> None:
        """The editor is on its way out: nothing in it counts any more."""
        if editor is self.editor:
            self._show_fault("")
            self.editor = None

    def destroyEditor(self, editor: QWidget, _index: Index) -> None:
        self.let_go(editor)  # the line itself waits for the next cell

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
                step = step_of(event)
                if step is not None:
                    if not self.refuses():
                        self.commitData.emit(watched)
                        self.closeEditor.emit(watched, QAbstractItemDelegate.EndEditHint.NoHint)
                        self.go_on.emit(*step, is_enter(event))
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

    def start_painting(self) -> None:
        """Before a repaint of many cells: what is the same for all of them is looked up once."""
        self._tokens = tokens_of(self._view)
        if self._tokens is not self._colours_of:
            self._colours, self._colours_of = {}, self._tokens

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        state = self._sheet.state
        if state is None:
            return
        unit_id, item = self._sheet.place(index)
        rect: QRect = option.rect
        flags: int = option.state.value  # reckoning with Qt's own flags takes as long as the painting
        tokens = self._tokens
        cell = state.cell(unit_id, item.code)
        typed = state.takes(unit_id, item)
        finding = state.marks.worst_at(unit_id, item.code)
        returned = state.remarks_at(unit_id, item.code)
        if flags & _SELECTED:
            ground = tokens.selection
        elif returned or (finding is not None and finding.hard):
            ground = tokens.wrong_soft
        elif finding is not None:
            ground = tokens.due_soft
        else:
            ground = tokens.surface if state.is_open(unit_id, item) else tokens.locked
        painter.fillRect(rect, self._colour(ground))
        if cell is not BLANK:
            painter.setFont(self._font if isinstance(cell, int) else self._words)
            painter.setPen(self._colour(ink(cell, tokens, ground, typed=typed)))
            painter.drawText(rect.adjusted(3, 0, -7, 0), _RIGHT, cell_text(cell))
        if finding is not None:
            _corner(painter, rect, self._colour(tokens.wrong if finding.hard else tokens.due), left=True)
        if state.note(unit_id, item.code):
            _corner(painter, rect, self._colour(tokens.accent), left=False)
        if returned:
            _returned_sign(painter, rect, tokens.wrong)
        if flags & _CURRENT:
            painter.setPen(self._colour(tokens.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)  # a corner's sign leaves its own, which would fill the cell
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _colour(self, name: str) -> QColor:
        colour = self._colours.get(name)
        if colour is None:
            colour = self._colours[name] = QColor(name)
        return colour


def ink(cell: Cell, tokens: Tokens, ground: str, *, typed: bool) -> str:
    """The colour of what stands in a cell; plain text where a colour could not be read on the cell's ground."""
    if ground == tokens.selection:
        return tokens.text
    if isinstance(cell, int):
        return tokens.wrong if cell < 0 else tokens.text if typed else tokens.muted
    if cell is UNKNOWN:
        return tokens.due if ground in (tokens.surface, tokens.due_soft) else tokens.text
    return tokens.muted


def step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Down and right, where the key goes on to another cell."""
    key = event.key()
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        back = key == Qt.Key.Key_Backtab or bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return 0, -1 if back else 1
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return -1, 0
    return _STEPS.get(key)


def is_enter(event: QKeyEvent) -> bool:
    """Whether the key goes down, and on from the last row."""
    shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not shift


def _corner(painter: QPainter, rect: QRect, colour: QColor, *, left: bool) -> None:
    """A small triangle in an upper corner: the sign beside the colour."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, side = (rect.left(), 8) if left else (rect.right() + 1, -8)
    y = rect.top()
    painter.drawPolygon(QPolygonF([QPointF(x, y), QPointF(x + side, y), QPointF(x, y + 8)]))


def _returned_sign(painter: QPainter, rect: QRect, colour: str) -> None:
    """An arrow that turns back, in the lower corner where no other sign stands."""
    icon("undo-2", colour, _RETURNED_SIGN).paint(
        painter, QRect(rect.left() + 2, rect.bottom() - _RETURNED_SIGN, _RETURNED_SIGN, _RETURNED_SIGN)
    )
