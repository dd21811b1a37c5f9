"""Chinese is typed where text is wanted, also through fcitx, for which Qt brings no plugin; never into figures."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QInputMethodQueryEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import villages_of
from tests.ui.tallies.test_page import shown

from jindu_desk.app.desk import Desk
from jindu_desk.ui import input_method
from jindu_desk.ui.fields import Field, line_edit
from jindu_desk.ui.input_method import prepare_input_method
from jindu_desk.ui.tallies.figure_editor import FigureEditor


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ({"XMODIFIERS": "@im=fcitx"}, "ibus"),
        ({"QT_IM_MODULE": "fcitx"}, "ibus"),
        ({"GTK_IM_MODULE": "fcitx5"}, "ibus"),
        ({"QT_IM_MODULE": "ibus", "XMODIFIERS": "@im=ibus"}, "ibus"),
        ({}, None),
    ],
)
def test_fcitx_is_reached_through_ibus(
    before: dict[str, str], asked: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    prepare_input_method(before)
    assert before.get("QT_IM_MODULE") == asked


def test_a_plugin_of_its_own_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(input_method, "_has_fcitx_plugin", lambda: True)
    environment = {"QT_IM_MODULE": "fcitx"}
    prepare_input_method(environment)
    assert environment == {"QT_IM_MODULE": "fcitx"}


def test_other_systems_are_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    environment = {"XMODIFIERS": "@im=fcitx"}
    prepare_input_method(environment)
    assert "QT_IM_MODULE" not in environment


def takes_an_input_method(widget: QWidget) -> bool:
    asked = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QApplication.sendEvent(widget, asked)
    return bool(asked.value(Qt.InputMethodQuery.ImEnabled))


def test_what_is_composed_is_no_text_until_it_is_chosen(qtbot: QtBot) -> None:
    field = Field("摘要", line_edit())
    qtbot.addWidget(field)
    assert takes_an_input_method(field.editor)
    field.show_error("请填写摘要。")
    QApplication.sendEvent(field.editor, QInputMethodEvent("xuan chuan", []))
    assert (field.text(), field.error) == ("", "请填写摘要。")
    chosen = QInputMethodEvent()
    chosen.setCommitString("宣传")
    QApplication.sendEvent(field.editor, chosen)
    assert (field.text(), field.error) == ("宣传", "")


def test_the_sheet_gets_its_keys_itself(office: WindowForPages, desk: Desk) -> None:
    """Else W and N would begin a Chinese word."""
    pane = shown(office).pane
    assert pane.jump(villages_of(desk)[0], "A02b.J")  # a cell that can be typed
    assert not takes_an_input_method(pane.view)
    pane.view.edit(pane.view.currentIndex())
    assert not takes_an_input_method(pane.view.findChildren(FigureEditor)[0])
