"""Ruled forms and tables on A4: the papers that are filled in, signed and filed.

A form is written from above. What does not fit goes on to the next page: a row whole where a page can hold it, a longer
one line by line; a table says its header again. The foot carries a check code of the words, which neither fonts nor
line breaks change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from jindu_desk.files import sha256_hex
from jindu_desk.reports.typesetting.drawing import About, PrintedPaper, draw
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import (
    SIZE,
    SMALL,
    Align,
    Cell,
    Para,
    Strip,
    cell,
    label,
    set_cell,
    set_strip,
)
from jindu_desk.reports.typesetting.grid import (
    GREY,
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TOP,
    Item,
    Mark,
    Rule,
    Sheet,
    Text,
    Upright,
    baseline_in,
)
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import chinese_number


@dataclass(frozen=True, slots=True)
class Layout:
    """The paper that a form is printed on, and what of it is written on; points, from the upper left corner."""

    paper: tuple[float, float]
    left: float
    top: float
    width: float
    height: float


# On the left (of a landscape page: above) there is room for filing holes.
PORTRAIT: Final = Layout((PAGE_WIDTH, PAGE_HEIGHT), 25 * MM, 18 * MM, 165 * MM, 257 * MM)
LANDSCAPE: Final = Layout((PAGE_HEIGHT, PAGE_WIDTH), 18 * MM, 24 * MM, 261 * MM, 166 * MM)
LANDSCAPE_A3: Final = Layout((420 * MM, 297 * MM), 25 * MM, 18 * MM, 377 * MM, 257 * MM)
FORM_WIDTH: Final = PORTRAIT.width
LABEL_WIDTH: Final = 27 * MM

_FRAME: Final = 0.35 * MM
_INNER: Final = 0.18 * MM
_BESIDE: Final = 1.6 * MM  # between a rule and the text
_ABOVE: Final = 1.1 * MM
_FIELD: Final = 8 * MM  # a field that a pen can fill
_LINE: Final = 7.0 * MM  # a row of a table
_ENOUGH: Final = 60.0  # a long row begins on a page that has this much left
_NOTHING: Final = 0.01
_FOOT_BELOW: Final = 5 * MM
_DASH: Final = 2 * MM
_SIGNED: Final = 3  # fields to sign in a row


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side. ``widths`` are scaled to fill the form; ``least`` is the height that it has anyway."""

    cells: tuple[Cell, ...]
    widths: tuple[float, ...]
    least: float = _FIELD


