"""The copies kept of what was sent, opened again."""

from __future__ import annotations

from jindu_desk.errors.packages import PackageError
from jindu_desk.files import sha256_hex
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.paths import FolderPaths
from jindu_desk.store.tables import Sent

_NAMES = ("", ".unrecorded")  # the second: recorded, and killed before the copy got its name


def sent_package(paths: FolderPaths, sent: Sent) -> VerifiedPackage | None:
    """A package as it was signed; None where its copy is gone, altered or another."""
    for ending in _NAMES:
        try:
            content = (paths.sent / f"{sent.file_name}{ending}").read_bytes()
            if sha256_hex(content) == sent.file_sha256:
                return verify_package(content, None)
        except (OSError, PackageError):
            continue
    return None
