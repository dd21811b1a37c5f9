"""The expense book as rows: budget lines with their balances, entries, adjustments. All money in fen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from jindu_desk.domain.expense_categories import Catalogue
from jindu_desk.domain.expense_rules import Balance, Course, Elapsed, Movement, elapsed_of, total_of
from jindu_desk.domain.expenses import FundSource, PayeeKind, PaymentMethod
from jindu_desk.domain.months import Month
from jindu_desk.queries.rules import expense_rules_in
from jindu_desk.store.bulk import batches
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import (
    Adjustment,
    Attachment,
    BookClosing,
    BudgetLine,
    Carry,
    Expense,
    MonthLock,
    YearClosing,
)


@dataclass(frozen=True, slots=True)
class BudgetLineRow:
    """A budget line and where it stands. ``in_use``: it has entries or adjustments, so its amount is fixed;
    what was carried over from the year before leaves it open.

    Names are as the year's rules have them at its end, or, of a category given up during the year, at its beginning.
    """

    id: str
    year: int
    category: str
    category_name: str
    fund_source: FundSource
    source_name: str
    name: str
    restricted: bool
    note: str
    position: int
    balance: Balance
    in_use: bool


@dataclass(frozen=True, slots=True)
class ExpenseRow:
    """One entry, with the names that the rules of its month give. ``reverses``, ``reversed_by``: numbers of the
    entries it is tied to."""

    id: str
    number: int
    on: date
    line_id: str
    line_name: str
    category: str
    category_name: str
    summary: str
    payee_kind: PayeeKind
    payee: str
    class_department: str
    department_name: str
    class_government: str
    government_name: str
    amount_fen: int
    voucher_number: str
    voucher_on: date | None
    papers: int
    payment_method: PaymentMethod
    method_name: str
    handler: str
    witness: str
    approver: str
    note: str
    reverses: int | None
    reversed_by: int | None
    attachments: int
    locked: bool

    @property
    def month(self) -> Month:
        return Month.of(self.on)


@dataclass(frozen=True, slots=True)
class AdjustmentRow:
    id: str
    line_id: str
    line_name: str
    on: date
    amount_fen: int
    reason: str
    approval: str


@dataclass(frozen=True, slots=True)
class ExpenseBook:
    """One unit's book of one year. ``entries`` oldest first; ``last_year_lines``: how many lines could be copied.
    ``rules``: what can be chosen, by the year's last month."""

    unit_id: str
    year: int
    lines: tuple[BudgetLineRow, ...]
    entries: tuple[ExpenseRow, ...]
    adjustments: tuple[AdjustmentRow, ...]
    elapsed: Elapsed
    locked_months: frozenset[str]  # reported, or closed in the book
    last_year_lines: int
    rules: Catalogue
    closed_months: frozenset[str] = frozenset()
    year_closed: bool = False

    @property
    def total(self) -> Balance:
        return total_of(line.balance for line in self.lines)


def expense_book(store: Store, unit_id: str, year: int, today: date, *, entries: bool = True) -> ExpenseBook:
    """Everything of one unit and year in one snapshot; without ``entries`` where they are listed page by page."""
    with store.read() as session:
        lines = budget_lines_in(session, unit_id, year)
        names = {line.id: line.name for line in lines}
        locked = locked_months_in(session, unit_id, year)
        return ExpenseBook(
            unit_id=unit_id,
            year=year,
            lines=lines,
            entries=_entries_in(session, unit_id, year, names, locked) if entries else (),
            adjustments=_adjustments_in(session, names),
            elapsed=elapsed_of(year, today),
            locked_months=locked,
            closed_months=closed_months_in(session, unit_id, year),
            year_closed=session.get(YearClosing, (unit_id, year)) is not None,
            last_year_lines=session.exec(
                select(func.count())
                .select_from(BudgetLine)
                .where(BudgetLine.unit_id == unit_id, BudgetLine.year == year - 1)
            ).one(),
            rules=year_rules_in(session, year),
        )


