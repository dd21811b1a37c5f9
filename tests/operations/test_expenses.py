"""Budget lines and entries through the door of the store."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jindu_desk.app.desk import Desk
from jindu_desk.domain.changes import Subject
from jindu_desk.domain.expenses import FundSource, PayeeKind
from jindu_desk.errors.entry import IdNumberInText, PhoneNumberInText, TextMissing
from jindu_desk.errors.expenses import (
    AdjustmentBelowSpent,
    AlreadyReversed,
    BeyondBudgetLine,
    BeyondBudgetLineThatDay,
    BudgetLineExists,
    BudgetLineInUse,
    DateAhead,
    NoBudgetLine,
    NoExpense,
    NoLinesToCopy,
    RepeatedVoucher,
    ReversalOfReversal,
)
from jindu_desk.errors.folder import AttachmentMissing, CannotReadFile
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations import budget, expenses
from jindu_desk.queries.attachments import attachments_of, copy_out
from jindu_desk.queries.expenses import ExpenseBook, expense_book
from jindu_desk.store.tables import MonthLock

TODAY = date(2026, 10, 28)


def own(desk: Desk) -> str:
    return desk.unit.unit.id


def book(desk: Desk, year: int = 2026) -> ExpenseBook:
    return expense_book(desk.store, own(desk), year, TODAY)


def add_line(desk: Desk, fen: int = 5_000_000, **changed: object) -> str:
    values: dict[str, object] = {"year": 2026, "category": "publicity", "fund_source": FundSource.OWN}
    draft = budget.BudgetLineDraft(**(values | {"initial_fen": fen} | changed))  # type: ignore[arg-type]
    key = budget.add_budget_line(desk.store, own(desk), draft).key
    assert key
    return key


def draft(line_id: str, **changed: object) -> expenses.ExpenseDraft:
    values: dict[str, object] = {
        "line_id": line_id,
        "on": date(2026, 10, 20),
        "category": "publicity",
        "summary": "印制宣传折页",
        "amount_fen": 128_050,
        "payee": "测试甲印务有限公司",
    }
    return expenses.ExpenseDraft(**(values | changed))  # type: ignore[arg-type]


def spend(desk: Desk, line_id: str, **changed: object) -> str:
    key = expenses.book_expense(desk.store, draft(line_id, **changed)).key
    assert key
    return key


def lock(desk: Desk, month: str) -> None:
    with desk.store.write("lock_for_test") as w:
        values = {"unit_id": own(desk), "month": month, "sent_number": 3, "locked_at": datetime(2026, 11, 2, 9, 0)}
        w.session.add(MonthLock.model_validate(values))


def test_an_entry_is_numbered_classified_and_counted_against_its_line(desk: Desk) -> None:
    line = add_line(desk)
    changes = expenses.book_expense(desk.store, draft(line))
    spend(desk, line, on=date(2026, 3, 2), class_department="30201")

    second, first = book(desk).entries
    assert changes.subjects == {Subject.EXPENSES}
    assert (first.id, first.number, second.number) == (changes.key, 1, 2)
    assert (first.class_department, first.class_government) == ("30202", "50201")
    assert second.class_department == "30201"
    (row,) = book(desk).lines
    assert (row.balance.spent_fen, row.balance.left_fen) == (256_100, 4_743_900)
    assert (row.balance.rate, row.name, row.in_use) == ("5.12%", "宣传教育（本级财政）", True)


def test_numbers_run_per_year(desk: Desk) -> None:
    spend(desk, add_line(desk))
    spend(desk, add_line(desk, year=2025), on=date(2025, 12, 30))

    assert [row.number for row in book(desk).entries] == [1]
    assert [row.number for row in book(desk, 2025).entries] == [1]


def test_spending_beyond_the_line_waits_for_an_adjustment(desk: Desk) -> None:
    line = add_line(desk, 100_000)
    with pytest.raises(BeyondBudgetLine):
        spend(desk, line)
    assert book(desk).entries == ()

    budget.adjust_budget(
        desk.store, line, on=date(2026, 9, 1), amount_fen=50_000, reason="追加宣传经费", approval="镇财〔2026〕9号"
    )
    spend(desk, line)

    assert book(desk).total.left_fen == 21_950
    assert [(row.amount_fen, row.approval) for row in book(desk).adjustments] == [(50_000, "镇财〔2026〕9号")]


def test_an_adjustment_needs_its_reason_and_leaves_what_is_spent(desk: Desk) -> None:
    line = add_line(desk)
    spend(desk, line)
    with pytest.raises(TextMissing, match="批准依据"):
        budget.adjust_budget(desk.store, line, on=TODAY, amount_fen=1, reason="追加", approval=" ")
    with pytest.raises(AdjustmentBelowSpent):
        budget.adjust_budget(desk.store, line, on=TODAY, amount_fen=-4_900_000, reason="压减", approval="某号文")


def test_a_reversal_gives_the_money_back_once(desk: Desk) -> None:
    line = add_line(desk)
    first = spend(desk, line, voucher_number="记-0012")
    back = expenses.reverse_expense(desk.store, first, date(2026, 10, 21), reason="金额写错").key

    entry, reversal = book(desk).entries
    assert (entry.reversed_by, reversal.reverses, reversal.amount_fen) == (2, 1, -128_050)
    assert (reversal.line_id, reversal.note) == (line, "金额写错")
    assert book(desk).total.spent_fen == 0
    with pytest.raises(AlreadyReversed, match="第 2 号"):
        expenses.reverse_expense(desk.store, first, date(2026, 10, 22), reason="")
    with pytest.raises(ReversalOfReversal):
        expenses.reverse_expense(desk.store, str(back), date(2026, 10, 22), reason="")
    spend(desk, line, voucher_number="记-0012")  # the voucher of a reversed entry is free again


def test_money_given_back_later_cannot_be_spent_before(desk: Desk) -> None:
    line = add_line(desk, 100_00)
    first = spend(desk, line, amount_fen=100_00, on=date(2026, 10, 20))
    expenses.reverse_expense(desk.store, first, date(2026, 10, 27), reason="写错")

    for day in (date(2026, 10, 1), date(2026, 10, 20), date(2026, 10, 26)):
        with pytest.raises(BeyondBudgetLineThatDay, match=r"只剩 0\.00 元"):
            spend(desk, line, amount_fen=100_00, on=day)
    with pytest.raises(AdjustmentBelowSpent):
        budget.adjust_budget(desk.store, line, on=date(2026, 10, 1), amount_fen=-1, reason="压减", approval="某号文")
    spend(desk, line, amount_fen=100_00, on=date(2026, 10, 27))
    assert book(desk).total.left_fen == 0


def test_a_repeated_voucher_and_a_day_to_come_are_asked_and_can_be_confirmed(desk: Desk) -> None:
    line = add_line(desk)
    spend(desk, line, voucher_number="记-0012")
    with pytest.raises(RepeatedVoucher, match=r"第 1 号支出（2026-10-20，1,280\.50 元）"):
        spend(desk, line, voucher_number="记-0012")
    with pytest.raises(DateAhead):
        spend(desk, line, on=date(2026, 10, 29))

    expenses.book_expense(desk.store, draft(line, voucher_number="记-0012"), confirmed=True)
    expenses.book_expense(desk.store, draft(line, on=date(2026, 10, 29)), confirmed=True)
    spend(desk, add_line(desk, year=2025), on=date(2025, 5, 5), voucher_number="记-0012")  # another year

    assert len(book(desk).entries) == 3


def test_a_locked_month_takes_nothing_and_its_entry_can_be_reversed_later(desk: Desk) -> None:
    line = add_line(desk)
    key = spend(desk, line, on=date(2026, 9, 10))
    lock(desk, "2026-09")

    with pytest.raises(MonthLocked):
        spend(desk, line, on=date(2026, 9, 30))
    with pytest.raises(MonthLocked):
        expenses.reverse_expense(desk.store, key, date(2026, 9, 11), reason="写错")
    with pytest.raises(MonthLocked):
        expenses.set_voucher(desk.store, key, number="记-1", on=None, papers=0)
    with pytest.raises(MonthLocked):
        budget.adjust_budget(desk.store, line, on=date(2026, 9, 1), amount_fen=1, reason="追加", approval="某号文")
    assert book(desk).entries[0].locked

    expenses.reverse_expense(desk.store, key, date(2026, 10, 8), reason="写错")
    assert book(desk).total.spent_fen == 0


def test_no_personal_number_enters_the_book(desk: Desk) -> None:
    line = add_line(desk)
    with pytest.raises(IdNumberInText):
        spend(desk, line, summary="报销 320411199001011234")
    with pytest.raises(PhoneNumberInText):
        spend(desk, line, note="联系 13800001234")
    coded = draft(line, category="rewards", payee_kind=PayeeKind.CODED_RECEIPT, payee="JL-2026-003")
    expenses.book_expense(desk.store, coded)
    assert book(desk).entries[0].payee == "JL-2026-003"


def test_the_voucher_can_be_added_later(desk: Desk) -> None:
    line = add_line(desk)
    first, second = spend(desk, line, voucher_number="记-0012"), spend(desk, line)
    with pytest.raises(RepeatedVoucher):
        expenses.set_voucher(desk.store, second, number="记-0012", on=TODAY, papers=2)
    expenses.set_voucher(desk.store, first, number="记-0012", on=TODAY, papers=1)  # its own number is no repetition
    expenses.set_voucher(desk.store, second, number="记-0013", on=TODAY, papers=2)

    assert [(row.voucher_number, row.papers) for row in book(desk).entries] == [("记-0012", 1), ("记-0013", 2)]


def test_a_line_is_corrected_only_while_nothing_is_booked_on_it(desk: Desk) -> None:
    line = add_line(desk)
    wanted = budget.BudgetLineDraft(2026, "training", FundSource.CITY, 900, restricted=True, note="骨干")
    budget.change_budget_line(desk.store, line, wanted)
    (row,) = book(desk).lines
    assert (row.name, row.restricted, row.balance.initial_fen) == ("培训（市级）骨干", True, 900)

    spend(desk, line, category="training", amount_fen=900)
    with pytest.raises(BudgetLineInUse, match="培训（市级）"):
        budget.change_budget_line(desk.store, line, wanted)
    with pytest.raises(BudgetLineInUse, match="培训（市级）"):
        budget.remove_budget_line(desk.store, line)
    spare = add_line(desk)
    budget.remove_budget_line(desk.store, spare)
    assert len(book(desk).lines) == 1


def test_a_second_line_of_the_same_kind_needs_a_note_of_its_own(desk: Desk) -> None:
    add_line(desk)
    with pytest.raises(BudgetLineExists, match="2026 年已有“宣传教育（本级财政）”"):
        add_line(desk)
    add_line(desk, note="校园")
    add_line(desk, year=2027)


def test_a_year_opens_with_the_lines_of_the_year_before(desk: Desk) -> None:
    line = add_line(desk, 100_000)
    add_line(desk, 30_000, category="rewards", fund_source=FundSource.DISTRICT, restricted=True)
    budget.adjust_budget(desk.store, line, on=TODAY, amount_fen=20_000, reason="追加", approval="某号文")
    spend(desk, line, amount_fen=5_000)
    assert book(desk, 2027).last_year_lines == 2

    budget.copy_budget_lines(desk.store, own(desk), 2026, 2027)

    copied = book(desk, 2027).lines
    assert [(row.category, row.balance.initial_fen, row.balance.spent_fen) for row in copied] == [
        ("publicity", 120_000, 0),
        ("rewards", 30_000, 0),
    ]
    assert copied[1].restricted
    with pytest.raises(NoLinesToCopy):
        budget.copy_budget_lines(desk.store, own(desk), 2026, 2027)


def test_what_is_gone_is_told(desk: Desk) -> None:
    with pytest.raises(NoBudgetLine):
        spend(desk, "gone")
    with pytest.raises(NoExpense):
        expenses.reverse_expense(desk.store, "gone", TODAY, reason="")


def test_a_receipt_is_kept_by_its_content_and_comes_out_unchanged(desk: Desk, tmp_path: Path) -> None:
    key = spend(desk, add_line(desk))
    paper = tmp_path / "发票.pdf"
    paper.write_bytes(b"%PDF-1.4 made up")
    expenses.attach_to_expense(desk.store, desk.paths, key, paper)
    paper.write_bytes(b"altered outside")

    (row,) = attachments_of(desk.store, Subject.EXPENSES, key)
    assert (row.name, row.size) == ("发票.pdf", 16)
    assert book(desk).entries[0].attachments == 1
    assert copy_out(desk.paths, row, tmp_path / "open").read_bytes() == b"%PDF-1.4 made up"

    with pytest.raises(CannotReadFile):
        expenses.attach_to_expense(desk.store, desk.paths, key, tmp_path / "gone.pdf")
    (desk.paths.attachments / row.sha256[:2] / row.sha256).write_bytes(b"tampered")
    with pytest.raises(AttachmentMissing, match="发票"):
        copy_out(desk.paths, row, tmp_path / "open")
    expenses.detach_from_expense(desk.store, row.id)
    assert attachments_of(desk.store, Subject.EXPENSES, key) == ()
    with pytest.raises(NoExpense):
        expenses.detach_from_expense(desk.store, row.id)


booked_on = st.integers(1, 28).map(lambda day: date(2026, 10, day))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("book"), st.integers(1, 400), booked_on),
        st.tuples(st.just("reverse"), st.integers(0, 5), booked_on),
        st.tuples(st.just("adjust"), st.integers(-300, 300).filter(bool), booked_on),
    ),
    max_size=8,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_is_booked_the_sums_hold_and_the_line_is_overdrawn_on_no_day(
    desk: Desk, done: list[tuple[str, int, date]]
) -> None:
    line = add_line(desk, 500, note=f"{len(book(desk).lines)}")
    for verb, value, on in done:
        mine = [row for row in book(desk).entries if row.line_id == line]
        try:
            if verb == "book":
                spend(desk, line, amount_fen=value, on=on)
            elif verb == "adjust":
                budget.adjust_budget(desk.store, line, on=on, amount_fen=value, reason="试", approval="试")
            elif mine:
                first = mine[value % len(mine)]
                expenses.reverse_expense(desk.store, first.id, max(on, first.on), reason="试")
        except (BeyondBudgetLine, AdjustmentBelowSpent, AlreadyReversed, ReversalOfReversal):
            pass
    state = next(row.balance for row in book(desk).lines if row.id == line)
    entries = [row for row in book(desk).entries if row.line_id == line]
    added = [row for row in book(desk).adjustments if row.line_id == line]
    assert state.spent_fen == sum(row.amount_fen for row in entries)
    assert state.adjusted_fen == 500 + sum(row.amount_fen for row in added)
    for day in {row.on for row in entries} | {row.on for row in added}:
        there = 500 + sum(row.amount_fen for row in added if row.on <= day)
        assert sum(row.amount_fen for row in entries if row.on <= day) <= there
