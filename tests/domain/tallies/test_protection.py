from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.tallies.papers import tables
from tests.domain.tallies.readers import NOBODY_COUNTS, Readers

from jindu_desk.domain.tallies.bonds import Bond
from jindu_desk.domain.tallies.catalogue import Catalogue, read_catalogue
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.protection import Protection, protect
from jindu_desk.domain.tallies.sheet import Sheet
from jindu_desk.errors.tallies import CannotProtect


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


def test_nor_one_with_a_part_that_is_at_most_the_whole() -> None:
    """A02 is at most A01, which every reader knows: a hidden A02 below a shown A01 of 0 or 1 would be told by it."""
    rule = bond({"A01": 1, "A02": -1}, least=True)
    for table in tables(3, 2, 2):
        if all(part <= whole for whole, part in table):
            sheet = sheet_of({f"v{n}": row_of(figures, ["A01", "A02"]) for n, figures in enumerate(table)})
            readers = Readers((rule,))
            readers.read(0, sheet, protect(PLAIN, (rule,), sheet))
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
