"""Actions by their keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from jindu_desk.ui.page_action import Action
from jindu_desk.ui.page_scaffold import PageScaffold

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_a_key_acts_at_once_and_only_when_it_may(qtbot: QtBot) -> None:
    done: list[str] = []
    allowed = True
    page = PageScaffold(
        "页面",
        [
            Action("填 0", lambda: done.append("填"), shortcut="Ctrl+0", condition=lambda: allowed),
            Action("撤销", lambda: done.append("撤"), shortcut="Ctrl+Z", role="more"),
        ],
    )
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    assert QTest.qWaitForWindowActive(page)
    QTest.keyClick(page, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert done == ["填"]  # not a tenth of a second later, when another cell may be current
    QTest.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert done == ["填", "撤"]
    allowed = False
    page.update_actions()
    QTest.keyClick(page, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert done == ["填", "撤"]
    assert page.shortcuts == (("Ctrl+0", "填 0"), ("Ctrl+Z", "撤销"))
