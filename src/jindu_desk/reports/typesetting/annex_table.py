"""Long tables on the grid of an official paper: three rows on two of its lines, the heading said again on every page.

A table with more columns than the 版心 holds becomes several, one below the other, each with the column that names the
rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from jindu_desk.reports.typesetting.annex import Align, AnnexTable, TableColumn
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    CELL,
    COLUMNS,
    HEIGHT,
    PITCH,
    ROWS,
    THICK_RULE,
    THIN_RULE,
    WIDTH,
    Cursor,
    Item,
    Rule,
    SetLine,
    Span,
    Text,
    Upright,
    baseline_in,
    glyphs_of,
    set_paragraph,
    widths_of,
)
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.typesetting.title_lines import even_lines

_SIZE: Final = 12.0  # 小四
_HEAD_SIZE: Final = 10.5  # 五号
_BESIDE: Final = 2.5  # points between a rule and the text
_LEADING: Final = 1.18
_NAMES: Final = (4, 8)  # cells that the first column takes at least and at most
_NARROWEST: Final = 2  # cells
_WIDEST: Final = 5.0
_UNIT: Final = PITCH * 2 / 3  # a row of one line: three of them on two rows of the grid
_UNITS: Final = ROWS * 3 // 2
_TALLEST_HEAD: Final = 12  # units; a longer heading is cut, so that the table has room below it


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines of one cell, set."""

    lines: tuple[SetLine, ...]
    size: float
    align: Align

    @property
    def height(self) -> float:
        return len(self.lines) * self.size * _LEADING


@dataclass(frozen=True, slots=True)
class Stripe:
    """A table's part that fits side by side: the places of its columns, and where each begins, in cells."""

    places: tuple[int, ...]
    edges: tuple[float, ...]


def write_table(cursor: Cursor, fonts: FontSet, table: AnnexTable) -> None:
    """Write the table from the pen's row on."""
    if not table.columns:
        return
    for stripe in stripes(fonts, table):
        writer = _Writer(cursor, fonts, table, stripe)
        writer.write()


