"""密钥 that are still to be exchanged, above the cards: a calm line each, gone as soon as it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.ui.desk.seen import KeyLine
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP


class KeyLines(QWidget):
    """Hidden while nothing is left to do. ``go(screen, **where)`` leads to where it is done."""

    def __init__(self, go: Callable[..., object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._go = go
        self.lines: tuple[KeyLine, ...] = ()
        self.links: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GROUP // 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[KeyLine]) -> None:
        if tuple(lines) != self.lines:
            self.lines = tuple(lines)
            self.links = []
            while (item := self._column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for line in lines:
                self._column.addWidget(self._row(line))
        self.setVisible(bool(lines))

    def _row(self, line: KeyLine) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        said = QLabel(line.said)
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        link = button_for(Action(line.verb, partial(self._go, line.screen, **dict(line.where)), role="link"))
        link.setAccessibleName(f"{line.verb}：{line.said}")
        self.links.append(link)
        row.addWidget(IconSign("key-round", "info"))
        row.addWidget(said, 1)
        row.addWidget(link)
        return whole
