"""Entries of the expense book found, sorted and summed by the database; their rows are read a few at a time.

A book may have a hundred thousand entries. Finding gives their ids and running sums, which are small; the rows are
asked for where they are looked at.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, literal
from sqlalchemy.orm import aliased
from sqlmodel import Session, and_, col, func, or_, select

from jindu_desk.queries.expenses import (
    ExpenseRow,
    budget_lines_in,
    entry_rows_in,
    locked_months_in,
    year_rules_in,
)
from jindu_desk.store.bulk import batches
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Attachment, Expense

BLOCK = 100  # rows that are read together


class Voucher(StrEnum):
    ANY = "any"
    WITH = "with"
    WITHOUT = "without"


class Order(StrEnum):
    """What entries can be sorted by."""

    NUMBER = "number"
    ON = "on"
    SUMMARY = "summary"
    AMOUNT = "amount"
    CATEGORY = "category"
    PAYEE = "payee"
    VOUCHER = "voucher"
    ATTACHMENTS = "attachments"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """The entries from ``since`` to ``until``; of a line, of a category; each word of ``text`` in one of their texts,
    their amount, or as #number."""

    since: date
    until: date
    line_id: str = ""
    category: str = ""
    text: str = ""
    voucher: Voucher = Voucher.ANY


@dataclass(frozen=True, slots=True)
class FoundEntries:
    """``ids`` in their order; ``running``: the sums in fen before each and after the last; ``first``: the rows of the
    first block; ``kept``: where those stand that were to be kept, as runs of places (first, last), and ``goal`` where
    the one stands that was looked for."""

    ids: tuple[str, ...]
    running: array[int]
    first: tuple[ExpenseRow, ...]
    kept: tuple[tuple[int, int], ...] = ()
    goal: int | None = None

    @property
    def total_fen(self) -> int:
        return self.running[-1]

    def sum_of(self, first: int, last: int) -> int:
        """The sum in fen of the entries from place ``first`` to ``last``; a reversal counts against its entry."""
        return self.running[last + 1] - self.running[first]


def find_entries(
    store: Store,
    unit_id: str,
    wanted: EntryFilter,
    *,
    order: Order = Order.ON,
    descending: bool = True,
    keep: Collection[str] = (),
    goal: str = "",
) -> FoundEntries:
    """The entries of one year that the filter lets through. ``keep`` and ``goal``: ids whose places are wanted."""
    with store.read() as session:
        ids, amounts = _found(session, unit_id, wanted, order, descending=descending)
        running = array("q", accumulate(amounts, initial=0))
        first = entries_in(session, unit_id, wanted.since.year, ids[:BLOCK])
        place = ids.index(goal) if goal and goal in ids else None
        return FoundEntries(tuple(ids), running, first, _runs(ids, frozenset(keep)), place)


def entries_by_id(store: Store, unit_id: str, year: int, ids: Sequence[str]) -> tuple[ExpenseRow, ...]:
    """The rows of these entries, in this order; one that is gone is left out."""
    with store.read() as session:
        return entries_in(session, unit_id, year, ids)


def entries_in(session: Session, unit_id: str, year: int, ids: Sequence[str]) -> tuple[ExpenseRow, ...]:
    names = {line.id: line.name for line in budget_lines_in(session, unit_id, year, balances=False)}
    locked = locked_months_in(session, unit_id, year)
    rows: dict[str, ExpenseRow] = {}
    for batch in batches(ids):
        found = session.exec(select(Expense).where(col(Expense.id).in_(batch), Expense.unit_id == unit_id)).all()
        rows |= {row.id: row for row in entry_rows_in(session, found, names, locked)}
        session.expunge_all()
    return tuple(rows[key] for key in ids if key in rows)