def year_rules_in(session: Session, year: int) -> Catalogue:
    """The rules by which a year's lines are made: those of its last month."""
    return expense_rules_in(session, Month(year, 12))


def line_name_in(session: Session, year: int, category: str, source: FundSource, note: str) -> str:
    """What a line of ``year`` is called."""
    return _naming(session, year, category).line_name(category, source, note)


def _naming(session: Session, year: int, category: str) -> Catalogue:
    last = year_rules_in(session, year)
    return last if last.knows(category) else expense_rules_in(session, Month(year, 1))


def budget_total(store: Store, unit_id: str, year: int) -> Balance:
    """Where all lines of a year stand together; what the desk shows."""
    with store.read() as session:
        return total_of(line.balance for line in budget_lines_in(session, unit_id, year))


def budget_lines_in(session: Session, unit_id: str, year: int, *, balances: bool = True) -> tuple[BudgetLineRow, ...]:
    """The lines of a year in their order, each with its balance; without ``balances`` for their names alone."""
    lines = session.exec(
        select(BudgetLine)
        .where(BudgetLine.unit_id == unit_id, BudgetLine.year == year)
        .order_by(col(BudgetLine.position), col(BudgetLine.category), col(BudgetLine.id))
    ).all()
    ids = [line.id for line in lines] if balances else []
    adjusted = _sums_by_line(session, Adjustment, ids)
    spent = _sums_by_line(session, Expense, ids)
    carried = set(session.exec(select(Carry.to_line_id).where(col(Carry.to_line_id).in_(ids))))
    rows = []
    for line in lines:
        by_adjustment, adjustments = adjusted.get(line.id, (0, 0))
        by_entry, entries = spent.get(line.id, (0, 0))
        catalogue = _naming(session, year, line.category)
        rows.append(
            BudgetLineRow(
                id=line.id,
                year=line.year,
                category=line.category,
                category_name=catalogue.name_of(line.category),
                fund_source=line.fund_source,
                source_name=catalogue.source(line.fund_source).name,
                name=catalogue.line_name(line.category, line.fund_source, line.note),
                restricted=line.restricted,
                note=line.note,
                position=line.position,
                balance=Balance(line.initial_fen, by_adjustment, by_entry),
                in_use=bool(entries or adjustments > (line.id in carried)),
            )
        )
    return tuple(rows)


def line_balance_in(session: Session, line: BudgetLine) -> Balance:
    """Where one line stands now."""
    adjusted = session.exec(select(func.sum(Adjustment.amount_fen)).where(Adjustment.line_id == line.id)).one()
    spent = session.exec(select(func.sum(Expense.amount_fen)).where(Expense.line_id == line.id)).one()
    return Balance(line.initial_fen, int(adjusted or 0), int(spent or 0))


def line_course_in(session: Session, line: BudgetLine) -> Course:
    """How one line runs over its year, with everything booked on it until now."""
    added, spent = (
        session.exec(
            select(col(table.on), func.sum(table.amount_fen)).where(table.line_id == line.id).group_by(col(table.on))
        ).all()
        for table in (Adjustment, Expense)
    )
    return Course(
        line.initial_fen,
        (
            *(Movement(on, adjustments_fen=int(amount)) for on, amount in added),
            *(Movement(on, spent_fen=int(amount)) for on, amount in spent),
        ),
    )


def _entries_in(
    session: Session, unit_id: str, year: int, names: Mapping[str, str], locked: Collection[str]
) -> tuple[ExpenseRow, ...]:
    found = session.exec(
        select(Expense)
        .where(Expense.unit_id == unit_id, Expense.on >= date(year, 1, 1), Expense.on <= date(year, 12, 31))
        .order_by(col(Expense.on), col(Expense.number))
    ).all()
    return entry_rows_in(session, found, names, locked)


