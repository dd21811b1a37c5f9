"""会议纪要合订本: a year's minutes behind a cover and a table of contents, with page numbers of the volume's own.

It is printed on both sides and bound on the left: cover, contents and each of the minutes begin on a right-hand page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.meetings.minutes import minutes_sheets
from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
from jindu_desk.reports.typesetting.binding import Part, bind
from jindu_desk.reports.typesetting.drawing import About, PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    CELL,
    PITCH,
    SIZE_2,
    SIZE_3,
    WIDTH,
    Cursor,
    Sheet,
    Span,
    Text,
    baseline_in,
    glyphs_of,
    running,
    set_line,
    set_paragraph,
    widths_of,
)
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.typesetting.title_lines import balanced

NAME: Final = "会议纪要合订本"
_COVER_SIZE: Final = 36.0  # 小初
_COVER_ROW, _ISSUER_ROW = 5, 18
_LEADER: Final = "…"
_NUMBER_ROOM: Final = 3 * CELL  # the page number of an entry, and a blank before it


@dataclass(frozen=True, slots=True)
class VolumePaper:
    """The minutes of ``year`` in their order. ``missing``: a sentence for each month that has none."""

    title: str
    issuer: str
    minutes: tuple[MinutesPaper, ...]
    missing: tuple[str, ...] = ()


def volume_printed(volume: VolumePaper, fonts: FontSet) -> PrintedPaper:
    """The volume as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    bound: list[Part] = []
    entries: list[tuple[str, int]] = []
    page = 1
    for minutes in volume.minutes:
        title = _entry(minutes)
        sheets: Sequence[Sheet] = minutes_sheets(minutes, fonts, first_page=page)
        if minutes is not volume.minutes[-1]:
            sheets = _before_a_right_hand_page(sheets)
        entries.append((title, page))
        bound.append(Part(title, tuple(sheets)))
        page += len(sheets)
    front = (
        Part("封面", _before_a_right_hand_page(_cover(volume, fonts))),
        Part("目录", _before_a_right_hand_page(_contents(entries, volume.missing, fonts))),
    )
    title = one_line(volume.title) or NAME
    about = About(title=title, author=one_line(volume.issuer), subject=NAME)
    return bind((*front, *bound), fonts, about, frozenset(Role))


def _entry(minutes: MinutesPaper) -> str:
    title = one_line(minutes.title) or one_line(minutes.mark) or "会议纪要"
    number = one_line(minutes.number)
    return f"{number}　{title}" if number else title


def _before_a_right_hand_page(sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
    """An even number of pages, so that the next one is a right-hand page. A blank page has no number."""
    return (*sheets, Sheet()) if len(sheets) % 2 else tuple(sheets)


def _cover(volume: VolumePaper, fonts: FontSet) -> list[Sheet]:
    cursor = Cursor()
    cursor.go_to_row(_COVER_ROW)
    title = one_line(volume.title) or NAME
    glyphs = glyphs_of(fonts, (Span(title, Role.TITLE),))
    widths = widths_of(glyphs, _COVER_SIZE)
    for start, end in balanced(title, widths, WIDTH):
        if cursor.rows_left < 2:
            cursor.new_sheet()
        row = widths[start:end]
        x = (WIDTH - sum(row)) / 2
        baseline = baseline_in(cursor.y, 2 * PITCH, _COVER_SIZE)
        cursor.place(Text(x, baseline, _COVER_SIZE, glyphs[start:end], running(row)))
        cursor.y += 2 * PITCH
    if cursor.y < _ISSUER_ROW * PITCH:
        cursor.go_to_row(_ISSUER_ROW)
    for line in set_paragraph(fonts, (Span(one_line(volume.issuer)),), first=0.0, justify=False):
        if cursor.rows_left < 1:
            cursor.new_sheet()
        text = line.at(cursor.y, PITCH)
        cursor.place(Text((WIDTH - line.line.width) / 2, text.baseline, text.size, text.glyphs, text.offsets))
        cursor.y += PITCH
    return cursor.sheets


def _contents(entries: Sequence[tuple[str, int]], missing: Sequence[str], fonts: FontSet) -> list[Sheet]:
    cursor = Cursor()
    cursor.place(set_line(fonts, "目　录", Role.TITLE, SIZE_2, y=0.0, height=2 * PITCH, align="centre"))
    cursor.go_to_row(3)
    for title, page in entries:
        _write_entry(cursor, fonts, title, page)
    if not entries:
        cursor.write(set_paragraph(fonts, (Span("本年度还没有签发的纪要。"),), first=0.0))
    if missing:
        cursor.blank()
        for sentence in missing:
            cursor.write(set_paragraph(fonts, (Span(one_line(sentence)),), first=0.0))
    return cursor.sheets


def _write_entry(cursor: Cursor, fonts: FontSet, title: str, page: int) -> None:
    """Title, dots to its page number at the right edge; further lines are indented by two characters."""
    lines = set_paragraph(
        fonts, (Span(title),), first=0.0, rest=2 * CELL, right=WIDTH - _NUMBER_ROOM - CELL, justify=False
    )
    cursor.keep_together(len(lines))
    cursor.write(lines[:-1])
    if cursor.rows_left < 1:
        cursor.new_sheet()
    last = lines[-1].at(cursor.y, PITCH)
    number = set_line(fonts, str(page), Role.BODY, SIZE_3, y=cursor.y, height=PITCH, align="right")
    begin = last.x + lines[-1].line.width + CELL / 2
    dots = max(0, int((WIDTH - _NUMBER_ROOM + CELL - begin) / CELL))
    leader = set_line(
        fonts,
        _LEADER * dots,
        Role.SONG,
        SIZE_3,
        y=cursor.y,
        height=PITCH,
        x=WIDTH - _NUMBER_ROOM + CELL - dots * CELL,
    )
    cursor.place(last, *((leader,) if dots else ()), number)
    cursor.y += PITCH
