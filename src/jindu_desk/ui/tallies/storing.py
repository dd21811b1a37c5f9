"""What is typed goes to the store one after the other, on the worker; the screen never waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer

from jindu_desk.domain.changes import Changes
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.errors import DeskError
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.ui.frame.screen import Shell

_PAINTED = 0.05  # seconds at most until what was typed goes to the store
_QUIET = 400  # ms after the last figure until the other pages are told


class Storing(QObject):
    """``failed()`` is called when a figure was refused: the screen then shows again what is stored."""

    def __init__(self, shell: Shell, failed: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._shell, self._failed = shell, failed
        self._under_way = 0
        self._untold: Changes | None = None
        self.telling = False  # true while our own change comes back to us
        self.count = 0  # rises with every change, so that an older answer can be told from a newer screen
        self._quiet = QTimer(self, singleShot=True, interval=_QUIET)
        self._quiet.timeout.connect(self.tell)

    @property
    def is_busy(self) -> bool:
        return self._under_way > 0

    def store(self, township_id: str, month: Month, edits: Mapping[Place, Cell]) -> None:
        """Queue these cells; they are durable when the worker has done them, in the order they were typed."""
        asked = [CellEdit(unit_id, item, cell) for (unit_id, item), cell in edits.items()]
        desk = self._shell.desk
        self._under_way += 1
        self.count += 1
        self._quiet.stop()
        painted = threading.Event()  # a worker at work slows every repaint: what was typed is painted first
        QTimer.singleShot(0, painted.set)

        def put() -> Changes:
            painted.wait(_PAINTED)
            return set_cells(desk.store, township_id, month, asked)

        self._shell.tasks.run(put, self._stored, self._not_stored)

    def tell(self) -> None:
        """Tell the other pages now what was stored."""
        self._quiet.stop()
        if self._untold is None:
            return
        changes, self._untold = self._untold, None
        self.telling = True
        try:
            self._shell.changed(changes)
        finally:
            self.telling = False

    def _stored(self, changes: Changes) -> None:
        self._under_way -= 1
        self._untold = changes if self._untold is None else self._untold | changes
        if not self._under_way:
            self._quiet.start()

    def _not_stored(self, error: Exception) -> None:
        self._under_way -= 1
        if isinstance(error, DeskError):
            self._shell.notice(str(error), "error")
        self._failed()
