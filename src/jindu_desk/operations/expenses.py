"""The expense book: entries, their correction by reversal (红字冲销), and vouchers that come later. Money in fen.

Nothing is ever deleted from the book. Budget lines are in `operations.budget`.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session, col, func, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.evidence import check_evidence
from jindu_desk.domain.expense_rules import check_entry, check_reversal
from jindu_desk.domain.expenses import ExpenseFields, PayeeKind, PaymentMethod
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month
from jindu_desk.errors.expenses import DateAhead, NoBudgetLine, NoExpense, RepeatedVoucher
from jindu_desk.operations.attachments import attach_in, detach_in
from jindu_desk.operations.locks import refuse_if_book_closed
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.expenses import line_course_in
from jindu_desk.queries.rules import expense_rules_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Attachment, BudgetLine, Expense


@dataclass(frozen=True, slots=True)
class ExpenseDraft:
    """An entry as it is typed. Empty classifications are filled with the category's own."""

    line_id: str
    on: date
    category: str
    summary: str
    amount_fen: int
    payee: str = ""
    payee_kind: PayeeKind = PayeeKind.UNIT
    class_department: str = ""
    class_government: str = ""
    voucher_number: str = ""
    voucher_on: date | None = None
    papers: int = 0
    payment_method: PaymentMethod = PaymentMethod.TRANSFER
    handler: str = ""
    witness: str = ""
    approver: str = ""
    note: str = ""


def book_expense(
    store: Store,
    draft: ExpenseDraft,
    *,
    confirmed: bool = False,
    evidence: Sequence[Path] = (),
    paths: FolderPaths | None = None,
) -> Changes:
    """Book an entry with its ``evidence`` (files, kept in the folder ``paths``); the key of the changes is its id.

    Raises `MonthLocked`, `BookMonthClosed`, the refusals of `domain.expense_rules.check_entry`, what
    `attach_to_expense` raises of a file, and, unless ``confirmed``, what is only asked: `RepeatedVoucher`, `DateAhead`.
    """
    with store.write("book_expense") as w:
        line = _line(w.session, draft.line_id)
        catalogue = expense_rules_in(w.session, Month.of(draft.on))
        category = catalogue.category(draft.category)
        fields = ExpenseFields.read(
            asdict(draft)
            | {
                "unit_id": line.unit_id,
                "number": next_number_in(w.session, line.unit_id, draft.on.year),
                "class_department": draft.class_department.strip() or category.department,
                "class_government": draft.class_government.strip() or category.government,
            }
        )
        refuse_if_book_closed(w.session, line.unit_id, Month.of(draft.on))
        check_entry(fields, line, line_course_in(w.session, line), catalogue)
        if not confirmed:
            ask_about_date(fields.on, w.now.date())
            _ask_about_voucher(w.session, line.unit_id, fields.on.year, fields.voucher_number)
        key = insert_in(w, fields)
        if paths is not None:
            w.session.flush()
            for source in evidence:
                _attach(w, paths, key, source)
        return w.changes(key)


def reverse_expense(store: Store, expense_id: str, on: date, *, reason: str, confirmed: bool = False) -> Changes:
    """Book the negative of an entry, tied to it, on the same line. The first entry stays as it is.

    Raises `MonthLocked` (of the reversal's month; the entry's own may be closed), `AlreadyReversed`,
    `ReversalOfReversal`, `ReversalBeforeEntry`, `DateOutsideBudgetYear`, and, unless ``confirmed``, `DateAhead`.
    """
    with store.write("reverse_expense") as w:
        first = _entry(w.session, expense_id)
        refuse_if_book_closed(w.session, first.unit_id, Month.of(on))
        if not confirmed:
            ask_about_date(on, w.now.date())
        return w.changes(reverse_in(w, first, on, reason))


def reverse_in(w: Write, first: Expense, on: date, reason: str) -> str:
    """A step: the negative of ``first`` is in the book; its id. Raises what `check_reversal` raises."""
    by = w.session.exec(select(Expense.number).where(Expense.reverses == first.id)).one_or_none()
    check_reversal(first, by, on)
    kept = ("unit_id", "line_id", "category", "summary", "payee_kind", "payee", "payment_method")
    classes = ("class_department", "class_government")
    fields = ExpenseFields.read(
        {name: getattr(first, name) for name in (*kept, *classes)}
        | {
            "number": next_number_in(w.session, first.unit_id, on.year),
            "on": on,
            "amount_fen": -first.amount_fen,
            "reverses": first.id,
            "note": reason,
        }
    )
    return insert_in(w, fields)


