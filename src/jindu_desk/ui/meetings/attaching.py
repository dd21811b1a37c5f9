"""Files beside the meeting: added from a dialog, opened as a copy, taken off after asking."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from jindu_desk.operations.meetings import attach_to_meeting, detach_from_meeting
from jindu_desk.queries.attachments import AttachmentRow, copy_out
from jindu_desk.ui.frame.screen import Shell


class Attaching:
    """What can be done with the files of the meeting ``meeting_id``, which the record tells it."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        self._shell, self._parent = shell, parent
        self.meeting_id = ""

    def ask_and_add(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self._parent, "添加附件")
        for name in names:
            self.add(Path(name))

    def add(self, source: Path) -> None:
        """Keep a copy of a file with the meeting."""
        desk, key = self._shell.desk, self.meeting_id
        self._shell.carry_out(
            lambda: attach_to_meeting(desk.store, desk.paths, key, source), said=f"已添加附件：{source.name}"
        )

    def open_copy(self, row: AttachmentRow) -> None:
        """Show a copy in the program that the system has for it; the kept bytes stay untouched."""
        desk, folder = self._shell.desk, Path(tempfile.gettempdir()) / "jindu-desk"
        self._shell.tasks.run(
            lambda: copy_out(desk.paths, row, folder),
            lambda path: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))),
        )

    def ask_and_remove(self, row: AttachmentRow) -> None:
        if self._shell.ask(f"移除附件“{row.name}”？", "移除", danger=True):
            key, store = self.meeting_id, self._shell.desk.store
            self._shell.carry_out(lambda: detach_from_meeting(store, key, row.id), said="已移除附件")
