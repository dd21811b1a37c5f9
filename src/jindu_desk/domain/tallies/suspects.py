"""Which checks can find something in a sheet at all: asked of all villages together, a column at a time.

Nearly every check holds in nearly every village. A judge that certainly finds nothing in a unit is left out here, by
figures alone; what it finds elsewhere, and in which words, `checks` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import sub
from typing import cast

from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.cells import BLANK, UNKNOWN, Cell, number
from jindu_desk.domain.tallies.check_rules import (
    Carried,
    Checks,
    Compare,
    District,
    Judge,
    Missing,
    Moves,
    Requires,
    Totals,
    Unknown,
    Weight,
    YearToDate,
)
from jindu_desk.domain.tallies.formulas import Linear
from jindu_desk.domain.tallies.sheet import Sheet, rows_of

Figures = Sequence[int | None]
_NOTHING: dict[str, Cell] = {}


def suspects(sheet: Sheet, checks: Checks, weight: Weight | None = None) -> dict[str, list[int]]:
    """unit id → the places of the judges that may find something in its row, in their order; only those of ``weight``
    if given."""
    villages = _Villages(sheet, checks.catalogue)
    found: dict[str, list[int]] = {unit_id: [] for unit_id in (*sheet.villages, sheet.township_id)}
    for place, judge in enumerate(checks.judges):
        if (weight is None or judge.weight is weight) and judge.check.judges_in(sheet.month):
            for unit_id in villages.suspected(judge):
                found[unit_id].append(place)
    return found


class _Villages:
    """The villages' figures, item by item, each in the order of the villages."""

    def __init__(self, sheet: Sheet, catalogue: Catalogue) -> None:
        self._sheet = sheet
        self._catalogue = catalogue
        self._rows, self._before = rows_of(sheet.cells), rows_of(sheet.previous)
        self._columns: dict[tuple[str, bool], Figures] = {}

    def suspected(self, judge: Judge) -> Iterable[str]:  # noqa: PLR0911 - one answer per rule
        if judge.level is Level.TOWNSHIP:
            return (self._sheet.township_id,)
        villages: Iterable[str] = self._sheet.villages
        match judge.rule:
            case Missing():
                return self._incomplete()
            case Unknown():
                return [unit for unit in self._units() if UNKNOWN in self._rows.get(unit, {}).values()]
            case Carried():
                return self._not_carried()
            case Compare(left=left, relation=relation, right=right):
                pairs = zip(villages, self._figures(left), self._figures(right), strict=True)
                return [u for u, a, b in pairs if a is not None and b is not None and not relation.holds(a, b)]
            case Requires(given=given, needs=needs):
                pairs = zip(villages, self._figures(given), self._figures(needs), strict=True)
                return [u for u, a, b in pairs if a is not None and b is not None and a > 0 >= b]
            case Totals() | YearToDate() | District() | Moves():
                return ()
        return villages

    def _units(self) -> tuple[str, ...]:
        return (*self._sheet.villages, self._sheet.township_id)

    def _incomplete(self) -> Iterable[str]:
        wanted = {
            level: {
                item.code
                for item in self._catalogue.level_items(level)
                if (item.typed or item.opens) and item.asked_in(self._sheet.month)
            }
            for level in Level
        }
        for unit in self._units():
            row = self._rows.get(unit, {})
            level = Level.TOWNSHIP if unit == self._sheet.township_id else Level.VILLAGE
            if not wanted[level] <= row.keys() or BLANK in row.values():
                yield unit

    def _not_carried(self) -> Iterable[str]:
        villages = self._sheet.villages
        found = set(self._sheet.openings)
        for item in self._catalogue.computed:
            if item.carried:
                now, before = self._column(item.code, False), self._column(item.carried, True)
                if now != before:
                    found |= {u for u, a, b in zip(villages, now, before, strict=True) if a is not None and a != b}
        return [unit for unit in villages if unit in found]

    def _column(self, item: str, previous: bool) -> Figures:
        if (item, previous) not in self._columns:
            rows = self._before if previous else self._rows
            cells = [rows.get(unit, _NOTHING).get(item, BLANK) for unit in self._sheet.villages]
            figures = cells if set(map(type, cells)) == {int} else list(map(number, cells))
            self._columns[item, previous] = cast(Figures, figures)
        return self._columns[item, previous]

    def _figures(self, linear: Linear) -> Figures:
        """`formulas.figure_of` in every village."""
        parts = [(term.sign, self._column(term.item, term.previous)) for term in linear]
        added = [column for sign, column in parts if sign > 0]
        taken = [column for sign, column in parts if sign < 0]
        if len(added) == 1 and not taken:
            return added[0]
        if any(None in column for _, column in parts):
            return [
                None if None in row else sum(sign * (figure or 0) for (sign, _), figure in zip(parts, row, strict=True))
                for row in zip(*(column for _, column in parts), strict=True)
            ]
        total = _sums(added, len(self._sheet.villages))
        return list(map(sub, total, _sums(taken, len(total)))) if taken else total


def _sums(columns: Sequence[Figures], length: int) -> list[int]:
    if not columns:
        return [0] * length
    return list(map(sum, zip(*columns, strict=True)))
