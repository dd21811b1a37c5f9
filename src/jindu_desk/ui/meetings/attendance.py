"""The attendance table: one key a person (1 出席, 2 请假, 3 缺席), substitutes and notes typed in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QBrush, QKeyEvent, QKeySequence, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.free_text import SHORT_TEXT, clean_text
from jindu_desk.domain.meeting_drafts import AttendeeDraft, attendance_sums, marks_for
from jindu_desk.domain.meetings import Attendance, Group
from jindu_desk.errors import DeskError
from jindu_desk.ui.chips import SIGN
from jindu_desk.ui.fields import Form
from jindu_desk.ui.meetings.cell_editing import CellDelegate, Pasted, clipboard_cells
from jindu_desk.ui.meetings.words import ATTENDANCE, GROUP_WORD
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tables import dress_table
from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.measures import GROUP, row_height
from jindu_desk.ui.theme.tokens import tokens_of

Index = QModelIndex | QPersistentModelIndex
_TITLES = ("序", "类别", "单位", "姓名", "职务", "到会", "代会人", "备注")
_FIELDS = ("", "", "unit_name", "name", "post", "", "substitute", "note")
NAME, MARK = 3, 5
_NARROW, _NARROW_HIDES = 42, (0, 1, 4)  # in characters; columns
_KEYS = {Qt.Key.Key_1: 0, Qt.Key.Key_2: 1, Qt.Key.Key_3: 2}


class AttendanceModel(QAbstractTableModel):
    """Rows being typed. ``edited()`` after each change, ``refused(sentence)`` when a text may not be kept."""

    edited = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[AttendeeDraft] = []
        self.read_only = False

    @property
    def rows(self) -> tuple[AttendeeDraft, ...]:
        return tuple(self._rows)

    def show_rows(self, rows: Sequence[AttendeeDraft]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def mark(self, row: int, key: int | None) -> None:
        """Give row the ``key``-th of its marks; None takes its mark off."""
        attendee = self._rows[row]
        mark = Attendance.UNMARKED if key is None else marks_for(attendee.group)[key]
        self._put(row, attendee.model_copy(update={"attendance": mark}))

    def mark_rest(self) -> None:
        """Everybody who is not marked yet was there."""
        for number, row in enumerate(self._rows):
            if row.attendance is Attendance.UNMARKED:
                self._rows[number] = row.model_copy(update={"attendance": marks_for(row.group)[0]})
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(_TITLES) - 1))
            self.edited.emit()

    def add(self, group: Group) -> int:
        """An empty row at the end of its group; its number."""
        at = max((n for n, row in enumerate(self._rows, 1) if row.group is group), default=len(self._rows))
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.insert(at, AttendeeDraft(group=group))
        self.endInsertRows()
        self.edited.emit()
        return at

    def paste(self, cells: Sequence[Sequence[str]], row: int, column: int) -> Pasted:
        """Put cells into the rows from ``row`` on and the columns from ``column`` on; a mark is pasted as its word.

        An empty cell leaves what is there.
        """
        rows, taken, refused = 0, 0, []
        for number, line in enumerate(cells[: len(self._rows) - row], row):
            before = taken
            for at, text in enumerate(line, column):
                if not text or at >= len(_TITLES):
                    continue
                try:
                    taken += self._take(number, at, text)
                except DeskError as error:
                    refused.append((number + 1, str(error)))
            rows += taken > before
        if taken:
            self.dataChanged.emit(self.index(row, 0), self.index(len(self._rows) - 1, len(_TITLES) - 1))
            self.edited.emit()
        return Pasted(rows, taken, tuple(refused), max(0, len(cells) - (len(self._rows) - row)))

    def _take(self, number: int, column: int, text: str) -> bool:
        """Put one pasted cell into a row; False where that column holds nothing of the kind."""
        row, field = self._rows[number], _FIELDS[column]
        if field:
            self._rows[number] = row.model_copy(update={field: clean_text(text, field, limit=SHORT_TEXT)})
            return True
        mark = next((mark for mark in marks_for(row.group) if column == MARK and ATTENDANCE[mark][0] == text), None)
        if mark is not None:
            self._rows[number] = row.model_copy(update={"attendance": mark})
        return mark is not None

    def remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._rows[row]
        self.endRemoveRows()
        self.edited.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_TITLES)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        known = super().flags(index)
        if not self.read_only and _FIELDS[index.column()]:
            return known | Qt.ItemFlag.ItemIsEditable
        return known

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        word, kind = ATTENDANCE[row.attendance]
        answer: Any = None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            if _FIELDS[column]:
                answer = getattr(row, _FIELDS[column])
            else:
                answer = {0: str(index.row() + 1), 1: GROUP_WORD[row.group], MARK: word}[column]
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            answer = f"{_TITLES[column]}：{self.data(index)}，{row.unit_name}{row.name} {word}"
        elif role == Qt.ItemDataRole.ToolTipRole and column == MARK:
            keys = enumerate(marks_for(row.group), 1)
            answer = "按键：" + "，".join(f"{key} {ATTENDANCE[mark][0]}" for key, mark in keys)
        elif column == MARK and role == Qt.ItemDataRole.ForegroundRole:
            answer = QBrush(tokens_of(QApplication.palette()).of(kind))
        elif column == MARK and role == Qt.ItemDataRole.DecorationRole:
            answer = icon(SIGN[kind], tokens_of(QApplication.palette()).of(kind).name(), 16)
        return answer

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        field = _FIELDS[index.column()]
        if role != Qt.ItemDataRole.EditRole or not field:
            return False
        row = self._rows[index.row()]
        try:
            text = clean_text(str(value), field, limit=SHORT_TEXT)
        except DeskError as error:
            self.refused.emit(str(error))
            return False
        if text != getattr(row, field):
            self._put(index.row(), row.model_copy(update={field: text}))
        return True

    def _put(self, number: int, row: AttendeeDraft) -> None:
        self._rows[number] = row
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(_TITLES) - 1))
        self.edited.emit()


class AttendanceView(QTableView):
    """The table as high as its rows. 1, 2 and 3 mark the row and go on to the next; 0 takes the mark off.

    ``walked()`` when the keyboard went to another cell; ``pasted(Pasted)`` after Ctrl+V.
    """

    walked = Signal()
    pasted = Signal(object)

    def __init__(self, model: AttendanceModel) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        dress_table(self, name="参会人员", compact=True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        cells = CellDelegate(self)
        cells.block_pasted.connect(self._paste_over)
        self.setItemDelegate(cells)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        header = self.horizontalHeader()
        em = header.fontMetrics().horizontalAdvance("汉")
        for column, width in enumerate((2, 4, 8, 5, 8, 5, 5, 0)):
            if width:
                self.setColumnWidth(column, em * width + 22)
        header.setMinimumSectionSize(36)
        header.setSectionResizeMode(len(_TITLES) - 1, QHeaderView.ResizeMode.Stretch)
        for changed in (model.modelReset, model.rowsInserted, model.rowsRemoved):
            changed.connect(self._fit)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        key = Qt.Key(event.key())
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Paste) and not self._model.read_only:
            self.paste()
        elif self.state() == QAbstractItemView.State.EditingState and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the editor is about to hand its text over; `closeEditor` goes on from there
        elif current.isValid() and plain and not self._model.read_only and (key in _KEYS or key == Qt.Key.Key_0):
            self._model.mark(current.row(), _KEYS.get(key))
            if key in _KEYS:
                self._go(current.row() + 1, current.column())
        elif current.isValid() and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(current.row() + 1, current.column())
        else:
            super().keyPressEvent(event)
        if self.currentIndex() != current:
            self.walked.emit()

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter takes what is typed and goes down, as in a spreadsheet."""
        super().closeEditor(editor, hint)
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            current = self.currentIndex()
            self._go(current.row() + 1, current.column())
            self.walked.emit()

    def paste(self) -> None:
        """Put the clipboard's cells into the rows from the current cell on; where that is no text, the names."""
        current = self.currentIndex()
        column, cells = current.column(), clipboard_cells()
        words = {word for word, _ in ATTENDANCE.values()}
        if not (
            0 <= column < len(_FIELDS) and (_FIELDS[column] or (column == MARK and cells and cells[0][0] in words))
        ):
            column = NAME
        done = self._model.paste(cells, max(0, current.row()), column)
        if not current.isValid() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(0, column))
        self.pasted.emit(done)

    def _paste_over(self, editor: QLineEdit) -> None:
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.RevertModelCache)
        self.paste()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for column in _NARROW_HIDES:
            self.setColumnHidden(column, event.size().width() < self.fontMetrics().horizontalAdvance("汉") * _NARROW)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the form scrolls

    def _go(self, row: int, column: int) -> None:
        if row < self._model.rowCount():
            self.setCurrentIndex(self._model.index(row, column))

    def _fit(self) -> None:
        rows = max(1, self._model.rowCount())
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + rows * row_height(self, compact=True) + 2 * self.frameWidth() + 2)


