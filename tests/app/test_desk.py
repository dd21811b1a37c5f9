from __future__ import annotations

import logging
from pathlib import Path

import pytest
from tests.conftest import Clock

from jindu_desk.app.desk import Desk
from jindu_desk.errors.folder import BackupDamaged, NotSetUp


def test_before_the_first_start_there_is_no_unit(empty_desk: Desk) -> None:
    assert empty_desk.own is None
    with pytest.raises(NotSetUp, match="首次设置"):
        _ = empty_desk.unit


def test_the_keeper_signs_the_audit_chain(desk: Desk) -> None:
    assert desk.store.actor == desk.unit.keeper == "测试丙"


def test_a_failed_restore_leaves_the_desk_open_as_it_was(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "torn.db").write_bytes(b"torn")
    with pytest.raises(BackupDamaged):
        desk.restore(tmp_path / "torn.db")
    assert desk.unit.unit.name == "薛家镇"
    desk.back_up("test")


def test_leaving_is_not_refused_when_the_backup_fails(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(reason: str) -> Path:
        raise OSError(reason)

    monkeypatch.setattr(desk, "back_up", fail)
    with caplog.at_level(logging.ERROR):
        desk.close()
    assert "no backup on leaving" in caplog.text
    Desk.open(desk.paths.root).close(backup=False)


def test_a_folder_that_was_never_set_up_leaves_no_backup(tmp_path: Path, clock: Clock) -> None:
    desk = Desk.open(tmp_path / "data", create=True, clock=clock)
    desk.close()
    assert desk.backups() == ()
