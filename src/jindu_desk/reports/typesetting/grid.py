"""The page of GB/T 9704-2012 and the writer that fills it line by line.

Lengths are in points. x runs from the left edge of the 版心 to the right, y from its upper edge downwards, so that a
paper is laid out once and read back by tests without knowing where the sheet's corner is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from jindu_desk.reports.typesetting.fonts import FULL_WIDTH, FontSet, Glyph, Role
from jindu_desk.reports.typesetting.linebreak import Line, break_lines

MM: Final = 72 / 25.4
PAGE_WIDTH: Final = 210 * MM
PAGE_HEIGHT: Final = 297 * MM
LEFT: Final = 28 * MM
TOP: Final = 37 * MM
WIDTH: Final = 156 * MM
HEIGHT: Final = 225 * MM
ROWS: Final = 22
COLUMNS: Final = 28
PITCH: Final = 28.99  # 22 of them fill 225 mm
CELL: Final = 15.79  # 28 of them fill 156 mm
SIZE_3: Final = 15.75  # 三号 is 16 pt; 28 characters of it are wider than the 版心
SIZE_2: Final = 22.0
SIZE_4: Final = 14.0
ASCENT: Final = 0.88  # of the em, above the baseline, in every Chinese face
RED: Final = (0.902, 0.0, 0.071)
BLACK: Final = (0.0, 0.0, 0.0)
GREY: Final = (0.42, 0.42, 0.42)
THICK_RULE: Final = 0.35 * MM
THIN_RULE: Final = 0.25 * MM

Colour = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Characters of one line; ``offsets`` are their left edges from ``x``."""

    x: float
    baseline: float
    size: float
    glyphs: tuple[Glyph, ...]
    offsets: tuple[float, ...]
    colour: Colour = BLACK

    def shifted(self, right: float) -> Text:
        return replace(self, x=self.x + right)

    def moved(self, down: float) -> Text:
        return Text(self.x, self.baseline + down, self.size, self.glyphs, self.offsets, self.colour)


@dataclass(frozen=True, slots=True)
class Rule:
    """A horizontal line; ``y`` is its middle."""

    y: float
    thickness: float
    x: float = 0.0
    width: float = WIDTH
    colour: Colour = BLACK

    def moved(self, down: float) -> Rule:
        return Rule(self.y + down, self.thickness, self.x, self.width, self.colour)


@dataclass(frozen=True, slots=True)
class Upright:
    """A vertical line; ``x`` is its middle."""

    x: float
    top: float
    bottom: float
    thickness: float
    colour: Colour = BLACK

    def moved(self, down: float) -> Upright:
        return Upright(self.x, self.top + down, self.bottom + down, self.thickness, self.colour)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that the PDF's outline leads to; ``level`` 0 is the outermost."""

    y: float
    title: str
    level: int = 0

    def moved(self, down: float) -> Mark:
        return Mark(self.y + down, self.title, self.level)


@dataclass(frozen=True, slots=True)
class Trace:
    """A line through points; ``dash`` is the length of a dash and of the gap after it, 0 for an unbroken line."""

    points: tuple[tuple[float, float], ...]
    thickness: float
    colour: Colour = BLACK
    dash: float = 0.0

    def moved(self, down: float) -> Trace:
        return Trace(tuple((x, y + down) for x, y in self.points), self.thickness, self.colour, self.dash)


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: Colour = BLACK

    def moved(self, down: float) -> Disc:
        return Disc(self.x, self.y + down, self.radius, self.colour)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture file in a box; ``y`` is its upper edge."""

    x: float
    y: float
    width: float
    height: float
    content: bytes = field(repr=False)

    def moved(self, down: float) -> Picture:
        return Picture(self.x, self.y + down, self.width, self.height, self.content)


Item = Text | Rule | Upright | Mark | Trace | Disc | Picture


@dataclass(slots=True)
class Sheet:
    """One page: its lines in reading order, each with what stands in it. ``size``: width and height of the paper."""

    lines: list[tuple[Item, ...]] = field(default_factory=list)
    size: tuple[float, float] = (PAGE_WIDTH, PAGE_HEIGHT)


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a paragraph in one face."""

    text: str
    role: Role = Role.BODY


def cell_width(size: float) -> float:
    """The grid's pitch for the body size; other sizes are set solid."""
    return CELL if size == SIZE_3 else size


def widths_of(glyphs: Iterable[Glyph], size: float) -> list[float]:
    """How far each character moves the pen: full-width ones a cell, Latin and digits their own width."""
    cell = cell_width(size)
    return [cell if glyph.width >= FULL_WIDTH else glyph.width * size for glyph in glyphs]


def baseline_in(y: float, height: float, size: float) -> float:
    """The baseline of a line of ``size`` set in the middle of a row that begins at ``y``."""
    return y + (height - size) / 2 + ASCENT * size


