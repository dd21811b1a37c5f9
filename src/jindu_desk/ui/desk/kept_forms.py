"""One quiet line on the desk: forms that were begun and not saved, each with its link."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from jindu_desk.ui.desk.seen import KeptLine
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP


class KeptForms(QWidget):
    """Hidden while there is nothing. ``resume(line)`` goes back to the form."""

    def __init__(self, resume: Callable[[KeptLine], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._resume = resume
        self._shown: tuple[KeptLine, ...] = ()
        self.links: list[QPushButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GROUP)
        self._row.addWidget(IconSign("file-pen", "due"))
        self._row.addWidget(QLabel("有未保存的内容："))
        self._row.addStretch(1)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[KeptLine]) -> None:
        if tuple(lines) == self._shown:
            return
        self._shown = tuple(lines)
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = [button_for(Action(line.said, partial(self._resume, line), role="link")) for line in lines]
        for number, link in enumerate(self.links):
            self._row.insertWidget(2 + number, link)
        self.setVisible(bool(lines))
