from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.errors.folder import DiskFull
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Audit, Setting


def count(store: Store) -> int:
    with store.read() as session:
        return len(session.exec(select(Setting)).all())


def test_a_write_is_all_or_nothing_with_its_audit_rows(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("change_setting") as w:
        w.session.add(Setting(key="a", value="1"))
        w.note(Subject.SETTINGS, "a")
        w.session.flush()
        1 / 0  # noqa: B018
    assert count(store) == 0
    with store.write("change_setting") as w:
        w.session.add(Setting(key="a", value="1"))
        w.note(Subject.SETTINGS, "a", {"value": "1"})
        changes = w.changes("a")
    assert changes == Changes(frozenset({Subject.SETTINGS}), "a")
    assert count(store) == 1
    with store.read() as session:
        last = session.exec(select(Audit.operation, Audit.actor, Audit.record)).all()[-1]
    assert tuple(last) == ("change_setting", "测试丙", "a")


def test_even_ddl_is_rolled_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.write("x") as w:
        w.session.execute(text("CREATE TABLE stray (a)"))
        1 / 0  # noqa: B018
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM sqlite_master WHERE name = 'stray'")).scalar() == 0


def test_a_snapshot_does_not_see_later_writes(store: Store) -> None:
    with store.read() as session:
        assert session.execute(text("SELECT count(*) FROM setting")).scalar() == 0
        with store.write("change_setting") as w:
            w.session.add(Setting(key="a", value="1"))
        assert session.execute(text("SELECT count(*) FROM setting")).scalar() == 0


def test_the_database_refuses_what_the_rules_forbid(store: Store) -> None:
    with pytest.raises(IntegrityError), store.write("x") as w:
        w.session.execute(
            text(
                "INSERT INTO cell (unit_id, month, item, township_id, state, value, note) "
                "SELECT id, '2026-10', 'A01.J', id, 'NUMBER', NULL, '' FROM unit LIMIT 1"
            )
        )
    with pytest.raises(IntegrityError), store.write("x") as w:
        w.session.execute(text("INSERT INTO official (id, unit_id, role, name, post, position) "
                               "VALUES ('a', 'nobody', 'OBSERVER', 'x', '', 0)"))  # fmt: skip


def test_the_connection_is_set_up_for_durability(store: Store) -> None:
    with store.read() as session:
        pragmas = [
            session.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert pragmas == ["wal", 2, 1]


def test_a_full_disk_has_its_sentence(store: Store) -> None:
    with store.engine.connect() as connection:
        connection.rollback()
        raw = connection.connection.driver_connection
        assert raw is not None
        raw.execute("PRAGMA max_page_count = 1")  # SQLite's own way to run out of room
    with pytest.raises(DiskFull, match="清理磁盘"), store.write("change_setting") as w:
        w.session.add(Setting(key="big", value="x" * 5_000_000))
        w.session.flush()
    assert count(store) == 0
