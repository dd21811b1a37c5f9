"""The checklist: one line per requirement, a sign, what it is, and the button that leads to its place."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from jindu_desk.queries.readiness import Line, Readiness, Requirement
from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import SIGN, StateChip
from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.report.words import Said, words_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN, scaled_font


class Checklist(Card):
    """``go(line, said)`` is called when the button of an unmet line is pressed."""

    def __init__(self, go: Callable[[Line, Said], None], parent: QWidget | None = None) -> None:
        super().__init__("上报前检查", icon="list-checks", parent=parent)
        self._go = go
        self._sum = StateChip()
        self.head.addWidget(self._sum)
        self._lines: QWidget | None = None

    def show_readiness(self, ready: Readiness) -> None:
        """Show every line anew, keeping the keyboard on the button it was on."""
        focused = next((button.text() for button in self.findChildren(QPushButton) if button.hasFocus()), "")
        if self._lines is not None:
            self.body.removeWidget(self._lines)
            self._lines.deleteLater()
        self._lines = QWidget()
        grid = QGridLayout(self._lines)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(BETWEEN - 4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        lines = [line for line in ready.lines if line.requirement is not Requirement.OPEN]
        for number, line in enumerate(lines):
            self._add(grid, 2 * number, line, words_for(line, ready))
            if number + 1 < len(lines):
                rule = QFrame()
                rule.setProperty("role", "line")
                grid.addWidget(rule, 2 * number + 1, 0, 1, 4)
        self.body.addWidget(self._lines)
        left = sum(line.holds_up for line in lines)
        self._sum.show_state(f"还差 {left} 项" if left else "可以上报", "wrong" if left else "done")
        for button in self._lines.findChildren(QPushButton):
            if button.text() == focused:
                button.setFocus()

    def button_of(self, title: str) -> QPushButton:
        """The button of the line with this title."""
        for button in self.findChildren(QPushButton):
            if button.accessibleName().endswith(title):
                return button
        raise KeyError(title)

    @property
    def said(self) -> str:
        """The sum in a word."""
        return self._sum.word

    def _add(self, grid: QGridLayout, row: int, line: Line, said: Said) -> None:
        title = QLabel(said.title)
        title.setFont(scaled_font(1.0, bold=True))
        sentence = QLabel(said.sentence)
        sentence.setWordWrap(True)
        sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        sentence.setMinimumHeight(sentence.fontMetrics().height() + 8)
        sentence.setAccessibleName(f"{said.title}：{said.sentence}")
        if said.kind == "done":
            sentence.setProperty("role", "muted")
        grid.addWidget(IconSign(SIGN[said.kind], said.kind), row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(title, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(sentence, row, 2)
        if said.step:
            button = button_for(Action(said.step, lambda: self._go(line, said), "arrow-right", role="link"))
            button.setAccessibleName(f"{said.step}：{said.title}")
            holder = QHBoxLayout()
            holder.addWidget(button)
            grid.addLayout(holder, row, 3)
