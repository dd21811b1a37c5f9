"""Months that came back from the superior, each with the way to the sheet; above everything else that came."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QLabel, QPushButton

from jindu_desk.ui.desk.line_stack import LineStack
from jindu_desk.ui.desk.seen import ReturnedLine
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign


def returned_lines(correct: Callable[[ReturnedLine], object]) -> LineStack[ReturnedLine]:
    """``correct(line)`` is called for a line's button."""

    def parts(line: ReturnedLine) -> tuple[IconSign, QLabel, QPushButton]:
        said = QLabel(line.said)
        said.setProperty("role", "wrong")
        said.setToolTip(line.more)
        said.setAccessibleName(line.more)
        button = button_for(Action("去改正", partial(correct, line), "arrow-right", tip=line.more, role="link"))
        button.setAccessibleName(f"去改正：{line.said}")
        return IconSign("undo-2", "wrong"), said, button

    return LineStack(parts)
