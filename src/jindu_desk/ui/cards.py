"""A card: a quiet frame with a title that holds what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import BETWEEN, GROUP, scaled_font


class Card(QFrame):
    """``body`` is the vertical layout inside; ``head`` the title row, where a chip or a small button may stand."""

    def __init__(self, title: str = "", *, icon: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(BETWEEN, BETWEEN - 4, BETWEEN, BETWEEN - 4)
        column.setSpacing(GROUP)
        self.head = QHBoxLayout()
        self.head.setSpacing(GROUP)
        self.title = QLabel(title)
        self.title.setFont(scaled_font(1.0, bold=True))
        if icon:
            self.head.addWidget(IconSign(icon, "plain"))
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.body = QVBoxLayout()
        self.body.setSpacing(GROUP)
        if title:
            self.setAccessibleName(title)
            column.addLayout(self.head)
        column.addLayout(self.body, 1)
