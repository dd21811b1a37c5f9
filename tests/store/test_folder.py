"""Opening a data folder: every state it can be in has its sentence, none is a crash."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.errors.folder import (
    DatabaseDamaged,
    DatabaseTooOld,
    FolderInUse,
    FolderNotWritable,
    FolderReadOnly,
    NoFolderYet,
)
from jindu_desk.operations.units import change_keeper
from jindu_desk.paths import FolderPaths
from jindu_desk.store import folder, migrations
from jindu_desk.store.folder import open_folder


def closed(desk: Desk) -> FolderPaths:
    paths = desk.paths
    desk.close(backup=False)
    return paths


def sql(database: Path, statement: str) -> None:
    connection = sqlite3.connect(database)
    with connection:
        connection.execute(statement)
    connection.close()


def test_a_folder_that_is_not_there_yet(tmp_path: Path) -> None:
    with pytest.raises(NoFolderYet, match="首次设置"):
        Desk.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_second_program_is_told_who_holds_the_folder(desk: Desk) -> None:
    program = "import sys; from pathlib import Path; from jindu_desk.app.desk import Desk; Desk.open(Path(sys.argv[1]))"
    second = subprocess.run(
        [sys.executable, "-c", program, str(desk.paths.root)], capture_output=True, text=True, check=False
    )
    assert "FolderInUse" in second.stderr
    assert "正被另一个窗口或程序使用" in second.stderr
    with pytest.raises(FolderInUse, match="PID"):
        Desk.open(desk.paths.root)


def test_the_lock_goes_with_the_desk(desk: Desk) -> None:
    root = closed(desk).root
    again = Desk.open(root)
    assert again.own is not None
    again.close(backup=False)


def test_a_file_made_by_a_newer_program_opens_read_only(desk: Desk) -> None:
    paths = closed(desk)
    sql(paths.database, "UPDATE alembic_version SET version_num = '9999'")
    sql(paths.database, "ALTER TABLE unit ADD COLUMN invented_later TEXT")
    newer = Desk.open(paths.root)
    try:
        assert "更新版本" in newer.why_read_only
        assert newer.unit.unit.name == "薛家镇"
        with pytest.raises(FolderReadOnly, match="更新版本"):
            change_keeper(newer.store, "测试丁")
    finally:
        newer.close()
    assert not list(paths.backups.glob("*"))


def test_a_newer_schema_that_cannot_even_be_read_says_so(desk: Desk) -> None:
    paths = closed(desk)
    sql(paths.database, "UPDATE alembic_version SET version_num = '9999'")
    sql(paths.database, "ALTER TABLE official RENAME COLUMN post TO job")
    with pytest.raises(Exception, match="更新版本"):
        Desk.open(paths.root)


def test_a_folder_that_cannot_be_written_opens_read_only(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = closed(desk)
    monkeypatch.setattr(folder, "_lock", lambda paths, create: None)  # root may write anywhere, so we only pretend
    shown = Desk.open(paths.root)
    try:
        assert "没有写入权限" in shown.why_read_only
        assert shown.unit.keeper == "测试丙"
        with pytest.raises(FolderReadOnly):
            change_keeper(shown.store, "测试丁")
    finally:
        shown.close()


def test_a_place_where_no_folder_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderNotWritable, match="不能写入"):
        Desk.open(tmp_path / "file", create=True)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_torn_or_foreign_database_is_named(tmp_path: Path, content: bytes) -> None:
    paths = FolderPaths(tmp_path / "data")
    paths.root.mkdir()
    paths.database.write_bytes(content)
    with pytest.raises(DatabaseDamaged, match="备份恢复"):
        Desk.open(paths.root)
    assert paths.database.read_bytes() == content


def test_a_database_that_is_behind_is_backed_up_and_migrated(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = closed(desk)
    sql(paths.database, "UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(migrations, "KNOWN", ("0000", migrations.CURRENT))
    monkeypatch.setattr(
        migrations,
        "upgrade",
        lambda engine: sql(paths.database, f"UPDATE alembic_version SET version_num = '{migrations.CURRENT}'"),
    )
    opened = Desk.open(paths.root)
    opened.close(backup=False)
    assert migrations.revision_of(paths.database) == migrations.CURRENT
    (backup,) = paths.backups.glob("*-before-migration.db")
    assert migrations.revision_of(backup) == "0000"


def test_a_migration_that_fails_leaves_everything_and_names_the_backup(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy.exc import OperationalError

    def fail(engine: object) -> None:
        raise OperationalError("ALTER", {}, Exception("no"))

    paths = closed(desk)
    sql(paths.database, "UPDATE alembic_version SET version_num = '0000'")
    monkeypatch.setattr(migrations, "KNOWN", ("0000", migrations.CURRENT))
    monkeypatch.setattr(migrations, "upgrade", fail)
    with pytest.raises(DatabaseTooOld, match="before-migration"):
        Desk.open(paths.root)
    assert migrations.revision_of(paths.database) == "0000"
    assert "migration from 0000 failed" in caplog.text


def test_a_crash_while_making_the_database_leaves_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(engine: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(migrations, "create", crash)
        with pytest.raises(KeyboardInterrupt):
            open_folder(tmp_path / "data", create=True, clock=datetime.now)
    assert not FolderPaths(tmp_path / "data").database.exists()
    Desk.open(tmp_path / "data", create=True).close()


def test_a_read_only_medium_still_shows_what_was_confirmed_before_a_kill(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_keeper(desk.store, "测试丁")  # stands in the log only
    medium = FolderPaths(tmp_path / "medium")
    medium.root.mkdir()
    for name in ("jindu.db", "jindu.db-wal"):
        (medium.root / name).write_bytes((desk.paths.root / name).read_bytes())
    monkeypatch.setattr(folder, "_lock", lambda paths, create: None)
    before = {path.name: path.read_bytes() for path in medium.root.iterdir()}
    shown = Desk.open(medium.root)
    assert shown.unit.keeper == "测试丁"
    shown.close()
    assert {path.name: path.read_bytes() for path in medium.root.iterdir()} == before
