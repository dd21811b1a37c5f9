"""Whoever has the papers and wants the hidden figures: every table that prints the same papers, by exhaustion.

Nothing of the code under test is used here: the bonds are written out anew, the search is its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

Variable = tuple[int, str, str]  # month, village, item
Terms = tuple[tuple[Variable, int], ...]


@dataclass
class Puzzle:
    """``known`` figures, ``unknown`` ones from 0 on, and what adds up to nothing or to at least nothing (``least``)."""

    known: dict[Variable, int] = field(default_factory=dict)
    unknown: list[Variable] = field(default_factory=list)
    sums: list[tuple[Terms, int]] = field(default_factory=list)  # terms + constant = 0
    least: list[tuple[Terms, int]] = field(default_factory=list)  # terms + constant >= 0

    def add(self, terms: Mapping[Variable, int], constant: int = 0, *, least: bool = False) -> None:
        left: list[tuple[Variable, int]] = []
        for variable, sign in terms.items():
            if variable in self.known:
                constant += sign * self.known[variable]
            else:
                left.append((variable, sign))
        if not left:
            assert constant >= 0 if least else constant == 0
            return
        (self.least if least else self.sums).append((tuple(left), constant))

    def allows(self, figures: Mapping[Variable, int]) -> bool:
        """Whether these figures are one of the tables."""
        reckoned = [(sum(sign * figures[v] for v, sign in terms) + constant) for terms, constant in self.sums]
        atleast = [(sum(sign * figures[v] for v, sign in terms) + constant) for terms, constant in self.least]
        return not any(reckoned) and all(left >= 0 for left in atleast)

    def values(self, asked: Variable, largest: int) -> set[int]:
        """Every value that ``asked`` takes in a table where no figure is above ``largest``."""
        return {value for value in range(largest + 1) if self.has(asked, value, largest)}

    def bounds(self, largest: int) -> dict[Variable, tuple[int, int]]:
        """The least and the largest figure that the bonds leave each unknown, one after the other."""
        found = dict.fromkeys(self.unknown, (0, largest))
        assert _narrow(self, found)
        return found

    def has(self, asked: Variable, value: int, largest: int) -> bool:
        return _solvable(self, {asked: (value, value)}, largest)


def _solvable(puzzle: Puzzle, fixed: Mapping[Variable, tuple[int, int]], largest: int) -> bool:
    bounds = dict.fromkeys(puzzle.unknown, (0, largest)) | dict(fixed)
    return _solve(puzzle, bounds)


def _solve(puzzle: Puzzle, bounds: dict[Variable, tuple[int, int]]) -> bool:
    """Narrow the bounds by every bond; then try each value of the narrowest that is open."""
    if not _narrow(puzzle, bounds):
        return False
    open_ones = [(high - low, variable) for variable, (low, high) in bounds.items() if low < high]
    if not open_ones:
        return True
    _, variable = min(open_ones)
    low, high = bounds[variable]
    return any(_solve(puzzle, {**bounds, variable: (value, value)}) for value in range(low, high + 1))


def _narrow(puzzle: Puzzle, bounds: dict[Variable, tuple[int, int]]) -> bool:
    again = True
    while again:
        again = False
        for (terms, constant), is_sum in [*((s, True) for s in puzzle.sums), *((s, False) for s in puzzle.least)]:
            lows = [sign * bounds[v][0 if sign > 0 else 1] for v, sign in terms]
            highs = [sign * bounds[v][1 if sign > 0 else 0] for v, sign in terms]
            low, high = sum(lows) + constant, sum(highs) + constant
            if high < 0 or (is_sum and low > 0):
                return False
            for n, (variable, sign) in enumerate(terms):
                # This term alone: at least what the others cannot make up, at most (in a sum) what they leave.
                least = -(high - highs[n])
                most = -(low - lows[n]) if is_sum else highs[n]
                before = bounds[variable]
                found = _within(before, sign, least, most)
                if found is None:
                    return False
                if found != before:
                    bounds[variable] = found
                    again = True
            if again:
                break
    return True


def _within(bounds: tuple[int, int], sign: int, least: int, most: int) -> tuple[int, int] | None:
    """The values whose ``sign`` times lies from ``least`` to ``most``; signs are +1 and -1 here."""
    assert abs(sign) == 1
    low, high = (least, most) if sign > 0 else (-most, -least)
    low, high = max(bounds[0], low), min(bounds[1], high)
    return (low, high) if low <= high else None


def tables(rows: int, columns: int, largest: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Every table of that size with figures from 0 to ``largest``."""
    for flat in product(range(largest + 1), repeat=rows * columns):
        yield tuple(tuple(flat[row * columns : (row + 1) * columns]) for row in range(rows))


def small_places(figures: Mapping[Variable, int]) -> Sequence[Variable]:
    return [variable for variable, figure in figures.items() if 1 <= figure <= 2]
