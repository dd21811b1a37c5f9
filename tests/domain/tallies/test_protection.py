from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.tallies.papers import Puzzle, Variable, small_places, tables

from jindu_desk.domain.tallies.bonds import Bond, bonds_of
from jindu_desk.domain.tallies.catalogue import Catalogue, Level, read_catalogue
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell, added, number
from jindu_desk.domain.tallies.protection import Protection, Shift, protect
from jindu_desk.domain.tallies.sheet import Sheet, compute, rows_of
from jindu_desk.errors.tallies import CannotProtect
from jindu_desk.queries.rules import shipped_rules

NOBODY_COUNTS = 9  # no figure of a small puzzle is looked for above it


def small_catalogue(*items: Mapping[str, str]) -> Catalogue:
    block = {"code": "A", "name": "测试", "unit": "人", "source": "village", "items": list(items)}
    return read_catalogue({"version": "2026.1", "valid_from": "2020-01", "kinds": {}, "blocks": [block]})


def item(code: str, **more: str) -> dict[str, str]:
    return {"code": code, "name": f"测试{code}", **more}


def bond(now: Mapping[str, int], before: Mapping[str, int] | None = None, *, least: bool = False) -> Bond:
    earlier = tuple((before or {}).items())
    return Bond(tuple(now.items()), earlier, is_equal=not least, opens=bool(earlier))


PLAIN = small_catalogue(item("A01"), item("A02"), item("A03"))
SUMMED = small_catalogue(item("A01"), item("A02"), item("A03", derived="A01 + A02"))
SUM = bond({"A03": 1, "A01": -1, "A02": -1})
STOCK = small_catalogue(
    item("A01", carried="A04"), item("A02"), item("A03"), item("A04", nature="stock", derived="A01 + A02 - A03")
)
STOCK_BONDS = (
    bond({"A01": 1}, {"A04": -1}),
    bond({"A04": 1, "A01": -1, "A02": -1, "A03": 1}),
    bond({"A01": 1, "A02": 1, "A03": -1}, least=True),
)


def sheet_of(rows: Mapping[str, Mapping[str, Cell]], before: Mapping[str, Mapping[str, Cell]] | None = None) -> Sheet:
    cells = {(unit, code): cell for unit, row in rows.items() for code, cell in row.items()}
    earlier = {(unit, code): cell for unit, row in (before or {}).items() for code, cell in row.items()}
    return Sheet("t", "2026-10", tuple(rows), cells, earlier, openings=frozenset() if before else frozenset(rows))


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

    def key(self) -> tuple[object, ...]:
        known = {variable: figure for variable, figure in self.figures.items() if variable not in self.hidden}
        small = frozenset(small_places(self.figures))
        return tuple(known.items()), small, tuple((tuple(there), total) for there, total in self._totals)


def row_of(figures: Sequence[int], codes: Sequence[str]) -> dict[str, Cell]:
    return dict(zip(codes, figures, strict=True))


def summed(figures: Sequence[int]) -> dict[str, Cell]:
    return {"A01": figures[0], "A02": figures[1], "A03": figures[0] + figures[1]}


@pytest.mark.parametrize(("villages", "columns", "largest"), [(2, 2, 4), (3, 1, 4), (4, 1, 3), (3, 2, 2), (3, 3, 1)])
def test_no_small_table_gives_a_small_count_away(villages: int, columns: int, largest: int) -> None:
    codes = ["A01", "A02", "A03"][:columns]
    seen = set()
    for table in tables(villages, columns, largest):
        sheet = sheet_of({f"v{n}": row_of(figures, codes) for n, figures in enumerate(table)})
        readers = Readers(())
        readers.read(0, sheet, protect(PLAIN, (), sheet))
        if readers.key() not in seen:
            seen.add(readers.key())
            readers.learn_nothing()


@pytest.mark.parametrize(("villages", "largest"), [(1, 4), (2, 4), (3, 2)])
def test_nor_one_whose_rows_add_up(villages: int, largest: int) -> None:
    seen = set()
    for table in tables(villages, 2, largest):
        sheet = sheet_of({f"v{n}": summed(figures) for n, figures in enumerate(table)})
        readers = Readers((SUM,))
        readers.read(0, sheet, protect(SUMMED, (SUM,), sheet))
        if readers.key() not in seen:
            seen.add(readers.key())
            readers.learn_nothing()


def test_nor_three_by_three_tables_of_rows_that_add_up_drawn_at_random() -> None:
    random = Random(3)
    for _ in range(400):
        sheet = sheet_of({f"v{n}": summed([random.randrange(5), random.randrange(5)]) for n in range(3)})
        readers = Readers((SUM,))
        readers.read(0, sheet, protect(SUMMED, (SUM,), sheet))
        readers.learn_nothing()


def stock_row(opening: Cell, more: int, less: int) -> dict[str, Cell]:
    assert isinstance(opening, int)
    return {"A01": opening, "A02": more, "A03": less, "A04": opening + more - less}


def test_nor_two_months_of_a_stock_that_is_carried() -> None:
    """Every village of two, with 0-2 at first and 0 or 1 that come and go in each of two months."""
    lives = [
        (a, b, c, d, e)
        for a, b, c, d, e in (row for (row,) in tables(1, 5, 2))
        if max(b, c, d, e) < 2 and a + b - c >= 0 and a + b - c + d - e >= 0
    ]
    seen = set()
    for one in lives:
        for two in (life for life in lives if one <= life):
            first = {f"v{n}": stock_row(*life[:3]) for n, life in enumerate((one, two))}
            second = {f"v{n}": stock_row(first[f"v{n}"]["A04"], *life[3:]) for n, life in enumerate((one, two))}
            readers = Readers(STOCK_BONDS)
            before: Protection | None = None
            for month, sheet in enumerate((sheet_of(first), sheet_of(second, first))):
                before = protect(STOCK, STOCK_BONDS, sheet, before)
                readers.read(month, sheet, before)
            if readers.key() not in seen:
                seen.add(readers.key())
                readers.learn_nothing()