def set_voucher(
    store: Store, expense_id: str, *, number: str, on: date | None, papers: int, confirmed: bool = False
) -> Changes:
    """Add or correct the reference to the finance office's voucher, which often comes after the payment.

    Raises `MonthLocked`, `NoExpense` and, unless ``confirmed``, `RepeatedVoucher`.
    """
    with store.write("set_voucher") as w:
        row = _entry(w.session, expense_id)
        refuse_if_book_closed(w.session, row.unit_id, Month.of(row.on))
        fields = ExpenseFields.read(
            {name: getattr(row, name) for name in ExpenseFields.model_fields}
            | {"voucher_number": number, "voucher_on": on, "papers": papers}
        )
        if not confirmed:
            _ask_about_voucher(w.session, row.unit_id, row.on.year, fields.voucher_number, besides=row.id)
        row.voucher_number, row.voucher_on, row.papers = fields.voucher_number, fields.voucher_on, fields.papers
        w.note(Subject.EXPENSES, row.id, {"voucher": row.voucher_number, "on": on, "papers": papers})
        return w.changes(row.id)


def attach_to_expense(store: Store, paths: FolderPaths, expense_id: str, source: Path) -> Changes:
    """Keep a copy of a file beside an entry. Raises `NotEvidence`, `MonthLocked`, `NoExpense` and what reading it
    raises."""
    with store.write("attach_to_expense") as w:
        row = _entry(w.session, expense_id)
        refuse_if_book_closed(w.session, row.unit_id, Month.of(row.on))
        return w.changes(_attach(w, paths, row.id, source))


def detach_from_expense(store: Store, attachment_id: str) -> Changes:
    """Take an attachment off its entry. Its bytes stay in the folder: a backup or a package may point to them."""
    with store.write("detach_from_expense") as w:
        attached = w.session.get(Attachment, attachment_id)
        if attached is None or attached.subject != Subject.EXPENSES:
            raise NoExpense
        row = _entry(w.session, attached.record_id)
        refuse_if_book_closed(w.session, row.unit_id, Month.of(row.on))
        detach_in(w, attached)
        return w.changes(row.id)


def _attach(w: Write, paths: FolderPaths, expense_id: str, source: Path) -> str:
    check_evidence(source.name)
    return attach_in(w, paths, Subject.EXPENSES, expense_id, source)


def insert_in(w: Write, fields: ExpenseFields) -> str:
    """A step: the entry is in the book; its id."""
    key = str(uuid.uuid4())
    w.session.add(Expense.model_validate({"id": key, **fields.model_dump()}))
    detail = {"number": fields.number, "line": fields.line_id, "on": fields.on, "amount_fen": fields.amount_fen}
    w.note(Subject.EXPENSES, key, detail | ({"reverses": fields.reverses} if fields.reverses else {}))
    return key


def _line(session: Session, line_id: str) -> BudgetLine:
    line = session.get(BudgetLine, line_id)
    if line is None:
        raise NoBudgetLine
    return line


def _entry(session: Session, expense_id: str) -> Expense:
    row = session.get(Expense, expense_id)
    if row is None:
        raise NoExpense
    return row


def next_number_in(session: Session, unit_id: str, year: int) -> int:
    """Numbers run 1, 2, 3 … per unit and year of the entry's date."""
    last = session.exec(
        select(func.max(Expense.number)).where(
            Expense.unit_id == unit_id, Expense.on >= date(year, 1, 1), Expense.on <= date(year, 12, 31)
        )
    ).one()
    return (last or 0) + 1


def ask_about_date(on: date, today: date) -> None:
    """Raises `DateAhead`."""
    if on > today:
        raise DateAhead(field="on", date=on, today=today)


def _ask_about_voucher(session: Session, unit_id: str, year: int, voucher: str, *, besides: str = "") -> None:
    """A voucher may stand behind several entries, but more often a repeated number is a slip."""
    if not voucher:
        return
    reversals = select(Expense.reverses).where(col(Expense.reverses).is_not(None))
    same = session.exec(
        select(Expense)
        .where(
            Expense.unit_id == unit_id,
            Expense.on >= date(year, 1, 1),
            Expense.on <= date(year, 12, 31),
            Expense.voucher_number == voucher,
            Expense.id != besides,
            col(Expense.id).not_in(reversals),
        )
        .order_by(col(Expense.number))
        .limit(1)
    ).one_or_none()
    if same is not None:
        raise RepeatedVoucher(
            field="voucher_number",
            voucher=voucher,
            number=same.number,
            date=same.on,
            amount=yuan_text(same.amount_fen),
        )
