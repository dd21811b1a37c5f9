"""What every reversal asks for: on which day it is booked, and why."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit

from jindu_desk.errors.entry import NotADate, TextMissing
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.side_panel import PanelForm


class ReversingForm(PanelForm):
    """``on`` and ``reason`` stand where the form that asks for them calls `ask_day_and_reason`."""

    on: Field[DateField]
    reason: Field[QLineEdit]

    def ask_day_and_reason(self, day: date, *, year: int, example: str, span: int = 1) -> None:
        """``day``: what is proposed, a day of ``year``; ``span``: the columns that the reason takes."""
        self.on = self.add("on", "冲销日期", DateField(day, year=year), required=True)
        self.reason = self.add("note", "冲销理由", line_edit(placeholder=example), required=True, span=span)

    def values(self) -> tuple[date, str]:
        """Date and reason. Raises `TextMissing`, `NotADate`."""
        on = self.on.editor.value()
        if on is None:
            raise TextMissing(field="on")
        if not self.reason.text().strip():
            raise TextMissing(field="note")
        return on, self.reason.text()

    def show_failure(self, error: Exception) -> None:
        if isinstance(error, NotADate):
            self.on.show_error(str(error))
            return
        super().show_failure(error)
