"""The paragraphs of official papers in Word's styles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import CELL, SIZE_3, WIDTH, Span, glyphs_of, widths_of
from jindu_desk.reports.typesetting.page_setter import ABOVE_SIGNATURE, DATE_IN
from jindu_desk.reports.word.document import add_paragraph, add_run, centre, indent, to_the_right
from jindu_desk.reports.word.styles import (
    HEADING,
    HEADING_LETTERS,
    ITEM,
    ITEM_LETTERS,
    LABEL_LETTERS,
    LABELLED,
    NORMAL,
)

if TYPE_CHECKING:
    from docx.document import Document

_STYLES: Final = {Role.HEI: (HEADING, HEADING_LETTERS), Role.KAI: (ITEM, ITEM_LETTERS)}


class WordSetter:
    """See `typed_text.Setter`."""

    def __init__(self, document: Document, fonts: FontSet) -> None:
        self._document = document
        self._fonts = fonts
        self._together = False  # what is written next does not begin with one line at the foot of a page

    def keep_together(self, rows: int) -> None:
        """A heading keeps with what follows by its style; here it is that two lines of this follow."""
        self._together = rows > 1

    def addressees(self, text: str) -> None:
        indent(add_paragraph(self._document, text), first=0.0, rest=0.0)

    def heading(self, text: str, value: str = "") -> None:
        if value:
            self.paragraph((Span(f"{text}：", Role.HEI), Span(value)))
        else:
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

    def signature(self, office: str, dated: str) -> None:
        """Two rows of text go along with it."""
        from docx.shared import Pt

        if not (office or dated):
            return
        last = self._document.paragraphs[-1:]
        rows = [add_paragraph(self._document) for _ in range(ABOVE_SIGNATURE)]
        width, across = (sum(widths_of(glyphs_of(self._fonts, (Span(text),)), SIZE_3)) for text in (dated, office))
        half = DATE_IN + width / 2  # of what there is for an office that is centred above the date
        if office:
            rows.append(add_paragraph(self._document, office))
            if across <= 2 * half:
                centre(rows[-1])
                rows[-1].paragraph_format.left_indent = Pt(WIDTH - 2 * half)
            else:
                to_the_right(rows[-1])
        if dated:
            rows.append(add_paragraph(self._document, dated))
            to_the_right(rows[-1], DATE_IN)
        for paragraph in (*last, *rows[:-1]):
            paragraph.paragraph_format.keep_with_next = True
            paragraph.paragraph_format.widow_control = True

    def blank(self) -> None:
        add_paragraph(self._document)
