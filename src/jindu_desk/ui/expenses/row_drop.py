"""Files dropped on a row of the entries go to that entry."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QTableView

from jindu_desk.ui.tables import select_row


class RowDrop(QObject):
    """``dropped(row number, files)``. The row under the files is selected while they are over it."""

    dropped = Signal(int, list)

    def __init__(self, table: QTableView) -> None:
        super().__init__(table)
        self._table = table
        table.viewport().setAcceptDrops(True)
        table.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDropEvent):
            event.setAccepted(bool(files_of(event)))
            return True
        if event.type() == QEvent.Type.DragMove and isinstance(event, QDragMoveEvent):
            row = self._row_at(event)
            event.setAccepted(row >= 0 and bool(files_of(event)))
            if row >= 0 and self._table.currentIndex().row() != row:
                select_row(self._table, row)
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent):
            row, files = self._row_at(event), files_of(event)
            if row >= 0 and files:
                event.acceptProposedAction()
                self.dropped.emit(row, files)
            return True
        return super().eventFilter(watched, event)

    def _row_at(self, event: QDropEvent) -> int:
        return self._table.rowAt(round(event.position().y()))


def files_of(event: QDropEvent) -> list[Path]:
    """The local files that are dragged."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
