"""Budget lines: the year's budget per category and fund source, and its adjustments (Art. 9). Money in fen."""

from __future__ import annotations

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.expense_rules import check_adjustment, check_line
from jindu_desk.domain.expenses import AdjustmentFields, BudgetLineFields, FundSource
from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import TextMissing
from jindu_desk.errors.expenses import BudgetLineExists, BudgetLineInUse, NoBudgetLine, NoLinesToCopy
from jindu_desk.operations.locks import refuse_if_book_closed, refuse_if_year_closed
from jindu_desk.queries.expenses import line_balance_in, line_course_in, line_name_in, year_rules_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Adjustment, BudgetLine, Carry, Expense


@dataclass(frozen=True, slots=True)
class BudgetLineDraft:
    """A budget line as it is typed."""

    year: int
    category: str
    fund_source: FundSource
    initial_fen: int
    restricted: bool = False
    note: str = ""


def add_budget_line(store: Store, unit_id: str, draft: BudgetLineDraft) -> Changes:
    """Add a line to a year; the key of the changes is its id.

    Raises `BudgetLineExists` for a second line of the same category, source and note, `UnknownCategory`,
    `NegativeBudget`, or an error about a field.
    """
    with store.write("add_budget_line") as w:
        position = w.session.exec(
            select(func.count())
            .select_from(BudgetLine)
            .where(BudgetLine.unit_id == unit_id, BudgetLine.year == draft.year)
        ).one()
        fields = BudgetLineFields.read(asdict(draft) | {"unit_id": unit_id, "position": position})
        refuse_if_year_closed(w.session, unit_id, fields.year)
        check_line(fields, year_rules_in(w.session, fields.year))
        _refuse_second(w.session, fields)
        key = str(uuid.uuid4())
        w.session.add(BudgetLine.model_validate({"id": key, **fields.model_dump()}))
        w.note(Subject.EXPENSES, key, {"line": fields.category, "year": fields.year, "initial_fen": fields.initial_fen})
        return w.changes(key)


def change_budget_line(store: Store, line_id: str, draft: BudgetLineDraft) -> Changes:
    """Correct a line while nothing is booked on it; afterwards its amount moves by adjustments only. What was carried
    over from the year before leaves the amount open, but not what kind of line it is.

    Raises `BudgetLineInUse`, `BudgetLineExists`, `NoBudgetLine`, or an error about a field.
    """
    with store.write("change_budget_line") as w:
        line = _line(w.session, line_id)
        refuse_if_year_closed(w.session, line.unit_id, line.year)
        kept = _carried_to(w.session, line)
        _refuse_in_use(w.session, line, besides=kept)
        fields = BudgetLineFields.read(asdict(draft) | {"unit_id": line.unit_id, "position": line.position})
        check_line(fields, year_rules_in(w.session, fields.year))
        if kept and (fields.category, fields.fund_source, fields.note) != _kind(line):
            _refuse_in_use(w.session, line)
        _refuse_second(w.session, fields, besides=line_id)
        for name, value in fields.model_dump().items():
            setattr(line, name, value)
        w.note(Subject.EXPENSES, line_id, fields.model_dump(mode="json"))
        return w.changes(line_id)


def remove_budget_line(store: Store, line_id: str) -> Changes:
    """Remove a line made by mistake. Raises `BudgetLineInUse` once something is booked on it."""
    with store.write("remove_budget_line") as w:
        line = _line(w.session, line_id)
        refuse_if_year_closed(w.session, line.unit_id, line.year)
        _refuse_in_use(w.session, line)
        w.session.delete(line)
        w.note(Subject.EXPENSES, line_id, {"removed": True, "line": line.category, "year": line.year})
        return w.changes()


