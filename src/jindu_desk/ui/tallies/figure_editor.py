"""The line that a figure is typed into: what is no figure stays in it, with the sentence that says why."""

from __future__ import annotations

import unicodedata
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from jindu_desk.domain.tallies.cells import BLANK, LARGEST, Cell
from jindu_desk.errors.entry import NotACount
from jindu_desk.errors.tallies import FigureTooLarge
from jindu_desk.ui.announcing import announce
from jindu_desk.ui.theme.tokens import tokens_of

_ROOM = 20  # more than any figure: what is too long is refused, never cut


def read_typed(text: str) -> Cell:
    """The figure that was typed; a blank for nothing. Raises `NotACount`, `FigureTooLarge`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return BLANK
    if not (plain.isascii() and plain.isdigit()):
        raise NotACount(text=text.strip())
    if int(plain) > LARGEST:
        raise FigureTooLarge(text=plain, limit=LARGEST)
    return int(plain)


class FigureEditor(QLineEdit):
    """Enter, Tab and the arrows confirm and go on; no input method gets between."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMaxLength(_ROOM)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName("填写数字")
        self.setFrame(False)

    def inputMethodQuery(self, query: Qt.InputMethodQuery, argument: object = None) -> Any:
        if query == Qt.InputMethodQuery.ImEnabled:
            return False
        return super().inputMethodQuery(query) if argument is None else super().inputMethodQuery(query, argument)

    @property
    def fault(self) -> str:
        """Why what stands here cannot be stored; "" when it can."""
        try:
            read_typed(self.text())
        except (NotACount, FigureTooLarge) as error:
            return f"{error} 改好后按回车，或按 Esc 放弃。"
        return ""

    def show_fault(self, fault: str) -> None:
        """Frame what is refused; "" takes the frame away."""
        self.setStyleSheet(f"FigureEditor {{ border: 2px solid {tokens_of(self).wrong}; }}" if fault else "")
        self.setAccessibleDescription(fault)
        if fault:
            announce(self, fault)
