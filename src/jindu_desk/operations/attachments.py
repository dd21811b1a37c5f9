"""Steps for operations that keep files beside a record. The bytes are written before the row that points to them."""

from __future__ import annotations

import uuid
from pathlib import Path

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.free_text import SHORT_TEXT, clean_text
from jindu_desk.paths import FolderPaths
from jindu_desk.store import attachments
from jindu_desk.store.engine import Write
from jindu_desk.store.tables import Attachment


def attach_in(w: Write, paths: FolderPaths, subject: Subject, record_id: str, source: Path) -> str:
    """Keep a copy of ``source`` beside a record and return the attachment's id.

    Raises `CannotReadFile`, `AttachmentTooLarge`, `DiskFull`, or an error about the file's name (an ID number in it).
    """
    name = clean_text(source.name, "file_name", limit=SHORT_TEXT)
    content = attachments.read_outside(source)
    digest = attachments.put(paths, content)
    key = str(uuid.uuid4())
    w.session.add(
        Attachment.model_validate(
            {
                "id": key,
                "subject": subject.value,
                "record_id": record_id,
                "sha256": digest,
                "name": name,
                "bytes": len(content),
                "added_at": w.now,
            }
        )
    )
    w.note(subject, record_id, {"attached": name, "sha256": digest})
    return key


def detach_in(w: Write, attachment: Attachment) -> None:
    """Take a file off its record."""
    w.session.delete(attachment)
    w.note(
        Subject(attachment.subject), attachment.record_id, {"detached": attachment.name, "sha256": attachment.sha256}
    )
