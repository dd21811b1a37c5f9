"""Entries found, sorted and summed by the database."""

from __future__ import annotations

from datetime import date

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.domain.expenses import FundSource
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.expenses import ExpenseDraft, book_expense, reverse_expense
from jindu_desk.queries.expense_entries import (
    EntryFilter,
    FoundEntries,
    Order,
    Voucher,
    entries_by_id,
    find_entries,
)

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def lines(desk: Desk) -> list[str]:
    """Two lines with four entries, the last of which reverses the second."""
    unit = desk.unit.unit.id
    made = [
        str(add_budget_line(desk.store, unit, BudgetLineDraft(2026, category, FundSource.OWN, 1_000_000)).key)
        for category in ("publicity", "training")
    ]
    keys = []
    for line, on, summary, fen, payee, voucher in (
        (0, date(2026, 9, 3), "宣传折页 Flyer", 128_050, "测试甲印务有限公司", "记-0012"),
        (0, date(2026, 10, 9), "横幅", 20_000, "测试乙广告有限公司", ""),
        (1, date(2026, 10, 9), "培训场地", 30_000, "测试丙会务中心", "记-0013"),
    ):
        draft = ExpenseDraft(
            made[line], on, ("publicity", "training")[line], summary, fen, payee, voucher_number=voucher
        )
        keys.append(str(book_expense(desk.store, draft).key))
    reverse_expense(desk.store, keys[1], date(2026, 10, 20), reason="写错")
    return made


def found(desk: Desk, **wanted: object) -> FoundEntries:
    asked = {"since": YEAR[0], "until": YEAR[1]} | wanted
    return find_entries(desk.store, desk.unit.unit.id, EntryFilter(**asked), descending=False)  # type: ignore[arg-type]


def summaries(desk: Desk, **wanted: object) -> list[str]:
    return [f"{row.number} {row.summary}" for row in found(desk, **wanted).first]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("flyer", "1"),
        ("1280.50", "1"),
        ("1,280.5", "1"),
        ("1280.49", ""),
        ("300", "3"),
        ("宣传教育 乙广告", "24"),
        ("#3", "3"),
        ("#33", ""),
        ("培训", "3"),
        ("记-0013", "3"),
        ("%", ""),
        ("_", ""),
        ("写错", "4"),
    ],
)
def test_every_word_is_looked_for_in_texts_names_amounts_and_numbers(
    desk: Desk, lines: list[str], text: str, numbers: str
) -> None:
    del lines
    assert "".join(str(row.number) for row in found(desk, text=text).first) == numbers


def test_months_lines_categories_and_vouchers_narrow(desk: Desk, lines: list[str]) -> None:
    october = {"since": date(2026, 10, 1), "until": date(2026, 10, 31)}
    assert summaries(desk, **october) == ["2 横幅", "3 培训场地", "4 横幅"]
    assert summaries(desk, line_id=lines[1]) == ["3 培训场地"]
    assert summaries(desk, category="training", text="场地") == ["3 培训场地"]
    assert summaries(desk, voucher=Voucher.WITHOUT) == ["2 横幅", "4 横幅"]
    assert summaries(desk, voucher=Voucher.WITH, **october) == ["3 培训场地"]


def test_any_run_of_the_found_is_summed_and_a_reversal_counts_against_its_entry(desk: Desk, lines: list[str]) -> None:
    del lines
    all_of_them = found(desk)
    assert all_of_them.total_fen == 158_050
    assert (all_of_them.sum_of(0, 1), all_of_them.sum_of(1, 3), all_of_them.sum_of(2, 2)) == (148_050, 30_000, 30_000)
    assert [(row.reverses, row.reversed_by) for row in all_of_them.first] == [
        (None, None),
        (None, 4),
        (None, None),
        (2, None),
    ]


@pytest.mark.parametrize(
    ("order", "numbers"),
    [
        (Order.NUMBER, "1234"),
        (Order.ON, "1234"),
        (Order.AMOUNT, "4231"),
        (Order.CATEGORY, "3124"),
        (Order.VOUCHER, "2413"),
        (Order.STATE, "1324"),
        (Order.ATTACHMENTS, "1234"),
    ],
)
def test_the_database_sorts_and_the_other_way_round_is_the_other_way_round(
    desk: Desk, lines: list[str], order: Order, numbers: str
) -> None:
    del lines
    unit, wanted = desk.unit.unit.id, EntryFilter(*YEAR)
    up = find_entries(desk.store, unit, wanted, order=order, descending=False)
    down = find_entries(desk.store, unit, wanted, order=order, descending=True)
    assert "".join(str(row.number) for row in up.first) == numbers
    assert down.ids == up.ids[::-1]


def test_runs_of_those_kept_and_rows_by_id(desk: Desk, lines: list[str]) -> None:
    del lines
    ids = found(desk).ids
    unit = desk.unit.unit.id
    again = find_entries(desk.store, unit, EntryFilter(*YEAR), keep=[ids[0], ids[1], ids[3], "gone"], goal=ids[0])
    assert (again.kept, again.goal) == (((0, 0), (2, 3)), 3)  # newest first
    assert find_entries(desk.store, unit, EntryFilter(*YEAR), goal="gone").goal is None
    rows = entries_by_id(desk.store, unit, 2026, [ids[2], "gone", ids[0]])
    assert [row.number for row in rows] == [3, 1]
    assert entries_by_id(desk.store, "another-unit", 2026, ids) == ()
