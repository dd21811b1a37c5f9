"""The program is closed and started again: what was there stands there at once, before the store is loaded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.shipped_desks import set_up_shipped

from jindu_desk.app.desk import Desk
from jindu_desk.operations.units import change_keeper
from jindu_desk.ui.desk.board import DeskBoard
from jindu_desk.ui.desk.page import DeskPage
from jindu_desk.ui.window import open_window

if TYPE_CHECKING:
    from jindu_desk.ui.opening import Opening

LONG = 30_000


@pytest.fixture
def folder(tmp_path: Path, look: QApplication) -> Path:
    """薛家镇's folder, closed."""
    root = tmp_path / "data"
    desk = Desk.open(root, create=True, clock=datetime.now)
    set_up_shipped(desk, "320411103000")
    desk.close(backup=False)
    return root


def started(qtbot: QtBot, folder: Path) -> Opening:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    opening = open_window(app, folder)
    qtbot.addWidget(opening.window)
    return opening


def wait_for_rows(qtbot: QtBot, opening: Opening) -> DeskBoard:
    qtbot.waitUntil(lambda: opening.shell is not None and not opening.tasks.busy, timeout=LONG)
    page = opening.window.pages.page("desk")
    assert isinstance(page, DeskPage)
    assert page.board is not None
    return page.board


def test_the_desk_stands_there_before_the_folder_is_open(qtbot: QtBot, folder: Path) -> None:
    first = started(qtbot, folder)
    assert first._show_last_seen() is None
    words = wait_for_rows(qtbot, first).cards[1].figure.text()
    first.window.close()
    first.close()

    again = started(qtbot, folder)
    qtbot.waitUntil(lambda: isinstance(again.window.whole, DeskBoard), timeout=LONG)
    assert again.desk is None
    board = again.window.whole
    assert isinstance(board, DeskBoard)
    assert board.cards[1].figure.text() == words
    board.keys.buttons[0].click()  # it says where on the page, too
    board.cards[3].button.click()
    again._go_later("units")  # the navigation, while the folder is still opening
    qtbot.waitUntil(lambda: again.shell is not None and not again.tasks.busy, timeout=LONG)
    assert again.window.pages.current_key == "units"
    again.close()


def test_what_changed_meanwhile_is_not_covered_by_what_was_seen(qtbot: QtBot, folder: Path) -> None:
    first = started(qtbot, folder)
    wait_for_rows(qtbot, first)
    first.close()
    desk = Desk.open(folder)
    change_keeper(desk.store, "测试戊")
    desk.close(backup=False)
    again = started(qtbot, folder)
    assert again._show_last_seen() is None
    wait_for_rows(qtbot, again)
    again.close()
