"""现在的情况: one line a matter, a sign, what is so, and the button that leads on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from jindu_desk.ui.cards import Card
from jindu_desk.ui.chips import SIGN, StateChip
from jindu_desk.ui.page_action import Action, apply_condition, button_for
from jindu_desk.ui.report.superior_words import StatusLine
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN, scaled_font

_SIGNS = {"退回": "undo-2", "催报": "bell"}


class StatusCard(Card):
    """``go(line)`` is called when a line's button is pressed; ``condition`` says whether it can be now."""

    def __init__(
        self,
        go: Callable[[StatusLine], object],
        condition: Callable[[], bool | str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("现在的情况", icon="list-checks", parent=parent)
        self._go, self._condition = go, condition
        self.sum = StateChip()
        self.head.addWidget(self.sum)
        self._body: QWidget | None = None
        self._lines: tuple[StatusLine, ...] = ()
        self._buttons: list[tuple[QPushButton, Action]] = []

    @property
    def lines(self) -> tuple[StatusLine, ...]:
        return self._lines

    def show_lines(self, lines: Sequence[StatusLine]) -> None:
        """Show every line anew, keeping the keyboard on the button it was on."""
        for button, action in self._buttons:
            apply_condition(button, action)
        if tuple(lines) == self._lines and self._body is not None:
            return
        focused = next((button.accessibleName() for button, _ in self._buttons if button.hasFocus()), "")
        self._lines = tuple(lines)
        if self._body is not None:
            self.body.removeWidget(self._body)
            self._body.deleteLater()
        self._body, self._buttons = QWidget(), []
        grid = QGridLayout(self._body)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(BETWEEN - 4)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for number, line in enumerate(lines):
            self._add(grid, 2 * number, line)
            if number + 1 < len(lines):
                rule = QFrame()
                rule.setProperty("role", "line")
                grid.addWidget(rule, 2 * number + 1, 0, 1, 4)
        self.body.addWidget(self._body)
        left = sum(line.kind in ("wrong", "due") for line in lines)
        wrong = any(line.kind == "wrong" for line in lines)
        if left:
            self.sum.show_state(f"要办 {left} 件", "wrong" if wrong else "due")
        elif any(line.kind == "info" for line in lines):
            self.sum.show_state("等上级回音", "info")
        else:
            self.sum.show_state("一切正常", "done")
        for button, _ in self._buttons:
            if button.accessibleName() == focused:
                button.setFocus()

    def button_of(self, title: str) -> QPushButton:
        """The button of the first line with this title."""
        for button, _ in self._buttons:
            if button.accessibleName().endswith(f"：{title}"):
                return button
        raise KeyError(title)

    def line(self, title: str) -> StatusLine:
        return next(line for line in self._lines if line.title == title)

    def _add(self, grid: QGridLayout, row: int, line: StatusLine) -> None:
        title = QLabel(line.title)
        title.setFont(scaled_font(1.0, bold=True))
        sentence = QLabel(line.sentence)
        sentence.setWordWrap(True)
        sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        sentence.setMinimumHeight(sentence.fontMetrics().height() + 8)
        sentence.setAccessibleName(f"{line.title}：{line.sentence}")
        if line.kind == "done":
            sentence.setProperty("role", "muted")
        sign = _SIGNS.get(line.title, SIGN[line.kind])
        grid.addWidget(IconSign(sign, line.kind), row, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(title, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(sentence, row, 2)
        if line.verb:
            action = Action(line.verb, lambda: self._go(line), "arrow-right", condition=self._condition, role="link")
            button = button_for(action)
            button.setAccessibleName(f"{line.verb}：{line.title}")
            self._buttons.append((button, action))
            grid.addWidget(button, row, 3, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
