"""The times of a meeting's items, beside it and with its record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, held, prepared

from jindu_desk.domain.meeting_clock import MeetingClock, go_to, stop
from jindu_desk.errors.meetings import MeetingSignedOff
from jindu_desk.operations.meeting_clock import keep_clock, record_times
from jindu_desk.operations.meetings import clock_key, correct_meeting, discard_version, sign_off
from jindu_desk.operations.settings import keep_draft
from jindu_desk.queries.meeting_clock import kept_clock
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.queries.settings import draft, unfinished
from jindu_desk.store.tables import AgendaTime

if TYPE_CHECKING:
    from tests.conftest import Clock

    from jindu_desk.app.desk import Desk


def timed(clock: Clock, *, keep: bool) -> MeetingClock:
    """Two items of twenty and ten minutes."""
    pressed = go_to(MeetingClock(keep=keep), 0, "通报", clock.now)
    clock.advance(minutes=20)
    pressed = go_to(pressed, 1, "部署", clock.now)
    clock.advance(minutes=10)
    return stop(pressed, clock.now)


def test_a_running_clock_is_there_again_after_a_crash(desk: Desk, clock: Clock) -> None:
    whole = prepared(desk, OCTOBER)
    running = go_to(MeetingClock(), 0, "通报", clock.now)
    keep_clock(desk.store, whole.id, running)
    clock.advance(minutes=7)
    again = kept_clock(desk.store, clock_key(whole.id))
    assert again == running
    assert again.total(clock.now) == 420
    assert unfinished(desk.store) == ()  # it is no form that somebody forgot to save


def test_what_is_kept_in_another_form_is_no_clock(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    keep_draft(desk.store, clock_key(whole.id), '{"laps": 3}')
    assert kept_clock(desk.store, clock_key(whole.id)) == MeetingClock()


def test_times_go_into_the_record_only_where_they_are_wanted(desk: Desk, clock: Clock) -> None:
    whole = prepared(desk, OCTOBER)
    record_times(desk.store, whole.id, timed(clock, keep=True))
    assert [(each.title, each.seconds) for each in meeting_whole(desk.store, whole.id).times] == [
        ("通报", 1200),
        ("部署", 600),
    ]
    record_times(desk.store, whole.id, timed(clock, keep=False))
    assert meeting_whole(desk.store, whole.id).times == ()


def test_they_stay_with_every_version_and_go_with_the_meeting(desk: Desk, clock: Clock) -> None:
    whole = prepared(desk, OCTOBER)
    pressed = timed(clock, keep=True)
    keep_clock(desk.store, whole.id, pressed)
    record_times(desk.store, whole.id, pressed)
    sign_off(desk.store, held(whole), "测试甲", OCTOBER.first_day.replace(day=21))
    assert draft(desk.store, clock_key(whole.id)) is None
    with pytest.raises(MeetingSignedOff):
        record_times(desk.store, whole.id, MeetingClock())
    second = correct_meeting(desk.store, whole.id, "理由").key
    assert second is not None
    assert len(meeting_whole(desk.store, second).times) == 2
    discard_version(desk.store, second)
    assert len(meeting_whole(desk.store, whole.id).times) == 2


def test_a_meeting_that_is_thrown_away_leaves_no_times(desk: Desk, clock: Clock) -> None:
    whole = prepared(desk, OCTOBER)
    keep_clock(desk.store, whole.id, timed(clock, keep=True))
    record_times(desk.store, whole.id, timed(clock, keep=True))
    discard_version(desk.store, whole.id)
    with desk.store.read() as session:
        assert session.get(AgendaTime, (whole.series, 1)) is None
    assert draft(desk.store, clock_key(whole.id)) is None
