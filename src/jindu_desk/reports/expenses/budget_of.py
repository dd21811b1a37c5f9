"""From the expense book to the budget's execution at the end of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from jindu_desk.domain.expense_rules import Balance, elapsed_of
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.expenses import AdjustmentRow, ExpenseBook, ExpenseRow
from jindu_desk.reports.expenses.book_of import book_at_hand
from jindu_desk.reports.expenses.budget_paper import BudgetEntry, BudgetPaper, budget_printed
from jindu_desk.reports.expenses.workbook import budget_workbook
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import month_text

_PAPER = "预算执行表"


def printed(occasion: Occasion) -> PrintedPaper:
    """All lines of the year as they stood at the month's end, or stand today."""
    book = _as_of(occasion)
    month = _by_line(row for row in book.entries if row.month == occasion.month)
    paper = BudgetPaper(
        unit=occasion.own.unit.name,
        period=month_text(occasion.month),
        as_of=_last_day(occasion),
        elapsed=book.elapsed,
        lines=tuple(
            BudgetEntry(
                f"{line.category_name}{line.note}", line.source_name, line.restricted, line.balance, month[line.id]
            )
            for line in book.lines
        ),
        signatures=occasion.wording.signatures,
    )
    return budget_printed(paper, occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    book = _as_of(occasion)
    month = _by_line(row for row in book.entries if row.month == occasion.month)
    return budget_workbook(book, month, unit_name=occasion.own.unit.name, as_of=_last_day(occasion))


def book_as_of(book: ExpenseBook, day: date) -> ExpenseBook:
    """The book as it was at the end of ``day``: by the dates of its entries and adjustments."""
    entries = tuple(row for row in book.entries if row.on <= day)
    adjustments = tuple(row for row in book.adjustments if row.on <= day)
    spent, added = _by_line(entries), _by_line(adjustments)
    lines = tuple(
        replace(line, balance=Balance(line.balance.initial_fen, added[line.id], spent[line.id])) for line in book.lines
    )
    return replace(book, entries=entries, adjustments=adjustments, lines=lines, elapsed=elapsed_of(book.year, day))


def _as_of(occasion: Occasion) -> ExpenseBook:
    book = book_at_hand(occasion, _PAPER)
    if not book.lines:
        raise NothingToPrint(paper=_PAPER, why=f"还没有 {book.year} 年的预算科目。请先在“经费”里新建。")
    return book_as_of(book, _last_day(occasion))


def _last_day(occasion: Occasion) -> date:
    return min(occasion.month.last_day, max(occasion.today, occasion.month.first_day))


def _by_line(rows: Iterable[ExpenseRow | AdjustmentRow]) -> defaultdict[str, int]:
    sums: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        sums[row.line_id] += row.amount_fen
    return sums
