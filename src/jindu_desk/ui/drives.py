"""Folders to write a package to: removable drives first, then the folder used last."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QStorageInfo

_REMOVABLE_ROOTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_DRIVE_REMOVABLE = 2  # GetDriveTypeW


@dataclass(frozen=True, slots=True)
class Place:
    """A folder as it is offered. ``removable``: a USB stick or card."""

    path: Path
    label: str
    removable: bool


def places(last: str) -> tuple[Place, ...]:
    """What can be chosen without looking for it."""
    found = [
        Place(Path(drive.rootPath()), _label(drive), removable=True)
        for drive in QStorageInfo.mountedVolumes()
        if drive.isValid() and drive.isReady() and not drive.isReadOnly() and _is_removable(drive)
    ]
    known = {place.path for place in found}
    if last and Path(last).is_dir() and Path(last) not in known:
        found.append(Place(Path(last), QDir.toNativeSeparators(last), removable=False))
    if not found:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        if documents and Path(documents).is_dir():
            found.append(Place(Path(documents), QDir.toNativeSeparators(documents), removable=False))
    return tuple(found)


def on_removable(path: Path) -> bool:
    """Whether a file lies on a USB stick or card."""
    drive = QStorageInfo(str(path))
    return drive.isValid() and _is_removable(drive)


def _label(drive: QStorageInfo) -> str:
    free = drive.bytesAvailable() / 1e9
    return f"U盘 {drive.displayName()}（{QDir.toNativeSeparators(drive.rootPath())}，剩 {free:.1f} GB）"


def _is_removable(drive: QStorageInfo) -> bool:
    if drive.isRoot():
        return False
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive.rootPath().replace("/", "\\")) == _DRIVE_REMOVABLE)
    return drive.rootPath().startswith(_REMOVABLE_ROOTS)
