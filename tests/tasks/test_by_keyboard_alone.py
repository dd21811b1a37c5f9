"""Every screen is walked with Tab alone: all that can be used is reached, has a name, and lets go again."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QButtonGroup, QMainWindow, QWidget
from tests.ui.conftest import WindowForPages
from tests.ui.test_accessible_names import nameless

from jindu_desk.app.desk import Desk
from jindu_desk.ui.screens import SCREENS

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
MOST = 120  # presses of Tab: no page has as many places


def places(window: QMainWindow) -> set[QWidget]:
    """What Tab should come to now."""
    return {
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and each.isVisible()
        and each.isEnabled()
        and each.window() is window
        and each.focusProxy() is None
        and not each.visibleRegion().isEmpty()
        and not _has_a_sibling_in_its_group(each)
    }


def _has_a_sibling_in_its_group(each: QWidget) -> bool:
    """Of buttons of which one is on, Tab comes to that one; the arrows go to the others."""
    if not isinstance(each, QAbstractButton) or each.isChecked():
        return False
    together: QButtonGroup | None = each.group()
    if together is None:
        return each.autoExclusive()
    return together.exclusive() and together.checkedButton() is not None


def walk(window: QMainWindow) -> list[QWidget]:
    """Where Tab leads, one after the other, until it comes back; Ctrl+Tab where Tab belongs to the widget."""
    seen: list[QWidget] = []
    for _ in range(MOST):
        here = QApplication.focusWidget()
        assert here is not None, f"nobody has the keyboard after {seen[-1:]}"
        if here in seen:
            return seen
        seen.append(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is here or here.isAncestorOf(QApplication.focusWidget() or window):
            QTest.keyClick(QApplication.focusWidget() or here, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert QApplication.focusWidget() is not here, f"Tab does not leave {here}"
    raise AssertionError("Tab does not come back")


@pytest.mark.parametrize(
    ("tier", "key"),
    [(tier, spec.key) for tier in ("township", "district") for spec in SCREENS if tier in spec.tiers],
)
def test_every_place_is_reached_named_and_left(
    tier: str,
    key: str,
    desk: Desk,
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
) -> None:
    office = window_for(desk if tier == "township" else make_desk("district", "320411000000"))
    window = office.window
    window.take_screens([spec for spec in SCREENS if tier in spec.tiers])
    window.show_pages()
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    office.shell.go(key)
    office.settle()
    window.activateWindow()  # a page may have made a window of its own to measure something
    assert QTest.qWaitForWindowActive(window)
    window.foot.help.setFocus()
    expected = places(window)
    reached = set(walk(window))
    missed = sorted(f"{type(each).__name__} {each.accessibleName() or each.toolTip()}" for each in expected - reached)
    assert missed == []
    assert list(nameless(window)) == []
