"""The faces that papers are set in, and for each character the face that has it.

Opening a face costs some 20-80 ms, so each is opened when the first character needs it and kept for the process.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from jindu_desk.errors.papers import FontFileUnusable
from jindu_desk.files import sha256_hex
from jindu_desk.log import logger
from jindu_desk.reports.typesetting.font_files import FontFile, Role, bundled_file, find_fonts, font_folders, font_named

if TYPE_CHECKING:
    from reportlab.pdfbase.pdfdoc import PDFDocument
    from reportlab.pdfbase.ttfonts import TTFont

__all__ = ["BUNDLED_CHOICE", "Face", "FontFile", "FontSet", "FontUse", "Glyph", "Role", "font_set"]

BUNDLED_CHOICE: Final = "bundled"
"""Chosen in place of a family: the program's own face."""
BOX: Final = "□"  # drawn for what no font has
FULL_WIDTH: Final = 0.98  # of the em: what is at least this wide fills a cell of the grid
_LONG_CODE = re.compile(r"(<[0-9A-F]{2}>) <([0-9A-F]{5,6})>")


@dataclass(frozen=True, slots=True)
class Face:
    """A face that is open. Widths and heights are in em."""

    name: str  # as reportlab knows it
    file: FontFile
    font: TTFont

    def has(self, character: str) -> bool:
        return ord(character) in self.font.face.charToGlyph

    def width(self, character: str) -> float:
        return float(self.font.face.charWidths.get(ord(character), self.font.face.defaultWidth)) / 1000

    def ink(self, character: str) -> tuple[float, float]:
        """Lower and upper edge of the drawn shape above the baseline; (0, 0) for a blank one."""
        face = self.font.face
        glyph = face.charToGlyph.get(ord(character), 0)
        em, long_offsets = (
            face.get_ushort(face.get_table_pos("head")[0] + 18),
            face.get_ushort(face.get_table_pos("head")[0] + 50),
        )
        place, size = face.get_table_pos("loca")[0], 4 if long_offsets else 2
        if long_offsets:
            start, end = struct.unpack(">LL", face.get_chunk(place + glyph * size, 8))
        else:
            start, end = (2 * half for half in struct.unpack(">HH", face.get_chunk(place + glyph * size, 4)))
        if start == end:
            return 0.0, 0.0
        _, _, low, _, high = struct.unpack(">hhhhh", face.get_chunk(face.get_table_pos("glyf")[0] + start, 10))
        return low / em, high / em


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character with the face that draws it. ``missing`` is the character that no face has, shown as a box."""

    character: str
    face: Face
    width: float  # in em
    missing: str = ""


@dataclass(frozen=True, slots=True)
class FontUse:
    """Which font a role was set in, for the sentence below the preview. ``instead_of``: the family that was chosen and
    cannot be used, "" where there is none."""

    role: Role
    family: str
    file: str
    bundled: bool
    instead_of: str = ""


class FontSet:
    """One file per role, with the bundled faces behind them. Shared by all papers; nothing of a paper stays in it.

    ``chosen`` are the families that a person chose, whether or not they are among ``files``.
    """

    def __init__(self, files: Mapping[Role, FontFile], chosen: Mapping[Role, str] | None = None) -> None:
        self._files = dict(files)
        self._chosen = dict(chosen or {})
        self._glyphs: dict[Role, dict[str, Glyph]] = {role: {} for role in Role}

    def face(self, role: Role) -> Face:
        """The open face of a role. A PC's font that cannot be embedded gives way to the bundled one.

        Raises `FontFileUnusable` if the program's own font is gone.
        """
        file = self._files.get(role)
        if file is not None and not file.bundled:
            try:
                return _open_face(file)
            except FontFileUnusable:
                logger.info("font cannot be embedded: %s (%s)", file.family, file.path.name)
        self._files[role] = bundled_file(role)
        return _open_face(self._files[role])

    def glyph(self, role: Role, character: str) -> Glyph:
        """The character in the role's face; else in the bundled ones; else a box that remembers it."""
        known = self._glyphs[role]
        if (glyph := known.get(character)) is None:
            glyph = known[character] = self._choose(role, character)
        return glyph

    def glyphs(self, role: Role, text: str) -> list[Glyph]:
        """Those of a whole text."""
        known = self._glyphs[role]
        return [known.get(character) or self.glyph(role, character) for character in text]

    def uses(self, roles: frozenset[Role]) -> tuple[FontUse, ...]:
        """Which font stands for each of ``roles``."""
        files = [(role, self.face(role).file) for role in Role if role in roles]
        return tuple(
            FontUse(role, file.family, file.path.name, file.bundled, self._instead_of(role, file))
            for role, file in files
        )

    def _instead_of(self, role: Role, file: FontFile) -> str:
        chosen = self._chosen.get(role, "")
        return "" if chosen == file.family else chosen

    def _choose(self, role: Role, character: str) -> Glyph:
        own = self.face(role)
        if own.has(character):
            return Glyph(character, own, own.width(character))
        for fallback in (role, Role.BODY, Role.KAI):
            face = _open_face(bundled_file(fallback))
            if face.has(character):
                return Glyph(character, face, face.width(character))
        face = _open_face(bundled_file(Role.BODY))
        return Glyph(BOX, face, face.width(BOX), missing=character)


