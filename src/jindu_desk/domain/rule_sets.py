"""Rules, deadlines and targets as records: what a district or the city sets, each from a month on.

March is never judged again by April's rules: what holds for a month is the record with the greatest ``since`` that is
not after it, else what the program ships.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol, TypeVar

from pydantic import Field

from jindu_desk.domain.fields import Code, Fields, MonthText, RuleText


class RuleName(StrEnum):
    """The rule files, by the names of the shipped ones."""

    CATALOGUE = "catalogue"
    CHECKS = "checks"
    RATES = "rates"
    EXPENSES = "expenses"


# Ten digits at most: no personal number fits. A day that every year has.
RuleVersion = Annotated[str, Field(max_length=12, pattern=r"^[0-9]{1,4}(?:\.[0-9]{1,3}){0,2}$")]
_DAY = (
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
Due = Annotated[str, Field(max_length=11, pattern=rf"^(?:{_DAY}(?: {_DAY})?)?$")]


class RuleSetFields(Fields):
    """A whole rule file (TOML) that holds from the month ``since`` on."""

    name: RuleName
    since: MonthText
    version: RuleVersion
    text: RuleText


class DeadlineFields(Fields):
    """When a duty is due, from the month ``since`` on.

    ``days``: monthly duties, days after the month's end. ``due``: half-yearly and yearly ones, ``MM-DD`` per period,
    separated by one space.
    """

    duty: Code
    since: MonthText
    days: Annotated[int, Field(ge=0, le=31)] | None = None
    due: Due = ""


class TargetFields(Fields):
    """What a rate must reach from the month ``since`` on, in hundredths of a percent (Art. 13(3))."""

    rate: Code
    since: MonthText
    target: Annotated[int, Field(ge=0, le=10_000)]


@dataclass(frozen=True, slots=True)
class Issuers:
    """Whose rules bind a desk. ``own``: its own unit, where it may set rules itself (not a township). ``superiors``:
    (since, unit id) from the oldest on; the first holds for all months before too."""

    own: str | None
    superiors: tuple[tuple[str, str | None], ...]

    def of(self, month: str) -> tuple[str, ...]:
        """Unit ids, the one that wins first."""
        above = self.superiors[0][1] if self.superiors else None
        for since, unit_id in self.superiors:
            if since <= month:
                above = unit_id
        return tuple(unit_id for unit_id in (self.own, above) if unit_id)


class Issued(Protocol):
    """What a unit set from a month on."""

    @property
    def unit_id(self) -> str: ...
    @property
    def since(self) -> str: ...


T = TypeVar("T", bound=Issued)


def in_force(rows: Iterable[T], issuers: Issuers, month: str) -> T | None:
    """What holds in ``month`` of rows about the same thing; None: what the program ships."""
    known = sorted((row for row in rows if row.since <= month), key=lambda row: row.since, reverse=True)
    for unit_id in issuers.of(month):
        for row in known:
            if row.unit_id == unit_id:
                return row
    return None


def timeline(rows: Iterable[T], issuers: Issuers) -> tuple[tuple[str, T | None], ...]:
    """(month, what holds from it on), oldest first; before the first one, what the program ships."""
    found: list[tuple[str, T | None]] = []
    kept = list(rows)
    for month in sorted({row.since for row in kept} | {since for since, _ in issuers.superiors[1:]}):
        row = in_force(kept, issuers, month)
        if row is not (found[-1][1] if found else None):
            found.append((month, row))
    return tuple(found)
