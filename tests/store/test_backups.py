from __future__ import annotations

import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from tests.conftest import Clock

from jindu_desk.app.desk import Desk, restore_folder
from jindu_desk.errors.folder import BackupDamaged, BackupTooNew, CannotWriteFile, DiskFull, TargetIsOwnData
from jindu_desk.operations.units import change_keeper
from jindu_desk.store import attachments, backups


def test_leaving_makes_a_checked_backup(desk: Desk, clock: Clock) -> None:
    change_keeper(desk.store, "测试丁")
    desk.close()
    (row,) = backups.backups(desk.paths)
    assert row.reason == "leaving"
    assert row.made_at == clock.now
    backups.check_database(row.path)


def test_a_backup_holds_what_was_confirmed_and_restore_brings_it_back(desk: Desk) -> None:
    kept = desk.back_up("test")
    change_keeper(desk.store, "测试丁")
    desk.restore(kept)
    assert desk.unit.keeper == "测试丙"
    before = next(row for row in desk.backups() if row.reason == "before-restore")
    desk.restore(before.path)
    assert desk.unit.keeper == "测试丁"


def test_an_archive_carries_attachments_to_a_new_pc(desk: Desk, tmp_path: Path, clock: Clock) -> None:
    digest = attachments.put(desk.paths, "发票".encode())
    desk.archive(tmp_path / "away.zip")
    restore_folder(tmp_path / "new", tmp_path / "away.zip", clock())
    moved = Desk.open(tmp_path / "new", clock=clock)
    assert moved.unit.unit.name == "薛家镇"
    assert attachments.path_of(moved.paths, digest, "发票").read_bytes() == "发票".encode()
    moved.close(backup=False)


@pytest.mark.parametrize("size", [0, 100, 4096, 20_000])
def test_a_torn_backup_is_refused_and_nothing_changes(desk: Desk, tmp_path: Path, size: int) -> None:
    torn = tmp_path / "torn.db"
    torn.write_bytes(desk.back_up("test").read_bytes()[:size])
    with pytest.raises(BackupDamaged, match="没有用它做任何改动"):
        desk.restore(torn)
    assert desk.unit.keeper == "测试丙"


def test_an_archive_with_a_changed_byte_or_a_path_outside_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.archive(tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as good:
        members = {name: good.read(name) for name in good.namelist()}
    members["jindu.db"] = members["jindu.db"][:-1] + b"\x01"
    for name, changed in (("changed", members), ("outside", {**members, "../x": b""})):
        with zipfile.ZipFile(tmp_path / name, "w") as bad:
            for member, content in changed.items():
                bad.writestr(member, content)
        with pytest.raises(BackupDamaged):
            desk.restore(tmp_path / name)
    assert desk.unit.keeper == "测试丙"
    assert not (tmp_path / "x").exists()


def test_a_backup_of_a_newer_program_is_refused(desk: Desk, tmp_path: Path) -> None:
    newer = tmp_path / "newer.db"
    newer.write_bytes(desk.back_up("test").read_bytes())
    connection = sqlite3.connect(newer)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(BackupTooNew):
        desk.restore(newer)


def test_old_backups_are_thinned(desk: Desk, clock: Clock) -> None:
    for _ in range(40):
        desk.back_up("test")
        clock.advance(hours=12)
    assert 15 <= len(desk.backups()) <= 22


def test_a_full_disk_and_a_missing_place_have_their_sentences(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CannotWriteFile, match="U盘"):
        desk.archive(tmp_path / "unplugged" / "x.zip")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull, match="原有数据没有受影响"):
        desk.back_up("test")
    assert not list(desk.paths.backups.iterdir())


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\x00" + b"\xff" * 5000, b""])
def test_a_damaged_database_is_what_restore_is_for(desk: Desk, tmp_path: Path, clock: Clock, content: bytes) -> None:
    desk.archive(tmp_path / "good.zip")
    desk.close(backup=False)
    desk.paths.database.write_bytes(content)
    restore_folder(desk.paths.root, tmp_path / "good.zip", clock())
    again = Desk.open(desk.paths.root, clock=clock)
    assert again.unit.keeper == "测试丙"
    again.close(backup=False)
    (kept,) = desk.paths.backups.glob("*-damaged.bin")
    assert kept.read_bytes() == content


def test_the_log_of_the_replaced_database_is_never_applied_to_the_restored_one(
    desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = desk.back_up("test")
    desk.close(backup=False)
    holder = sqlite3.connect(desk.paths.database)  # keeps the log alive, as a killed program leaves it
    holder.execute("UPDATE profile SET keeper = '测试丁'")
    holder.commit()
    log = desk.paths.database.with_name("jindu.db-wal")
    assert log.stat().st_size > 0
    monkeypatch.setattr(backups, "_set_aside", lambda paths, now: None)  # it would fold the log in
    restore_folder(desk.paths.root, kept, clock())
    assert not log.exists()
    holder.close()
    again = Desk.open(desk.paths.root, clock=clock)
    assert again.unit.keeper == "测试丙"
    again.close(backup=False)


def test_a_backup_never_overwrites_the_data_nor_a_device(desk: Desk, tmp_path: Path) -> None:
    for target in (desk.paths.database, desk.paths.root / "jindu.db-wal", desk.paths.attachments / "x.zip"):
        with pytest.raises(TargetIsOwnData, match="换一个位置"):
            desk.archive(target)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotWriteFile):
        desk.archive(tmp_path / "pipe")
    assert (tmp_path / "pipe").is_fifo()
    desk.back_up("test")


def test_two_backups_in_one_second_are_two(desk: Desk) -> None:
    first, second = desk.back_up("test"), desk.back_up("test")
    assert first != second
    assert first.exists()
    assert len(desk.backups()) == 2


def test_archives_and_databases_that_only_pretend_are_refused(desk: Desk, tmp_path: Path) -> None:
    foreign = sqlite3.connect(tmp_path / "foreign.db")
    with foreign:
        foreign.execute("CREATE TABLE alembic_version (version_num)")
        foreign.execute("INSERT INTO alembic_version VALUES ('0001')")
    foreign.close()
    manifests = {"list": "[]", "number": "7", "null": '{"format": 1, "files": null}', "deep": "[" * 100_000}
    for name, manifest in manifests.items():
        with zipfile.ZipFile(tmp_path / f"{name}.zip", "w") as bad:
            bad.writestr("backup.json", manifest)
            bad.writestr("jindu.db", b"")
    for source in [*sorted(tmp_path.glob("*.zip")), tmp_path / "foreign.db"]:
        with pytest.raises(BackupDamaged):
            desk.restore(source)
        assert desk.unit.keeper == "测试丙"


def test_what_a_killed_restore_left_is_cleared(desk: Desk, clock: Clock) -> None:
    desk.close(backup=False)
    (desk.paths.root / ".restore-abc").mkdir()
    (desk.paths.root / ".restore-abc" / "jindu.db").write_bytes(b"half")
    Desk.open(desk.paths.root, clock=clock).close(backup=False)
    assert not (desk.paths.root / ".restore-abc").exists()
