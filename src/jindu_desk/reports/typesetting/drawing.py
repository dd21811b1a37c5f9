"""Sheets to PDF: real text, embedded subsets, an outline, the same bytes for the same sheets."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jindu_desk.reports.typesetting.fonts import Face, FontSet, FontUse, Role
from jindu_desk.reports.typesetting.grid import (
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TOP,
    Disc,
    Item,
    Mark,
    Picture,
    Rule,
    Sheet,
    Text,
    Trace,
    Upright,
)

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_EPSILON = 0.002


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A finished paper. ``missing`` are the characters that no font has: each is drawn as a box. ``sheets`` and
    ``roles`` are what it was drawn from: papers are bound by drawing them again."""

    content: bytes
    pages: int
    fonts: tuple[FontUse, ...]
    missing: tuple[str, ...]
    sheets: tuple[Sheet, ...] = field(repr=False)
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class About:
    """What the PDF says of itself."""

    title: str
    author: str
    subject: str


def draw(sheets: Sequence[Sheet], fonts: FontSet, about: About, roles: frozenset[Role]) -> PrintedPaper:
    """Draw the sheets in order. ``roles`` are those whose fonts the result shall name."""
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(
        stream,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.face(Role.BODY).name,  # type: ignore[arg-type]  # the stub says float
        lang="zh-CN",
    )
    canvas.setTitle(about.title)
    canvas.setAuthor(about.author)
    canvas.setSubject(about.subject)
    canvas.setCreator("jindu-desk")
    canvas.setProducer("jindu-desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    missing: dict[str, None] = {}
    marks = 0
    in_parts = any(isinstance(item, Mark) for sheet in sheets for line in sheet.lines for item in line)
    for number, sheet in enumerate(sheets):
        canvas.setPageSize(sheet.size)
        top = sheet.size[1] - TOP
        if number == 0 and not in_parts and about.title:
            _outline(canvas, Mark(-TOP, about.title), 0, top)  # a paper of one part is one entry
        for item in (item for line in sheet.lines for item in line):
            if isinstance(item, Mark):
                marks += 1
                _outline(canvas, item, marks, top)
            else:
                _draw_item(canvas, item, top)
                if isinstance(item, Text):
                    missing.update((glyph.missing, None) for glyph in item.glyphs if glyph.missing)
        canvas.showPage()
    canvas.save()
    return PrintedPaper(stream.getvalue(), len(sheets), fonts.uses(roles), tuple(missing), tuple(sheets), roles)


def _outline(canvas: Canvas, mark: Mark, number: int, top: float) -> None:
    key = f"part-{number}"
    canvas.bookmarkHorizontalAbsolute(key, top - mark.y + 12)
    canvas.addOutlineEntry(mark.title, key, level=mark.level)


def _draw_item(canvas: Canvas, item: Item, top: float) -> None:
    """``top`` is where the upper edge of the 版心 lies above the lower edge of the paper."""
    if isinstance(item, Rule):
        canvas.setStrokeColorRGB(*item.colour)
        canvas.setLineWidth(item.thickness)
        y = top - item.y
        canvas.line(LEFT + item.x, y, LEFT + item.x + item.width, y)
    elif isinstance(item, Upright):
        canvas.setStrokeColorRGB(*item.colour)
        canvas.setLineWidth(item.thickness)
        x = LEFT + item.x
        canvas.line(x, top - item.top, x, top - item.bottom)
    elif isinstance(item, Trace):
        _draw_trace(canvas, item, top)
    elif isinstance(item, Disc):
        canvas.setFillColorRGB(*item.colour)
        canvas.circle(LEFT + item.x, top - item.y, item.radius, stroke=0, fill=1)
    elif isinstance(item, Picture):
        _draw_picture(canvas, item, top)
    elif isinstance(item, Text) and item.glyphs:
        text = canvas.beginText()
        text.setFillColorRGB(*item.colour)
        y = top - item.baseline
        spaced = None  # what was told last need not be told again
        for offset, run, face, space in _runs(item):
            text.setTextOrigin(LEFT + item.x + offset, y)
            text.setFont(face.name, item.size)
            if space != spaced:
                text.setCharSpace(space)
                spaced = space
            text.textOut(run)
        canvas.drawText(text)


def _draw_picture(canvas: Canvas, picture: Picture, top: float) -> None:
    from reportlab.lib.utils import ImageReader

    image = ImageReader(io.BytesIO(picture.content))
    canvas.drawImage(image, LEFT + picture.x, top - picture.y - picture.height, picture.width, picture.height)


def _draw_trace(canvas: Canvas, trace: Trace, top: float) -> None:
    path = canvas.beginPath()
    for number, (x, y) in enumerate(trace.points):
        (path.lineTo if number else path.moveTo)(LEFT + x, top - y)
    canvas.setStrokeColorRGB(*trace.colour)
    canvas.setLineWidth(trace.thickness)
    canvas.setDash([trace.dash, trace.dash] if trace.dash else [])
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([])


def _runs(item: Text) -> Iterator[tuple[float, str, Face, float]]:
    """Stretches in one face with one space between the characters: (offset, characters, face, space)."""
    glyphs, offsets = item.glyphs, item.offsets
    size = item.size
    gaps = [
        after - before - glyph.width * size for glyph, before, after in zip(glyphs, offsets, offsets[1:], strict=False)
    ]
    start = 0
    while start < len(glyphs):
        space = gaps[start] if start < len(gaps) else 0.0
        end = start + 1
        while end < len(glyphs) and glyphs[end].face is glyphs[start].face and abs(gaps[end - 1] - space) < _EPSILON:
            end += 1
        yield offsets[start], "".join(glyph.character for glyph in glyphs[start:end]), glyphs[start].face, space
        start = end
