"""经费台账 and 预算执行表: sums by page, month and year, against figures added up by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from io import BytesIO

import python_calamine
from tests.reports.form_reading import in_order, pages_of, text_of

from jindu_desk.app.desk import Desk
from jindu_desk.domain.expense_rules import Balance, Elapsed
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.months import Month
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line, adjust_budget
from jindu_desk.operations.expenses import ExpenseDraft, book_expense, reverse_expense
from jindu_desk.reports.expenses.book_paper import BookEntry, BookMonth, BookPaper, expense_book_printed
from jindu_desk.reports.expenses.budget_paper import BudgetEntry, BudgetPaper, budget_printed
from jindu_desk.reports.papers import KINDS, PaperKind, occasion_of
from jindu_desk.reports.typesetting.fonts import FontSet

OCTOBER = Month(2026, 10)
ENTRY = BookEntry(
    7, date(2026, 10, 9), "印制折页", "测试甲印务有限公司", "宣传教育", "本级财政", "30202\n50201", 128_050
)
BACK = replace(ENTRY, number=9, amount_fen=-28_050, remark="冲销第8号", voucher="记-0012", papers=2)
BOOK = BookPaper(
    "测试镇", "2026年10月", date(2026, 11, 3), 2_217_000, (BookMonth(OCTOBER, (ENTRY, BACK)),), ("填表人", "审核人")
)


def kind(key: str) -> PaperKind:
    return next(kind for kind in KINDS if kind.key == key)


def test_a_month_begins_with_what_was_spent_and_ends_with_its_sums_in_capitals(fonts: FontSet) -> None:
    text = text_of(expense_book_printed(BOOK, fonts).content)
    parts = [
        "禁毒工作经费台账测试镇2026年10月编制日期2026年11月3日",
        "承前累计22,170.00",
        "710月9日印制折页测试甲印务有限公司宣传教育本级财政30202502011,280.50",
        "-280.50记-00122冲销第8号",
        "10月合计（共2笔）1,000.00",
        "本年累计23,170.00",
        "本页小计1,000.00",
        "2026年10月支出合计（大写）：人民币壹仟元整本年累计（大写）：人民币贰万叁仟壹佰柒拾元整",
        "填表人审核人",
    ]
    assert in_order(text, parts) is None
    empty = replace(BOOK, brought_fen=0, months=(BookMonth(OCTOBER),))
    assert "10月合计（没有支出）0.00" in text_of(expense_book_printed(empty, fonts).content)


def test_each_page_ends_with_the_sum_of_its_own_entries(fonts: FontSet) -> None:
    entries = tuple(replace(ENTRY, number=n, summary=f"事项{n}号", amount_fen=n * 101) for n in range(1, 61))
    months = (BookMonth(Month(2026, 9), entries[:25]), BookMonth(OCTOBER, entries[25:]))
    pages = pages_of(expense_book_printed(replace(BOOK, brought_fen=0, months=months), fonts).content)
    listed = [[int(n) for n in re.findall(r"事项(\d+)号", page)] for page in pages]
    assert len(pages) > 3
    assert [n for page in listed for n in page] == list(range(1, 61))
    for page, numbers in zip(pages, listed, strict=True):
        if numbers:
            assert f"本页小计{sum(numbers) * 1.01:,.2f}" in page
    assert "9月合计（共25笔）328.25本年累计328.25" in "".join(pages)  # 1 + … + 25 = 325
    assert in_order("".join(pages), ["10月合计（共35笔）1,520.05", "本年累计1,848.30"]) is None  # 1 + … + 60 = 1830


def test_the_budget_is_summed_and_restricted_money_is_marked(fonts: FontSet) -> None:
    lines = (
        BudgetEntry("宣传教育", "本级财政", False, Balance(300_000, 50_000, 100_000), 40_000),
        BudgetEntry("禁毒社工", "省级专项", True, Balance(500_000, 0, 150_000), 0),
    )
    paper = BudgetPaper("测试镇", "2026年10月", date(2026, 10, 31), Elapsed(304, 365), lines)
    parts = [
        "截至2026年10月31日时间进度83.29%（304/365天）",
        "1宣传教育本级财政3,000.00500.003,500.00400.001,000.002,500.0028.57%",
        "2禁毒社工省级专项＊专款5,000.000.005,000.000.001,500.003,500.0030.00%",
        "合计8,000.00500.008,500.00400.002,500.006,000.0029.41%",
        "其中：专款专用5,000.000.005,000.000.001,500.003,500.0030.00%",
        "累计支出（大写）：人民币贰仟伍佰元整",
    ]
    assert in_order(text_of(budget_printed(paper, fonts).content), parts) is None


def test_a_month_that_is_over_is_told_as_it_was_at_its_end(desk: Desk, fonts: FontSet) -> None:
    store, unit = desk.store, desk.unit.unit.id
    line = str(add_budget_line(store, unit, BudgetLineDraft(2026, "publicity", FundSource.OWN, 1_000_000)).key)
    adjust_budget(store, line, on=date(2026, 10, 12), amount_fen=50_000, reason="追加", approval="镇长办公会")
    first = ""
    for on, fen in ((date(2026, 9, 3), 128_050), (date(2026, 9, 20), 20_000), (date(2026, 10, 9), 30_000)):
        draft = ExpenseDraft(line, on, "publicity", "折页", fen, "测试甲印务有限公司")
        key = str(book_expense(store, draft).key)
        first = first or key
    reverse_expense(store, first, date(2026, 10, 20), reason="写错")

    september, october = (occasion_of(store, desk.unit, month, fonts) for month in (Month(2026, 9), OCTOBER))
    row = "1宣传教育本级财政10,000.00"
    told = text_of(kind("budget").printed(september).content)
    assert f"{row}0.0010,000.001,480.501,480.508,519.5014.81%" in told
    told = text_of(kind("budget").printed(october).content)
    assert "截至2026年10月28日" in told  # the day of printing: October is not over
    assert f"{row}500.0010,500.00-980.50500.0010,000.004.76%" in told
    told = text_of(kind("expenses").printed(october).content)
    parts = [
        "承前累计1,480.50",
        "-1,280.50",
        "冲销第1号",
        "10月合计（共2笔）-980.50",
        "本年累计500.00",
        "人民币负玖佰捌拾元伍角整",
    ]
    assert in_order(told, parts) is None
    told = text_of(kind("expense_year").printed(october).content)
    assert (
        in_order(told, ["已由第4号冲销", "9月合计（共2笔）1,480.50", "10月合计（共2笔）-980.50本年累计500.00"]) is None
    )

    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(kind("budget").workbook(september)))
    rows = book.get_sheet_by_name("预算执行").to_python()
    assert rows[2][3:10] == [
        "年初预算（元）",
        "调整（元）",
        "调整后预算（元）",
        "本月支出（元）",
        "已支出（元）",
        "余额（元）",
        "执行率",
    ]
    assert [round(float(str(cell)), 3) for cell in rows[3][3:10]] == [10000, 0, 10000, 1480.5, 1480.5, 8519.5, 0.148]
    assert rows[4][3:9] == rows[3][3:9]
