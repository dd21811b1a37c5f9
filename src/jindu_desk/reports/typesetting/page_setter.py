"""The paragraphs of official papers on the grid of GB/T 9704-2012."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import (
    CELL,
    PITCH,
    SIZE_3,
    WIDTH,
    Cursor,
    SetLine,
    Span,
    glyphs_of,
    set_paragraph,
    widths_of,
)

DATE_IN: Final = 4 * CELL  # 7.3.5.1: four characters of room to the right of the date
ABOVE_SIGNATURE: Final = 2  # rows for the upper half of a seal
_INDENT: Final = 2 * CELL


class PageSetter:
    """See `typed_text.Setter`."""

    def __init__(self, cursor: Cursor, fonts: FontSet) -> None:
        self._cursor = cursor
        self._fonts = fonts

    def keep_together(self, rows: int) -> None:
        self._cursor.keep_together(rows)

    def addressees(self, text: str) -> None:
        self._cursor.write(set_paragraph(self._fonts, (Span(text),), first=0.0))

    def heading(self, text: str, value: str = "") -> None:
        spans = (Span(f"{text}：", Role.HEI), Span(value)) if value else (Span(text, Role.HEI),)
        self._cursor.write(set_paragraph(self._fonts, spans, first=_INDENT), mark=text)

    def paragraph(self, spans: Sequence[Span]) -> None:
        self._cursor.write(set_paragraph(self._fonts, spans, first=_INDENT))

    def labelled(self, label: str, value: str, keep: frozenset[int]) -> None:
        spans = (Span(label, Role.HEI), Span(value))
        kept = frozenset(len(label) + place for place in keep)
        hanging = _INDENT + len(label) * CELL
        self._cursor.write(
            set_paragraph(
                self._fonts, spans, first=_INDENT, rest=hanging, keep=kept, justify=not kept, rigid=len(label)
            )
        )

    def annex_name(self, lead: str, name: str, at: int) -> None:
        first = at * CELL
        spans = (Span(lead), Span(name))
        hanging = first + sum(widths_of(glyphs_of(self._fonts, spans[:1]), SIZE_3))
        self._cursor.write(set_paragraph(self._fonts, spans, first=first, rest=hanging, justify=False, rigid=len(lead)))

    def signature(self, office: str, dated: str) -> None:
        """Text goes along with it."""
        cursor, fonts = self._cursor, self._fonts
        width = sum(widths_of(glyphs_of(fonts, (Span(dated),)), SIZE_3))
        middle = WIDTH - DATE_IN - width / 2
        lines = set_paragraph(fonts, (Span(office),), first=0.0, justify=False) if office else ()
        if not (lines or dated):
            return
        if cursor.rows_left < ABOVE_SIGNATURE + len(lines) + 1:
            cursor.carry_over(2)
        for _ in range(ABOVE_SIGNATURE):
            cursor.blank()
        for line in lines:
            x = max(0.0, min(middle - line.line.width / 2, WIDTH - line.line.width))
            self._write_row(SetLine(x, line.glyphs, line.line, line.size))
        if dated:
            (line,) = set_paragraph(fonts, (Span(dated),), first=WIDTH - DATE_IN - width, right=WIDTH)
            self._write_row(line)

    def blank(self) -> None:
        self._cursor.blank()

    def _write_row(self, line: SetLine) -> None:
        cursor = self._cursor
        if cursor.rows_left < 1:
            cursor.new_sheet()
        cursor.place(line.at(cursor.y, PITCH))
        cursor.y += PITCH
