"""At 150 % a screen of 1366 × 768 has 910 × 512 points: each page, and each form its actions open, fits into them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QFileDialog,
    QInputDialog,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.conftest import WindowForPages

from jindu_desk.app.desk import Desk
from jindu_desk.ui.action_row import ActionRow
from jindu_desk.ui.entry_panel import EntryPanel
from jindu_desk.ui.frame.window_shell import WindowShell
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.side_panel import SidePanel

WINDOW = (910, 478)  # what a panel of the desktop and the window's title leave
DIALOG = QSize(894, 464)
# What leads away from the page, or asks for a file: the papers have tests of their own.
ELSEWHERE = (
    *("打印", "导出", "另存", "合成", "全部存入", "预览", "适合", "放大", "缩小", "保护", "责任人", "接收", "起草"),
    *(
        "检查",
        "复制",
        "向下",
        "从当前",
        "显示",
        "撤销",
        "恢复",
        "再读",
        "选择",
        "比率",
        "下一处",
        "常用",
        "查找",
        "文书",
    ),
)
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def cut(window: QWidget) -> list[str]:
    """What is to be read and cannot be, and what scrolls sideways that is no table."""
    found = []
    for each in window.findChildren(QWidget):
        if not each.isVisible() or each.window() is not window:
            continue
        needs = each.sizeHint()
        if isinstance(each, QPushButton | QCheckBox):
            small = needs.width() > each.width() + 1 or needs.height() > each.height() + 2
            found += [f"{each.text()}: {each.size().toTuple()} of {needs.toTuple()}"] if small else []
        elif isinstance(each, QLabel) and each.sizePolicy().horizontalPolicy() != QSizePolicy.Policy.Ignored:
            high = each.heightForWidth(each.width()) if each.wordWrap() else needs.height()
            narrow = not each.wordWrap() and needs.width() > each.width() + 1
            found += [f"{each.text()}: {each.size().toTuple()}"] if narrow or high > each.height() + 1 else []
        elif isinstance(each, QScrollArea) and each.widget() is not None and each.horizontalScrollBar().maximum() > 0:
            found.append(f"{type(each.widget()).__name__} is {each.horizontalScrollBar().maximum()} too wide")
    return found


def opened_beside(window: QMainWindow) -> Iterator[QWidget]:
    """The windows that an action opened."""
    for each in QApplication.topLevelWidgets():
        if each.isVisible() and each is not window and each.parentWidget() is not None and not isinstance(each, QMenu):
            yield each


@pytest.fixture
def nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every question that waits for an answer is given up at once."""
    for name in ("getOpenFileName", "getSaveFileName", "getExistingDirectory", "getOpenFileNames"):
        nothing: object = "" if name == "getExistingDirectory" else ("", "")
        monkeypatch.setattr(QFileDialog, name, lambda *_a, _nothing=nothing, **_k: _nothing)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: ("", False))
    monkeypatch.setattr(QDialog, "exec", lambda _dialog: 0)
    monkeypatch.setattr(QMenu, "popup", lambda *_a: None)
    monkeypatch.setattr(WindowShell, "ask", lambda *_a, **_k: False)


@pytest.mark.usefixtures("nobody_answers")
@pytest.mark.parametrize("tier", ["township", "district"])
def test_pages_and_what_their_actions_open(
    tier: str, examples: Path, tmp_path: Path, window_for: Callable[[Desk], WindowForPages], qtbot: QtBot
) -> None:
    shutil.copytree(examples / tier, tmp_path / tier)
    desk = Desk.open(tmp_path / tier)
    office = window_for(desk)
    office.shell.theme.use("light")
    window, screens = office.window, [spec for spec in SCREENS if tier in spec.tiers]
    window.setFixedSize(*WINDOW)
    window.take_screens(screens)
    window.show_pages()
    window.show()

    def fits(where: str) -> None:
        def nothing_is_cut() -> None:
            assert cut(window) == [], where

        qtbot.waitUntil(nothing_is_cut)

    def offered() -> dict[str, Action]:
        shown = window.pages.page(window.pages.current_key)
        rows = [] if shown is None else [row for row in shown.findChildren(ActionRow) if row.isVisibleTo(shown)]
        actions = [action for row in rows for action in row.actions_shown if action.refusal() is None]
        return {action.label: action for action in actions if not action.label.startswith(ELSEWHERE)}

    for spec in screens:
        office.shell.go(spec.key)
        office.settle()
        fits(spec.title)
        for label in offered():
            action = offered().get(label)
            if action is None:
                continue
            action.operation()
            office.settle()
            fits(f"{spec.title}, {label}")
            for beside in list(opened_beside(window)):
                least = beside.minimumSizeHint()
                assert least.expandedTo(DIALOG) == DIALOG, label
                beside.close()
            for panel in window.findChildren(SidePanel):
                panel.close_content()
            for form in window.findChildren(EntryPanel):
                form.close_panel()
    desk.close(backup=False)
