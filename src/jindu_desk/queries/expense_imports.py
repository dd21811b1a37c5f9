"""Lists of the finance office that were booked, and what of each still stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select as select_columns
from sqlmodel import col, func, select

from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Expense, ExpenseImport, ImportedExpense

REVERSED = select(Expense.reverses).where(col(Expense.reverses).is_not(None))
"""The entries that do not stand any more."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """``booked``: entries of the import; ``standing``, ``standing_fen``: those that nobody reversed, of which the
    latest is dated ``latest``."""

    id: str
    file: str
    imported_at: datetime
    imported_by: str
    booked: int
    standing: int
    standing_fen: int
    latest: date


def standing_imports(store: Store, unit_id: str, year: int) -> tuple[ImportRow, ...]:
    """Those of which something still stands, the newest first."""
    batch, link = ExpenseImport, ImportedExpense
    booked = select_columns(col(link.import_id), func.count()).group_by(col(link.import_id))
    standing = (
        select_columns(
            col(batch.id),
            col(batch.file),
            col(batch.imported_at),
            col(batch.imported_by),
            func.count(),
            func.sum(col(Expense.amount_fen)),
            func.max(col(Expense.on)),
        )
        .join(link, col(link.import_id) == batch.id)
        .join(Expense, col(Expense.id) == link.expense_id)
        .where(col(batch.unit_id) == unit_id, col(batch.year) == year, col(Expense.id).not_in(REVERSED))
        .group_by(col(batch.id), col(batch.file), col(batch.imported_at), col(batch.imported_by))
        .order_by(col(batch.imported_at).desc())
    )
    with store.read() as session:
        counts: dict[str, int] = {key: int(count) for key, count in session.execute(booked)}
        return tuple(
            ImportRow(key, file, at, by, counts[key], count, int(fen), latest)
            for key, file, at, by, count, fen, latest in session.execute(standing)
        )
