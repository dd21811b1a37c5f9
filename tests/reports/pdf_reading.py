"""A PDF read back by another program (pdfium): where each character stands, in which face, and what is ruled and drawn.

Lengths are in mm from the sheet's left and upper edge.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from functools import cached_property

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

MM = 72 / 25.4
DPI = 180


@dataclass(frozen=True)
class Placed:
    """A character: its origin, size in points, face, colour, and the box of its ink (left, top, right, bottom)."""

    character: str
    x: float
    y: float
    size: float
    face: str
    colour: tuple[int, int, int]
    ink: tuple[float, float, float, float]


@dataclass(frozen=True)
class Ruled:
    """A straight line: its ends, thickness and colour."""

    left: float
    top: float
    right: float
    bottom: float
    thickness: float
    colour: tuple[int, int, int]

    @property
    def level(self) -> bool:
        return self.right - self.left > self.bottom - self.top

    @property
    def y(self) -> float:
        return (self.top + self.bottom) / 2


class Page:
    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self.width, self.height = (edge / MM for edge in page.get_size())

    @cached_property
    def characters(self) -> list[Placed]:
        """In the order in which they are drawn, without blanks that were not drawn."""
        text = self._page.get_textpage()
        return [
            self._placed(text, index)
            for index in range(text.count_chars())
            if not pdfium.FPDFText_IsGenerated(text, index) and pdfium.FPDFText_GetUnicode(text, index) not in (10, 13)
        ]

    def _placed(self, text: pypdfium2.PdfTextPage, index: int) -> Placed:
        x, y = ctypes.c_double(), ctypes.c_double()
        assert pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        box = [ctypes.c_double() for _ in range(4)]  # left, right, bottom, top
        assert pdfium.FPDFText_GetCharBox(text, index, *box)
        left, right, bottom, top = (edge.value / MM for edge in box)
        colour = [ctypes.c_uint() for _ in range(4)]
        assert pdfium.FPDFText_GetFillColor(text, index, *colour)
        name = ctypes.create_string_buffer(80)
        pdfium.FPDFText_GetFontInfo(text, index, name, 80, ctypes.c_int())
        return Placed(
            chr(pdfium.FPDFText_GetUnicode(text, index)),
            x.value / MM,
            self.height - y.value / MM,
            pdfium.FPDFText_GetFontSize(text, index),
            name.value.decode().rpartition("+")[2],
            (colour[0].value, colour[1].value, colour[2].value),
            (left, self.height - top, right, self.height - bottom),
        )

    @cached_property
    def lines(self) -> list[list[Placed]]:
        """Characters by baseline, from the top; in each from the left."""
        lines: dict[float, list[Placed]] = {}
        for placed in self.characters:
            lines.setdefault(round(placed.y, 1), []).append(placed)
        return [sorted(lines[y], key=lambda placed: placed.x) for y in sorted(lines)]

    @cached_property
    def rules(self) -> list[Ruled]:
        """From the top, then from the left."""
        found = []
        width = ctypes.c_float()
        for thing in self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            left, low, right, high = (edge / MM for edge in thing.get_bounds())
            assert pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
            colour = [ctypes.c_uint() for _ in range(4)]
            assert pdfium.FPDFPageObj_GetStrokeColor(thing, *colour)
            wide = width.value / MM  # the bounds reach out by that on every side
            found.append(
                Ruled(
                    left + wide,
                    self.height - high + wide,
                    right - wide,
                    self.height - low - wide,
                    wide,
                    (colour[0].value, colour[1].value, colour[2].value),
                )
            )
        return sorted(found, key=lambda rule: (rule.y, rule.left))

    @cached_property
    def pictures(self) -> list[tuple[float, float, float, float]]:
        """The boxes of pictures: left, top, right, bottom."""
        boxes = (thing.get_bounds() for thing in self._page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE]))
        return [(x / MM, self.height - top / MM, right / MM, self.height - y / MM) for x, y, right, top in boxes]

    def ink(self, left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
        """What is drawn within a box, as such a box."""
        image = self._page.render(scale=DPI / 72).to_pil().convert("RGB")
        corner = [round(edge * DPI / 25.4) for edge in (left, top, right, bottom)]
        green = image.crop(tuple(corner)).split()[1]
        found = green.point(lambda value: 255 if value < 120 else 0).getbbox()
        assert found is not None
        a, b, c, d = (edge + start for edge, start in zip(found, (*corner[:2], *corner[:2]), strict=True))
        return a * 25.4 / DPI, b * 25.4 / DPI, c * 25.4 / DPI, d * 25.4 / DPI


def said(line: list[Placed]) -> str:
    return "".join(placed.character for placed in line)


def pages_of(content: bytes) -> list[Page]:
    return [Page(page) for page in pypdfium2.PdfDocument(content)]
