"""What stands in a cell of a ruled form, and its setting in lines: running text, and figures that must be exact."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Literal

from jindu_desk.reports.typesetting.fonts import FontSet, Glyph, Role, font_set
from jindu_desk.reports.typesetting.grid import BLACK, Colour, Span, glyphs_of, running, widths_of
from jindu_desk.reports.typesetting.linebreak import break_lines, one_line, paragraphs
from jindu_desk.reports.typesetting.title_lines import even_lines

SIZE: Final = 10.5  # 五号
SMALL: Final = 9.0  # 小五
_LEADING: Final = 1.4
_GROUP: Final = 4

Align = Literal["left", "centre", "right"]


@dataclass(frozen=True, slots=True)
class Para:
    """Text in one face and size; its line ends begin new lines.

    ``exact``: machine text (a key, a hash). It is in the bundled face with serifs whatever the PC has, so that l, 1, I,
    O and 0 differ, and is cut at the edge of the cell: no mark is squeezed, nothing is added. ``even``: a label, whose
    lines are of like length.
    """

    text: str
    role: Role = Role.BODY
    size: float = SIZE
    align: Align | None = None  # None: as the cell has it
    colour: Colour = BLACK
    exact: bool = False
    even: bool = False


@dataclass(frozen=True, slots=True)
class Strip:
    """A line that is set: ``offsets`` are the left edges of its glyphs, ``height`` what it takes on the page."""

    glyphs: tuple[Glyph, ...]
    offsets: tuple[float, ...]
    width: float
    size: float
    height: float
    align: Align | None = None
    colour: Colour = BLACK


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, from above. ``words``: for the check code, what its strips say."""

    parts: tuple[Para | Strip, ...] = ()
    align: Align = "left"
    words: str = field(default="", kw_only=True)

    @property
    def said(self) -> str:
        return "\n".join([self.words, *(part.text for part in self.parts if isinstance(part, Para))])


def cell(text: str, align: Align = "left", *, size: float = SIZE) -> Cell:
    """A value in 仿宋."""
    return Cell((Para(text, size=size),), align)


def label(text: str, *, size: float = SIZE) -> Cell:
    """A label in 黑体, in the middle of its cell."""
    return Cell((Para(text, Role.HEI, size, even=True),), "centre")


def exact(text: str, align: Align = "left", *, size: float = SMALL) -> Cell:
    """Machine text, every character of it."""
    return Cell((Para(text, size=size, exact=True),), align)


def in_fours(text: str) -> tuple[str, ...]:
    """Groups of four characters, as people read them to each other."""
    plain = "".join(one_line(text).split())
    return tuple(plain[start : start + _GROUP] for start in range(0, len(plain), _GROUP))


def rows_of_groups(text: str, a_row: int) -> str:
    """Groups of four with a blank between them, ``a_row`` of them in a line."""
    groups = in_fours(text)
    return "\n".join(" ".join(groups[start : start + a_row]) for start in range(0, len(groups), a_row))


@lru_cache(maxsize=1)
def plain_figures() -> FontSet:
    """The faces for what must not be misread: the program's own, the same on every PC."""
    return font_set(bundled_only=True)


def set_strip(
    fonts: FontSet,
    text: str,
    role: Role,
    size: float,
    *,
    spacing: float = 0.0,
    height: float = 0.0,
    align: Align | None = None,
    colour: Colour = BLACK,
) -> Strip:
    """One unbroken line; ``spacing`` is added after each character but the last."""
    glyphs = glyphs_of(fonts, (Span(text, role),))
    widths = [glyph.width * size + spacing for glyph in glyphs]
    total = max(0.0, sum(widths) - spacing)
    return Strip(glyphs, running(widths), total, size, height or size * _LEADING, align, colour)


def set_cell(fonts: FontSet, content: Cell, room: float) -> tuple[Strip, ...]:
    """All lines of a cell that is ``room`` wide inside."""
    strips: list[Strip] = []
    for part in content.parts:
        if isinstance(part, Strip):
            strips.append(part)
        elif part.exact:
            strips += _cut(part, room)
        else:
            for paragraph in paragraphs(part.text):
                strips += _broken(fonts, part, paragraph, room)
    return tuple(strips)


def _broken(fonts: FontSet, para: Para, text: str, room: float) -> list[Strip]:
    glyphs = glyphs_of(fonts, (Span(text, para.role),))
    widths = widths_of(glyphs, para.size)
    if para.even:
        lines = even_lines(text, widths, room)
    else:
        lines = break_lines(text, widths, first=room, rest=room, justify=False)
    height = para.size * _LEADING
    return [
        Strip(glyphs[line.start : line.shown], line.offsets, line.width, para.size, height, para.align, para.colour)
        for line in lines
    ]


def _cut(para: Para, room: float) -> list[Strip]:
    strips: list[Strip] = []
    for text in paragraphs(para.text):
        glyphs = glyphs_of(plain_figures(), (Span(text, Role.SONG),))
        widths = [glyph.width * para.size for glyph in glyphs]
        start = 0
        while start < len(glyphs):
            end, used = start + 1, widths[start]
            while end < len(glyphs) and used + widths[end] <= room:
                used += widths[end]
                end += 1
            strips.append(
                Strip(
                    glyphs[start:end],
                    running(widths[start:end]),
                    used,
                    para.size,
                    para.size * _LEADING,
                    para.align,
                    para.colour,
                )
            )
            start = end
    return strips
