"""What an empty page says: one sentence on what belongs there, and the first step."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN

_WIDEST, _NARROWEST = 520, 200  # px of the sentence


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
        self._wanted = min(_WIDEST, self.sentence.fontMetrics().horizontalAdvance(sentence) + 8)
        self.sentence.setMinimumWidth(min(_NARROWEST, self._wanted))
        column.addWidget(self.sentence)
        self.button: QPushButton | None = None
        if step is not None:
            self.button = button_for(step)
            column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence has its own width in the middle, and less where there is less room."""
        super().resizeEvent(event)
        room = self.contentsRect().width() - 2 * BETWEEN
        side = max(0, (room - self._wanted) // 2)
        self.sentence.setContentsMargins(side, 0, side, 0)
        self.sentence.setMinimumHeight(self.sentence.heightForWidth(room))  # a centred label forgets to wrap
