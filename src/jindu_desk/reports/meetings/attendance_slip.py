"""参会回执, the blank slip behind a notice: who comes, who comes instead, who asks to be excused."""

from __future__ import annotations

from typing import Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    CELL,
    PITCH,
    SIZE_4,
    THICK_RULE,
    THIN_RULE,
    WIDTH,
    Cursor,
    Item,
    Rule,
    Upright,
    set_line,
)

NAME: Final = "参会回执"
_FIELD: Final = 1.5 * PITCH
_TALL: Final = 3 * PITCH
# Rows of (what is printed, cells of the grid); what is empty is for the pen.
FIELDS: Final = (
    (_FIELD, (("单位（盖章）", 6), ("", 22))),
    (_FIELD, (("应参会人员", 6), ("", 8), ("职务", 4), ("", 10))),
    (_FIELD, (("能否参会", 6), ("□本人参会　　□代会　　□请假", 22))),
    (_FIELD, (("代会人员", 6), ("", 8), ("职务", 4), ("", 10))),
    (_TALL, (("请假事由", 6), ("", 22))),
    (_TALL, (("需研究事项", 6), ("", 22))),
    (_FIELD, (("填报人", 6), ("", 8), ("日期", 4), ("年　　月　　日", 10))),
)


def write_attendance_slip(cursor: Cursor, fonts: FontSet) -> None:
    """The slip's fields, from where the pen stands."""
    top = y = cursor.y
    cursor.place(Rule(top, THICK_RULE))
    for height, cells in FIELDS:
        cursor.place(*_row(fonts, y, height, cells))
        y += height
    cursor.place(Rule(y, THICK_RULE), Upright(0.0, top, y, THICK_RULE), Upright(WIDTH, top, y, THICK_RULE))
    cursor.go_to_row(cursor.next_row_after(y))


def _row(fonts: FontSet, y: float, height: float, cells: tuple[tuple[str, int], ...]) -> list[Item]:
    items: list[Item] = [Rule(y, THIN_RULE)]
    edge = 0.0
    for text, wide in cells:
        width = wide * CELL
        items.append(set_line(fonts, text, Role.BODY, SIZE_4, y=y, height=height, x=edge, align="centre", room=width))
        edge += width
        if edge < WIDTH - CELL:
            items.append(Upright(edge, y, y + height, THIN_RULE))
    return items
