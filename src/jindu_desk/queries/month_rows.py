"""A unit's month in the tables beside what was signed of it.

Only what belongs to a month is compared. Decisions and their steps go on after the month was reported; units,
officials and the budget's lines belong to no month.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, inspect, select
from sqlmodel import Session, SQLModel, col

from jindu_desk.domain.exchange_rows import (
    OF_RECORD,
    OF_UNIT,
    Row,
    booked_in,
    entries_that_stand,
    no_rows,
    reversed_earlier,
    rows_by_unit,
    spoken_for,
)
from jindu_desk.domain.months import Month
from jindu_desk.packages.rows import TableRows
from jindu_desk.packages.schema import Table, report_tables
from jindu_desk.store.bulk import ask, rows_where
from jindu_desk.store.tables import (
    AgendaItem,
    Attendee,
    Cell,
    Expense,
    Figure,
    Meeting,
    NilReturn,
    Reason,
    SignedDecision,
)

Signed = Mapping[str, Sequence[Row]]
_Values = tuple[object, ...]

_STORED: dict[str, type[SQLModel]] = {
    "meetings": Meeting,
    "attendees": Attendee,
    "agenda_items": AgendaItem,
    "figures": Figure,
    "signed_decisions": SignedDecision,
    "cells": Cell,
    "nil_returns": NilReturn,
    "reasons": Reason,
    "expenses": Expense,
}


def month_differences(session: Session, unit: str, month: Month, signed: Signed) -> Iterator[tuple[Table, Row]]:
    """Of each table in which they differ the first record, by key, that is not as ``signed`` has it; as it stands
    here, where it does."""
    for table in report_tables():
        if table.name not in _STORED:
            continue
        here = _here(session, table, unit, month)
        rows = signed.get(table.name, ())
        then = _values(table, rows if table.name != "expenses" else _entries(session, unit, month, here, table, rows))
        found = _first_difference(table, here, then)
        if found is not None:
            yield table, found


def own_rows(tables: Signed, period: str, unit: str) -> Signed:
    """``unit``'s part of `rows_by_unit`. The rows of others are not even made: in a district's report they are nearly
    all."""
    of_whom = spoken_for(tables, period, unit)
    own: dict[str, Sequence[Row]] = {"units": tables["units"], "unit_versions": tables["unit_versions"]}
    own |= {name: _where(tables[name], column, of_whom) for name, column in OF_UNIT.items()}
    for name, (column, holder) in OF_RECORD.items():
        own[name] = _where(tables[name], column, {row["id"] for row in own[holder]})
    return rows_by_unit(own, period).get(unit, no_rows())


def _where(rows: Sequence[Row], column: str, values: Collection[object]) -> list[Row]:
    if not isinstance(rows, TableRows):
        return [row for row in rows if row[column] in values]
    places = [place for place, value in enumerate(rows.columns[column]) if value in values]
    return [{name: of_column[place] for name, of_column in rows.columns.items()} for place in places]


def months_in_the_tables(session: Session) -> set[tuple[str, str]]:
    """Every (reporting unit, month) of which a record stands here."""
    found: set[tuple[str, str]] = set()
    for stored in (Cell, NilReturn, Reason):
        found |= {
            (unit, month) for unit, month in ask(session, select(col(stored.township_id), col(stored.month)).distinct())
        }
    found |= {
        (unit, month) for unit, month in ask(session, select(col(Meeting.unit_id), col(Meeting.month)).distinct())
    }
    entries = ask(session, select(col(Expense.unit_id), col(Expense.on)).distinct())
    return found | {(unit, str(Month.of(on))) for unit, on in entries}


def _here(session: Session, table: Table, unit: str, month: Month) -> list[_Values]:
    values = {"unit": unit, "month": str(month), "first": month.first_day, "last": month.last_day}
    return [tuple(row) for row in ask(session, _statement(table.name), values).all()]


# Made once: putting a statement together costs more than running it.
@cache
def _statement(name: str) -> Select[Any]:
    header = next(table.header for table in report_tables() if table.name == name)
    stored = inspect(_STORED[name]).local_table.c
    unit: BindParameter[str] = bindparam("unit")
    of_month: BindParameter[str] = bindparam("month")
    rows = select(*(stored[column] for column in header))
    if "township_id" in header:
        return rows.where(stored["township_id"] == unit, stored["month"] == of_month)
    if name == "expenses":
        return rows.where(
            stored["unit_id"] == unit, stored["on"] >= bindparam("first"), stored["on"] <= bindparam("last")
        )
    if name != "meetings":
        rows = rows.join(Meeting, col(Meeting.id) == stored["meeting_id"])
    return rows.where(col(Meeting.unit_id) == unit, col(Meeting.month) == of_month)


def _entries(
    session: Session, unit: str, month: Month, here: Iterable[_Values], table: Table, signed: Iterable[Row]
) -> list[Row]:
    """The signed entries that must be here. A reversal that is here is compared, whatever it reverses."""
    of_month = booked_in(month, signed)
    earlier = {
        str(row["id"]): row["amount_fen"]
        for row in rows_where(session, Expense, "id", reversed_earlier(of_month))
        if row["unit_id"] == unit and Month.of(row["on"]) < month  # type: ignore[arg-type]
    }
    place = table.header.index("id")
    wanted = {values[place] for values in here} | {row["id"] for row in entries_that_stand(of_month, earlier)}
    return [row for row in of_month if row["id"] in wanted]


def _values(table: Table, rows: Sequence[Row]) -> list[_Values]:
    if isinstance(rows, TableRows):
        return list(zip(*(rows.columns[name] for name in table.header), strict=True))
    return [tuple(row[name] for name in table.header) for row in rows]


def _first_difference(table: Table, here: Sequence[_Values], signed: Sequence[_Values]) -> Row | None:
    """By key, the first row that is on one side only or not the same on both: as a package would write them, since
    that is coarser than what the tables keep of a time."""
    apart = set(here) ^ set(signed)
    if not apart:
        return None
    now, then = _by_key(table, apart.intersection(here)), _by_key(table, apart.intersection(signed))
    for key in sorted(now.keys() | then.keys()):
        texts, values = now.get(key) or then[key]
        if key not in now or key not in then or texts != then[key][0]:
            return dict(zip(table.header, values, strict=True))
    return None


def _by_key(table: Table, rows: Iterable[_Values]) -> dict[tuple[str, ...], tuple[tuple[str, ...], _Values]]:
    """key → (the row as a package writes it, the row)."""
    places = [table.header.index(name) for name in table.key]
    found = {}
    for values in rows:
        texts = tuple(column.write(value) for column, value in zip(table.columns, values, strict=True))
        found[tuple(texts[place] for place in places)] = texts, values
    return found
