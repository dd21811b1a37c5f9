"""A reported month is closed until it is opened again with a reason."""

from __future__ import annotations

from sqlmodel import Session, select

from jindu_desk.domain.months import Month
from jindu_desk.errors.units import MonthLocked
from jindu_desk.store.tables import MonthLock


def refuse_if_locked(session: Session, unit_id: str, month: Month) -> None:
    """Raises `MonthLocked` while ``unit_id``'s month is closed."""
    lock = session.exec(
        select(MonthLock).where(MonthLock.unit_id == unit_id, MonthLock.month == str(month))
    ).one_or_none()
    if lock is not None and lock.reopened_at is None:
        raise MonthLocked(month=str(month), number=lock.sent_number)
