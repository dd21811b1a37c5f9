"""The coordination meeting's minutes as a Word document on the layout of their PDF, to be finished in Word or WPS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.fonts import FontSet, Role
from jindu_desk.reports.grid import CELL, HEIGHT, PITCH, SIZE_3, Cursor, Rule, Span, Text, glyphs_of, widths_of
from jindu_desk.reports.letterhead import write_mark, write_options, write_title
from jindu_desk.reports.linebreak import one_line
from jindu_desk.reports.minutes_body import write_body
from jindu_desk.reports.minutes_paper import MinutesPaper
from jindu_desk.reports.word_colophon import write_word_colophon
from jindu_desk.reports.word_document import (
    BASELINE,
    AboutDocument,
    add_paragraph,
    add_run,
    document_bytes,
    empty_document,
    indent,
    properties_of,
    space,
    write_draft_sign,
    xml,
)
from jindu_desk.reports.word_styles import (
    HEADING,
    HEADING_LETTERS,
    ITEM,
    ITEM_LETTERS,
    LABEL_LETTERS,
    LABELLED,
    MARK,
    NORMAL,
    OPTIONS,
    ROW,
    TITLE,
    TITLE_LINE,
    red,
)
from jindu_desk.reports.wording import date_text

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_MARK_LEADING: Final = 1.25
_RULE: Final = 16  # eighths of a point: 0.7 mm
_MOST_ABOVE_RULE: Final = 31  # points that Word allows between text and border
_STYLES: Final = {Role.HEI: (HEADING, HEADING_LETTERS), Role.KAI: (ITEM, ITEM_LETTERS)}


def minutes_docx(minutes: MinutesPaper, fonts: FontSet) -> bytes:
    """The minutes as .docx. The same rows and fonts give the same bytes; no content makes it fail."""
    about = AboutDocument(
        title=one_line(minutes.title) or one_line(minutes.mark) or "会议纪要",
        author=one_line(minutes.issuer) or one_line(minutes.printed_by),
        subject=one_line(minutes.number),
        made_on=minutes.printed_on or minutes.signed_on or minutes.issued_on,
    )
    document = empty_document(fonts, about)
    if minutes.draft:
        write_draft_sign(document, fonts)
    _Head(document, fonts).write(minutes)
    write_body(_WordSetter(document, fonts), minutes)
    write_word_colophon(
        document, fonts, minutes.main_to, minutes.copies_to, minutes.printed_by, date_text(minutes.printed_on)
    )
    return document_bytes(document)


class _WordSetter:
    """Sets the body's paragraphs in Word's styles."""

    def __init__(self, document: Document, fonts: FontSet) -> None:
        self._document = document
        self._fonts = fonts
        self._together = False  # what is written next does not begin with one line at the foot of a page

    def keep_together(self, rows: int) -> None:
        """A heading keeps with what follows by its style; here it is that two lines of this follow."""
        self._together = rows > 1

    def heading(self, text: str) -> None:
        add_paragraph(self._document, text, HEADING)

    def paragraph(self, spans: Sequence[Span]) -> None:
        """A heading of its own has Word's heading; one that text follows on the line has the letters of it only."""
        alone = _STYLES.get(spans[0].role) if len(spans) == 1 else None
        paragraph = add_paragraph(self._document, style=alone[0] if alone else NORMAL)
        if self._together and not alone:
            paragraph.paragraph_format.widow_control = True
        self._together = False
        for span in spans:
            letters = _STYLES.get(span.role)
            add_run(paragraph, span.text, letters[1] if letters and not alone else None)

    def labelled(self, label: str, value: str, keep: frozenset[int]) -> None:  # noqa: ARG002 - Word breaks where it likes
        paragraph = add_paragraph(self._document, style=LABELLED)
        if len(label) != 3:
            indent(paragraph, first=2 * CELL, rest=(2 + len(label)) * CELL)
        add_run(paragraph, label, LABEL_LETTERS)
        add_run(paragraph, value)

    def annex_name(self, lead: str, name: str, at: int) -> None:
        first = at * CELL
        paragraph = add_paragraph(self._document, lead + name)
        indent(paragraph, first=first, rest=first + sum(widths_of(glyphs_of(self._fonts, (Span(lead),)), SIZE_3)))

    def blank(self) -> None:
        add_paragraph(self._document)


