"""The letter layout of GB/T 9704-2012 (信函格式, 10.1): mark and red double rule above, the other below page one."""

from __future__ import annotations

from typing import Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    LEFT,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RED,
    SIZE_3,
    TOP,
    Cursor,
    Item,
    Rule,
    set_line,
)
from jindu_desk.reports.typesetting.letterhead import RULE_BELOW, write_mark
from jindu_desk.reports.typesetting.linebreak import one_line

RULES_WIDTH: Final = 170 * MM
RULES_LEFT: Final = (PAGE_WIDTH - RULES_WIDTH) / 2 - LEFT
THICK: Final = 0.8 * MM  # the standard says which is the thick one, not how thick
THIN: Final = 0.3 * MM
BETWEEN: Final = 0.6 * MM
LOWER_RULES_FROM_EDGE: Final = 20 * MM
_MARK_TOP: Final = 30 * MM - TOP
_BELOW_RULES: Final = 16 * 7 / 8  # seven eighths of a character of 三号


def write_letter_mark(cursor: Cursor, fonts: FontSet, mark: str) -> float:
    """The issuing body in red and the double rule below it; returns the y of its lower edge."""
    below = write_mark(cursor, fonts, mark, _MARK_TOP) + RULE_BELOW
    cursor.place(*_double_rule(below, THICK, THIN))
    return below + THICK + BETWEEN + THIN


def write_letter_number(cursor: Cursor, fonts: FontSet, number: str, below: float) -> float:
    """The number below the rules, at the right edge; returns the y of what was last drawn."""
    said = one_line(number)
    if not said:
        return below
    top = below + _BELOW_RULES
    cursor.place(set_line(fonts, said, Role.BODY, SIZE_3, y=top, height=SIZE_3, align="right"))
    return top + SIZE_3


def write_lower_rules(cursor: Cursor) -> None:
    """The double rule near the foot of the first page."""
    top = PAGE_HEIGHT - LOWER_RULES_FROM_EDGE - TOP - THICK - BETWEEN - THIN
    cursor.sheets[0].lines.append(_double_rule(top, THIN, THICK))


def _double_rule(top: float, first: float, second: float) -> tuple[Item, ...]:
    """Two red rules, the upper edge of the first at ``top``."""
    lower = top + first + BETWEEN + second / 2
    return (
        Rule(top + first / 2, first, RULES_LEFT, RULES_WIDTH, RED),
        Rule(lower, second, RULES_LEFT, RULES_WIDTH, RED),
    )
