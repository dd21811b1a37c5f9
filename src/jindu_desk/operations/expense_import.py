"""Taking a finance office's list into the book: tried first, row by row, then booked in one transaction.

What is imported are entries like any other: they are undone by reversal alone. Rows that are refused or look like
something that is there already are kept apart, with the reason, and can be saved as a list.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.expense_categories import Catalogue, Category, PayeeRule
from jindu_desk.domain.expense_lists import NEEDED, ListField, ListMapping, is_total, read_amount, read_day
from jindu_desk.domain.expense_rules import Course, Movement, check_entry, looks_like_a_receipt
from jindu_desk.domain.expenses import ExpenseFields, ExpenseImportFields, PayeeKind, PaymentMethod
from jindu_desk.domain.free_text import clean_text
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import FIELD_LABELS, TextMissing
from jindu_desk.errors.expense_lists import (
    AmountMissing,
    BrokenListCell,
    ColumnsMissing,
    ColumnTwice,
    IsTotal,
    LikeEntry,
    LikeRow,
    LikeVoucher,
    ListChanged,
    NotACountOfPapers,
    NothingToImport,
    RedEntry,
    RowAhead,
    RowWithoutLine,
    UnknownCategoryName,
    UnknownMethodName,
)
from jindu_desk.operations.expenses import insert_in, next_number_in
from jindu_desk.operations.fill_workbook import read_workbook_file
from jindu_desk.operations.locks import refuse_if_book_closed
from jindu_desk.queries.expense_lists import list_words, mapping_text, setting_key
from jindu_desk.queries.expenses import line_course_in
from jindu_desk.queries.rules import expense_rules_in
from jindu_desk.reports.expenses.list_reading import ListRow, ReadList, read_expense_list
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import BudgetLine, Expense, ExpenseImport, ImportedExpense, Setting

_LONGEST_NAME = 200


class RowVerdict(StrEnum):
    BOOK = "book"
    DUPLICATE = "duplicate"
    REFUSED = "refused"
    PASSED = "passed"  # sums up others


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """What would become of a row. ``entry`` is there for what can be booked, duplicates too; ``why`` for all others."""

    row: ListRow
    verdict: RowVerdict
    entry: ExpenseFields | None = None
    why: DeskError | None = None


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """``rows`` in the order of the list. ``subjects`` is empty for a dry run."""

    rows: tuple[JudgedRow, ...]
    subjects: frozenset[Subject] = frozenset()

    def of(self, verdict: RowVerdict) -> tuple[JudgedRow, ...]:
        return tuple(row for row in self.rows if row.verdict is verdict)

    @property
    def total_fen(self) -> int:
        """What would be booked together."""
        return sum(row.entry.amount_fen for row in self.of(RowVerdict.BOOK) if row.entry)

    @property
    def left_out(self) -> tuple[JudgedRow, ...]:
        """What is not booked and should not be lost."""
        return tuple(row for row in self.rows if row.verdict in (RowVerdict.REFUSED, RowVerdict.DUPLICATE))


def read_list_file(path: Path) -> ReadList:
    """Read a list. Raises `CannotReadFile` and what `read_expense_list` raises."""
    return read_expense_list(read_workbook_file(path), list_words(), file=path.name)


def line_texts(read: ReadList, mapping: ListMapping) -> tuple[str, ...]:
    """What the list calls budget lines, each once, in their order; "" where rows name none."""
    rows = (row for row in read.rows if not is_total(row.cells, list_words()))
    return tuple(dict.fromkeys(mapping.text_of(row.cells, ListField.LINE) for row in rows))


def plan_import(
    store: Store, unit_id: str, year: int, read: ReadList, mapping: ListMapping, *, with_duplicates: bool = False
) -> ImportPlan:
    """The dry run: what would become of every row, in the budget of ``year``. With duplicates: those are booked too.

    Raises `ColumnsMissing`, `ColumnTwice`.
    """
    check_mapping(read, mapping)
    with store.read() as session:
        judge = _Judge(session, unit_id, year, store.clock().date(), mapping, with_duplicates)
        return ImportPlan(tuple(judge.judge(row) for row in read.rows))


def import_expenses(
    store: Store,
    unit_id: str,
    year: int,
    read: ReadList,
    mapping: ListMapping,
    tried: ImportPlan,
    *,
    with_duplicates: bool = False,
) -> ImportPlan:
    """Book what the dry run ``tried`` said, all in one transaction, and remember the mapping for such lists.

    ``with_duplicates`` as it was tried. Raises `NothingToImport`; `ListChanged` where the book would now answer
    otherwise than it did.
    """
    check_mapping(read, mapping)
    with store.write("import_expenses") as w:
        judge = _Judge(w.session, unit_id, year, w.now.date(), mapping, with_duplicates)
        plan = ImportPlan(tuple(judge.judge(row) for row in read.rows), frozenset({Subject.EXPENSES}))
        if [(row.verdict, row.entry) for row in plan.rows] != [(row.verdict, row.entry) for row in tried.rows]:
            raise ListChanged
        booked = plan.of(RowVerdict.BOOK)
        if not booked:
            raise NothingToImport
        fields = {
            "unit_id": unit_id,
            "year": year,
            "file": _name_to_keep(read.file),
            "imported_at": w.now,
            "imported_by": store.actor,
        }
        batch = str(uuid.uuid4())
        w.session.add(ExpenseImport.model_validate({"id": batch, **ExpenseImportFields.read(fields).model_dump()}))
        w.session.flush()
        for row in booked:
            if row.entry is not None:
                w.session.add(ImportedExpense(expense_id=insert_in(w, row.entry), import_id=batch))
        w.session.merge(Setting(key=setting_key(read.headings), value=mapping_text(_to_remember(mapping))))
        counts = Counter(row.verdict.value for row in plan.rows)
        w.note(Subject.EXPENSES, f"{unit_id}:{year}", {"imported": dict(counts), "amount_fen": plan.total_fen})
        return plan


def check_mapping(read: ReadList, mapping: ListMapping) -> None:
    """Raises `ColumnsMissing`, `ColumnTwice`, or an error about the payee for all."""
    if missing := [field for field in NEEDED if field not in mapping.columns]:
        raise ColumnsMissing(fields="、".join(FIELD_LABELS[field.value] for field in missing))
    uses = Counter(mapping.columns.values())
    for column, count in uses.items():
        if count > 1:
            fields = [
                FIELD_LABELS.get(field.value, field.value) for field, at in mapping.columns.items() if at == column
            ]
            raise ColumnTwice(column=column + 1, heading=read.headings[column][:20], fields="、".join(fields))
    clean_text(mapping.payee, "payee")


def _name_to_keep(file: str) -> str:
    """Without a name in which a personal number stands."""
    try:
        return clean_text(file[-_LONGEST_NAME:], "file")
    except DeskError:
        return ""


def _to_remember(mapping: ListMapping) -> ListMapping:
    """Without what a list calls a budget line where a personal number stands in it."""
    kept = {}
    for text, kind in mapping.lines.items():
        try:
            kept[clean_text(text, ListField.LINE.value)] = kind
        except DeskError:
            continue
    return replace(mapping, lines=kept)


class _Judge:
    """Judges the rows one after the other, as they would be booked: each leaves less for the next."""

    def __init__(
        self, session: Session, unit_id: str, year: int, today: date, mapping: ListMapping, with_duplicates: bool
    ) -> None:
        self._session, self._unit_id, self._year, self._today = session, unit_id, year, today
        self._mapping, self._with_duplicates = mapping, with_duplicates
        self._lines = {
            (line.category, line.fund_source.value, line.note): line
            for line in session.exec(select(BudgetLine).where(BudgetLine.unit_id == unit_id, BudgetLine.year == year))
        }
        self._courses = {line.id: line_course_in(session, line) for line in self._lines.values()}
        self._number = next_number_in(session, unit_id, year)
        self._rules: dict[Month, Catalogue] = {}
        self._open: dict[Month, DeskError | None] = {}
        self._seen: dict[tuple[date, int, str], int] = {}  # → the row of the list
        self._read_book()

    def judge(self, row: ListRow) -> JudgedRow:
        if is_total(row.cells, list_words()):
            return JudgedRow(row, RowVerdict.PASSED, why=IsTotal())
        try:
            line, entry = self._entry(row)
            catalogue = self._catalogue(Month.of(entry.on))
            check_entry(entry, line, self._courses[line.id], catalogue)
        except DeskError as error:
            return JudgedRow(row, RowVerdict.REFUSED, why=error.with_traceback(None))
        like = self._like(entry)
        self._seen.setdefault((entry.on, entry.amount_fen, entry.summary), row.number)
        if like is not None and not self._with_duplicates:
            return JudgedRow(row, RowVerdict.DUPLICATE, entry, like)
        self._take(line, entry)
        return JudgedRow(row, RowVerdict.BOOK, entry, like)

    def _read_book(self) -> None:
        found = self._session.execute(
            select_columns(
                col(Expense.id),
                col(Expense.number),
                col(Expense.on),
                col(Expense.amount_fen),
                col(Expense.summary),
                col(Expense.voucher_number),
                col(Expense.reverses),
            ).where(
                col(Expense.unit_id) == self._unit_id,
                col(Expense.on) >= date(self._year, 1, 1),
                col(Expense.on) <= date(self._year, 12, 31),
            )
        ).all()
        undone = {row[6] for row in found if row[6]}
        stands = [row for row in found if not row[6] and row[0] not in undone]
        self._vouchers = {row[5]: (row[1], row[2], row[3]) for row in stands if row[5]}
        self._booked = {(row[2], row[3], row[4]): row[1] for row in stands}

    def _like(self, entry: ExpenseFields) -> DeskError | None:
        """What it looks like: an entry with its voucher, an entry or an earlier row with its date, amount, summary."""
        if entry.voucher_number and (known := self._vouchers.get(entry.voucher_number)):
            number, on, fen = known
            return LikeVoucher(voucher=entry.voucher_number, number=number, date=on, amount=yuan_text(fen))
        same = entry.on, entry.amount_fen, entry.summary
        if number_of := self._booked.get(same):
            return LikeEntry(number=number_of)
        if row := self._seen.get(same):
            return LikeRow(row=row)
        return None

    def _take(self, line: BudgetLine, entry: ExpenseFields) -> None:
        course = self._courses[line.id]
        self._courses[line.id] = with_spent(course, entry.on, entry.amount_fen)
        self._number += 1

    def _entry(self, row: ListRow) -> tuple[BudgetLine, ExpenseFields]:
        wanted, cells = self._mapping, row.cells
        for column in wanted.columns.values():
            if column in row.broken:
                ref, text = row.broken[column]
                raise BrokenListCell(ref=ref, text=text)
        on = read_day(wanted.raw_of(cells, ListField.ON))
        amount = self._amount(row)
        if on > self._today:
            raise RowAhead(date=on, today=self._today)
        named = wanted.text_of(cells, ListField.LINE)
        line = self._lines.get(wanted.lines.get(named, ("", "", "")))
        if line is None:
            raise RowWithoutLine(text=named[:30])
        catalogue = self._catalogue(Month.of(on))
        category = self._category(row, line, catalogue)
        summary = wanted.text_of(cells, ListField.SUMMARY)
        if not summary:
            raise TextMissing(field="summary")
        payee = wanted.text_of(cells, ListField.PAYEE) or wanted.payee
        voucher_on = wanted.raw_of(cells, ListField.VOUCHER_ON)
        entry = ExpenseFields.read(
            {
                "unit_id": self._unit_id,
                "line_id": line.id,
                "number": self._number,
                "on": on,
                "category": category.code,
                "summary": summary,
                "payee_kind": _payee_kind(category, payee),
                "payee": payee,
                "class_department": category.department,
                "class_government": category.government,
                "amount_fen": amount,
                "voucher_number": wanted.text_of(cells, ListField.VOUCHER),
                "voucher_on": read_day(voucher_on) if voucher_on not in (None, "") else None,
                "papers": _papers(wanted.text_of(cells, ListField.PAPERS)),
                "payment_method": _method(wanted.text_of(cells, ListField.METHOD), catalogue),
                "handler": wanted.text_of(cells, ListField.HANDLER),
                "witness": wanted.text_of(cells, ListField.WITNESS),
                "approver": wanted.text_of(cells, ListField.APPROVER),
                "note": wanted.text_of(cells, ListField.NOTE),
            }
        )
        if refusal := self._closed(Month.of(on)):
            raise refusal
        return line, entry

    def _amount(self, row: ListRow) -> int:
        returned = read_amount(self._mapping.raw_of(row.cells, ListField.CREDIT))
        if returned:
            raise RedEntry(amount=yuan_text(returned))
        amount = read_amount(self._mapping.raw_of(row.cells, ListField.AMOUNT))
        if not amount:
            raise AmountMissing
        return amount

    def _category(self, row: ListRow, line: BudgetLine, catalogue: Catalogue) -> Category:
        name = self._mapping.text_of(row.cells, ListField.CATEGORY)
        if not name:
            return catalogue.category(line.category)
        for category in catalogue.categories:
            if name in (category.name, category.code):
                return category
        raise UnknownCategoryName(text=name[:30])

    def _catalogue(self, month: Month) -> Catalogue:
        if month not in self._rules:
            self._rules[month] = expense_rules_in(self._session, month)
        return self._rules[month]

    def _closed(self, month: Month) -> DeskError | None:
        if month not in self._open:
            try:
                refuse_if_book_closed(self._session, self._unit_id, month)
                self._open[month] = None
            except DeskError as error:
                self._open[month] = error.with_traceback(None)
        return self._open[month]


def with_spent(course: Course, on: date, fen: int) -> Course:
    """The course with one more entry; a day is one movement, however many entries it has."""
    movements = list(course.movements)
    for place, movement in enumerate(movements):
        if movement.on == on:
            movements[place] = replace(movement, spent_fen=movement.spent_fen + fen)
            return Course(course.initial_fen, tuple(movements))
    return Course(course.initial_fen, (*movements, Movement(on, spent_fen=fen)))


def _payee_kind(category: Category, payee: str) -> PayeeKind:
    if category.payee is PayeeRule.EITHER:
        return PayeeKind.CODED_RECEIPT if looks_like_a_receipt(payee) else PayeeKind.UNIT
    return PayeeKind.CODED_RECEIPT if category.payee is PayeeRule.CODED else PayeeKind.UNIT


def _papers(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        raise NotACountOfPapers(text=text[:20])
    return int(text)


def _method(text: str, catalogue: Catalogue) -> PaymentMethod:
    if not text:
        return PaymentMethod.TRANSFER
    for method, name in catalogue.methods:
        if text in (name, method.value):
            return method
    raise UnknownMethodName(text=text[:20])
