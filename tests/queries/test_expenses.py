"""The expense book as rows."""

from __future__ import annotations

from datetime import date

from jindu_desk.app.desk import Desk
from jindu_desk.domain.expenses import FundSource
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.expenses import ExpenseDraft, book_expense, reverse_expense
from jindu_desk.queries.expenses import ExpenseBook, budget_total, expense_book

TODAY = date(2026, 10, 28)


def filled(desk: Desk) -> ExpenseBook:
    unit = desk.unit.unit.id
    lines = [
        str(add_budget_line(desk.store, unit, BudgetLineDraft(2026, category, FundSource.OWN, 1_000_000)).key)
        for category in ("publicity", "training")
    ]
    for line, on, summary, fen, payee in (
        (0, date(2026, 9, 3), "宣传折页 Flyer", 128_050, "测试甲印务有限公司"),
        (0, date(2026, 10, 9), "横幅", 20_000, "测试乙广告有限公司"),
        (1, date(2026, 10, 9), "培训场地", 30_000, "测试丙会务中心"),
    ):
        category = ("publicity", "training")[line]
        book_expense(desk.store, ExpenseDraft(lines[line], on, category, summary, fen, payee))
    return expense_book(desk.store, unit, 2026, TODAY)


def test_sums_and_rates_are_of_the_whole_year(desk: Desk) -> None:
    book = filled(desk)

    assert sum(row.amount_fen for row in book.entries) == book.total.spent_fen == 178_050
    assert (book.total.rate, book.elapsed.share) == ("8.90%", "82.47%")
    assert budget_total(desk.store, book.unit_id, 2026) == book.total
    assert budget_total(desk.store, book.unit_id, 2020).rate == "—"


def test_a_reversal_counts_against_its_entry(desk: Desk) -> None:
    book = filled(desk)
    reverse_expense(desk.store, book.entries[0].id, TODAY, reason="写错")
    after = expense_book(desk.store, book.unit_id, 2026, TODAY)

    assert sum(row.amount_fen for row in after.entries) == 50_000
    assert [(row.reverses, row.reversed_by) for row in after.entries] == [
        (None, 4),
        (None, None),
        (None, None),
        (1, None),
    ]


def test_another_units_book_stays_out(desk: Desk) -> None:
    filled(desk)
    other = expense_book(desk.store, "another-unit", 2026, TODAY)

    assert (other.lines, other.entries, other.adjustments) == ((), (), ())
