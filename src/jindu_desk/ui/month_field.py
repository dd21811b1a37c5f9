"""A month typed as 2026-10 (or 2026.10, 202610, 2026年10月) in a form."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QLineEdit

from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import NotAMonth
from jindu_desk.ui.theme.measures import row_height

_LOOSE = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*月?")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")


def read_month(text: str) -> Month:
    """Raises `NotAMonth`."""
    match = _LOOSE.fullmatch(text.strip().translate(_HALF_WIDTH))
    if match is None:
        raise NotAMonth(text=text[:20])
    return Month(int(match[1]), int(match[2]))


class MonthField(QLineEdit):
    """`value` raises `NotAMonth` for what is no month."""

    def __init__(self, month: Month) -> None:
        super().__init__(str(month))
        self.setPlaceholderText("2026-10")
        self.setMaxLength(12)
        self.setMinimumHeight(row_height(self))
        self.editingFinished.connect(self._tidy)

    def value(self) -> Month:
        return read_month(self.text())

    def set_value(self, month: Month) -> None:
        self.setText(str(month))

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except NotAMonth:
            return  # stays as typed; the form tells
