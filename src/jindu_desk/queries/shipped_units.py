"""The unit list that the program ships (``resources/changzhou-units.csv``): a start, which people edit."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

from jindu_desk.domain.units import Tier, shipped_unit_id
from jindu_desk.paths import resource


@dataclass(frozen=True, slots=True)
class ShippedUnit:
    """A unit of the shipped list. ``code``: 12-digit statistical division code; ``parent``: that of the unit above."""

    code: str
    name: str
    tier: Tier
    parent: str

    @property
    def id(self) -> str:
        return shipped_unit_id(self.code)


@cache
def shipped_units() -> tuple[ShippedUnit, ...]:
    """All units of the list, in its order."""
    with resource("changzhou-units.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            ShippedUnit(row["code"], row["name"], Tier(row["level"]), row["parent"]) for row in csv.DictReader(stream)
        )


def shipped_below(code: str) -> tuple[ShippedUnit, ...]:
    return tuple(unit for unit in shipped_units() if unit.parent == code)


def shipped_unit(code: str) -> ShippedUnit | None:
    return next((unit for unit in shipped_units() if unit.code == code), None)


def search_shipped(text: str, tier: Tier, limit: int = 30) -> tuple[ShippedUnit, ...]:
    """Units of ``tier`` whose name or code holds ``text``, or whose pinyin initials start with it (``xjz`` → 薛家镇).

    Names that start with the text come first.
    """
    wanted = text.strip().lower()
    if not wanted:
        return tuple(unit for unit in shipped_units() if unit.tier is tier)[:limit]
    hits = []
    for unit in shipped_units():
        if unit.tier is not tier:
            continue
        if wanted in unit.name:
            hits.append((0 if unit.name.startswith(wanted) else 1, unit))
        elif unit.code.startswith(wanted):
            hits.append((2, unit))
        elif wanted.isascii() and initials_of(unit.name).startswith(wanted):
            hits.append((0 if initials_of(unit.name) == wanted else 1, unit))
    return tuple(unit for _, unit in sorted(hits, key=lambda hit: hit[0]))[:limit]


@cache
def initials_of(name: str) -> str:
    """Pinyin initials, lower case: 薛家镇 → ``xjz``. Characters that are not Chinese stay as they are."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
