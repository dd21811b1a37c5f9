"""Distances of the look, in device-independent pixels, and sizes that grow with the text."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication, QWidget

GROUP = 8
BETWEEN = 16
EDGE = 24
ICON = 18
CORNER = 4

TEXT_POINTS = 10.5
LARGE_TEXT_POINTS = 13.5
HEADING = 1.35
FIGURE = 2.0


def row_height(widget: QWidget | None = None, *, compact: bool = False) -> int:
    """Height of a table row: 32 px (28 compact) at normal text, growing with large text."""
    metrics = widget.fontMetrics() if widget is not None else QFontMetrics(QApplication.font())
    least, air = (28, 8) if compact else (32, 12)
    return max(least, metrics.height() + air)


def scaled_font(factor: float, *, bold: bool = False, tabular: bool = False) -> QFont:
    """The user's text font times ``factor``; ``tabular`` asks for figures of one width."""
    font = QFont(QApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return tabular_font(font) if tabular else font


def tabular_font(font: QFont) -> QFont:
    """``font`` with figures of one width, where the font has them (Qt 6.7 and later can ask)."""
    figures = QFont(font)
    figures.setFeature(QFont.Tag("tnum"), 1)
    return figures
