"""When a meeting's minutes are due, and how meetings are counted.

No source fixes these; defaults of rules.md §4 [P]: drafted within one working day, issued within two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from jindu_desk.domain.meetings import MeetingState

DRAFTED_WITHIN = 1
ISSUED_WITHIN = 2


class NumberStyle(StrEnum):
    """How a meeting's number is printed."""

    ISSUE = "issue"  # 第×期, counted in the year
    YEAR = "year"  # 〔2026〕×号


@dataclass(frozen=True, slots=True)
class DueDates:
    drafted_by: date
    issued_by: date


def working_days_after(day: date, count: int) -> date:
    """The ``count``-th Monday-to-Friday after ``day``. Public holidays are not known offline and not guessed."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def due_dates(held_on: date) -> DueDates:
    return DueDates(working_days_after(held_on, DRAFTED_WITHIN), working_days_after(held_on, ISSUED_WITHIN))


def minutes_late(state: MeetingState, held_on: date | None, today: date) -> bool:
    """Whether the minutes of a meeting that was held are not issued in time."""
    return state is not MeetingState.SIGNED_OFF and held_on is not None and today > due_dates(held_on).issued_by


def count_in(number: str) -> int | None:
    """The count within a printed number: 10 in ``第10期`` and in ``〔2026〕10号``; None where there is none."""
    digits = re.findall(r"\d+", re.sub(r"〔.*?〕", "", number))
    return int(digits[-1]) if digits and len(digits[-1]) < 5 else None


def next_count(counts_this_year: Iterable[int]) -> int:
    """The next meeting's count within its year: one more than the highest, so that a gap is never filled twice."""
    return max(counts_this_year, default=0) + 1
