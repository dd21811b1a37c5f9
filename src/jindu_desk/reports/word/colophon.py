"""版记 in a Word document: a table that stays at the foot of the last page, whatever is written above it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.grid import COLUMNS, HEIGHT, LEFT, PITCH, SIZE_4, WIDTH, Span, set_paragraph
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.word.document import add_paragraph, add_run, indent, space, xml
from jindu_desk.reports.word.styles import COLOPHON, COLOPHON_LINE, twips

if TYPE_CHECKING:
    from docx.document import Document

THICK: Final = 8  # eighths of a point: 0.35 mm
THIN: Final = 6  # 0.25 mm
_PAD: Final = (PITCH - COLOPHON_LINE) / 2  # a block of one line is as high as a row of the grid
_SHORT: Final = 4 * COLUMNS  # characters
_TALLEST: Final = HEIGHT / 2  # a longer one runs over the pages with the text


def write_word_colophon(
    document: Document,
    fonts: FontSet,
    main_to: Sequence[str],
    copies_to: Sequence[str],
    printed_by: str = "",
    printed_on: str = "",
    *,
    ruled: bool = True,
) -> None:
    """The lists in one row, printing office and date in the other; ``printed_on`` is the date as printed. Without
    ``ruled`` it has no rules, as in a letter (10.1)."""
    lists = [
        f"{label}{'，'.join(names)}。"
        for label, units in (("主送：", main_to), ("抄送：", copies_to))
        if (names := [name for name in map(one_line, units) if name])
    ]
    office = one_line(printed_by)
    foot = f"{office}\t{printed_on}印发" if printed_on else office
    rows = [row for row in (lists, [foot] if foot else []) if row]
    if not rows:
        return
    _take_text_along(document)
    table = document.add_table(len(rows), 1)
    floats = sum(_height(fonts, row) for row in rows) <= _TALLEST
    table._tbl.replace(table._tbl.tblPr, xml(_table_properties(floats=floats, ruled=ruled)))
    for row, lines in zip(table.rows, rows, strict=True):
        cell = row.cells[0]
        for number, text in enumerate(lines):
            paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
            paragraph.style = COLOPHON
            add_run(paragraph, text)
            if text is foot:
                indent(paragraph, first=SIZE_4, rest=SIZE_4)
        space(cell.paragraphs[0], before=_PAD)
        space(cell.paragraphs[-1], after=_PAD)
    # What the table hangs on: it takes no room, but a document may not end with a table.
    last = add_paragraph(document)
    space(last, line=1)


def _take_text_along(document: Document) -> None:
    """No last page without text: the last paragraph keeps with the table. A long one would leave a hole behind it."""
    body, paragraphs = document.element.body, document.paragraphs
    if paragraphs and body[-2] is paragraphs[-1]._p and len(paragraphs[-1].text) <= _SHORT:
        paragraphs[-1].paragraph_format.keep_with_next = True


def _height(fonts: FontSet, texts: Sequence[str]) -> float:
    right = WIDTH - SIZE_4
    lines = sum(
        len(
            set_paragraph(
                fonts, (Span(text.replace("\t", " ")),), first=SIZE_4, rest=4 * SIZE_4, right=right, size=SIZE_4
            )
        )
        for text in texts
    )
    return lines * COLOPHON_LINE + 2 * _PAD


def _table_properties(*, floats: bool, ruled: bool) -> str:
    place = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page" '
        f'w:tblpX="{twips(LEFT)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
    )
    rules = "".join(
        f'<w:{side} w:val="single" w:sz="{thickness}" w:space="0" w:color="auto"/>'
        for side, thickness in (("top", THICK), ("bottom", THICK), ("insideH", THIN))
        if ruled
    )
    return (
        f'<w:tblPr>{place if floats else ""}<w:tblW w:w="{twips(WIDTH)}" w:type="dxa"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
