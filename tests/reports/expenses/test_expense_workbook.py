"""The workbook, read back by another program's reader."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import python_calamine

from jindu_desk.domain.expense_rules import Balance, elapsed_of
from jindu_desk.domain.expenses import FundSource, PayeeKind, PaymentMethod
from jindu_desk.domain.rule_files import read_expense_rules
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.queries.expenses import AdjustmentRow, BudgetLineRow, ExpenseBook, ExpenseRow
from jindu_desk.queries.rules import shipped_texts
from jindu_desk.reports.expenses.workbook import expense_workbook

MADE = date(2026, 10, 28)
LINE = BudgetLineRow(
    "l",
    2026,
    "publicity",
    "宣传教育",
    FundSource.OWN,
    "本级财政",
    "宣传教育（本级财政）",
    False,
    "",
    0,
    Balance(300_000, 50_000, 128_050),
    True,
)
ENTRY = ExpenseRow(
    id="e",
    number=1,
    on=date(2026, 10, 20),
    line_id="l",
    line_name=LINE.name,
    category="publicity",
    category_name="宣传教育",
    summary='=HYPERLINK("http://x")',
    payee_kind=PayeeKind.UNIT,
    payee="测试甲印务有限公司",
    class_department="30202",
    department_name="印刷费",
    class_government="50201",
    government_name="办公经费",
    amount_fen=128_055,
    voucher_number="记-0012",
    voucher_on=date(2026, 10, 22),
    papers=3,
    payment_method=PaymentMethod.TRANSFER,
    method_name="转账",
    handler="测试乙",
    witness="",
    approver="+测试丙",
    note="",
    reverses=None,
    reversed_by=2,
    attachments=0,
    locked=False,
)
BACK = replace(ENTRY, id="r", number=2, amount_fen=-5, reverses=1, reversed_by=None, voucher_on=None, summary="冲销")
CHANGE = AdjustmentRow("a", "l", LINE.name, date(2026, 9, 1), 50_000, "追加", "镇财〔2026〕9号")
RULES = read_expense_rules(shipped_texts()[RuleName.EXPENSES])
BOOK = ExpenseBook("u", 2026, (LINE,), (ENTRY, BACK), (CHANGE,), elapsed_of(2026, MADE), frozenset(), 0, RULES)
EMPTY = ExpenseBook("u", 2026, (), (), (), elapsed_of(2026, MADE), frozenset(), 0, RULES)


def read(content: bytes, sheet: str) -> list[list[object]]:
    workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    return [list(row) for row in workbook.get_sheet_by_name(sheet).to_python()]


def test_money_is_numbers_dates_are_dates_and_totals_add_up() -> None:
    content = expense_workbook(BOOK, unit_name="测试镇", made_on=MADE)

    budget, entries, changes = (read(content, name) for name in ("预算执行", "经费明细", "预算调整"))
    assert budget[3][3:9] == [3000.0, 500.0, 3500.0, 1280.5, 2219.5, 1280.5 / 3500]
    assert budget[-1][0] == "合计"
    assert entries[3][0] == 1.0
    assert entries[3][1] == date(2026, 10, 20)
    assert entries[3][8] == 1280.55
    assert entries[3][-1] == "已由第 2 号冲销"
    assert entries[4][8] == -0.05
    assert entries[4][10] == ""
    assert entries[-1][8] == 1280.5
    assert changes[3][2] == 500.0
    assert budget[0][0] == "测试镇2026年禁毒工作经费预算执行表"


def test_no_text_becomes_a_formula_or_a_link() -> None:
    content = expense_workbook(BOOK, unit_name="=测试镇", made_on=MADE)

    assert read(content, "经费明细")[3][4] == '=HYPERLINK("http://x")'
    with zipfile.ZipFile(BytesIO(content)) as parts:
        sheets = [parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "<hyperlink" in sheet for sheet in sheets)
    assert all("<pane" in sheet and 'orientation="landscape"' in sheet for sheet in sheets)


def test_the_same_rows_give_the_same_bytes_and_an_empty_book_opens() -> None:
    first, second = (expense_workbook(BOOK, unit_name="测试镇", made_on=MADE) for _ in range(2))

    assert first == second
    empty = read(expense_workbook(EMPTY, unit_name="测试镇", made_on=MADE), "预算执行")
    assert empty[-1][0] == "合计"
    assert empty[-1][8] == "—"


def test_only_the_entries_on_view_are_written() -> None:
    content = expense_workbook(BOOK, unit_name="测试镇", made_on=MADE, entries=[BACK])

    assert [row[0] for row in read(content, "经费明细")[3:]] == [2.0, "合计"]
