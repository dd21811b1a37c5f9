"""A whole imported list taken back: every entry of it that still stands is reversed, in one transaction."""

from __future__ import annotations

from datetime import date

from sqlmodel import col, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors.expense_lists import ImportReversed, NoImport
from jindu_desk.errors.expenses import ReversalBeforeBatch
from jindu_desk.operations.expenses import ask_about_date, reverse_in
from jindu_desk.operations.locks import refuse_if_book_closed
from jindu_desk.queries.expense_imports import REVERSED
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Expense, ExpenseImport, ImportedExpense


def reverse_import(store: Store, import_id: str, on: date, *, reason: str, confirmed: bool = False) -> Changes:
    """Book a reversing entry on ``on`` for all that one import booked and nobody reversed yet; nothing is deleted.

    All or nothing. Raises `NoImport`, `ImportReversed`, `MonthLocked`, `BookMonthClosed`, `BookYearClosed` (of the
    reversals' month; the entries' own may be closed), `TextMissing`, `ReversalBeforeBatch`, `DateOutsideBudgetYear`,
    and, unless ``confirmed``, `DateAhead`.
    """
    with store.write("reverse_import") as w:
        batch = w.session.get(ExpenseImport, import_id)
        if batch is None:
            raise NoImport
        why = clean_text(reason, "note", limit=200, required=True)
        refuse_if_book_closed(w.session, batch.unit_id, Month.of(on))
        standing = (
            select(Expense)
            .join(ImportedExpense, col(ImportedExpense.expense_id) == Expense.id)
            .where(ImportedExpense.import_id == import_id, col(Expense.id).not_in(REVERSED))
            .order_by(col(Expense.number))
        )
        entries = w.session.exec(standing).all()
        if not entries:
            raise ImportReversed
        latest = max(entries, key=lambda entry: entry.on)
        if on < latest.on:
            raise ReversalBeforeBatch(field="on", date=on, number=latest.number, latest=latest.on)
        if not confirmed:
            ask_about_date(on, w.now.date())
        for entry in entries:
            reverse_in(w, entry, on, why)
        total = sum(entry.amount_fen for entry in entries)
        w.note(Subject.EXPENSES, import_id, {"reversed": len(entries), "amount_fen": total})
        return w.changes(import_id)
