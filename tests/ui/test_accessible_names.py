"""Whatever the keyboard can reach has a name that a screen reader can say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QWidget,
)

from jindu_desk.ui.desk.page import DeskPage
from jindu_desk.ui.first_start.page import FirstStart
from jindu_desk.ui.preferences.page import PreferencesPage
from jindu_desk.ui.report.page import ReportPage
from jindu_desk.ui.units.page import UnitsPage

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk


def nameless(root: QWidget) -> Iterator[str]:
    labelled = {label.buddy() for label in root.findChildren(QLabel)}
    for each in root.findChildren(QWidget):
        inside_popup = each.window() is not root.window()  # a combo box's own list
        if inside_popup or each.focusPolicy() == Qt.FocusPolicy.NoFocus or each.objectName().startswith("qt_"):
            continue
        if isinstance(each, QAbstractButton):
            if not (each.accessibleName() or each.text()):
                yield f"button {each.toolTip()}"
        elif isinstance(each, QComboBox) and each not in labelled:
            yield f"combo box {each.currentText()}"  # Qt ignores its accessible name: a label must lead to it
        elif (
            isinstance(each, QLineEdit | QAbstractScrollArea)
            and not each.accessibleName()
            and not isinstance(each.parent(), QComboBox | QAbstractScrollArea)
        ):
            yield f"{type(each).__name__} in {type(each.parent()).__name__}"
    for label in root.findChildren(QLabel):  # the name is said in the place of the text
        plain = label.text().strip() if label.textFormat() != Qt.TextFormat.RichText else ""
        if label.accessibleName() and plain not in label.accessibleName():
            yield f"{label.accessibleName()} hides {plain}"


@pytest.mark.parametrize("page", [DeskPage, UnitsPage, PreferencesPage, ReportPage])
def test_pages(office: WindowForPages, page: Callable[..., QWidget]) -> None:
    shown = office.show(page)
    if isinstance(shown, UnitsPage):
        shown.add_person()
    if isinstance(shown, ReportPage):
        shown.superior.work.start_replacing()
    assert list(nameless(shown)) == []


def test_frame(office: WindowForPages) -> None:
    assert list(nameless(office.window)) == []


def test_guide(office: WindowForPages, empty_desk: Desk, qapp: QApplication) -> None:
    guide = FirstStart(empty_desk, office.tasks, open_demo=lambda _folder: None)
    office.window.show_whole(guide, bare=True)
    assert list(nameless(guide)) == []
