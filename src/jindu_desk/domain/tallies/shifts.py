"""The search behind `protection`: what one row can give to another so that every total and every bond stays.

A shift begins with one figure, or with what last month's shift did to closing figures. Each bond that it upsets is
mended by another figure of it, until none is upset; among all ways the one that hides least is taken. The search is
exact in what it finds (a shift that it returns holds) and limited in how long it looks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from jindu_desk.domain.tallies.bonds import Bond
from jindu_desk.domain.tallies.cells import BLANK, number
from jindu_desk.domain.tallies.sheet import Row as Cells

Amounts: TypeAlias = dict[int, int]  # number of the item → what the giver has less
NO_BOUND = 1 << 30
_ZERO, _FIGURE, _TOTAL = 2, 3, 60  # what it costs to hide a zero, another figure, a total


@dataclass(frozen=True, slots=True)
class Row:
    """``usable``: which cells hold a count, so that they may be hidden and differ. ``bonds``: which bonds hold here."""

    figures: Sequence[int]
    usable: Sequence[bool]
    bonds: frozenset[int]
    slack: Mapping[int, int]  # of those that are no equations


class RowBonds:
    """The bonds by numbers of items."""

    def __init__(self, items: Sequence[str], bonds: Sequence[Bond]) -> None:
        numbers = {code: n for n, code in enumerate(items)}
        self.bonds = [bond for bond in bonds if all(code in numbers for code, _ in bond.now)]
        self.terms = [tuple((numbers[code], sign) for code, sign in bond.now) for bond in self.bonds]
        self.of_item: list[list[tuple[int, int]]] = [[] for _ in items]  # item → (bond, coefficient)
        for n, terms in enumerate(self.terms):
            for item, sign in terms:
                self.of_item[item].append((n, sign))
        self.of_closing: dict[str, list[tuple[int, int]]] = {}  # item of last month → (bond, coefficient)
        for n, bond in enumerate(self.bonds):
            for code, sign in bond.before:
                self.of_closing.setdefault(code, []).append((n, sign))
        self._items = items

    @property
    def carried(self) -> Collection[str]:
        """The items whose figure of last month is asked for."""
        return self.of_closing.keys()

    def row(self, cells: Cells, previous: Cells, *, opening: bool) -> Row:
        found = [cells.get(code, BLANK) for code in self._items]
        known = [number(cell) for cell in found]
        holding: set[int] = set()
        slack: dict[int, int] = {}
        for n, (bond, terms) in enumerate(zip(self.bonds, self.terms, strict=True)):
            figures = [known[item] for item, _ in terms]
            earlier = [number(previous.get(code, BLANK)) for code, _ in bond.before]
            if (bond.opens and opening) or None in figures or None in earlier:
                continue
            left = sum(sign * (known[item] or 0) for item, sign in terms)
            left += sum(sign * (figure or 0) for (_, sign), figure in zip(bond.before, earlier, strict=True))
            if bond.is_equal:
                holding.add(n)
            elif left >= 0:  # a bond that does not hold tells nobody anything
                holding.add(n)
                slack[n] = left
        usable = [isinstance(cell, int) and cell >= 0 for cell in found]
        return Row([figure or 0 for figure in known], usable, frozenset(holding), slack)


@dataclass(slots=True)
class Hidden:
    """By row the hidden items, and the items whose total is hidden."""

    rows: int
    cells: list[set[int]] = field(init=False)
    totals: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.cells = [set() for _ in range(self.rows)]

    def cost_of(self, whose: int, row: Row, item: int) -> int:
        """What it costs to hide a cell; very much where there is no count."""
        if not row.usable[item]:
            return 0 if item in self.totals else _TOTAL
        return 0 if item in self.cells[whose] else _FIGURE if row.figures[item] else _ZERO


class Pair:
    """Who gives and who takes; None where nobody does."""

    def __init__(
        self, bonds: RowBonds, giver: Row | None, taker: Row | None, hidden: Hidden, of_giver: int, of_taker: int
    ) -> None:
        self.bonds = bonds
        self.giver, self.taker = giver, taker
        self._hidden, self._numbers = hidden, (of_giver, of_taker)
        self.holding = (giver.bonds if giver else frozenset()) | (taker.bonds if taker else frozenset())

    def cost(self, item: int) -> int:
        whole, lacking = 0, False
        for whose, row in zip(self._numbers, (self.giver, self.taker), strict=True):
            if row is not None and row.usable[item]:
                whole += self._hidden.cost_of(whose, row, item)
            else:
                lacking = True
        return whole + (_TOTAL if lacking and item not in self._hidden.totals else 0)

    def cost_of(self, amounts: Amounts) -> int:
        return sum(self.cost(item) for item in amounts)

    def cheapest(self, start: Amounts, before: Mapping[str, int], effort: int, bound: int = NO_BOUND) -> Amounts | None:
        """The shift that hides least and costs less than ``bound``: with the amounts of ``start``, and where last
        month's closing figures differ by ``before``. None where none is found in ``effort`` steps."""
        search = _Search(self, effort, bound)
        for code, amount in before.items():
            for bond, sign in self.bonds.of_closing.get(code, ()):
                if bond in self.holding:
                    search.upset[bond] = search.upset.get(bond, 0) + sign * amount
        if not all(self.may(item, amount) for item, amount in start.items()):
            return None
        for item, amount in start.items():
            search.put(item, amount)
        search.go(self.cost_of(start))
        return search.best

    def may(self, item: int, amount: int) -> bool:
        """Whether both rows stay at zero or above, and a row without a count there has no bond that asks for one."""
        for row, change in ((self.giver, -amount), (self.taker, amount)):
            if row is None:
                continue
            if not row.usable[item]:
                if any(bond in row.bonds for bond, _ in self.bonds.of_item[item]):
                    return False
            elif row.figures[item] + change < 0:
                return False
        return True