def copy_budget_lines(store: Store, unit_id: str, from_year: int, to_year: int) -> Changes:
    """Open a year with the lines of another: same categories and sources, its adjusted amounts as a start.

    A line that is there already is left alone. Raises `NoLinesToCopy`.
    """
    with store.write("copy_budget_lines") as w:
        refuse_if_year_closed(w.session, unit_id, to_year)
        known = {_kind(line) for line in _lines(w.session, unit_id, to_year)}
        source = [line for line in _lines(w.session, unit_id, from_year) if _kind(line) not in known]
        if not source:
            raise NoLinesToCopy(year=from_year)
        for position, line in enumerate(source, start=len(known)):
            key = str(uuid.uuid4())
            amount = max(line_balance_in(w.session, line).adjusted_fen, 0)
            copied = {"year": to_year, "initial_fen": amount, "position": position}
            fields = BudgetLineFields.read(
                {name: getattr(line, name) for name in BudgetLineFields.model_fields} | copied
            )
            w.session.add(BudgetLine.model_validate({"id": key, **fields.model_dump()}))
            w.note(Subject.EXPENSES, key, {"line": line.category, "year": to_year, "initial_fen": amount})
        return w.changes()


def adjust_budget(store: Store, line_id: str, *, on: date, amount_fen: int, reason: str, approval: str) -> Changes:
    """Book an adjustment (negative to cut) with its date, reason and approval.

    Raises `MonthLocked`, `AdjustmentIsZero`, `AdjustmentBelowSpent`, `DateOutsideBudgetYear`, or a field's error.
    """
    with store.write("adjust_budget") as w:
        line = _line(w.session, line_id)
        fields = AdjustmentFields.read(
            {"line_id": line_id, "on": on, "amount_fen": amount_fen, "reason": reason, "approval": approval}
        )
        for name in ("reason", "approval"):
            if not getattr(fields, name):
                raise TextMissing(field=name)
        refuse_if_book_closed(w.session, line.unit_id, Month.of(on))
        name = line_name_in(w.session, line.year, line.category, line.fund_source, line.note)
        check_adjustment(amount_fen, on, line, line_course_in(w.session, line), name)
        key = str(uuid.uuid4())
        w.session.add(Adjustment.model_validate({"id": key, **fields.model_dump()}))
        w.note(Subject.EXPENSES, key, {"line": line_id, "on": on, "amount_fen": amount_fen})
        return w.changes(key)


def _kind(line: BudgetLine) -> tuple[str, FundSource, str]:
    return line.category, line.fund_source, line.note


def _lines(session: Session, unit_id: str, year: int) -> list[BudgetLine]:
    return list(
        session.exec(
            select(BudgetLine)
            .where(BudgetLine.unit_id == unit_id, BudgetLine.year == year)
            .order_by(col(BudgetLine.position), col(BudgetLine.id))
        )
    )


def _line(session: Session, line_id: str) -> BudgetLine:
    line = session.get(BudgetLine, line_id)
    if line is None:
        raise NoBudgetLine
    return line


def _refuse_second(session: Session, fields: BudgetLineFields, *, besides: str = "") -> None:
    wanted = (fields.category, fields.fund_source, fields.note)
    for line in _lines(session, fields.unit_id, fields.year):
        if _kind(line) == wanted and line.id != besides:
            name = line_name_in(session, fields.year, *wanted)
            raise BudgetLineExists(field="category", year=fields.year, line=name)


def _carried_to(session: Session, line: BudgetLine) -> str:
    """The adjustment by which the line got a balance of the year before, or ""."""
    return session.exec(select(Carry.adjustment_id).where(Carry.to_line_id == line.id)).one_or_none() or ""


def _refuse_in_use(session: Session, line: BudgetLine, *, besides: str = "") -> None:
    for table in (Expense, Adjustment):
        of_line = table.line_id == line.id, col(table.id) != besides
        if session.exec(select(func.count()).select_from(table).where(*of_line)).one():
            name = line_name_in(session, line.year, line.category, line.fund_source, line.note)
            raise BudgetLineInUse(line=name)
