"""A fingerprint to be read aloud: large, in numbered groups of four, and below each character what it is."""

from __future__ import annotations

from typing import Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import Cell, Strip, in_fours, plain_figures, set_strip
from jindu_desk.reports.typesetting.forms import FORM_WIDTH, Row
from jindu_desk.reports.typesetting.grid import GREY, MM, Span, glyphs_of
from jindu_desk.reports.typesetting.linebreak import one_line

_A_ROW: Final = 4
_LARGE: Final = 24.0
_SPACING: Final = 2.0
_TINY: Final = 7.0
_LEAST: Final = 19.0 * MM
_PREFIX: Final = "SHA256:"
_MARKS: Final = {"+": "加", "/": "斜"}


def fingerprint_rows(fonts: FontSet, fingerprint: str) -> tuple[Row, ...]:
    """The groups, four in a row, each with its number and a box to tick. The blank end says how many there are."""
    groups = in_fours(one_line(fingerprint).removeprefix(_PREFIX))
    cells = [_group(fonts, number, group) for number, group in enumerate(groups, start=1)]
    if len(groups) % _A_ROW:
        characters = sum(map(len, groups))
        told = f"共 {len(groups)} 组，{characters} 个字符"
        cells.append(Cell((set_strip(fonts, told, Role.BODY, 9.0),), "centre", words=told))
    widths = (FORM_WIDTH / _A_ROW,) * _A_ROW
    rows = [cells[start : start + _A_ROW] for start in range(0, len(cells), _A_ROW)] or [[]]
    return tuple(Row((*row, *[Cell()] * (_A_ROW - len(row))), widths, _LEAST) for row in rows)


def _group(fonts: FontSet, number: int, group: str) -> Cell:
    counted = set_strip(fonts, f"□ 第 {number} 组", Role.BODY, 8.0, height=9.0, align="left", colour=GREY)
    large = set_strip(plain_figures(), group, Role.SONG, _LARGE, spacing=_SPACING, height=31.5)
    return Cell((counted, large, _sorts(fonts, group, large)), "centre", words=f"{number} {group}")


def _sorts(fonts: FontSet, group: str, large: Strip) -> Strip:
    """For each character whether it is a capital, a small letter or a figure, below its middle."""
    glyphs = glyphs_of(fonts, (Span("".join(map(_sort, group)), Role.BODY),))
    offsets = tuple(
        edge + (above.width * _LARGE - below.width * _TINY) / 2
        for edge, above, below in zip(large.offsets, large.glyphs, glyphs, strict=True)
    )
    return Strip(glyphs, offsets, large.width, _TINY, 9.0, colour=GREY)


def _sort(character: str) -> str:
    if character.isdigit():
        return "数"
    return _MARKS.get(character) or ("大" if character.isupper() else "小" if character.islower() else "　")
