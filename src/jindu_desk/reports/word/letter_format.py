"""The letter layout (GB/T 9704-2012, 10.1) in Word: what stands outside the 版心 is the first page's header and footer,
so that it stays there whatever is written between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.grid import TOP, WIDTH, Cursor, Text
from jindu_desk.reports.typesetting.letter_format import (
    BETWEEN,
    LOWER_RULES_FROM_EDGE,
    RULES_LEFT,
    RULES_WIDTH,
    THICK,
    THIN,
    write_letter_mark,
    write_letter_number,
)
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.word.document import BASELINE, add_paragraph, indent, properties_of, space, to_the_right, xml
from jindu_desk.reports.word.head import MARK_LEADING, add_balanced, mark_size, write_word_title
from jindu_desk.reports.word.styles import MARK, ROW, red

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document

_LEAST_LINE: Final = 1.0  # points: of a paragraph that is there for its border


def write_word_letter_head(document: Document, fonts: FontSet, *, mark: str, number: str, title: str) -> None:
    """Mark, number and title, with both double rules of the first page."""
    section, cursor = document.sections[0], Cursor()
    section.different_first_page_header_footer = True
    _forget_grid(document)
    below = write_letter_mark(cursor, fonts, mark)
    _write_mark(document, _texts(cursor), below)
    _write_lower_rules(document)
    seen = len(_texts(cursor))
    under_number = write_letter_number(cursor, fonts, number, below)
    bottom = max(0.0, below)  # where the body begins: below the header
    for text in _texts(cursor)[seen:]:
        paragraph = add_paragraph(document, one_line(number))
        to_the_right(paragraph)
        before = max(0.0, text.baseline - BASELINE * ROW - bottom)
        space(paragraph, before=before)
        bottom += before + ROW
    write_word_title(document, fonts, title, below=under_number, bottom=bottom)


def _forget_grid(document: Document) -> None:
    """No paragraph snaps to it, and below a head of this height LibreOffice moves the whole text for its sake."""
    properties = document.element.body.get_or_add_sectPr()
    for grid in properties.xpath("w:docGrid"):
        properties.remove(grid)


def _texts(cursor: Cursor) -> list[Text]:
    return [item for sheet in cursor.sheets for line in sheet.lines for item in line if isinstance(item, Text)]


def _write_mark(document: Document, texts: list[Text], below: float) -> None:
    """``below``: the lower edge of the rules."""
    from docx.shared import Pt

    section = document.sections[0]
    header = section.first_page_header
    header.is_linked_to_previous = False
    (empty,) = header.paragraphs
    upper = below - THICK - BETWEEN - THIN
    bottom = upper - _LEAST_LINE
    if texts:
        line = texts[0].size * MARK_LEADING
        top = texts[0].baseline - BASELINE * line
        space(add_balanced(header, MARK, texts, mark_size(texts)), line=line)
        bottom = top + len(texts) * line
        section.header_distance = Pt(max(0.0, TOP + top))
    else:
        section.header_distance = Pt(max(0.0, TOP + bottom))
    _add_rules(header, (THICK, THIN), upper - bottom)
    empty._p.getparent().remove(empty._p)


def _write_lower_rules(document: Document) -> None:
    """The pages' numbers stand where they stood: they are as far above the new edge as it is lower."""
    from docx.shared import Pt

    section = document.sections[0]
    numbers = section.footer_distance
    section.footer_distance = Pt(LOWER_RULES_FROM_EDGE)
    if numbers is not None:
        for footer in (section.footer, section.even_page_footer):
            space(footer.paragraphs[0], after=numbers.pt - LOWER_RULES_FROM_EDGE)
    first = section.first_page_footer
    first.is_linked_to_previous = False
    (empty,) = first.paragraphs
    _add_rules(first, (THIN, THICK), 0.0)
    empty._p.getparent().remove(empty._p)


def _add_rules(holder: BlockItemContainer, thick: tuple[float, float], above: float) -> None:
    """Two red rules, each the border of a paragraph without text: Word and WPS draw a double border each in its way."""
    from docx.shared import Pt

    for thickness, before, line in ((thick[0], above - _LEAST_LINE, _LEAST_LINE), (thick[1], 0.0, BETWEEN)):
        paragraph = add_paragraph(holder)
        indent(paragraph, first=RULES_LEFT, rest=RULES_LEFT)
        paragraph.paragraph_format.right_indent = Pt(WIDTH - RULES_LEFT - RULES_WIDTH)
        space(paragraph, before=before, line=line)
        border = f'<w:bottom w:val="single" w:sz="{round(8 * thickness)}" w:space="0" w:color="{red()}"/>'
        properties_of(paragraph).insert_element_before(xml(f"<w:pBdr>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc")
