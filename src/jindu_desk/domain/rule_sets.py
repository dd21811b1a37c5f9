"""Rules, deadlines and targets as records: what a district or the city sets, each from a month on.

March is never judged again by April's rules: what holds for a month is the record with the greatest ``since`` that is
not after it, else what the program ships.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

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
