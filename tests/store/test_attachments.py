from pathlib import Path

import pytest

from jindu_desk.errors.folder import AttachmentMissing, AttachmentTooLarge, CannotReadFile, DiskFull
from jindu_desk.files import sha256_hex, write_whole
from jindu_desk.paths import FolderPaths
from jindu_desk.store import attachments


@pytest.fixture
def paths(tmp_path: Path) -> FolderPaths:
    return FolderPaths(tmp_path)


def test_the_same_bytes_are_stored_once(paths: FolderPaths) -> None:
    digest = attachments.put(paths, b"invoice")
    assert attachments.put(paths, b"invoice") == digest == sha256_hex(b"invoice")
    assert [p.read_bytes() for p in paths.attachments.rglob("*") if p.is_file()] == [b"invoice"]


def test_changed_or_missing_bytes_are_named(paths: FolderPaths) -> None:
    digest = attachments.put(paths, b"invoice")
    attachments.path_of(paths, digest, "发票.jpg").write_bytes(b"other")
    with pytest.raises(AttachmentMissing, match="发票"):
        attachments.path_of(paths, digest, "发票.jpg")
    with pytest.raises(AttachmentMissing):
        attachments.path_of(paths, sha256_hex(b"x"), "发票.jpg")


def test_too_large_and_unreadable(paths: FolderPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attachments, "LARGEST", 3)
    (tmp_path / "big").write_bytes(b"1234")
    with pytest.raises(AttachmentTooLarge):
        attachments.read_outside(tmp_path / "big")
    with pytest.raises(CannotReadFile):
        attachments.read_outside(tmp_path / "none")


def test_a_full_disk_leaves_nothing(paths: FolderPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(DiskFull):
        attachments.put(paths, b"invoice")
    assert not [p for p in tmp_path.rglob("*") if p.is_file()]
    with pytest.raises(OSError, match="No space"):
        write_whole(tmp_path / "x", b"1")
    assert not (tmp_path / "x").exists()
