"""The tails against sums of probabilities that are written out, and against each other."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.tallies.likelihood import count_below, count_tail, log_likelihood, poisson_tail

MEANS = st.floats(0.01, 200.0)
VARIATIONS = st.floats(0.001, 5.0)


def test_the_tail_of_a_geometric_count() -> None:
    """Mean 1/2 and variation 1: each further event has the chance of a third."""
    assert [count_tail(n, 0.5, 1.0) for n in range(4)] == pytest.approx([1.0, 1 / 3, 1 / 9, 1 / 27])
    assert count_below(0, 0.5, 1.0) == pytest.approx(2 / 3)
    assert math.exp(log_likelihood(2, 0.5, 1.0)) == pytest.approx(2 / 3 / 9)


@given(st.integers(0, 60), MEANS, VARIATIONS)
def test_the_tails_are_sums_of_the_single_probabilities(count: int, mean: float, variation: float) -> None:
    below = math.fsum(math.exp(log_likelihood(n, mean, variation)) for n in range(count + 1))
    assert count_below(count, mean, variation) == pytest.approx(below, abs=1e-9)
    assert count_tail(count + 1, mean, variation) == pytest.approx(1 - below, abs=1e-9)


@given(st.integers(0, 40), st.floats(0.05, 30.0))
def test_without_variation_it_is_poissons(count: int, mean: float) -> None:
    single = [math.exp(n * math.log(mean) - mean - math.lgamma(n + 1)) for n in range(count)]
    assert poisson_tail(count, mean) == pytest.approx(1 - math.fsum(single), abs=1e-9)
    assert count_tail(count, mean, 1e-7) == pytest.approx(poisson_tail(count, mean), abs=1e-4)


def test_the_largest_figure_that_can_be_typed_is_answered() -> None:
    assert poisson_tail(9_999_999, 0.5) == 0.0
    assert count_tail(9_999_999, 400.0, 0.3) == pytest.approx(0.0, abs=1e-300)
    assert count_below(3, 9_999_999.0, 0.3) < 1e-15
