"""The verdict as the first thing that is read: a sign and a sentence on a quiet ground of its colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from jindu_desk.ui.chips import SIGN
from jindu_desk.ui.theme.icons import IconSign
from jindu_desk.ui.theme.measures import CORNER, GROUP, scaled_font
from jindu_desk.ui.theme.tokens import Kind, tokens_of

_SIGN_SIZE = 24


class Headline(QWidget):
    """The words say all of it; sign and colour only help."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: Kind = "plain"
        self._sign = IconSign("info", size=_SIGN_SIZE)
        self._words = QLabel()
        self._words.setWordWrap(True)
        self._words.setFont(scaled_font(1.2, bold=True))
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row = QHBoxLayout(self)
        row.setContentsMargins(GROUP + 4, GROUP, GROUP, GROUP)
        row.setSpacing(GROUP)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)

    def show_words(self, words: str, kind: Kind, sign: str = "") -> None:
        """``sign``: another icon than the colour's own."""
        self._kind = kind
        self._sign.show_sign(sign or SIGN[kind], kind)
        self._words.setText(words)
        self._words.setAccessibleName(f"结论：{words}")
        self._words.setProperty("role", "muted" if kind == "plain" else kind)
        self._words.style().polish(self._words)
        self.update()

    @property
    def words(self) -> str:
        return self._words.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens_of(self).soft(self._kind))
        painter.drawRoundedRect(QRectF(self.rect()), CORNER, CORNER)
        painter.end()