def glyphs_of(fonts: FontSet, spans: Iterable[Span]) -> tuple[Glyph, ...]:
    return tuple(chain.from_iterable(fonts.glyphs(span.role, span.text) for span in spans))


def set_line(
    fonts: FontSet,
    text: str,
    role: Role,
    size: float,
    *,
    y: float,
    height: float,
    x: float = 0.0,
    align: str = "left",
    room: float = WIDTH,
    colour: Colour = BLACK,
) -> Text:
    """One unbroken line in a row at ``y``: from ``x`` on (left), ending at ``x + room`` (right) or between (centre)."""
    glyphs = glyphs_of(fonts, (Span(text, role),))
    widths = widths_of(glyphs, size)
    total = sum(widths)
    start = x + {"left": 0.0, "right": room - total, "centre": (room - total) / 2}[align]
    return Text(start, baseline_in(y, height, size), size, glyphs, running(widths), colour)


def running(widths: Sequence[float]) -> tuple[float, ...]:
    """The left edge of each of a row of widths."""
    edges: list[float] = []
    edge = 0.0
    for width in widths:
        edges.append(edge)
        edge += width
    return tuple(edges)


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line of a paragraph before it has a place on a page."""

    x: float
    glyphs: tuple[Glyph, ...]
    line: Line
    size: float

    def at(self, y: float, height: float) -> Text:
        shown = self.glyphs[self.line.start : self.line.shown]
        return Text(self.x, baseline_in(y, height, self.size), self.size, shown, self.line.offsets)


def set_paragraph(
    fonts: FontSet,
    spans: Sequence[Span],
    *,
    first: float,
    rest: float = 0.0,
    right: float = WIDTH,
    size: float = SIZE_3,
    keep: frozenset[int] = frozenset(),
    justify: bool = True,
    rigid: int = 0,
) -> tuple[SetLine, ...]:
    """Break a paragraph: its first line begins at ``first``, the others at ``rest``, all end by ``right``.

    ``rigid``: how many characters of a label keep their width, so that other lines are aligned after it.
    """
    text = "".join(span.text for span in spans)
    glyphs = glyphs_of(fonts, spans)
    lines = break_lines(
        text, widths_of(glyphs, size), first=right - first, rest=right - rest, keep=keep, justify=justify, rigid=rigid
    )
    return tuple(SetLine(first if number == 0 else rest, glyphs, line, size) for number, line in enumerate(lines))


class Cursor:
    """Writes rows of the grid downwards and begins a new sheet where one is full."""

    def __init__(self) -> None:
        self.sheets = [Sheet()]
        self.y = 0.0

    @property
    def at_top(self) -> bool:
        return not self.sheets[-1].lines and self.y == 0.0

    @property
    def rows_left(self) -> int:
        return int((HEIGHT - self.y) / PITCH + 0.01)

    def new_sheet(self) -> None:
        self.sheets.append(Sheet())
        self.y = 0.0

    def place(self, *items: Item) -> None:
        """Put things with places of their own on the sheet; the pen stays where it is."""
        self.sheets[-1].lines.append(items)

    def go_to_row(self, row: int) -> None:
        """Move the pen down to a row of the grid."""
        self.y = row * PITCH

    def next_row_after(self, y: float) -> int:
        """The first row that begins at ``y`` or below."""
        return -int(-(y - 0.01) // PITCH)

    def keep_together(self, rows: int) -> None:
        """Begin a new sheet unless ``rows`` rows are left, or no sheet has as many."""
        if self.rows_left < min(rows, ROWS):
            self.new_sheet()

    def blank(self) -> None:
        """One blank row, unless the sheet begins here."""
        if not self.at_top:
            self.y += PITCH

    def write(self, lines: Sequence[SetLine], mark: str = "") -> None:
        """Write a paragraph; ``mark`` names its first line in the outline."""
        for number, line in enumerate(lines):
            if self.rows_left < 1:
                self.new_sheet()
            text = line.at(self.y, PITCH)
            self.place(*((Mark(self.y, mark),) if mark and number == 0 else ()), text)
            self.y += PITCH

    def carry_over(self, rows: int) -> None:
        """Begin a new sheet and take the last ``rows`` written rows along, so that it is not without text."""
        last = self.sheets[-1]
        count = min(rows, max(0, len(last.lines) - rows))
        taken = last.lines[len(last.lines) - count :]
        del last.lines[len(last.lines) - count :]
        self.new_sheet()
        for line in taken:
            texts = [item for item in line if isinstance(item, Text)]
            down = baseline_in(self.y, PITCH, texts[0].size) - texts[0].baseline if texts else 0.0
            self.sheets[-1].lines.append(tuple(item.moved(down) for item in line))
            self.y += PITCH
