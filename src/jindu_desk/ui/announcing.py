"""What a screen reader is to say although the keyboard is elsewhere."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QTableView, QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Have ``sentence`` said now, on behalf of ``widget``; nothing happens where nobody listens."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def say_current_cell(view: QTableView) -> None:
    """A table that gets the keyboard tells its own name only; where one stands in it is to be said as well."""
    index = view.currentIndex()
    if not (QAccessible.isActive() and index.isValid()):
        return
    per_row = view.model().columnCount() + 1  # a row's header, and above the first row those of the columns
    event = QAccessibleEvent(view, QAccessible.Event.Focus)
    event.setChild((index.row() + 1) * per_row + index.column() + 1)
    QAccessible.updateAccessibility(event)
