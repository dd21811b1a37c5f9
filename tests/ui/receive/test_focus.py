"""接收: the keyboard is where it was when the files are read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tests.operations.exchange.test_receive import XUEJIA, Stream, enrol
from tests.ui.conftest import WindowForPages

from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def test_the_pressed_button_has_the_keyboard_again(
    window_for: Callable[[Desk], WindowForPages], district: Desk, tmp_path: Path
) -> None:
    mail = tmp_path / "mail"
    mail.mkdir()
    enrol(district, XUEJIA)
    (mail / "1.jdpkg").write_bytes(Stream().next())
    office = window_for(district)
    office.window.take_screens([spec for spec in SCREENS if spec.key == "receive"])
    office.window.show_pages()
    office.window.show()
    office.shell.go("receive")
    office.settle()
    page = office.window.findChild(ReceivePage)
    assert isinstance(page, ReceivePage)
    button = page.button("选择文件…")
    button.setFocus()
    page.read([mail])
    for _ in range(4):
        office.settle()
    assert len(page.lists.files.rows) == 1
    assert button.isEnabled()
    assert office.window.focusWidget() is button
