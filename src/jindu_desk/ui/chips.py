"""A state in a word, with a sign and a colour: ✓ 已签发. The word always stands there; colour only helps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from jindu_desk.ui.theme.icons import icon
from jindu_desk.ui.theme.tokens import Kind, tokens_of

SIGN: dict[Kind, str] = {
    "plain": "circle-dashed",
    "info": "info",
    "done": "circle-check",
    "due": "clock",
    "wrong": "triangle-alert",
}
_SIGN_SIZE = 14


class StateChip(QWidget):
    """A word on a soft ground, sized by its text. ``kind`` gives sign and colour; ``sign`` another icon."""

    def __init__(self, word: str = "", kind: Kind = "plain", *, sign: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._kind, self._sign = word, kind, sign
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(word, kind, sign=sign)

    def show_state(self, word: str, kind: Kind, *, sign: str = "") -> None:
        self._word, self._kind, self._sign = word, kind, sign
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    @property
    def word(self) -> str:
        return self._word

    @property
    def kind(self) -> Kind:
        return self._kind

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._word) + _SIGN_SIZE + 22, metrics.height() + 8)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.soft(self._kind))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        colour: QColor = tokens.of(self._kind)
        top = (self.height() - _SIGN_SIZE) // 2
        icon(self._sign or SIGN[self._kind], colour.name(), _SIGN_SIZE).paint(painter, 8, top, _SIGN_SIZE, _SIGN_SIZE)
        painter.setPen(colour)
        painter.drawText(self.rect().adjusted(_SIGN_SIZE + 13, 0, -6, 0), Qt.AlignmentFlag.AlignVCenter, self._word)
        painter.end()
