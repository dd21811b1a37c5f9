"""版记, the block at the foot of the last page (GB/T 9704-2012, 7.4): 主送 and 抄送, printing office and date."""

from __future__ import annotations

from dataclasses import dataclass

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    HEIGHT,
    PITCH,
    SIZE_4,
    THICK_RULE,
    THIN_RULE,
    WIDTH,
    Cursor,
    Item,
    Rule,
    SetLine,
    Span,
    set_paragraph,
)
from jindu_desk.reports.typesetting.linebreak import one_line

_IN = SIZE_4  # one character in from either edge
_LINE = 22.4
_LONGEST_FOOT = 8  # lines; a longer one runs over the pages with the lists
_PAD = PITCH - _LINE  # a block of one line is as high as a row of the grid


@dataclass(frozen=True, slots=True)
class Colophon:
    """What the block says; ``printed_on`` is the date as printed."""

    main_to: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""


def write_colophon(
    cursor: Cursor, fonts: FontSet, colophon: Colophon, *, after_annexes: bool = False, ruled: bool = True
) -> None:
    """Put the block on the last sheet with its last rule on the 版心's lower edge, or whole on a sheet of its own.

    On a sheet of its own it takes two rows of text along, but none of an annex, whose tables are not torn apart. A list
    longer than a sheet runs over several. Without ``ruled`` it has no rules, as in a letter (10.1).
    """
    lists = _list_lines(fonts, colophon)
    foot = _foot_lines(fonts, colophon)
    if len(foot) > _LONGEST_FOOT:
        lists, foot = lists + foot, []
    if not lists and not foot:
        return
    foot_height = _block_height(len(foot))
    needed = _block_height(len(lists)) + foot_height
    if cursor.y + _PAD > HEIGHT - needed + 0.5:
        capacity = int((HEIGHT - foot_height - _PAD - 3 * PITCH) / _LINE)
        if len(lists) <= capacity:
            cursor.carry_over(0 if after_annexes else 2)
        else:
            cursor.new_sheet()
            lists = _flow(cursor, lists, int((HEIGHT - foot_height - _PAD) / _LINE), ruled=ruled)
            needed = _block_height(len(lists)) + foot_height
    y = HEIGHT - needed
    cursor.place(*_rule(y, THICK_RULE, ruled=ruled))
    y = _write_block(cursor, lists, y)
    if lists and foot:
        cursor.place(*_rule(y, THIN_RULE, ruled=ruled))
    _write_block(cursor, foot, y)
    cursor.place(*_rule(HEIGHT, THICK_RULE, ruled=ruled))
    cursor.y = HEIGHT


Row = tuple[SetLine, ...]


def _list_lines(fonts: FontSet, colophon: Colophon) -> list[Row]:
    rows: list[Row] = []
    for label, units in (("主送：", colophon.main_to), ("抄送：", colophon.copies_to)):
        names = [name for name in map(one_line, units) if name]
        if names:
            text = label + "，".join(names) + "。"
            lines = set_paragraph(
                fonts,
                (Span(text),),
                first=_IN,
                rest=_IN + len(label) * SIZE_4,
                right=WIDTH - _IN,
                size=SIZE_4,
                rigid=len(label),
            )
            rows += [(line,) for line in lines]
    return rows


def _foot_lines(fonts: FontSet, colophon: Colophon) -> list[Row]:
    office = one_line(colophon.printed_by)
    date = f"{colophon.printed_on}印发" if colophon.printed_on else ""
    if not office and not date:
        return []
    width = sum(g.width for g in (fonts.glyph(Role.BODY, c) for c in date)) * SIZE_4
    right = WIDTH - _IN - width
    left = set_paragraph(fonts, (Span(office),), first=_IN, rest=_IN, right=right - SIZE_4, size=SIZE_4)
    rows: list[Row] = [(line,) for line in left] or [()]
    if date:
        (dated,) = set_paragraph(fonts, (Span(date),), first=right, right=WIDTH, size=SIZE_4)
        rows[-1] = (*rows[-1], dated)
    return rows


def _block_height(lines: int) -> float:
    return lines * _LINE + _PAD if lines else 0.0


def _write_block(cursor: Cursor, rows: list[Row], y: float) -> float:
    """Write a block whose upper rule is at ``y``; returns its lower edge."""
    if not rows:
        return y
    top = y + _PAD / 2
    for row in rows:
        items: tuple[Item, ...] = tuple(line.at(top, _LINE) for line in row)
        cursor.place(*items)
        top += _LINE
    return top + _PAD / 2


def _rule(y: float, thickness: float, *, ruled: bool) -> tuple[Rule, ...]:
    return (Rule(y, thickness),) if ruled else ()


def _flow(cursor: Cursor, rows: list[Row], capacity: int, *, ruled: bool) -> list[Row]:
    """Write all that more than fills sheets, from the top of each; returns the rows for the last one."""
    full = int((HEIGHT - _PAD) / _LINE)
    while len(rows) > capacity:
        cursor.place(*_rule(0.0, THICK_RULE, ruled=ruled))
        _write_block(cursor, rows[:full], 0.0)
        rows = rows[full:]
        cursor.new_sheet()
    return rows
