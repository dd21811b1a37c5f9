"""The database: opened once, read through snapshots, written through one door."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.errors.folder import DiskFull, FolderReadOnly
from jindu_desk.store import audit

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection
    from sqlalchemy.pool import ConnectionPoolEntry


class Write:
    """One transaction that changes the store. Every change is noted; each note becomes an audit row."""

    def __init__(self, session: Session, now: datetime) -> None:
        self.session = session
        self.now = now
        self.notes: list[audit.Note] = []

    def note(self, subject: Subject, record: str = "", detail: Mapping[str, object] | None = None) -> None:
        """Record that ``record`` of ``subject`` changed. ``detail`` holds figures and states, JSON-ready."""
        text = json.dumps(detail or {}, ensure_ascii=False, sort_keys=True, default=_as_text)
        self.notes.append(audit.Note(subject, record[:200], text))

    def changes(self, key: str | None = None) -> Changes:
        """What to return from the operation: the subjects noted so far."""
        return Changes(frozenset(note.subject for note in self.notes), key)


class Store:
    """The opened database of one folder.

    ``why_read_only`` is the Chinese sentence that says why nothing can be written, or empty.
    ``actor`` is the name of the person at this PC, for the audit chain; ``clock`` gives naive local time.
    """

    def __init__(
        self, engine: Engine, *, clock: Callable[[], datetime], actor: str = "", why_read_only: str = ""
    ) -> None:
        self.engine = engine
        self.clock = clock
        self.actor = actor
        self.why_read_only = why_read_only

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A snapshot; nothing can be committed through it."""
        with self.engine.connect() as connection, Session(connection, autoflush=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self, operation: str) -> Iterator[Write]:
        """One transaction by the name of its operation: all of it with its audit rows, or nothing.

        Raises `FolderReadOnly` before anything is tried, `DiskFull` when the disk refuses.
        """
        if self.why_read_only:
            raise FolderReadOnly(reason=self.why_read_only)
        try:
            with (
                self.engine.connect().execution_options(desk_write=True) as connection,
                Session(connection, expire_on_commit=False) as session,
            ):
                write = Write(session, self.clock())
                yield write
                session.flush()
                audit.append(session, write.notes, at=write.now, actor=self.actor, operation=operation)
                session.commit()
                connection.commit()
        except OperationalError as error:
            if "full" in str(error.orig):
                raise DiskFull(file=str(self.engine.url.database)) from error
            raise

    def close(self) -> None:
        self.engine.dispose()


def sqlite_url(database: Path, *, read_only: bool = False, untouched: bool = False) -> str:
    """The URL of a database file. ``untouched``: on a medium that cannot be written, where SQLite may not even make
    the companions that a read-only connection wants; the file must then stand without a log."""
    if read_only:
        return f"sqlite:///file:{database.as_posix()}?mode=ro{'&immutable=1' if untouched else ''}&uri=true"
    return f"sqlite:///{database.as_posix()}"


def open_engine(url: str) -> Engine:
    """An engine on SQLite (explicit BEGIN, foreign keys, WAL, synchronous=FULL) or PostgreSQL."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling leaves DDL outside transactions; we send BEGIN ourselves.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA busy_timeout = 10000")
    # What a savepoint needs to be taken back is pages of this transaction: a temporary file for them costs more.
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.execute("PRAGMA journal_mode")
    if cursor.fetchone() != ("wal",):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except Exception as error:  # a read-only file keeps the mode it has
            if "readonly" not in str(error):
                raise
    cursor.close()


def _begin_sqlite(connection: object) -> None:
    options = connection.get_execution_options()  # type: ignore[attr-defined]
    # A writer takes the lock at once: it can then never find at commit that someone was faster.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("desk_write") else "BEGIN")  # type: ignore[attr-defined]


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
