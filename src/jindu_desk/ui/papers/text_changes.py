"""What the program proposes otherwise since a text was edited: beside the paper a line, in the editor every change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from jindu_desk.reports.edited_text import ChangedLine, EditedText, changed_lines, stale_sentence
from jindu_desk.reports.wording import short_date_text
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.measures import GROUP

_WORD = re.compile(r"\d[\d.,]*%?|.")  # of a figure that differs the whole is marked, not single digits


def due_label() -> QLabel:
    """A sentence that is to be looked at; hidden until there is one."""
    label = QLabel(wordWrap=True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "due")
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    label.setVisible(False)
    return label


class StaleLine(QWidget):
    """Above a paper whose text may be outdated; hidden where it is not. ``compare()`` opens the text."""

    def __init__(self, compare: Callable[[], object], why_read_only: str) -> None:
        super().__init__()
        self.said = due_label()
        self.button: QPushButton = button_for(
            Action("对照…", compare, "file-pen", condition=lambda: why_read_only or True)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, GROUP)
        row.setSpacing(GROUP)
        row.addWidget(self.said, 1)
        row.addWidget(self.button)
        self.show_text(None)

    def show_text(self, edited: EditedText | None) -> None:
        stale = edited is not None and edited.is_stale
        self.said.setText(stale_sentence(edited) if edited is not None and stale else "")
        self.said.setVisible(stale)
        self.setVisible(stale)


def changes_html(edited: EditedText, colour: str) -> str:
    """Every line that differs, then and now, with what differs in it in ``colour``; pure, for the worker."""
    rows = "".join(_row(line, colour) for line in changed_lines(edited.known, edited.proposed))
    day = short_date_text(edited.known_on)
    then = f"原起草（{day}）" if day else "原起草"
    return (
        '<table width="100%" cellspacing="0" cellpadding="4">'
        f'<tr><th width="50%" align="left">{then}</th><th width="50%" align="left">现起草</th></tr>{rows}</table>'
    )


def _row(line: ChangedLine, colour: str) -> str:
    words = _WORD.findall(line.before), _WORD.findall(line.now)
    blocks = SequenceMatcher(None, *words, autojunk=False).get_opcodes()
    before = _marked([("".join(words[0][i:j]), tag != "equal") for tag, i, j, _, _ in blocks], colour)
    now = _marked([("".join(words[1][k:m]), tag != "equal") for tag, _, _, k, m in blocks], colour)
    cells = (before or "（没有这一段）", now or "（没有这一段）")
    return "<tr>" + "".join(f'<td valign="top">{cell}</td>' for cell in cells) + "</tr>"


def _marked(parts: Sequence[tuple[str, bool]], colour: str) -> str:
    return "".join(
        f'<b><u style="color:{colour}">{escape(text)}</u></b>' if differs else escape(text)
        for text, differs in parts
        if text
    )
