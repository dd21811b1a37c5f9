"""The expenses page in the window: what it shows, what it lets through, what it keeps."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QFileDialog, QLineEdit

from jindu_desk.domain.expenses import FundSource, PayeeKind
from jindu_desk.domain.months import Month
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.expenses import ExpenseDraft, book_expense
from jindu_desk.queries.expenses import ExpenseBook, expense_book
from jindu_desk.store.tables import MonthLock
from jindu_desk.ui.expenses.budget_forms import AdjustmentForm, LineForm
from jindu_desk.ui.expenses.entry_form import EntryForm
from jindu_desk.ui.expenses.entry_panel import EntryPanel, ReversalForm, VoucherForm
from jindu_desk.ui.expenses.page import ExpensesPage
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.theme.measures import scaled_font

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

LINES = (
    ("publicity", FundSource.OWN, 5_000_000, False),
    ("social_workers", FundSource.PROVINCE, 9_000_000, True),
    ("rewards", FundSource.OWN, 1_000_000, False),
)


@pytest.fixture
def lines(desk: Desk) -> list[str]:
    """Three budget lines of 2026, with three entries on the first."""
    unit = desk.unit.unit.id
    made = [str(add_budget_line(desk.store, unit, BudgetLineDraft(2026, *values)).key) for values in LINES]
    for day, summary, fen in ((3, "宣传折页", 128_050), (9, "横幅", 20_000), (20, "展板", 30_000)):
        month = 9 if day == 3 else 10
        draft = ExpenseDraft(made[0], date(2026, month, day), "publicity", summary, fen, "测试甲印务有限公司")
        book_expense(desk.store, draft)
    return made


def shown(office: WindowForPages) -> ExpensesPage:
    office.window.take_screens([spec for spec in SCREENS if spec.key in ("expenses", "duties")])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.window.show()
    office.shell.go("expenses")
    office.settle()
    page = office.window.pages.page("expenses")
    assert isinstance(page, ExpensesPage)
    return page


@pytest.fixture
def page(lines: list[str], office: WindowForPages) -> ExpensesPage:
    return shown(office)


def book(desk: Desk) -> ExpenseBook:
    return expense_book(desk.store, desk.unit.unit.id, 2026, date(2026, 10, 28))


def type_into(editor: QLineEdit, text: str) -> None:
    """As an input method does: Chinese comes in whole words."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def new_entry(page: ExpensesPage, **typed: str) -> EntryForm:
    page.button("登记支出").click()
    form = page.panel.content
    assert isinstance(form, EntryForm)
    for name, text in ({"amount": "1,280.5", "summary": "海报", "payee": "测试乙广告有限公司"} | typed).items():
        editor: QLineEdit = getattr(form, name).editor
        editor.clear()
        type_into(editor, text)
    return form


def summaries(page: ExpensesPage) -> list[str]:
    return [row.summary for row in page.view.shown]


def test_the_month_is_shown_and_the_filter_and_the_selection_are_summed(
    page: ExpensesPage, office: WindowForPages
) -> None:
    filters = page.view.filters
    assert summaries(page) == ["展板", "横幅"]
    filters.span.setCurrentIndex(filters.span.findData("year"))
    office.settle()
    assert summaries(page) == ["展板", "横幅", "宣传折页"]

    page.view.entries_table.selectAll()
    assert "选中 3 笔，合计 1,780.50 元" in page.view.sum_text
    type_into(filters.search, "横幅")
    office.settle()
    assert page.view.sum_text == "选中 1 笔，合计 200.00 元　·　显示 1 笔，合计 200.00 元"
    filters.search.clear()
    page.view.lines_table.selectRow(1)
    office.settle()
    assert summaries(page) == []
    office.window.activateWindow()
    page.view.lines_table.setFocus()
    QTest.keyClick(page.view.lines_table, Qt.Key.Key_Escape)
    office.settle()
    assert len(summaries(page)) == 3


def test_an_entry_is_booked_and_selected(page: ExpensesPage, office: WindowForPages, desk: Desk) -> None:
    form = new_entry(page)
    assert form.amount.text() == "1,280.5"
    assert form.on.editor.value() == date(2026, 10, 28)  # today lies in the month
    page.panel.button("保存").click()
    office.settle()

    assert page.panel.content is None
    assert [row.summary for row in page.view.chosen] == ["海报"]
    entry = page.view.chosen[0]
    assert (entry.amount_fen, entry.class_department, entry.number) == (128_050, "30202", 4)
    assert office.said == "已登记支出 1,280.50 元"
    assert book(desk).total.spent_fen == 306_100