def entry_rows_in(
    session: Session, found: Sequence[Expense], names: Mapping[str, str], locked: Collection[str]
) -> tuple[ExpenseRow, ...]:
    """Entries as rows. ``names``: of their lines; ``locked``: the months that take nothing any more."""
    ids = [row.id for row in found]
    number_of: dict[str, int] = {row.id: row.number for row in found}
    reversed_by: dict[str, int] = {}
    attached: dict[str, int] = {}
    for batch in batches(ids):
        by = session.exec(select(Expense.reverses, Expense.number).where(col(Expense.reverses).in_(batch)))
        reversed_by |= {str(first): number for first, number in by}
        attached |= dict(
            session.exec(
                select(Attachment.record_id, func.count())
                .where(Attachment.subject == "expenses", col(Attachment.record_id).in_(batch))
                .group_by(Attachment.record_id)
            ).all()
        )
    for batch in batches([row.reverses for row in found if row.reverses and row.reverses not in number_of]):
        number_of |= dict(session.exec(select(Expense.id, Expense.number).where(col(Expense.id).in_(batch))).all())
    rules = {month: expense_rules_in(session, month) for month in {Month.of(row.on) for row in found}}
    return tuple(
        ExpenseRow(
            id=row.id,
            number=row.number,
            on=row.on,
            line_id=row.line_id,
            line_name=names.get(row.line_id, ""),
            category=row.category,
            category_name=rules[Month.of(row.on)].name_of(row.category),
            summary=row.summary,
            payee_kind=row.payee_kind,
            payee=row.payee,
            class_department=row.class_department,
            department_name=rules[Month.of(row.on)].department.get(row.class_department, ""),
            class_government=row.class_government,
            government_name=rules[Month.of(row.on)].government.get(row.class_government, ""),
            amount_fen=row.amount_fen,
            voucher_number=row.voucher_number,
            voucher_on=row.voucher_on,
            papers=row.papers,
            payment_method=row.payment_method,
            method_name=rules[Month.of(row.on)].method_name(row.payment_method),
            handler=row.handler,
            witness=row.witness,
            approver=row.approver,
            note=row.note,
            reverses=number_of.get(row.reverses) if row.reverses else None,
            reversed_by=reversed_by.get(row.id),
            attachments=attached.get(row.id, 0),
            locked=str(Month.of(row.on)) in locked,
        )
        for row in found
    )


def _sums_by_line(
    session: Session, table: type[Adjustment] | type[Expense], ids: list[str]
) -> dict[str, tuple[int, int]]:
    """line id → (sum in fen, number of rows)."""
    found = session.exec(
        select(table.line_id, func.sum(table.amount_fen), func.count())
        .where(col(table.line_id).in_(ids))
        .group_by(table.line_id)
    )
    return {line_id: (int(total), count) for line_id, total, count in found}


def _adjustments_in(session: Session, names: dict[str, str]) -> tuple[AdjustmentRow, ...]:
    found = session.exec(
        select(Adjustment).where(col(Adjustment.line_id).in_(names)).order_by(col(Adjustment.on), col(Adjustment.id))
    )
    return tuple(
        AdjustmentRow(row.id, row.line_id, names[row.line_id], row.on, row.amount_fen, row.reason, row.approval)
        for row in found
    )


def locked_months_in(session: Session, unit_id: str, year: int) -> frozenset[str]:
    """The months of a year that take nothing any more: reported and not opened again, or closed in the book."""
    return _reported(session, unit_id) | closed_months_in(session, unit_id, year)


def closed_months_in(session: Session, unit_id: str, year: int) -> frozenset[str]:
    """The months whose book was closed, as 2026-10; all of a year that is closed."""
    if session.get(YearClosing, (unit_id, year)) is not None:
        return frozenset(f"{year}-{number:02}" for number in range(1, 13))
    return frozenset(
        session.exec(
            select(BookClosing.month).where(
                BookClosing.unit_id == unit_id, BookClosing.month >= f"{year}-01", BookClosing.month <= f"{year}-12"
            )
        )
    )


def _reported(session: Session, unit_id: str) -> frozenset[str]:
    return frozenset(
        session.exec(select(MonthLock.month).where(MonthLock.unit_id == unit_id, col(MonthLock.reopened_at).is_(None)))
    )
