"""What has no room in a row of actions is found behind …, keys and all."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_a_narrow_page_folds_its_last_actions(qtbot: QtBot) -> None:
    done: list[str] = []
    page = PageScaffold(
        "会议",
        (
            Action("打印", lambda: done.append("打印"), shortcut="Ctrl+P"),
            Action("更正", lambda: done.append("更正"), condition=lambda: "还没有签发。"),
            Action("签发", lambda: done.append("签发"), role="primary"),
        ),
    )
    page.body.addWidget(QLineEdit())
    window = QMainWindow()
    window.setCentralWidget(page)
    qtbot.addWidget(window)
    window.resize(900, 300)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    more = next(each for each in page.findChildren(QToolButton) if each.accessibleName() == "更多操作")

    def seen() -> list[str]:
        return [each.text() for each in page.findChildren(QPushButton) if each.isVisible()]

    def folded() -> list[tuple[str, bool]]:
        return [(each.text(), each.isEnabled()) for each in more.menu().actions() if each.isVisible()]

    assert (sorted(seen()), more.isVisible(), folded()) == (["打印", "更正", "签发"], False, [])
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    page.button("打印").setFocus()
    window.resize(page.minimumSizeHint().width(), 300)
    qtbot.waitUntil(lambda: seen() == ["签发"])
    assert (more.hasFocus(), folded()) == (True, [("打印", True), ("更正", False)])
    QTest.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert done == ["打印", "打印"]
    window.resize(900, 300)
    qtbot.waitUntil(lambda: len(seen()) == 3 and not more.isVisible())
