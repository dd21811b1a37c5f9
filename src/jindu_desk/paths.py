"""Where things lie: the shipped resources and the parts of a data folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def resource(*parts: str) -> Path:
    """A shipped resource: beside the package when installed, at the top of the checkout otherwise."""
    installed = _PACKAGE / "resources"
    root = installed if installed.is_dir() else _PACKAGE.parent.parent / "resources"
    return root.joinpath(*parts)


def default_data_dir() -> Path:
    """The platform's user data folder for this program."""
    from platformdirs import user_data_path

    return user_data_path("jindu_desk", appauthor=False)


@dataclass(frozen=True, slots=True)
class FolderPaths:
    """The names inside a data folder. Nothing else in the program spells them."""

    root: Path

    @property
    def database(self) -> Path:
        return self.root / "jindu.db"

    @property
    def lock(self) -> Path:
        return self.root / "jindu.lock"

    @property
    def attachments(self) -> Path:
        return self.root / "attachments"

    @property
    def received(self) -> Path:
        return self.root / "received"

    @property
    def sent(self) -> Path:
        return self.root / "sent"

    @property
    def backups(self) -> Path:
        return self.root / "backups"

    @property
    def keys(self) -> Path:
        return self.root / "keys"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def preferences(self) -> Path:
        return self.root / "preferences.json"

    @property
    def own_folders(self) -> tuple[Path, ...]:
        return (self.attachments, self.received, self.sent, self.backups, self.keys, self.log)


def data_folder_of(target: Path) -> Path | None:
    """The data folder that ``target`` is a part of: its database, or anything in its own folders. Else None."""
    place = target.absolute()
    for parent in place.parents:
        paths = FolderPaths(parent)
        if not paths.database.is_file():
            continue
        files = (paths.database, paths.lock, paths.preferences)
        companion = place.name.startswith(f"{paths.database.name}-")
        if place in files or (place.parent == parent and companion) or set(place.parents) & set(paths.own_folders):
            return parent
    return None
