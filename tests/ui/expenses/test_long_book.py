"""A book of many entries: only what is looked at is read, everything is summed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from sqlmodel import insert

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.expenses import ExpenseFields, FundSource
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.queries.attachments import attachments_of
from jindu_desk.queries.expense_entries import BLOCK, find_entries
from jindu_desk.store.tables import Expense
from jindu_desk.ui.expenses.page import ExpensesPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

COUNT = 2500


@pytest.fixture
def page(desk: Desk, office: WindowForPages) -> ExpensesPage:
    unit = desk.unit.unit.id
    line = str(add_budget_line(desk.store, unit, BudgetLineDraft(2026, "publicity", FundSource.OWN, 10**12)).key)
    first = ExpenseFields(
        unit_id=unit, line_id=line, number=1, on=date(2026, 1, 1), category="publicity", summary="x", amount_fen=1
    ).model_dump()
    with desk.store.write("fill_for_test") as w:
        rows = [
            first
            | {
                "id": f"entry-{n:05}",
                "number": n,
                "on": date(2026, 1, 1) + timedelta(days=n // 9),
                "summary": f"折页 {n}",
                "amount_fen": n,
            }
            for n in range(1, COUNT + 1)
        ]
        w.session.execute(insert(Expense), rows)
    office.shell.keep_layout("expenses.span", "year")
    return office.show(ExpensesPage)


def test_rows_come_when_they_are_looked_at(page: ExpensesPage, office: WindowForPages, qtbot: QtBot) -> None:
    office.window.resize(1366, 768)
    office.window.show()
    table, model = page.view.entries_table, page.view.entries
    assert model.rowCount() == COUNT
    assert len(model.rows) == BLOCK
    far = model.index(COUNT - 1, 2)
    assert far.data() == "…"
    table.scrollTo(far)
    qtbot.waitUntil(lambda: far.data() == "折页 1")
    office.settle()
    assert len(model.rows) < COUNT // 2


def test_all_are_selected_summed_and_stay_selected(page: ExpensesPage, office: WindowForPages) -> None:
    page.view.entries_table.selectAll()
    total = f"{COUNT * (COUNT + 1) // 2 / 100:,.2f}"
    assert page.view.sum_text.startswith(f"选中 2,500 笔，合计 {total} 元")
    assert page._state.entry is None
    page.refresh()
    office.settle()
    assert page.view.chosen_count == COUNT


def test_the_header_sorts_in_the_database(page: ExpensesPage, office: WindowForPages) -> None:
    page.view.entries_table.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    office.settle()
    assert [row.amount_fen for row in page.view.shown[:3]] == [1, 2, 3]
    page.view.entries_table.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    office.settle()
    assert page.view.shown[0].number == COUNT


def test_an_entry_far_down_is_gone_to(page: ExpensesPage, office: WindowForPages, qtbot: QtBot) -> None:
    office.window.show()
    page.view.filters.search.setText("不存在")
    office.settle()
    assert page.view.entries.rowCount() == 0
    page.open_at(entry="entry-00007")
    office.settle()
    qtbot.waitUntil(lambda: [row.number for row in page.view.chosen] == [7])
    assert page.view.filters.search.text() == ""
    assert page.button("冲销").isEnabled()


def test_months_in_between_and_vouchers_narrow(page: ExpensesPage, office: WindowForPages) -> None:
    filters = page.view.filters
    filters.span.setCurrentIndex(filters.span.findData("months"))
    filters.since.setCurrentIndex(1)
    filters.until.setCurrentIndex(2)
    office.settle()
    assert {row.on.month for row in page.view.shown} <= {2, 3}
    assert page.view.entries.rowCount() == (31 + 28) * 9
    filters.voucher.setCurrentIndex(1)
    office.settle()
    assert page.view.sum_text == "显示 0 笔，合计 0.00 元"


def test_a_wish_that_was_overtaken_is_not_carried_out(
    page: ExpensesPage, office: WindowForPages, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(*args: object, **named: object) -> object:
        asked.append(args[2].text)  # type: ignore[attr-defined]
        return find_entries(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("jindu_desk.queries.expense_entries.find_entries", counted)
    for text in ("折", "折页", "折页 2", "折页 25"):
        page.view.filters.search.setText(text)
    office.settle()
    assert asked == ["折", "折页 25"]
    assert all("25" in row.summary for row in page.view.shown)


def test_a_photograph_dropped_on_a_row_is_kept_beside_it(
    page: ExpensesPage, office: WindowForPages, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.window.show()
    photo, program = tmp_path / "IMG_0001.HEIC", tmp_path / "setup.exe"
    for path in (photo, program):
        path.write_bytes(b"made up")
    table = page.view.entries_table
    row = page.view.shown[1]
    at = QPointF(table.visualRect(page.view.entries.index(1, 2)).center())

    def drop(path: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        common = Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        for kind in (QDragEnterEvent, QDragMoveEvent):
            QApplication.sendEvent(table.viewport(), kind(QPoint(round(at.x()), round(at.y())), *common))
        QApplication.sendEvent(table.viewport(), QDropEvent(at, *common))
        office.settle()

    drop(photo)
    assert [kept.name for kept in attachments_of(desk.store, Subject.EXPENSES, row.id)] == ["IMG_0001.HEIC"]
    assert [each.number for each in page.view.chosen] == [row.number]
    assert office.said == f"已为第 {row.number} 号支出添加 1 个附件"
    drop(program)
    assert "不能作为支出的附件" in office.said

    opened: list[bytes] = []

    def open_outside(path: Path) -> bool:
        opened.append(path.read_bytes())
        return True

    monkeypatch.setattr("jindu_desk.ui.expenses.papers.open_outside", open_outside)
    table.activated.emit(page.view.entries.index(1, 7))
    office.settle()
    assert opened == [b"made up"]
