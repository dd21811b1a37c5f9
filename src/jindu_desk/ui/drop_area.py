"""Where files are dropped: the whole page takes them, this is what says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

SUFFIX = ".jdpkg"


class DropArea(QWidget):
    """Takes files and folders; ``dropped(files)`` gets the packages among them, in the order of their names."""

    def __init__(self, dropped: Callable[[list[Path]], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dropped = dropped
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._dropped(_paths(event.mimeData()))


def packages_in(paths: Iterable[Path]) -> list[Path]:
    """Files as given; of folders the packages in them."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(each for each in path.iterdir() if each.suffix.lower() == SUFFIX)
        else:
            found.append(path)
    return found


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