def _runs(ids: Sequence[str], kept: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Neighbours among the kept, as first and last place."""
    runs: list[tuple[int, int]] = []
    for place, key in enumerate(ids) if kept else ():
        if key in kept:
            if runs and runs[-1][1] == place - 1:
                runs[-1] = runs[-1][0], place
            else:
                runs.append((place, place))
    return tuple(runs)


def _found(
    session: Session, unit_id: str, wanted: EntryFilter, order: Order, *, descending: bool
) -> tuple[list[str], array[int]]:
    conditions: list[Any] = [Expense.unit_id == unit_id, Expense.on >= wanted.since, Expense.on <= wanted.until]
    if wanted.line_id:
        conditions.append(Expense.line_id == wanted.line_id)
    if wanted.category:
        conditions.append(Expense.category == wanted.category)
    if wanted.voucher is not Voucher.ANY:
        has = col(Expense.voucher_number) != ""
        conditions.append(has if wanted.voucher is Voucher.WITH else ~has)
    words = wanted.text.casefold().split()
    if words:
        lines = {line.id: line.name for line in budget_lines_in(session, unit_id, wanted.since.year, balances=False)}
        rules = year_rules_in(session, wanted.since.year)
        categories = {category.code: category.name for category in rules.categories}
        conditions += [_says(word, lines, categories) for word in words]
    keys = _keys(session, order, wanted.since.year)
    statement = (
        select(Expense.id, Expense.amount_fen)
        .where(*conditions)
        .order_by(*(key.desc() if descending else key.asc() for key in keys))
    )
    ids: list[str] = []
    amounts: array[int] = array("q")
    for part in session.connection().execute(statement).partitions(2000):
        ids.extend([key for key, _ in part])
        amounts.extend([amount for _, amount in part])
    return ids, amounts


def _says(word: str, lines: Mapping[str, str], categories: Mapping[str, str]) -> ColumnElement[bool]:
    """One of the entry's texts contains the word; names are looked up here, amounts compared as they are written."""
    texts = (
        Expense.summary,
        Expense.payee,
        Expense.voucher_number,
        Expense.note,
        Expense.handler,
        Expense.witness,
        Expense.approver,
    )
    joined: Any = col(texts[0])
    for text in texts[1:]:
        joined = joined + literal("\n") + col(text)
    found: list[ColumnElement[bool]] = [func.lower(joined).contains(word, autoescape=True)]
    if named := [key for key, name in lines.items() if word in name.casefold()]:
        found.append(col(Expense.line_id).in_(named))
    if coded := [code for code, name in categories.items() if word in name.casefold()]:
        found.append(col(Expense.category).in_(coded))
    if match := re.fullmatch(r"#(\d{1,9})", word, re.ASCII):
        found.append(col(Expense.number) == int(match[1]))
    if match := re.fullmatch(r"(\d{1,12})(?:\.(\d{0,2}))?", word.replace(",", ""), re.ASCII):
        yuan, cents = match.groups()
        digits = f"{yuan}{cents or ''}".lstrip("0")
        pattern = f"%{digits}%" if cents is None else f"%{digits}{'_' * (2 - len(cents))}"
        found.append(cast(Expense.amount_fen, String).like(pattern))
    return or_(*found)


def _keys(session: Session, order: Order, year: int) -> list[ColumnElement[Any]]:
    """What to sort by; entries that are equal in it stand by date and number."""
    rest: list[ColumnElement[Any]] = [col(Expense.on), col(Expense.number), col(Expense.id)]  # type: ignore[list-item]
    first: Any
    match order:
        case Order.NUMBER:
            first = col(Expense.number)
        case Order.ON:
            return rest
        case Order.SUMMARY:
            first = col(Expense.summary)
        case Order.AMOUNT:
            first = col(Expense.amount_fen)
        case Order.CATEGORY:
            named = sorted(year_rules_in(session, year).categories, key=lambda category: category.name)
            first = case(
                {category.code: place for place, category in enumerate(named)}, value=Expense.category, else_=-1
            )
        case Order.PAYEE:
            first = col(Expense.payee)
        case Order.VOUCHER:
            first = col(Expense.voucher_number)
        case Order.ATTACHMENTS:
            here = and_(Attachment.subject == "expenses", Attachment.record_id == Expense.id)
            first = select(func.count()).select_from(Attachment).where(here).scalar_subquery()
        case Order.STATE:
            other = aliased(Expense)
            undone = select(other.id).where(other.reverses == Expense.id).exists()
            first = case((col(Expense.reverses).is_not(None), 2), (undone, 1), else_=0)
    return [first, *rest]
