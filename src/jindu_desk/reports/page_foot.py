"""What stands outside the 版心: the page number below it, a draft's sign above it."""

from __future__ import annotations

from jindu_desk.reports.fonts import FontSet, Role
from jindu_desk.reports.grid import GREY, HEIGHT, MM, SIZE_4, WIDTH, Item, set_line

_NUMBER_BELOW = 7 * MM
_DRAFT_ABOVE = 12 * MM


def page_number(fonts: FontSet, number: int) -> Item:
    """``— 1 —`` in 四号 宋体, its dashes 7 mm below the 版心; odd right, even left, one character in."""
    text = f"— {number} —"
    align = "right" if number % 2 else "left"
    placed = set_line(
        fonts, text, Role.SONG, SIZE_4, y=0.0, height=SIZE_4, x=SIZE_4, room=WIDTH - 2 * SIZE_4, align=align
    )
    dash = fonts.glyph(Role.SONG, "—")
    top = dash.face.ink(dash.character)[1] * SIZE_4
    return placed.moved(HEIGHT + _NUMBER_BELOW + top - placed.baseline)


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
