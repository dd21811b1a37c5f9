"""A message is never cut, and offers what can be done."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from jindu_desk.errors.folder import FolderInUse
from jindu_desk.ui.frame.message_page import MessagePage
from jindu_desk.ui.page_action import Action


def test_a_long_sentence_has_room_for_all_its_lines(qtbot: QtBot) -> None:
    said = str(FolderInUse(folder="/home/ceshi/.local/share/jindu_desk", holder="ceshi-pc, PID 4711"))
    page = MessagePage("数据没有打开", said, sign="triangle-alert", kind="due")
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.ensurePolished()
    layout = page.layout()
    assert layout is not None
    layout.activate()
    sentence = page.sentence
    assert sentence.height() >= sentence.heightForWidth(sentence.width()) > sentence.fontMetrics().height()


def test_actions_are_buttons_in_their_order(qtbot: QtBot) -> None:
    done: list[str] = []
    actions = (
        Action("再试一次", lambda: done.append("again"), role="primary"),
        Action("退出", lambda: done.append("leave"), condition=lambda: "现在不能退出。"),
    )
    page = MessagePage("数据没有打开", "测试", actions=actions)
    qtbot.addWidget(page)
    again, leave = page.buttons
    again.click()
    leave.click()
    assert done == ["again"]
    assert leave.toolTip() == "现在不能退出。"
