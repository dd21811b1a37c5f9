"""No window is larger than the screen."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

import jindu_desk.ui
from jindu_desk.ui.screen_room import resize_within_screen, room_in

SOURCES = sorted(Path(jindu_desk.ui.__path__[0]).rglob("*.py"))


@pytest.mark.parametrize(("wanted", "given"), [(QSize(300, 200), None), (QSize(5000, 200), "wide")])
def test_a_dialog_has_its_size_or_what_there_is_room_for(qtbot: QtBot, wanted: QSize, given: str | None) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    resize_within_screen(dialog, wanted.width(), wanted.height())
    room = room_in(dialog.screen().availableGeometry())
    assert dialog.size() == (QSize(room.width(), 200) if given else wanted)


def test_every_dialog_asks_for_room() -> None:
    """A class that is a dialog gives itself no size but through `resize_within_screen`."""
    found, own = [], []
    for source in SOURCES:
        for each in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(each, ast.ClassDef) and "QDialog" in {ast.unparse(base) for base in each.bases}:
                calls = {ast.unparse(call.func) for call in ast.walk(each) if isinstance(call, ast.Call)}
                found.append(each.name)
                own += [each.name] if "self.resize" in calls or "resize_within_screen" not in calls else []
    assert len(found) >= 4
    assert own == []
