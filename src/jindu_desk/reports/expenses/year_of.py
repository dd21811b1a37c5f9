"""The expense book of a whole year, month after month, as it is bound and filed."""

from __future__ import annotations

from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.reports.expenses.book_of import book_at_hand, book_paper
from jindu_desk.reports.expenses.book_paper import expense_book_printed
from jindu_desk.reports.expenses.workbook import expense_workbook
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper

_PAPER = "年度经费台账"


def printed(occasion: Occasion) -> PrintedPaper:
    """All entries of the year until today, with the sums of their months."""
    book, year = book_at_hand(occasion, _PAPER), occasion.month.year
    months = sorted({row.month for row in book.entries})
    if not months:
        raise NothingToPrint(paper=_PAPER, why=f"{year} 年还没有登记支出。请先在“经费”里登记。")
    return expense_book_printed(book_paper(book, occasion, f"{year}年", months), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    book = book_at_hand(occasion, _PAPER)
    return expense_workbook(book, unit_name=occasion.own.unit.name, made_on=occasion.today)
