"""Is everything as it was confirmed? The database, the audit chain, the attachments, the received packages."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import func, select

from jindu_desk.files import sha256_of_file
from jindu_desk.paths import FolderPaths
from jindu_desk.store import audit
from jindu_desk.store.attachments import place_of
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attachment, Audit, Received


class Damage(StrEnum):
    DATABASE = "database"
    FOREIGN_KEY = "foreign_key"
    AUDIT_ALTERED = "audit_altered"
    AUDIT_REMOVED = "audit_removed"
    ATTACHMENT = "attachment"
    PACKAGE = "package"


@dataclass(frozen=True, slots=True)
class Finding:
    damage: Damage
    place: str


@dataclass(frozen=True, slots=True)
class Integrity:
    """``findings`` is empty when all is well; the counts say how much was looked at."""

    findings: tuple[Finding, ...]
    changes: int
    attachments: int
    packages: int
    audit_head: str


def check(store: Store, paths: FolderPaths) -> Integrity:
    """Read everything once and compare it with what was recorded."""
    found = _database(paths)
    with store.read() as session:
        broken = audit.find_break(session)
        if broken is not None:
            kind = Damage.AUDIT_REMOVED if broken.removed else Damage.AUDIT_ALTERED
            found.append(Finding(kind, str(broken.seq)))
        files = {row[0]: row[1] for row in session.exec(select(Attachment.sha256, Attachment.name))}
        for digest, name in files.items():
            path = place_of(paths, digest)
            if not path.is_file() or sha256_of_file(path) != digest:
                found.append(Finding(Damage.ATTACHMENT, name))
        packages = {row[0]: row[1] for row in session.exec(select(Received.file_sha256, Received.file_name))}
        for digest, name in packages.items():
            path = paths.received / f"{digest}.jdpkg"
            if not path.is_file() or sha256_of_file(path) != digest:
                found.append(Finding(Damage.PACKAGE, name))
        changes = session.exec(select(func.count()).select_from(Audit)).one()
        return Integrity(tuple(found), changes, len(files), len(packages), audit.head(session))


def _database(paths: FolderPaths) -> list[Finding]:
    connection = sqlite3.connect(f"file:{paths.database.as_posix()}?mode=ro", uri=True)
    try:
        found = [
            Finding(Damage.DATABASE, row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"
        ]
        found += [Finding(Damage.FOREIGN_KEY, row[0]) for row in connection.execute("PRAGMA foreign_key_check")]
        return found
    finally:
        connection.close()
