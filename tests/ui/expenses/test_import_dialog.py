"""A finance office's list on the screen: columns named, tried, booked; what is left out is kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import python_calamine
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog
from tests.ui.test_accessible_names import nameless

from jindu_desk.domain.expense_lists import ListField
from jindu_desk.domain.expenses import FundSource
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.queries.expenses import expense_book
from jindu_desk.ui.expenses.import_dialog import ImportDialog
from jindu_desk.ui.expenses.import_reversal import ImportReversalForm
from jindu_desk.ui.expenses.page import ExpensesPage

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
ROWS = (
    "日期,摘要,金额,收款单位,凭证号,项目",
    '2026/10/5,印制折页,"1,280.50",测试甲印务有限公司,记-0001,宣传',
    "2026/10/6,王小明报销,5,王小明,记-0002,宣传",
    "2026/10/7,横幅,20,测试乙广告有限公司,记-0003,宣传",
)


@pytest.fixture
def page(desk: Desk, office: WindowForPages) -> ExpensesPage:
    for category in ("publicity", "training"):
        add_budget_line(desk.store, desk.unit.unit.id, BudgetLineDraft(2026, category, FundSource.OWN, 5_000_000))
    return office.show(ExpensesPage)


def opened(page: ExpensesPage, office: WindowForPages, tmp_path: Path, *rows: str) -> ImportDialog:
    path = tmp_path / "清单.csv"
    path.write_bytes("\r\n".join(rows or ROWS).encode("gb18030"))
    page._importing.look_into(path)
    office.settle()
    dialog = page.findChild(ImportDialog)
    assert isinstance(dialog, ImportDialog)
    return dialog


def booked(desk: Desk) -> list[str]:
    return [row.summary for row in expense_book(desk.store, desk.unit.unit.id, 2026, date(2026, 10, 28)).entries]


def test_a_list_is_tried_first_and_booked_on_the_button(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(page, office, tmp_path)
    assert list(nameless(dialog)) == []
    assert dialog.columns[ListField.AMOUNT].currentData() == 2
    assert dialog.lines["宣传"].currentText() == "宣传教育（本级财政）"
    assert "将登记 2 笔，共 1,300.50 元；像是重复 0 行，不能登记 1 行" in dialog.said
    first = dialog.model.rows[0]
    assert (first.row.number, "像是人名" in str(first.why)) == (3, True)
    assert booked(desk) == []

    assert dialog.go_button.text() == "登记 2 笔"
    dialog.go_button.click()
    office.settle()
    assert booked(desk) == ["印制折页", "横幅"]
    assert office.said == "已从“清单.csv”登记 2 笔，共 1,300.50 元，1 行没有登记"


def test_the_columns_are_corrected_and_tried_again(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(page, office, tmp_path, "甲,乙,丙,丁", "2026-10-05,折页,5,测试甲印务有限公司")
    assert "“日期、金额、摘要”" in dialog.said
    assert not dialog.go_button.isEnabled()
    for column, field in enumerate((ListField.ON, ListField.SUMMARY, ListField.AMOUNT, ListField.PAYEE)):
        box = dialog.columns[field]
        box.setCurrentIndex(box.findData(column))
    office.settle()
    assert "没有对应的预算科目" in str(dialog.model.rows[0].why)
    dialog.lines[""].setCurrentIndex(2)
    office.settle()
    assert dialog.go_button.isEnabled()
    dialog.columns[ListField.SUMMARY].setCurrentIndex(0)
    office.settle()
    assert "“摘要”" in dialog.said
    dialog.reject()
    assert booked(desk) == []


def test_what_is_like_an_entry_is_booked_only_where_that_is_ticked(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path
) -> None:
    dialog = opened(page, office, tmp_path)
    dialog.go_button.click()
    office.settle()
    again = opened(page, office, tmp_path)
    assert not again.go_button.isEnabled()
    again.duplicates.setChecked(True)
    office.settle()
    assert again.go_button.text() == "登记 2 笔"
    again.go_button.click()
    office.settle()
    assert len(booked(desk)) == 4


def test_what_is_left_out_is_saved_as_a_list(
    page: ExpensesPage, office: WindowForPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = opened(page, office, tmp_path)
    target = tmp_path / "留下.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page._importing._save_left_out(dialog)
    office.settle()
    assert str(target) in dialog.said
    (_, row) = python_calamine.CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert row[1] == "王小明报销"
    assert row[6] == 3
    dialog.reject()


def test_a_file_that_is_no_list_is_told(page: ExpensesPage, office: WindowForPages, tmp_path: Path) -> None:
    path = tmp_path / "清单.xlsx"
    path.write_bytes(b"PK nothing")
    page._importing.look_into(path)
    office.settle()
    assert "读不懂" in office.said
    assert page.findChild(ImportDialog) is None


def test_a_whole_import_is_taken_back_from_the_menu(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(question: str, verb: str, *, danger: bool = False) -> bool:
        asked.append(f"{verb}：{question}")
        return danger

    monkeypatch.setattr(office.shell, "ask", ask)
    menu = {action.text(): action for action in page.findChildren(QAction)}
    menu["冲销整批导入"].trigger()
    office.settle()
    assert "没有可以整批冲销的导入" in office.said

    opened(page, office, tmp_path).go_button.click()
    office.settle()
    menu["冲销整批导入"].trigger()
    office.settle()
    form = page.panel.content
    assert isinstance(form, ImportReversalForm)
    assert list(nameless(form)) == []
    assert "将逐笔登记 2 笔红字，共 -1,300.50 元" in form._told.text()
    page.panel.button("冲销整批").click()
    office.settle()
    assert asked == []  # no reason yet
    form.reason.editor.setText("选错了清单")
    page.panel.button("冲销整批").click()
    office.settle()
    assert asked == ["冲销 2 笔：冲销“清单.csv”导入的 2 笔支出，共 1,300.50 元？"]
    assert office.said == "已冲销“清单.csv”导入的 2 笔支出"
    rows = expense_book(desk.store, desk.unit.unit.id, 2026, date(2026, 10, 28)).entries
    assert [row.amount_fen for row in rows] == [128_050, 2_000, -128_050, -2_000]
    assert page.panel.content is None
