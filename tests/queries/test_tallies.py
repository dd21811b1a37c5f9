from __future__ import annotations

import pytest
from sqlalchemy import event
from tests.domain.tallies.sheets import seeded

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import BLANK, UNKNOWN
from jindu_desk.domain.tallies.plausible import Size, plausible_month
from jindu_desk.errors.tallies import RulesUnreadable
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.tallies import CellEdit, declare_nil_return, set_cells
from jindu_desk.queries import rules as rules_module
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import cell_history, completeness, findings, sheet
from jindu_desk.queries.units import own_unit, units_below
from jindu_desk.store.engine import Store

OCTOBER = Month(2026, 10)


@pytest.fixture
def township(store: Store) -> str:
    own = own_unit(store)
    assert own is not None
    return own.unit.id


def fill_villages(store: Store, township: str, month: Month, count: int) -> None:
    rng = seeded(month.number)
    edits = []
    for unit in units_below(store, township, month)[:count]:
        row = plausible_month(rng, shipped_rules().catalogue, None, Size.MIDDLE)
        edits += [CellEdit(unit.id, item, cell, "示例") for item, cell in row.items()]
    set_cells(store, township, month, edits)


def test_the_sheet_has_every_village_and_what_is_filled(store: Store, township: str) -> None:
    fill_villages(store, township, OCTOBER, 2)
    found = sheet(store, township, OCTOBER)
    assert len(found.villages) == 15
    assert found.sheet.villages == tuple(unit.id for unit in found.villages)
    assert found.name_of(found.villages[0].id) == found.villages[0].name
    assert found.sheet.cell(found.villages[1].id, "A04.J") is not BLANK
    assert found.sheet.cell(found.villages[2].id, "A04.J") is BLANK
    assert found.locked_by is None


def test_the_sheet_takes_few_selects_however_many_villages(store: Store, township: str) -> None:
    statements: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    sheet(store, township, OCTOBER)
    assert len([statement for statement in statements if statement.startswith("SELECT")]) <= 10


def test_completeness_counts_filled_and_nil_villages(store: Store, township: str) -> None:
    fill_villages(store, township, OCTOBER, 3)
    villages = units_below(store, township, OCTOBER)
    declare_nil_return(store, township, villages[5].id, OCTOBER, declared_by="测试丙")
    found = completeness(store, township, OCTOBER)
    assert (found.filled, found.total) == (4, 15)
    assert villages[3].name in found.missing
    assert villages[5].name not in found.missing


def test_plausible_rows_stored_through_the_door_break_no_hard_check(store: Store, township: str) -> None:
    fill_villages(store, township, OCTOBER, 15)
    hard = [judged for judged in findings(store, township, OCTOBER) if judged.finding.hard]
    assert [judged.finding.key for judged in hard] == ["H0.M"]
    assert hard[0].blocks
    assert hard[0].unit_name == "薛家镇"


def test_the_history_of_a_cell_leaves_gaps_where_nothing_is_known(store: Store, township: str) -> None:
    village, other = (unit.id for unit in units_below(store, township, OCTOBER)[:2])
    set_cells(store, township, OCTOBER.plus(-2), [CellEdit(village, "E01", 4)])
    set_cells(store, township, OCTOBER, [CellEdit(village, "E01", UNKNOWN), CellEdit(other, "E01", 5)])
    found = cell_history(store, [village], "E01", OCTOBER)
    assert len(found) == 12
    assert [figure.cell for figure in found[-3:]] == [4, BLANK, UNKNOWN]
    assert found[-1].month == "2026-10"
    assert [figure.cell for figure in cell_history(store, [village, other], "E01", OCTOBER, 1)] == [5]


def test_earlier_months_feed_the_check_of_positives(store: Store, township: str) -> None:
    village = units_below(store, township, OCTOBER)[0].id
    for back in (1, 2, 3):
        figures = {"D03.J": 9, "D04.J": 0, "D05.J": 0, "D03.K": 0, "D04.K": 0, "D05.K": 0}
        set_cells(store, township, OCTOBER.plus(-back), [CellEdit(village, item, n) for item, n in figures.items()])
    figures |= {"D04.J": 4}
    set_cells(store, township, OCTOBER, [CellEdit(village, item, n) for item, n in figures.items()])
    assert sheet(store, township, OCTOBER).sheet.history[village, "D02.J"] == (9, 9, 9)
    assert "S2" in {judged.finding.key for judged in findings(store, township, OCTOBER)}


def test_an_unknown_township_is_refused(store: Store) -> None:
    with pytest.raises(UnknownUnit):
        sheet(store, "nowhere", OCTOBER)


def test_the_shipped_rules_are_read_once_and_named() -> None:
    assert shipped_rules() is shipped_rules()
    assert shipped_rules().version == "2026.1/2026.2/2026.1"
    assert len(list(shipped_rules().catalogue.level_items(Level.TOWNSHIP))) == 4


def test_a_damaged_resource_is_a_sentence() -> None:
    with pytest.raises(RulesUnreadable, match=r"nowhere\.toml"):
        rules_module.shipped_text("nowhere.toml")
