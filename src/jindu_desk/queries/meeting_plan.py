"""The planned minutes of a meeting's items."""

from __future__ import annotations

from sqlmodel import Session, select

from jindu_desk.store.tables import AgendaPlan


def plan_in(session: Session, meeting_id: str) -> dict[int, int]:
    """The place of an item on the agenda → its minutes, where it has a plan."""
    query = select(AgendaPlan).where(AgendaPlan.meeting_id == meeting_id)
    return {row.position: row.planned for row in session.exec(query)}
