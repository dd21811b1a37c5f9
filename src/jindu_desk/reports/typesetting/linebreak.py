"""Breaking Chinese text into lines on a character grid (GB/T 9704-2012, 5.2.3; GB/T 15834-2011, 5.1).

The breaker knows characters and their widths, no fonts and no pages. A closing mark never begins a line and an
opening mark never ends one: the mark at the end is squeezed into its left half, with the marks inside the line
helping, or the character before it goes down with it. Words and numbers stay whole where a line can hold them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

NO_START: Final = frozenset("、。，．；：！？）］｝】〕》〉」』”’…—～·％‰℃°々〗〞︰,.;:!?)]}%~")
NO_END: Final = frozenset("（［｛【〔《〈「『“‘〖〝￥＄([{¥$№")
# Full-width marks whose right half is blank: they can give that half away.
SQUEEZABLE: Final = frozenset("、。，．；：！？）］｝】〕》〉」』”’")
SPACES: Final = frozenset(" \u3000")
_IN_WORDS: Final = frozenset("-_/\\@+'#&=*<>|^`\"$\u00a0")
_PAIRS: Final = frozenset({"——", "……", "──"})
_PARAGRAPH: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Written in one: a number with what it counts; a date or a stretch of it, an address of the net. Repeats are bounded:
# ten thousand digits without a break would else be looked through again from each of them.
_COUNTED: Final = re.compile(
    r"(?<![\d.,:])\d[\d.,:]{0,24}[余多]?"
    r"(?:个百分点|个工作日|工作日|平方米|人次|户次|个月|小时|分钟|公里|公斤|千克|[万亿千百][元人户次亩份]|[\u4e00-\u9fff]|[%％‰℃])"
)
_TIED: Final = re.compile(r"[a-z]{2,8}://[!-~]+|(?<!\d)\d{1,4}年\d{1,2}月(?:\d{1,2}日)?|(?<!\d)\d{1,2}月\d{1,2}日")
_INSIDE_SHARE = 0.25  # of a mark's width inside the line
_END_SHARE = 0.5  # of the mark at its end
_WIDEST_GAP = 0.2  # of a cell: a line that would need more is left ragged, its characters on the grid
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Line:
    """Characters ``start`` to ``end`` of a paragraph; from ``shown`` on they are spaces that hang over the edge.

    ``offsets`` are the left edges of the shown characters, from the line's own beginning, in the unit of the widths
    given; ``width`` is where the last of them ends.
    """

    start: int
    shown: int
    end: int
    offsets: tuple[float, ...]
    width: float


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of ``text`` as they can be drawn; empty ones are left out.

    Tabs become spaces; characters that are invisible by nature (control, direction and joining marks, variation
    selectors) are dropped; half a surrogate pair becomes U+FFFD.
    """
    pieces = (_drawable(piece) for piece in _PARAGRAPH.split(text))
    return tuple(piece for piece in pieces if piece)


def one_line(text: str) -> str:
    """All paragraphs of ``text`` in one, for places that hold a single one."""
    return " ".join(paragraphs(text))


