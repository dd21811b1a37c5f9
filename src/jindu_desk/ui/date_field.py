"""A date typed as people type it (2026-10-28, 2026.10.28, 20261028, 10-28) or picked from a calendar; may be empty."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QDate, QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCalendarWidget, QHBoxLayout, QLineEdit, QMenu, QToolButton, QWidget, QWidgetAction

from jindu_desk.errors.entry import NotADate
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import row_height

_FULL = re.compile(r"(\d{4})\s*[-./年]?\s*(\d{1,2})\s*[-./月]?\s*(\d{1,2})\s*日?")
_DAY = re.compile(r"(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_EXAMPLE = "2026-10-28"


def read_date(text: str, year: int) -> date | None:
    """Read a typed date; ``year`` completes 10-28. Empty is None; raises `NotADate`."""
    plain = text.strip().translate(_HALF_WIDTH)
    if not plain:
        return None
    try:
        if match := _DIGITS.fullmatch(plain) or (_FULL.fullmatch(plain) if not plain.isdigit() else None):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DAY.fullmatch(plain):
            return date(year, int(match[1]), int(match[2]))
    except ValueError:
        pass
    raise NotADate(text=text[:30])


class DateField(QWidget):
    """``changed()`` when a date was typed and left, or picked. `value` raises `NotADate` for what is no date."""

    changed = Signal()

    def __init__(self, value: date | None = None, *, year: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._year = year or QDate.currentDate().year()
        self.line = QLineEdit(placeholderText=_EXAMPLE, maxLength=20)
        self.line.setMinimumHeight(row_height(self.line))
        self.line.editingFinished.connect(self._tidy)
        self._button = QToolButton()
        self._button.setProperty("role", "quiet")
        self._button.setAccessibleName("打开日历")
        self._button.setToolTip("打开日历（Alt+↓）")
        self._button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab goes on to the next field
        opening = QShortcut(QKeySequence("Alt+Down"), self.line)
        opening.setContext(Qt.ShortcutContext.WidgetShortcut)
        opening.activated.connect(self._button.click)
        put_icon(self._button, "calendar")
        self._button.clicked.connect(self._open_calendar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.line, 1)
        row.addWidget(self._button)
        self.setFocusProxy(self.line)
        self.setAccessibleDescription("")
        self.set_value(value)

    def value(self) -> date | None:
        return read_date(self.line.text(), self._year)

    def set_value(self, value: date | None) -> None:
        self.line.setText("" if value is None else value.isoformat())

    def set_year(self, year: int) -> None:
        """The year that completes 10-28, where the form shows another month."""
        self._year = year

    def setAccessibleName(self, name: str) -> None:
        """The name belongs to the line, where the keyboard is."""
        self.line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Without one Qt would say the placeholder, which sounds like a date that was typed."""
        self.line.setAccessibleDescription(f"{description}，例如 {_EXAMPLE}" if description else f"例如 {_EXAMPLE}")

    def setReadOnly(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)
        self._button.setEnabled(not read_only)

    def _tidy(self) -> None:
        try:
            self.set_value(self.value())
        except NotADate:
            return  # stays as typed; the form tells
        self.changed.emit()

    def _open_calendar(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar = QCalendarWidget(menu)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        try:
            if value := self.value():
                calendar.setSelectedDate(QDate(value.year, value.month, value.day))
        except NotADate:
            pass

        def pick(day: QDate) -> None:
            self.set_value(date(day.year(), day.month(), day.day()))
            menu.close()
            self.changed.emit()

        calendar.clicked.connect(pick)
        calendar.activated.connect(pick)
        inside = QWidgetAction(menu)
        inside.setDefaultWidget(calendar)
        menu.addAction(inside)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        calendar.setFocus()


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．－／", "0123456789.-/")
