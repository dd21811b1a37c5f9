"""What a screen reader is to say although the keyboard is elsewhere."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Have ``sentence`` said now, on behalf of ``widget``; nothing happens where nobody listens."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not before there is something to say

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
