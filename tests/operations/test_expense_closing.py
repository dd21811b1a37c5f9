"""Months and years of the book are closed, and opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from tests.conftest import Clock
from tests.operations.test_expenses import add_line, book, draft, lock, own, spend

from jindu_desk.app.desk import Desk
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import PhoneNumberInText, TextMissing
from jindu_desk.errors.expense_closing import (
    BookMonthClosed,
    BookYearClosed,
    CarriedMoneyUsed,
    EntriesOpen,
    LaterMonthClosed,
    MonthClosedAlready,
    MonthNotBegun,
    MonthNotClosed,
    NoOpenMonth,
    NotALineToCarry,
    NothingToClose,
    VouchersMissing,
    YearClosedAlready,
    YearNotClosed,
    YearNotOver,
)
from jindu_desk.errors.expenses import BudgetLineInUse
from jindu_desk.operations import budget, expenses
from jindu_desk.operations.expense_closing import close_book_month, close_year, reopen_book_month, reopen_year
from jindu_desk.queries.expense_closing import month_closing, year_end
from jindu_desk.store import audit

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


def test_a_closed_month_takes_nothing_and_is_corrected_in_a_later_one(desk: Desk) -> None:
    line = add_line(desk)
    key = spend(desk, line, on=date(2026, 9, 10), voucher_number="记-1")
    close_book_month(desk.store, own(desk), SEPTEMBER)

    assert book(desk).closed_months == {f"2026-0{n}" for n in range(1, 10)}
    assert book(desk).entries[0].locked
    with pytest.raises(BookMonthClosed, match="2026-09"):
        spend(desk, line, on=date(2026, 9, 30))
    with pytest.raises(BookMonthClosed):
        spend(desk, line, on=date(2026, 3, 1))
    with pytest.raises(BookMonthClosed):
        expenses.reverse_expense(desk.store, key, date(2026, 9, 11), reason="写错")
    with pytest.raises(BookMonthClosed):
        expenses.set_voucher(desk.store, key, number="记-2", on=None, papers=0)
    with pytest.raises(BookMonthClosed):
        budget.adjust_budget(desk.store, line, on=date(2026, 9, 1), amount_fen=1, reason="追加", approval="某号文")
    expenses.reverse_expense(desk.store, key, date(2026, 10, 8), reason="写错")
    assert book(desk).total.spent_fen == 0


def test_entries_without_a_voucher_are_told_before_and_can_be_closed_all_the_same(desk: Desk) -> None:
    line = add_line(desk)
    spend(desk, line, on=date(2026, 9, 10), voucher_number="记-1")
    spend(desk, line, on=date(2026, 10, 2))
    undone = spend(desk, line, on=date(2026, 10, 3))
    expenses.reverse_expense(desk.store, undone, date(2026, 10, 4), reason="写错")

    found = month_closing(desk.store, own(desk), OCTOBER)
    assert (found.entries, found.without_voucher, found.first_without) == (4, 1, 2)
    with pytest.raises(VouchersMissing, match="1 笔"):
        close_book_month(desk.store, own(desk), OCTOBER)
    assert book(desk).closed_months == frozenset()
    close_book_month(desk.store, own(desk), OCTOBER, confirmed=True)
    with pytest.raises(MonthClosedAlready):
        close_book_month(desk.store, own(desk), OCTOBER)
    with pytest.raises(MonthNotBegun):
        close_book_month(desk.store, own(desk), Month(2026, 11))


def test_the_last_closing_is_taken_back_with_a_reason_that_is_on_record(desk: Desk) -> None:
    line = add_line(desk)
    close_book_month(desk.store, own(desk), OCTOBER)
    with pytest.raises(LaterMonthClosed, match="2026-10"):
        reopen_book_month(desk.store, own(desk), SEPTEMBER, reason="补记")
    with pytest.raises(TextMissing):
        reopen_book_month(desk.store, own(desk), OCTOBER, reason=" ")
    with pytest.raises(PhoneNumberInText):
        reopen_book_month(desk.store, own(desk), OCTOBER, reason="问 13800001234")
    reopen_book_month(desk.store, own(desk), OCTOBER, reason="补记一笔")
    with pytest.raises(MonthNotClosed):
        reopen_book_month(desk.store, own(desk), OCTOBER, reason="补记一笔")
    spend(desk, line)
    with desk.store.read() as session:
        assert audit.find_break(session) is None


def prepared(desk: Desk, clock: Clock) -> tuple[str, str]:
    """A restricted and a free line of 2026 with something left, all of the year closed; it is January 2027."""
    grant = add_line(desk, 900_000, category="social_workers", fund_source=FundSource.PROVINCE, restricted=True)
    free = add_line(desk, 500_000)
    payee = {"category": "social_workers", "payee": "测试甲社工服务中心"}
    spend(desk, grant, amount_fen=300_000, voucher_number="记-1", **payee)
    spend(desk, free, voucher_number="记-2")
    clock.now = datetime(2027, 1, 5, 9, 0)
    close_book_month(desk.store, own(desk), Month(2026, 12))
    return grant, free


def test_a_year_carries_restricted_balances_into_the_next_as_an_opening_adjustment(desk: Desk, clock: Clock) -> None:
    grant, free = prepared(desk, clock)
    found = year_end(desk.store, own(desk), 2026)
    assert ([line.id for line in found.lines], found.proposed) == ([grant, free], frozenset({grant}))

    done = close_year(desk.store, own(desk), 2026, found.proposed, reason="结余结转", approval="镇财〔2027〕1号")

    assert (done.lines, done.carried_fen) == (1, 600_000)
    (line,) = book(desk, 2027).lines
    assert (line.name, line.restricted, line.balance.initial_fen, line.balance.left_fen) == (
        "禁毒社工（省级专项）",
        True,
        0,
        600_000,
    )
    (adjustment,) = book(desk, 2027).adjustments
    assert (adjustment.on, adjustment.reason, adjustment.approval) == (date(2027, 1, 1), "结余结转", "镇财〔2027〕1号")
    closed = book(desk)
    assert closed.year_closed
    assert closed.lines[0].balance.left_fen == 600_000  # the year stays as it ended
    assert year_end(desk.store, own(desk), 2026).carried == {grant: 600_000}
    with pytest.raises(BookYearClosed):
        spend(desk, free)
    with pytest.raises(BookYearClosed):
        add_line(desk, note="另一笔")
    with pytest.raises(BookYearClosed):
        reopen_book_month(desk.store, own(desk), Month(2026, 12), reason="补记")
    with pytest.raises(YearClosedAlready):
        close_year(desk.store, own(desk), 2026, (), reason="结转", approval="某号文")


def test_the_next_years_line_of_the_same_kind_gets_it_in_its_first_open_month(desk: Desk, clock: Clock) -> None:
    grant, free = prepared(desk, clock)
    budget.copy_budget_lines(desk.store, own(desk), 2026, 2027)
    lock(desk, "2027-01")
    close_year(desk.store, own(desk), 2026, [grant, free], reason="结转", approval="某号文")

    after = book(desk, 2027)
    assert [line.balance.adjusted_fen for line in after.lines] == [1_500_000, 500_000 + 371_950]
    assert {row.on for row in after.adjustments} == {date(2027, 2, 1)}


def test_a_year_is_not_closed_while_entries_are_open_or_it_is_not_over(desk: Desk, clock: Clock) -> None:
    with pytest.raises(YearNotOver):
        close_year(desk.store, own(desk), 2026, (), reason="结转", approval="某号文")
    clock.now = datetime(2026, 12, 31, 9, 0)
    with pytest.raises(NothingToClose):
        close_year(desk.store, own(desk), 2026, (), reason="结转", approval="某号文")
    line = add_line(desk, 128_050)
    spend(desk, line, on=date(2026, 11, 2))
    with pytest.raises(EntriesOpen, match=r"1 笔.*2026-11"):
        close_year(desk.store, own(desk), 2026, (), reason="结转", approval="某号文")
    lock(desk, "2026-11")  # reported: that closes it too
    with pytest.raises(TextMissing, match="批准依据"):
        close_year(desk.store, own(desk), 2026, (), reason="结转", approval=" ")
    with pytest.raises(NotALineToCarry):
        close_year(desk.store, own(desk), 2026, [line], reason="结转", approval="某号文")
    assert not book(desk).year_closed


def test_no_month_of_the_next_year_is_open(desk: Desk, clock: Clock) -> None:
    grant, _ = prepared(desk, clock)
    for number in range(1, 13):
        lock(desk, f"2027-{number:02}")
    with pytest.raises(NoOpenMonth):
        close_year(desk.store, own(desk), 2026, [grant], reason="结转", approval="某号文")


def test_closing_a_year_is_taken_back_while_nothing_was_booked_on_it(desk: Desk, clock: Clock) -> None:
    grant, _ = prepared(desk, clock)
    with pytest.raises(YearNotClosed):
        reopen_year(desk.store, own(desk), 2026)
    close_year(desk.store, own(desk), 2026, [grant], reason="结转", approval="某号文")
    reopen_year(desk.store, own(desk), 2026)
    assert (book(desk, 2027).lines, book(desk, 2027).adjustments) == ((), ())
    assert not book(desk).year_closed

    close_year(desk.store, own(desk), 2026, [grant], reason="结转", approval="某号文")
    (line,) = book(desk, 2027).lines
    expenses.book_expense(
        desk.store,
        draft(line.id, on=date(2027, 1, 4), category="social_workers", payee="测试甲社工服务中心", amount_fen=100),
    )
    with pytest.raises(CarriedMoneyUsed, match="2027 年“禁毒社工"):
        reopen_year(desk.store, own(desk), 2026)
    assert book(desk).year_closed
    with desk.store.read() as session:
        assert audit.find_break(session) is None


def test_carried_money_that_was_reported_or_cut_stays(desk: Desk, clock: Clock) -> None:
    grant, _ = prepared(desk, clock)
    close_year(desk.store, own(desk), 2026, [grant], reason="结转", approval="某号文")
    (line,) = book(desk, 2027).lines
    budget.adjust_budget(desk.store, line.id, on=date(2027, 1, 4), amount_fen=-1, reason="压减", approval="某号文")
    with pytest.raises(CarriedMoneyUsed):
        reopen_year(desk.store, own(desk), 2026)


def test_a_line_made_for_carried_money_still_gets_its_own_budget(desk: Desk, clock: Clock) -> None:
    grant, _ = prepared(desk, clock)
    close_year(desk.store, own(desk), 2026, [grant], reason="结转", approval="某号文")
    (line,) = book(desk, 2027).lines
    assert not line.in_use
    wanted = budget.BudgetLineDraft(2027, "social_workers", FundSource.PROVINCE, 700_000, restricted=True)
    budget.change_budget_line(desk.store, line.id, wanted)
    assert book(desk, 2027).lines[0].balance.adjusted_fen == 1_300_000
    for other in (replace(wanted, category="training"), replace(wanted, note="另一笔")):
        with pytest.raises(BudgetLineInUse):
            budget.change_budget_line(desk.store, line.id, other)
    with pytest.raises(BudgetLineInUse):
        budget.remove_budget_line(desk.store, line.id)

    reopen_year(desk.store, own(desk), 2026)
    assert [each.balance.adjusted_fen for each in book(desk, 2027).lines] == [700_000]
