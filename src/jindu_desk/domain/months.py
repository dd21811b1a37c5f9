"""The reporting month, the unit of everything in this program."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from jindu_desk.errors.entry import NotAMonth

_ISO = re.compile(r"(\d{4})-(\d{2})")
FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A calendar month, e.g. ``Month(2026, 10)``. ``str()`` gives ``2026-10`` (XML Schema gYearMonth)."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not (FIRST_YEAR <= self.year <= LAST_YEAR and 1 <= self.number <= 12):
            raise NotAMonth(text=f"{self.year}-{self.number:02}")

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read ``2026-10``; raises `NotAMonth`."""
        match = _ISO.fullmatch(text.strip())
        if match is None:
            raise NotAMonth(text=text[:20])
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    def plus(self, months: int) -> Month:
        """The month ``months`` later (earlier if negative)."""
        index = self.year * 12 + self.number - 1 + months
        return Month(index // 12, index % 12 + 1)

    @property
    def previous(self) -> Month:
        return self.plus(-1)

    @property
    def next(self) -> Month:
        return self.plus(1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.number, 1)

    @property
    def last_day(self) -> date:
        year, index = divmod(self.year * 12 + self.number, 12)
        return date(year, index + 1, 1) - timedelta(days=1)

    def holds(self, day: date) -> bool:
        return (day.year, day.month) == (self.year, self.number)

    @property
    def year_to_date(self) -> tuple[Month, ...]:
        """January of the year up to and including this month."""
        return tuple(Month(self.year, n) for n in range(1, self.number + 1))