def font_set(
    *,
    bundled_only: bool = False,
    choice: Mapping[Role, str] | None = None,
    folders: tuple[Path, ...] | None = None,
) -> FontSet:
    """The fonts for papers: the PC's own where it has them (looked for in ``folders``, by default the system's).

    ``choice`` names a family for a role, or `BUNDLED_CHOICE`; one that is gone gives way to what would be found
    without it. ``bundled_only`` gives the same faces on every PC.
    """
    if bundled_only:
        return _set_of((), ())
    where = font_folders() if folders is None else folders
    files = find_fonts(where)
    chosen: dict[Role, str] = {}
    for role, family in (choice or {}).items():
        if family == BUNDLED_CHOICE:
            files[role] = bundled_file(role)
        elif file := font_named(family, where):
            files[role], chosen[role] = file, file.family
        else:
            chosen[role] = family
    return _set_of(tuple(sorted(files.items())), tuple(sorted(chosen.items())))


@lru_cache(maxsize=8)
def _set_of(files: tuple[tuple[Role, FontFile], ...], chosen: tuple[tuple[Role, str], ...]) -> FontSet:
    return FontSet(dict(files), dict(chosen))


@lru_cache(maxsize=32)
def _open_face(file: FontFile) -> Face:
    """Read a font file for embedding, once per process; raises `FontFileUnusable`."""
    from reportlab.pdfbase import pdfdoc, pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    class PaperFont(TTFont):
        """A TrueType font whose ToUnicode map can also name characters beyond the basic plane."""

        def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 (reportlab's name)
            internal = self.state[doc].internalName
            super().addObjects(doc)
            fonts = doc.idToObject["BasicFonts"]
            for name, font in fonts.dict.items() if isinstance(fonts, pdfdoc.PDFDictionary) else ():
                if name.split("+")[0] == internal:
                    stream = doc.idToObject[font.ToUnicode.name]
                    if isinstance(stream, pdfdoc.PDFStream):
                        stream.content = _LONG_CODE.sub(_as_surrogates, stream.content)

    place = "desk" if file.bundled else sha256_hex(str(file.path).encode("utf-8", "surrogateescape"))[:8]
    name = f"{place}-{file.path.stem}-{file.index}"
    try:
        font = PaperFont(name, str(file.path), subfontIndex=file.index, asciiReadable=0, shapable=False)
    except (OSError, TTFError, struct.error, ValueError, IndexError, KeyError, AssertionError) as reason:
        raise FontFileUnusable(name=file.path.name) from reason
    pdfmetrics.registerFont(font)
    return Face(name, file, font)


def _as_surrogates(line: re.Match[str]) -> str:
    return f"{line[1]} <{chr(int(line[2], 16)).encode('utf-16-be').hex().upper()}>"