def _drawable(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text.strip()
    return "".join(map(_drawable_character, text)).strip(" \u3000\u00a0")


@lru_cache(maxsize=8192)
def _drawable_character(character: str) -> str:
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category == "Cs":
        return "\ufffd"
    if category in ("Cc", "Cf"):
        return ""
    code = ord(character)
    if 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF:
        return ""
    return " " if category in ("Zs", "Zl", "Zp") and character not in "\u3000\u00a0" else character


@lru_cache(maxsize=8192)
def _in_word(character: str) -> bool:
    """Whether the character makes up words: narrow letters, digits and the marks that tie them."""
    if unicodedata.east_asian_width(character) in "WF":
        return False
    return character in _IN_WORDS or unicodedata.category(character)[0] in "LNM"


def may_break(text: str, index: int) -> bool:
    """Whether a line may begin with ``text[index]``."""
    before, after = text[index - 1], text[index]
    if after in SPACES or after in NO_START or unicodedata.category(after)[0] == "M":
        return False
    if before in SPACES:
        return _opener_before(text, index) is False
    if before in NO_END:
        return False
    if _in_word(before) and _in_word(after):
        return False
    # A decimal point, a colon in a time, a comma in a number: 1,280.50 and 14:30 are one word.
    if before in ".,:" and _in_word(after) and index >= 2 and _in_word(text[index - 2]):
        return False
    return before + after not in _PAIRS


def _opener_before(text: str, index: int) -> bool:
    """Whether only spaces stand between ``index`` and an opening mark before it."""
    while index and text[index - 1] in SPACES:
        index -= 1
    return index > 0 and text[index - 1] in NO_END


def break_lines(
    text: str,
    widths: Sequence[float],
    *,
    first: float,
    rest: float,
    keep: frozenset[int] = frozenset(),
    justify: bool = True,
    rigid: int = 0,
) -> tuple[Line, ...]:
    """Break one paragraph.

    ``widths[i]`` is the width of ``text[i]``; ``first`` and ``rest`` are the room on the first and the other lines, in
    the same unit. Before an index in ``keep`` no line begins where that can be helped (names). All lines but the last
    are spread to the full room when ``justify`` is set, but for the first ``rigid`` characters, after which other lines
    are aligned. Every character is in exactly one line.
    """
    counted = _within(_COUNTED, text)
    wishes = (keep | counted | _within(_TIED, text), counted, frozenset[int]())
    lines: list[Line] = []
    start, room = 0, first
    while start < len(text):
        ends = (_line_end(text, widths, start, room, wish, rigid) for wish in wishes)
        end = next((found for found in ends if found is not None), None)
        if end is None:
            end = _forced_end(text, widths, start, room)
        lines.append(_set_line(text, widths, start, end, room, rigid, justify=justify and end < len(text)))
        start, room = end, rest
    return tuple(lines)


def _within(written_in_one: re.Pattern[str], text: str) -> frozenset[int]:
    """Places within what is written in one, where no line should begin."""
    found = written_in_one.finditer(text)
    return frozenset(place for each in found for place in range(each.start() + 1, each.end()))


def _line_end(
    text: str, widths: Sequence[float], start: int, room: float, keep: frozenset[int], rigid: int
) -> int | None:
    """The furthest allowed end of a line that begins at ``start``; None where no allowed end fits."""
    fitting: list[int] = []  # ends with the room that they have, whether or not they are allowed
    natural = shown = 0.0  # with and without the spaces at the end
    give = 0.0  # what the marks inside can give
    index, last = start, len(text)
    while index < last:
        character, width = text[index], widths[index]
        index += 1
        natural += width
        if character not in SPACES:
            shown = natural
        spare = give
        if character in SQUEEZABLE and index > rigid:
            give += width * _INSIDE_SHARE
            spare += width * _END_SHARE
        if shown <= room + spare + _EPSILON:
            fitting.append(index)
        elif shown - give - width > room:
            break
    for end in reversed(fitting):
        if end == last or (end not in keep and may_break(text, end)):
            return end
    return None


def _forced_end(text: str, widths: Sequence[float], start: int, room: float) -> int:
    """Where a run that no line can hold is cut: as far as it fits, at least one character on."""
    end, used = start, 0.0
    while end < len(text) and (used + widths[end] <= room + _EPSILON or end == start):
        used += widths[end]
        end += 1
    for earlier in range(end, max(start, end - 8), -1):
        if earlier == len(text):
            return earlier
        after = text[earlier]
        if after not in NO_START and after not in SPACES and text[earlier - 1] not in NO_END:
            return earlier
    return end


def _set_line(
    text: str, widths: Sequence[float], start: int, end: int, room: float, rigid: int, *, justify: bool
) -> Line:
    shown = end
    while shown > start and text[shown - 1] in SPACES:
        shown -= 1
    held = min(max(start, rigid), shown)
    fixed, steps = widths[start:held], list(widths[held:shown])
    excess = sum(fixed) + sum(steps) - room
    if excess > _EPSILON:
        _squeeze(text[held:shown], steps, excess)
    elif justify and excess < -_EPSILON:
        _spread(text[held:shown], steps, -excess, widest=_WIDEST_GAP * max(steps, default=0.0))
    offsets: list[float] = []
    position = 0.0
    for step in (*fixed, *steps):
        offsets.append(position)
        position += step
    return Line(start, shown, end, tuple(offsets), position)


def _squeeze(shown: str, steps: list[float], excess: float) -> None:
    if shown[-1:] in SQUEEZABLE and shown:
        taken = min(excess, steps[-1] * _END_SHARE)
        steps[-1] -= taken
        excess -= taken
    inside = [i for i, character in enumerate(shown[:-1]) if character in SQUEEZABLE]
    room = sum(steps[i] for i in inside) * _INSIDE_SHARE
    if excess > _EPSILON and room > 0:
        share = min(1.0, excess / room) * _INSIDE_SHARE
        for i in inside:
            steps[i] -= steps[i] * share


def _spread(shown: str, steps: list[float], missing: float, *, widest: float) -> None:
    gaps = [
        i
        for i in range(len(shown) - 1)
        if shown[i + 1] not in SPACES
        and not (_in_word(shown[i]) and _in_word(shown[i + 1]))
        and shown[i : i + 2] not in _PAIRS
    ]
    if gaps and missing / len(gaps) <= widest:
        for i in gaps:
            steps[i] += missing / len(gaps)
