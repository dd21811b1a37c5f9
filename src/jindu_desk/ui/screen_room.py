"""Windows that are never larger than the screen: a dialog's buttons are of no use below its edge."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QWidget

_AROUND = (16, 48)  # what the desktop draws around a window: its edges and the title


def room_in(available: QRect) -> QSize:
    """What a window may take of the screen (``available``, without panels)."""
    return QSize(available.width() - _AROUND[0], available.height() - _AROUND[1])


def resize_within_screen(dialog: QWidget, width: int, height: int) -> None:
    """The usual size, or what the screen of its window has room for."""
    over = dialog.parentWidget() or dialog
    dialog.resize(QSize(width, height).boundedTo(room_in(over.screen().availableGeometry())))
