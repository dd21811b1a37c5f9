"""The rates one by one, against the totals and against figures added up by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.many_packages import write_packages
from tests.operations.exchange.months import enrol

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import UNKNOWN
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.domain.units import Tier
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine, rate_analysis
from jindu_desk.queries.totals import totals
from jindu_desk.queries.units import units_below

OCTOBER = Month(2026, 10)


def put(desk: Desk, township: str, month: Month, figures: dict[tuple[str, str], int]) -> None:
    """Figures straight into the rows, as if a package had brought them: (unit id, item) → figure."""
    with desk.store.write("x") as w:
        for (unit, item), value in figures.items():
            w.session.execute(
                text(
                    "INSERT OR REPLACE INTO cell (unit_id, month, item, township_id, state, value, note) "
                    f"VALUES ('{unit}', '{month}', '{item}', '{township}', 'NUMBER', {value}, '')"
                )
            )


def of(desk: Desk, code: str, month: Month = OCTOBER) -> RateLine:
    found = rate_analysis(desk.store, desk.unit.unit.id, month).line(code)
    assert found is not None
    return found


def said(line: RateLine, tier: Tier) -> list[tuple[str, str, Fraction]]:
    return [(pull.unit.unit.name, pull.ratio.text, pull.cases) for pull in line.heaviest[tier]]


def test_a_township_sees_its_villages_by_the_cases_they_are_short_of(desk: Desk) -> None:
    own = desk.unit.unit.id
    first, second, third, fourth = units_below(desk.store, own, OCTOBER)[:4]
    set_rate_targets(desk.store, own, OCTOBER, {"police_action": 9000})
    figures = ((first, 2, 0), (second, 40, 32), (third, 10, 10))
    edits = [CellEdit(unit.id, item, n) for unit, due, done in figures for item, n in (("G01", due), ("G02", done))]
    set_cells(desk.store, own, OCTOBER, [*edits, CellEdit(fourth.id, "G01", 99), CellEdit(fourth.id, "G02", UNKNOWN)])
    line = of(desk, "police_action")
    assert line.month == Ratio(42, 52, left_out=1)  # who does not know counts in neither
    assert (line.target, line.goal) == (9000, Fraction(9, 10))
    assert said(line, Tier.VILLAGE) == [(second.name, "80.00%", Fraction(4)), (first.name, "0.00%", Fraction(9, 5))]
    assert all(pull.unit.superior is None for pull in line.heaviest[Tier.VILLAGE])


def test_without_a_target_the_rate_of_all_measures(desk: Desk) -> None:
    own = desk.unit.unit.id
    first, second = units_below(desk.store, own, OCTOBER)[:2]
    put(desk, own, OCTOBER, {(first.id, "G01"): 4, (first.id, "G02"): 1, (second.id, "G01"): 4, (second.id, "G02"): 3})
    line = of(desk, "police_action")
    assert line.goal == Fraction(1, 2)
    assert said(line, Tier.VILLAGE) == [(first.name, "25.00%", Fraction(1))]


def test_nothing_to_divide_by_weighs_nothing(desk: Desk) -> None:
    line = of(desk, "police_action")
    assert (line.month.text, line.goal, line.heaviest[Tier.VILLAGE]) == ("—", None, ())


def test_the_year_to_date_of_each_month(desk: Desk) -> None:
    own = desk.unit.unit.id
    village = units_below(desk.store, own, OCTOBER)[0]
    quiet = {(village.id, f"{code}.{kind}"): 0 for code in ("B03a", "B03b", "B05", "B06a") for kind in "JK"}
    for number in range(1, 11):
        flows = {(village.id, "G01"): 10, (village.id, "G02"): number}
        stocks = {(village.id, "I04"): 10, (village.id, "I05"): number}
        mixed = {(village.id, "B03a.J"): 1, (village.id, "B06a.J"): number}
        put(desk, own, Month(2026, number), quiet | flows | stocks | mixed)
    put(desk, own, Month(2025, 12), {(village.id, "G01"): 99, (village.id, "G02"): 99})
    flow, stock, mixed_rate = of(desk, "police_action"), of(desk, "control"), of(desk, "reporting_in")
    assert flow.so_far == tuple(Ratio(n * (n + 1) // 2, 10 * n) for n in range(1, 11))
    assert flow.history[-11] == Ratio(99, 99)
    assert (stock.stock, flow.stock, mixed_rate.stock) == (True, False, False)
    assert stock.so_far == tuple(Ratio(n, 10) for n in range(1, 11))  # each month's own, never a sum
    assert mixed_rate.so_far == tuple(Ratio(n, n + n) for n in range(1, 11))  # of the stock in it only the last
    assert mixed_rate.to_date == mixed_rate.so_far[-1]


@pytest.fixture
def district_received(make_desk: Callable[[str, str], Desk], tmp_path: Path) -> Desk:
    """新北区 with October of 薛家镇."""
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    enrol(district, township)
    (tmp_path / "stick").mkdir()
    receive_files(district.store, district.paths, write_packages(township, 1, tmp_path / "stick"))
    return district


def test_a_district_sees_townships_and_villages(district_received: Desk) -> None:
    desk = district_received
    own = desk.unit.unit.id
    xuejia = next(unit for unit in units_below(desk.store, own, OCTOBER) if unit.name == "薛家镇")
    villages = units_below(desk.store, xuejia.id, OCTOBER)
    due = {(unit.id, "G01"): 0 for unit in villages} | {(unit.id, "G02"): 0 for unit in villages}
    put(desk, xuejia.id, OCTOBER, due | {(villages[2].id, "G01"): 5, (villages[2].id, "G02"): 2})
    set_rate_targets(desk.store, own, OCTOBER, {"police_action": 10_000})
    found = rate_analysis(desk.store, own, OCTOBER)
    assert found.tiers == (Tier.TOWNSHIP, Tier.VILLAGE)
    assert len(found.missing) == 9
    line = of(desk, "police_action")
    assert said(line, Tier.TOWNSHIP) == [("薛家镇", "40.00%", Fraction(3))]
    assert said(line, Tier.VILLAGE) == [(villages[2].name, "40.00%", Fraction(3))]
    (pull,) = line.heaviest[Tier.VILLAGE]
    assert pull.unit.superior == xuejia
    same_as_the_totals(desk, found)


def same_as_the_totals(desk: Desk, found: RateAnalysis) -> None:
    whole = totals(desk.store, desk.unit.unit.id, OCTOBER)
    for line in found.lines:
        assert line.month == whole.total.ratios[line.rate.code]
        assert line.to_date == line.so_far[-1] == whole.total.ratios_to_date[line.rate.code]
        assert line.history == whole.history[line.rate.code]
        of_units = {row.unit.id: row.ratios[line.rate.code] for row in whole.units}
        assert all(pull.ratio == of_units[pull.unit.unit.id] for pull in line.heaviest[Tier.TOWNSHIP])
