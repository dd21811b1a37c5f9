"""Lines of the desk that ask for something: a sign, a sentence and a button each; hidden while there are none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP

L = TypeVar("L")


class LineStack(QWidget, Generic[L]):
    """``parts(line)`` gives sign, sentence and button of a line."""

    def __init__(
        self, parts: Callable[[L], tuple[IconSign, QLabel, QPushButton]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self.lines: tuple[L, ...] = ()
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GROUP // 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[L]) -> None:
        if tuple(lines) != self.lines:
            self.lines = tuple(lines)
            self.buttons = []
            while (item := self._column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for line in lines:
                self._column.addWidget(self._row(line))
        self.setVisible(bool(lines))

    def _row(self, line: L) -> QWidget:
        sign, said, button = self._parts(line)
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons.append(button)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        row.addWidget(sign)
        row.addWidget(said, 1)
        row.addWidget(button)
        return whole
