"""Buttons in as many rows as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from jindu_desk.ui.theme.measures import GROUP


class ButtonRows(QWidget):
    """Lays its buttons out itself: a row is full where the next one would be cut."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._buttons: tuple[QPushButton, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_buttons(self, buttons: Sequence[QPushButton]) -> None:
        """These instead of those that stood there."""
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = tuple(buttons)
        for button in buttons:
            button.setParent(self)
            button.show()
        self.setVisible(bool(buttons))
        self._place(self.width())
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max((area.bottom() + 1 for area in self._areas(width)), default=0)

    def sizeHint(self) -> QSize:
        width = max(self.width(), 1)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self.width())

    def _place(self, width: int) -> None:
        for button, area in zip(self._buttons, self._areas(width), strict=True):
            button.setGeometry(area)

    def _areas(self, width: int) -> list[QRect]:
        areas: list[QRect] = []
        left = top = high = 0
        for button in self._buttons:
            size = button.sizeHint()
            if left and left + size.width() > width:
                left, top, high = 0, top + high + GROUP, 0
            areas.append(QRect(QPoint(left, top), size))
            left, high = left + size.width() + GROUP, max(high, size.height())
        return areas
