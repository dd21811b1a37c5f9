"""F1 on every page: what it is for, and every key that does something there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.ui.conftest import WindowForPages

import jindu_desk
from jindu_desk.ui.frame.help_dialog import HelpDialog, help_texts, readable
from jindu_desk.ui.page_scaffold import PageScaffold
from jindu_desk.ui.screens import SCREENS

SOURCE = Path(jindu_desk.__file__).parent
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
TOWNSHIP = [spec for spec in SCREENS if "township" in spec.tiers]


def test_every_screen_has_help_and_nothing_else() -> None:
    assert set(help_texts()) == {spec.key for spec in SCREENS} | {"everywhere"}
    for name, each in help_texts().items():
        assert name == "everywhere" or (each.what.endswith("。") and each.steps), name


def test_what_is_quoted_stands_on_a_screen() -> None:
    """A button that was renamed is renamed here too."""
    screens = "".join(path.read_text(encoding="utf-8") for path in (SOURCE / "ui").rglob("*.py"))
    quoted = {word for each in help_texts().values() for text in each.steps for word in re.findall("“(.+?)”", text)}
    assert len(quoted) > 15
    assert [word for word in sorted(quoted) if f'"{word}"' not in screens] == []


@pytest.mark.parametrize("key", [spec.key for spec in TOWNSHIP])
def test_f1_lists_what_the_page_can_do_by_keyboard(office: WindowForPages, key: str) -> None:
    office.window.take_screens(TOWNSHIP)
    office.window.show_pages()
    office.window.show()
    office.shell.go(key)
    office.settle()
    office.window.activateWindow()
    QTest.qWaitForWindowActive(office.window)
    QTest.keyClick(office.window, Qt.Key.Key_F1)
    shown = office.window.findChildren(HelpDialog)
    assert len(shown) == 1
    text = shown[0].text.toPlainText()
    page = office.window.pages.page(key)
    assert help_texts()[key].what in text
    for keys, label in page.shortcuts if isinstance(page, PageScaffold) else ():
        assert readable(keys) in text
        assert label in text
    QTest.keyClick(shown[0], Qt.Key.Key_Escape)
    assert not shown[0].isVisible()


def test_enter_presses_the_button_that_has_the_keyboard(office: WindowForPages) -> None:
    office.window.show()
    office.window.foot.help.setFocus()
    QTest.keyClick(office.window.foot.help, Qt.Key.Key_Return)
    assert len(office.window.findChildren(HelpDialog)) == 1
