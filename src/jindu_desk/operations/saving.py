"""Saving a paper or table where the user asked."""

from __future__ import annotations

from pathlib import Path

from jindu_desk.errors.folder import TargetIsOwnData, writing_to
from jindu_desk.files import write_whole
from jindu_desk.paths import data_folder_of


def save_file(target: Path, content: bytes) -> None:
    """Write a file where the user asked, whole or not at all.

    Raises `DiskFull`, `CannotWriteFile` or `TargetIsOwnData`.
    """
    folder = data_folder_of(target)
    if folder is not None:
        raise TargetIsOwnData(file=str(target), folder=str(folder))
    with writing_to(target):
        write_whole(target, content)
