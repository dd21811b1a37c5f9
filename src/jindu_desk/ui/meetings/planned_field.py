"""The planned minutes of an agenda item, typed; and the words for what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QLineEdit

from jindu_desk.domain.meeting_plan import MOST_PLANNED, Outlook, planned_end
from jindu_desk.ui.fields import Field, line_edit

_WRONG = f"请填 1 到 {MOST_PLANNED} 的整数，或者不填。"


class PlannedField(Field[QLineEdit]):
    """`value` is None while nothing is planned; what is no plan is told below the editor. ``edited()`` after every
    keystroke."""

    edited = Signal()

    def __init__(self, label: str = "计划（分钟）") -> None:
        super().__init__(label, line_edit(limit=9))
        self._planned: int | None = None
        self.editor.textChanged.connect(self._take)

    def value(self) -> int | None:
        return self._planned

    def set_value(self, planned: int | None) -> None:
        """Show ``planned`` without telling that it was edited."""
        with QSignalBlocker(self.editor):
            self.editor.setText("" if planned is None else str(planned))
        self._planned = planned
        self.clear_error()

    def set_read_only(self, read_only: bool) -> None:
        self.editor.setReadOnly(read_only)

    def _take(self, text: str) -> None:
        typed = text.strip()
        number = int(typed) if typed.isdecimal() else 0
        self._planned = number if 1 <= number <= MOST_PLANNED else None
        if typed and self._planned is None:
            self.show_error(_WRONG)
        elif self.error:
            self.clear_error()
        self.edited.emit()


def end_words(outlook: Outlook) -> str:
    """``预计 11:05 结束``; where something has no plan, later than that."""
    ends = outlook.ends_at + timedelta(seconds=30)  # to the nearest minute
    return f"预计 {ends.hour}:{ends.minute:02} {'' if outlook.whole else '以后'}结束"


def sum_words(planned: Sequence[int | None], starts_at: datetime | None, ends_at: datetime | None = None) -> str:
    """How much is planned in all, and when the meeting would end, also beside the end that was filled in; nothing where
    nothing is planned."""
    if not any(planned):
        return ""
    minutes, open_items = sum(each or 0 for each in planned), planned.count(None)
    told = f"已计划 {minutes} 分钟，另有 {open_items} 项没有计划" if open_items else f"计划合计 {minutes} 分钟"
    end = planned_end(starts_at, planned)
    late = (
        f"填写的结束时间是 {ends_at.hour}:{ends_at.minute:02}，排不下。"
        if end and ends_at and end.ends_at > ends_at
        else ""
    )
    return f"{told}，{end_words(end)}。{late}" if end else f"{told}。"