class AttendanceSection(QWidget):
    """The table with its sums and what can be done with rows."""

    edited = Signal()
    refused = Signal(str)
    pasted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model = AttendanceModel()
        self.view = AttendanceView(self.model)
        self._sums = QLabel()
        self._sums.setWordWrap(True)
        self._hint = QLabel("1 出席　2 请假　3 缺席　·　F2 改姓名　·　Ctrl+V 粘贴一列姓名")
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)
        self._buttons = [
            button_for(action)
            for action in (
                Action(
                    "其余全部到会", self.model.mark_rest, icon="check", role="link", tip="把还没有登记的人都记为到会"
                ),
                Action("添加参会人员", lambda: self._add(Group.STAFF), icon="user-plus", role="link"),
                Action("添加列席人员", lambda: self._add(Group.OBSERVER), icon="user-plus", role="link"),
                Action("移除所选人员", self._remove, icon="minus", role="link"),
            )
        ]
        below = Form(4)
        for button in self._buttons:
            below.add_widget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self._sums)
        column.addWidget(self._hint)
        column.addWidget(self.view)
        column.addWidget(below)
        self.model.edited.connect(self._changed)
        self.model.refused.connect(self.refused)
        self.view.pasted.connect(self.pasted)

    def show_rows(self, rows: Sequence[AttendeeDraft], *, read_only: bool) -> None:
        self.model.read_only = read_only
        self.model.show_rows(rows)
        for button in self._buttons:
            button.setVisible(not read_only)
        self._hint.setVisible(not read_only)
        self._show_sums()

    def rows(self) -> tuple[AttendeeDraft, ...]:
        """The rows with something in them."""
        return tuple(row for row in self.model.rows if row.name or row.unit_id or row.unit_name)

    def go_to(self, row: int, column: int) -> None:
        if row < self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(row, column))
        self.view.setFocus()

    def _add(self, group: Group) -> None:
        self.go_to(self.model.add(group), NAME)

    def _remove(self) -> None:
        if (row := self.view.currentIndex().row()) >= 0:
            self.model.remove(row)

    def _changed(self) -> None:
        self._show_sums()
        self.edited.emit()

    def _show_sums(self) -> None:
        sums = attendance_sums(self.model.rows)
        substituted = f"（代会 {sums.substituted}）" if sums.substituted else ""
        parts = [f"应到 {sums.expected}", f"出席 {sums.present}{substituted}", f"请假 {sums.excused}"]
        parts += [f"缺席 {sums.absent}", f"列席 {sums.observers}"]
        if sums.unmarked:
            parts.append(f"未登记 {sums.unmarked}")
        self._sums.setText("　".join(parts))
