"""Settings of the unit and unfinished forms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jindu_desk.domain.meetings import MeetingState
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Draft, Meeting, Setting


@dataclass(frozen=True, slots=True)
class DraftRow:
    key: str
    body: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A form that was begun and not saved. ``month`` as 2026-10, empty where the form belongs to none."""

    screen: str
    month: str


def settings(store: Store) -> dict[str, str]:
    """All settings of the unit by key; a key that is absent has its default where it is used."""
    with store.read() as session:
        return settings_in(session)


def settings_in(session: Session) -> dict[str, str]:
    return {row.key: row.value for row in session.exec(select(Setting))}


def draft(store: Store, key: str) -> DraftRow | None:
    """The unfinished form kept under ``key``."""
    with store.read() as session:
        row = session.get(Draft, key)
        return DraftRow(row.key, row.body, row.saved_at) if row else None


def unfinished(store: Store) -> tuple[Unfinished, ...]:
    """The forms that are kept, meetings first. What was kept of a meeting that is signed off meanwhile is void."""
    with store.read() as session:
        keys = session.exec(select(Draft.key).order_by(Draft.key)).all()
        ids = [key.removeprefix("meetings:") for key in keys if key.startswith("meetings:")]
        months = session.exec(
            select(Meeting.month)
            .where(col(Meeting.id).in_(ids), Meeting.state != MeetingState.SIGNED_OFF)
            .order_by(Meeting.month)
        ).all()
    others = [key.partition(".")[0] for key in keys if not key.startswith("meetings:")]
    return (*(Unfinished("meetings", month) for month in months), *(Unfinished(screen, "") for screen in others))
