"""Breaking a title into balanced lines: 梯形 or 菱形, whole words, never a rectangle (GB/T 9704-2012, 7.3.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Final

from jindu_desk.reports.typesetting.linebreak import may_break

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
    "戒毒",
    "康复",
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
_GOOD_ENDS: Final = frozenset("的于和与及镇区市县村会室月年》”、，")


def balanced(text: str, widths: Sequence[float], room: float) -> tuple[tuple[int, int], ...]:
    """The (start, end) of each line, as few lines as fit into ``room``, shaped as a trapezoid or a diamond.

    ``widths`` and ``room`` are in one unit. Text that cannot be broken where it may is cut where it must.
    """
    if len(text) > _LONGEST:
        return _cut(widths, room)
    total = sum(widths)
    least = max(1, -int(-total // room))
    ends = [0, *(i for i in range(1, len(text)) if may_break(text, i)), len(text)]
    sums = [0.0]
    for width in widths:
        sums.append(sums[-1] + width)
    costs = {end: _penalty(text, end) for end in ends[1:]}
    for count in range(least, least + 3):
        found = [_best(costs, ends, sums, shape, room) for shape in _shapes(count, total)]
        if lines := min(found, key=lambda each: each[0])[1]:
            return lines
    return _cut(widths, room)


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
    return 0.0 if text[end - 1] in _GOOD_ENDS else 2.0


def _cut(widths: Sequence[float], room: float) -> tuple[tuple[int, int], ...]:
    lines: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for index, width in enumerate(widths):
        if used + width > room and index > start:
            lines.append((start, index))
            start, used = index, 0.0
        used += width
    return (*lines, (start, len(widths)))
