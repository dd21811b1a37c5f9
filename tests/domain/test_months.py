from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import NotAMonth

months = st.builds(Month, st.integers(2001, 2098), st.integers(1, 12))


@given(months)
def test_text_reads_back(month: Month) -> None:
    assert Month.parse(str(month)) == month


@given(months, st.integers(-11, 11))
def test_plus_and_back(month: Month, n: int) -> None:
    assert month.plus(n).plus(-n) == month
    assert (month.plus(n) > month) == (n > 0)


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "26-10", "2026-1", "2026/10", "1999-12", "2026-10-01", "十月"]
)
def test_what_is_not_a_month_says_so(text: str) -> None:
    with pytest.raises(NotAMonth, match="2026-10"):
        Month.parse(text)


def test_days() -> None:
    february = Month(2028, 2)
    assert february.last_day == date(2028, 2, 29)
    assert february.holds(date(2028, 2, 29))
    assert not february.holds(date(2027, 2, 28))
    assert [str(m) for m in Month(2026, 3).year_to_date] == ["2026-01", "2026-02", "2026-03"]
