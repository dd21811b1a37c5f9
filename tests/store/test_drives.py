from pathlib import Path

import pytest

from jindu_desk.store.drives import on_network, sync_drive, warnings_about

MOUNTS = """sysfs /sys sysfs rw 0 0
/dev/sda1 / ext4 rw 0 0
server:/export /mnt/share\\040one nfs4 rw 0 0
//server/x /mnt/win cifs rw 0 0
/dev/sdb1 /mnt/win/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("/home/a/data", False), ("/mnt/share one/data", True), ("/mnt/win/data", True), ("/mnt/win/local/data", False)],
)
def test_the_nearest_mount_counts(folder: str, expected: bool) -> None:
    assert on_network(Path(folder), MOUNTS) is expected


@pytest.mark.parametrize(
    ("folder", "drive"),
    [
        ("/home/a/OneDrive - 某单位/禁毒", "OneDrive"),
        ("/home/a/Nutstore/1/x", "坚果云"),
        ("/home/a/WPS云盘/x", "WPS云盘"),
        ("/home/a/文档/x", None),
        ("/home/a/dropboxes/x", None),
    ],
)
def test_sync_folders_are_known_by_name(folder: str, drive: str | None) -> None:
    assert sync_drive(Path(folder)) == drive


def test_the_warning_is_a_sentence(tmp_path: Path) -> None:
    assert warnings_about(tmp_path) == ()
    (warning,) = warnings_about(tmp_path / "Dropbox" / "x")
    assert "Dropbox" in warning
    assert "请改放" in warning
