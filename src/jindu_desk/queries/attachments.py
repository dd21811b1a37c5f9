"""Files beside records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlmodel import col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.files import write_whole
from jindu_desk.paths import FolderPaths
from jindu_desk.store.attachments import path_of
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attachment


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file beside a record; ``size`` in bytes."""

    id: str
    record_id: str
    name: str
    sha256: str
    size: int
    added_at: datetime


def attachments_of(store: Store, subject: Subject, record_id: str) -> tuple[AttachmentRow, ...]:
    """The files of one record, oldest first."""
    with store.read() as session:
        return tuple(
            AttachmentRow(row.id, row.record_id, row.name, row.sha256, row.bytes, row.added_at)
            for row in session.exec(
                select(Attachment)
                .where(Attachment.subject == subject.value, Attachment.record_id == record_id)
                .order_by(col(Attachment.added_at), col(Attachment.name))
            )
        )


def kept_bytes(paths: FolderPaths, row: AttachmentRow) -> bytes:
    """The file itself. Raises `AttachmentMissing` where the kept bytes are gone or altered, OSError."""
    return path_of(paths, row.sha256, row.name).read_bytes()


def copy_out(paths: FolderPaths, row: AttachmentRow, folder: Path) -> Path:
    """A copy under the file's own name in ``folder``, to be opened by other programs; the kept bytes stay untouched.

    Raises `AttachmentMissing` where the kept bytes are gone or altered, OSError where ``folder`` cannot be written.
    """
    content = kept_bytes(paths, row)
    target = folder / row.sha256[:12]
    target.mkdir(parents=True, exist_ok=True)
    copied = target / Path(row.name).name
    write_whole(copied, content)
    return copied
