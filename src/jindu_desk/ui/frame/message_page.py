"""A calm full page with one message: the program is opening, or the data folder cannot be opened and why."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from jindu_desk.ui.page_action import Action, button_for
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN, EDGE, GROUP, HEADING, scaled_font
from jindu_desk.ui.theme.tokens import Kind

_WIDTH = 560


class MessagePage(QWidget):
    """Sign, title, sentence and what can be done, in the middle of the page."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        *,
        sign: str = "",
        kind: Kind = "plain",
        actions: tuple[Action, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(EDGE, EDGE, EDGE, EDGE)
        column.setSpacing(BETWEEN)
        column.addStretch(2)
        if sign:
            column.addWidget(IconSign(sign, kind, 40), alignment=Qt.AlignmentFlag.AlignHCenter)
        head = QLabel(title, alignment=Qt.AlignmentFlag.AlignCenter)
        head.setFont(scaled_font(HEADING, bold=True))
        column.addWidget(head)
        self.sentence = QLabel(sentence, alignment=Qt.AlignmentFlag.AlignCenter)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sentence.setFixedWidth(_WIDTH)
        # Aligned in the middle, a label is not asked how high its wrapped text is.
        self.sentence.setMinimumHeight(max(self.sentence.heightForWidth(_WIDTH), 0))
        column.addWidget(self.sentence, alignment=Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setVisible(bool(sentence))
        self.buttons: list[QPushButton] = [button_for(action) for action in actions]
        row = QHBoxLayout()
        row.setSpacing(GROUP)
        row.addStretch(1)
        for button in self.buttons:
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)
