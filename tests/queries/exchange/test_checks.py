"""What is wrong with a received month is the same whether its cells are at hand or read from the store."""

from __future__ import annotations

from random import Random

import pytest
from sqlmodel import col, delete

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell, state_of
from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
from jindu_desk.packages.rows import TableRows
from jindu_desk.queries.exchange.checks import violations_in
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import findings_in
from jindu_desk.queries.units import own_unit, unit_and_below_in, unit_in, units_below, units_below_in, units_in
from jindu_desk.store import tables
from jindu_desk.store.bulk import insert_columns
from jindu_desk.store.engine import Store

OCTOBER = Month(2026, 10)
COLUMNS = ("township_id", "unit_id", "month", "item", "state", "value", "note")
SPOILT: tuple[Cell, ...] = (BLANK, UNKNOWN, NOT_APPLICABLE, 0, 1, 9)


@pytest.fixture
def township(store: Store) -> str:
    own = own_unit(store, OCTOBER)
    assert own is not None
    return own.unit.id


def figures(store: Store, township: str, rng: Random, spoilt: int) -> dict[str, dict[tuple[str, str], Cell]]:
    """September and October of a township, some of October's cells not as they should be."""
    catalogue = shipped_rules().catalogue
    found: dict[str, dict[tuple[str, str], Cell]] = {"2026-09": {}, "2026-10": {}}
    before: dict[str, dict[str, Cell] | None] = {}
    for month, cells in found.items():
        for unit in units_below(store, township, OCTOBER):
            row = plausible_month(rng, catalogue, before.get(unit.id), Size.MIDDLE)
            before[unit.id] = row
            cells.update({(unit.id, item): cell for item, cell in row.items()})
        cells.update({(township, item): cell for item, cell in plausible_township(rng, catalogue, None).items()})
        if month == "2026-10":
            for place in rng.sample(sorted(cells), spoilt):
                cells[place] = rng.choice(SPOILT)
    return found


def table(township: str, month: str, cells: dict[tuple[str, str], Cell]) -> TableRows:
    rows = [
        (township, unit, month, item, *state, "")
        for (unit, item), cell in cells.items()
        if (state := state_of(cell)) is not None
    ]
    return TableRows(dict(zip(COLUMNS, map(list, zip(*rows, strict=True)), strict=True)))


@pytest.mark.parametrize("with_september", [True, False])
@pytest.mark.parametrize("spoilt", [0, 1, 40])
def test_the_hard_findings_of_the_sheet_in_words(
    store: Store, township: str, spoilt: int, with_september: bool
) -> None:
    months = {name: table(township, name, cells) for name, cells in figures(store, township, Random(7), spoilt).items()}
    with store.write("test") as w:
        for name, rows in months.items():
            if with_september or name == "2026-10":
                insert_columns(w.session, tables.Cell, rows.columns)
    with store.read() as session:
        told = violations_in(session, township, OCTOBER, months["2026-10"])
        assert told == violations_in(session, township, OCTOBER)
        judged = [each for each in findings_in(session, township, OCTOBER) if each.finding.hard]
        if with_september:
            assert sorted(told) == sorted(f"{each.unit_name}：{each.finding.officer}" for each in judged)
            assert bool(told) is bool(spoilt)


def test_cells_that_are_not_all_there_are_do_not_count(store: Store, township: str) -> None:
    september, october = (
        table(township, name, cells) for name, cells in figures(store, township, Random(7), 40).items()
    )
    with store.write("test") as w:
        insert_columns(w.session, tables.Cell, september.columns)
        insert_columns(w.session, tables.Cell, october.columns)
        w.session.execute(delete(tables.Cell).where(col(tables.Cell.item) == "L01"))
    with store.read() as session:
        assert violations_in(session, township, OCTOBER, october) == violations_in(session, township, OCTOBER)


def test_a_unit_and_those_below_it_are_what_they_are_one_by_one(store: Store, township: str) -> None:
    with store.read() as session:
        town, below = unit_and_below_in(session, township, OCTOBER)
        assert town == unit_in(session, township, OCTOBER)
        assert len(below) == 15
        assert below == units_below_in(session, township, OCTOBER)
        named = units_in(session, [township, below[3].id, "nobody"], OCTOBER)
        assert named == {township: town, below[3].id: below[3]}
        assert unit_and_below_in(session, "nobody", OCTOBER) == (None, ())
