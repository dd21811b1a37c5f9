"""The times of a meeting's items: kept while it runs, and with the record where the officer wants it."""

from __future__ import annotations

from sqlmodel import col, delete

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.meeting_clock import AgendaTimeFields, MeetingClock
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.errors.meetings import MeetingSignedOff
from jindu_desk.operations.meetings import clock_key, open_to_change
from jindu_desk.operations.settings import keep_draft
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import AgendaTime


def keep_clock(store: Store, meeting_id: str, clock: MeetingClock) -> None:
    """Keep the running clock durably. It is no record, so it stands beside the unfinished form."""
    keep_draft(store, clock_key(meeting_id), clock.model_dump_json())


def record_times(store: Store, meeting_id: str, clock: MeetingClock) -> Changes:
    """Put the clock's times with the record, in place of those that stand there; none where it is not to be kept.

    Raises `MeetingSignedOff`, `NewerVersionExists`, `MonthLocked`.
    """
    with store.write("record_times") as w:
        meeting = open_to_change(w, meeting_id)
        if meeting.state is MeetingState.SIGNED_OFF:
            raise MeetingSignedOff(month=meeting.month)
        times = clock.times(w.now) if clock.keep else ()
        w.session.execute(delete(AgendaTime).where(col(AgendaTime.series) == meeting.series))
        for position, each in enumerate(times, 1):
            fields = AgendaTimeFields.read(
                {
                    "series": meeting.series,
                    "position": position,
                    "title": each.title,
                    "started_at": each.started_at,
                    "seconds": each.seconds,
                }
            )
            w.session.add(AgendaTime.model_validate(fields.model_dump()))
        w.note(Subject.MEETINGS, meeting.id, {"timed": len(times), "seconds": sum(each.seconds for each in times)})
        return w.changes(meeting.id)
