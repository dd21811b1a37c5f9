"""The audit chain: one row per change, each hash covering the row and the hash before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.store.bulk import ask, insert_rows
from jindu_desk.store.tables import Audit

GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Note:
    subject: Subject
    record: str
    detail: str  # JSON, hashed as it stands


@dataclass(frozen=True, slots=True)
class Break:
    """The first row at which the chain does not hold. ``seq`` is where; ``removed`` when rows are missing."""

    seq: int
    removed: bool


_LAST = select(Audit.seq, Audit.hash).order_by(col(Audit.seq).desc()).limit(1)


def append(session: Session, notes: Sequence[Note], *, at: datetime, actor: str, operation: str) -> None:
    """Chain ``notes`` onto the last row."""
    if not notes:
        return
    last = ask(session, _LAST).first()
    seq, previous = last or (0, GENESIS)
    rows: list[dict[str, object]] = []
    for note in notes:
        seq += 1
        row: dict[str, object] = {
            "seq": seq,
            "at": at.isoformat(timespec="seconds"),
            "actor": actor,
            "operation": operation,
            "subject": note.subject.value,
            "record": note.record,
            "detail": note.detail,
            "previous": previous,
        }
        row["hash"] = previous = row_hash(row)
        rows.append(row)
    insert_rows(session, Audit, rows)


def head(session: Session) -> str:
    """The newest hash: a commitment to everything that was ever changed here."""
    return session.exec(select(Audit.hash).order_by(col(Audit.seq).desc()).limit(1)).first() or GENESIS


def find_break(session: Session) -> Break | None:
    """Walk the whole chain; None when it holds."""
    previous, expected = GENESIS, 1
    for row in session.exec(select(Audit).order_by(col(Audit.seq)).execution_options(yield_per=1000)):
        if row.seq != expected:
            return Break(expected, removed=True)
        if row.previous != previous or row.hash != row_hash(row.model_dump(exclude={"hash"})):
            return Break(row.seq, removed=False)
        previous, expected = row.hash, expected + 1
    return None


def row_hash(row: dict[str, object]) -> str:
    """SHA-256 (hex) over the row without its own hash, as JSON with sorted keys."""
    text = json.dumps({k: v for k, v in row.items() if k != "hash"}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
