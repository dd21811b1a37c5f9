"""The words of dates, money and states."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from jindu_desk.domain.months import Month
from jindu_desk.reports import wording


def test_dates_have_no_leading_zeros() -> None:
    assert wording.date_text(date(2026, 1, 3)) == "2026年1月3日"
    assert wording.month_text(Month(2026, 1)) == "2026年1月"
    assert wording.date_text(None) == ""


def test_a_span_says_its_day_once() -> None:
    start = datetime(2026, 10, 28, 9, 5)
    assert wording.span_text(start, start.replace(hour=11, minute=30)) == "2026年10月28日 9:05—11:30"
    assert wording.span_text(start, start.replace(day=29)) == "2026年10月28日 9:05—2026年10月29日 9:05"
    assert wording.span_text(start, None) == "2026年10月28日 9:05"
    assert wording.span_text(None, None) == ""


def test_an_unknown_amount_is_a_dash() -> None:
    assert wording.yuan(None) == "—"
    assert wording.yuan(0) == "0.00元"
    assert wording.yuan(128050) == "1,280.50元"


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (20, "二十"),
        (101, "一百零一"),
        (110, "一百一十"),
        (200, "二百"),
        (1005, "一千零五"),
        (10_000, "10000"),
    ],
)
def test_numbers_of_headings(number: int, text: str) -> None:
    assert wording.chinese_number(number) == text


def test_states_have_words() -> None:
    assert wording.decision_state_label("completion_requested") == "申请办结"
    assert wording.attendance_label("observer") == "列席"
    assert wording.tier_label("township") == "镇（街道）"
    assert wording.role_label("chair") == "主持人"
