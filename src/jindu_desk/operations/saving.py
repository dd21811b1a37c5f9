"""Saving a paper or table where the user asked."""

from __future__ import annotations

import errno
from pathlib import Path

from jindu_desk.errors.folder import CannotWriteFile, DiskFull
from jindu_desk.files import write_whole


def save_file(target: Path, content: bytes) -> None:
    """Write a file where the user asked, whole or not at all. Raises `DiskFull` or `CannotWriteFile`."""
    try:
        write_whole(target, content)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise DiskFull(file=target.name) from error
        raise CannotWriteFile(file=str(target), reason=error.strerror or str(error)) from error
