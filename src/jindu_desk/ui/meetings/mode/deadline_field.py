"""A deadline typed in a few keys; what it is read as stands below it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit

from jindu_desk.errors.entry import NotADate
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.meetings.quick_dates import read_deadline

_DAYS = "一二三四五六日"


class DeadlineField(Field[QLineEdit]):
    """``edited()`` after every keystroke; `value` is None for what is no date, which is told below."""

    edited = Signal()

    def __init__(self, label: str, held_on: date) -> None:
        super().__init__(label, line_edit(limit=20), hint="+7、月底、周五、10-28")
        self._held_on = held_on
        self._usual = self._hint
        self.editor.textEdited.connect(self._tell)
        self.editor.editingFinished.connect(self.settle)

    def value(self) -> date | None:
        try:
            return read_deadline(self.editor.text(), self._held_on)
        except NotADate:
            return None

    def set_value(self, value: date | None) -> None:
        self.editor.setText(value.isoformat() if value else "")
        self.clear_error()
        self.show_hint(self._usual)

    def settle(self) -> None:
        """What is read stands there in full; what is no date stays as typed and is told."""
        try:
            found = read_deadline(self.editor.text(), self._held_on)
        except NotADate as error:
            self.show_error(str(error))
            return
        if found is not None and found < self._held_on:
            self.show_error(f"早于会议日期 {self._held_on}，请核对。")
        elif found is not None and not self.editor.isReadOnly():
            self.editor.setText(found.isoformat())

    def _tell(self) -> None:
        found = self.value()
        self.show_hint(f"{found} 周{_DAYS[found.weekday()]}" if found else self._usual)
        self.edited.emit()
