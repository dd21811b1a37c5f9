"""Many rows into one table at once, without an object for each.

On SQLite the driver is handed tuples and inserts dozens of rows a statement; elsewhere SQLAlchemy does it, a fraction
as fast and to the same effect. Values are turned into what the driver stores by the column's own type, each different
one once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from sqlalchemy import Dialect, Table, inspect
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
