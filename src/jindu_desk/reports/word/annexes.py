"""附件 behind the body of a Word paper: text, tables whose heading comes again on every page, pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.typesetting.annex import Annex, AnnexPicture, AnnexTable, TableColumn
from jindu_desk.reports.typesetting.annex_pages import LABEL, drawn_or_told, fitted
from jindu_desk.reports.typesetting.annex_table import Stripe, stripes
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.grid import CELL, PITCH, ROWS, Cursor, Text
from jindu_desk.reports.typesetting.letterhead import write_centred_title
from jindu_desk.reports.typesetting.linebreak import one_line, paragraphs
from jindu_desk.reports.word.document import (
    BASELINE,
    add_paragraph,
    add_run,
    add_xml,
    centre,
    clean,
    indent,
    space,
)
from jindu_desk.reports.word.head import add_balanced
from jindu_desk.reports.word.styles import (
    ANNEX,
    CELL_TEXT,
    ITEM_LETTERS,
    PICTURE,
    ROW,
    TABLE_HEAD,
    TITLE,
    TITLE_LINE,
    twips,
)
from jindu_desk.reports.word.table_parts import cell, row, table_properties

if TYPE_CHECKING:
    from docx.document import Document

_TITLE_ROW: Final = 2  # the third line
_BELOW: Final = 3.0  # points: a line with a picture is a little higher than the picture


def write_word_annexes(document: Document, fonts: FontSet, annexes: Sequence[Annex]) -> None:
    """Each annex from the top of a page: its number at the top left, its title centred on the third line."""
    for number, annex in enumerate(annexes, start=1):
        add_paragraph(document, LABEL if len(annexes) == 1 else f"{LABEL}{number}", ANNEX)
        _write_title(document, fonts, one_line(annex.title))
        for part in annex.parts:
            if isinstance(part, AnnexTable):
                _write_table(document, fonts, part)
            elif isinstance(part, AnnexPicture):
                _write_picture(document, part)
            else:
                _write_text(document, part.text)


def _write_title(document: Document, fonts: FontSet, title: str) -> None:
    cursor = Cursor()
    cursor.go_to_row(_TITLE_ROW)
    write_centred_title(cursor, fonts, title)
    texts = [item for sheet in cursor.sheets for line in sheet.lines for item in line if isinstance(item, Text)]
    if texts:
        top = texts[0].baseline - BASELINE * TITLE_LINE
        below = top + len(texts) * TITLE_LINE
        space(add_balanced(document, TITLE, texts), before=top - ROW, after=cursor.y / PITCH * ROW - below)
    else:
        space(document.paragraphs[-1], after=(_TITLE_ROW - 1) * ROW)


def _write_text(document: Document, text: str) -> None:
    for paragraph in paragraphs(text):
        add_paragraph(document, paragraph)


def _write_picture(document: Document, picture: AnnexPicture) -> None:
    """The picture as large as a page lets it be, its name below it; a sentence where there is none to show."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    drawn = drawn_or_told(picture)
    if isinstance(drawn, str):
        _write_text(document, drawn)
        return
    name = one_line(picture.name)
    width, height, rows = fitted(drawn, ROWS - 1)
    holder = add_paragraph(document, style=PICTURE)
    smaller = min(1.0, (rows * ROW - _BELOW) / height)
    width, height = width * smaller, height * smaller
    holder.add_run().add_picture(io.BytesIO(drawn.content), Pt(width), Pt(height))
    for told in holder._p.iter(qn("wp:docPr")):
        told.set("descr", clean(name))  # what a screen reader says
    space(holder, after=rows * ROW - height - _BELOW)
    caption = add_paragraph(document, name)
    centre(caption)
    space(caption, after=ROW)


def _write_table(document: Document, fonts: FontSet, table: AnnexTable) -> None:
    """One table for each part that fits the width, as on the PDF, with a blank row after each."""
    if not table.columns:
        return
    for stripe in stripes(fonts, table):
        if caption := one_line(table.caption):
            said = add_paragraph(document)
            indent(said, first=0.0, rest=0.0)
            add_run(said, caption, ITEM_LETTERS)
            said.paragraph_format.keep_with_next = True
        add_xml(document, _table(table, stripe))
        add_paragraph(document)


def _table(table: AnnexTable, stripe: Stripe) -> str:
    widths = [twips((right - left) * CELL) for left, right in zip(stripe.edges, stripe.edges[1:], strict=False)]
    columns = [table.columns[place] for place in stripe.places]
    rows = "".join(
        row(
            cell(
                figures[place] if place < len(figures) else "",
                width,
                CELL_TEXT,
                align=table.columns[place].align if number else "left",
            )
            for number, (place, width) in enumerate(zip(stripe.places, widths, strict=True))
        )
        for figures in table.rows
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl>{table_properties(sum(widths))}<w:tblGrid>{grid}</w:tblGrid>{_heads(columns, widths)}{rows}</w:tbl>"


def _heads(columns: Sequence[TableColumn], widths: Sequence[int]) -> str:
    """One row of titles, or two where columns stand below a group's heading."""
    if not any(column.group for column in columns):
        cells = (cell(each.title, width, TABLE_HEAD) for each, width in zip(columns, widths, strict=True))
        return row(cells, head=True)
    upper: list[str] = []
    lower: list[str] = []
    numbered = enumerate(columns)
    for group, members in groupby(numbered, key=lambda each: each[1].group or each[0]):
        places = [place for place, _ in members]
        if isinstance(group, str):
            wide = sum(widths[place] for place in places)
            upper.append(cell(group, wide, TABLE_HEAD, more=f'<w:gridSpan w:val="{len(places)}"/>'))
            lower += [cell(columns[place].title, widths[place], TABLE_HEAD) for place in places]
        else:
            title, width = columns[group].title, widths[group]
            upper.append(cell(title, width, TABLE_HEAD, more='<w:vMerge w:val="restart"/>'))
            lower.append(cell("", width, TABLE_HEAD, more="<w:vMerge/>"))
    return row(upper, head=True) + row(lower, head=True)
