"""A small screen scrolls a page rather than cut it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QScrollArea, QWidget

from jindu_desk.ui.entry_panel import EntryPanel


def scrolling(page: QWidget, parent: QWidget | None = None) -> QScrollArea:
    """``page`` in a frameless area that scrolls when the window is smaller than the page needs."""
    area = _PageArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(page)
    return area


class _PageArea(QScrollArea):
    """Qt scrolls to where Tab leads; this one also to where the program puts the keyboard: into a form that has just
    opened below what is in view, or to the field that was refused."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._wanted: QWidget | None = None
        self.verticalScrollBar().rangeChanged.connect(self._show_wanted)  # a form that has just come has its place now
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._wanted = None  # somebody looks elsewhere
        super().wheelEvent(event)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        by_mouse = QApplication.mouseButtons() != Qt.MouseButton.NoButton  # it knows where it is
        ours = now is not None and self.isAncestorOf(now) and not by_mouse and not isinstance(now, QAbstractItemView)
        self._wanted = now if ours else None
        self._show_wanted()

    def _show_wanted(self) -> None:
        now = self._wanted
        if now is None or QApplication.focusWidget() is not now:
            return
        form = now.parentWidget()
        while form is not None and not isinstance(form, EntryPanel):
            form = form.parentWidget()
        if form is not None and form.height() <= self.viewport().height():
            self.ensureWidgetVisible(form, 0, 0)
        self.ensureWidgetVisible(now, 0, now.fontMetrics().height())
