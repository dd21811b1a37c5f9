"""Small-cell protection: which figures a paper that leaves the office does not show.

A count of 1 or 2 of a village is never shown. Others are hidden with it until, for each of them, another table is known
that prints the very same papers, of this month and of all months before, and in which the count is neither 1 nor 2. A
`Shift` leads to that table: what one village has less another has more, so that every total stays; and all bonds of
`bonds` hold in both rows. Whoever has the papers therefore cannot tell the two tables apart. See
docs/decisions/small-cells.md.

Where no village can take what another gives (it is the only one), the totals of these items are hidden too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from jindu_desk.domain.tallies.bonds import Bond
from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.sheet import Place, Sheet, rows_of
from jindu_desk.domain.tallies.shifts import NO_BOUND, Amounts, Hidden, Pair, RowBonds
from jindu_desk.errors.tallies import CannotProtect

SMALL = (1, 2)
_STRANGER, _UNLIKE = 7, 30  # what it costs to take another partner than the neighbour, or one of another kind
_EFFORT, _LAST_EFFORT = 400, 40_000  # steps of one search


def is_small(cell: Cell | None) -> bool:
    """Whether a village's count is too small to be shown outside."""
    return isinstance(cell, int) and cell in SMALL


@dataclass(frozen=True, slots=True)
class Shift:
    """Another table with the same papers: by how much each of these cells differs in it."""

    changes: Mapping[Place, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """A shift that changed closing figures: next month's paper has to leave room for it.

    ``amounts``: by closing item, what ``giver`` has less (and ``taker`` more). ``taker``: "" where there is none."""

    giver: str
    taker: str
    amounts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Protection:
    """What a month's paper hides. ``shifts``: the proof, one or more for each count of 1 or 2."""

    hidden: frozenset[Place] = frozenset()
    hidden_totals: frozenset[str] = frozenset()
    shifts: tuple[Shift, ...] = ()
    standing: tuple[Standing, ...] = ()

    def hides(self, unit_id: str, item: str) -> bool:
        return (unit_id, item) in self.hidden

    def hides_total(self, items: Iterable[str]) -> bool:
        """Whether the sum over all villages of these items together may not be shown."""
        return not self.hidden_totals.isdisjoint(items)


def protect(catalogue: Catalogue, bonds: Sequence[Bond], sheet: Sheet, before: Protection | None = None) -> Protection:
    """What the paper of ``sheet`` hides, after last month's paper hid ``before``. Same rows, same result.

    Raises `CannotProtect` where a figure could be computed whatever is hidden: the sheet contradicts itself.
    """
    return _Work(catalogue, bonds, sheet).run(before.standing if before is not None else ())


@dataclass(frozen=True, slots=True)
class _Made:
    """A shift as it was found, by numbers: what ``giver`` has less of each item and ``taker`` more. -1: nobody."""

    giver: int
    taker: int
    given: Amounts
    taken: Amounts
    is_kept: bool  # it carries a standing one on

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Row, item, change."""
        for item, amount in self.given.items():
            yield self.giver, item, -amount
        for item, amount in self.taken.items():
            yield self.taker, item, amount

    def upset_totals(self) -> Iterator[int]:
        for item in self.given.keys() | self.taken.keys():
            if self.given.get(item, 0) != self.taken.get(item, 0):
                yield item


class _Work:
    """One month's protection in the making. Items and villages are numbers here, in their order."""

    def __init__(self, catalogue: Catalogue, bonds: Sequence[Bond], sheet: Sheet) -> None:
        self._units = sheet.villages
        self._items = [item.code for item in catalogue.level_items(Level.VILLAGE)]
        self._bonds = RowBonds(self._items, bonds)
        rows, before = rows_of(sheet.cells), rows_of(sheet.previous)
        self._rows = [
            self._bonds.row(rows.get(unit, {}), before.get(unit, {}), opening=unit in sheet.openings)
            for unit in sheet.villages
        ]
        self._hidden = Hidden(len(self._rows))
        self._made: list[_Made] = []
        self._small = [
            (number, item)
            for item in range(len(self._items))
            for number, row in enumerate(self._rows)
            if row.usable[item] and row.figures[item] in SMALL
        ]
        self._settled: dict[tuple[int, int], int] = dict.fromkeys(self._small, 0)  # by how many shifts

    def run(self, standing: Sequence[Standing]) -> Protection:
        for number, item in self._small:
            self._hidden.cells[number].add(item)
        for each in standing:
            self._carry_on(each)
        for number, item in self._small:
            if not self._settled[number, item]:
                self._settle(number, item)
        return self._told(self._needed())

    def _carry_on(self, standing: Standing) -> None:
        """Leave room for a shift of earlier months: together, or else each alone and the totals hidden."""
        numbers = {unit: number for number, unit in enumerate(self._units)}
        giver, taker = numbers.get(standing.giver, -1), numbers.get(standing.taker, -1)
        before = dict(standing.amounts)
        if giver < 0 and taker < 0:
            return
        found = self._pair(giver, taker).cheapest({}, before, _EFFORT)
        if found is not None:
            self._take(giver, taker, found, is_kept=True)
            return
        given = self._alone(giver, before)
        taken = self._alone(taker, {item: -amount for item, amount in before.items()})
        self._add(_Made(giver, taker, given, {item: -amount for item, amount in taken.items()}, True))

    def _alone(self, number: int, before: Mapping[str, int]) -> Amounts:
        if number < 0:
            return {}
        found = self._pair(number, -1).cheapest({}, before, _LAST_EFFORT)
        if found is None:
            raise self._cannot(number, next(iter(before)))
        return found

    def _settle(self, number: int, item: int) -> None:
        """Find the cheapest shift that makes this count another than 1 or 2."""
        figure = self._rows[number].figures[item]
        starts: tuple[Amounts, ...] = ({item: -1}, {item: 2}) if figure == 2 else ({item: 1}, {item: -2})
        others = sorted(
            (other for other in range(len(self._rows)) if other != number), key=lambda other: number ^ other
        )
        best: Amounts | None = None
        partner, bound = -1, NO_BOUND
        for other in (*others, -1):
            pair, strange = self._pair(number, other), self._strangeness(number, other)
            for start in starts:
                found = pair.cheapest(start, {}, _EFFORT, bound - strange)
                if found is not None:
                    best, partner, bound = found, other, pair.cost_of(found) + strange
            if bound <= _STRANGER:
                break
        for start in starts:
            best = best or self._pair(number, -1).cheapest(start, {}, _LAST_EFFORT)
        if best is None:
            raise self._cannot(number, self._items[item])
        self._take(number, partner, best, is_kept=False)

    def _strangeness(self, number: int, other: int) -> int:
        """What it costs to take this partner: least the neighbour; much who has not filled the same, because in some
        later month the shift may need what only one of both has."""
        if other < 0:
            return _STRANGER
        unlike = 0 if self._rows[number].usable == self._rows[other].usable else _UNLIKE
        return unlike + (0 if other == number ^ 1 else _STRANGER)

    def _cannot(self, number: int, item: str) -> CannotProtect:
        return CannotProtect(unit=self._units[number], item=item)

    def _pair(self, giver: int, taker: int) -> Pair:
        gives, takes = (self._rows[number] if number >= 0 else None for number in (giver, taker))
        return Pair(self._bonds, gives, takes, self._hidden, giver, taker)

    def _take(self, giver: int, taker: int, amounts: Amounts, *, is_kept: bool) -> None:
        given, taken = (
            {item: amount for item, amount in amounts.items() if number >= 0 and self._rows[number].usable[item]}
            for number in (giver, taker)
        )
        self._add(_Made(giver, taker, given, taken, is_kept))

    def _add(self, made: _Made) -> None:
        self._made.append(made)
        _hide(made, self._hidden)
        for place in self._settles(made):
            self._settled[place] += 1

    def _settles(self, made: _Made) -> Iterator[tuple[int, int]]:
        """The counts of 1 or 2 that are another number in the other table."""
        for number, item, change in made.cells():
            if (number, item) in self._settled and self._rows[number].figures[item] + change not in SMALL:
                yield number, item

    def _needed(self) -> list[_Made]:
        """The shifts without those that settle only what others settle too."""
        kept: list[_Made] = []
        settled = [(made, list(self._settles(made))) for made in self._made]
        for made, places in sorted(settled, key=lambda each: len(each[1])):
            if made.is_kept or any(self._settled[place] < 2 for place in places):
                kept.append(made)
            else:
                for place in places:
                    self._settled[place] -= 1
        return kept

    def _told(self, kept: Sequence[_Made]) -> Protection:
        hidden = Hidden(len(self._rows))
        for number, item in self._small:
            hidden.cells[number].add(item)
        for made in kept:
            _hide(made, hidden)
        units, codes = self._units, self._items
        return Protection(
            frozenset((units[number], codes[item]) for number, cells in enumerate(hidden.cells) for item in cells),
            frozenset(codes[item] for item in hidden.totals),
            tuple(Shift({(units[row], codes[item]): change for row, item, change in made.cells()}) for made in kept),
            tuple(dict.fromkeys(each for made in kept for each in self._left_standing(made))),
        )

    def _left_standing(self, made: _Made) -> Iterator[Standing]:
        """What next month has to carry on: together, or each alone where they differ."""
        given, taken = self._closing(made.given), self._closing(made.taken)
        if given == taken:
            if given:
                yield Standing(self._units[made.giver], self._units[made.taker], given)
            return
        if given:
            yield Standing(self._units[made.giver], "", given)
        if taken:
            yield Standing(self._units[made.taker], "", tuple((item, -amount) for item, amount in taken))

    def _closing(self, amounts: Amounts) -> tuple[tuple[str, int], ...]:
        codes = self._items
        return tuple((codes[item], n) for item, n in sorted(amounts.items()) if codes[item] in self._bonds.carried)


def _hide(made: _Made, hidden: Hidden) -> None:
    for number, item, _ in made.cells():
        hidden.cells[number].add(item)
    hidden.totals.update(made.upset_totals())
