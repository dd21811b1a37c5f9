"""Which backups to keep: many of today, fewer of long ago."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

_ALL_OF_THE_LAST = timedelta(days=1)
_NEWEST_KEPT = 20
_DAILY = timedelta(days=14)
_WEEKLY = timedelta(weeks=10)


def kept(times: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """The backups to keep: the newest 20 of the last day, then one a day for two weeks, one a week for ten
    weeks, and one a month for ever. The newest of each span stays. Times ahead of the clock always stay."""
    keep: set[datetime] = set()
    spans: set[tuple[object, ...]] = set()
    recent = 0
    for time in sorted(times, reverse=True):
        age = now - time
        span: tuple[object, ...]
        if age < timedelta(0):
            keep.add(time)
            continue
        if age <= _ALL_OF_THE_LAST:
            recent += 1
            if recent <= _NEWEST_KEPT:
                keep.add(time)
                spans.add(("day", time.date()))
            continue
        if age <= _DAILY:
            span = ("day", time.date())
        elif age <= _WEEKLY:
            span = ("week", *time.isocalendar()[:2], time.month)  # a week in two months keeps one of each
        else:
            span = ("month", time.year, time.month)
        if span not in spans:
            spans.add(span)
            keep.add(time)
    return frozenset(keep)
