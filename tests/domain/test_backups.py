from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.backups import kept

NOW = datetime(2026, 11, 23, 17, 0)
ages = st.lists(st.integers(0, 60 * 24 * 400), unique=True, max_size=120)


def at(minutes: int) -> datetime:
    return NOW - timedelta(minutes=minutes)


@given(ages)
def test_the_newest_always_stays_and_thinning_twice_changes_nothing(minutes: list[int]) -> None:
    times = {at(m) for m in minutes}
    keep = kept(times, NOW)
    assert keep <= times
    assert not times or max(times) in keep
    assert kept(keep, NOW) == keep


@given(ages)
def test_every_month_keeps_one(minutes: list[int]) -> None:
    times = {at(m) for m in minutes}
    assert {(t.year, t.month) for t in kept(times, NOW)} == {(t.year, t.month) for t in times}


def test_a_busy_year_becomes_few_files() -> None:
    hourly = {NOW - timedelta(hours=h) for h in range(24 * 365)}
    assert 40 <= len(kept(hourly, NOW)) <= 60


def test_a_time_ahead_of_the_clock_stays() -> None:
    ahead = NOW + timedelta(days=400)
    assert ahead in kept({ahead, NOW}, NOW)
