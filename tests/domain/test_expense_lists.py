"""What the columns and cells of a finance office's list say."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.expense_lists import (
    ListField,
    ListWords,
    Raw,
    guess_columns,
    heading_row,
    is_total,
    read_amount,
    read_day,
    read_words,
)
from jindu_desk.domain.money import yuan_text
from jindu_desk.errors.entry import NotADate, NotMoney
from jindu_desk.errors.expense_lists import RedEntry
from jindu_desk.paths import resource


@pytest.fixture(scope="module")
def words() -> ListWords:
    return read_words(resource("expense_lists.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "raw",
    [
        "2026/3/5",
        "2026-03-05",
        "2026.3.5",
        "20260305",
        20260305,
        "2026年3月5日",
        "２０２６／３／５",
        "2026-03-05 12:30:00",
        46086,
        46086.5,
        "46086",
        date(2026, 3, 5),
        datetime(2026, 3, 5, 8, 0),
    ],
)
def test_a_date_in_any_of_its_shapes(raw: Raw) -> None:
    assert read_day(raw) == date(2026, 3, 5)


@pytest.mark.parametrize("raw", ["", None, "2026-02-30", "3月5日", "20261305", "123", "abc", 1.5, "2026-3"])
def test_what_is_no_date_is_none(raw: Raw) -> None:
    with pytest.raises(NotADate):
        read_day(raw)


@pytest.mark.parametrize(
    ("raw", "fen"),
    [
        ("1,234.50", 123_450),
        ("￥1,234.5", 123_450),
        ("¥ 1234.50", 123_450),
        ("１，２３４．５０", 123_450),
        ("1234.5元", 123_450),
        (1234.5, 123_450),
        (0.1 + 0.2, 30),
        (12, 1200),
        ("0", 0),
        ("-0.00", 0),
        ("1234.500", 123_450),
        ("", None),
        (None, None),
        ("　", None),
    ],
)
def test_an_amount_in_any_of_its_shapes(raw: Raw, fen: int | None) -> None:
    assert read_amount(raw) == fen


@pytest.mark.parametrize("raw", ["-3", "(3.00)", "（3.00）", "3-", "−3", -5.0, "￥-12.5", "-￥12.5"])
def test_a_red_amount_is_told_apart(raw: Raw) -> None:
    with pytest.raises(RedEntry, match="冲销"):
        read_amount(raw)


@pytest.mark.parametrize("raw", ["12,34", "1.234", "一百", "1e5", True, float("nan"), float("inf"), 0.001, "1 2"])
def test_what_is_no_amount_is_none(raw: Raw) -> None:
    with pytest.raises(NotMoney):
        read_amount(raw)


@given(st.integers(0, 10**12))
def test_every_amount_that_we_write_is_read_back(fen: int) -> None:
    assert read_amount(yuan_text(fen)) == read_amount(f"￥{yuan_text(fen)}元") == fen


def test_columns_are_recognized_by_their_headings(words: ListWords) -> None:
    headings = ("序号", "凭证日期", "日 期", "凭证字号", "摘  要", "支出金额（元）", "对方户名", "项目名称", "备注")
    assert guess_columns(headings, words) == {
        ListField.VOUCHER_ON: 1,
        ListField.ON: 2,
        ListField.VOUCHER: 3,
        ListField.SUMMARY: 4,
        ListField.AMOUNT: 5,
        ListField.PAYEE: 6,
        ListField.LINE: 7,
        ListField.NOTE: 8,
    }


def test_debit_and_credit_stand_apart(words: ListWords) -> None:
    found = guess_columns(("日期", "摘要", "借方金额", "贷方金额"), words)
    assert (found[ListField.AMOUNT], found[ListField.CREDIT]) == (2, 3)


def test_the_headings_stand_below_a_title(words: ListWords) -> None:
    rows: list[tuple[Raw, ...]] = [
        ("某镇经费支出明细", None),
        ("单位：元",),
        ("日期", "摘要", "金额"),
        ("2026-01-01", "甲", 1),
    ]
    assert heading_row(rows, words) == 2
    assert heading_row([(None,), ("x", "y")], words) == 1


def test_sums_are_told_from_entries(words: ListWords) -> None:
    assert is_total((None, "合 计", 120.0), words)
    assert is_total(("本月合计", None), words)
    assert not is_total(("2026-01-01", "合计印制折页", 1), words)
