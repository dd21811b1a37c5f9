"""Files that are whole or absent."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from pathlib import Path

_CHUNK = 1 << 20


def write_whole(path: Path, content: bytes, *, private: bool = False) -> None:
    """Write ``content`` so that a crash leaves the old file or the new one, never half of one.

    Temporary file beside the target, fsync, rename, fsync of the folder. Raises OSError; then no new file is left, and
    one that was there before is whole.
    ``private``: only this user may read it; otherwise as any file the user makes. What exists and is no regular file
    (a device, a folder) is never replaced.
    """
    refuse_special(path)
    there = path.exists()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            part.chmod(0o666 & ~_umask())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    try:
        sync_folder(path.parent)
    except OSError:
        if not there:
            path.unlink(missing_ok=True)
        raise


def refuse_special(path: Path) -> None:
    """Raise FileExistsError where ``path`` is a device, a pipe or a folder: renaming over it would destroy it."""
    if path.exists() and not path.is_file():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Make a rename in ``folder`` durable where the system can (Windows does it by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sha256_hex(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sha256_of_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