def test_nor_many_months_of_several_villages() -> None:
    random = Random(11)
    for _ in range(25):
        readers = Readers(STOCK_BONDS)
        rows: dict[str, dict[str, Cell]] = {}
        before: Protection | None = None
        for month in range(4):
            earlier, rows = rows, {}
            for name in ("v0", "v1", "v2"):
                opening = earlier[name]["A04"] if earlier else random.choice((0, 1, 1, 2, 5))
                more = random.choice((0, 0, 0, 1))
                rows[name] = stock_row(opening, more, int(random.random() < 0.3 and opening != 0))
            sheet = sheet_of(rows, earlier or None)
            before = protect(STOCK, STOCK_BONDS, sheet, before)
            readers.read(month, sheet, before)
            readers.learn_nothing()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from((0, 0, 1, 1, 2, 3, 7))] * 2), min_size=1, max_size=7))
def test_nor_bigger_ones(table: list[tuple[int, int]]) -> None:
    sheet = sheet_of({f"v{n}": summed(figures) for n, figures in enumerate(table)})
    readers = Readers((SUM,))
    readers.read(0, sheet, protect(SUMMED, (SUM,), sheet))
    readers.learn_nothing(largest=60)


def test_a_reader_who_sees_the_others_can_subtract() -> None:
    """The readers of these tests are no fools: what is hidden alone, they compute."""
    sheet = sheet_of({"v0": {"A01": 1}, "v1": {"A01": 5}, "v2": {"A01": 7}})
    readers = Readers(())
    readers.read(0, sheet, Protection(hidden=frozenset({("v0", "A01")})))
    assert readers.puzzle().values((0, "v0", "A01"), NOBODY_COUNTS) == {1}
    with pytest.raises(AssertionError):
        readers.learn_nothing()


def test_a_sheet_without_small_counts_hides_nothing() -> None:
    sheet = sheet_of({"v0": {"A01": 0, "A02": 3}, "v1": {"A01": 12, "A02": 0}})
    assert protect(PLAIN, (), sheet) == Protection()


def test_a_zero_is_shown_unless_it_covers_another() -> None:
    sheet = sheet_of({"v0": {"A01": 1}, "v1": {"A01": 0}, "v2": {"A01": 0}, "v3": {"A01": 40}})
    found = protect(PLAIN, (), sheet)
    assert found.hidden == {("v0", "A01"), ("v1", "A01")}
    assert not found.hidden_totals


def test_a_township_of_one_village_hides_the_total() -> None:
    found = protect(PLAIN, (), sheet_of({"v0": {"A01": 1, "A02": 5}}))
    assert found.hidden == {("v0", "A01")}
    assert found.hidden_totals == {"A01"}
    assert found.hides_total(["A01", "A02"])
    assert not found.hides_total(["A02"])


def test_what_is_no_count_is_shown_and_covers_nothing() -> None:
    rows: dict[str, dict[str, Cell]] = {
        "v0": {"A01": 2}, "v1": {"A01": NOT_APPLICABLE}, "v2": {"A01": UNKNOWN}, "v3": {}
    }  # fmt: skip
    found = protect(PLAIN, (), sheet_of(rows))
    assert found.hidden == {("v0", "A01")}
    assert found.hidden_totals == {"A01"}


def test_a_sheet_that_contradicts_itself_is_refused() -> None:
    """The sum is not filled as a count, so that nothing could make up for what A01 hides."""
    sheet = sheet_of({"v0": {"A01": 1, "A02": NOT_APPLICABLE, "A03": NOT_APPLICABLE}})
    with pytest.raises(CannotProtect):
        protect(SUMMED, (SUM,), sheet)


def test_a_partner_that_is_gone_costs_the_totals() -> None:
    first = {"v0": stock_row(1, 0, 0), "v1": stock_row(0, 0, 0)}
    before = protect(STOCK, STOCK_BONDS, sheet_of(first))
    second = {"v0": stock_row(1, 0, 0)}
    sheet = replace(sheet_of(second, first), villages=("v0",))
    found = protect(STOCK, STOCK_BONDS, sheet, before)
    assert {"A01", "A04"} <= found.hidden_totals


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


@pytest.mark.parametrize(("villages", "largest"), [(2, 5), (4, 3)])
def test_nor_to_a_reader_who_has_the_program(villages: int, largest: int) -> None:
    """One column of an even number of villages: of the tables that print the same paper, by the program itself, two at
    least differ in each count of 1 or 2. The neighbour is hidden with it whichever of both is small."""
    same_paper: dict[object, list[dict[tuple[str, str], Cell]]] = {}
    for table in tables(villages, 1, largest):
        sheet = sheet_of({f"v{n}": row_of(figures, ["A01"]) for n, figures in enumerate(table)})
        found = protect(PLAIN, (), sheet)
        shown = frozenset((place, cell) for place, cell in sheet.cells.items() if place not in found.hidden)
        total = sum(figure for (figure,) in table)
        same_paper.setdefault((shown, None if found.hidden_totals else total), []).append(dict(sheet.cells))
    for among in same_paper.values():
        for cells in among:
            for place, cell in cells.items():
                if cell in (1, 2):
                    assert len({other[place] for other in among}) > 1, cells


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
