"""Texts of a panel: facts, lists, headings; all can be selected and copied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from jindu_desk.ui.theme.icons import put_icon
from jindu_desk.ui.theme.measures import GROUP, scaled_font

_MOST_LINES = 200


def wrapped(text: str, *, name: str = "", role: str = "") -> QLabel:
    """A text that wraps. What comes out of a file is shown as it is, never as markup."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setText(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)  # the room it gets is that of its width, not that of a narrow column
    label.setSizePolicy(policy)
    if role:
        label.setProperty("role", role)
    if name:
        label.setAccessibleName(f"{name}：{text}")
    return label


def heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setFont(scaled_font(1.0, bold=True))
    return label


def facts_grid(facts: Iterable[tuple[str, str]]) -> QGridLayout:
    """What is known, a line each; facts without a value are left out."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    grid.setColumnMinimumWidth(0, QFontMetrics(QApplication.font()).horizontalAdvance("汉") * 5)  # alike everywhere
    for name, value in facts:
        if value:
            title = QLabel(name)
            title.setProperty("role", "muted")
            row = grid.rowCount()
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(wrapped(value, name=name), row, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def lines_below(title: str, lines: Sequence[str]) -> QWidget:
    """A heading and a line each below it."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(heading(title))
    for line in lines[:_MOST_LINES]:
        column.addWidget(wrapped(f"· {line}"))
    if len(lines) > _MOST_LINES:
        column.addWidget(wrapped(f"另有 {len(lines) - _MOST_LINES} 处。", role="muted"))
    return box


class Folded(QWidget):
    """A part that is folded away until somebody asks for it. ``body`` is its vertical layout."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.button = QToolButton()
        self.button.setProperty("role", "quiet")
        self.button.setCheckable(True)
        self.button.setText(title)
        self.button.setAccessibleName(f"{title}，展开或收起")
        self.button.setToolTip("展开或收起")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.toggled.connect(self._show)
        self._inside = QWidget()
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(GROUP)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GROUP)
        column.addWidget(self.button)
        column.addWidget(self._inside)
        self._show(False)

    def _show(self, shown: bool) -> None:
        self._inside.setVisible(shown)
        put_icon(self.button, "chevron-down" if shown else "chevron-right")
