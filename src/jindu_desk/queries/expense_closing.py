"""What is closed of an expense book, and what closing its year would carry over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from jindu_desk.domain.months import Month
from jindu_desk.queries.expenses import BudgetLineRow, budget_lines_in, closed_months_in, locked_months_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Carry, Expense, YearClosing


@dataclass(frozen=True, slots=True)
class MonthClosing:
    """What closing the book up to ``month`` means: the months it closes with their entries, and of these how many
    have no voucher number; ``first_without`` is the number of the first."""

    month: Month
    months: tuple[str, ...]
    entries: int
    without_voucher: int
    first_without: int | None


@dataclass(frozen=True, slots=True)
class YearEnd:
    """``lines``: those with a balance left; ``open_months``: months with entries that are not closed yet;
    ``carried``: line id → fen that went into the next year, once the year is closed."""

    year: int
    closed: bool
    lines: tuple[BudgetLineRow, ...]
    open_entries: int
    open_months: tuple[str, ...]
    carried: dict[str, int]

    @property
    def proposed(self) -> frozenset[str]:
        """Restricted money stays with its purpose; what else is carried over people decide."""
        return frozenset(line.id for line in self.lines if line.restricted)


def month_closing(store: Store, unit_id: str, month: Month) -> MonthClosing:
    with store.read() as session:
        return month_closing_in(session, unit_id, month)


def month_closing_in(session: Session, unit_id: str, month: Month) -> MonthClosing:
    closed = closed_months_in(session, unit_id, month.year)
    months = tuple(str(each) for each in month.year_to_date if str(each) not in closed)
    found = session.execute(
        select_columns(
            col(Expense.number),
            col(Expense.on),
            col(Expense.voucher_number),
            col(Expense.id),
            col(Expense.reverses),
        )
        .where(
            col(Expense.unit_id) == unit_id,
            col(Expense.on) >= date(month.year, 1, 1),
            col(Expense.on) <= month.last_day,
        )
        .order_by(col(Expense.number))
    ).all()
    undone = {reverses for *_, reverses in found if reverses}
    here = [row for row in found if str(Month.of(row[1])) in months]
    bare = [number for number, _, voucher, key, back in here if not voucher and not back and key not in undone]
    return MonthClosing(month, months, len(here), len(bare), bare[0] if bare else None)


def year_end(store: Store, unit_id: str, year: int) -> YearEnd:
    with store.read() as session:
        return year_end_in(session, unit_id, year)


def year_end_in(session: Session, unit_id: str, year: int) -> YearEnd:
    lines = budget_lines_in(session, unit_id, year)
    shut = locked_months_in(session, unit_id, year)
    days = session.exec(
        select(col(Expense.on), func.count())
        .where(Expense.unit_id == unit_id, Expense.on >= date(year, 1, 1), Expense.on <= date(year, 12, 31))
        .group_by(col(Expense.on))
    ).all()
    waiting = [(str(Month.of(on)), count) for on, count in days if str(Month.of(on)) not in shut]
    carried = session.exec(
        select(Carry.from_line_id, Carry.amount_fen).where(col(Carry.from_line_id).in_([line.id for line in lines]))
    ).all()
    return YearEnd(
        year=year,
        closed=session.get(YearClosing, (unit_id, year)) is not None,
        lines=tuple(line for line in lines if line.balance.left_fen > 0),
        open_entries=sum(count for _, count in waiting),
        open_months=tuple(sorted({month for month, _ in waiting})),
        carried=dict(carried),
    )