def stripes(fonts: FontSet, table: AnnexTable) -> Iterator[Stripe]:
    """Columns dealt out evenly over as few stripes as hold them; groups stay together where a stripe can hold them."""
    names = _width_of_names(fonts, table)
    room = COLUMNS - names
    most = room // _NARROWEST
    kept = _groups(table.columns, most)
    total = sum(map(len, kept))
    if not total:
        yield Stripe((0,), (0, COLUMNS))
        return
    left = -(-total // most)
    stripe: list[int] = []
    share = -(-total // left)
    for group in kept:
        if stripe and (len(stripe) + len(group) > most or len(stripe) >= share):
            yield _laid(stripe, names)
            total -= len(stripe)
            left = max(1, left - 1)
            share = -(-total // left)
            stripe = []
        stripe += group
    yield _laid(stripe, names)


def _groups(columns: Sequence[TableColumn], most: int) -> list[list[int]]:
    """Places of the columns after the first, those of one group together; a group that no stripe holds is cut."""
    found: list[list[int]] = []
    places = range(1, len(columns))
    for group, members in groupby(places, key=lambda place: columns[place].group or place):
        together = list(members)
        if not isinstance(group, str):
            found.append(together)
        else:
            found += [together[start : start + most] for start in range(0, len(together), most)]
    return found


def _laid(places: Sequence[int], names: int) -> Stripe:
    """Columns of one width, in half cells; what is over goes to the names."""
    each = min(_WIDEST, (COLUMNS - names) * 2 // len(places) / 2)
    edges = [COLUMNS - each * left for left in range(len(places), -1, -1)]
    return Stripe((0, *places), (0, *edges))


def _width_of_names(fonts: FontSet, table: AnnexTable) -> int:
    least, most = _NAMES
    texts = [one_line(row[0]) for row in table.rows if row] + [one_line(table.columns[0].title)]
    widest = max(sum(fonts.glyph(Role.BODY, c).width for c in text[:40]) * _SIZE for text in texts)
    return min(most, max(least, -int(-(widest + 2 * _BESIDE) // CELL)))


class _Writer:
    """One stripe, written over as many pages as it needs."""

    def __init__(self, cursor: Cursor, fonts: FontSet, table: AnnexTable, stripe: Stripe) -> None:
        self._cursor, self._fonts, self._table, self._stripe = cursor, fonts, table, stripe
        self._top = 0.0
        columns = [table.columns[place] for place in stripe.places]
        self._grouped = any(column.group for column in columns)
        groups = self._grouped_columns(columns)
        self._heads = [
            self._heading(column.group if lone else column.title, first, last) for column, first, last, lone in groups
        ]
        self._spans = [(first, last, lone) for _, first, last, lone in groups]
        self._kinds = [
            self._heading(column.title, number, number) if column.group else None
            for number, column in enumerate(columns)
        ]
        self._upper = self._units_for(self._heads)
        kinds = [block for block in self._kinds if block is not None]
        self._lower = self._units_for(kinds) if kinds else 0

    @staticmethod
    def _grouped_columns(columns: Sequence[TableColumn]) -> list[tuple[TableColumn, int, int, bool]]:
        """Heads with the first and last column below each; whether it is a group's."""
        found: list[tuple[TableColumn, int, int, bool]] = []
        for number, column in enumerate(columns):
            if column.group and found and found[-1][3] and found[-1][0].group == column.group:
                lead, first, _, _ = found[-1]
                found[-1] = (lead, first, number, True)
            else:
                found.append((column, number, number, bool(column.group)))
        return found

    def write(self) -> None:
        cursor = self._cursor
        rows = [self._row(row) for row in self._table.rows]
        caption = one_line(self._table.caption)
        head = self._upper + self._lower
        whole = head + sum(map(self._units_for, rows))
        needed = (
            whole if self._is_not_first and whole <= _UNITS - 2 else head + (self._units_for(rows[0]) if rows else 1)
        )
        cursor.keep_together(min(-(-needed * 2 // 3) + bool(caption), ROWS))
        if caption:
            cursor.write(set_paragraph(self._fonts, (Span(caption, Role.KAI),), first=0.0))
        self._open()
        fresh = _UNITS - head
        for each in rows:
            row = each
            if self._units_for(row) > self._left and (self._left < fresh or not self._left):
                self._turn()
            while self._units_for(row) > self._left:
                now, row = self._parted(row, self._left)
                self._place(now, self._left)
                self._turn()
            self._place(row, self._units_for(row))
        self._close()
        cursor.go_to_row(cursor.next_row_after(cursor.y))
        if cursor.rows_left:
            cursor.blank()

    @property
    def _left(self) -> int:
        """Units that are left of the page."""
        return int((HEIGHT - self._cursor.y) / _UNIT + 0.01)

    @property
    def _is_not_first(self) -> bool:
        """Whether a table stands on this page already: then the next one need not be torn apart for it."""
        return any(isinstance(item, Upright) for line in self._cursor.sheets[-1].lines for item in line)

    def _turn(self) -> None:
        self._close()
        self._cursor.new_sheet()
        self._open()

    @staticmethod
    def _parted(row: Sequence[_Block], units: int) -> tuple[list[_Block], list[_Block]]:
        """What of a long row fits into ``units``, and the rest of it."""
        now, later = [], []
        for block in row:
            fitting = int((units * _UNIT - 1.0) / (block.size * _LEADING))
            now.append(replace(block, lines=block.lines[:fitting]))
            later.append(replace(block, lines=block.lines[fitting:]))
        return now, later

    def _open(self) -> None:
        """The heading, under a thick rule."""
        cursor = self._cursor
        self._top = cursor.y
        edges = self._stripe.edges
        height = (self._upper + self._lower) * _UNIT
        items: list[Item] = [Rule(cursor.y, THICK_RULE)]
        texts: list[Text] = []
        for block, (first, last, lone) in zip(self._heads, self._spans, strict=True):
            tall = self._upper * _UNIT if lone else height
            texts += self._texts(block, first, last, cursor.y, tall)
            if lone:
                width = (edges[last + 1] - edges[first]) * CELL
                items.append(Rule(cursor.y + tall, THIN_RULE, edges[first] * CELL, width))
        lower = cursor.y + self._upper * _UNIT
        for number, kind in enumerate(self._kinds):
            if kind is not None:
                texts += self._texts(kind, number, number, lower, self._lower * _UNIT)
        inner = {edge for first, last, lone in self._spans if lone for edge in range(first + 1, last + 1)}
        for number, edge in enumerate(edges[1:-1], start=1):
            top = lower if number in inner else cursor.y
            items.append(Upright(edge * CELL, top, cursor.y + height, THIN_RULE))
        cursor.y += height
        items.append(Rule(cursor.y, THIN_RULE))
        cursor.place(*texts, *items)

    def _place(self, row: Sequence[_Block], units: int) -> None:
        cursor = self._cursor
        height = units * _UNIT
        texts = [
            text for number, block in enumerate(row) for text in self._texts(block, number, number, cursor.y, height)
        ]
        uprights = [Upright(edge * CELL, cursor.y, cursor.y + height, THIN_RULE) for edge in self._stripe.edges[1:-1]]
        cursor.y += height
        cursor.place(*texts, *uprights, Rule(cursor.y, THIN_RULE))

    def _close(self) -> None:
        """Both sides and the thick rule below."""
        cursor = self._cursor
        sides = [Upright(x, self._top, cursor.y, THICK_RULE) for x in (0.0, WIDTH)]
        cursor.place(*sides, Rule(cursor.y, THICK_RULE))

    def _row(self, row: Sequence[str]) -> list[_Block]:
        columns = self._table.columns
        return [
            self._block(
                row[place] if place < len(row) else "",
                number,
                number,
                Role.BODY,
                _SIZE,
                columns[place].align if place else "left",
            )
            for number, place in enumerate(self._stripe.places)
        ]

    def _block(self, text: str, first: int, last: int, role: Role, size: float, align: Align) -> _Block:
        edges = self._stripe.edges
        room = (edges[last + 1] - edges[first]) * CELL - 2 * _BESIDE
        text = one_line(text)
        lines = set_paragraph(self._fonts, (Span(text, role),), first=0.0, right=room, size=size, justify=False)
        if len(lines) > 1 and size > _HEAD_SIZE:
            return self._block(text, first, last, role, _HEAD_SIZE, align)
        return _Block(lines, size, align)

    def _heading(self, text: str, first: int, last: int) -> _Block:
        edges = self._stripe.edges
        room = (edges[last + 1] - edges[first]) * CELL - 2 * _BESIDE
        glyphs = glyphs_of(self._fonts, (Span(one_line(text), Role.HEI),))
        lines = even_lines(one_line(text), widths_of(glyphs, _HEAD_SIZE), room)
        shown = lines[: int(_TALLEST_HEAD / 2 * _UNIT / (_HEAD_SIZE * _LEADING))]
        return _Block(tuple(SetLine(0.0, glyphs, line, _HEAD_SIZE) for line in shown), _HEAD_SIZE, "centre")

    def _texts(self, block: _Block, first: int, last: int, y: float, height: float) -> Iterator[Text]:
        left, right = self._stripe.edges[first] * CELL + _BESIDE, self._stripe.edges[last + 1] * CELL - _BESIDE
        top = y + (height - block.height) / 2
        pitch = block.size * _LEADING
        for number, line in enumerate(block.lines):
            spare = right - left - line.line.width
            x = left + {"left": 0.0, "centre": spare / 2, "right": spare}[block.align]
            shown = line.glyphs[line.line.start : line.line.shown]
            baseline = baseline_in(top + number * pitch, pitch, block.size)
            yield Text(x, baseline, block.size, shown, line.line.offsets)

    @staticmethod
    def _units_for(blocks: Sequence[_Block]) -> int:
        tallest = max((block.height for block in blocks), default=0.0)
        return max(1, -int(-(tallest + 1.0) // _UNIT))
