"""A finance office's list is tried and booked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.operations.test_expenses import add_line, book, lock, own, spend

from jindu_desk.app.desk import Desk
from jindu_desk.domain.changes import Subject
from jindu_desk.domain.expense_lists import ListField, ListMapping
from jindu_desk.domain.expenses import FundSource, PayeeKind
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import PhoneNumberInText
from jindu_desk.errors.expense_closing import BookMonthClosed
from jindu_desk.errors.expense_lists import (
    ColumnsMissing,
    ColumnTwice,
    ImportReversed,
    ListChanged,
    NoImport,
    NothingToImport,
)
from jindu_desk.errors.expenses import DateAhead, ReversalBeforeBatch
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations.expense_batches import reverse_import
from jindu_desk.operations.expense_closing import close_book_month
from jindu_desk.operations.expense_import import (
    ImportPlan,
    RowVerdict,
    check_mapping,
    import_expenses,
    line_texts,
    plan_import,
)
from jindu_desk.operations.expenses import reverse_expense
from jindu_desk.queries.expense_imports import standing_imports
from jindu_desk.queries.expense_lists import list_words, proposed_mapping, remembered_mapping
from jindu_desk.reports.expenses.list_reading import ReadList, read_expense_list
from jindu_desk.store import audit

HEADINGS = "日期,摘要,金额,收款单位,凭证号,预算科目"
GOOD = "2026-03-05,印制折页,1280.50,测试甲印务有限公司,记-0001,宣传教育"


def a_list(*rows: str, headings: str = HEADINGS) -> ReadList:
    return read_expense_list("\n".join((headings, *rows)).encode(), list_words(), file="清单.csv")


def guessed(desk: Desk, read: ReadList) -> ListMapping:
    lines = book(desk).lines
    first = proposed_mapping(desk.store, read.headings, (), lines)
    return proposed_mapping(desk.store, read.headings, line_texts(read, first), lines)


def tried(desk: Desk, *rows: str, headings: str = HEADINGS, duplicates: bool = False) -> ImportPlan:
    read = a_list(*rows, headings=headings)
    return plan_import(desk.store, own(desk), 2026, read, guessed(desk, read), with_duplicates=duplicates)


def imported(desk: Desk, *rows: str, duplicates: bool = False) -> ImportPlan:
    read = a_list(*rows)
    mapping = guessed(desk, read)
    plan = plan_import(desk.store, own(desk), 2026, read, mapping, with_duplicates=duplicates)
    return import_expenses(desk.store, own(desk), 2026, read, mapping, plan, with_duplicates=duplicates)


def why(plan: ImportPlan) -> list[str]:
    return [str(row.why) for row in plan.rows if row.why is not None]


def test_the_dry_run_books_nothing_and_the_import_all_of_it_at_once(desk: Desk) -> None:
    add_line(desk)
    add_line(desk, category="training")
    other = "2026/3/6,培训场地,￥300,测试丙会务中心,记-0002,培训费"
    plan = tried(desk, GOOD, other, "2026-03-07,没有收款单位,5,,记-0003,宣传教育", ",合计,1580.50,,,")
    assert [row.verdict.value for row in plan.rows] == ["book", "book", "refused", "passed"]
    assert (plan.total_fen, plan.subjects, book(desk).entries) == (158_050, frozenset(), ())

    done = imported(desk, GOOD, other, "2026-03-07,没有收款单位,5,,记-0003,宣传教育", ",合计,1580.50,,,")

    assert done.subjects == {Subject.EXPENSES}
    assert [row.row.number for row in done.left_out] == [4]
    first, second = book(desk).entries
    assert (first.number, first.on, first.amount_fen, first.voucher_number) == (1, date(2026, 3, 5), 128_050, "记-0001")
    assert (first.class_department, first.class_government) == ("30202", "50201")
    assert (second.category, second.payee) == ("training", "测试丙会务中心")
    with desk.store.read() as session:
        assert audit.find_break(session) is None
    reverse_expense(desk.store, first.id, date(2026, 3, 9), reason="写错")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("2026-02-30,折页,5,测试甲印务有限公司,,宣传教育", "不是日期"),
        ("2026-03-05,折页,abc,测试甲印务有限公司,,宣传教育", "不是金额"),
        ("2026-03-05,折页,,测试甲印务有限公司,,宣传教育", "没有金额"),
        ("2026-03-05,折页,-5,测试甲印务有限公司,,宣传教育", "点“冲销”"),
        ("2026-03-05,,5,测试甲印务有限公司,,宣传教育", "“摘要”还没有填写"),
        ("2026-03-05,折页,5,王小明,,宣传教育", "像是人名"),
        ("2026-03-05,折页,5,,,宣传教育", "“收款单位”还没有填写"),
        ("2026-03-05,折页 320411199001011234,5,测试甲印务有限公司,,宣传教育", "身份证号"),
        ("2026-03-05,折页 电话13800001234,5,测试甲印务有限公司,,宣传教育", "手机号"),
        ("2026-03-05,折页,5,测试甲印务有限公司,,招待费", "没有对应的预算科目"),
        ("2026-03-05,折页,99999,测试甲印务有限公司,,宣传教育", "只剩 48,719.50 元"),
        ("2025-03-05,折页,5,测试甲印务有限公司,,宣传教育", "不在该预算科目的年度"),
        ("2026-12-05,折页,5,测试甲印务有限公司,,宣传教育", "晚于今天"),
        ("2026-02-05,折页,5,测试甲印务有限公司,,宣传教育", "已经上报"),
    ],
)
def test_a_row_that_cannot_be_booked_is_refused_with_its_sentence(desk: Desk, row: str, said: str) -> None:
    add_line(desk)
    lock(desk, "2026-02")
    plan = tried(desk, GOOD, row)
    assert [each.verdict for each in plan.rows] == [RowVerdict.BOOK, RowVerdict.REFUSED]
    assert said in why(plan)[0]
    assert [each.row.number for each in plan.left_out] == [3]


def test_money_that_came_back_stands_in_a_column_of_its_own(desk: Desk) -> None:
    add_line(desk)
    plan = tried(desk, "2026-03-05,退款,,20,测试甲印务有限公司", headings="日期,摘要,借方,贷方,收款单位")
    assert "退款" in why(plan)[0]


def test_each_row_leaves_less_for_the_next(desk: Desk) -> None:
    add_line(desk, 200_000)
    plan = tried(desk, GOOD, GOOD.replace("0001", "0002").replace("折页", "横幅"))
    assert [row.verdict for row in plan.rows] == [RowVerdict.BOOK, RowVerdict.REFUSED]
    assert "只剩 719.50 元" in why(plan)[0]


def test_what_looks_like_something_that_is_there_is_left_out_unless_wanted(desk: Desk) -> None:
    line = add_line(desk)
    spend(desk, line, voucher_number="记-0012")
    undone = spend(desk, line, voucher_number="记-0001", amount_fen=1)
    reverse_expense(desk.store, undone, date(2026, 10, 21), reason="写错")
    rows = (
        "2026-03-05,海报,5,测试甲印务有限公司,记-0012,宣传教育",
        "2026-10-20,印制宣传折页,1280.50,测试甲印务有限公司,,宣传教育",
        GOOD,  # its voucher number was given free by a reversal
        GOOD.replace("记-0001", ""),
    )
    plan = tried(desk, *rows)
    assert [row.verdict.value for row in plan.rows] == ["duplicate", "duplicate", "book", "duplicate"]
    assert ["凭证号“记-0012”" in why(plan)[0], "第 1 号支出" in why(plan)[1], "第 4 行" in why(plan)[2]] == [True] * 3
    assert len(plan.left_out) == 3

    imported(desk, *rows, duplicates=True)
    assert len(book(desk).entries) == 7
    assert [row.verdict.value for row in tried(desk, *rows).rows] == ["duplicate"] * 4


def test_what_was_tried_is_booked_or_nothing(desk: Desk) -> None:
    line = add_line(desk)
    read = a_list(GOOD)
    mapping = guessed(desk, read)
    plan = plan_import(desk.store, own(desk), 2026, read, mapping)
    spend(desk, line, voucher_number="记-0001")
    with pytest.raises(ListChanged):
        import_expenses(desk.store, own(desk), 2026, read, mapping, plan)
    again = plan_import(desk.store, own(desk), 2026, read, mapping)
    with pytest.raises(NothingToImport):
        import_expenses(desk.store, own(desk), 2026, read, mapping, again)
    assert len(book(desk).entries) == 1


def test_the_mapping_is_remembered_for_lists_with_the_same_headings(desk: Desk) -> None:
    add_line(desk)
    add_line(desk, fund_source=FundSource.CITY)
    read = a_list("2026-03-05,折页,5,测试甲印务有限公司,,老科目")
    assert guessed(desk, read).lines == {}
    mapping = ListMapping(guessed(desk, read).columns, {"老科目": ("publicity", "city", "")}, "测试甲印务有限公司")
    told = ListMapping(mapping.columns, {**mapping.lines, "张某13800001234": ("publicity", "own", "")}, mapping.payee)
    plan = plan_import(desk.store, own(desk), 2026, read, told)
    assert remembered_mapping(desk.store, read.headings) is None
    import_expenses(desk.store, own(desk), 2026, read, told, plan)

    assert remembered_mapping(desk.store, read.headings) == mapping
    later = a_list("2026-03-06,横幅,6,,,老科目")
    assert plan_import(desk.store, own(desk), 2026, later, guessed(desk, later)).total_fen == 600
    assert remembered_mapping(desk.store, ("别的", "表头")) is None


def test_rows_that_name_no_line_go_to_the_only_one(desk: Desk) -> None:
    add_line(desk, category="rewards")
    plan = tried(desk, "2026-03-05,举报奖励,5,JL-2026-003", headings="日期,摘要,金额,收款单位")
    (row,) = plan.of(RowVerdict.BOOK)
    assert row.entry is not None
    assert (row.entry.payee_kind, row.entry.payee) == (PayeeKind.CODED_RECEIPT, "JL-2026-003")


def test_a_mapping_that_cannot_be_is_refused(desk: Desk) -> None:
    read = a_list(GOOD)
    with pytest.raises(ColumnsMissing, match="日期、摘要"):
        check_mapping(read, ListMapping({ListField.AMOUNT: 2}, {}))
    columns = {ListField.ON: 0, ListField.AMOUNT: 2, ListField.SUMMARY: 2}
    with pytest.raises(ColumnTwice, match="第 3 列“金额”"):
        check_mapping(read, ListMapping(columns, {}))
    with pytest.raises(PhoneNumberInText):
        check_mapping(read, ListMapping({**columns, ListField.SUMMARY: 1}, {}, "13800001234"))


def test_a_whole_import_is_reversed_at_once_but_for_what_was_reversed_before(desk: Desk) -> None:
    add_line(desk)
    imported(
        desk,
        GOOD,
        "2026-03-06,横幅,300,测试乙广告有限公司,记-0002,宣传教育",
        "2026-03-07,展板,20,测试丙展示有限公司,,宣传教育",
    )
    first = book(desk).entries[0]
    reverse_expense(desk.store, first.id, date(2026, 3, 9), reason="写错")
    (batch,) = standing_imports(desk.store, own(desk), 2026)
    assert (batch.file, batch.booked, batch.standing, batch.standing_fen) == ("清单.csv", 3, 2, 32_000)
    with pytest.raises(ReversalBeforeBatch):
        reverse_import(desk.store, batch.id, date(2026, 3, 6), reason="选错了清单")
    lock(desk, "2026-03")
    with pytest.raises(MonthLocked):
        reverse_import(desk.store, batch.id, date(2026, 3, 8), reason="选错了清单")
    close_book_month(desk.store, own(desk), Month(2026, 4), confirmed=True)
    with pytest.raises(BookMonthClosed):
        reverse_import(desk.store, batch.id, date(2026, 4, 8), reason="选错了清单")
    with pytest.raises(DateAhead):
        reverse_import(desk.store, batch.id, date(2026, 11, 8), reason="选错了清单")
    assert len(book(desk).entries) == 4

    reverse_import(desk.store, batch.id, date(2026, 5, 8), reason="选错了清单")

    rows = book(desk).entries
    assert [(row.number, row.amount_fen) for row in rows[4:]] == [(5, -30_000), (6, -2_000)]
    assert sum(row.amount_fen for row in rows) == 0
    assert {row.note for row in rows[4:]} == {"选错了清单"}
    assert standing_imports(desk.store, own(desk), 2026) == ()
    with pytest.raises(ImportReversed):
        reverse_import(desk.store, batch.id, date(2026, 5, 8), reason="再来")
    with pytest.raises(NoImport):
        reverse_import(desk.store, "nothing", date(2026, 5, 8), reason="再来")


def test_a_file_name_with_a_number_of_a_person_is_not_kept(desk: Desk) -> None:
    add_line(desk)
    read = replace(a_list(GOOD), file="报销 13800001234.csv")
    mapping = guessed(desk, read)
    import_expenses(desk.store, own(desk), 2026, read, mapping, plan_import(desk.store, own(desk), 2026, read, mapping))
    assert [row.file for row in standing_imports(desk.store, own(desk), 2026)] == [""]
