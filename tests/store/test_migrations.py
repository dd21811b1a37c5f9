"""The chain of migrations and the tables lead to the same schema."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from jindu_desk.store import migrations
from jindu_desk.store.engine import open_engine, sqlite_url
from jindu_desk.store.tables import metadata


def test_migrations_lead_to_the_tables(tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path / "migrated.db"))
    migrations.upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()
    assert migrations.revision_of(tmp_path / "migrated.db") == migrations.CURRENT


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
