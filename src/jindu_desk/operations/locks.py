"""A reported month is closed until it is opened again with a reason; so is a month of the expense book by itself."""

from __future__ import annotations

from sqlmodel import Session, select

from jindu_desk.domain.months import Month
from jindu_desk.errors.expense_closing import BookMonthClosed, BookYearClosed
from jindu_desk.errors.units import MonthLocked
from jindu_desk.store.tables import BookClosing, MonthLock, YearClosing


def refuse_if_locked(session: Session, unit_id: str, month: Month) -> None:
    """Raises `MonthLocked` while ``unit_id``'s month is closed."""
    lock = session.exec(
        select(MonthLock).where(MonthLock.unit_id == unit_id, MonthLock.month == str(month))
    ).one_or_none()
    if lock is not None and lock.reopened_at is None:
        raise MonthLocked(month=str(month), number=lock.sent_number)


def refuse_if_book_closed(session: Session, unit_id: str, month: Month) -> None:
    """For the expense book. Raises `MonthLocked`, `BookYearClosed` or `BookMonthClosed`."""
    refuse_if_locked(session, unit_id, month)
    refuse_if_year_closed(session, unit_id, month.year)
    if session.get(BookClosing, (unit_id, str(month))) is not None:
        raise BookMonthClosed(month=str(month))


def refuse_if_year_closed(session: Session, unit_id: str, year: int) -> None:
    """Raises `BookYearClosed`: neither lines nor entries of the year change any more."""
    if session.get(YearClosing, (unit_id, year)) is not None:
        raise BookYearClosed(year=year)
