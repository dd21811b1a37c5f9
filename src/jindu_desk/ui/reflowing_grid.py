"""Widgets side by side where there is room, in fewer columns where there is not, so that nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from jindu_desk.ui.theme.measures import BETWEEN


class ReflowingGrid(QWidget):
    """``columns`` beside each other from ``enough`` pixels of width on (grows with the text), else ``fewer``, or one
    below the other where even those have no room.

    ``stretch`` gives the columns' shares of the width while there are ``columns`` of them.
    """

    def __init__(
        self, widgets: Sequence[QWidget], *, columns: int, fewer: int, enough: int, stretch: Sequence[int] = ()
    ) -> None:
        super().__init__()
        self._widgets = tuple(widgets)
        self._columns, self._fewer, self._enough, self._stretch = columns, fewer, enough, tuple(stretch)
        self._now = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(BETWEEN)
        self._arrange(columns)

    def minimumSizeHint(self) -> QSize:
        """As wide as one column needs: otherwise it could never become that narrow."""
        return QSize(self._narrowest(), self._grid.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        enough = self._enough * self.fontMetrics().height() / 20
        least = self._narrowest() * self._fewer + BETWEEN * (self._fewer - 1)
        if self.width() >= enough:
            self._arrange(self._columns)
        else:
            self._arrange(self._fewer if self.width() >= least else 1)
        super().resizeEvent(event)

    def _narrowest(self) -> int:
        return max(widget.minimumSizeHint().width() for widget in self._widgets)

    def _arrange(self, columns: int) -> None:
        if columns == self._now:
            return
        self._now = columns
        for number, widget in enumerate(self._widgets):
            self._grid.removeWidget(widget)
            self._grid.addWidget(widget, number // columns, number % columns)
        for column in range(self._columns):
            share = self._stretch[column] if self._stretch and columns == self._columns else 1
            self._grid.setColumnStretch(column, share if column < columns else 0)
        self.updateGeometry()
