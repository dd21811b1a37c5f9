"""Files beside records, stored once under the SHA-256 of their bytes and never changed."""

from __future__ import annotations

from pathlib import Path

from jindu_desk.errors.folder import AttachmentMissing, AttachmentTooLarge, reading_from, writing_to
from jindu_desk.files import sha256_hex, sha256_of_file, write_whole
from jindu_desk.paths import FolderPaths

LARGEST = 20 * 1024 * 1024


def read_outside(path: Path) -> bytes:
    """The bytes of a file that a person picked. Raises `CannotReadFile`, `AttachmentTooLarge`."""
    with reading_from(path):
        size = path.stat().st_size
        if size > LARGEST:
            raise AttachmentTooLarge(name=path.name, size=round(size / 1e6), limit=LARGEST >> 20)
        return path.read_bytes()


def put(paths: FolderPaths, content: bytes) -> str:
    """Store ``content`` and return its SHA-256 (hex). The same bytes are stored once."""
    digest = sha256_hex(content)
    target = place_of(paths, digest)
    if target.exists():
        return digest
    with writing_to(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(target, content)
    return digest


def path_of(paths: FolderPaths, digest: str, name: str) -> Path:
    """Where the bytes lie, checked against their hash. Raises `AttachmentMissing`."""
    target = place_of(paths, digest)
    if not target.is_file() or sha256_of_file(target) != digest:
        raise AttachmentMissing(name=name)
    return target


def place_of(paths: FolderPaths, digest: str) -> Path:
    """Where bytes of this hash lie, or would."""
    return paths.attachments / digest[:2] / digest