def test_several_entries_in_a_row_keep_date_and_line(
    page: ExpensesPage, office: WindowForPages, desk: Desk, qtbot: QtBot
) -> None:
    form = new_entry(page)
    form.on.editor.line.setText("10-12")
    page.panel.button("保存并继续").click()
    office.settle()

    assert page.panel.content is form
    assert (form.amount.text(), form.on.editor.value()) == ("", date(2026, 10, 12))
    type_into(form.amount.editor, "5")
    type_into(form.summary.editor, "胶水")
    type_into(form.payee.editor, "测试丁文具店")
    office.window.activateWindow()
    QTest.keyClick(form.payee.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.panel.content is None, timeout=20_000)
    assert len(book(desk).entries) == 5


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"amount": "99999"}, "amount", "只剩 48,219.50 元"),
        ({"amount": "一百"}, "amount", "不是金额"),
        ({"amount": ""}, "amount", "还没有填写"),
        ({"payee": "王小明"}, "payee", "像是人名"),
        ({"summary": "电话 13800001234"}, "summary", "手机号"),
        ({"papers": "两"}, "papers", "不是人数或次数"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_lost(
    page: ExpensesPage, office: WindowForPages, desk: Desk, typed: dict[str, str], field: str, said: str
) -> None:
    form = new_entry(page, **typed)
    page.panel.button("保存").click()
    office.settle()

    assert said in getattr(form, field).error
    assert page.panel.button("保存").isEnabled()
    assert form.note.error == ""
    assert len(book(desk).entries) == 3


def test_a_date_that_is_none_is_told_at_the_date(page: ExpensesPage, office: WindowForPages) -> None:
    form = new_entry(page)
    form.on.editor.line.setText("2026-02-30")
    page.panel.button("保存").click()
    office.settle()
    assert "不是日期" in form.on.error


def test_the_line_sets_category_classification_and_payee(page: ExpensesPage, lines: list[str]) -> None:
    form = new_entry(page)
    form.line.editor.setCurrentIndex(form.line.editor.findData(lines[1]))
    assert form.category.editor.currentData() == "social_workers"
    assert not form.category.editor.isEnabled()  # restricted money
    assert form.department.text().startswith("30227")

    form.line.editor.setCurrentIndex(form.line.editor.findData(lines[2]))
    assert form.category.editor.isEnabled()
    assert form.payee_kind.editor.currentData() == PayeeKind.CODED_RECEIPT
    assert form.payee.editor.accessibleName() == "领款凭证编号"
    form.amount.editor.setText("20000")
    assert "超出余额 10,000.00" in [label.text() for label in form.amount.findChildren(type(form.amount.label))]


def test_a_repeated_voucher_is_asked_once(
    page: ExpensesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    new_entry(page, voucher="记-0012")
    page.panel.button("保存").click()
    office.settle()
    asked: list[str] = []

    def ask(question: str, verb: str, *, danger: bool = False) -> bool:
        asked.append(question)
        return True

    monkeypatch.setattr(office.shell, "ask", ask)
    new_entry(page, voucher="记-0012")
    page.panel.button("保存").click()
    office.settle()

    assert len(asked) == 1
    assert "已用于第 4 号支出" in asked[0]
    assert len(book(desk).entries) == 5


def test_an_entry_left_unfinished_comes_back(page: ExpensesPage, office: WindowForPages, desk: Desk) -> None:
    form = new_entry(page, summary="没写完")
    page.panel.close_content()
    office.settle()
    assert book(desk).entries[-1].summary == "展板"

    page.button("登记支出").click()
    again = page.panel.content
    assert isinstance(again, EntryForm)
    assert again is not form
    assert (again.summary.text(), again.amount.text()) == ("没写完", "1,280.5")
    page.panel.button("保存").click()
    office.settle()
    page.button("登记支出").click()
    assert isinstance(page.panel.content, EntryForm)
    assert page.panel.content.summary.text() == ""


def test_of_an_unfinished_text_with_a_number_all_but_the_number_comes_back(
    page: ExpensesPage, office: WindowForPages
) -> None:
    form = new_entry(page, summary="")
    type_into(form.summary.editor, "付测试甲13912345678")
    assert "手机号" in form.summary.error
    type_into(form.summary.editor, "的折页款")
    assert "手机号" in form.summary.error
    assert page.may_leave()
    office.settle()
    page.panel.close_content()

    later = ExpensesPage(office.shell)
    later.show_month(Month(2026, 10))
    office.settle()
    for shown_page in (page, later):
        shown_page.button("登记支出").click()
        again = shown_page.panel.content
        assert isinstance(again, EntryForm)
        assert (again.summary.text(), again.summary.error) == ("付测试甲（号码不记）的折页款", "")


def test_a_draft_of_the_last_run_comes_back(page: ExpensesPage, office: WindowForPages) -> None:
    new_entry(page, summary="没写完")
    assert page.may_leave()
    office.settle()

    later = ExpensesPage(office.shell)
    later.show_month(Month(2026, 10))
    office.settle()
    later.button("登记支出").click()
    assert isinstance(later.panel.content, EntryForm)
    assert later.panel.content.summary.text() == "没写完"
    later.deleteLater()


def test_an_entry_is_reversed_with_its_reason(page: ExpensesPage, office: WindowForPages, desk: Desk) -> None:
    page.view.entries_table.selectRow(0)
    page.button("冲销").click()
    form = page.panel.content
    assert isinstance(form, ReversalForm)
    page.panel.button("登记冲销").click()
    assert "还没有填写" in form.reason.error
    form.reason.editor.setText("重复登记")
    page.panel.button("登记冲销").click()
    office.settle()

    assert [(row.amount_fen, row.reverses) for row in book(desk).entries][-1] == (-30_000, 3)
    assert [row.number for row in page.view.chosen] == [3]
    assert not page.button("冲销").isEnabled()
    assert page.button("冲销").toolTip() == "这一笔已由第 4 号冲销。"


def test_the_voucher_is_added_later(page: ExpensesPage, office: WindowForPages, desk: Desk) -> None:
    page.view.entries_table.selectRow(0)
    page.view.entries_table.activated.emit(page.view.entries_table.currentIndex())
    assert isinstance(page.panel.content, EntryPanel)
    page.panel.button("登记凭证号").click()
    form = page.panel.content
    assert isinstance(form, VoucherForm)
    form.number.editor.setText("记-0077")
    form.papers.editor.setText("x")
    page.panel.button("保存凭证").click()
    assert "不是人数或次数" in form.papers.error
    form.papers.editor.setText("2")
    page.panel.button("保存凭证").click()
    office.settle()
    assert book(desk).entries[-1].voucher_number == "记-0077"


def test_budget_lines_are_made_changed_adjusted_and_removed(
    page: ExpensesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.button("新建预算科目").click()
    form = page.panel.content
    assert isinstance(form, LineForm)
    form.category.editor.setCurrentIndex(form.category.editor.findData("training"))
    form.source.editor.setCurrentIndex(form.source.editor.findData(FundSource.PROVINCE))
    assert form.restricted.isChecked()  # a province's grant is for its own use
    form.initial.editor.setText("很多")
    page.panel.button("保存科目").click()
    assert "不是金额" in form.initial.error
    form.initial.editor.setText("8000")
    page.panel.button("保存科目").click()
    office.settle()
    assert book(desk).lines[-1].name == "培训（省级专项）"

    page.view.lines_table.selectRow(3)
    page.button("预算调整").click()
    adjustment = page.panel.content
    assert isinstance(adjustment, AdjustmentForm)
    adjustment.amount.editor.setText("-9000")
    adjustment.approval.editor.setText("镇财〔2026〕9号")
    adjustment.reason.editor.setPlainText("压减")
    page.panel.button("保存调整").click()
    office.settle()
    assert "少于已支出" in adjustment.amount.error
    page.panel.close_content()
    monkeypatch.setattr(office.shell, "ask", lambda question, verb, danger=False: True)
    page.view.lines_table.selectRow(3)
    page._budgeting.remove_line()
    office.settle()
    assert len(book(desk).lines) == 3


def test_an_empty_year_offers_last_years_lines(page: ExpensesPage, office: WindowForPages, desk: Desk) -> None:
    office.shell.choose_month(Month(2027, 1))
    office.settle()
    (step,) = [button for button in page.findChildren(QAbstractButton) if button.text() == "沿用 2026 年的 3 个科目"]
    step.click()
    office.settle()

    assert len(expense_book(desk.store, desk.unit.unit.id, 2027, date(2027, 1, 1)).lines) == 3
    assert page.view.isVisibleTo(page)


def test_the_first_line_is_the_first_step(office: WindowForPages) -> None:
    page = shown(office)
    assert not page.button("登记支出").isEnabled()
    assert page.button("登记支出").toolTip() == "还没有预算科目。请先新建预算科目。"
    assert page.button("预算调整").toolTip() == "还没有预算科目。请先新建预算科目。"
    (step,) = [b for b in page.findChildren(QAbstractButton) if b.text() == "新建预算科目" and b.isVisibleTo(page)][1:]
    step.click()
    assert isinstance(page.panel.content, LineForm)


def test_papers_are_dropped_on_an_entry_opened_and_taken_off(
    page: ExpensesPage, office: WindowForPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "发票.pdf"
    paper.write_bytes(b"%PDF made up")
    page.view.entries_table.selectRow(0)
    page._papers.show_entry(page.view.chosen[0])
    panel = page.panel.content
    assert isinstance(panel, EntryPanel)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    panel.attachments.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    office.settle()
    assert page.view.chosen[0].attachments == 1
    opened: list[bytes] = []

    def open_outside(path: Path) -> bool:
        opened.append(path.read_bytes())
        return True

    monkeypatch.setattr("jindu_desk.ui.expenses.papers.open_outside", open_outside)
    monkeypatch.setattr(office.shell, "ask", lambda question, verb, danger=False: True)
    buttons = {button.text(): button for button in panel.attachments.findChildren(QAbstractButton)}
    buttons["打开"].click()
    office.settle()
    buttons["移除"].click()
    office.settle()

    assert opened == [b"%PDF made up"]
    assert page.view.chosen[0].attachments == 0


def test_a_locked_month_says_so_and_keeps_its_papers(page: ExpensesPage, office: WindowForPages, desk: Desk) -> None:
    with desk.store.write("lock_for_test") as w:
        values = {
            "unit_id": desk.unit.unit.id,
            "month": "2026-10",
            "sent_number": 1,
            "locked_at": datetime(2026, 11, 1),
        }
        w.session.add(MonthLock.model_validate(values))
    page.refresh()
    office.settle()
    page.view.entries_table.selectRow(0)
    page._papers.show_entry(page.view.chosen[0])
    assert isinstance(page.panel.content, EntryPanel)
    assert not page.panel.content.attachments.acceptDrops()
    assert not page.panel.button("登记凭证号").isEnabled()

    new_entry(page)
    page.panel.button("保存").click()
    office.settle()
    assert isinstance(page.panel.content, EntryForm)
    assert "已经上报" in page.panel.content.sentence


def test_the_book_is_written_as_a_workbook(
    page: ExpensesPage, office: WindowForPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "台账.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page._papers.export()
    office.settle()

    assert target.read_bytes().startswith(b"PK")
    assert str(target) in office.said
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "none" / "x.xlsx"), ""))
    page._papers.export()
    office.settle()
    assert "没有写成" in office.said


def test_a_small_window_gives_the_form_the_whole_width(
    page: ExpensesPage, office: WindowForPages, qtbot: QtBot
) -> None:
    page.setFont(scaled_font(1.8))  # as small as large text makes it
    page.panel.setFont(page.font())
    office.window.resize(1024, 600)
    new_entry(page)
    qtbot.waitUntil(lambda: not page.view.isVisibleTo(page))
    qtbot.waitUntil(lambda: page.panel.geometry().right() <= page.width())
    page.panel.close_content()
    assert page.view.isVisibleTo(page)


def test_every_control_has_a_name(page: ExpensesPage) -> None:
    new_entry(page)
    nameless = [
        widget
        for kind in (QLineEdit, QComboBox, QAbstractButton)
        for widget in page.findChildren(kind)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and not isinstance(widget.parent(), QComboBox)
        and widget.isVisibleTo(page)
        and not widget.objectName().startswith("qt_")
    ]
    assert [type(widget).__name__ for widget in nameless] == []
