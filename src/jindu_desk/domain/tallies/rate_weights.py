"""Who weighs most in a rate: by how many cases a unit's own figures lie off what the rate has to reach.

A unit with a bad rate and two cases pulls less than one with a fair rate and two hundred; cases say so, rates do not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

from jindu_desk.domain.tallies.rates import Rate, Ratio

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Pull(Generic[K]):
    """A unit's ratio. ``cases``: how many it is short of the goal, or beyond it where lower is better."""

    unit: K
    ratio: Ratio
    cases: Fraction


def goal_of(target: int | None, whole: Ratio) -> Fraction | None:
    """What units are measured by: the target (in hundredths of a percent), else the rate of all together; None where
    there is neither."""
    if target is not None:
        return Fraction(target, 10_000)
    return Fraction(whole.numerator, whole.denominator) if whole.denominator else None


def cases_off(rate: Rate, ratio: Ratio, goal: Fraction) -> Fraction:
    """Own denominator times the goal, less own numerator; the reverse where lower is better. Positive pulls away from
    the goal."""
    short = ratio.denominator * goal - ratio.numerator
    return -short if rate.lower_is_better else short


def heaviest(rate: Rate, ratios: Mapping[K, Ratio], goal: Fraction | None) -> tuple[Pull[K], ...]:
    """Those that pull away from the goal, the one that pulls most first; equal ones in the order of ``ratios``."""
    if goal is None:
        return ()
    pulls = [Pull(unit, ratio, cases_off(rate, ratio, goal)) for unit, ratio in ratios.items()]
    return tuple(sorted((pull for pull in pulls if pull.cases > 0), key=lambda pull: -pull.cases))
