"""Breaking a title into balanced lines: 梯形 or 菱形, whole words, never a rectangle (GB/T 9704-2012, 7.3.1).

The head of a table's column is broken into even lines, since its cell is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import inf
from typing import Final

from jindu_desk.reports.typesetting.linebreak import NO_END, SPACES, Line, break_lines, may_break

# Words of this trade that a title should not be cut through, and characters that like to end a line.
_WHOLE: Final = (
    "禁毒",
    "禁毒工作",
    "协调例会纪要",
    "工作",
    "协调",
    "例会",
    "月协调例会",
    "纪要",
    "会议",
    "会议纪要",
    "社区",
    "社区戒毒",
    "社区康复",
    "社戒",
    "社康",
    "社戒社康",
    "戒毒",
    "强制隔离",
    "康复",
    "执行率",
    "居委会",
    "村委会",
    "人员",
    "人数",
    "次数",
    "本月",
    "本年",
    "累计",
    "其中",
    "日内",
    "报到",
    "待报到",
    "逾期",
    "移交",
    "公安",
    "三年",
    "管控",
    "关爱",
    "就业",
    "委员会",
    "办公室",
    "人民政府",
    "街道",
    "责任制",
    "关于",
    "通知",
    "通报",
    "情况",
    "检查",
    "考核",
    "整治",
    "重点",
    "领导小组",
    "年度",
    "月度",
)
_LONGEST: Final = 120  # characters; a longer text is no title, and only has to fit
_LONGEST_HEAD: Final = 40  # of a column; a longer one is only broken where its lines are full
_ANYWHERE: Final = 2.0  # what a cut costs where nothing speaks for it or against it
_GOOD_ENDS: Final = frozenset("的于和与及镇区市县村会室月年》”、，")


def balanced(text: str, widths: Sequence[float], room: float) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each line, as few lines as fit into ``room``, shaped as a trapezoid or a diamond.

    ``widths`` and ``room`` are in one unit. Text that cannot be broken where it may is cut where it must.
    """
    if len(text) > _LONGEST:
        return _cut(widths, room)
    total = sum(widths)
    least = max(1, -int(-total // room))
    ends, sums = _ends(text), list(accumulate(widths, initial=0.0))
    costs = {end: _penalty(text, end) for end in ends[1:]}
    for count in range(least, least + 3):
        found = [_best(costs, ends, sums, shape, room) for shape in _shapes(count, total)]
        if lines := min(found, key=lambda each: each[0])[1]:
            return lines
    return _cut(widths, room)


def even_lines(text: str, widths: Sequence[float], room: float) -> tuple[Line, ...]:
    """The head of a column in as few lines as hold it, as even as words let them be, and not spread."""
    full = break_lines(text, widths, first=room, rest=room, justify=False)
    if len(full) <= 1 or len(text) > _LONGEST_HEAD:
        return full
    ends, sums = _ends(text), list(accumulate(widths, initial=0.0))
    costs = {end: _penalty_in_head(text, end) for end in ends[1:]}
    shape = (sums[-1] / len(full),) * len(full)
    _, found = _best(costs, ends, sums, shape, room)
    return tuple(_line(text, widths, start, end) for start, end in found) or full


def _line(text: str, widths: Sequence[float], start: int, end: int) -> Line:
    shown = end
    while shown > start and text[shown - 1] in SPACES:
        shown -= 1
    offsets = tuple(accumulate(widths[start:shown], initial=0.0))
    return Line(start, shown, end, offsets[:-1], offsets[-1])


def _ends(text: str) -> list[int]:
    """Where a line may end, the beginning of all among them."""
    return [0, *(i for i in range(1, len(text)) if may_break(text, i)), len(text)]


def _shapes(count: int, total: float) -> tuple[tuple[float, ...], ...]:
    """The widths that lines may have: a diamond for three, else a trapezoid, the wide side above or below."""
    slope = [1.0 - 0.16 * i / max(1, count - 1) for i in range(count)]
    weighted = ([0.86, 1.0, 0.78],) if count == 3 else (slope, slope[::-1])
    return tuple(tuple(total * weight / sum(weights) for weight in weights) for weights in weighted)


def _best(
    costs: Mapping[int, float], ends: Sequence[int], sums: Sequence[float], shape: Sequence[float], room: float
) -> tuple[float, tuple[tuple[int, int], ...]]:
    """The least cost and its breaks for exactly ``len(shape)`` lines; infinite and none where none fits."""
    reached: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {0: (0.0, ())}
    for target in shape:
        following: dict[int, tuple[float, tuple[tuple[int, int], ...]]] = {}
        for start, (cost, lines) in reached.items():
            for end in ends:
                width = sums[end] - sums[start]
                if end <= start or width > room + 1e-6:
                    continue
                now = cost + ((width - target) / room * 12) ** 2 + costs[end]
                if end not in following or now < following[end][0]:
                    following[end] = (now, (*lines, (start, end)))
        reached = following
    return reached.get(ends[-1], (inf, ()))


def _penalty(text: str, end: int) -> float:
    """What it costs to cut before ``end``: much within a word or a date, little after a word that closes."""
    if end == len(text):
        return 0.0
    for word in _WHOLE:
        first = max(0, end - len(word) + 1)
        found = text.find(word, first, end + len(word) - 1)
        if found != -1 and found < end < found + len(word):
            return 12.0
    if text[end - 1].isdigit() or text[end].isdigit() or text[end] in "年月日号期的":
        return 12.0
    return 0.0 if text[end - 1] in _GOOD_ENDS else _ANYWHERE


def _penalty_in_head(text: str, end: int) -> float:
    """As of a title, but an edge of a word is worth lines that are less even: 生物医药园 and 社区, 预算 and （元）."""
    cost = _penalty(text, end)
    if cost > _ANYWHERE:
        return 5 * cost
    edge = end == len(text) or text[end - 1] in SPACES or text[end] in NO_END
    if edge or any(text.startswith(word, end) or text.endswith(word, 0, end) for word in _WHOLE):
        return 0.0
    return 12 * cost


def _cut(widths: Sequence[float], room: float) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for index, width in enumerate(widths):
        if used + width > room and index > start:
            lines.append((start, index))
            start, used = index, 0.0
        used += width
    return (*lines, (start, len(widths)))
