"""The head of an official paper: red mark, options line, red rule, balanced title (GB/T 9704-2012, 7.2, 10.3)."""

from __future__ import annotations

from dataclasses import replace

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    ASCENT,
    CELL,
    HEIGHT,
    MM,
    PITCH,
    RED,
    SIZE_2,
    SIZE_3,
    THICK_RULE,
    WIDTH,
    Cursor,
    Rule,
    SetLine,
    Span,
    Text,
    baseline_in,
    glyphs_of,
    running,
    set_paragraph,
    widths_of,
)
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.typesetting.title_lines import balanced

MARK_TOP = 35 * MM
RULE_BELOW = 4 * MM
BLANK_ROWS = 2  # above the number (7.2.5) and above the title (7.3.1)
_MARK_SIZES = (22.0, 46.0)  # 二号 at least, by the width of the 版心 at most
_TITLE_ROOM = WIDTH - SIZE_2  # a title that touches both edges looks cramped
_TITLE_PITCH = 34.0


def write_mark(cursor: Cursor, fonts: FontSet, text: str, upper: float = MARK_TOP) -> float:
    """The red mark, the upper edge of its ink at ``upper``, of minutes 35 mm below the 版心's; returns the y of its
    lower edge."""
    mark = one_line(text)
    if not mark:
        return upper
    glyphs = glyphs_of(fonts, (Span(mark, Role.TITLE),))
    least, most = _MARK_SIZES
    size = max(least, min(most, WIDTH / sum(widths_of(glyphs, 1.0))))
    widths = widths_of(glyphs, size)
    lines = balanced(mark, widths, WIDTH + 0.01)  # it fills the width, give or take a rounding
    top = max((g.face.ink(g.character)[1] for g in glyphs[lines[0][0] : lines[0][1]]), default=0.0) or ASCENT
    baseline = upper + top * size
    for start, end in lines:
        if baseline > HEIGHT:
            cursor.new_sheet()
            baseline = ASCENT * size
        row = widths[start:end]
        x = (WIDTH - sum(row)) / 2
        cursor.place(Text(x, baseline, size, glyphs[start:end], running(row), RED))
        baseline += size * 1.25
    return baseline - size * 1.25 + (1 - ASCENT) * size


def write_options(cursor: Cursor, fonts: FontSet, below: float, *, number: str, issuer: str, issued: str) -> float:
    """Number centred, issuing unit left and date right, red rule 4 mm below; returns the y of what was last drawn.

    Without any of the three nothing is drawn: the standard's own minutes have none.
    """
    number, issuer = one_line(number), one_line(issuer)
    if not (number or issuer or issued):
        return below
    cursor.y = below + BLANK_ROWS * PITCH
    if number:
        for line in set_paragraph(fonts, (Span(number),), first=CELL, rest=CELL, right=WIDTH - CELL, justify=False):
            _write_row(cursor, replace(line, x=(WIDTH - line.line.width) / 2))
    if issuer or issued:
        dated: list[SetLine] = []
        right = WIDTH - CELL
        if issued:
            width = sum(widths_of(glyphs_of(fonts, (Span(issued),)), SIZE_3))
            dated = list(set_paragraph(fonts, (Span(issued),), first=right - width, right=WIDTH))
            right -= width + CELL
        lines = set_paragraph(fonts, (Span(issuer),), first=CELL, rest=CELL, right=right)
        for line in lines[:-1]:
            _write_row(cursor, line)
        _write_row(cursor, *lines[-1:], *dated)
    rule = baseline_in(cursor.y - PITCH, PITCH, SIZE_3) + (1 - ASCENT) * SIZE_3 + RULE_BELOW
    cursor.place(Rule(rule, THICK_RULE * 2, colour=RED))
    return rule


def _write_row(cursor: Cursor, *lines: SetLine) -> None:
    if cursor.rows_left < 1:
        cursor.new_sheet()
    cursor.place(*(line.at(cursor.y, PITCH) for line in lines))
    cursor.y += PITCH


def write_title(cursor: Cursor, fonts: FontSet, text: str, below: float) -> None:
    """The title two blank rows below ``below``, one blank row after it; without a title the body begins."""
    cursor.y = below + BLANK_ROWS * PITCH
    if one_line(text):
        write_centred_title(cursor, fonts, text)
    else:
        cursor.go_to_row(cursor.next_row_after(cursor.y))


def write_centred_title(cursor: Cursor, fonts: FontSet, text: str) -> None:
    """A title in balanced lines from the pen's row on, with one blank row after it."""
    title = one_line(text)
    if not title:
        return
    glyphs = glyphs_of(fonts, (Span(title, Role.TITLE),))
    widths = widths_of(glyphs, SIZE_2)
    for start, end in balanced(title, widths, _TITLE_ROOM):
        if cursor.rows_left < 2:
            cursor.new_sheet()
        row_widths = widths[start:end]
        x = (WIDTH - sum(row_widths)) / 2
        baseline = baseline_in(cursor.y, _TITLE_PITCH, SIZE_2)
        cursor.place(Text(x, baseline, SIZE_2, glyphs[start:end], running(row_widths)))
        cursor.y += _TITLE_PITCH
    cursor.go_to_row(cursor.next_row_after(cursor.y))
    cursor.blank()
