"""What SQLAlchemy makes of a statement is the same for every SQLite file; by itself each engine, so each test, makes it
anew, which takes a sixth of the suite's time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

_made: LRUCache[Any, Any] = LRUCache(4000)


def share_compiled_statements() -> None:
    """From now on the engines of this process find what any of them made: their dialects count as one."""
    plain = Engine.__init__

    def sharing(engine: Engine, *arguments: Any, **named: Any) -> None:
        plain(engine, *arguments, **named)
        if type(engine.dialect) is SQLiteDialect_pysqlite:
            engine._compiled_cache = _made

    Engine.__init__ = sharing  # type: ignore[method-assign, assignment]
    SQLiteDialect_pysqlite.__eq__ = _of_one_kind  # type: ignore[method-assign]
    SQLiteDialect_pysqlite.__hash__ = _hash_of_kind  # type: ignore[method-assign, assignment]


def _of_one_kind(one: object, other: object) -> bool:
    return type(one) is type(other)


def _hash_of_kind(one: object) -> int:
    return hash(type(one))
