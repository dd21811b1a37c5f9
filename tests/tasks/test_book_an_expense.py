"""The officer books October's expenses: a budget, a refusal, an adjustment, a receipt, a correction, the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import python_calamine
from PySide6.QtGui import QAction, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.months import Month
from jindu_desk.queries.attachments import attachments_of
from jindu_desk.queries.expenses import expense_book
from jindu_desk.store import audit
from jindu_desk.ui.expenses.budget_forms import AdjustmentForm, LineForm
from jindu_desk.ui.expenses.entry_form import EntryForm
from jindu_desk.ui.expenses.entry_panel import EntryPanel, ReversalForm
from jindu_desk.ui.expenses.page import ExpensesPage
from jindu_desk.ui.window import open_window

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.ui.opening import Opening

OCTOBER = Month(2026, 10)


@pytest.fixture
def opening(
    make_desk: Callable[[str, str], Desk], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Opening]:
    """The program on the folder of 薛家镇, in which nothing was booked yet."""
    make_desk("folder", "320411103000").close(backup=False)
    opened = open_window(qapp, tmp_path / "folder")
    qtbot.addWidget(opened.window)
    qtbot.waitUntil(lambda: opened.shell is not None, timeout=20_000)
    yield opened
    opened.close()


def type_into(editor: QLineEdit, text: str) -> None:
    """As an input method does: Chinese comes in whole words."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_october_in_the_book(opening: Opening, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shell, desk = opening.shell, opening.desk
    assert shell is not None
    assert desk is not None

    def settle() -> None:
        qtbot.waitUntil(lambda: not opening.tasks.busy, timeout=20_000)

    shell.choose_month(OCTOBER)
    shell.go("expenses")
    settle()
    page = opening.window.pages.page("expenses")
    assert isinstance(page, ExpensesPage)

    # The budget comes first; until then nothing can be booked.
    assert not page.button("登记支出").isEnabled()
    page.button("新建预算科目").click()
    line = page.panel.content
    assert isinstance(line, LineForm)
    type_into(line.initial.editor, "1000")
    page.panel.button("保存科目").click()
    settle()

    # An entry beyond the line is refused at its field; what was typed stays.
    page.button("登记支出").click()
    entry = page.panel.content
    assert isinstance(entry, EntryForm)
    entry.on.editor.line.setText("10-20")
    type_into(entry.amount.editor, "１，２８０．５")
    type_into(entry.summary.editor, "印制禁毒宣传折页")
    type_into(entry.payee.editor, "测试甲印务有限公司")
    type_into(entry.voucher.editor, "记-0012")
    page.panel.button("保存").click()
    settle()
    assert entry.amount.error == (
        "“宣传教育（本级财政）”只剩 1,000.00 元，这笔 1,280.50 元超出 280.50 元，没有登记。"
        "请先登记预算调整，或改记到其他科目。"
    )

    # The adjustment makes room; the unfinished entry comes back.
    page.view.lines_table.selectRow(0)
    page.button("预算调整").click()
    adjustment = page.panel.content
    assert isinstance(adjustment, AdjustmentForm)
    adjustment.on.editor.line.setText("10-19")
    type_into(adjustment.amount.editor, "500")
    type_into(adjustment.approval.editor, "镇财〔2026〕9号")
    adjustment.reason.editor.setPlainText("追加宣传经费")
    page.panel.button("保存调整").click()
    settle()
    page.button("登记支出").click()
    again = page.panel.content
    assert isinstance(again, EntryForm)
    assert again.summary.text() == "印制禁毒宣传折页"
    page.panel.button("保存").click()
    settle()
    assert [row.amount_fen for row in page.view.chosen] == [128_050]

    # Its receipt is kept beside it.
    receipt = tmp_path / "发票.pdf"
    receipt.write_bytes(b"%PDF made up")
    page.view.entries_table.activated.emit(page.view.entries_table.currentIndex())
    shown = page.panel.content
    assert isinstance(shown, EntryPanel)
    shown.attachments.added.emit([receipt])
    settle()
    assert shown.attachments.names == ("发票.pdf",)

    # A wrong entry is reversed, not deleted.
    page.panel.button("冲销").click()
    reversal = page.panel.content
    assert isinstance(reversal, ReversalForm)
    reversal.on.editor.line.setText("2026-10-21")
    type_into(reversal.reason.editor, "金额写错")
    page.panel.button("登记冲销").click()
    settle()
    assert opening.window.foot.notices.text == "已冲销第 1 号支出"

    # The book of the month leaves as a workbook that another program reads.
    target = tmp_path / "经费.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    next(action for action in page.findChildren(QAction) if action.text() == "导出表格").trigger()
    settle()
    sheet = python_calamine.CalamineWorkbook.from_path(str(target)).get_sheet_by_name("经费明细").to_python()
    assert [(row[0], row[8]) for row in sheet[3:]] == [(1.0, 1280.5), (2.0, -1280.5), ("合计", 0.0)]

    book = expense_book(desk.store, desk.unit.unit.id, 2026, date(2026, 10, 31))
    first, back = book.entries
    assert (first.reversed_by, back.reverses, back.note) == (2, 1, "金额写错")
    assert (book.total.adjusted_fen, book.total.spent_fen) == (150_000, 0)
    assert [row.name for row in attachments_of(desk.store, Subject.EXPENSES, first.id)] == ["发票.pdf"]
    with desk.store.read() as session:
        assert audit.find_break(session) is None
