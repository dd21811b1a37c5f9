"""The head of a Word paper: red mark, options, red rule and balanced title, where the PDF has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.grid import HEIGHT, PITCH, WIDTH, Cursor, Rule, Text
from jindu_desk.reports.typesetting.letterhead import write_mark, write_options, write_title
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.word.document import BASELINE, add_paragraph, add_run, centre, properties_of, space, xml
from jindu_desk.reports.word.styles import MARK, OPTIONS, ROW, TITLE, TITLE_LINE, red

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_SLACK: Final = 4.0  # points: each program measures a line a little differently, and the mark shall not run over
MARK_LEADING: Final = 1.25
_RULE: Final = 16  # eighths of a point: 0.7 mm
_MOST_ABOVE_RULE: Final = 31  # points that Word allows between text and border


@dataclass(frozen=True, slots=True)
class HeadWords:
    """What stands above the body; ``issued`` is the date as printed."""

    mark: str
    number: str
    issuer: str
    issued: str
    title: str


def write_word_head(document: Document, fonts: FontSet, words: HeadWords) -> None:
    """All above the body, and the space below it."""
    _Head(document, fonts).write(words)


def mark_size(texts: Sequence[Text]) -> float:
    """Of the mark's letters in points, so that its lines stay the PDF's."""
    widest = max(text.offsets[-1] + text.glyphs[-1].width * text.size for text in texts) / texts[0].size
    return int(min(texts[0].size, (WIDTH - _SLACK) / widest) * 2) / 2  # Word has half points


def add_balanced(
    document: Document | BlockItemContainer, style: str, texts: Sequence[Text], size: float | None = None
) -> Paragraph:
    """Lines as the PDF breaks them in one paragraph; ``size`` where the style leaves it open."""
    from docx.shared import Pt

    paragraph = add_paragraph(document, style=style)
    for number, text in enumerate(texts):
        if number:
            paragraph.runs[-1].add_break()
        add_run(paragraph, "".join(glyph.missing or glyph.character for glyph in text.glyphs))
        if size is not None:
            paragraph.runs[-1].font.size = Pt(size)
    return paragraph


def write_word_title(document: Document, fonts: FontSet, title: str, *, below: float, bottom: float = 0.0) -> None:
    """The title alone, as below ``below`` on the PDF; ``bottom``: of what is written already."""
    _Head(document, fonts, bottom).write_title(title, below)


class _Head:
    """Mark, options, red rule and title: set by the PDF's own rules first, then put into paragraphs at their places."""

    def __init__(self, document: Document, fonts: FontSet, bottom: float = 0.0) -> None:
        self._document = document
        self._fonts = fonts
        self._cursor = Cursor()
        self._seen = 0
        self._bottom = bottom  # of what is written, below the upper edge of the 版心

    def write(self, words: HeadWords) -> None:
        cursor = self._cursor
        below = write_mark(cursor, self._fonts, words.mark)
        texts, _ = self._new_items()
        if texts:
            self._balanced(MARK, texts, texts[0].size * MARK_LEADING, mark_size(texts))
        number, issuer, issued = one_line(words.number), one_line(words.issuer), one_line(words.issued)
        below = write_options(cursor, self._fonts, below, number=number, issuer=issuer, issued=issued)
        self._options(number, issuer, issued)
        self.write_title(words.title, below)

    def write_title(self, title: str, below: float) -> None:
        """The title, and the space below it."""
        cursor = self._cursor
        write_title(cursor, self._fonts, title, below)
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
        paragraph = add_balanced(self._document, style, texts, size)
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
            centre(written[0])
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
