"""What an empty page says: one sentence on what belongs there, and the first step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN


class EmptyState(QWidget):
    """``step`` is the button of the first step, None where the user can do nothing but wait."""

    def __init__(
        self, sentence: str, step: Action | None = None, *, icon: str = "inbox", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setSpacing(BETWEEN)
        column.addStretch(2)
        column.addWidget(IconSign(icon, "plain", 36), alignment=Qt.AlignmentFlag.AlignHCenter)
        self.sentence = QLabel(sentence, alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setProperty("role", "muted")
        width = min(520, self.sentence.fontMetrics().horizontalAdvance(sentence) + 8)
        self.sentence.setFixedWidth(width)
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(width))  # a centred label forgets to wrap
        column.addWidget(self.sentence, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.button: QPushButton | None = None
        if step is not None:
            self.button = button_for(step)
            column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
