"""The window with one opened folder, for tests of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.ui.frame.context_bar import MonthState
from jindu_desk.ui.frame.main_window import MainWindow
from jindu_desk.ui.frame.screen import ScreenSpec, Shell
from jindu_desk.ui.frame.window_memory import WindowMemory
from jindu_desk.ui.frame.window_shell import WindowShell
from jindu_desk.ui.tasks import Tasks
from jindu_desk.ui.theme.theme import Theme

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

P = TypeVar("P", bound=QWidget)


class WindowForPages:
    """A real window and shell on a desk, without the start-up around it."""

    def __init__(self, qtbot: QtBot, app: QApplication, desk: Desk, folder: Path, month: Month) -> None:
        self._qtbot = qtbot
        self.window = MainWindow(month)
        qtbot.addWidget(self.window)
        self.tasks = Tasks(self.window)
        self.shell = WindowShell(
            self.window,
            self.tasks,
            desk=desk,
            month=month,
            state_of=lambda _desk, _month: MonthState(),
            memory=WindowMemory(folder / "preferences.json"),
            theme=Theme(app),
            reopen=lambda _folder: None,
            leave_demo=lambda: None,
        )
        self.tasks.failed.connect(self.shell.tell_failure)

    def show(self, page: Callable[[Shell], P]) -> P:
        """Build a page and bring it up the way the frame does; returns when its rows are there."""
        made: list[P] = []

        def build(shell: Shell) -> P:
            made.append(page(shell))
            return made[0]

        everyone = frozenset(Tier)
        self.window.take_screens([ScreenSpec("page", "页面", "users", everyone, lambda: build, "")])
        self.window.show_pages()
        self.window.pages.show_page("page", self.shell, {})
        self.settle()
        return made[0]

    def settle(self) -> None:
        """Wait until all work is done and delivered."""
        self._qtbot.waitUntil(lambda: not self.tasks.busy, timeout=20_000)

    @property
    def said(self) -> str:
        """The notice in the foot."""
        return self.window.foot.notices.text


@pytest.fixture(autouse=True)
def keys_let_go() -> Iterator[None]:
    """No key is down when a test begins: what `QTest` presses with Ctrl or Shift leaves it down, as Qt sees it."""
    yield
    nothing = Qt.KeyboardModifier.NoModifier
    if QApplication.instance() is not None and QApplication.keyboardModifiers() != nothing:
        QApplication.sendEvent(QWidget(), QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_F24, nothing))
        assert QApplication.keyboardModifiers() == nothing


@pytest.fixture
def window_for(
    qtbot: QtBot, look: QApplication, tmp_path: Path, make_desk: Callable[[str, str], Desk]
) -> Iterator[Callable[[Desk], WindowForPages]]:
    """``window_for(desk)``: a window on that desk, in October 2026. Its work ends before any made desk is closed."""
    del make_desk  # asked for only so that it is torn down after this
    made: list[WindowForPages] = []

    def make(desk: Desk) -> WindowForPages:
        window = WindowForPages(qtbot, look, desk, tmp_path, Month(2026, 10))
        made.append(window)
        return window

    yield make
    for window in made:
        window.tasks.finish()


@pytest.fixture
def office(desk: Desk, window_for: Callable[[Desk], WindowForPages]) -> WindowForPages:
    """The window of 薛家镇 in October 2026."""
    return window_for(desk)
