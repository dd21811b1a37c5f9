"""Deadlines in a few keys."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.errors.entry import NotADate
from jindu_desk.ui.meetings.quick_dates import read_deadline

THURSDAY = date(2026, 10, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("+7", date(2026, 10, 29)),
        ("＋１０", date(2026, 11, 1)),
        ("15天", date(2026, 11, 6)),
        ("15日内", date(2026, 11, 6)),
        ("3天内", date(2026, 10, 25)),
        ("今天", THURSDAY),
        ("明天", date(2026, 10, 23)),
        ("月底", date(2026, 10, 31)),
        ("月底前", date(2026, 10, 31)),
        ("下月底", date(2026, 11, 30)),
        ("下个月底", date(2026, 11, 30)),
        ("季末", date(2026, 12, 31)),
        ("年底之前", date(2026, 12, 31)),
        ("周五", date(2026, 10, 23)),
        ("周四", THURSDAY),
        ("星期一", date(2026, 10, 26)),
        ("本周日", date(2026, 10, 25)),
        ("下周三", date(2026, 10, 28)),
        ("28日", date(2026, 10, 28)),
        ("15号", date(2026, 11, 15)),
        ("下月5日", date(2026, 11, 5)),
        ("11-30", date(2026, 11, 30)),
        ("1-15", date(2027, 1, 15)),
        ("2026-10-01", date(2026, 10, 1)),
        ("20261130", date(2026, 11, 30)),
    ],
)
def test_what_people_say_is_read(text: str, day: date) -> None:
    assert read_deadline(text, THURSDAY) == day


def test_nothing_is_no_deadline() -> None:
    assert read_deadline("  ", THURSDAY) is None


@pytest.mark.parametrize("text", ["很快", "31日内外", "2-30", "+", "周八", "下月31日", "13-1", "1000天"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(NotADate):
        read_deadline(text, THURSDAY)


@given(
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
    st.sampled_from(["月底", "下月底", "年底", "季末", "周一", "周日", "+0"]),
)
def test_a_spoken_deadline_is_never_before_the_meeting(held_on: date, text: str) -> None:
    found = read_deadline(text, held_on)
    assert found is not None
    assert found >= held_on


@given(st.text(max_size=12))
def test_whatever_is_typed_is_a_date_or_told(text: str) -> None:
    try:
        found = read_deadline(text, THURSDAY)
    except NotADate:
        return
    assert found is None or isinstance(found, date)