@dataclass(slots=True)
class _Search:
    pair: Pair
    left: int  # steps
    bound: int  # a shift has to cost less
    best: Amounts | None = None
    amounts: Amounts = field(default_factory=dict)
    upset: dict[int, int] = field(default_factory=dict)  # bond → by how much

    def put(self, item: int, amount: int) -> None:
        self.amounts[item] = amount
        for bond, sign in self.pair.bonds.of_item[item]:
            if bond in self.pair.holding:
                self.upset[bond] = self.upset.get(bond, 0) + sign * amount

    def take_back(self, item: int) -> None:
        amount = self.amounts.pop(item)
        for bond, sign in self.pair.bonds.of_item[item]:
            if bond in self.pair.holding:
                self.upset[bond] -= sign * amount

    def go(self, cost: int) -> None:
        if self.left <= 0 or cost >= self.bound:
            return
        self.left -= 1
        mended = self._to_mend()
        if mended is None:
            self.best, self.bound = dict(self.amounts), cost
            return
        for more, item, amount in mended:
            if cost + more >= self.bound:
                break
            self.put(item, amount)
            self.go(cost + more)
            self.take_back(item)

    def _to_mend(self) -> list[tuple[int, int, int]] | None:
        """The ways to mend one upset bond, the cheapest first; None when none is upset."""
        fewest: list[tuple[int, int, int]] | None = None
        for bond, by in self.upset.items():
            lack = self._lack(bond, by)
            if lack:
                ways = sorted(self._ways(bond, lack))
                if fewest is None or len(ways) < len(fewest):
                    fewest = ways
                if len(ways) < 2:
                    break
        return fewest

    def _lack(self, bond: int, by: int) -> int:
        """What the amounts have to add to the bond; 0 when it holds."""
        if not by:
            return 0
        if self.pair.bonds.bonds[bond].is_equal:
            return -by
        giver, taker = self.pair.giver, self.pair.taker
        if giver is not None and bond in giver.bonds and giver.slack[bond] < by:
            return giver.slack[bond] - by
        if taker is not None and bond in taker.bonds and taker.slack[bond] + by < 0:
            return -by - taker.slack[bond]
        return 0

    def _ways(self, bond: int, lack: int) -> Iterator[tuple[int, int, int]]:
        for item, sign in self.pair.bonds.terms[bond]:
            if item in self.amounts or lack % sign:
                continue
            whole = lack // sign
            for amount in (whole,) if abs(whole) == 1 else (whole, 1 if whole > 0 else -1):
                if self.pair.may(item, amount):
                    yield self.pair.cost(item), item, amount
