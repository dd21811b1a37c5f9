"""A city sees its rates by district, township and village, all from the same rows."""

from __future__ import annotations

from fractions import Fraction

from tests.operations.city_desks import OCTOBER, Desks, sent_up, totals_of
from tests.operations.exchange.desks import receive

from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.domain.units import Tier
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.rate_analysis import RateLine, rate_analysis


def test_each_tier_is_short_of_the_target_by_the_same_cases(desks: Desks) -> None:
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    own = desks.city.unit.unit.id
    codes = [rate.code for rate in totals_of(desks.city).rules.rates.rates]
    set_rate_targets(desks.city.store, own, OCTOBER, dict.fromkeys(codes, 10_000))
    found = rate_analysis(desks.city.store, own, OCTOBER)
    assert found.tiers == (Tier.DISTRICT, Tier.TOWNSHIP, Tier.VILLAGE)
    whole = totals_of(desks.city)
    short = 0
    for line in found.lines:
        assert line.month == whole.total.ratios[line.rate.code]
        if line.rate.lower_is_better:
            continue
        lacking = Fraction(line.month.denominator - line.month.numerator)
        assert [cases_of(line, tier) for tier in found.tiers] == [lacking] * 3
        (of_district,) = line.heaviest[Tier.DISTRICT] or (None,)
        assert of_district is None or of_district.ratio == line.month
        assert all(pull.unit.superior is not None for pull in line.heaviest[Tier.VILLAGE])
        short += bool(lacking)
    assert short > 0


def cases_of(line: RateLine, tier: Tier) -> Fraction:
    """What all units of a tier lack together; with a target of 100 % none has more than it needs."""
    assert all(pull.ratio != Ratio(0, 0) for pull in line.heaviest[tier])
    return sum((pull.cases for pull in line.heaviest[tier]), Fraction(0))
