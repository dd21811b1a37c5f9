"""Planned minutes: when items come up, when the meeting ends."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from jindu_desk.domain.meeting_clock import MeetingClock, go_to, stop
from jindu_desk.domain.meeting_drafts import AgendaDraft
from jindu_desk.domain.meeting_plan import Outlook, expected_end, planned_end, slots

NINE = datetime(2026, 10, 22, 9, 0)


def at(minutes: float) -> datetime:
    return NINE + timedelta(minutes=minutes)


def running(*begun: tuple[int, float]) -> MeetingClock:
    """Items begun so many minutes after nine."""
    clock = MeetingClock()
    for item, minutes in begun:
        clock = go_to(clock, item, str(item), at(minutes))
    return clock


@settings(max_examples=60)
@given(st.lists(st.none() | st.integers(1, 240), max_size=12))
def test_planned_items_follow_each_other_without_a_gap(planned: list[int | None]) -> None:
    found = slots(NINE, planned)
    assert [slot.planned for slot in found] == planned
    assert all(after.begins == before.ends for before, after in pairwise(found))
    for slot in found:
        if slot.begins and slot.ends:
            assert slot.ends - slot.begins == timedelta(minutes=slot.planned or 0)
    if None in planned:  # nobody knows what comes up after it, and when
        assert all(slot.begins is None for slot in found[planned.index(None) + 1 :])
    elif planned:
        assert planned_end(NINE, planned) == Outlook(found[-1].ends or NINE, whole=True)


def test_before_it_begins_the_whole_plan_counts() -> None:
    plan = (10, 15, None)
    assert planned_end(NINE, plan) == Outlook(at(25), whole=False)
    assert planned_end(None, plan) is planned_end(NINE, (None, None)) is planned_end(NINE, ()) is None
    assert expected_end(MeetingClock(), (5,), (10, 15), NINE, at(-20)) == Outlook(at(30), whole=True)
    assert expected_end(MeetingClock(), (5,), (10, 15), NINE, at(10)) == Outlook(at(40), whole=True)


@pytest.mark.parametrize(
    ("clock", "now", "ends"),
    [
        (running((0, 0)), 4.5, 45),  # within its plan, the end stays where it was
        (running((0, 0)), 13, 48),  # three minutes over: all comes three minutes later
        (running((0, 0), (1, 4)), 6, 39),  # six minutes saved
        (running((1, 0)), 6, 35),  # begun late: what stands before it is over
        (running((0, 0), (2, 10), (1, 20)), 25, 35),  # passed over and taken up again; the last one is done
        (stop(running((0, 0)), at(8)), 20, 57),  # a break puts it off
    ],
)
def test_the_end_moves_with_what_is_measured(clock: MeetingClock, now: float, ends: float) -> None:
    assert expected_end(clock, (5,), (10, 15, 20), NINE, at(now)) == Outlook(at(ends), whole=True)


def test_what_has_no_plan_is_not_guessed() -> None:
    assert expected_end(running((0, 0)), (), (None, 15, None), NINE, at(5)) == Outlook(at(20), whole=False)
    assert expected_end(running((0, 0)), (), (None, None), NINE, at(5)) is None
    assert expected_end(stop(running((0, 0)), at(5)), (), (10,), NINE, at(7)) is None  # over, or at rest: who knows


@pytest.mark.parametrize("minutes", [0, -5, 241, 7.5])
def test_a_plan_is_whole_minutes_up_to_four_hours(minutes: float) -> None:
    with pytest.raises(ValidationError):
        AgendaDraft(title="研究", planned=minutes)
