"""Closing months and years of the expense book, and taking that back (Art. 9, 21(4)). Money in fen.

A closed month takes nothing any more; what is wrong in it is reversed in a later one. A closed year carries what its
restricted lines have left into the next year's budget, as an adjustment there; its own lines stay as they ended.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.expenses import (
    AdjustmentFields,
    BookClosingFields,
    BudgetLineFields,
    CarryFields,
    YearClosingFields,
)
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import TextMissing
from jindu_desk.errors.expense_closing import (
    CarriedMoneyUsed,
    EntriesOpen,
    LaterMonthClosed,
    MonthClosedAlready,
    MonthNotBegun,
    MonthNotClosed,
    NoOpenMonth,
    NotALineToCarry,
    NothingToClose,
    VouchersMissing,
    YearClosedAlready,
    YearNotClosed,
    YearNotOver,
)
from jindu_desk.operations.locks import refuse_if_year_closed
from jindu_desk.queries.expense_closing import month_closing_in, year_end_in
from jindu_desk.queries.expenses import closed_months_in, line_balance_in, line_name_in, locked_months_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Adjustment, BookClosing, BudgetLine, Carry, Expense, YearClosing


@dataclass(frozen=True, slots=True)
class YearClosed:
    """What closing a year did: how many lines were carried over, and how much together."""

    subjects: frozenset[Subject]
    lines: int
    carried_fen: int


def close_book_month(store: Store, unit_id: str, month: Month, *, confirmed: bool = False) -> Changes:
    """Close the book up to ``month``, with the months of its year before it that are still open.

    Raises `MonthNotBegun`, `MonthClosedAlready`, `BookYearClosed`, and, unless ``confirmed``, `VouchersMissing`.
    """
    with store.write("close_book_month") as w:
        if month.first_day > w.now.date():
            raise MonthNotBegun(month=str(month))
        refuse_if_year_closed(w.session, unit_id, month.year)
        found = month_closing_in(w.session, unit_id, month)
        if str(month) not in found.months:
            raise MonthClosedAlready(month=str(month))
        if found.without_voucher and not confirmed:
            raise VouchersMissing(count=found.without_voucher, first=found.first_without)
        for each in found.months:
            fields = {"unit_id": unit_id, "month": each, "closed_at": w.now, "closed_by": store.actor}
            row = BookClosingFields.read(fields)
            w.session.add(BookClosing.model_validate(row.model_dump()))
        detail = {"closed": list(found.months), "entries": found.entries, "without_voucher": found.without_voucher}
        w.note(Subject.EXPENSES, str(month), detail)
        return w.changes()


def reopen_book_month(store: Store, unit_id: str, month: Month, *, reason: str) -> Changes:
    """Take the closing of the last closed month back, with a reason.

    Raises `TextMissing`, `MonthNotClosed`, `LaterMonthClosed`, `BookYearClosed`. A reported month stays locked.
    """
    with store.write("reopen_book_month") as w:
        told = clean_text(reason, "reason", required=True)
        refuse_if_year_closed(w.session, unit_id, month.year)
        closed = closed_months_in(w.session, unit_id, month.year)
        if str(month) not in closed:
            raise MonthNotClosed(month=str(month))
        if (later := max(closed)) > str(month):
            raise LaterMonthClosed(month=str(month), later=later)
        w.session.delete(w.session.get_one(BookClosing, (unit_id, str(month))))
        w.note(Subject.EXPENSES, str(month), {"reopened": str(month), "reason": told})
        return w.changes()


def close_year(
    store: Store, unit_id: str, year: int, carry: Collection[str], *, reason: str, approval: str
) -> YearClosed:
    """Close a year and carry what the lines ``carry`` (ids) have left into the next one.

    The next year's line of the same category, source and note gets it, or one is made; as an adjustment of the first
    month there that is neither reported nor closed. Raises `YearNotOver`, `YearClosedAlready`, `NothingToClose`,
    `EntriesOpen`, `NotALineToCarry`, `NoOpenMonth`, `BookYearClosed` (of the next year), `TextMissing`.
    """
    with store.write("close_year") as w:
        if w.now.date() < date(year, 12, 31):
            raise YearNotOver(year=year)
        found = year_end_in(w.session, unit_id, year)
        if found.closed:
            raise YearClosedAlready(year=year)
        if not _lines(w.session, unit_id, year):
            raise NothingToClose(year=year)
        if found.open_entries:
            raise EntriesOpen(year=year, count=found.open_entries, months="、".join(found.open_months))
        fields = YearClosingFields.read(
            {
                "unit_id": unit_id,
                "year": year,
                "closed_at": w.now,
                "closed_by": store.actor,
                "reason": reason,
                "approval": approval,
            }
        )
        for name in ("reason", "approval"):
            if not getattr(fields, name):
                raise TextMissing(field=name)
        chosen = [w.session.get(BudgetLine, key) for key in dict.fromkeys(carry)]
        lines = [line for line in chosen if line is not None and line.unit_id == unit_id and line.year == year]
        opening = _opening_day(w.session, unit_id, year + 1) if lines else date(year + 1, 1, 1)
        total = sum(_carry(w, line, opening, fields) for line in lines)
        w.session.add(YearClosing.model_validate(fields.model_dump()))
        detail = {"closed": year, "lines": len(lines), "carried_fen": total}
        w.note(Subject.EXPENSES, f"{unit_id}:{year}", detail)
        return YearClosed(w.changes().subjects, len(lines), total)


def reopen_year(store: Store, unit_id: str, year: int) -> Changes:
    """Take the closing of a year back: what was carried over goes, with the lines that were made for it.

    Raises `YearNotClosed`; `CarriedMoneyUsed` once something was booked on a line that got money, its month was
    reported or closed, or the next year is closed.
    """
    with store.write("reopen_year") as w:
        closing = w.session.get(YearClosing, (unit_id, year))
        if closing is None:
            raise YearNotClosed(year=year)
        refuse_if_year_closed(w.session, unit_id, year + 1)
        carries = w.session.exec(
            select(Carry)
            .join(BudgetLine, col(BudgetLine.id) == Carry.from_line_id)
            .where(BudgetLine.unit_id == unit_id, BudgetLine.year == year)
        ).all()
        shut = locked_months_in(w.session, unit_id, year + 1)
        for carry in carries:
            _take_back(w, carry, shut)
        w.session.delete(closing)
        w.note(Subject.EXPENSES, f"{unit_id}:{year}", {"reopened": year, "lines": len(carries)})
        return w.changes()


def _carry(w: Write, line: BudgetLine, opening: date, closing: YearClosingFields) -> int:
    left = line_balance_in(w.session, line).left_fen
    if left <= 0:
        raise NotALineToCarry(line=_name(w.session, line))
    target = next((each for each in _lines(w.session, line.unit_id, line.year + 1) if _kind(each) == _kind(line)), None)
    made = target is None
    if target is None:
        position = len(_lines(w.session, line.unit_id, line.year + 1))
        changed = {"year": line.year + 1, "initial_fen": 0, "position": position}
        fields = BudgetLineFields.read({name: getattr(line, name) for name in BudgetLineFields.model_fields} | changed)
        target = BudgetLine.model_validate({"id": str(uuid.uuid4()), **fields.model_dump()})
        w.session.add(target)
        w.session.flush()
        w.note(Subject.EXPENSES, target.id, {"line": line.category, "year": line.year + 1, "initial_fen": 0})
    adjustment = AdjustmentFields.read(
        {
            "line_id": target.id,
            "on": opening,
            "amount_fen": left,
            "reason": closing.reason,
            "approval": closing.approval,
        }
    )
    key = str(uuid.uuid4())
    w.session.add(Adjustment.model_validate({"id": key, **adjustment.model_dump()}))
    fields_of_carry = CarryFields.read(
        {
            "from_line_id": line.id,
            "to_line_id": target.id,
            "adjustment_id": key,
            "amount_fen": left,
            "line_made": made,
        }
    )
    w.session.add(Carry.model_validate(fields_of_carry.model_dump()))
    w.session.flush()
    w.note(Subject.EXPENSES, key, {"line": target.id, "on": opening, "amount_fen": left, "carried_from": line.id})
    return left


def _take_back(w: Write, carry: Carry, shut: Collection[str]) -> None:
    target = w.session.get_one(BudgetLine, carry.to_line_id)
    adjustment = w.session.get(Adjustment, carry.adjustment_id)
    others = Adjustment.line_id == target.id, Adjustment.id != carry.adjustment_id
    booked = w.session.exec(select(func.count()).select_from(Expense).where(Expense.line_id == target.id)).one()
    adjusted = w.session.exec(select(func.count()).select_from(Adjustment).where(*others)).one()
    reported = adjustment is None or str(Month.of(adjustment.on)) in shut
    if booked or adjusted or reported:
        raise CarriedMoneyUsed(year=target.year, line=_name(w.session, target))
    detail = {"taken_back": carry.amount_fen, "line": target.id}
    w.session.delete(carry)
    w.session.flush()
    w.session.delete(adjustment)
    w.session.flush()
    if carry.line_made and target.initial_fen == 0:
        w.session.delete(target)
    w.note(Subject.EXPENSES, carry.adjustment_id, detail)


def _opening_day(session: Session, unit_id: str, year: int) -> date:
    refuse_if_year_closed(session, unit_id, year)
    shut = locked_months_in(session, unit_id, year)
    for number in range(1, 13):
        month = Month(year, number)
        if str(month) not in shut:
            return month.first_day
    raise NoOpenMonth(year=year)


def _lines(session: Session, unit_id: str, year: int) -> list[BudgetLine]:
    return list(session.exec(select(BudgetLine).where(BudgetLine.unit_id == unit_id, BudgetLine.year == year)))


def _kind(line: BudgetLine) -> tuple[str, str, str]:
    return line.category, line.fund_source, line.note


def _name(session: Session, line: BudgetLine) -> str:
    return line_name_in(session, line.year, line.category, line.fund_source, line.note)
