"""The menu of the papers around the meeting that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QPushButton

from jindu_desk.ui.meetings.papers import Papers
from jindu_desk.ui.paper import Paper


class PapersMenu:
    """``button``: below which it comes up; ``show``: what becomes of the paper that is chosen."""

    def __init__(self, papers: Papers, button: Callable[[], QPushButton], show: Callable[[Paper], object]) -> None:
        self._papers, self._button, self._show = papers, button, show

    def open(self) -> None:
        button = self._button()
        menu = self.menu(button)
        menu.aboutToHide.connect(menu.deleteLater)
        row = button.parentWidget() or button
        folded = row.mapToGlobal(row.rect().bottomRight())  # where a narrow row has its …
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()) if button.isVisible() else folded)

    def menu(self, parent: QPushButton) -> QMenu:
        from jindu_desk.reports.meetings.papers import MEETING_KINDS

        menu = QMenu(parent)
        menu.setToolTipsVisible(True)
        for kind in MEETING_KINDS:
            entry = menu.addAction(kind.name, partial(self._papers.make_kind, kind, self._show))
            entry.setToolTip(kind.purpose)
        return menu
