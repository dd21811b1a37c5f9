from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.rounding import percent_hundredths, percent_text


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (1, 3, "33.33%"),
        (2, 3, "66.67%"),
        (1, 800, "0.13%"),  # 0.125 goes up
        (0, 5, "0.00%"),
        (5, 5, "100.00%"),
        (3, 0, "—"),
        (None, 4, "—"),
        (-1, 800, "-0.13%"),
    ],
)
def test_half_goes_up_and_no_denominator_is_a_dash(numerator: int | None, denominator: int, text: str) -> None:
    assert percent_text(numerator, denominator) == text


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_never_further_than_half_a_hundredth(numerator: int, denominator: int) -> None:
    rounded = percent_hundredths(numerator, denominator)
    assert rounded is not None
    assert abs(Fraction(rounded, 10_000) - Fraction(numerator, denominator)) <= Fraction(1, 20_000)
