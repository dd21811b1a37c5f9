from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

import pytest
from tests.conftest import Clock

from jindu_desk.app.desk import Desk, restore_folder
from jindu_desk.errors.folder import BackupDamaged, BackupTooNew, CannotWriteFile, DiskFull
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
