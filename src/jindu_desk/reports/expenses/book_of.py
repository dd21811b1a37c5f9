"""From the expense book to the rows of its paper: the month, after what the year had spent before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jindu_desk.domain.expenses import PayeeKind
from jindu_desk.domain.months import Month
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.expenses import BudgetLineRow, ExpenseBook, ExpenseRow, expense_book
from jindu_desk.reports.expenses.book_paper import BookEntry, BookMonth, BookPaper, expense_book_printed
from jindu_desk.reports.expenses.workbook import expense_workbook
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import month_text


def printed(occasion: Occasion) -> PrintedPaper:
    """The month's entries; one without any says so, with the sums of the year."""
    book = book_at_hand(occasion, "经费台账")
    paper = book_paper(book, occasion, month_text(occasion.month), [occasion.month])
    return expense_book_printed(paper, occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    book = book_at_hand(occasion, "经费台账")
    entries = [row for row in book.entries if row.month == occasion.month]
    return expense_workbook(book, unit_name=occasion.own.unit.name, made_on=occasion.today, entries=entries)


def book_at_hand(occasion: Occasion, paper: str) -> ExpenseBook:
    """The year's book; raises `NothingToPrint` where nobody has begun it."""
    book = _book(occasion)
    if not book.lines and not book.entries:
        raise NothingToPrint(paper=paper, why=f"还没有 {book.year} 年的预算科目和支出。请先在“经费”里登记。")
    return book


@once_per_occasion
def _book(occasion: Occasion) -> ExpenseBook:
    return expense_book(occasion.store, occasion.own.unit.id, occasion.month.year, occasion.today)


def book_paper(book: ExpenseBook, occasion: Occasion, period: str, months: Sequence[Month]) -> BookPaper:
    """The entries of ``months``, oldest first."""
    lines = {line.id: line for line in book.lines}
    return BookPaper(
        unit=occasion.own.unit.name,
        period=period,
        made_on=occasion.today,
        brought_fen=sum(row.amount_fen for row in book.entries if row.month < months[0]),
        months=tuple(
            BookMonth(month, tuple(_entries(lines, (row for row in book.entries if row.month == month))))
            for month in months
        ),
        signatures=occasion.wording.signatures,
    )


def _entries(lines: dict[str, BudgetLineRow], rows: Iterable[ExpenseRow]) -> Iterable[BookEntry]:
    for row in rows:
        line = lines.get(row.line_id)
        note = f"（{line.note}）" if line is not None and line.note else ""
        yield BookEntry(
            number=row.number,
            on=row.on,
            summary=row.summary,
            payee=f"凭证 {row.payee}" if row.payee_kind is PayeeKind.CODED_RECEIPT else row.payee,
            line=f"{row.category_name}{note}",
            source=f"{line.source_name}{'（专款）' if line.restricted else ''}" if line is not None else "",
            classes="\n".join(filter(None, (row.class_department, row.class_government))),
            amount_fen=row.amount_fen,
            voucher=row.voucher_number,
            papers=row.papers,
            handler=row.handler,
            witness=row.witness,
            approver=row.approver,
            remark="；".join(filter(None, (_tied(row), row.note))),
        )


def _tied(row: ExpenseRow) -> str:
    if row.reverses:
        return f"冲销第{row.reverses}号"
    return f"已由第{row.reversed_by}号冲销" if row.reversed_by else ""
