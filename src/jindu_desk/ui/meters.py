"""Small pictures of figures: a thin bar (spent, with a mark for the time elapsed) and a sparkline of twelve months."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from jindu_desk.ui.theme.tokens import Kind, tokens_of


class ThinBar(QWidget):
    """``share`` of the bar is filled (0 … 1, beyond 1 in the colour of what is wrong); ``mark`` draws a line."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._share: float | None = None
        self._mark: float | None = None
        self._kind: Kind = "info"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_share(self, share: float | None, *, mark: float | None = None, kind: Kind = "info") -> None:
        """None: not known, an empty bar."""
        self._share, self._mark, self._kind = share, mark, kind
        self.setAccessibleDescription("未知" if share is None else f"{share * 100:.0f}%")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(80, 10)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, self.height() / 2 - 3, self.width(), 6)
        painter.setBrush(QColor(tokens.line))
        painter.drawRoundedRect(track, 3, 3)
        if self._share is not None and self._share > 0:
            filled = QRectF(track)
            filled.setWidth(max(6.0, track.width() * min(self._share, 1.0)))
            painter.setBrush(tokens.of("wrong" if self._share > 1 else self._kind))
            painter.drawRoundedRect(filled, 3, 3)
        if self._mark is not None:
            x = track.width() * min(max(self._mark, 0.0), 1.0)
            painter.setPen(QPen(QColor(tokens.text), 1.5))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
        painter.end()


class Sparkline(QWidget):
    """A line through the last values, oldest first, the newest as a dot. None breaks the line: nothing is known."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: tuple[float | None, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_values(self, values: Sequence[float | None]) -> None:
        """The height begins at zero, so that a small change looks small."""
        self._values = tuple(values)
        said = "、".join("—" if value is None else f"{value:g}" for value in self._values)
        self.setAccessibleDescription(said)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:
        known = [value for value in self._values if value is not None]
        if not known:
            return
        tokens = tokens_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        low = min(0.0, *known)
        span = max(known) - low or 1.0
        step = (self.width() - 8) / max(len(self._values) - 1, 1)

        def at(number: int, value: float) -> QPointF:
            return QPointF(4 + number * step, self.height() - 4 - (value - low) / span * (self.height() - 8))

        painter.setPen(QPen(QColor(tokens.accent), 1.5))
        run: list[QPointF] = []
        for number, value in enumerate((*self._values, None)):
            if value is not None:
                run.append(at(number, value))
                continue
            if len(run) == 1:
                painter.drawPoint(run[0])
            painter.drawPolyline(QPolygonF(run))
            run = []
        if self._values and (last := self._values[-1]) is not None:
            painter.setBrush(QColor(tokens.accent))
            painter.drawEllipse(at(len(self._values) - 1, last), 2.5, 2.5)
        painter.end()
