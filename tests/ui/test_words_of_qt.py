"""A file dialog of Qt's own is Chinese throughout, and its buttons carry words only."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from jindu_desk.ui.frame.window_memory import WindowMemory
from jindu_desk.ui.window import dressed


@pytest.mark.parametrize("mode", list(QFileDialog.AcceptMode))
def test_file_dialog_speaks_chinese(
    qtbot: QtBot, look: QApplication, tmp_path: Path, mode: QFileDialog.AcceptMode
) -> None:
    dressed(look, WindowMemory(tmp_path / "preferences.json"))
    dialog = QFileDialog(None, "选择备份文件", str(tmp_path), "备份（*.db）")
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(mode)
    qtbot.addWidget(dialog)
    words = [label.text() for label in dialog.findChildren(QLabel) if label.text()]
    (box,) = dialog.findChildren(QDialogButtonBox)
    words += [button.text() for button in box.buttons()]
    assert len(words) >= 5
    assert not [word for word in words if word.replace("&", "").isascii()]
    assert all(button.icon().isNull() for button in box.buttons())
