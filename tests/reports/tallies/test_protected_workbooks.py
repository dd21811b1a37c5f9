"""The workbooks that leave the office, read by somebody who wants what they hide."""

from __future__ import annotations

from typing import Any

import pytest
from tests.reports.workbooks import grids

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.protection import is_small
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.protection import Hiding, hiding, hiding_below
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import sheet
from jindu_desk.queries.totals import all_cells, totals
from jindu_desk.queries.units import units_below
from jindu_desk.reports.protection_wording import EXACT, HIDDEN, LEGEND
from jindu_desk.reports.tallies.month_workbook import month_xlsx
from jindu_desk.reports.totals.totals_workbook import totals_xlsx

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
CATALOGUE = shipped_rules().catalogue
TESTS = {"D01": 5, "D03": 4, "D04": 1, "D05": 0, **{f"D06{letter}": 0 for letter in "abcde"}}


@pytest.fixture
def filled(desk: Desk) -> Desk:
    """Two months in which the first village has few persons, and others none or many."""
    own = desk.unit.unit.id
    villages = [unit.id for unit in units_below(desk.store, own, OCTOBER)]
    for month in (SEPTEMBER, OCTOBER):
        edits = [
            CellEdit(village, "E01", figure) for village, figure in zip(villages, (1, 0, 8, 9, 2, 7), strict=False)
        ]
        for number, village in enumerate(villages):
            edits += [CellEdit(village, f"{item}.J", 0 if number else figure) for item, figure in TESTS.items()]
            edits += [CellEdit(village, f"{item}.K", 0) for item in TESTS]
        if month == SEPTEMBER:
            edits += [CellEdit(village, "I01", 7 if number else 1) for number, village in enumerate(villages)]
        edits += [CellEdit(village, item, 0) for village in villages for item in ("I02", "I03")]
        set_cells(desk.store, own, month, edits)
    return desk


def exported(desk: Desk, hidden: Hiding | None) -> dict[str, list[list[Any]]]:
    own = desk.unit.unit.id
    found = totals(desk.store, own, OCTOBER)
    names = {own: "薛家镇", **{u.id: u.name for u in units_below(desk.store, own, OCTOBER)}}
    return grids(totals_xlsx(found, all_cells(desk.store, found.owner, OCTOBER), names, hidden))


def test_a_protected_month_shows_no_small_count_and_says_what_it_is(filled: Desk) -> None:
    own = filled.unit.unit.id
    found = sheet(filled.store, own, OCTOBER)
    protection = hiding(filled.store, own, OCTOBER).month
    small = [place for place, cell in found.sheet.cells.items() if place[0] != own and is_small(cell)]
    assert len(small) > 4
    sheets = grids(month_xlsx(found, CATALOGUE, protection))
    talks = sheets["E 谈话家访"]
    assert talks[1][0] == LEGEND
    assert talks[0][0] == "薛家镇2026年10月禁毒工作台账（保护版）（谈话家访）"
    assert [row[1] for row in talks[4:10]] == [HIDDEN, HIDDEN, 8, 9, HIDDEN, HIDDEN]
    assert talks[-1][1] == 27
    for block in CATALOGUE.blocks:
        if block.code != "M":
            rows = sheets[f"{block.code} {block.name}"][4:-1]
            assert not {1, 2} & {cell for row in rows for cell in row[1:] if isinstance(cell, int)}
    exact = grids(month_xlsx(found, CATALOGUE))["E 谈话家访"]
    assert [exact[4][1], exact[8][1], exact[1][0]] == [1, 2, EXACT]


def test_a_figure_is_not_told_by_the_months_around_it(filled: Desk) -> None:
    """I01 of October is I04 of September: what one paper hides, the other may not show."""
    own = filled.unit.unit.id
    before, now = (hiding(filled.store, own, month).month for month in (SEPTEMBER, OCTOBER))
    opened = {unit for unit, item in now.hidden if item == "I01"}
    assert opened == {unit for unit, item in before.hidden if item == "I04"}
    assert len(opened) > 1


def test_a_protected_total_hides_the_village_in_every_sheet(filled: Desk) -> None:
    own = filled.unit.unit.id
    sheets = exported(filled, hiding_below(filled.store, own, OCTOBER))
    for name, whole in (("本月", 27), ("本年累计", 54), ("各村明细", None)):
        rows = sheets[name]
        assert LEGEND in rows[1][0]
        column = rows[2].index("E01 谈话人次")
        assert rows[3][column] == HIDDEN
        assert rows[5][column] == (16 if name == "本年累计" else 8)
        if whole is not None:
            assert rows[-1][column] == whole


def test_a_rate_that_would_tell_a_village_is_hidden_and_the_sum_is_not(filled: Desk) -> None:
    own = filled.unit.unit.id
    rates = exported(filled, hiding_below(filled.store, own, OCTOBER))["比率"]
    at = rates[2].index("阳性率")
    assert rates[4][at : at + 3] == [HIDDEN] * 3
    assert rates[-1][at : at + 3] == [0.2, 1, 5]
    at = rates[2].index("出所未满三年管控率")
    assert rates[4][at : at + 3] == [HIDDEN] * 3


def test_a_village_left_out_of_a_rate_is_not_told_by_the_sum(filled: Desk) -> None:
    """Its positives are in the sum of the items and not in the rate: the difference would tell them."""
    hidden = hiding(filled.store, filled.unit.unit.id, OCTOBER)
    rate = shipped_rules().rates.rate("positive")
    unit = filled.unit.unit
    assert hidden.ratio(unit, rate, Ratio(0, 8, left_out=1))
    assert not hidden.ratio(unit, rate, Ratio(1, 12))


def test_of_two_townships_both_are_hidden(filled: Desk) -> None:
    own = filled.unit.unit.id
    one = hiding(filled.store, own, OCTOBER)
    nothing = one | Hiding()
    assert (nothing.month.hidden, nothing.places_to_date) == (one.month.hidden, one.places_to_date)
    assert (one | hiding(filled.store, own, SEPTEMBER)).places_to_date == one.places_to_date
