from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.tallies.catalogue import Nature
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.rates import (
    MonthRatio,
    Ratio,
    flowing,
    is_stock,
    month_ratio,
    ratio_of_months,
    ratio_of_row,
    ratio_of_rows,
    ratio_of_sums,
    ratio_to_date,
    read_rates,
)
from jindu_desk.domain.tallies.sums import add_up, sum_rows, year_to_date
from jindu_desk.errors.tallies import RulesUnreadable, UnknownItemInFormula
from jindu_desk.queries.rules import shipped_rules

CATALOGUE, RATES = shipped_rules().catalogue, shipped_rules().rates
CODES = sorted(CATALOGUE.items)
ROWS = st.lists(
    st.fixed_dictionaries({code: st.integers(0, 99) for code in ("F01", "F02", "G01", "G02", "A04.J", "I04", "I05")}),
    min_size=1,
    max_size=6,
)


def test_the_six_rates_of_article_13_and_five_more() -> None:
    assert [rate.name for rate in RATES.required] == [
        "依法报告率", "依法报到率", "尿检率", "查处率", "强制隔离戒毒执行率", "出所未满三年管控率"
    ]  # fmt: skip
    assert len(RATES.rates) == 11
    assert [rate.code for rate in RATES.rates if is_stock(rate, CATALOGUE)] == [
        "control", "executing", "employment", "lost"
    ]  # fmt: skip


def test_both_kinds_count() -> None:
    row: dict[str, Cell] = {"D01.J": 4, "D01.K": 2, "D02.J": 3, "D02.K": 1}
    assert ratio_of_row(RATES.rate("urine_test"), row) == Ratio(4, 6)
    assert Ratio(4, 6).text == "66.67%"


def test_those_overdue_count_against_reporting_in() -> None:
    row: dict[str, Cell] = dict.fromkeys(("B03a.K", "B03b.J", "B03b.K", "B05.J", "B05.K", "B06a.J", "B06a.K"), 0)
    row |= {"B03a.J": 1, "B06a.J": 1, "B05.K": 2}
    assert ratio_of_row(RATES.rate("reporting_in"), row) == Ratio(1, 4)


def test_nothing_to_divide_by_is_a_dash() -> None:
    assert ratio_of_row(RATES.rate("report"), {"F01": 0, "F02": 0}).text == "—"
    assert ratio_of_row(RATES.rate("report"), {"F01": NOT_APPLICABLE, "F02": NOT_APPLICABLE}).hundredths is None


@pytest.mark.parametrize("mark", [BLANK, UNKNOWN])
def test_a_village_that_is_not_known_counts_in_neither(mark: Cell) -> None:
    rows: list[dict[str, Cell]] = [{"F01": 4, "F02": 2}, {"F01": 100, "F02": mark}]
    assert ratio_of_rows(RATES.rate("report"), rows) == Ratio(2, 4, left_out=1)


@given(ROWS)
def test_an_aggregate_is_the_ratio_of_sums(rows: list[dict[str, Cell]]) -> None:
    for code in ("report", "police_action", "control"):
        rate = RATES.rate(code)
        whole = ratio_of_rows(rate, rows)
        assert whole == ratio_of_sums(rate, sum_rows(CATALOGUE, rows))
        halves = add_up(sum_rows(CATALOGUE, [row]) for row in rows)
        assert whole == ratio_of_sums(rate, halves)


@given(st.lists(st.fixed_dictionaries({code: st.integers(0, 99) for code in CODES}), min_size=1, max_size=4))
def test_a_stock_is_never_summed_over_months(months: list[dict[str, int]]) -> None:
    whole = year_to_date(CATALOGUE, months)
    for code, item in CATALOGUE.items.items():
        expected = months[-1][code] if item.nature is Nature.STOCK else sum(month[code] for month in months)
        assert whole[code] == expected


def test_year_to_date_of_a_mixed_rate() -> None:
    parts = ("B03a", "B03b", "B05", "B06a")
    quiet = {f"{code}.{kind}": 0 for code in parts for kind in "JK"}
    months = [quiet | {"B03a.J": 1, "B06a.J": 3}, quiet | {"B03a.J": 2, "B06a.J": 1}]
    assert ratio_to_date(RATES.rate("reporting_in"), CATALOGUE, months) == Ratio(3, 4)


@given(st.lists(ROWS, min_size=1, max_size=5))
def test_a_year_adds_up_flows_and_takes_the_last_stock(months: list[list[dict[str, Cell]]]) -> None:
    for code in ("report", "police_action", "control"):
        rate = RATES.rate(code)
        found = ratio_of_months([month_ratio(rate, CATALOGUE, rows) for rows in months])
        counted = months[-1:] if is_stock(rate, CATALOGUE) else months
        assert found == sum((ratio_of_rows(rate, rows) for rows in counted), Ratio(0, 0))
        assert found == ratio_to_date(rate, CATALOGUE, [sum_rows(CATALOGUE, rows) for rows in months])


FIGURES = st.fixed_dictionaries(
    {f"{code}.{kind}": st.integers(0, 9) for code in ("B03a", "B03b", "B05", "B06a") for kind in "JK"}
)


@given(st.lists(FIGURES, min_size=1, max_size=5))
def test_the_stock_in_a_mixed_rate_is_not_summed_over_months(months: list[dict[str, Cell]]) -> None:
    rate = RATES.rate("reporting_in")
    found = ratio_of_months([month_ratio(rate, CATALOGUE, [row]) for row in months])
    assert found == ratio_to_date(rate, CATALOGUE, [sum_rows(CATALOGUE, [row]) for row in months])


def test_what_an_earlier_month_adds_to_a_year() -> None:
    assert flowing(RATES.rate("report"), CATALOGUE) is RATES.rate("report")
    assert flowing(RATES.rate("control"), CATALOGUE).denominator == ()
    assert {term.item for term in flowing(RATES.rate("reporting_in"), CATALOGUE).denominator} == {
        "B03a.J", "B03a.K", "B03b.J", "B03b.K", "B05.J", "B05.K"
    }  # fmt: skip
    assert ratio_of_months([]) == Ratio(0, 0)
    stock = MonthRatio(Ratio(3, 4))
    assert ratio_of_months([stock, stock]) == Ratio(3, 4)


def test_what_nobody_counted_gives_no_rate() -> None:
    assert ratio_of_sums(RATES.rate("report"), {"F01": 3}) == Ratio(0, 0)
    assert year_to_date(CATALOGUE, []) == {}


def test_rates_that_name_no_item_are_refused() -> None:
    rate = {"code": "x", "name": "试", "numerator": "Z01", "denominator": "F01"}
    with pytest.raises(UnknownItemInFormula):
        read_rates({"version": "1", "rates": [rate]}, CATALOGUE)
    with pytest.raises(RulesUnreadable):
        read_rates({"version": "1", "rates": [rate | {"colour": 1}]}, CATALOGUE)
