import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.money import parse_fen, yuan_text
from jindu_desk.errors.entry import NotMoney


@given(st.integers(-(10**13), 10**13))
def test_text_reads_back(fen: int) -> None:
    assert parse_fen(yuan_text(fen)) == fen


@pytest.mark.parametrize(
    ("text", "fen"),
    [("1280.5", 128050), ("¥1,280.50", 128050), ("１２．３", 1230), ("-3", -300), (" 0 ", 0), ("0.07", 7)],
)
def test_as_people_write_it(text: str, fen: int) -> None:
    assert parse_fen(text) == fen


@pytest.mark.parametrize("text", ["", "十元", "1.234", "1e5", "NaN", "--3", "1.2.3", "9" * 20])
def test_what_is_not_money_says_so(text: str) -> None:
    with pytest.raises(NotMoney):
        parse_fen(text)
