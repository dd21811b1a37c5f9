"""Reading files on the worker while the table fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from jindu_desk.domain.changes import Changes
from jindu_desk.ui.receive.rows import FileRow, row_of_result
from jindu_desk.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from jindu_desk.operations.exchange.receive import ReceiveResult
    from jindu_desk.ui.frame.screen import Shell

_SHOWN_EVERY = 250  # milliseconds: a table that is filled row by row only takes time from the reading


class Reading(QObject):
    """One batch at a time. ``show(rows)`` comes while it lasts, ``ended(rows, wanted)`` once."""

    _read = Signal(object)

    def __init__(
        self,
        shell: Shell,
        show: Callable[[tuple[FileRow, ...]], None],
        ended: Callable[[tuple[FileRow, ...], int], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._shell, self._show, self._ended = shell, show, ended
        self.rows: tuple[FileRow, ...] = ()
        self.busy = False
        self._wanted = 0
        self._again = False
        self._came: tuple[FileRow, ...] = ()
        self._timer = QTimer(self, interval=_SHOWN_EVERY)
        self._timer.timeout.connect(lambda: self._show(self.rows))
        self._read.connect(self._take, Qt.ConnectionType.QueuedConnection)

    def start(self, files: Sequence[Path], *, again: bool = False) -> None:
        """Read ``files``; the rows of the last batch go, unless these are some of them ``again``."""
        desk = self._shell.desk
        self.busy, self._wanted, self._came = True, len(files), ()
        self._again = again
        if not again:
            self.rows = ()
        self._show(self.rows)
        self._timer.start()

        def read(progress: Progress) -> Changes:
            from jindu_desk.operations.exchange.receive import TOUCHED, receive_files

            def told(done: int, total: int, result: ReceiveResult) -> None:
                self._read.emit(row_of_result(result))
                try:
                    progress.step(done, total, result.file.name)
                except Cancelled:
                    return  # asked again before the next file: what was read stays read

            receive_files(
                desk.store, desk.paths, files, vault=desk.vault, told=told, cancelled=lambda: progress.cancelled
            )
            return Changes(TOUCHED)

        self._shell.tasks.run(read, self._done, self._failed, title="读取上报文件", progress=True, cancellable=True)

    def start_untrusted(self) -> None:
        """A key was enrolled: read what was not trusted again, from the copies that were kept."""
        desk = self._shell.desk

        def found() -> tuple[Path, ...]:
            from jindu_desk.queries.exchange.received import untrusted_files

            return untrusted_files(desk.store, desk.paths)

        self._shell.tasks.run(found, lambda files: self.start(files, again=True) if files else None)

    def _take(self, row: FileRow) -> None:
        self._came = (*self._came, row)
        places = [n for n, each in enumerate(self.rows) if row.received_id and each.received_id == row.received_id]
        if self._again and places:
            place = places[0]
            row = replace(row, file_name=self.rows[place].file_name)
            self.rows = (*self.rows[:place], row, *self.rows[place + 1 :])
        else:
            self.rows = (*self.rows, row)

    def _done(self, changes: Changes) -> None:
        self._stop()
        self._ended(self._came, self._wanted)
        self._shell.changed(changes)

    def _failed(self, error: Exception) -> None:
        self._stop()
        if isinstance(error, Cancelled):
            self._ended(self._came, self._wanted)
        else:
            self._shell.notice(str(error), "error")

    def _stop(self) -> None:
        self.busy = False
        self._timer.stop()
        self._show(self.rows)
