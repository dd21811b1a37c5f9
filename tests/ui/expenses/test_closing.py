"""Months and years are closed from the page's menu; evidence comes in with a new entry."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDropEvent

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.months import Month
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.expenses import ExpenseDraft, book_expense
from jindu_desk.queries.attachments import attachments_of
from jindu_desk.queries.expenses import ExpenseBook, expense_book
from jindu_desk.ui.expenses.closing_forms import MonthCloseForm, YearCloseForm
from jindu_desk.ui.expenses.entry_form import EntryForm
from jindu_desk.ui.expenses.page import ExpensesPage
from jindu_desk.ui.reason_form import ReasonForm

if TYPE_CHECKING:
    from tests.conftest import Clock
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk


@pytest.fixture
def page(desk: Desk, office: WindowForPages) -> ExpensesPage:
    """A restricted line with 5,000.00 left and an entry without voucher in October."""
    unit = desk.unit.unit.id
    draft = BudgetLineDraft(2026, "publicity", FundSource.PROVINCE, 600_000, restricted=True)
    line = str(add_budget_line(desk.store, unit, draft).key)
    add_budget_line(desk.store, unit, BudgetLineDraft(2026, "training", FundSource.OWN, 10_000))
    entry = ExpenseDraft(line, date(2026, 10, 9), "publicity", "横幅", 100_000, "测试乙广告有限公司")
    book_expense(desk.store, entry)
    return office.show(ExpensesPage)


def book(desk: Desk, year: int = 2026) -> ExpenseBook:
    return expense_book(desk.store, desk.unit.unit.id, year, date(2026, 10, 28))


def entry_of(page: ExpensesPage, label: str) -> QAction:
    page.update_actions()
    return next(action for action in page.findChildren(QAction) if action.text() == label)


def test_a_month_is_closed_after_it_was_said_what_that_means(
    page: ExpensesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(question: str, verb: str, *, danger: bool = False) -> bool:
        del danger
        asked.append(f"{verb}：{question}")
        return len(asked) > 1

    monkeypatch.setattr(office.shell, "ask", ask)
    assert not entry_of(page, "撤销月结").isEnabled()
    entry_of(page, "月结").trigger()
    office.settle()
    assert isinstance(page.panel.content, MonthCloseForm)
    for closed in (False, True):
        page.panel.button("结账").click()
        office.settle()
        assert ("2026-10" in book(desk).closed_months) is closed
    assert asked[0].startswith("仍然结账：还有 1 笔支出没有登记凭证号")

    assert page._locked.word == "本月已结账"
    page.view.entries_table.selectRow(0)
    assert not entry_of(page, "登记凭证号").isEnabled()
    assert not entry_of(page, "月结").isEnabled()
    entry_of(page, "撤销月结").trigger()
    form = page.panel.content
    assert isinstance(form, ReasonForm)
    form.reason.editor.setPlainText("补登记凭证号")
    page.panel.button("撤销月结").click()
    office.settle()
    assert max(book(desk).closed_months) == "2026-09"
    assert not page._locked.isVisibleTo(page)


def test_a_year_is_closed_with_what_is_ticked_and_taken_back(
    page: ExpensesPage, office: WindowForPages, desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.now = datetime(2027, 1, 4, 9, 0)
    entry_of(page, "年终结转").trigger()
    office.settle()
    form = page.panel.content
    assert isinstance(form, YearCloseForm)
    assert [box.isChecked() for box in form.boxes.values()] == [True, False]
    form.approval.editor.setText("镇财〔2027〕1号")
    page.panel.button("结转").click()
    office.settle()
    assert "1 笔支出所在的月份（2026-10）没有结账" in form.sentence
    assert page.panel.button("结转").isEnabled()

    office.shell.choose_month(Month(2026, 12))
    office.settle()
    monkeypatch.setattr(office.shell, "ask", lambda question, verb, danger=False: True)
    entry_of(page, "月结").trigger()
    office.settle()
    page.panel.button("结账").click()
    office.settle()
    entry_of(page, "年终结转").trigger()
    office.settle()
    again = page.panel.content
    assert isinstance(again, YearCloseForm)
    page.panel.button("结转").click()
    office.settle()
    assert "还没有填写" in again.approval.error
    again.approval.editor.setText("镇财〔2027〕1号")
    page.panel.button("结转").click()
    office.settle()
    assert office.said == "2026 年已年终结转：1 个科目，共 5,000.00 元记入 2027 年预算"
    assert book(desk, 2027).total.adjusted_fen == 500_000
    assert not page.button("登记支出").isEnabled()
    assert page._locked.word == "2026 年已年终结转"

    entry_of(page, "撤销年终结转").trigger()
    office.settle()
    assert book(desk, 2027).lines == ()
    assert page.button("登记支出").isEnabled()


def test_photographs_dropped_on_the_form_are_kept_with_the_entry(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path
) -> None:
    photo, program = tmp_path / "IMG_7.jpeg", tmp_path / "x.bat"
    for path in (photo, program):
        path.write_bytes(b"made up")
    page.button("登记支出").click()
    form = page.panel.content
    assert isinstance(form, EntryForm)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in (photo, program)])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    form.dropEvent(drop)
    assert form.evidence.listed.names == ("IMG_7.jpeg",)
    assert "“x.bat”不能作为支出的附件" in form.evidence.refused
    form.summary.editor.setText("海报")
    page.panel.close_content()
    office.settle()

    page.button("登记支出").click()  # what was dropped comes back with the rest
    again = page.panel.content
    assert isinstance(again, EntryForm)
    assert again.evidence.files == (photo,)
    again.amount.editor.setText("5")
    again.payee.editor.setText("测试乙广告有限公司")
    page.panel.button("保存").click()
    office.settle()
    (row,) = page.view.chosen
    assert row.attachments == 1
    assert [kept.name for kept in attachments_of(desk.store, Subject.EXPENSES, row.id)] == ["IMG_7.jpeg"]


def test_nothing_is_booked_where_its_evidence_cannot_be_read(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path
) -> None:
    photo = tmp_path / "IMG_7.jpeg"
    photo.write_bytes(b"made up")
    page.button("登记支出").click()
    form = page.panel.content
    assert isinstance(form, EntryForm)
    form.evidence.add([photo])
    photo.unlink()
    for field, text in ((form.summary, "海报"), (form.amount, "5"), (form.payee, "测试乙广告有限公司")):
        field.editor.setText(text)
    page.panel.button("保存").click()
    office.settle()
    assert "读不出来" in form.sentence
    assert len(book(desk).entries) == 1
