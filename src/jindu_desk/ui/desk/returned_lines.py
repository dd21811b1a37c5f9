"""Months that came back from the superior, each with the way to the sheet; above everything else that came."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from jindu_desk.ui.desk.seen import ReturnedLine
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import GROUP


class ReturnedLines(QWidget):
    """``correct(line)`` is called for a line's button. Hidden while nothing came back."""

    def __init__(self, correct: Callable[[ReturnedLine], object], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._correct = correct
        self.lines: tuple[ReturnedLine, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GROUP // 2)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setVisible(False)

    def show_lines(self, lines: Sequence[ReturnedLine]) -> None:
        if tuple(lines) != self.lines:
            self.lines = tuple(lines)
            while (item := self._column.takeAt(0)) is not None:
                if (widget := item.widget()) is not None:
                    widget.hide()
                    widget.deleteLater()
            for line in lines:
                self._column.addWidget(self._row(line))
        self.setVisible(bool(lines))

    def _row(self, line: ReturnedLine) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GROUP)
        said = QLabel(line.said)
        said.setProperty("role", "wrong")
        said.setWordWrap(True)
        said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        said.setToolTip(line.more)
        said.setAccessibleName(line.more)
        button = button_for(Action("去改正", partial(self._correct, line), "arrow-right", tip=line.more, role="link"))
        button.setAccessibleName(f"去改正：{line.said}")
        row.addWidget(IconSign("undo-2", "wrong"))
        row.addWidget(said, 1)
        row.addWidget(button)
        return whole