@dataclass(frozen=True, slots=True)
class _ReadyRow:
    """A row with the lines of each cell, and what it takes."""

    row: Row
    lines: Sequence[tuple[Strip, ...]]
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``width`` in mm, scaled with the others to fill the form. ``size``: of its title."""

    title: str
    width: float
    align: Align = "left"
    size: float = SIZE


def fields(*pairs: tuple[str, Cell | str], least: float = _FIELD) -> Row:
    """One or two labels, each with its value; an empty value is for the pen."""
    rest = FORM_WIDTH / len(pairs) - LABEL_WIDTH
    cells: list[Cell] = []
    for name, value in pairs:
        cells += [label(name), cell(value) if isinstance(value, str) else value]
    return Row(tuple(cells), (LABEL_WIDTH, rest) * len(pairs), least)


def signature_fields(names: Iterable[str]) -> tuple[Row, ...]:
    """What is signed below a table, side by side; nothing where nobody signs. More than three in even rows, else
    there is no room for a pen."""
    pairs = tuple((one_line(name), "") for name in names)
    a_row = -(-len(pairs) // -(-len(pairs) // _SIGNED)) if pairs else 1
    return tuple(fields(*pairs[at : at + a_row], least=9 * MM) for at in range(0, len(pairs), a_row))


def dated(name: str = "日期") -> tuple[str, Cell]:
    """A label and its field for a date that a pen writes."""
    return name, Cell((Para("年　　　月　　　日"),), "right")


def across(content: Cell, least: float = _FIELD) -> Row:
    """One cell over the whole width."""
    return Row((content,), (FORM_WIDTH,), least)


class Form:
    """A paper being written."""

    def __init__(
        self, fonts: FontSet, name: str, under: str = "", *, layout: Layout = PORTRAIT, mark: str = ""
    ) -> None:
        self.fonts = fonts
        self.layout = layout
        self._x, self._y = layout.left - LEFT, layout.top - TOP  # from the form's corner to the grid's
        self.sheets = [Sheet(size=layout.paper)]
        self.y = 0.0
        self._name = name
        self._said: list[str] = []
        self._parts = 0
        self.head(under, mark=mark)

    def head(self, under: str = "", *, mark: str = "") -> None:
        """The paper's name and what stands ``under`` it, at the top of a page; ``mark`` leads there in the outline."""
        if mark:
            self._place(Mark(self.y + self._y, one_line(mark)))
        self.line(Cell((Para(self._name, Role.TITLE, 20.0),), "centre"))
        if one_line(under):
            self.gap(0.5)
            self.line(Cell((Para(one_line(under), size=SIZE),), "centre"))
        self.gap(3)

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.layout.height - self.y

    def gap(self, mm: float) -> None:
        """Blank room, unless the page begins here."""
        if self.y:
            self.y += mm * MM

    def new_page(self) -> None:
        self.sheets.append(Sheet(size=self.layout.paper))
        self.y = 0.0

    def keep(self, height: float) -> None:
        """Begin a new page unless ``height`` is left, or no page has as much."""
        if self.room < height <= self.layout.height:
            self.new_page()

    def part(self, title: str, *, before: float = 0.0, goes_on: bool = False) -> None:
        """一、 in 黑体; it stays with the first ``before`` points below it. What ``goes_on`` keeps the number of the
        part before it and its place in the outline."""
        self._parts += not goes_on
        heading = f"{chinese_number(self._parts)}、{one_line(title)}"
        self.gap(2.5)
        self.keep(9 * MM + (before or _ENOUGH))
        if not goes_on:
            self._place(Mark(self.y + self._y, heading))
        self.line(Cell((Para(heading, Role.HEI, 12.0),)))
        self.gap(1)

    def text(self, *lines: str, size: float = SIZE) -> None:
        """Paragraphs over the whole width."""
        self.line(*(Cell((Para(line, size=size),)) for line in lines))

    def grid(self, rows: Sequence[Row], *, whole: bool = False, part: str = "") -> None:
        """Ruled rows under the heading ``part``. ``whole``: all on one page, where a page can hold them."""
        rows = [self._fitted(row) for row in rows]
        wanted = self.height(rows if whole else rows[:1])
        if part:
            self.part(part, before=min(wanted, self.layout.height - 9 * MM))
        elif whole:
            self.keep(wanted)
        self._ruled(rows, header=None)

    def table(
        self,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell | str]],
        *,
        part: str = "",
        goes_on: bool = False,
        least: float = _LINE,
    ) -> None:
        """A table under the heading ``part``; its header is said again on every page."""
        header = self._fitted(
            Row(
                tuple(label(column.title, size=column.size) for column in columns),
                tuple(column.width for column in columns),
                _LINE,
            )
        )
        body = [
            Row(
                tuple(
                    cell(value, column.align) if isinstance(value, str) else value
                    for value, column in zip(row, columns, strict=True)
                ),
                header.widths,
                least,
            )
            for row in rows
        ]
        if part:
            first = self._height(header) + sum(map(self._height, body[:2]))
            self.part(part, before=min(first, self.layout.height / 2), goes_on=goes_on)
        self._ruled(body, header)

    def picture(self, height: float, drawn: Callable[[float, float], Iterable[Item]], said: str) -> None:
        """Room for what ``drawn`` puts there, told where its upper left corner is. ``said``: for the check code."""
        self.keep(height)
        self._said.append(said)
        self._place(*drawn(self._x, self.y + self._y))
        self.y += height

    def cut_line(self, text: str) -> None:
        """Dashes to cut along, with a word in the middle."""
        self._said.append(text)
        strip = set_strip(self.fonts, text, Role.BODY, SMALL, align="centre", colour=GREY)
        self.keep(strip.height + _ENOUGH)
        middle = self.y + strip.height / 2
        clear = (self.layout.width - strip.width) / 2 - 2 * MM
        dashes = [
            Rule(middle + self._y, _INNER, x + self._x, _DASH, GREY)
            for step in range(int((clear + _DASH) // (2 * _DASH)))
            for x in (step * 2 * _DASH, self.layout.width - _DASH - step * 2 * _DASH)
        ]
        self._place(*dashes, self._text(strip, 0.0, self.layout.width, self.y, "centre"))
        self.y += strip.height

    def printed(self, *, author: str, subject: str = "") -> PrintedPaper:
        """The finished paper."""
        about = About(
            title=" ".join(filter(None, (self._name, one_line(subject)))),
            author=one_line(author),
            subject=one_line(subject),
        )
        for number, sheet in enumerate(self.sheets, start=1):
            sheet.lines.append(tuple(self._foot(number)))
        roles = frozenset({Role.TITLE, Role.BODY, Role.HEI, Role.SONG})
        return draw(self.sheets, self.fonts, about, roles)

    @property
    def check_code(self) -> str:
        """Eight hexadecimal digits that stand for the words of the paper."""
        digest = sha256_hex("\x1f".join(self._said).encode("utf-8", "surrogatepass")).upper()
        return f"{digest[:4]}-{digest[4:8]}"

    def _foot(self, number: int) -> list[Item]:
        y = self.layout.height + _FOOT_BELOW
        told: tuple[tuple[str, Align], ...] = (
            (self._name, "left"),
            (f"第 {number} 页　共 {len(self.sheets)} 页", "centre"),
            (f"校验码 {self.check_code}", "right"),
        )
        return [
            self._text(set_strip(self.fonts, text, Role.SONG, SMALL), 0.0, self.layout.width, y, align)
            for text, align in told
        ]

    def line(self, *cells: Cell) -> None:
        """Lines without rules, over the whole width."""
        for content in cells:
            self._said.append(content.said)
            for strip in set_cell(self.fonts, content, self.layout.width):
                if self.room < strip.height:
                    self.new_page()
                self._place(self._text(strip, 0.0, self.layout.width, self.y, content.align))
                self.y += strip.height

    def _ruled(self, rows: Sequence[Row], header: Row | None) -> None:
        """Rows in a frame, which is closed at the foot of a page and begins anew on the next."""
        self._said += [content.said for row in (header, *rows) if row for content in row.cells]
        again = self._ready(header) if header else None
        if again and again.height > self.layout.height / 2:  # said on every page it would leave no room for rows
            rows, again = (again.row, *rows), None
        fresh = self.layout.height - (again.height if again else 0.0)
        self._open(again)
        for row in rows:
            ready = self._ready(row)
            lines, need = ready.lines, ready.height
            if need > self.room and (need <= fresh or self.room < _ENOUGH):
                self._turn(again)
            while need > self.room:
                now, lines = _parted(lines, self.room - 2 * _ABOVE)
                self._place_row(_ReadyRow(row, now, self.room), from_above=True)
                self._turn(again)
                need = _height_of(lines)
            self._place_row(_ReadyRow(row, lines, need))
        self._close()

    def _open(self, header: _ReadyRow | None) -> None:
        if header:
            self.keep(header.height + _LINE)
        self._place(Rule(self.y + self._y, _FRAME, self._x, self.layout.width))
        if header:
            self._place_row(header)

    def _close(self) -> None:
        self._place(Rule(self.y + self._y, _FRAME, self._x, self.layout.width))

    def _turn(self, header: _ReadyRow | None) -> None:
        self._close()
        self.new_page()
        self._open(header)

    def _place_row(self, ready: _ReadyRow, *, from_above: bool = False) -> None:
        edge, height = 0.0, ready.height
        widths, cells = ready.row.widths, ready.row.cells
        items: list[Item] = [Upright(self._x, self.y + self._y, self.y + height + self._y, _FRAME)]
        for number, (width, content, strips) in enumerate(zip(widths, cells, ready.lines, strict=True), start=1):
            y = self.y + (_ABOVE if from_above else (height - sum(strip.height for strip in strips)) / 2)
            for strip in strips:
                items.append(self._text(strip, edge + _BESIDE, width - 2 * _BESIDE, y, content.align))
                y += strip.height
            edge += width
            thickness = _FRAME if number == len(widths) else _INNER
            items.append(Upright(edge + self._x, self.y + self._y, self.y + height + self._y, thickness))
        self.y += height
        items.append(Rule(self.y + self._y, _INNER, self._x, self.layout.width))
        self._place(*items)

    def _text(self, strip: Strip, x: float, room: float, y: float, align: Align) -> Text:
        gap = {"left": 0.0, "centre": (room - strip.width) / 2, "right": room - strip.width}[strip.align or align]
        baseline = baseline_in(y, strip.height, strip.size)
        return Text(x + gap + self._x, baseline + self._y, strip.size, strip.glyphs, strip.offsets, strip.colour)

    def _ready(self, row: Row) -> _ReadyRow:
        lines = [
            set_cell(self.fonts, content, width - 2 * _BESIDE)
            for content, width in zip(row.cells, row.widths, strict=True)
        ]
        return _ReadyRow(row, lines, max(row.least, _height_of(lines)))

    def height(self, rows: Iterable[Row]) -> float:
        """What these rows take."""
        return sum(self._height(self._fitted(row)) for row in rows)

    def _fitted(self, row: Row) -> Row:
        total = sum(row.widths)
        if abs(total - self.layout.width) < _NOTHING:
            return row
        return replace(row, widths=tuple(width * self.layout.width / total for width in row.widths))

    def _height(self, row: Row) -> float:
        return self._ready(row).height

    def _place(self, *items: Item) -> None:
        self.sheets[-1].lines.append(items)


def _height_of(lines: Iterable[Sequence[Strip]]) -> float:
    return max((sum(strip.height for strip in strips) for strips in lines), default=0.0) + 2 * _ABOVE


def _parted(lines: Iterable[tuple[Strip, ...]], room: float) -> tuple[list[tuple[Strip, ...]], list[tuple[Strip, ...]]]:
    """What of each cell fits into ``room``, and the rest; something always fits."""
    now: list[tuple[Strip, ...]] = []
    later: list[tuple[Strip, ...]] = []
    for strips in lines:
        taken, used = 0, 0.0
        while taken < len(strips) and (used + strips[taken].height <= room or not taken):
            used += strips[taken].height
            taken += 1
        now.append(strips[:taken])
        later.append(strips[taken:])
    return now, later
