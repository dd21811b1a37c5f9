"""F1: what the page in view is for, how one goes about it, and every key that does something there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from jindu_desk.paths import resource
from jindu_desk.ui.screen_room import resize_within_screen
from jindu_desk.ui.theme.measures import BETWEEN, GROUP
from jindu_desk.ui.theme.tokens import tokens_of

Keys = Sequence[tuple[str, str]]  # (as a person reads them, what they do)


@dataclass(frozen=True, slots=True)
class Help:
    """What stands in ``resources/help.toml`` of a screen."""

    what: str
    steps: tuple[str, ...]
    keys: tuple[tuple[str, str], ...]


@cache
def help_texts() -> Mapping[str, Help]:
    """By screen; what holds on all of them under ``everywhere``."""
    read = tomllib.loads(resource("help.toml").read_text(encoding="utf-8"))
    return {
        name: Help(
            entry.get("what", ""),
            tuple(entry.get("steps", ())),
            tuple((keys, told) for keys, told in entry["keys"]),
        )
        for name, entry in read.items()
    }


class HelpDialog(QDialog):
    """``shortcuts``: keys and labels of the page's own actions."""

    def __init__(self, screen: str, title: str, shortcuts: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"帮助 · {title}" if title else "帮助")
        resize_within_screen(self, 640, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QTextBrowser()
        self.text.setAccessibleName("帮助")
        self.text.setHtml(self._html(screen, title, shortcuts))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText("关闭")
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(BETWEEN, BETWEEN, BETWEEN, BETWEEN)
        column.setSpacing(GROUP)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)

    def _html(self, screen: str, title: str, shortcuts: Keys) -> str:
        known = help_texts()
        of_screen = known.get(screen, Help("", (), ()))
        parts = [f"<h2>{escape(title)}</h2>" if title else "", f"<p>{escape(of_screen.what)}</p>"]
        if of_screen.steps:
            parts.append("<ol>" + "".join(f"<li>{escape(step)}</li>" for step in of_screen.steps) + "</ol>")
        for heading, keys in (
            ("本页的快捷键", (*shortcuts, *of_screen.keys)),
            ("各页通用", known["everywhere"].keys),
        ):
            if keys:
                parts.append(f"<h3>{heading}</h3>{self._table(keys)}")
        return "".join(parts)

    def _table(self, keys: Keys) -> str:
        muted = tokens_of(self).muted
        rows = "".join(
            f'<tr><td style="color:{muted}; padding-right:24px">{escape(pressed)}</td><td>{escape(told)}</td></tr>'
            for pressed, told in keys
        )
        return f'<table cellspacing="4">{rows}</table>'


def readable(shortcut: str) -> str:
    """A shortcut as the system writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
