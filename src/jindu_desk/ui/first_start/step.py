"""What the guide expects of a step."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from jindu_desk.ui.first_start.answers import Answers
from jindu_desk.ui.theme.measures import BETWEEN, HEADING, scaled_font


class Step(QWidget):
    """A page of the guide. ``word`` stands in the list of steps."""

    word = ""

    def __init__(self, title: str, explanation: str) -> None:
        super().__init__()
        self.title = QLabel(title)
        self.title.setFont(scaled_font(HEADING, bold=True))
        self.explanation = QLabel(explanation)
        self.explanation.setWordWrap(True)
        self.explanation.setProperty("role", "muted")
        self.body = QVBoxLayout()
        self.body.setSpacing(BETWEEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(BETWEEN)
        column.addWidget(self.title)
        column.addWidget(self.explanation)
        column.addLayout(self.body, 1)

    def applies(self, answers: Answers) -> bool:
        """Whether this step is asked at all."""
        del answers
        return True

    def enter(self, answers: Answers) -> None:
        """Show what was answered so far."""

    def focus_first(self) -> None:
        """Put the keyboard into the first control."""

    def leave(self, answers: Answers) -> Answers:
        """The answers with this step's; raises a `DeskError` to stay (the step marks the field and puts the keyboard
        there)."""
        return answers
