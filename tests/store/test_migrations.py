"""The chain of migrations and the tables lead to the same schema."""

import gzip
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect
from tests.conftest import Clock

from jindu_desk.app.desk import Desk
from jindu_desk.paths import FolderPaths
from jindu_desk.store import migrations
from jindu_desk.store.engine import open_engine, sqlite_url
from jindu_desk.store.tables import metadata

DATA = Path(__file__).parents[1] / "data"


def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path / "migrated.db"))
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert migrations.revision_of(tmp_path / "migrated.db") == migrations.CURRENT


@pytest.mark.parametrize("tier", ["township", "district"])
@pytest.mark.parametrize("schema", ["0001", "0002"])
def test_a_database_of_an_earlier_schema_is_opened_with_all_it_holds(
    tier: str, schema: str, tmp_path: Path, clock: Clock
) -> None:
    paths = FolderPaths(tmp_path / "data")
    paths.root.mkdir()
    paths.database.write_bytes(gzip.decompress((DATA / f"{tier}-{schema}.db.gz").read_bytes()))
    before = _rows(paths.database)
    desk = Desk.open(paths.root, clock=clock)
    assert desk.why_read_only == ""
    desk.close(backup=False)
    after = _rows(paths.database)
    for table, rows in before.items():
        if table != "alembic_version":
            # New columns stand after the old ones, or beside them in the keys of a package that was sent.
            assert len(after[table]) == len(rows), table
            assert all(any(set(row) <= set(now) for now in after[table]) for row in rows[:50]), table
    if tier == "township":
        connection = sqlite3.connect(paths.database)
        (district,) = connection.execute("SELECT id FROM unit WHERE code = '320411000000'").fetchone()
        assert {row[0] for row in connection.execute("SELECT receiver FROM sent")} == {district}
        connection.close()


def _rows(database: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(database)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
    connection.close()
    return rows


def test_a_new_database_has_the_same_constraints_as_a_migrated_one(tmp_path: Path) -> None:
    schemas = []
    for name, make in (("created", migrations.create), ("migrated", migrations.upgrade)):
        engine = open_engine(sqlite_url(tmp_path / f"{name}.db"))
        make(engine)
        found = inspect(engine)
        schemas.append(
            {
                table: (
                    sorted((c["name"] or "", c["sqltext"]) for c in found.get_check_constraints(table)),
                    sorted((f["name"] or "", *f["constrained_columns"]) for f in found.get_foreign_keys(table)),
                    sorted((u["name"] or "", *u["column_names"]) for u in found.get_unique_constraints(table)),
                    sorted((i["name"] or "", *i["column_names"]) for i in found.get_indexes(table)),
                )
                for table in found.get_table_names()
            }
        )
        engine.dispose()
    assert schemas[0] == schemas[1]
