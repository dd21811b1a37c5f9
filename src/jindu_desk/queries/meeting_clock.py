"""The times of a meeting's items: of the clock that runs, and those kept with the record."""

from __future__ import annotations

from sqlmodel import Session, col, select

from jindu_desk.domain.meeting_clock import AgendaTime, MeetingClock, resumed
from jindu_desk.queries.settings import draft
from jindu_desk.store import tables
from jindu_desk.store.engine import Store


def kept_clock(store: Store, key: str) -> MeetingClock:
    """The clock kept under ``key`` as it is taken up now; one that never ran where there is none."""
    row = draft(store, key)
    if row is None:
        return MeetingClock()
    try:
        clock = MeetingClock.model_validate_json(row.body)
    except ValueError:  # written by another version of the program
        return MeetingClock()
    return resumed(clock, row.saved_at, store.clock())


def times_in(session: Session, series: str) -> tuple[AgendaTime, ...]:
    """What is kept with the record, in the order in which the items were begun."""
    query = select(tables.AgendaTime).where(tables.AgendaTime.series == series)
    return tuple(
        AgendaTime(row.title, row.started_at, row.seconds)
        for row in session.exec(query.order_by(col(tables.AgendaTime.position)))
    )
