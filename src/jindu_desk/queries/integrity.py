"""Is everything as it was confirmed? The database, the audit chain, attachments, packages, and what was signed."""

from __future__ import annotations

import json
import sqlite3
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlmodel import Session, func, select

from jindu_desk.files import sha256_of_file
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.integrity_figures import Difference, differences_from_signed
from jindu_desk.store import audit
from jindu_desk.store.attachments import place_of
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attachment, Audit, Profile, Received


class Damage(StrEnum):
    DATABASE = "database"
    FOREIGN_KEY = "foreign_key"
    AUDIT_ALTERED = "audit_altered"
    AUDIT_REMOVED = "audit_removed"
    ATTACHMENT = "attachment"
    PACKAGE = "package"
    SENT_COPY = "sent_copy"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Finding:
    """``table``: of a figure that is not as it was signed, the package's table; else empty."""

    damage: Damage
    place: str
    table: str = ""


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
        found += _missing_heads(session, paths)
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
        found += [_figures(each) for each in differences_from_signed(session, paths)]
        changes = session.exec(select(func.count()).select_from(Audit)).one()
        return Integrity(tuple(found), changes, len(files), len(packages), audit.head(session))


def _figures(difference: Difference) -> Finding:
    damage = Damage.FIGURES if difference.table else Damage.SENT_COPY
    return Finding(damage, f"{difference.month} {difference.unit} {difference.record}", difference.table)


def _missing_heads(session: Session, paths: FolderPaths) -> list[Finding]:
    """The end of the chain can be cut off without a break. So every head that a sent package carries must still be in
    it, and a folder that was set up has a chain."""
    known = set(session.exec(select(Audit.hash))) | {audit.GENESIS}
    found = []
    if len(known) == 1 and session.exec(select(Profile.folder_id)).first() is not None:
        found.append(Finding(Damage.AUDIT_REMOVED, "1"))
    for path in sorted(paths.sent.glob("*.jdpkg")):
        head = _audit_head(path)
        if head is not None and head not in known:
            found.append(Finding(Damage.AUDIT_REMOVED, path.name))
    return found


def _audit_head(package: Path) -> str | None:
    """The chain's head when the package was made; None where the file does not say."""
    try:
        with zipfile.ZipFile(package) as members:
            return str(json.loads(members.read("datapackage.json"))["jindu"]["audit_head"])
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, TypeError):
        return None


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
