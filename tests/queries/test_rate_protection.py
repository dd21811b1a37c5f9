"""The protected paper of the rates: no village's small count, nor a total that would tell one, in any of its months."""

from __future__ import annotations

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.rate_analysis import rate_analysis
from jindu_desk.queries.rate_protection import HiddenOfRate, hidden_of_rates
from jindu_desk.queries.units import units_below

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def fill(desk: Desk, month: Month, figures: list[tuple[int, int]]) -> list[str]:
    """应查处 and 已查处 of the first villages; their ids."""
    own = desk.unit.unit.id
    villages = [unit.id for unit in units_below(desk.store, own, month)]
    edits = [
        CellEdit(village, item, figure)
        for village, pair in zip(villages, figures, strict=False)
        for item, figure in zip(("G01", "G02"), pair, strict=True)
    ]
    set_cells(desk.store, own, month, edits)
    return villages[: len(figures)]


def hidden(desk: Desk) -> HiddenOfRate:
    analysis = rate_analysis(desk.store, desk.unit.unit.id, OCTOBER)
    return hidden_of_rates(desk.store, analysis)["police_action"]


def test_a_village_with_few_cases_is_not_named_and_the_sums_are_shown(desk: Desk) -> None:
    small, other, _best, open_to_see = fill(desk, OCTOBER, [(2, 1), (9, 5), (8, 8), (8, 5)])
    found = hidden(desk)
    assert not any((found.month, found.to_date, *found.history, *found.so_far))
    assert small in found.units
    assert other in found.units  # it would tell the first, by the total
    assert open_to_see not in found.units


def test_a_month_of_a_single_village_hides_its_rate_and_the_year_after_it(desk: Desk) -> None:
    fill(desk, SEPTEMBER, [(2, 1)])
    fill(desk, OCTOBER, [(7, 6), (8, 4), (9, 9)])
    found = hidden(desk)
    assert (found.history[-2:], found.month) == ((True, False), False)
    assert (found.so_far[-3:], found.to_date) == ((False, True, True), True)
