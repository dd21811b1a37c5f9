"""Protection over the whole shipped catalogue and its checks, month after month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

import pytest
from tests.domain.tallies.readers import Readers

from jindu_desk.domain.tallies.bonds import Bond, bonds_of
from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.cells import BLANK, Cell, added, number
from jindu_desk.domain.tallies.protection import Protection, Shift, protect
from jindu_desk.domain.tallies.sheet import Sheet, compute, rows_of
from jindu_desk.queries.rules import shipped_rules


def plausible_sheets(seed: int, villages: int, months: int) -> list[Sheet]:
    """Months of small figures for the whole shipped catalogue, complete and balanced; who is there mostly stays."""
    catalogue, random = shipped_rules().catalogue, Random(seed)
    names = [f"v{n}" for n in range(villages)]
    sheets: list[Sheet] = []
    before: dict[tuple[str, str], Cell] = {}
    for month in range(months):
        cells: dict[tuple[str, str], Cell] = {}
        earlier = rows_of(before)
        for name in names:
            row = _plausible_row(catalogue, random, earlier.get(name, {}), opening=not month)
            cells |= {(name, code): cell for code, cell in row.items() if cell is not BLANK}
        openings = frozenset(names) if not month else frozenset()
        sheets.append(Sheet("t", f"2026-{month + 1:02}", tuple(names), cells, before, openings=openings))
        before = cells
    return sheets


def _plausible_row(
    catalogue: Catalogue, random: Random, before: Mapping[str, Cell], *, opening: bool
) -> dict[str, Cell]:
    def some() -> int:
        return random.choice((0, 0, 0, 0, 0, 1, 2, 3, 12))

    row: dict[str, Cell] = {each.code: 0 for each in catalogue.level_items(Level.VILLAGE) if each.typed}
    for code in ("E01", "E02", "E03", "L01", "L02", "P04", "P05", "I02", "D06a.J", "D03.J", "D03.K", "B02.J"):
        row[code] = some()
    if opening:
        row |= {"A01.J": some(), "A01.K": some(), "B01.J": 0, "B01.K": 0, "I01": some()}
        row |= {"C01.J": 0, "C01.K": 0}
    row["A02b.K"] = random.choice((0, 0, 1))
    row |= compute(catalogue, row, before, opening=opening)
    for kind in "JK":
        stock = row[f"A04.{kind}"]
        assert isinstance(stock, int)
        here = random.randint(0, stock)
        row |= {f"A04y1.{kind}": here, f"A04y2.{kind}": stock - here, f"A04s1.{kind}": stock}
        row[f"D01.{kind}"] = added(((1, row[f"D02.{kind}"]), (1, row[f"D06.{kind}"])))
        row[f"C02.{kind}"] = row[f"C01.{kind}"]
    row["I05"] = row["I04"]
    return row | compute(catalogue, row, before, opening=opening)


@pytest.mark.parametrize("seed", range(3))
def test_every_shift_is_another_table_with_the_same_papers(seed: int) -> None:
    """The proof itself, over the shipped catalogue and checks, month after month: reckoned anew, cell by cell."""
    rules = shipped_rules()
    bonds = bonds_of(rules.checks)
    before: Protection | None = None
    for sheet in plausible_sheets(seed, 8, 5):
        found = protect(rules.catalogue, bonds, sheet, before)
        assert found == protect(rules.catalogue, bonds, sheet, before)  # same rows, same result
        settled: set[tuple[str, str]] = set()
        for shift in found.shifts:
            other = {place: cell for place, cell in sheet.cells.items() if isinstance(cell, int)}
            totals = dict.fromkeys((code for _, code in shift.changes), 0)
            for (unit, code), change in shift.changes.items():
                assert (unit, code) in found.hidden
                other[unit, code] += change
                totals[code] += change
                if other[unit, code] not in (1, 2):
                    settled.add((unit, code))
            assert all(figure >= 0 for figure in other.values())
            assert {code for code, change in totals.items() if change} <= found.hidden_totals
            for unit in {unit for unit, _ in shift.changes}:
                assert _broken(bonds, sheet, other, unit) <= _broken(bonds, sheet, sheet.cells, unit)
        small = {place for place, cell in sheet.cells.items() if cell in (1, 2)}
        assert small <= found.hidden
        assert small <= settled
        before = found


def _broken(bonds: Sequence[Bond], sheet: Sheet, cells: Mapping[tuple[str, str], Cell], unit: str) -> set[Bond]:
    """The bonds within this month that do not hold in a row; those with last month are the stock tests' subject."""
    known = {place: figure for place, cell in cells.items() if (figure := number(cell)) is not None}
    return {
        each
        for each in bonds
        if not each.before and not _holds(each, sum(sign * known[unit, code] for code, sign in each.now))
    }


def _holds(each: Bond, figure: int) -> bool:
    return figure == 0 if each.is_equal else figure >= 0


def _fits(bonds: Sequence[Bond], shift: Shift, before: Mapping[tuple[str, str], int]) -> bool:
    """Whether the bonds that reach into last month hold in the other table too, if last month differs by ``before``."""
    for unit in {unit for unit, _ in (*shift.changes, *before)}:
        for each in bonds:
            now = sum(sign * shift.changes.get((unit, code), 0) for code, sign in each.now)
            if each.before and now + sum(sign * before.get((unit, code), 0) for code, sign in each.before):
                return False
    return True


@pytest.mark.parametrize("seed", range(3))
def test_what_changed_closing_figures_is_carried_on(seed: int) -> None:
    """The shifts of a month begin where one of last month ended, or leave last month as it was."""
    rules = shipped_rules()
    bonds = bonds_of(rules.checks)
    ends: list[dict[tuple[str, str], int]] = []
    before: Protection | None = None
    for sheet in plausible_sheets(seed, 8, 6):
        before = protect(rules.catalogue, bonds, sheet, before)
        if ends:
            assert all(any(_fits(bonds, shift, end) for end in (*ends, {})) for shift in before.shifts)
            assert all(any(_fits(bonds, shift, end) for shift in before.shifts) for end in ends)
        carried = {code for each in bonds for code, _ in each.before}
        changed = [{place: n for place, n in shift.changes.items() if place[1] in carried} for shift in before.shifts]
        ends = [end for end in changed if end]
        assert len(ends) >= len(before.standing) > 0


@pytest.mark.parametrize("seed", range(2))
def test_bounds_alone_tell_many_where_nothing_else_is_hidden(seed: int) -> None:
    """Two months of the whole catalogue, reasoned over by bounds: what the further hidden cells are for."""
    rules = shipped_rules()
    bonds = bonds_of(rules.checks)
    bare, protected = Readers(bonds), Readers(bonds)
    before: Protection | None = None
    for month, sheet in enumerate(plausible_sheets(seed, 6, 2)):
        small = frozenset(place for place, cell in sheet.cells.items() if cell in (1, 2))
        bare.read(month, sheet, Protection(hidden=small))
        before = protect(rules.catalogue, bonds, sheet, before)
        protected.read(month, sheet, before)
    assert bare.told_by_bounds() > 10
    assert protected.told_by_bounds() == 0
