"""Pictures as they come from cameras, scanners and screens, and files that are none."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from jindu_desk.reports.typesetting.pictures import drawn_picture


def file_of(image: Image.Image, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_is_drawn(mode: str) -> None:
    drawn = drawn_picture(file_of(Image.new(mode, (40, 30)), "PNG"))
    assert drawn is not None
    assert (drawn.width, drawn.height) == (40, 30)
    assert Image.open(io.BytesIO(drawn.content)).mode in ("L", "RGB")


def test_what_shines_through_becomes_white() -> None:
    drawn = drawn_picture(file_of(Image.new("RGBA", (2, 2), (255, 0, 0, 0)), "PNG"))
    assert drawn is not None
    assert Image.open(io.BytesIO(drawn.content)).getpixel((0, 0)) == (255, 255, 255)


def test_a_photograph_is_no_finer_than_the_paper_needs() -> None:
    drawn = drawn_picture(file_of(Image.new("RGB", (4000, 3000)), "JPEG"))
    assert drawn is not None
    assert (drawn.width, drawn.height) == (1850, 1388)


def huge() -> bytes:
    """A PNG of a few bytes that says it has 3,600 million points."""
    header = b"IHDR" + struct.pack(">LLBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 13) + header + struct.pack(">L", zlib.crc32(header))


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", file_of(Image.new("RGB", (40, 30)), "JPEG")[:200], file_of(Image.new("L", (9, 9)), "GIF"), huge()],
    ids=["empty", "cut", "torn", "gif", "huge"],
)
def test_what_is_no_picture_is_none(content: bytes) -> None:
    assert drawn_picture(content) is None