class _Head:
    """Mark, options, red rule and title: set by the PDF's own rules first, then put into paragraphs at their places."""

    def __init__(self, document: Document, fonts: FontSet) -> None:
        self._document = document
        self._fonts = fonts
        self._cursor = Cursor()
        self._seen = 0
        self._bottom = 0.0  # of what is written, below the upper edge of the 版心

    def write(self, minutes: MinutesPaper) -> None:
        cursor = self._cursor
        below = write_mark(cursor, self._fonts, minutes.mark)
        texts, _ = self._new_items()
        if texts:
            size = int(texts[0].size * 2) / 2  # Word has half points
            self._balanced(MARK, texts, texts[0].size * _MARK_LEADING, size)
        number, issuer, issued = one_line(minutes.number), one_line(minutes.issuer), date_text(minutes.issued_on)
        below = write_options(cursor, self._fonts, below, number=number, issuer=issuer, issued=issued)
        self._options(number, issuer, issued)
        write_title(cursor, self._fonts, minutes.title, below)
        texts, _ = self._new_items()
        if texts:
            self._balanced(TITLE, texts, TITLE_LINE, None)
        if self._document.paragraphs:
            rows = (len(cursor.sheets) - 1) * HEIGHT + cursor.y / PITCH * ROW
            space(self._document.paragraphs[-1], after=rows - self._bottom)

    def _new_items(self) -> tuple[list[Text], list[Rule]]:
        """What was set since this was asked last, each where it stands below the first sheet's upper edge."""
        lines = [
            [item.moved(number * HEIGHT) for item in line]
            for number, sheet in enumerate(self._cursor.sheets)
            for line in sheet.lines
        ]
        items = [item for line in lines[self._seen :] for item in line]
        self._seen = len(lines)
        return [item for item in items if isinstance(item, Text)], [item for item in items if isinstance(item, Rule)]

    def _balanced(self, style: str, texts: Sequence[Text], line: float, size: float | None) -> None:
        """The lines as the PDF breaks them, in one paragraph; ``size`` where the style leaves it open."""
        from docx.shared import Pt

        paragraph = add_paragraph(self._document, style=style)
        for number, text in enumerate(texts):
            if number:
                paragraph.runs[-1].add_break()
            add_run(paragraph, "".join(glyph.missing or glyph.character for glyph in text.glyphs))
            if size is not None:
                paragraph.runs[-1].font.size = Pt(size)
        space(paragraph, before=self._down_to(texts[0].baseline - BASELINE * line), line=line)
        self._bottom += len(texts) * line

    def _options(self, number: str, issuer: str, issued: str) -> None:
        """Number centred, issuing unit left and date right, the red rule below: the last one's border."""
        texts, rules = self._new_items()
        if not texts:
            return
        written: list[Paragraph] = []
        if number:
            written.append(add_paragraph(self._document, number, OPTIONS))
            properties_of(written[0]).append(xml('<w:jc w:val="center"/>'))
            indent(written[0], first=0.0, rest=0.0)
        if issuer or issued:
            written.append(add_paragraph(self._document, f"{issuer}\t{issued}", OPTIONS))
        space(written[0], before=self._down_to(texts[0].baseline - BASELINE * ROW))
        self._bottom += len(written) * ROW
        (rule,) = rules
        above = max(0, min(_MOST_ABOVE_RULE, round(rule.y - _RULE / 16 - self._bottom)))
        border = f'<w:bottom w:val="single" w:sz="{_RULE}" w:space="{above}" w:color="{red()}"/>'
        properties = properties_of(written[-1])
        properties.insert_element_before(xml(f"<w:pBdr>{border}</w:pBdr>"), "w:spacing", "w:ind", "w:jc")
        self._bottom += above + _RULE / 8

    def _down_to(self, top: float) -> float:
        """How much space brings what is written next down to ``top``."""
        before = max(0.0, top - self._bottom)
        self._bottom += before
        return before
