"""One township's month: every cell of it, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from jindu_desk.domain.tallies.catalogue import Catalogue, Item, Level
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.formulas import value_of

Place: TypeAlias = tuple[str, str]  # unit id, item code
Row: TypeAlias = Mapping[str, Cell]  # item code → cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """A blank cell is absent from ``cells``.

    ``villages``: unit ids in the order of the rows. ``previous``: last month's cells. ``history``: for the items
    that a check asks it for, the numbers of up to 12 earlier months, oldest first. ``openings``: villages in their
    first month, whose opening figures are typed. ``notes``: comments on cells.
    """

    township_id: str
    month: str
    villages: tuple[str, ...]
    cells: Mapping[Place, Cell]
    previous: Mapping[Place, Cell] = field(default_factory=dict)
    history: Mapping[Place, tuple[int, ...]] = field(default_factory=dict)
    nil_returns: frozenset[str] = frozenset()
    openings: frozenset[str] = frozenset()
    notes: Mapping[Place, str] = field(default_factory=dict)

    def cell(self, unit_id: str, item: str) -> Cell:
        return self.cells.get((unit_id, item), BLANK)

    def last_month(self, unit_id: str, item: str) -> Cell:
        return self.previous.get((unit_id, item), BLANK)

    def units(self, level: Level) -> tuple[str, ...]:
        """Whose rows hold the items of ``level``."""
        return self.villages if level is Level.VILLAGE else (self.township_id,)

    def with_cells(self, changed: Mapping[Place, Cell]) -> Sheet:
        """The sheet with some cells replaced; a blank removes."""
        cells = {place: cell for place, cell in {**self.cells, **changed}.items() if cell is not BLANK}
        return replace(self, cells=cells)


def compute(
    catalogue: Catalogue, row: Row, previous: Row, *, opening: bool, items: Iterable[Item] | None = None
) -> dict[str, Cell]:
    """The carried and derived cells of one unit's ``row`` (all of them, or ``items`` in their order).

    In a first month (``opening``) what rests on last month keeps what was typed. A derived figure may come out
    below zero; a check says so, and it is not stored.
    """
    found: dict[str, Cell] = {}

    def look(code: str, before: bool) -> Cell:
        if before:
            return previous.get(code, BLANK)
        return found[code] if code in found else row.get(code, BLANK)

    for item in catalogue.computed if items is None else items:
        if item.opens and opening:
            found[item.code] = row.get(item.code, BLANK)
        elif item.carried:
            found[item.code] = previous.get(item.carried, BLANK)
        else:
            found[item.code] = value_of(item.derived, look)
    return found


def unfilled(catalogue: Catalogue, row: Row, month: str, level: Level, *, opening: bool) -> tuple[Item, ...]:
    """The items that somebody still has to fill in one unit's row, in the order of the columns."""
    items = [item for item in catalogue.level_items(level) if item.asked_in(month)]
    begun = {item.group for item in items if item.group and row.get(item.code, BLANK) is not BLANK}
    return tuple(
        item
        for item in items
        if row.get(item.code, BLANK) is BLANK
        and (item.typed or (item.opens and opening))
        and (not item.group or item.group in begun)
    )


def filled_villages(catalogue: Catalogue, sheet: Sheet) -> tuple[str, ...]:
    """The villages whose row is complete, or that signed off a nil return."""
    rows = rows_of(sheet.cells)
    return tuple(
        unit_id
        for unit_id in sheet.villages
        if unit_id in sheet.nil_returns
        or not unfilled(catalogue, rows.get(unit_id, {}), sheet.month, Level.VILLAGE, opening=unit_id in sheet.openings)
    )


def rows_of(cells: Mapping[Place, Cell]) -> dict[str, dict[str, Cell]]:
    """The cells by unit."""
    rows: dict[str, dict[str, Cell]] = {}
    for (unit_id, item), cell in cells.items():
        rows.setdefault(unit_id, {})[item] = cell
    return rows
