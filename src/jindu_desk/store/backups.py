"""Backups: copies of the database, each opened and checked, and whole-folder archives to carry away.

Private keys are in neither (they are in the system's keyring or a sealed file).
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from sqlalchemy.exc import SQLAlchemyError

from jindu_desk.domain.backups import kept
from jindu_desk.errors.folder import (
    BackupDamaged,
    BackupTooNew,
    CannotWriteFile,
    DatabaseDamaged,
    DiskFull,
    TargetIsOwnData,
    writing_to,
)
from jindu_desk.files import refuse_special, sha256_of_file, sync_folder
from jindu_desk.paths import FolderPaths, data_folder_of
from jindu_desk.store import migrations
from jindu_desk.store.engine import open_engine, sqlite_url
from jindu_desk.store.tables import metadata

_STAMP = "%Y%m%d-%H%M%S"
_ARCHIVED = ("attachments", "received", "sent")
_DATABASE = "jindu.db"
_MANIFEST = "backup.json"
_UNPACKED = ".restore-"


@dataclass(frozen=True, slots=True)
class BackupRow:
    path: Path
    made_at: datetime
    reason: str
    bytes: int


def back_up(paths: FolderPaths, reason: str, now: datetime) -> Path:
    """Copy the database into ``backups/``, check the copy, thin the old ones. ``reason``: an ASCII word.

    Raises `DiskFull` or `CannotWriteFile`; then no half backup is left.
    """
    target = _free(paths.backups / f"{now.strftime(_STAMP)}-{reason}.db")
    with _told_as_desk_errors(target):
        paths.backups.mkdir(parents=True, exist_ok=True)
        _copy_database(paths.database, target)
    thin(paths, now)
    return target


def backups(paths: FolderPaths) -> tuple[BackupRow, ...]:
    """The automatic backups, newest first."""
    return tuple(sorted(_rows(paths), key=lambda row: (row.made_at, row.path.name), reverse=True))


def thin(paths: FolderPaths, now: datetime) -> None:
    """Remove what `kept` does not name. A file that cannot be removed stays."""
    rows = list(_rows(paths))
    keep = kept((row.made_at for row in rows), now)
    for row in rows:
        if row.made_at not in keep:
            with contextlib.suppress(OSError):
                row.path.unlink()


def check_database(path: Path) -> str:
    """Open a copy and check it: integrity, foreign keys, revision. Returns the revision.

    Raises `BackupDamaged` or `BackupTooNew`.
    """
    try:
        connection = sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)
        try:
            problems = [row[0] for row in connection.execute("PRAGMA integrity_check(5)") if row[0] != "ok"]
            problems += [f"foreign key {row[0]}" for row in connection.execute("PRAGMA foreign_key_check")][:5]
        finally:
            connection.close()
        revision = migrations.revision_of(path)
    except sqlite3.Error as error:
        raise BackupDamaged(file=path.name, reason=str(error)) from error
    if problems:
        raise BackupDamaged(file=path.name, reason="; ".join(problems))
    if revision is None:
        raise BackupDamaged(file=path.name, reason="no revision")
    if revision not in migrations.KNOWN:
        raise BackupTooNew(file=path.name)
    if revision == migrations.CURRENT and (missing := _missing_columns(path)):
        raise BackupDamaged(file=path.name, reason=f"{len(missing)}: {missing[0]}")
    return revision


def _missing_columns(path: Path) -> list[str]:
    """Columns of ours that a database lacks: it only pretends to be one."""
    connection = sqlite3.connect(f"file:{path.as_posix()}?mode=ro", uri=True)
    try:
        there = {
            f"{table}.{row[1]}"
            for table in metadata.tables
            for row in connection.execute(f'PRAGMA table_info("{table}")')
        }
    finally:
        connection.close()
    wanted = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    return sorted(wanted - there)


def archive(paths: FolderPaths, target: Path, now: datetime) -> None:
    """Write the whole folder (database, attachments, packages; no keys) into one ZIP at ``target``.

    Written beside the target, read back and checked, then renamed. Raises `DiskFull`, `CannotWriteFile` or
    `TargetIsOwnData`.
    """
    own = data_folder_of(target)
    if own is not None:
        raise TargetIsOwnData(file=str(target), folder=str(own))
    with _told_as_desk_errors(target), tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as name:
        refuse_special(target)
        part = Path(name) / "part.zip"
        copy = Path(name) / _DATABASE
        _copy_database(paths.database, copy)
        files = [(_DATABASE, copy)]
        for folder in _ARCHIVED:
            root = paths.root / folder
            files += [(f"{folder}/{p.relative_to(root).as_posix()}", p) for p in sorted(root.rglob("*")) if p.is_file()]
        hashes = {member: sha256_of_file(path) for member, path in files}
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as bundle:
            made = {"format": 1, "made_at": now.isoformat(timespec="seconds"), "files": hashes}
            bundle.writestr(_MANIFEST, json.dumps(made, indent=1))
            for member, path in files:
                bundle.write(path, member)
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        with zipfile.ZipFile(part) as bundle:
            if (broken := bundle.testzip()) is not None:
                raise BackupDamaged(file=target.name, reason=broken)
        part.replace(target)
        sync_folder(target.parent)


def restore(paths: FolderPaths, source: Path, now: datetime) -> None:
    """Put a backup in the place of the data: a ``.db`` copy or a whole-folder archive.

    The source is checked first; what is there now is backed up first; the database is replaced by a rename.
    The caller has closed the store and holds the folder's lock. Raises `BackupDamaged`, `BackupTooNew`,
    `DiskFull`, `CannotWriteFile`; then nothing was changed.
    """
    with (
        _told_as_desk_errors(paths.database),
        tempfile.TemporaryDirectory(dir=paths.root, prefix=_UNPACKED) as name,
    ):
        unpacked = Path(name)
        database = unpacked / _DATABASE
        if zipfile.is_zipfile(source):
            _unpack(source, unpacked)
        else:
            _copy_checked_source(source, database)
        if check_database(database) != migrations.CURRENT:
            _bring_up_to_date(database)
        if paths.database.exists():
            _set_aside(paths, now)
        for folder in _ARCHIVED:
            for found in sorted((unpacked / folder).rglob("*")):
                target = paths.root / found.relative_to(unpacked)
                if found.is_file() and not (target.is_file() and sha256_of_file(target) == sha256_of_file(found)):
                    target.parent.mkdir(parents=True, exist_ok=True)
                    found.replace(target)
        # Before the rename: the log of the replaced database must never be applied to the restored one.
        for companion in _companions(paths.database):
            companion.unlink(missing_ok=True)
        sync_folder(paths.root)
        database.replace(paths.database)
        sync_folder(paths.root)


def _bring_up_to_date(database: Path) -> None:
    """Migrate an older backup before it takes the place of what is there: one that cannot be is damaged."""
    engine = open_engine(sqlite_url(database))
    try:
        migrations.upgrade(engine)
    except SQLAlchemyError as error:
        raise BackupDamaged(file=database.name, reason=type(error).__name__) from error
    finally:
        engine.dispose()
    check_database(database)


def clear_leftovers(paths: FolderPaths) -> None:
    """Remove what a restore that was killed left behind. Called under the folder's lock."""
    for leftover in paths.root.glob(f"{_UNPACKED}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _set_aside(paths: FolderPaths, now: datetime) -> None:
    """Keep what is there before it is replaced: as a backup, or, when it is too damaged for that, byte by byte."""
    try:
        back_up(paths, "before-restore", now)
    except (BackupDamaged, BackupTooNew, DatabaseDamaged):
        kept = _free(paths.backups / f"{now.strftime(_STAMP)}-damaged.bin")
        paths.backups.mkdir(parents=True, exist_ok=True)
        shutil.copy2(paths.database, kept)
        for companion in _companions(paths.database):
            if companion.exists():
                shutil.copy2(companion, kept.with_name(kept.name + companion.name.removeprefix(paths.database.name)))
    # What the log holds belongs to the database that is set aside; folded in, the file stands without it.
    with contextlib.suppress(sqlite3.Error):
        connection = sqlite3.connect(paths.database)
        try:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()


def _companions(database: Path) -> tuple[Path, ...]:
    return tuple(database.with_name(database.name + suffix) for suffix in ("-wal", "-shm"))


def _free(path: Path) -> Path:
    """``path``, or the same with a counter where two are made within a second."""
    count, free = 1, path
    while free.exists():
        count += 1
        free = path.with_name(f"{path.stem}-{count}{path.suffix}")
    return free


def _copy_checked_source(source: Path, database: Path) -> None:
    try:
        check_database(source)
        _copy_database(source, database)
    except sqlite3.Error as error:
        raise BackupDamaged(file=source.name, reason=str(error)) from error


def _unpack(source: Path, into: Path) -> None:
    try:
        with zipfile.ZipFile(source) as bundle:
            made = json.loads(bundle.read(_MANIFEST))
            names = set(bundle.namelist()) - {_MANIFEST}
            if made.get("format") != 1:
                raise BackupTooNew(file=source.name)
            if names != set(made["files"]) or _DATABASE not in names:
                raise BackupDamaged(file=source.name, reason="list of files")
            for member in names:
                path = PurePosixPath(member)
                if path.is_absolute() or ".." in path.parts or path.parts[0] not in (*_ARCHIVED, _DATABASE):
                    raise BackupDamaged(file=source.name, reason=member[:80])
                bundle.extract(member, into)
                if sha256_of_file(into / member) != made["files"][member]:
                    raise BackupDamaged(file=source.name, reason=member[:80])
    except (BackupDamaged, BackupTooNew):
        raise
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        raise BackupDamaged(file=source.name, reason=str(error)[:80]) from error
    except Exception as error:  # whatever a foreign or hostile archive makes zipfile and json raise
        raise BackupDamaged(file=source.name, reason=str(error)[:80]) from error


def _copy_database(source: Path, target: Path) -> None:
    """A consistent copy through SQLite's backup interface, checked, durable, whole or absent."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    os.close(handle)
    part = Path(name)
    try:
        reader = sqlite3.connect(f"file:{source.as_posix()}?mode=ro", uri=True)
        writer = sqlite3.connect(part)
        try:
            reader.backup(writer)
            writer.execute("PRAGMA journal_mode = DELETE")  # one file, without companions
        finally:
            writer.close()
            reader.close()
        check_database(part)
        with part.open("rb+") as stream:
            os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def _rows(paths: FolderPaths) -> Iterator[BackupRow]:
    for path in paths.backups.glob("*.db"):
        stamp, reason = path.stem[:15], path.stem[16:]
        with contextlib.suppress(ValueError, FileNotFoundError):
            made_at = datetime.strptime(stamp, _STAMP)  # noqa: DTZ007 - local wall time, as everywhere
            yield BackupRow(path, made_at, reason, path.stat().st_size)


@contextlib.contextmanager
def _told_as_desk_errors(target: Path) -> Iterator[None]:
    try:
        with writing_to(target):
            yield
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise DiskFull(file=target.name) from error
        raise CannotWriteFile(file=str(target), reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise DatabaseDamaged(file=target.name, reason=str(error)) from error
