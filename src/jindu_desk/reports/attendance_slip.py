"""参会回执, the blank slip behind a notice: who comes, who comes instead, who asks to be excused."""

from __future__ import annotations

from typing import Final

from jindu_desk.reports.fonts import FontSet, Role
from jindu_desk.reports.grid import (
    CELL,
    PITCH,
    SIZE_2,
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
_TITLE_PITCH: Final = 34.0
_FIELD: Final = 1.5 * PITCH
_TALL: Final = 3 * PITCH
# Rows of (what is printed, cells of the grid); what is empty is for the pen.
_ROWS: Final = (
    (_FIELD, (("单位（盖章）", 6), ("", 22))),
    (_FIELD, (("应参会人员", 6), ("", 8), ("职务", 4), ("", 10))),
    (_FIELD, (("能否参会", 6), ("□本人参会　　□代会　　□请假", 22))),
    (_FIELD, (("代会人员", 6), ("", 8), ("职务", 4), ("", 10))),
    (_TALL, (("请假事由", 6), ("", 22))),
    (_TALL, (("需会议研究的事项", 6), ("", 22))),
    (_FIELD, (("填报人", 6), ("", 8), ("日期", 4), ("年　　月　　日", 10))),
)


def write_attendance_slip(cursor: Cursor, fonts: FontSet) -> None:
    """The slip's title and its table, from where the pen stands."""
    title = set_line(fonts, NAME, Role.TITLE, SIZE_2, y=cursor.y, height=_TITLE_PITCH, align="centre")
    cursor.place(title)
    cursor.go_to_row(cursor.next_row_after(cursor.y + _TITLE_PITCH) + 1)
    top = y = cursor.y
    cursor.place(Rule(top, THICK_RULE))
    for height, cells in _ROWS:
        cursor.place(*_row(fonts, y, height, cells))
        y += height
    cursor.place(Rule(y, THICK_RULE), Upright(0.0, top, y, THICK_RULE), Upright(WIDTH, top, y, THICK_RULE))
    cursor.go_to_row(cursor.next_row_after(y))


def _row(fonts: FontSet, y: float, height: float, cells: tuple[tuple[str, int], ...]) -> list[Item]:
    items: list[Item] = [Rule(y, THIN_RULE)]
    edge = 0.0
    for text, wide in cells:
        width = wide * CELL
        lines = [text] if len(text) * SIZE_4 < width else [text[: len(text) // 2], text[len(text) // 2 :]]
        above = y + (height - len(lines) * PITCH) / 2
        for number, line in enumerate(lines if text else ()):
            at = above + number * PITCH
            items.append(
                set_line(fonts, line, Role.BODY, SIZE_4, y=at, height=PITCH, x=edge, align="centre", room=width)
            )
        edge += width
        if edge < WIDTH - CELL:
            items.append(Upright(edge, y, y + height, THIN_RULE))
    return items
