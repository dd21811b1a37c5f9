"""What the system refuses is told in the user's words."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from jindu_desk.errors.folder import CannotWriteFile, DiskFull, reason_of, writing_to


@pytest.mark.parametrize("number", [errno.EPERM, errno.EACCES, errno.EROFS, errno.ENOENT, errno.EIO, errno.ETXTBSY, 0])
def test_no_english_reason_is_shown(number: int) -> None:
    said = reason_of(OSError(number, os.strerror(number)) if number else OSError("盘不见了"))
    assert said
    assert not any(word in said for word in os.strerror(number).split())


def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    with pytest.raises(DiskFull), writing_to(tmp_path / "a.pdf"):
        raise OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(CannotWriteFile, match="没有权限") as refused, writing_to(tmp_path / "a.pdf"):
        raise PermissionError(errno.EPERM, "Operation not permitted")
    assert "Operation" not in str(refused.value)
