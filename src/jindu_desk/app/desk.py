"""The desk: one opened data folder with everything that belongs to it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from jindu_desk.errors.folder import NotSetUp
from jindu_desk.log import log_into, logger
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.units import OwnUnit, own_unit
from jindu_desk.store import backups
from jindu_desk.store.folder import OpenFolder, lock_for_restore, open_folder, release

if TYPE_CHECKING:
    from jindu_desk.settings.keys import KeyVault
    from jindu_desk.store.engine import Store


class Desk:
    """Opened once per run. Screens and commands reach the store, the keys and the folder through it."""

    def __init__(self, folder: OpenFolder, handler: logging.Handler | None, clock: Callable[[], datetime]) -> None:
        self._folder = folder
        self._handler = handler
        self._clock = clock
        self._own: OwnUnit | None = None
        self.ask_passphrase: Callable[[], str | None] = lambda: None  # the window or the command line sets it
        self.reload()

    @classmethod
    def open(cls, root: Path, *, create: bool = False, clock: Callable[[], datetime] = datetime.now) -> Self:
        """Open a data folder; raises the errors of `store.folder.open_folder`."""
        folder = open_folder(root, create=create, clock=clock)
        handler = None if folder.store.why_read_only else log_into(folder.paths.log)
        try:
            return cls(folder, handler, clock)
        except BaseException:
            folder.close()
            raise

    @property
    def store(self) -> Store:
        return self._folder.store

    @property
    def paths(self) -> FolderPaths:
        return self._folder.paths

    @property
    def warnings(self) -> tuple[str, ...]:
        """Chinese sentences about the folder (network or sync drive) to be shown once."""
        return self._folder.warnings

    @property
    def why_read_only(self) -> str:
        return self.store.why_read_only

    @property
    def own(self) -> OwnUnit | None:
        """The folder's unit; None before the first start is finished."""
        return self._own

    @property
    def unit(self) -> OwnUnit:
        """The folder's unit where there must be one; raises `NotSetUp`."""
        if self._own is None:
            raise NotSetUp
        return self._own

    @cached_property
    def vault(self) -> KeyVault:
        """The private halves of the folder's keys, in the system's keyring or a sealed file."""
        from jindu_desk.settings.keys import KeyVault

        return KeyVault(self.paths.keys, self.unit.folder_id, demo=self.unit.demo, ask=self._ask)

    def _ask(self) -> str | None:
        return self.ask_passphrase()

    def reload(self) -> None:
        """Read the folder's own unit again, after the first start or a change of units."""
        before, self._own = self._own, own_unit(self.store)
        if self._own is not None:
            self.store.actor = self._own.keeper
        facts = [(own.folder_id, own.demo) if own is not None else None for own in (before, self._own)]
        if facts[0] != facts[1]:  # else the open vault stays: its passphrase is asked for once a run
            self.__dict__.pop("vault", None)

    def back_up(self, reason: str) -> Path:
        """Copy the database into ``backups/``, checked and thinned. Raises `DiskFull`, `CannotWriteFile`."""
        return backups.back_up(self.paths, reason, self._clock())

    def backups(self) -> tuple[backups.BackupRow, ...]:
        return backups.backups(self.paths)

    def archive(self, target: Path) -> None:
        """Write the whole folder but the keys into one file to carry away."""
        backups.archive(self.paths, target, self._clock())

    def restore(self, source: Path) -> None:
        """Go back to a backup; what is there now is backed up first. Raises `BackupDamaged`, `BackupTooNew`."""
        root = self.paths.root
        self.store.close()
        release(self._folder.lock, self.paths)
        try:
            restore_folder(root, source, self._clock())
        finally:
            self._folder = open_folder(root, create=False, clock=self._clock)
            self.reload()

    def close(self, *, backup: bool = True) -> None:
        """Back up and let go of the folder. A backup that fails is logged; leaving is never refused for it."""
        try:
            if backup and not self.why_read_only and self._own is not None:
                self.back_up("leaving")
        except Exception:
            logger.exception("no backup on leaving")
        finally:
            self._folder.close()
            if self._handler is not None:
                logger.removeHandler(self._handler)
                self._handler.close()


def restore_folder(root: Path, source: Path, now: datetime) -> None:
    """Restore into a folder that is not open (also an empty one, on a new PC)."""
    paths = FolderPaths(root.absolute())
    lock = lock_for_restore(root)
    try:
        backups.restore(paths, source, now)
    finally:
        release(lock, paths)
