"""A Word document on the page of GB/T 9704-2012: empty at first, then written; the same bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.grid import COLUMNS, HEIGHT, LEFT, PAGE_HEIGHT, PAGE_WIDTH, SIZE_4, TOP, WIDTH, Text
from jindu_desk.reports.typesetting.page_foot import draft_sign, page_number
from jindu_desk.reports.word.styles import (
    BODY_SIZE,
    FOOTER,
    HEADER,
    NAMESPACE,
    NORMAL,
    ROW,
    family_names,
    font_table_xml,
    settings_xml,
    styles_xml,
    twips,
)

if TYPE_CHECKING:
    from docx.blkcntnr import BlockItemContainer
    from docx.document import Document
    from docx.oxml.text.parfmt import CT_PPr
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph

BASELINE: Final = 0.8  # of a line of exact height: how far below its upper edge the letters stand
_MOST: Final = 1584.0  # points that Word allows before and after a paragraph
_FOOT_LINE: Final = 20.0
_HEAD_LINE: Final = 14.0
_EARLIEST: Final = date(1980, 1, 1)  # that a zip archive can tell
_LONGEST_PROPERTY: Final = 255
# Of the library's template: what this document does not use, or says otherwise.
_LEFT_OUT: Final = (
    "stylesWithEffects",
    "webSettings",
    "fontTable",
    "theme",
    "customXml",
    "numbering",
    "thumbnail",
    "extended-properties",
)
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class AboutDocument:
    """What the document says of itself."""

    title: str
    author: str
    subject: str
    made_on: date | None


def empty_document(fonts: FontSet, about: AboutDocument) -> Document:
    """A document with page, grid, styles and page numbers, without a paragraph."""
    import docx
    from docx.oxml import parse_xml

    document = docx.Document()
    families = family_names(fonts)
    _refill(document.styles.element, parse_xml(styles_xml(families)))
    _refill(document.settings.element, parse_xml(settings_xml()))
    _replace_parts(document, families)
    _describe(document, about)
    _set_page(document)
    _write_page_numbers(document, fonts)
    return document


def document_bytes(document: Document) -> bytes:
    """The file, without the moment of writing in it."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, (_EARLIEST.year, _EARLIEST.month, _EARLIEST.day, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0  # the same on every system
            target.writestr(info, source.read(name))
    return fixed.getvalue()


def add_paragraph(document: Document | BlockItemContainer, text: str = "", style: str = NORMAL) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    if text:
        add_run(paragraph, text)
    return paragraph


def add_run(paragraph: Paragraph, text: str, style: str | None = None) -> None:
    """Text in a paragraph; a tab stands for itself."""
    paragraph.add_run(clean(text), style)


def clean(text: str) -> str:
    """The text with U+FFFD in place of what XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def add_xml(document: Document, text: str) -> None:
    """Another element of the body, below all others."""
    body = document.element.body
    body.insert(len(body) - 1, xml(text))


def space(
    paragraph: Paragraph, *, before: float | None = None, after: float | None = None, line: float | None = None
) -> None:
    """Points before and after a paragraph, and the exact height of its lines."""
    from docx.enum.text import WD_LINE_SPACING
    from docx.shared import Pt

    set_to = paragraph.paragraph_format
    if before is not None:
        set_to.space_before = Pt(min(_MOST, max(0.0, before)))
    if after is not None:
        set_to.space_after = Pt(min(_MOST, max(0.0, after)))
    if line is not None:
        set_to.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        set_to.line_spacing = Pt(line)


def indent(paragraph: Paragraph, *, first: float, rest: float) -> None:
    """Where the first line and the others begin, in points; what the style says in characters no longer counts."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    set_to = paragraph.paragraph_format
    set_to.left_indent, set_to.first_line_indent = Pt(rest), Pt(first - rest)
    properties_of(paragraph).get_or_add_ind().set(qn("w:firstLineChars"), "0")


def centre(paragraph: Paragraph) -> None:
    """Between the margins, whatever indents the style has."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    indent(paragraph, first=0.0, rest=0.0)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def to_the_right(paragraph: Paragraph, distance: float = 0.0) -> None:
    """Ending ``distance`` before the right edge."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    indent(paragraph, first=0.0, rest=0.0)
    paragraph.paragraph_format.right_indent = Pt(distance)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def properties_of(paragraph: Paragraph) -> CT_PPr:
    return paragraph._p.get_or_add_pPr()


