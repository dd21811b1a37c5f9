"""Files that become the evidence of an entry when it is booked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from jindu_desk.domain.evidence import check_evidence
from jindu_desk.errors import DeskError
from jindu_desk.queries.attachments import AttachmentRow
from jindu_desk.ui.attachment_list import AttachmentList, open_outside


class EvidenceToBe(QWidget):
    """``changed()`` when files were added or taken off. They are read when the entry is saved."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.files: tuple[Path, ...] = ()
        self.refused = ""
        self.listed = AttachmentList()
        self.listed.added.connect(self.add)
        self.listed.opened.connect(lambda row: open_outside(Path(row.id)))
        self.listed.removed.connect(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.listed)

    def add(self, files: Sequence[Path]) -> None:
        """Add what can be evidence; of the rest the first is named with the reason."""
        good, self.refused = list(self.files), ""
        for path in files:
            try:
                check_evidence(path.name)
            except DeskError as error:
                self.refused = self.refused or str(error)
                continue
            if path not in good:
                good.append(path)
        self.take(good)
        self.listed.say(self.refused)
        self.changed.emit()

    def take(self, files: Sequence[Path]) -> None:
        """Show these files and no others; one that is gone meanwhile is left out."""
        self.files = tuple(path for path in files if path.is_file())
        self.listed.show_rows([_row_of(path) for path in self.files])

    def _remove(self, row: AttachmentRow) -> None:
        self.take([path for path in self.files if str(path) != row.id])
        self.changed.emit()


def _row_of(path: Path) -> AttachmentRow:
    known = path.stat()
    changed = datetime.fromtimestamp(known.st_mtime, UTC).astimezone().replace(tzinfo=None)
    return AttachmentRow(str(path), "", path.name, "", known.st_size, changed)
