"""The papers of a month as files in a folder of their own."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from jindu_desk.errors.folder import TargetIsOwnData, writing_to
from jindu_desk.files import sync_folder, write_whole
from jindu_desk.paths import data_folder_of
from jindu_desk.reports.bundle import INSIDE, MadePaper, folder_name
from jindu_desk.reports.papers import Occasion

_NOT_IN_NAMES: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class SavedPapers:
    """The new folder and the files in it, as paths below it."""

    folder: Path
    files: tuple[str, ...]


def save_papers(parent: Path, occasion: Occasion, made: Sequence[MadePaper]) -> SavedPapers:
    """Write the papers into a new folder below ``parent``; what stays in the office goes into a folder within it.

    Nothing that is there is overwritten: officers finish papers in other programs. The folder is whole or absent.
    Raises `DiskFull`, `CannotWriteFile` or `TargetIsOwnData`.
    """
    if (own := data_folder_of(parent / "any")) is not None:
        raise TargetIsOwnData(file=str(parent), folder=str(own))
    name = _NOT_IN_NAMES.sub("_", folder_name(occasion))
    files = dict(_files(made))
    with writing_to(parent / name):
        unfinished = Path(tempfile.mkdtemp(dir=parent, prefix=".", suffix=".part"))
        try:
            for path, content in files.items():
                target = unfinished / path
                target.parent.mkdir(exist_ok=True)
                write_whole(target, content)
            unfinished.chmod(parent.stat().st_mode & 0o777)
            folder = _moved(unfinished, parent, name)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        sync_folder(parent)
    return SavedPapers(folder, tuple(files))


def _files(made: Sequence[MadePaper]) -> Iterator[tuple[str, bytes]]:
    for number, each in enumerate((each for each in made if each.printed), start=1):
        stem = f"{INSIDE}/" * each.kind.inside + f"{number:02}-{_NOT_IN_NAMES.sub('_', each.kind.name)}"
        if each.printed:
            yield f"{stem}.pdf", each.printed.content
        if each.workbook:
            yield f"{stem}.xlsx", each.workbook
        if each.word:
            yield f"{stem}.docx", each.word


def _moved(unfinished: Path, parent: Path, name: str) -> Path:
    """Give the folder its name, with a number behind it where the name is taken."""
    number = 1
    while (target := parent / (name if number == 1 else f"{name}（{number}）")).exists():
        number += 1
    return unfinished.rename(target)
