"""What a protected paper of the rates does not show (docs/decisions/small-cells.md)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.queries.protected_months import Told, protect_months, tell_nobody
from jindu_desk.queries.protection import Hiding, hiding_of, refuse_unprotected
from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine
from jindu_desk.queries.rules import rules_of_months_in
from jindu_desk.queries.units import UnitRow, townships_of_in
from jindu_desk.store.engine import Store


@dataclass(frozen=True, slots=True)
class HiddenOfRate:
    """Of one rate: whether the month and the year to date are hidden, which of the months of its `RateLine`, and which
    units' own rates. ``units`` of a rate whose month is hidden are all, unless a target measures them: the rate
    itself would follow from how far they lie off it."""

    month: bool
    to_date: bool
    history: tuple[bool, ...]
    so_far: tuple[bool, ...]
    units: frozenset[str]


def hidden_of_rates(store: Store, analysis: RateAnalysis, told: Told = tell_nobody) -> Mapping[str, HiddenOfRate]:
    """By the rate's code. Raises `CannotProtect`, and what ``told`` raises."""
    month = analysis.month
    months = tuple(sorted({*analysis.months, *month.year_to_date}))
    with store.read() as session:
        hidings = _hidings(session, analysis.owner, months, told)
        rules_of = rules_of_months_in(session, months)
    found = {}
    for line in analysis.lines:
        code = line.rate.code
        history = tuple(
            _hides(hidings[each], analysis.owner, (rules_of[each],), code, ratio)
            for each, ratio in zip(analysis.months, line.history, strict=True)
        )
        so_far = tuple(
            _hides(hidings[each], analysis.owner, [rules_of[m] for m in each.year_to_date], code, ratio, to_date=True)
            for each, ratio in zip(month.year_to_date, line.so_far, strict=True)
        )
        found[code] = HiddenOfRate(history[-1], so_far[-1], history, so_far, _units(line, hidings[month], history[-1]))
    return found


def _hidings(session: Session, owner: UnitRow, months: Sequence[Month], told: Told) -> dict[Month, Hiding]:
    """Each month over the townships below now, and over those that were then."""
    below = {each: [unit.id for unit in townships_of_in(session, owner, each)] for each in months}
    last = months[-1]
    townships = tuple(dict.fromkeys(unit for units in below.values() for unit in units))
    protected = protect_months(session, townships, last, told)
    refuse_unprotected((protected[unit] for unit in below[last]), last)
    return {
        each: hiding_of([protected[unit] for unit in {*units, *below[last]}], each, last)
        for each, units in below.items()
    }


def _hides(
    hiding: Hiding, owner: UnitRow, rules: Sequence[Rules], code: str, ratio: Ratio, *, to_date: bool = False
) -> bool:
    """By the formula of each of these months."""
    items = {
        term.item
        for each in rules
        for rate in each.rates.rates
        if rate.code == code
        for term in (*rate.numerator, *rate.denominator)
    }
    return hiding.parts(owner, items, ratio, to_date=to_date)


def _units(line: RateLine, hiding: Hiding, is_hidden: bool) -> frozenset[str]:
    pulls = [pull for pulls in line.heaviest.values() for pull in pulls]
    untold = is_hidden and line.target is None
    return frozenset(
        pull.unit.unit.id for pull in pulls if untold or hiding.ratio(pull.unit.unit, line.rate, pull.ratio)
    )
