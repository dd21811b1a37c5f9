"""The keyboard comes back to what had it: Qt hands it to the neighbour of a widget that is disabled, and leaves it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget


class _Lent(QObject):
    """One a window: who had the keyboard when it was disabled, and whom Qt gave it to."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.owner: QWidget | None = None
        self.holder: QWidget | None = None


def _lent_in(window: QWidget) -> _Lent | None:
    return window.findChild(_Lent, options=Qt.FindChildOption.FindDirectChildrenOnly)


def set_enabled(widget: QWidget, enabled: bool) -> None:
    """Enable or disable; a widget that lost the keyboard by it has it back, unless the user went elsewhere since."""
    window = widget.window()
    if enabled:
        widget.setEnabled(True)
        lent = _lent_in(window)
        if lent is not None and lent.owner is widget:
            if window.focusWidget() is lent.holder:
                widget.setFocus()
            lent.owner = lent.holder = None
        return
    had = window.focusWidget()
    widget.setEnabled(False)
    if had is widget and widget is not window:
        lent = _lent_in(window) or _Lent(window)
        if lent.owner is None or lent.holder is not widget:  # else it was only lent itself: it goes back further
            lent.owner = widget
        lent.holder = window.focusWidget()
