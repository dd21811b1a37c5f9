"""Many rows of one table at once, without an object for each.

On SQLite the driver is handed tuples and inserts dozens of rows a statement; elsewhere SQLAlchemy does it, a fraction
as fast and to the same effect. Values are turned into what the driver stores by the column's own type, each different
one once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Dialect,
    Executable,
    Result,
    Select,
    Table,
    bindparam,
    delete,
    inspect,
    select,
)
from sqlmodel import Session, SQLModel, insert

_MOST_VALUES = 400  # bound in a statement: SQLite takes 999 on old builds, and more rows a statement save nothing

Binder = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class _Statement:
    """``one`` inserts a row, ``many`` inserts ``rows`` of them."""

    one: str
    many: str
    rows: int
    binders: tuple[Binder | None, ...]


def insert_rows(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert ``rows``, which all name the same columns. Raises IntegrityError as any insert does."""
    if rows:
        insert_columns(session, table, {name: [row[name] for row in rows] for name in rows[0]})


def insert_columns(session: Session, table: type[SQLModel], columns: Mapping[str, Sequence[object]]) -> None:
    """Insert the rows whose values stand one below the other in ``columns``, all of one length."""
    names = tuple(columns)
    if not names or not columns[names[0]]:
        return
    session.flush()
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        rows = zip(*columns.values(), strict=True)
        connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in rows])
        return
    statement = _statement(inspect(table).local_table, names, connection.dialect)
    bound = [_bound(binder, values) for binder, values in zip(statement.binders, columns.values(), strict=True)]
    tuples = list(zip(*bound, strict=True))
    whole = len(tuples) - len(tuples) % statement.rows
    if whole:
        lots = range(0, whole, statement.rows)
        connection.exec_driver_sql(
            statement.many, [tuple(chain.from_iterable(tuples[at : at + statement.rows])) for at in lots]
        )
    if whole < len(tuples):
        connection.exec_driver_sql(statement.one, tuples[whole:])


def ask(
    session: Session, statement: Executable, values: Mapping[str, object] | None = None
) -> Result[*tuple[Any, ...]]:
    """Run a statement about columns, past what the session does for objects: half of what a small query costs."""
    session.flush()
    return session.connection().execute(statement, values)


def rows_where(
    session: Session, table: type[SQLModel], column: str, values: Collection[str]
) -> list[dict[str, object]]:
    """The rows whose ``column`` is one of ``values``, with all their columns."""
    statement, found = _rows_where(table, column), list[dict[str, object]]()
    for batch in batches(values):
        found += (dict(row) for row in ask(session, statement, {"values": batch}).mappings())
    return found


def delete_where(session: Session, table: type[SQLModel], column: str, values: Collection[str]) -> None:
    """Delete the rows whose ``column`` is one of ``values``; the session holds none of them as an object."""
    statement = _delete_where(table, column)
    for batch in batches(values):
        ask(session, statement, {"values": batch})


def batches(values: Iterable[str]) -> Iterable[list[str]]:
    """``values`` in lots that one statement can name."""
    ordered = sorted(values)
    return (ordered[at : at + _MOST_VALUES] for at in range(0, len(ordered), _MOST_VALUES))


# Each made once: putting a statement together costs more than running it.
@cache
def _rows_where(table: type[SQLModel], column: str) -> Select[Any]:
    columns = inspect(table).local_table.c
    return select(*columns).where(columns[column].in_(bindparam("values", expanding=True)))


@cache
def _delete_where(table: type[SQLModel], column: str) -> Delete:
    where: ColumnElement[bool] = inspect(table).local_table.c[column].in_(bindparam("values", expanding=True))
    return delete(inspect(table).local_table).where(where)


@lru_cache(maxsize=100)
def _statement(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Statement:
    quote = dialect.identifier_preparer.quote
    row = f"({', '.join('?' * len(names))})"
    into = f"INSERT INTO {quote(table.name)} ({', '.join(map(quote, names))}) VALUES "  # noqa: S608 - our own names
    rows = max(1, _MOST_VALUES // len(names))
    binders = tuple(table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names)
    return _Statement(into + row, into + ", ".join([row] * rows), rows, binders)


def _bound(binder: Binder | None, values: Sequence[object]) -> Sequence[object]:
    if binder is None:
        return values
    known = {value: binder(value) for value in set(values)}
    return [known[value] for value in values]
