"""What an operation changed, so that screens know what to ask for again."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Subject(StrEnum):
    """The subjects of the program; the same names stand in every layer."""

    UNITS = "units"
    MEETINGS = "meetings"
    TALLIES = "tallies"
    EXPENSES = "expenses"
    DUTIES = "duties"
    EXCHANGE = "exchange"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Changes:
    """The subjects an operation touched and, where it made one thing, that thing's id."""

    subjects: frozenset[Subject]
    key: str | None = None

    def __or__(self, other: Changes) -> Changes:
        return Changes(self.subjects | other.subjects, self.key or other.key)
