"""A rate's chart on the screen: the shapes of its definition, in the colours of the look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from jindu_desk.reports.tallies.rate_chart import Dot, RateChart, Shape, Stroke, Tone, Word, shapes
from jindu_desk.reports.tallies.rate_wording import chart_words
from jindu_desk.ui.theme.measures import tabular_font
from jindu_desk.ui.theme.tokens import Tokens, tokens_of

_WORDS = 0.6  # of the text's height
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "centre": Qt.AlignmentFlag.AlignHCenter,
    "right": Qt.AlignmentFlag.AlignRight,
}


class RatePicture(QWidget):
    """Draws a `RateChart`; a screen reader is told its months."""

    def __init__(self, name: str = "", *, height: int = 64, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart = RateChart("")
        self._height = height
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_chart(self, chart: RateChart) -> None:
        self._chart = chart
        self.setAccessibleName(f"{chart.name}近十二个月")
        self.setAccessibleDescription(chart_words(chart))
        self.setToolTip(chart_words(chart))
        self.update()

    def sizeHint(self) -> QSize:
        """Taller where the text is larger."""
        return QSize(160, round(self._height * max(1.0, self.fontMetrics().height() / 18)))

    @property
    def word_size(self) -> float:
        """The height of the words in the chart, in pixels."""
        return self.fontMetrics().height() * _WORDS

    @property
    def drawn(self) -> tuple[Shape, ...]:
        """What is drawn, at the size that the widget has."""
        return shapes(self._chart, self.width(), self.height(), self.word_size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for shape in self.drawn:
            _draw(painter, shape, tokens, self.font())
        painter.end()


def _draw(painter: QPainter, shape: Shape, tokens: Tokens, font: QFont) -> None:
    if isinstance(shape, Stroke):
        style = Qt.PenStyle.DashLine if shape.dashed else Qt.PenStyle.SolidLine
        painter.setPen(QPen(_colour(tokens, shape.tone), shape.width, style))
        painter.drawPolyline(QPolygonF([QPointF(*point) for point in shape.points]))
    elif isinstance(shape, Dot):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_colour(tokens, shape.tone))
        painter.drawEllipse(QPointF(*shape.at), shape.radius, shape.radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        _draw_word(painter, shape, _colour(tokens, "word"), font)


def _draw_word(painter: QPainter, word: Word, colour: QColor, font: QFont) -> None:
    small = tabular_font(font)
    small.setPixelSize(max(1, round(word.size)))
    painter.setFont(small)
    painter.setPen(colour)
    wide = word.size * (len(word.text) + 2)
    left = {"left": 0.0, "centre": wide / 2, "right": wide}[word.align]
    box = QRectF(word.at[0] - left, word.at[1] - word.size, wide, 2 * word.size)
    painter.drawText(box, int(_ALIGN[word.align] | Qt.AlignmentFlag.AlignVCenter), word.text)


def _colour(tokens: Tokens, tone: Tone) -> QColor:
    return QColor(
        {"line": tokens.accent, "year": tokens.muted, "target": tokens.due, "frame": tokens.line, "word": tokens.muted}[
            tone
        ]
    )
