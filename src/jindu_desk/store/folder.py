"""Opening a data folder: one program at a time, migrated with a checked backup before, never a crash."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import socket
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from jindu_desk.errors import DeskError
from jindu_desk.errors.folder import (
    CannotWriteFile,
    DatabaseDamaged,
    DatabaseNewer,
    DatabaseTooOld,
    DiskFull,
    FolderInUse,
    FolderNotWritable,
    FolderProtected,
    NoFolderYet,
    reason_of,
)
from jindu_desk.log import logger
from jindu_desk.paths import FolderPaths
from jindu_desk.store import backups, drives, migrations
from jindu_desk.store.engine import Store, open_engine, sqlite_url
from jindu_desk.store.tables import metadata

if TYPE_CHECKING:
    from filelock import BaseFileLock


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """An opened data folder. ``warnings`` are Chinese sentences to show once; nothing is refused for them."""

    paths: FolderPaths
    store: Store
    warnings: tuple[str, ...]
    lock: BaseFileLock | None
    copy: TemporaryDirectory[str] | None = None  # what is shown of a folder that cannot be written and has a log

    def close(self) -> None:
        self.store.close()
        release(self.lock, self.paths)
        if self.copy is not None:
            self.copy.cleanup()


def open_folder(root: Path, *, create: bool, clock: Callable[[], datetime]) -> OpenFolder:
    """Lock, check, migrate and open the folder.

    A folder that cannot be written, or was written by a newer program, opens read-only with the reason in
    ``store.why_read_only``. Raises `FolderInUse`, `FolderNotWritable`, `NoFolderYet`, `DatabaseDamaged`,
    `DatabaseNewer` (too new even to read) or `DatabaseTooOld` (a migration failed; nothing changed).
    """
    paths = FolderPaths(root.absolute())
    fresh = not paths.database.exists()
    if fresh and not create:
        raise NoFolderYet(folder=str(root))
    lock = _lock(paths, create=create)
    try:
        if lock is None and fresh:
            raise FolderNotWritable(folder=str(root), reason="EACCES")
        why_read_only = "" if lock else str(FolderProtected(folder=str(root)))
        if lock is not None:
            backups.clear_leftovers(paths)
        if fresh:
            _make(paths)
        else:
            why_read_only = why_read_only or _bring_up_to_date(paths, clock())
        copy = _copy_with_log(paths) if lock is None else None
        database = Path(copy.name) / paths.database.name if copy else paths.database
        url = sqlite_url(database, read_only=bool(why_read_only), untouched=lock is None and copy is None)
        store = Store(open_engine(url), clock=clock, why_read_only=why_read_only)
        if why_read_only:
            _refuse_unreadable(store, paths)
        return OpenFolder(paths, store, drives.warnings_about(paths.root), lock, copy)
    except BaseException:
        release(lock, paths)
        raise


def lock_for_restore(root: Path) -> BaseFileLock:
    """Hold a folder's lock while its database is replaced. Raises `FolderInUse`, `FolderNotWritable`."""
    lock = _lock(FolderPaths(root.absolute()), create=True)
    if lock is None:
        raise FolderNotWritable(folder=str(root), reason="EACCES")
    return lock


def release(lock: BaseFileLock | None, paths: FolderPaths) -> None:
    if lock is not None:
        _holder_file(paths).unlink(missing_ok=True)
        lock.release()


def _lock(paths: FolderPaths, *, create: bool) -> BaseFileLock | None:
    """The folder's lock, or None where nothing can be written."""
    from filelock import FileLock, Timeout

    try:
        if create:
            paths.root.mkdir(parents=True, exist_ok=True)
        # Whoever opens the folder on one thread may let go of it on another.
        lock = FileLock(paths.lock, timeout=0, thread_local=False)
        lock.acquire()
    except Timeout as error:
        raise FolderInUse(folder=str(paths.root), holder=_holder(paths)) from error
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        if not paths.database.exists():
            raise FolderNotWritable(folder=str(paths.root), reason=reason_of(error)) from error
        return None
    except OSError as error:
        if error.errno == errno.EROFS and paths.database.exists():
            return None
        raise FolderNotWritable(folder=str(paths.root), reason=reason_of(error)) from error
    with contextlib.suppress(OSError):
        holder = {"pid": os.getpid(), "host": socket.gethostname()}
        _holder_file(paths).write_text(json.dumps(holder), encoding="utf-8")
    return lock


def _copy_with_log(paths: FolderPaths) -> TemporaryDirectory[str] | None:
    """Where the last program was killed, confirmed changes stand in the log beside the database. On a medium that
    cannot be written they are only seen in a copy of both; None where there is no log."""
    log = paths.database.with_name(f"{paths.database.name}-wal")
    if not log.exists() or log.stat().st_size == 0:
        return None
    copy = TemporaryDirectory(prefix="jindu-")
    for file in (paths.database, log):
        shutil.copyfile(file, Path(copy.name) / file.name)
    return copy


def _holder_file(paths: FolderPaths) -> Path:
    return paths.lock.with_suffix(".holder")


def _holder(paths: FolderPaths) -> str:
    try:
        held = json.loads(_holder_file(paths).read_text(encoding="utf-8"))
        return f"{held['host']}, PID {held['pid']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "?"


def _make(paths: FolderPaths) -> None:
    """A new database, made beside its place and renamed, so that a crash leaves none rather than half of one."""
    part = paths.database.with_suffix(".new")
    for leftover in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
        leftover.unlink(missing_ok=True)
    engine = open_engine(sqlite_url(part))
    try:
        migrations.create(engine)
        # The log would stay behind under the old name: fold it in and leave WAL before the rename.
        with engine.connect() as connection:
            raw = connection.connection.driver_connection
            if not isinstance(raw, sqlite3.Connection):
                raise TypeError(raw)
            connection.rollback()
            raw.execute("PRAGMA journal_mode = DELETE")
    except OSError as error:
        raise FolderNotWritable(folder=str(paths.root), reason=str(error)) from error
    finally:
        engine.dispose()
    part.replace(paths.database)


def _bring_up_to_date(paths: FolderPaths, now: datetime) -> str:
    """Migrate if behind. Returns why the folder is read-only (written by a newer program), or nothing."""
    try:
        revision = migrations.revision_of(paths.database)
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(file=str(paths.database), reason=str(error)) from error
    if revision is None:
        raise DatabaseDamaged(file=str(paths.database), reason="no revision")
    if revision == migrations.CURRENT:
        return ""
    if revision not in migrations.KNOWN:
        return str(DatabaseNewer(revision=revision))
    try:
        backup = backups.back_up(paths, "before-migration", now)
    except DeskError as error:
        raise DatabaseTooOld(reason=str(error), backup="—") from error
    engine = open_engine(sqlite_url(paths.database))
    try:
        migrations.upgrade(engine)
    except (SQLAlchemyError, DiskFull, CannotWriteFile) as error:
        logger.exception("migration from %s failed", revision)
        raise DatabaseTooOld(reason=type(error).__name__, backup=str(backup)) from error
    finally:
        engine.dispose()
    return ""


def _refuse_unreadable(store: Store, paths: FolderPaths) -> None:
    """A newer schema may lack a column that this program reads; better a sentence now than a crash later."""
    try:
        with store.engine.connect() as connection:
            for table in metadata.sorted_tables:
                connection.execute(select(table).limit(0))
    except SQLAlchemyError as error:
        store.close()
        if "no such" in str(error):
            raise DatabaseNewer(revision="?") from error
        raise DatabaseDamaged(file=str(paths.database), reason=type(error).__name__) from error
