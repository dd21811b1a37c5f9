"""fcitx users can type Chinese although Qt's wheels bring no plugin for it."""

from __future__ import annotations

import sys

import pytest

from jindu_desk.ui import input_method
from jindu_desk.ui.input_method import prepare_input_method


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
