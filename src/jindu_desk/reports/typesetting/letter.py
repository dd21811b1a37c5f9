"""An official letter in the layout of GB/T 9704-2012: title, addressees, body, annexes, signature, 版记."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from jindu_desk.reports.typesetting.annex import Annex
from jindu_desk.reports.typesetting.annex_pages import LABEL, annex_names, write_annexes
from jindu_desk.reports.typesetting.colophon import Colophon, write_colophon
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    CELL,
    PITCH,
    SIZE_3,
    WIDTH,
    Cursor,
    SetLine,
    Sheet,
    Span,
    glyphs_of,
    set_paragraph,
    widths_of,
)
from jindu_desk.reports.typesetting.letterhead import write_title
from jindu_desk.reports.typesetting.linebreak import one_line, paragraphs
from jindu_desk.reports.typesetting.page_foot import page_number
from jindu_desk.reports.wording import chinese_number

_INDENT: Final = 2 * CELL
_DATE_IN: Final = 4 * CELL  # 7.3.5.1: four characters of room to the right of the date
_ABOVE_SIGNATURE: Final = 2  # rows for the upper half of a seal


@dataclass(frozen=True, slots=True)
class LetterPart:
    """一、 with a short ``value`` on the same line, or with paragraphs below it."""

    title: str
    value: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letter:
    """What a letter says. ``dated`` is the date as printed."""

    title: str
    main_to: str = ""
    opening: str = ""
    parts: tuple[LetterPart, ...] = ()
    annexes: tuple[Annex, ...] = ()
    office: str = ""
    dated: str = ""
    colophon: Colophon = field(default_factory=Colophon)


def letter_sheets(
    letter: Letter, fonts: FontSet, in_last: Callable[[Cursor, FontSet], None] | None = None
) -> list[Sheet]:
    """The laid-out pages: the letter, its annexes, 版记 on the last one. ``in_last`` writes on in the last annex."""
    cursor = Cursor()
    write_title(cursor, fonts, letter.title, 0.0)
    _write_body(cursor, fonts, letter)
    _write_annex_names(cursor, fonts, letter.annexes)
    write_signature(cursor, fonts, one_line(letter.office), letter.dated)
    write_annexes(cursor, fonts, letter.annexes)
    if in_last is not None:
        in_last(cursor, fonts)
    write_colophon(cursor, fonts, letter.colophon, after_annexes=bool(letter.annexes))
    for number, sheet in enumerate(cursor.sheets, start=1):
        sheet.lines.append((page_number(fonts, number),))
    return cursor.sheets


def _write_body(cursor: Cursor, fonts: FontSet, letter: Letter) -> None:
    if addressees := one_line(letter.main_to):
        cursor.write(set_paragraph(fonts, (Span(f"{addressees}："),), first=0.0))
    for text in paragraphs(letter.opening):
        cursor.write(set_paragraph(fonts, (Span(text),), first=_INDENT))
    for number, part in enumerate(letter.parts, start=1):
        heading = f"{chinese_number(number)}、{one_line(part.title)}"
        value = one_line(part.value)
        spans = (Span(f"{heading}：", Role.HEI), Span(value)) if value else (Span(heading, Role.HEI),)
        cursor.keep_together(2 if part.lines else 1)
        cursor.write(set_paragraph(fonts, spans, first=_INDENT), mark=heading)
        for line in part.lines:
            for text in paragraphs(line):
                cursor.write(set_paragraph(fonts, (Span(text),), first=_INDENT))


def _write_annex_names(cursor: Cursor, fonts: FontSet, annexes: Sequence[Annex]) -> None:
    """附件说明 (7.3.4), the names below each other."""
    if annexes:
        cursor.blank()
    for number, (lead, name) in enumerate(annex_names(annexes)):
        first = _INDENT if number == 0 else _INDENT + len(f"{LABEL}：") * CELL
        spans = (Span(lead), Span(name))
        hanging = first + sum(widths_of(glyphs_of(fonts, spans[:1]), SIZE_3))
        cursor.write(set_paragraph(fonts, spans, first=first, rest=hanging, justify=False, rigid=len(spans[0].text)))


def write_signature(cursor: Cursor, fonts: FontSet, office: str, dated: str) -> None:
    """The date four characters in from the right, the office centred above it (7.3.5.1). Text goes along with it."""
    width = sum(widths_of(glyphs_of(fonts, (Span(dated),)), SIZE_3))
    middle = WIDTH - _DATE_IN - width / 2
    lines = set_paragraph(fonts, (Span(office),), first=0.0, justify=False) if office else ()
    if not (lines or dated):
        return
    if cursor.rows_left < _ABOVE_SIGNATURE + len(lines) + 1:
        cursor.carry_over(2)
    for _ in range(_ABOVE_SIGNATURE):
        cursor.blank()
    for line in lines:
        x = max(0.0, min(middle - line.line.width / 2, WIDTH - line.line.width))
        _write_row(cursor, SetLine(x, line.glyphs, line.line, line.size))
    if dated:
        (line,) = set_paragraph(fonts, (Span(dated),), first=WIDTH - _DATE_IN - width, right=WIDTH)
        _write_row(cursor, line)


def _write_row(cursor: Cursor, line: SetLine) -> None:
    if cursor.rows_left < 1:
        cursor.new_sheet()
    cursor.place(line.at(cursor.y, PITCH))
    cursor.y += PITCH
