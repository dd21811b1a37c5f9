"""Who has all the papers of a township so far, and what can be computed from them."""

from __future__ import annotations

from collections.abc import Sequence

from tests.domain.tallies.papers import Puzzle, Variable, small_places

from jindu_desk.domain.tallies.bonds import Bond
from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.domain.tallies.sheet import Sheet

NOBODY_COUNTS = 9  # no figure of a small puzzle is looked for above it


class Readers:
    """What readers of all papers so far know, and what they ask."""

    def __init__(self, bonds: Sequence[Bond]) -> None:
        self._bonds = bonds
        self.figures: dict[Variable, int] = {}
        self.hidden: set[Variable] = set()
        self._totals: list[tuple[list[Variable], int]] = []
        self._rules: list[tuple[dict[Variable, int], bool]] = []

    def read(self, month: int, sheet: Sheet, protection: Protection) -> None:
        units = sheet.villages
        figures = {(month, u, i): cell for (u, i), cell in sheet.cells.items() if isinstance(cell, int)}
        self.figures |= figures
        self.hidden |= {(month, unit, code) for unit, code in protection.hidden}
        for code in {code for _, code in sheet.cells}:
            if code not in protection.hidden_totals:
                there = [(month, unit, code) for unit in units if (month, unit, code) in figures]
                self._totals.append((there, sum(figures[variable] for variable in there)))
        for unit in units:
            for rule in self._bonds:
                terms = {(month, unit, code): sign for code, sign in rule.now}
                terms |= {(month - 1, unit, code): sign for code, sign in rule.before}
                if terms.keys() <= self.figures.keys():
                    self._rules.append((terms, not rule.is_equal))

    def puzzle(self) -> Puzzle:
        known = {variable: figure for variable, figure in self.figures.items() if variable not in self.hidden}
        puzzle = Puzzle(known, [variable for variable in self.figures if variable in self.hidden])
        for there, total in self._totals:
            puzzle.add(dict.fromkeys(there, 1), -total)
        for terms, least in self._rules:
            puzzle.add(terms, least=least)
        return puzzle

    def learn_nothing(self, largest: int = NOBODY_COUNTS) -> None:
        """Every count of 1 or 2 is hidden, takes at least two values, and one that is neither 1 nor 2."""
        puzzle = self.puzzle()
        assert puzzle.allows(self.figures)  # the true table is one that prints these papers
        for place in small_places(self.figures):
            assert place in self.hidden, place
            assert any(puzzle.has(place, value, largest) for value in (0, *range(3, largest + 1))), place

    def told_by_bounds(self, largest: int = 200) -> int:
        """How many counts of 1 or 2 are known, or known to be 1 or 2, by bounds without trying anything."""
        bounds = self.puzzle().bounds(largest)
        ranges = [bounds[place] for place in small_places(self.figures)]
        return sum(low == high or (low >= 1 and high <= 2) for low, high in ranges)

    def key(self) -> tuple[object, ...]:
        known = {variable: figure for variable, figure in self.figures.items() if variable not in self.hidden}
        small = frozenset(small_places(self.figures))
        return tuple(known.items()), small, tuple((tuple(there), total) for there, total in self._totals)
