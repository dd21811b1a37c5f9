"""Who had the keyboard has it again when the work ends."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.ui.page_action import Action, apply_condition, button_for

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


class Row:
    """Buttons that wait while work is under way, and a line to type into."""

    def __init__(self, qtbot: QtBot) -> None:
        self.busy = False
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.actions = [Action(label, lambda: None, condition=lambda: not self.busy) for label in ("读入", "写出")]
        self.buttons = [button_for(action) for action in self.actions]
        self.line = QLineEdit()
        layout = QHBoxLayout(self.window)
        for widget in (*self.buttons, self.line):
            layout.addWidget(widget)
        self.window.show()

    def work(self, busy: bool) -> None:
        self.busy = busy
        for button, action in zip(self.buttons, self.actions, strict=True):
            apply_condition(button, action)


@pytest.fixture
def row(qtbot: QtBot) -> Row:
    return Row(qtbot)


@pytest.mark.parametrize("number", [0, 1])
def test_the_pressed_button_has_it_again(row: Row, number: int) -> None:
    row.buttons[number].setFocus()
    row.work(True)
    row.work(True)  # asked more than once meanwhile
    assert row.window.focusWidget() is not row.buttons[number]
    row.work(False)
    assert row.window.focusWidget() is row.buttons[number]


def test_who_went_elsewhere_meanwhile_stays_there(row: Row) -> None:
    second = QLineEdit(row.window)
    second.show()
    row.buttons[0].setFocus()
    row.work(True)
    second.setFocus()
    row.work(False)
    assert row.window.focusWidget() is second


def test_a_later_work_asks_nothing_of_an_earlier_one(row: Row) -> None:
    row.buttons[0].setFocus()
    row.work(True)
    row.work(False)
    row.line.setFocus()
    row.work(True)
    row.work(False)
    assert row.window.focusWidget() is row.line
