"""会议通知 with its slip as a Word document on the layout of its PDF, to be finished in Word or WPS."""

from __future__ import annotations

from itertools import accumulate

from jindu_desk.reports.meetings.attendance_slip import FIELDS
from jindu_desk.reports.meetings.notice import NoticePaper, about_notice, notice_letter
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.grid import CELL
from jindu_desk.reports.typesetting.letter import write_letter_body
from jindu_desk.reports.word.annexes import write_word_annexes
from jindu_desk.reports.word.colophon import write_word_colophon
from jindu_desk.reports.word.document import AboutDocument, add_paragraph, add_xml, document_bytes, empty_document
from jindu_desk.reports.word.head import write_word_title
from jindu_desk.reports.word.setter import WordSetter
from jindu_desk.reports.word.styles import FIELD, twips
from jindu_desk.reports.word.table_parts import cell, row, table_properties


def notice_docx(notice: NoticePaper, fonts: FontSet) -> bytes:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    about, letter = about_notice(notice), notice_letter(notice)
    document = empty_document(fonts, AboutDocument(about.title, about.author, about.subject, notice.issued_on))
    write_word_title(document, fonts, letter.title, below=0.0)
    write_letter_body(WordSetter(document, fonts), letter)
    write_word_annexes(document, fonts, letter.annexes)
    add_xml(document, _slip())
    add_paragraph(document)
    foot = letter.colophon
    write_word_colophon(document, fonts, foot.main_to, foot.copies_to, foot.printed_by, foot.printed_on)
    return document_bytes(document)


def _slip() -> str:
    """The fields of 参会回执; what spans several of the finest columns says so."""
    edges = sorted({edge for _, cells in FIELDS for edge in accumulate(wide for _, wide in cells)})
    grid = "".join(
        f'<w:gridCol w:w="{twips((end - start) * CELL)}"/>' for start, end in zip([0, *edges], edges, strict=False)
    )
    rows = "".join(row(_cells(cells, edges), least=height) for height, cells in FIELDS)
    return f"<w:tbl>{table_properties(twips(edges[-1] * CELL))}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


def _cells(cells: tuple[tuple[str, int], ...], edges: list[int]) -> list[str]:
    made, start = [], 0
    for text, wide in cells:
        spanned = sum(start < edge <= start + wide for edge in edges)
        made.append(cell(text, twips(wide * CELL), FIELD, more=f'<w:gridSpan w:val="{spanned}"/>'))
        start += wide
    return made
