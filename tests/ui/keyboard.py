"""Keys pressed as a person presses them: nobody says which widget gets them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import WindowForPages

_KEYS = {
    "⏎": Qt.Key.Key_Return,
    "⇥": Qt.Key.Key_Tab,
    "⎋": Qt.Key.Key_Escape,
    "⌫": Qt.Key.Key_Delete,
    "␣": Qt.Key.Key_Space,
}


def bring_up(office: WindowForPages, qtbot: QtBot) -> None:
    """Give the window the keyboard: Qt moves the focus otherwise in a window in the background."""
    office.window.show()
    office.window.activateWindow()
    qtbot.waitUntil(office.window.isActiveWindow)
    office.settle()


def press(keys: str) -> None:
    """Each key goes to whatever has the keyboard by then."""
    for key in keys:
        target = QApplication.focusWidget()
        assert target is not None
        if key in _KEYS:
            QTest.keyClick(target, _KEYS[key])
        else:
            QTest.keyClicks(target, key)
