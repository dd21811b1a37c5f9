"""Calling something after a widget was painted for the first time, however late the screen asks for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_AT_LAST = 1_000  # milliseconds: a window that starts minimized is not painted at all


class FirstPaint(QObject):
    """Calls ``then`` once."""

    def __init__(self, widget: QWidget, then: Callable[[], object]) -> None:
        super().__init__(widget)
        self._then: Callable[[], object] | None = then
        self._widget = widget
        widget.installEventFilter(self)
        QTimer.singleShot(_AT_LAST, self, self._call)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._widget.removeEventFilter(self)
            QTimer.singleShot(0, self, self._call)  # when this paint is done
        return super().eventFilter(watched, event)

    def _call(self) -> None:
        if self._then is not None:
            then, self._then = self._then, None
            then()
