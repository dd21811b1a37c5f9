"""A finished PDF as pictures, for the preview and the printer: what is shown is what is printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

MOST_PIXELS = 60_000_000  # A3 at 600 dpi; a page beyond that is drawn smaller rather than filling the memory


@dataclass(frozen=True, slots=True)
class PageSize:
    """In points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A drawn page: RGB, three bytes a pixel, rows ``stride`` bytes apart."""

    width: int
    height: int
    stride: int
    pixels: bytes


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """The sizes of all pages."""
    with _opened(pdf) as document:
        return tuple(PageSize(*document.get_page_size(index)) for index in range(len(document)))


def draw_page(pdf: bytes, index: int, dpi: float) -> PagePicture:
    """Page ``index`` (from 0) at ``dpi`` dots per inch on white."""
    with _opened(pdf) as document:
        width, height = document.get_page_size(index)
        scale = min(dpi / 72, (MOST_PIXELS / (width * height)) ** 0.5)
        page = document[index]
        bitmap = page.render(scale=scale, rev_byteorder=True)
        picture = PagePicture(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
        bitmap.close()
        page.close()
        return picture


def page_text(pdf: bytes, index: int) -> str:
    """The text of a page in reading order, for a screen reader."""
    with _opened(pdf) as document:
        page = document[index]
        text = page.get_textpage()
        found: str = text.get_text_bounded()
        text.close()
        page.close()
        return found


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:  # the library has no types
    import pypdfium2  # type: ignore[import-untyped]

    with pypdfium2.PdfDocument(pdf) as document:
        yield document
