"""The three views of the page, one at a time, with the buttons that lead to the first two."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QSizePolicy, QStackedWidget, QToolButton, QWidget


class View(IntEnum):
    RECORDS = 0  # list and form
    BOARD = 1  # decisions
    SEARCH = 2  # across all minutes
    TEMPLATES = 3  # what comes back in meetings
    PAPER = 4  # the preview


class Views(QStackedWidget):
    """``turned()`` after another view is shown. ``tabs`` stand beside the page's title."""

    turned = Signal()

    def __init__(self, views: Sequence[QWidget]) -> None:
        super().__init__()
        for view in views:
            self.addWidget(view)
        self._group = QButtonGroup(self)
        self._narrow = False
        self.tabs = (
            self._tab(View.RECORDS, "例会记录"),
            self._tab(View.BOARD, "督办清单"),
            self._tab(View.SEARCH, "查找"),
            self._tab(View.TEMPLATES, "常用内容"),
        )
        self.turn_to(View.RECORDS)

    @property
    def current(self) -> View:
        return View(self.currentIndex())

    def turn_to(self, view: View) -> None:
        """Show a view. The others ask for no room: a hidden one must not make the page scroll."""
        self.setCurrentIndex(view)
        for at in range(self.count()):
            if (widget := self.widget(at)) is not None:
                policy = QSizePolicy.Policy.Preferred if at == view else QSizePolicy.Policy.Ignored
                widget.setSizePolicy(policy, policy)
        self._show_tabs()
        self.turned.emit()

    def fold(self, *, narrow: bool) -> None:
        """Where there is little room, what the … menu leads to has no tab of its own."""
        self._narrow = narrow
        self._show_tabs()

    def _show_tabs(self) -> None:
        for at, tab in enumerate(self.tabs):
            folded = self._narrow and at in (View.SEARCH, View.TEMPLATES) and at != self.current
            tab.setVisible(self.current is not View.PAPER and not folded)
            tab.setChecked(at == self.current)

    def show_open_count(self, count: int) -> None:
        self.tabs[View.BOARD].setText(f"督办清单 {count}" if count else "督办清单")

    def hasHeightForWidth(self) -> bool:
        return False  # its views scroll by themselves

    def _tab(self, view: View, word: str) -> QToolButton:
        tab = QToolButton()
        tab.setText(word)
        tab.setCheckable(True)
        tab.setProperty("role", "quiet")
        tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        tab.clicked.connect(lambda _checked=False: self.turn_to(view))
        self._group.addButton(tab)
        return tab
