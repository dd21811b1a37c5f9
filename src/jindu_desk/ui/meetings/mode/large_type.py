"""Large type for the whole window, as a style sheet: where the program has one, fonts are not inherited."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel

from jindu_desk.ui.theme.measures import HEADING, scaled_font

_LARGER = {"title": HEADING, "total": 1.6, "item": 1.15, "figure": 1.8}


def make_larger(label: QLabel, kind: str) -> QLabel:
    """``label`` is larger than the text around it; ``kind`` is one of those below."""
    label.setProperty("large", kind)
    return label


def type_sheet(factor: float) -> str:
    """The user's text size times ``factor`` for everything, and what is larger by so much more."""
    points = scaled_font(factor).pointSizeF()
    larger = "".join(
        f'QLabel[large="{kind}"] {{ font-size: {points * more:.1f}pt; font-weight: 600; }}'
        for kind, more in _LARGER.items()
    )
    return f"QWidget {{ font-size: {points:.1f}pt; }}{larger}"


def large_row(factor: float) -> int:
    """Height of a table row; Chinese lines may be higher than the font says."""
    return int(QFontMetrics(scaled_font(factor)).height() * 1.15) + 12


def large_em(factor: float) -> int:
    """Width of a Chinese character."""
    return QFontMetrics(scaled_font(factor)).horizontalAdvance("汉")
