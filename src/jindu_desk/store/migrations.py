"""The schema's history. Alembic is imported only when a database is behind.

A new database is made from the tables at once and stamped; a test proves that the chain of migrations leads
to the same schema.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from jindu_desk.store.tables import metadata

SCRIPTS = Path(__file__).parent / "revisions"
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
"""All revisions, oldest first. The last is what this program writes."""
CURRENT = KNOWN[-1]


def revision_of(database: Path) -> str | None:
    """The revision stamped in a SQLite file, None for a file without one. Raises sqlite3.DatabaseError."""
    connection = sqlite3.connect(f"file:{database.as_posix()}?mode=ro&immutable=0", uri=True)
    try:
        known = connection.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        if known is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return str(row[0]) if row else None
    finally:
        connection.close()


def create(engine: Engine) -> None:
    """Make all tables in an empty database and stamp it with the current revision."""
    with engine.connect().execution_options(desk_write=True) as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{CURRENT}')")  # noqa: S608 - a constant
        connection.commit()


def upgrade(engine: Engine, target: str = "head") -> None:
    """Run the missing migrations, each in its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    with engine.connect().execution_options(desk_write=True) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, target)
        connection.commit()
