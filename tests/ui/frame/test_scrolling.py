"""A page that is higher than the window follows the keyboard, wherever the program puts it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.fields import line_edit
from jindu_desk.ui.frame.scrolling import scrolling

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def test_a_form_that_opens_below_is_scrolled_to(qtbot: QtBot, look: QApplication) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    above = QLineEdit()
    above.setFixedHeight(500)
    column.addWidget(above)
    area = scrolling(page)
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    area.activateWindow()
    qtbot.waitUntil(area.isActiveWindow)
    form = EntryPanel("改名")
    form.form.add("新名称", line_edit())
    form.form.add("拼音首字母", line_edit())
    column.addWidget(form)
    form.form.focus_first()
    qtbot.waitUntil(lambda: form.visibleRegion().boundingRect().height() == form.height() > 100)
    assert form.save_button.height() >= form.save_button.sizeHint().height()
