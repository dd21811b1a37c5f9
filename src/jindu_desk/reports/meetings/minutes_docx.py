"""The coordination meeting's minutes as a Word document on the layout of their PDF, to be finished in Word or WPS."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.meetings.minutes_body import write_body
from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import CELL, SIZE_3, Span, glyphs_of, widths_of
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.word.annexes import write_word_annexes
from jindu_desk.reports.word.colophon import write_word_colophon
from jindu_desk.reports.word.document import (
    AboutDocument,
    add_paragraph,
    add_run,
    document_bytes,
    empty_document,
    indent,
    write_draft_sign,
)
from jindu_desk.reports.word.head import HeadWords, write_word_head
from jindu_desk.reports.word.styles import (
    HEADING,
    HEADING_LETTERS,
    ITEM,
    ITEM_LETTERS,
    LABEL_LETTERS,
    LABELLED,
    NORMAL,
)
from jindu_desk.reports.wording import date_text

if TYPE_CHECKING:
    from docx.document import Document

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
    issued = date_text(minutes.issued_on)
    write_word_head(document, fonts, HeadWords(minutes.mark, minutes.number, minutes.issuer, issued, minutes.title))
    write_body(_WordSetter(document, fonts), minutes)
    write_word_annexes(document, fonts, minutes.annexes)
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
