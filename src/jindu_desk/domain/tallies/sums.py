"""Adding figures up: over villages, over townships, over months.

Sums stand under the machine code (``A04.J``) and, for J + K together, under the code people know (``A04``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

from jindu_desk.domain.tallies.catalogue import Catalogue, Nature
from jindu_desk.domain.tallies.cells import BLANK, number
from jindu_desk.domain.tallies.sheet import Row

Sums: TypeAlias = Mapping[str, int]


def sum_rows(catalogue: Catalogue, rows: Iterable[Row]) -> dict[str, int]:
    """Per item the sum over ``rows`` of what is known. An item that no row knows is absent: it is not zero."""
    sums: dict[str, int] = {}
    for row in rows:
        for code, item in catalogue.items.items():
            figure = number(row.get(code, BLANK))
            if figure is not None:
                sums[code] = sums.get(code, 0) + figure
                if item.kind:
                    sums[item.base] = sums.get(item.base, 0) + figure
    return sums


def add_up(parts: Iterable[Sums]) -> dict[str, int]:
    """The sum of sums, e.g. of the townships of a district."""
    total: dict[str, int] = {}
    for part in parts:
        for code, figure in part.items():
            total[code] = total.get(code, 0) + figure
    return total


def year_to_date(catalogue: Catalogue, months: Sequence[Sums]) -> dict[str, int]:
    """Flows summed over ``months`` (oldest first); a stock is that of the last month."""
    if not months:
        return {}
    stocks = {code for code, item in catalogue.items.items() if item.nature is Nature.STOCK}
    stocks |= {catalogue.items[code].base for code in stocks}
    flows = add_up({code: n for code, n in month.items() if code not in stocks} for month in months)
    return flows | {code: n for code, n in months[-1].items() if code in stocks}
