"""From the pages of money and of the totals to their papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from tests.ui.conftest import WindowForPages

from jindu_desk.domain.expenses import FundSource
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.ui.expenses.page import ExpensesPage
from jindu_desk.ui.papers.page import PapersPage
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.totals.page import TotalsPage

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def start(office: WindowForPages, key: str) -> object:
    tier = office.shell.desk.unit.unit.tier
    office.window.take_screens([spec for spec in SCREENS if tier in spec.tiers and spec.key in (key, "papers")])
    office.window.show_pages()
    office.shell.go(key)
    office.settle()
    return office.window.pages.page(key)


def chosen(office: WindowForPages) -> str:
    office.settle()
    page = office.window.pages.page("papers")
    assert isinstance(page, PapersPage)
    assert page.kind is not None
    return page.kind.key


def test_the_book_leads_to_its_papers(desk: Desk, window_for: Callable[[Desk], WindowForPages]) -> None:
    add_budget_line(desk.store, desk.unit.unit.id, BudgetLineDraft(2026, "publicity", FundSource.OWN, 1_000_000))
    office = window_for(desk)
    page = start(office, "expenses")
    assert isinstance(page, ExpensesPage)
    entries = {entry.text(): entry for entry in page.findChildren(QAction)}
    for label, key in (("打印经费台账", "expenses"), ("打印预算执行表", "budget")):
        assert entries[label].isEnabled()
        entries[label].trigger()
        assert chosen(office) == key


def test_the_totals_lead_to_the_papers_of_the_district(
    district: Desk, window_for: Callable[[Desk], WindowForPages]
) -> None:
    office = window_for(district)
    page = start(office, "totals")
    assert isinstance(page, TotalsPage)
    actions = {action.label: action for action in page.actions_of_totals.declared()}
    for label, key in (("打印", "totals"), ("检查考核表", "assessment"), ("起草通报", "bulletin")):
        actions[label].operation()
        assert chosen(office) == key
