"""Who pulls a rate away from what it has to reach."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.rounding import decimal_text
from jindu_desk.domain.tallies.rate_weights import cases_off, goal_of, heaviest
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.queries.rules import shipped_rules

REPORT = shipped_rules().rates.rate("report")
LOST = shipped_rules().rates.rate("lost")
RATIOS = st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: Ratio(*pair)), max_size=8)


def test_many_cases_weigh_more_than_a_bad_rate_of_few() -> None:
    ratios = {"甲": Ratio(0, 2), "乙": Ratio(160, 200), "丙": Ratio(10, 10)}
    pulls = heaviest(REPORT, ratios, goal_of(9500, Ratio(170, 212)))
    assert [(pull.unit, pull.cases) for pull in pulls] == [("乙", Fraction(30)), ("甲", Fraction(19, 10))]
    assert [decimal_text(pull.cases) for pull in pulls] == ["30.00", "1.90"]


def test_where_lower_is_better_those_beyond_it_weigh() -> None:
    pulls = heaviest(LOST, {"甲": Ratio(5, 100), "乙": Ratio(1, 100)}, goal_of(200, Ratio(6, 200)))
    assert [(pull.unit, pull.cases) for pull in pulls] == [("甲", Fraction(3))]


def test_without_a_target_units_are_measured_by_the_rate_of_all() -> None:
    assert goal_of(None, Ratio(6, 9)) == Fraction(2, 3)
    assert goal_of(None, Ratio(0, 0)) is None
    assert heaviest(REPORT, {"甲": Ratio(0, 0)}, None) == ()


def test_a_unit_without_cases_pulls_nowhere() -> None:
    assert heaviest(REPORT, {"甲": Ratio(0, 0)}, Fraction(1)) == ()


def test_equal_ones_stay_in_their_order() -> None:
    ratios = dict.fromkeys("乙甲丙", Ratio(1, 2))
    assert [pull.unit for pull in heaviest(REPORT, ratios, Fraction(1))] == ["乙", "甲", "丙"]


@given(RATIOS, st.integers(0, 10_000))
def test_the_pulls_of_all_add_up_to_that_of_the_whole(ratios: list[Ratio], target: int) -> None:
    goal = goal_of(target, Ratio(0, 0))
    assert goal is not None
    whole = sum(ratios, Ratio(0, 0))
    for rate in (REPORT, LOST):
        assert sum((cases_off(rate, ratio, goal) for ratio in ratios), Fraction(0)) == cases_off(rate, whole, goal)
    upside_down = replace(REPORT, lower_is_better=True)
    assert cases_off(upside_down, whole, goal) == -cases_off(REPORT, whole, goal)


def test_half_a_hundredth_is_rounded_up() -> None:
    assert [decimal_text(Fraction(n, 1000)) for n in (4, 5, 15, -5, -4)] == ["0.00", "0.01", "0.02", "-0.01", "0.00"]
