"""A disk that fails at a place of one's choice: every file opened for writing, renamed, removed, flushed or filled.

Python's audit events are raised before the system is asked; an exception in a hook is what the caller gets. A hook
cannot be taken away, so there is one for the whole process, armed only inside `failing_at`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_RENAMES = ("os.rename", "os.mkdir", "tempfile.mkstemp")


@dataclass
class Disk:
    """``place``: the how-manieth watched call fails, counted from 0. ``under``: only paths that contain this text."""

    place: int
    number: int
    under: str = ""
    seen: int = field(default=0)
    failed: bool = field(default=False)

    def pass_by(self, path: object) -> None:
        if self.under not in str(path):
            return
        if self.seen >= self.place:  # what failed once goes on failing: the stick is gone, the disk stays full
            self.failed = True
            self.seen += 1
            raise OSError(self.number, os.strerror(self.number), str(path))
        self.seen += 1


_armed: list[Disk] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if not _armed:
        return
    if event == "open":
        path, mode, flags = arguments
        writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (
            isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
        )
        if writes and isinstance(path, str | bytes | os.PathLike):
            _armed[-1].pass_by(os.fsdecode(path))
    elif event in _RENAMES:
        _armed[-1].pass_by(arguments[0])


sys.addaudithook(_hook)
_fsync = os.fsync


def _syncing(fd: Any) -> None:
    _armed[-1].pass_by(Path(f"/proc/self/fd/{fd}").readlink())
    _fsync(fd)


@contextmanager
def failing_at(disk: Disk) -> Iterator[Disk]:
    """While inside, ``disk`` decides which calls fail."""
    _armed.append(disk)
    os.fsync = _syncing
    try:
        yield disk
    finally:
        os.fsync = _fsync
        _armed.pop()
