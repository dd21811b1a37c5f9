from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.rounding import parse_percent, percent_hundredths, percent_text
from jindu_desk.errors.entry import NotAPercent


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


@given(st.integers(0, 10_000))
def test_a_percent_reads_back(hundredths: int) -> None:
    assert parse_percent(percent_text(hundredths, 10_000)) == hundredths


@pytest.mark.parametrize("text", ["", "101", "-1", "100.01", "9.555", "九成", "1e2"])
def test_what_is_not_a_percent_says_so(text: str) -> None:
    with pytest.raises(NotAPercent, match="0 到 100"):
        parse_percent(text)
