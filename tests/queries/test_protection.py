from __future__ import annotations

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.bonds import bonds_of
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE
from jindu_desk.domain.tallies.protection import Protection, protect
from jindu_desk.errors.tallies import CannotProtect
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.meeting_figures import shown_totals
from jindu_desk.queries.protected_months import ProtectedMonths
from jindu_desk.queries.protection import hiding, hiding_below, hiding_of
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import sheet

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)


def fill(desk: Desk, month: Month, **firsts: int) -> None:
    """Zeros everywhere, ``firsts`` in the first village, and in September somebody in each village to begin with."""
    own = desk.unit.unit.id
    villages = [unit.id for unit in sheet(desk.store, own, month).villages]
    typed = [f"I0{n}" for n in (2, 3)] + ["E01", "L01"]
    edits = {(village, item): 0 for village in villages for item in typed}
    if month == SEPTEMBER:
        edits |= {(village, "I01"): 3 + number for number, village in enumerate(villages)}
    edits |= {(villages[0], item): figure for item, figure in firsts.items()}
    set_cells(desk.store, own, month, [CellEdit(*place, figure) for place, figure in edits.items()])


def items_hidden(desk: Desk, month: Month) -> set[str]:
    return {item for _, item in hiding(desk.store, desk.unit.unit.id, month).month.hidden}


def test_each_month_rests_on_the_one_before(desk: Desk) -> None:
    fill(desk, SEPTEMBER, I01=1)
    fill(desk, OCTOBER)
    own, rules = desk.unit.unit.id, shipped_rules()
    bonds = bonds_of(rules.checks)
    first = protect(rules.catalogue, bonds, sheet(desk.store, own, SEPTEMBER).sheet)
    second = protect(rules.catalogue, bonds, sheet(desk.store, own, OCTOBER).sheet, first)
    found = hiding(desk.store, own, OCTOBER)
    assert found.month.hidden == second.hidden
    assert found.places_to_date == first.hidden | second.hidden
    assert items_hidden(desk, SEPTEMBER) == {"I01", "I04"}


def test_what_changes_is_protected_anew(desk: Desk) -> None:
    fill(desk, SEPTEMBER)
    fill(desk, OCTOBER)
    assert items_hidden(desk, OCTOBER) == set()
    fill(desk, OCTOBER, E01=1)
    assert items_hidden(desk, OCTOBER) == {"E01"}
    fill(desk, SEPTEMBER, I01=2)
    assert items_hidden(desk, OCTOBER) == {"E01", "I01", "I04"}


def test_an_earlier_month_that_contradicts_itself_had_no_paper(desk: Desk) -> None:
    fill(desk, SEPTEMBER)
    own = desk.unit.unit.id
    village = sheet(desk.store, own, SEPTEMBER).villages[0].id
    marks = [CellEdit(village, f"D0{n}.J", NOT_APPLICABLE) for n in (1, 4, 5)]
    marks += [CellEdit(village, f"D06{letter}.J", NOT_APPLICABLE) for letter in "abcde"]
    set_cells(desk.store, own, SEPTEMBER, [*marks, CellEdit(village, "D03.J", 1)])
    with pytest.raises(CannotProtect):
        hiding(desk.store, own, SEPTEMBER)
    fill(desk, OCTOBER, E01=1)
    found = hiding(desk.store, own, OCTOBER)
    assert {item for _, item in found.month.hidden} == {"E01"}
    # September would follow from the year to date and the other months: nothing of it is told.
    assert {(village, "D03.J"), (village, "I01")} <= found.places_to_date
    assert {"D03.J", "I01"} <= found.totals_to_date
    refused = shown_totals(desk.store, own, SEPTEMBER, ("I01",)).refused
    assert "互相矛盾" in str(refused)
    assert shown_totals(desk.store, own, OCTOBER, ("I01", "L01")).totals


def test_a_village_that_left_the_list_does_not_follow_from_the_year_without_it() -> None:
    september = Protection(frozenset({("gone", "E01"), ("here", "L01")}))
    found = ProtectedMonths(
        {SEPTEMBER: september}, {}, {SEPTEMBER: frozenset({"gone", "here"}), OCTOBER: frozenset({"here"})}
    )
    assert hiding_of([found], OCTOBER).totals_to_date == {"E01"}
    assert hiding_of([found], SEPTEMBER).totals_to_date == set()
    assert hiding_of([found], SEPTEMBER, listed=OCTOBER).month.hidden_totals == {"E01"}


def test_the_work_tells_how_far_it_is_and_can_be_broken_off(desk: Desk) -> None:
    fill(desk, SEPTEMBER, I01=1)
    fill(desk, OCTOBER)
    own = desk.unit.unit.id
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        hiding(desk.store, own, OCTOBER, stop)
    assert told == [(0, 2), (1, 2)]
    assert hiding(desk.store, own, OCTOBER).places_to_date


def test_a_month_before_any_figure_hides_nothing(desk: Desk) -> None:
    fill(desk, OCTOBER, E01=1)
    assert items_hidden(desk, SEPTEMBER) == set()
    assert not hiding(desk.store, desk.unit.unit.id, NOVEMBER).month.hidden_totals


def test_of_an_unknown_unit(desk: Desk) -> None:
    fill(desk, OCTOBER, E01=1)
    own = desk.unit.unit.id
    assert hiding_below(desk.store, own, OCTOBER).month.hidden == hiding(desk.store, own, OCTOBER).month.hidden
    with pytest.raises(UnknownUnit):
        hiding_below(desk.store, "nobody", OCTOBER)
