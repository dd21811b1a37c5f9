"""What a TrueType file says of itself, read from its head alone: names, weight, whether it may and can be used.

A PC has hundreds of fonts, and all of them are looked at before the first paper: so only the tables that matter are
read, and no library is loaded for it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Final

_CHINESE, _ENGLISH = 0x804, 0x409
_FAMILY, _FULL, _TYPOGRAPHIC = 1, 4, 16
_NO_EMBEDDING: Final = 0x0002
_NO_SUBSET: Final = 0x0300
_SIMPLIFIED: Final = 1 << 18  # OS/2's code pages: GBK
_LARGEST_NAMES: Final = 1 << 20
_CODES: Final = {(3, 3): "gb18030", (3, 4): "big5", (1, 0): "mac_roman", (1, 25): "gb18030", (1, 2): "big5"}
_MOST_FACES: Final = 64

Tables = Mapping[bytes, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class FaceNames:
    """One face of a file. ``family`` is what a person knows it by, ``names`` are all that it answers to.

    ``weight`` is 400 for a regular one. ``simplified``: it says that it holds simplified Chinese.
    """

    index: int
    family: str
    names: frozenset[str]
    weight: int
    simplified: bool


def faces_in(stream: BinaryIO) -> Iterator[FaceNames]:
    """The faces of a .ttf or .ttc that a PDF may carry: TrueType outlines, embedding allowed.

    Raises OSError, ValueError and struct.error for what is no such file.
    """
    tag = stream.read(4)
    starts = [0]
    if tag == b"ttcf":
        _, count = struct.unpack(">LL", stream.read(8))
        count = min(count, _MOST_FACES)
        starts = list(struct.unpack(f">{count}L", stream.read(4 * count)))
    for index, start in enumerate(starts):
        if (tables := _tables(stream, start)) is not None and (face := _face(stream, tables, index)) is not None:
            yield face


def _tables(stream: BinaryIO, start: int) -> Tables | None:
    stream.seek(start)
    tag, count = struct.unpack(">4sH", stream.read(6))
    if tag not in (b"\x00\x01\x00\x00", b"true"):
        return None
    stream.seek(start + 12)
    listed = stream.read(16 * count)
    rows = (struct.unpack_from(">4sLLL", listed, 16 * number) for number in range(count))
    return {name: (offset, length) for name, _, offset, length in rows}


def _face(stream: BinaryIO, tables: Tables, index: int) -> FaceNames | None:
    if not {b"glyf", b"name", b"OS/2"} <= tables.keys():
        return None
    stream.seek(tables[b"OS/2"][0])
    measures = stream.read(min(tables[b"OS/2"][1], 86))
    version, _, weight, _, rights = struct.unpack_from(">HhHHH", measures)
    if rights & 0x000F == _NO_EMBEDDING or rights & _NO_SUBSET:
        return None
    pages = struct.unpack_from(">L", measures, 78)[0] if version and len(measures) >= 82 else 0
    offset, length = tables[b"name"]
    stream.seek(offset)
    told = _names(stream.read(min(length, _LARGEST_NAMES)))
    family = told.get((_FAMILY, _CHINESE)) or told.get((_FAMILY, _ENGLISH))
    if family is None:
        family = next((text for (kind, _), text in sorted(told.items()) if kind in (_FAMILY, _FULL)), "")
    names = frozenset(text for (kind, _), text in told.items() if kind in (_FAMILY, _FULL, _TYPOGRAPHIC))
    return FaceNames(index, family, names, weight, bool(pages & _SIMPLIFIED)) if family else None


def _names(table: bytes) -> dict[tuple[int, int], str]:
    """The names by kind and language."""
    _, count, strings = struct.unpack_from(">HHH", table)
    told: dict[tuple[int, int], str] = {}
    for number in range(count):
        platform, encoding, language, kind, length, offset = struct.unpack_from(">6H", table, 6 + 12 * number)
        if kind in (_FAMILY, _FULL, _TYPOGRAPHIC):
            text = _decoded(table[strings + offset : strings + offset + length], platform, encoding)
            if text:
                told.setdefault((kind, language if platform == 3 else -platform), text)
    return told


def _decoded(text: bytes, platform: int, encoding: int) -> str:
    code = _CODES.get((platform, encoding), "utf-16-be")
    if platform == 3 and text[:1] == b"\x00":  # UTF-16, whatever the encoding says
        code = "utf-16-be"
    return text.decode(code, errors="replace").strip("\x00 ")
