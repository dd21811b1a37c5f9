"""The clock of a meeting's items."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.meeting_clock import AgendaTime, Lap, MeetingClock, go_to, realigned, resumed, stop

NINE = datetime(2026, 10, 22, 9, 0)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_the_next_item_ends_the_one_before_and_an_item_may_come_back() -> None:
    clock = go_to(MeetingClock(), 0, "通报", at(0))
    clock = go_to(clock, 1, "部署", at(10))
    clock = go_to(clock, 0, "通报", at(25))
    assert clock.running == Lap(at=0, title="通报", begun=at(25))
    clock = stop(clock, at(30))
    assert clock.running is None
    assert (clock.seconds(0, at(99)), clock.seconds(1, at(99)), clock.total(at(99))) == (900, 900, 1800)
    assert clock.times(at(99)) == (AgendaTime("通报", at(0), 900), AgendaTime("部署", at(10), 900))


def test_the_item_that_runs_is_not_begun_again_and_a_break_is_counted_nowhere() -> None:
    clock = go_to(MeetingClock(), 0, "通报", at(0))
    assert go_to(clock, 0, "通报", at(5)) is clock
    clock = go_to(stop(clock, at(10)), 0, "通报", at(20))
    assert clock.total(at(21)) == 660


def test_a_clock_of_another_day_ended_when_it_was_last_heard_of() -> None:
    clock = go_to(MeetingClock(), 0, "通报", at(0))
    assert resumed(clock, at(5), at(40)).running is not None
    later = resumed(clock, at(5), at(60 * 24))
    assert (later.running, later.total(at(60 * 24))) == (None, 300)


def test_times_follow_their_items_and_stay_when_an_item_is_gone() -> None:
    clock = stop(go_to(go_to(MeetingClock(), 0, "通报", at(0)), 1, "部署", at(10)), at(15))
    moved = realigned(clock, ["新加的", "部署", "通报"])
    assert [(lap.at, lap.title) for lap in moved.laps] == [(2, "通报"), (1, "部署")]
    gone = realigned(clock, ["部署"])
    assert (gone.seconds(0, at(20)), gone.total(at(20))) == (300, 900)
    assert len(gone.times(at(20))) == 2


@given(st.lists(st.tuples(st.integers(0, 3), st.floats(-3, 50)), max_size=30))
def test_no_time_is_lost_or_counted_twice(presses: list[tuple[int, float]]) -> None:
    """Whatever is pressed when, even with a clock set back: the items' times are the total."""
    clock, now = MeetingClock(), NINE
    for place, minutes in presses:
        now += timedelta(minutes=minutes)
        clock = go_to(clock, place, str(place), now)
    clock = stop(clock, now)
    assert sum(clock.seconds(place, now) for place in range(4)) == clock.total(now)
    assert sum(each.seconds for each in clock.times(now)) == clock.total(now)
    assert all(lap.ended is not None for lap in clock.laps)
