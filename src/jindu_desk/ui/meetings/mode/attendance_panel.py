"""Who is there, by one key a person: figures or the first letters of the words; the table goes on by itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from jindu_desk.domain.meeting_drafts import attendance_sums
from jindu_desk.domain.meetings import Attendance, Group
from jindu_desk.errors.meetings import ObserverMarkForMember
from jindu_desk.ui.meetings.attendance import NAME, AttendanceModel
from jindu_desk.ui.meetings.cell_editing import CellDelegate
from jindu_desk.ui.meetings.mode.holding import Holding
from jindu_desk.ui.meetings.mode.large_type import large_em, large_row
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.tables import dress_table
from jindu_desk.ui.theme.measures import GROUP

SUBSTITUTE = 6
_MARKS = {
    Qt.Key.Key_1: 0,
    Qt.Key.Key_C: 0,
    Qt.Key.Key_2: 1,
    Qt.Key.Key_J: 1,
    Qt.Key.Key_3: 2,
    Qt.Key.Key_Q: 2,
}
_OBSERVER = (Qt.Key.Key_4, Qt.Key.Key_L)
_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier, Qt.KeyboardModifier.ShiftModifier)


class AttendancePanel(QWidget):
    def __init__(self, holding: Holding) -> None:
        super().__init__()
        self._holding = holding
        self.model = AttendanceModel()
        self.model.show_rows(holding.draft.attendees)
        self.view = _View(self.model)
        self.sums = QLabel()
        self.sums.setWordWrap(True)
        keys = QLabel("1 / C 出席　2 / J 请假　3 / Q 缺席　4 / L 列席　0 清除　回车 写代会人　A 其余全部出席")
        keys.setProperty("role", "muted")
        keys.setWordWrap(True)
        self.rest = button_for(Action("其余全部出席", self.model.mark_rest, icon="check", role="link"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.sums)
        column.addWidget(self.view, 1)
        column.addWidget(keys)
        column.addWidget(self.rest, alignment=Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self.view)
        self.model.edited.connect(self._changed)
        self.model.refused.connect(lambda sentence: holding.told.emit(sentence, True))
        self.view.wrong_mark = lambda name: holding.told.emit(str(ObserverMarkForMember(name=name)), True)
        self._show_sums()
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, NAME))

    def enlarge(self, factor: float) -> None:
        self.view.fit(factor)

    def _changed(self) -> None:
        self._show_sums()
        self._holding.change(attendees=self.model.rows)

    def _show_sums(self) -> None:
        sums = attendance_sums(self.model.rows)
        substituted = f"（代会 {sums.substituted}）" if sums.substituted else ""
        unmarked = f"　未登记 {sums.unmarked}" if sums.unmarked else ""
        self.sums.setText(
            f"应到 {sums.expected}　出席 {sums.present}{substituted}　请假 {sums.excused}　缺席 {sums.absent}"
            f"　列席 {sums.observers}{unmarked}"
        )


class _View(QTableView):
    def __init__(self, model: AttendanceModel) -> None:
        super().__init__()
        self._model = model
        self.wrong_mark: Any = None
        self.setModel(model)
        dress_table(self, name="点名")
        self.setItemDelegate(CellDelegate(self))
        for column in (0, 1, 7):
            self.setColumnHidden(column, True)
        self.horizontalHeader().setStretchLastSection(False)

    def fit(self, factor: float) -> None:
        """Rows and columns by the size of the text."""
        self.verticalHeader().setDefaultSectionSize(large_row(factor))
        em = large_em(factor)
        header = self.horizontalHeader()
        for column, width in ((2, 8), (3, 5), (5, 5), (SUBSTITUTE, 6)):
            self.setColumnWidth(column, em * width + 24)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Letters are marks here, also while Chinese is being typed elsewhere."""
        return False if query == Qt.InputMethodQuery.ImEnabled else super().inputMethodQuery(query)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current, key = self.currentIndex(), Qt.Key(event.key())
        if self.state() == QAbstractItemView.State.EditingState and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # the editor is about to hand its text over; `closeEditor` goes on from there
        elif not current.isValid() or event.modifiers() not in _PLAIN:
            super().keyPressEvent(event)
        elif key in _MARKS or key == Qt.Key.Key_0:
            self._model.mark(current.row(), _MARKS.get(key))
            self._go_down(key in _MARKS)
        elif key in _OBSERVER:
            self._observe(current.row())
        elif key == Qt.Key.Key_A:
            self._model.mark_rest()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit(self._model.index(current.row(), SUBSTITUTE))
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self._mark_substituted()
        self._go_down(hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache)

    def _mark_substituted(self) -> None:
        """Who sent a substitute is there, by the substitute."""
        row = self.currentIndex().row()
        if row >= 0 and self._model.rows[row].substitute and self._model.rows[row].attendance is Attendance.UNMARKED:
            self._model.mark(row, 0)

    def _observe(self, row: int) -> None:
        attendee = self._model.rows[row]
        if attendee.group is not Group.OBSERVER:
            self.wrong_mark(attendee.name)
            return
        self._model.mark(row, 0)
        self._go_down(True)

    def _go_down(self, wanted: bool) -> None:
        current = self.currentIndex()
        if wanted and current.row() + 1 < self._model.rowCount():
            self.setCurrentIndex(self._model.index(current.row() + 1, current.column()))
