"""What stands outside the 版心: the page number below it, a draft's sign above it."""

from __future__ import annotations

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    GREY,
    HEIGHT,
    MM,
    SIZE_4,
    WIDTH,
    Item,
    Span,
    Text,
    glyphs_of,
    running,
    set_line,
)

_NUMBER_BELOW = 7 * MM
_DRAFT_ABOVE = 12 * MM


def page_number(fonts: FontSet, number: int) -> Item:
    """``— 1 —`` in 四号 宋体, its dashes 7 mm below the 版心; odd right, even left, one character in."""
    glyphs = glyphs_of(fonts, (Span(f"— {number} —", Role.SONG),))
    # A good third of an em for each blank, so that the figure stands free in every face.
    widths = [max(glyph.width, 0.35) * SIZE_4 for glyph in glyphs]
    x = WIDTH - SIZE_4 - sum(widths) if number % 2 else SIZE_4
    dash = glyphs[0]
    top = dash.face.ink(dash.character)[1] * SIZE_4
    return Text(x, HEIGHT + _NUMBER_BELOW + top, SIZE_4, glyphs, running(widths))


def draft_sign(fonts: FontSet) -> Item:
    """The sign of a paper that nobody has signed, in the upper margin."""
    return set_line(
        fonts,
        "草稿　未经签发，不得印发",
        Role.HEI,
        10.5,
        y=-_DRAFT_ABOVE,
        height=10.5,
        align="right",
        colour=GREY,
    )
