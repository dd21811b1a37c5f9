"""密钥 that are still to be exchanged, above the cards: a calm line each, gone as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLabel, QPushButton

from jindu_desk.ui.desk.line_stack import LineStack
from jindu_desk.ui.desk.seen import KeyLine
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign


def key_lines(go: Callable[..., object]) -> LineStack[KeyLine]:
    """``go(screen, **where)`` leads to where it is done."""

    def parts(line: KeyLine) -> tuple[IconSign, QLabel, QPushButton]:
        link = button_for(Action(line.verb, partial(go, line.screen, **dict(line.where)), role="link"))
        link.setAccessibleName(f"{line.verb}：{line.said}")
        return IconSign("key-round", "info"), QLabel(line.said), link

    return LineStack(parts)