def xml(text: str) -> BaseOxmlElement:
    """An element of the document's own kind; ``text`` names no namespace, it is added."""
    from docx.oxml import parse_xml

    tag = re.match(r"<[\w:]+", text)
    cut = tag.end() if tag else 0
    element: BaseOxmlElement = parse_xml(f"{text[:cut]} {NAMESPACE}{text[cut:]}")
    return element


def _refill(old: BaseOxmlElement, new: BaseOxmlElement) -> None:
    for child in list(old):
        old.remove(child)
    for child in list(new):
        old.append(child)


def _replace_parts(document: Document, families: Mapping[Role, str]) -> None:
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    package = document.part.package
    for rels in (document.part.rels, package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.rpartition("/")[2] in _LEFT_OUT]:
            del rels[key]
    for holder, name, content_type, kind, content in (
        (
            document.part,
            "/word/fontTable.xml",
            CONTENT_TYPE.WML_FONT_TABLE,
            RELATIONSHIP_TYPE.FONT_TABLE,
            font_table_xml(families),
        ),
        (
            package,
            "/docProps/app.xml",
            CONTENT_TYPE.OFC_EXTENDED_PROPERTIES,
            RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
            '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            "<Application>jindu-desk</Application></Properties>",
        ),
    ):
        whole = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}'
        holder.relate_to(Part(PackURI(name), content_type, whole.encode(), package), kind)


def _describe(document: Document, about: AboutDocument) -> None:
    said = document.core_properties
    title, author, subject = (clean(text)[:_LONGEST_PROPERTY] for text in (about.title, about.author, about.subject))
    said.title, said.author, said.subject = title, author, subject
    said.last_modified_by, said.language = author, "zh-CN"
    said.comments = said.keywords = said.category = ""
    said.created = said.modified = datetime.combine(max(about.made_on or _EARLIEST, _EARLIEST), time())
    said.revision = 1


def _set_page(document: Document) -> None:
    from docx.shared import Pt

    section = document.sections[0]
    section.page_width, section.page_height = Pt(PAGE_WIDTH), Pt(PAGE_HEIGHT)
    section.left_margin, section.right_margin = Pt(LEFT), Pt(PAGE_WIDTH - LEFT - WIDTH)
    section.top_margin, section.bottom_margin = Pt(TOP), Pt(PAGE_HEIGHT - TOP - HEIGHT)
    section.gutter = Pt(0)
    properties = document.element.body.get_or_add_sectPr()
    for old in properties.xpath("w:docGrid | w:cols"):
        properties.remove(old)
    across = round((WIDTH / COLUMNS - BODY_SIZE) * 4096)
    properties.append(xml(f'<w:docGrid w:type="linesAndChars" w:linePitch="{twips(ROW)}" w:charSpace="{across}"/>'))


def _write_page_numbers(document: Document, fonts: FontSet) -> None:
    """— 1 — as a field; odd right, even left, one character in."""
    from docx.shared import Pt

    section = document.sections[0]
    number = page_number(fonts, 1)
    if isinstance(number, Text):
        below = TOP + number.baseline + (1 - BASELINE) * _FOOT_LINE
        section.footer_distance = Pt(PAGE_HEIGHT - below)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.style = FOOTER
        properties = properties_of(paragraph)
        properties.get_or_add_ind()
        properties.append(xml(f'<w:jc w:val="{side}"/>'))
        set_to = paragraph.paragraph_format
        if side == "right":
            set_to.right_indent = Pt(SIZE_4)
        else:
            set_to.left_indent = Pt(SIZE_4)
        add_run(paragraph, "— ")
        paragraph._p.append(xml('<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
        add_run(paragraph, " —")


def write_draft_sign(document: Document, fonts: FontSet) -> None:
    """What a paper that nobody has signed says above the 版心, on every page."""
    from docx.shared import Pt

    section = document.sections[0]
    sign = draft_sign(fonts)
    if isinstance(sign, Text):
        section.header_distance = Pt(TOP + sign.baseline - BASELINE * _HEAD_LINE)
        for header in (section.header, section.even_page_header):
            header.is_linked_to_previous = False
            header.paragraphs[0].style = HEADER
            add_run(header.paragraphs[0], "".join(glyph.character for glyph in sign.glyphs))
