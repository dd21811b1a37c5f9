"""A table that is defined once, for a paper and for a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["text", "centre", "count", "decimal", "money", "share", "day"]
Value = int | str | tuple[int, int] | date | None
"""A count, hundredths of a decimal, an amount in fen, a text (also where a figure is hidden), part and whole of a
share, a day; None: not known."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    title: str
    kind: Kind = "text"
    width: float = 20.0


@dataclass(frozen=True, slots=True)
class RowTable:
    """``sums``: how many of the last rows are sums; ``note`` stands below; without rows ``empty`` stands instead.

    Of the workbook: ``frozen`` of the first columns stay where they are; ``filtered``: the heads offer to filter.
    """

    title: str
    columns: tuple[RowColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    sums: int = 0
    note: str = ""
    empty: str = ""
    frozen: int = 1
    filtered: bool = False
