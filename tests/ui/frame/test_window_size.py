"""The window fits on the screen it opens on, and its pages are reached by Alt or Ctrl and a digit."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QShortcut
from pytestqt.qtbot import QtBot

from jindu_desk.domain.months import Month
from jindu_desk.ui.frame.main_window import FIRST_SIZE, MainWindow
from jindu_desk.ui.screens import SCREENS


@pytest.mark.parametrize(
    ("available", "is_maximized"),
    [
        (QRect(0, 0, 1920, 1040), False),
        (QRect(0, 0, 1366, 768), False),
        (QRect(0, 0, 910, 480), True),  # 1366×768 at 150 %, less a panel
        (QRect(60, 30, 1000, 600), True),
    ],
)
def test_window_lies_within_the_screen(qtbot: QtBot, available: QRect, is_maximized: bool) -> None:
    window = MainWindow(Month(2026, 10))
    qtbot.addWidget(window)
    window.fit_into(available)
    assert available.contains(window.geometry())
    assert bool(window.windowState() & Qt.WindowState.WindowMaximized) is is_maximized
    if not is_maximized:
        assert (window.width(), window.height()) == FIRST_SIZE


def test_every_page_has_its_digits_once(qtbot: QtBot) -> None:
    window = MainWindow(Month(2026, 10))
    qtbot.addWidget(window)
    window.navigation.show_screens(SCREENS[:10])
    sequences = [QShortcut.keys(each) for each in window.navigation.findChildren(QShortcut)]
    keys = [key.toString() for both in sequences for key in both]
    digits = "1234567890"
    assert sorted(keys) == sorted([*(f"Alt+{n}" for n in digits), *(f"Ctrl+{n}" for n in digits[:9])])
