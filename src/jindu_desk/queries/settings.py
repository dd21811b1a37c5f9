"""Settings of the unit and unfinished forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Draft, Setting


@dataclass(frozen=True, slots=True)
class DraftRow:
    key: str
    body: str
    saved_at: datetime


def settings(store: Store) -> dict[str, str]:
    """All settings of the unit by key; a key that is absent has its default where it is used."""
    with store.read() as session:
        return {row.key: row.value for row in session.exec(select(Setting))}


def draft(store: Store, key: str) -> DraftRow | None:
    """The unfinished form kept under ``key``."""
    with store.read() as session:
        row = session.get(Draft, key)
        return DraftRow(row.key, row.body, row.saved_at) if row else None
