"""Ruled papers read back with another program's eyes (pdfium)."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 25.0, 190.0, 18.0, 275.0  # mm: what is filled
FOOT = 285.0
NAMES = ("密钥登记表", "数据包核验单", "数据包上报单", "上报回执", "催报清单", "审核问题清单")
_FOOT = re.compile(rf"({'|'.join(NAMES)})第(\d+)页共(\d+)页校验码([0-9A-F]{{4}}-[0-9A-F]{{4}})$")


@dataclass(frozen=True)
class Character:
    """Its origin in mm from the sheet's left and upper edge, its size in points."""

    character: str
    x: float
    y: float
    size: float


def document_of(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def pages_of(content: bytes) -> list[str]:
    """The text of each page in drawing order without blanks, line ends and foot."""
    return [_FOOT.sub("", page) for page in _plain(content)]


def text_of(content: bytes) -> str:
    return "".join(pages_of(content))


def feet_of(content: bytes) -> list[tuple[str, int, int, str]]:
    """Name, page, pages and check code at the foot of each page."""
    found = []
    for page in _plain(content):
        match = _FOOT.search(page)
        assert match, page[-60:]
        found.append((match[1], int(match[2]), int(match[3]), match[4]))
    return found


def check_code(content: bytes) -> str:
    return feet_of(content)[0][3]


def characters_of(content: bytes) -> list[list[Character]]:
    """The characters of each page."""
    x, y = ctypes.c_double(), ctypes.c_double()
    found = []
    for page in document_of(content):
        text = page.get_textpage()
        placed = []
        for index in range(text.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(text, index))
            if character in "\r\n" or pdfium.FPDFText_IsGenerated(text, index):
                continue
            assert pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            size = pdfium.FPDFText_GetFontSize(text, index)
            placed.append(Character(character, x.value / MM, 297 - y.value / MM, size))
        found.append(placed)
    return found


def outside_of(content: bytes) -> list[tuple[int, float, float, float, float]]:
    """What is drawn outside the form and its foot: page, left, upper, right and lower edge in mm."""
    found = []
    for number, page in enumerate(document_of(content)):
        for thing in page.get_objects():
            left, low, right, high = (edge / MM for edge in thing.get_bounds())
            upper, lower = 297 - high, 297 - low
            beside = left < LEFT - 0.5 or right > RIGHT + 0.5
            into_the_foot = upper < BOTTOM < lower - 0.5
            if beside or upper < TOP - 0.5 or lower > FOOT or into_the_foot:
                found.append((number, left, upper, right, lower))
    return found


def in_order(text: str, parts: list[str]) -> str | None:
    """The first of ``parts`` that does not come after the ones before it; None where all do."""
    place = 0
    for part in parts:
        found = text.find(re.sub(r"\s", "", part), place)
        if found < 0:
            return part
        place = found + len(re.sub(r"\s", "", part))
    return None


def _plain(content: bytes) -> list[str]:
    return [re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in document_of(content)]
