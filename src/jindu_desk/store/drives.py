"""Is a folder on a network or a synchronised drive? Both can ruin a database; one also sends it away."""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path

from jindu_desk.errors.folder import FolderIsSynced, FolderOnNetwork
from jindu_desk.paths import resource

_NETWORK_FILESYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "davfs", "fuse.davfs2"})
_DRIVE_REMOTE = 4


def warnings_about(folder: Path) -> tuple[str, ...]:
    """Sentences for the window; empty where the folder lies on a local drive."""
    found = []
    if drive := sync_drive(folder):
        found.append(str(FolderIsSynced(folder=str(folder), drive=drive)))
    if on_network(folder, _mounts()):
        found.append(str(FolderOnNetwork(folder=str(folder))))
    return tuple(found)


def sync_drive(folder: Path) -> str | None:
    """The name of the sync program whose folder this is in; read off the folders' names."""
    folders: dict[str, str] = tomllib.loads(resource("sync-drives.toml").read_text(encoding="utf-8"))
    for part in folder.parts:
        name = part.lower()
        for known, shown in folders.items():
            # OneDrive adds the name of the organisation to its folder's name
            if name == known or name.startswith((f"{known} -", f"{known} (")):
                return shown
    return None


def on_network(folder: Path, mounts: str) -> bool:
    """``mounts``: the text of /proc/mounts, empty where there is none."""
    if sys.platform == "win32":
        return _windows_remote(folder)
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        inside = folder == Path(point) or Path(point) in folder.parents
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind in _NETWORK_FILESYSTEMS


def _windows_remote(folder: Path) -> bool:
    if str(folder).startswith("\\\\"):
        return True
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - the attribute exists on Windows alone
    return bool(kernel.GetDriveTypeW(folder.drive + os.sep) == _DRIVE_REMOTE)


def _mounts() -> str:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
