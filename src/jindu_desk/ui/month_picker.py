"""Choosing a month: ◂ 2026年10月 ▸, with the twelve months of a year one click away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget, QWidgetAction

from jindu_desk.domain.months import FIRST_YEAR, LAST_YEAR, Month
from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import GROUP, scaled_font


def month_text(month: Month) -> str:
    """``2026年10月``, as papers write it."""
    return f"{month.year}年{month.number}月"


class MonthPicker(QWidget):
    """``wanted(month)``: the user asks for another month. `show_month` is called when it is really shown."""

    wanted = Signal(object)

    def __init__(self, month: Month, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._month = month
        self._before = self._arrow("chevron-left", "上一个月", "Ctrl+PgUp", -1)
        self._after = self._arrow("chevron-right", "下一个月", "Ctrl+PgDown", 1)
        self._label = QToolButton()
        self._label.setProperty("role", "quiet")
        self._label.setToolTip("选择月份")
        self._label.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._year: _YearGrid | None = None
        menu = QMenu(self._label)
        menu.aboutToShow.connect(self._open_year)
        self._label.setMenu(menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._before)
        row.addWidget(self._label)
        row.addWidget(self._after)
        self.show_month(month)

    @property
    def month(self) -> Month:
        return self._month

    def show_month(self, month: Month) -> None:
        self._month = month
        self._label.setText(month_text(month))
        self._label.setAccessibleName(f"当前月份：{month_text(month)}")
        self._before.setEnabled(month > Month(FIRST_YEAR, 1))
        self._after.setEnabled(month < Month(LAST_YEAR, 12))
        self.follow_theme()

    def follow_theme(self) -> None:
        self._label.setFont(scaled_font(1.15, bold=True))

    def _arrow(self, icon_name: str, word: str, keys: str, step: int) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "quiet")
        button.setAccessibleName(word)
        button.setToolTip(f"{word}（{keys}）")
        put_icon(button, icon_name)
        button.clicked.connect(lambda: self.wanted.emit(self._month.plus(step)))
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(button.click)
        return button

    def _open_year(self) -> None:
        """The grid of months is made when somebody first looks: the start does without its fourteen buttons."""
        if self._year is None:
            menu = self._label.menu()
            self._year = _YearGrid(menu)
            self._year.chosen.connect(self._choose)
            inside = QWidgetAction(menu)
            inside.setDefaultWidget(self._year)
            menu.addAction(inside)
        self._year.show_year(self._month.year, self._month)

    def _choose(self, month: Month) -> None:
        self._label.menu().close()
        if month != self._month:
            self.wanted.emit(month)


_YEAR_STEPS = (("chevron-left", "上一年", -1), ("chevron-right", "下一年", 1))


class _YearGrid(QWidget):
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = FIRST_YEAR
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(GROUP, GROUP, GROUP, GROUP)
        grid.setSpacing(4)
        for column, (icon_name, word, step) in enumerate(_YEAR_STEPS):
            button = QToolButton()
            button.setProperty("role", "quiet")
            button.setAccessibleName(word)
            button.setToolTip(word)
            put_icon(button, icon_name)
            button.clicked.connect(lambda _checked=False, step=step: self.show_year(self._shown + step, None))
            grid.addWidget(button, 0, column * 3, alignment=Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(self._title, 0, 1, 1, 2)
        self._months: list[QToolButton] = []
        for number in range(1, 13):
            button = QToolButton()
            button.setText(f"{number}月")
            button.setCheckable(True)
            button.setProperty("role", "quiet")
            button.setMinimumWidth(56)
            button.clicked.connect(lambda _checked=False, number=number: self.chosen.emit(Month(self._shown, number)))
            grid.addWidget(button, 1 + (number - 1) // 4, (number - 1) % 4)
            self._months.append(button)

    def show_year(self, year: int, current: Month | None) -> None:
        self._shown = min(max(year, FIRST_YEAR), LAST_YEAR)
        self._title.setText(f"{self._shown}年")
        for number, button in enumerate(self._months, start=1):
            button.setAccessibleName(f"{self._shown}年{number}月")
            button.setChecked(current == Month(self._shown, number))
            if button.isChecked():
                button.setFocus()
