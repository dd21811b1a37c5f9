"""比率分析 as a workbook: what the paper says, in numbers, and nothing that the paper hides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from tests.reports.naughty import filled
from tests.reports.tallies.test_rates_paper import MONTHS, OCTOBER, RULES, TOWN, VILLAGE, analysis, line
from tests.reports.workbooks import grids, setups

from jindu_desk.domain.tallies.rate_weights import Pull
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.domain.units import Tier
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.rate_analysis import Place
from jindu_desk.queries.rate_protection import HiddenOfRate
from jindu_desk.queries.units import units_below
from jindu_desk.reports.papers import KINDS, occasion_of
from jindu_desk.reports.protection_wording import HIDDEN, LEGEND
from jindu_desk.reports.tallies.rates_paper import RatesPaper
from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
from jindu_desk.reports.tallies.rates_workbook import rates_xlsx

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.reports.typesetting.fonts import FontSet

DAY = date(2026, 11, 2)
SHOWN = HiddenOfRate(False, False, (False,) * 12, (False,) * 10, frozenset())


def sheets(paper: RatesPaper) -> dict[str, list[list[Any]]]:
    return grids(rates_xlsx(paper, DAY))


def rows_of(sheet: list[list[Any]], rate: str) -> list[list[Any]]:
    return [row for row in sheet if row[0] == rate]


def test_every_rate_with_its_parts_its_months_and_its_units() -> None:
    found = sheets(rates_paper_of(analysis()))
    assert list(found) == ["比率", "近十二个月", "各单位"]
    assert found["比率"][0][0] == "测试镇2026年10月比率分析（内部）　比率"
    assert [row[0] for row in found["比率"][3:]] == [rate.name for rate in RULES.rates.rates]
    (row,) = rows_of(found["比率"], "依法报告率")
    assert row[1:] == ["已报告 F02 ÷ 应报告 F01", 2, 3, 0.6667, 0.95, "低于目标", 20, 30, 0.6667]
    (row,) = rows_of(found["比率"], "查处率")
    assert row[2:7] == [0, 0, "—", 0.95, "—"]  # nobody there was to be dealt with: known, and no rate
    months = found["近十二个月"]
    assert months[2][:4] == ["比率", "项目", "2025年11月", "2025年12月"]
    assert [row[1:3] + row[-2:] for row in rows_of(months, "依法报告率")] == [
        ["比率", 0.9, "—", 0.6667],
        ["分子", 9, 0, 2],
        ["分母", 10, 0, 3],
        ["本年累计", "—", 0.8, 0.9],
    ]
    assert [row[1] for row in rows_of(months, "出所未满三年管控率")] == ["比率", "分子", "分母"]  # a stock
    assert rows_of(found["各单位"], "失联率") == [["失联率", "测试镇 测试甲村", 1, 3, 0.3333, "多", 1.85]]


def test_sheets_are_set_up_and_shares_are_formatted_as_such() -> None:
    found = setups(rates_xlsx(rates_paper_of(analysis()), DAY))
    assert [setup.frozen_at for setup in found.values()] == ["B4", "C4", "C4"]
    assert {(setup.paper, setup.orientation, setup.fits_width) for setup in found.values()} == {
        ("9", "landscape", True)
    }
    assert {setup.repeated_rows for setup in found.values()} == {"$3:$3"}
    assert found["比率"].formats[3] == ("", "", "#,##0", "#,##0", "0.00%", "0.00%", "", "#,##0", "#,##0", "0.00%")
    assert [found["近十二个月"].formats[row][-1] for row in range(3, 7)] == ["0.00%", "#,##0", "#,##0", "0.00%"]


def test_months_of_which_nobody_told_anything_are_unknown() -> None:
    lines = tuple(replace(each, history=(Ratio(0, 0),) * 12) for each in analysis().lines)
    found = sheets(rates_paper_of(replace(analysis(), lines=lines, silent=frozenset(MONTHS[:-1]))))
    parts = rows_of(found["近十二个月"], "依法报告率")[1]
    assert parts[2:] == ["—"] * 11 + [0]


def test_what_is_hidden_is_in_no_cell() -> None:
    """Of a rate all of whose figures are told by no other number of the workbook."""
    first, *others = RULES.rates.rates
    secret = replace(
        line(first.code, Ratio(7001, 7013), target=9500),
        to_date=Ratio(7027, 7039),
        history=(*(Ratio(7100 + 2 * n, 8100 + 3 * n) for n in range(11)), Ratio(7001, 7013)),
        so_far=tuple(Ratio(7301 + 7 * n, 8301 + 11 * n) for n in range(10)),
        heaviest={Tier.VILLAGE: (Pull(Place(VILLAGE, TOWN), Ratio(7043, 7057), Fraction(7069)),)},
    )
    hidden = HiddenOfRate(True, True, (True,) * 12, (True,) * 10, frozenset({VILLAGE.id}))
    whole = replace(analysis(), lines=(secret, *analysis().lines[1:]))
    protected = sheets(rates_paper_of(whole, {first.code: hidden, **{rate.code: SHOWN for rate in others}}))
    told = {cell for rows in protected.values() for row in rows for cell in row if isinstance(cell, int | float)}
    exact = {
        cell for rows in sheets(rates_paper_of(whole)).values() for row in rows_of(rows, first.name) for cell in row
    }
    secrets = {cell for cell in exact if isinstance(cell, int | float)} - {0.95}  # the target is no secret
    assert len(secrets) > 40
    assert not secrets & told
    texts = "".join(cell for rows in protected.values() for row in rows for cell in row if isinstance(cell, str))
    assert not [secret for secret in secrets if str(secret) in texts]
    assert rows_of(protected["比率"], first.name)[0][2:] == [HIDDEN] * 3 + [0.95] + [HIDDEN] * 4
    assert {cell for row in rows_of(protected["近十二个月"], first.name) for cell in row[2:]} == {HIDDEN, "—"}
    assert not rows_of(protected["各单位"], first.name)
    assert all(LEGEND in rows[1][0] for rows in protected.values())


def test_on_a_desk_a_month_of_one_village_is_hidden_in_every_sheet(desk: Desk, fonts: FontSet) -> None:
    own = desk.unit.unit.id
    villages = [unit.id for unit in units_below(desk.store, own, OCTOBER)]
    for month, figures in ((OCTOBER.previous, [(2, 1)]), (OCTOBER, [(2, 1), (9, 5), (8, 8), (8, 5)])):
        edits = [
            CellEdit(village, item, figure)
            for village, pair in zip(villages, figures, strict=False)
            for item, figure in zip(("G01", "G02"), pair, strict=True)
        ]
        set_cells(desk.store, own, month, edits)
    occasion = occasion_of(desk.store, desk.unit, OCTOBER, fonts)
    exact, protected = (
        grids(next(kind for kind in KINDS if kind.key == key).workbook(occasion))
        for key in ("rates", "rates_protected")
    )
    assert rows_of(exact["比率"], "查处率")[0][7:] == [20, 29, 0.6897]
    assert rows_of(protected["比率"], "查处率")[0][2:] == [19, 27, 0.7037, "—", "—", HIDDEN, HIDDEN, HIDDEN]
    assert [row[-3:] for row in rows_of(exact["近十二个月"], "查处率")] == [
        ["—", 0.5, 0.7037],
        ["—", 1, 19],
        ["—", 2, 27],
        ["—", 0.5, 0.6897],
    ]
    assert [row[-3:] for row in rows_of(protected["近十二个月"], "查处率")] == [
        ["—", HIDDEN, 0.7037],
        ["—", HIDDEN, 19],
        ["—", HIDDEN, 27],
        ["—", HIDDEN, HIDDEN],
    ]
    assert [row[2:4] for row in rows_of(exact["各单位"], "查处率")] == [[5, 9], [5, 8], [1, 2]]
    assert [row[2:4] for row in rows_of(protected["各单位"], "查处率")] == [[5, 8]]  # 9 would tell of the 2, by the sum


@settings(max_examples=25)
@given(filled(RatesPaper))
def test_no_content_breaks_the_workbook(paper: RatesPaper) -> None:
    content = rates_xlsx(paper, DAY)
    assert rates_xlsx(paper, DAY) == content
    assert all(setup.formulas == 0 for setup in setups(content).values())
    assert len(grids(content)["比率"]) == 3 + len(paper.rates)
