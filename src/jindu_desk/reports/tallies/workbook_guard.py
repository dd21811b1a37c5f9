"""What stands between a workbook file and the reader: the archive and every cell reference are checked first.

The reader (native code) reserves a table up to the furthest filled cell and ends the whole program where memory does
not reach. It is therefore never given the file as it came, but a new archive of the parts that were checked here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from jindu_desk.errors.tallies import CellOutsideTemplate, WorkbookUnreadable
from jindu_desk.reports.tallies.workbook import cell_ref

LARGEST_FILE = 20 * 1024 * 1024
_LARGEST_PART = 16 * 1024 * 1024
_LARGEST_TOTAL = 32 * 1024 * 1024
_MOST_PARTS = 2000
_MOST_ELEMENTS = 2_000_000
_MOST_SHEETS = 300
# Ours have 9 columns and some 120 rows; there is room for what people add, so that it can be named as a fault.
MOST_COLUMNS, MOST_ROWS = 100, 2000
_MOST_AREA = 3_000_000  # rows x columns, of all sheets together
_SHEET_COLUMNS, _SHEET_ROWS = 16_384, 1_048_576  # XFD1048576, the last cell of the format itself
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([1-9]\d{0,6})", re.ASCII)
_ERROR = re.compile(r"#[A-Z0-9/!?_]{1,15}")
_READ = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|xl/[^\\]*\.(?:xml|rels)")
_BOOK, _BOOK_PARTS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True, slots=True)
class BrokenCell:
    """A cell that holds no value though something is written there: an error (``#REF!``), or a formula that was never
    computed (then ``text`` is ``=``). ``row`` and ``column`` from 0."""

    row: int
    column: int
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class CheckedWorkbook:
    """``content``: a new archive that may be read. ``broken``: sheet name → its cells without a usable value."""

    content: bytes
    broken: Mapping[str, tuple[BrokenCell, ...]]


def check_workbook(content: bytes, *, file: str, rows: int = MOST_ROWS) -> CheckedWorkbook:
    """Check an .xlsx file before it is read. ``file`` is its name, for sentences; ``rows``: the most it may have.

    Raises `WorkbookUnreadable` for what is no .xlsx (the older .xls and .ods too), too large, malformed or made to
    harm; `CellOutsideTemplate` for something written far beyond the form.
    """
    try:
        return _checked(content, file, rows)
    except _REFUSED as error:
        raise WorkbookUnreadable(file=file) from error


class _Malformed(Exception):
    """Not a workbook that spreadsheet programs write."""


_REFUSED = (
    _Malformed,
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    OSError,
    EOFError,
    ValueError,
    OverflowError,
    RuntimeError,  # an encrypted part
    NotImplementedError,
)


def _checked(content: bytes, file: str, rows: int) -> CheckedWorkbook:
    if len(content) > LARGEST_FILE:
        raise _Malformed
    parts = _parts(content)
    if _BOOK not in parts or _BOOK_PARTS not in parts:
        raise _Malformed
    names = _sheet_names(parts)
    scans = {part: _scan(text, names.get(part, posixpath.basename(part)), file, rows) for part, text in parts.items()}
    if sum(scan.area for scan in scans.values()) > _MOST_AREA:
        raise _Malformed
    broken = {name: tuple(scans[part].broken) for part, name in names.items() if part in scans}
    return CheckedWorkbook(_packed(parts), broken)


def _parts(content: bytes) -> dict[str, bytes]:
    """The XML parts of the spreadsheet; pictures, printer settings and macros are left behind."""
    parts: dict[str, bytes] = {}
    total = 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if len(members) > _MOST_PARTS or len({member.filename for member in members}) < len(members):
            raise _Malformed
        for member in members:
            if not _READ.fullmatch(member.filename):
                continue
            if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise _Malformed
            with archive.open(member) as stream:  # the size written in the archive may lie
                text = stream.read(_LARGEST_PART + 1)
            total += len(text)
            if len(text) > _LARGEST_PART or total > _LARGEST_TOTAL:
                raise _Malformed
            parts[member.filename] = text
    return parts


def _packed(parts: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _sheet_names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """part → name of the sheet. Raises `_Malformed` for two sheets of one name or part."""
    targets: dict[str, str] = {}
    for attributes in _elements(parts[_BOOK_PARTS], "Relationship"):
        target = attributes.get("Target", "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
        targets[attributes.get("Id", "")] = part
    names: dict[str, str] = {}
    sheets = _elements(parts[_BOOK], "sheet")
    for attributes in sheets:
        key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
        if key in targets:
            names[targets[key]] = attributes.get("name", "")
    if len(sheets) > _MOST_SHEETS or not len(set(names.values())) == len(names) == len(sheets):
        raise _Malformed
    return names


def _parser() -> expat.XMLParserType:
    """Reads UTF-8 whatever the part claims, like the reader behind; a document type (and so entities) is refused."""
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _Malformed

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _elements(text: bytes, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = _parser()
    parser.StartElementHandler = start
    parser.Parse(text, True)
    return found


@dataclass(slots=True)
class _Scan:
    """One part while it is read. Parts that are no sheets are read all the same: any part can be declared a sheet."""

    sheet: str
    file: str
    most_rows: int
    rows: int = 0
    columns: int = 0
    elements: int = 0
    broken: list[BrokenCell] = field(default_factory=list)
    _cell: tuple[int, int] | None = None
    _kind: str = ""
    _formula: bool = False
    _value: bool = False
    _within_value: bool = False
    _text: str = ""

    @property
    def area(self) -> int:
        return self.rows * self.columns

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        self.elements += 1
        if self.elements > _MOST_ELEMENTS:
            raise _Malformed
        name = qualified.rpartition(":")[2]
        if name == "c":
            self._cell, self._kind = _place(attributes.get("r", "")), attributes.get("t", "")
            self._formula = self._value = False
            self._text = ""
        elif name in ("v", "is", "f") and self._cell is not None:
            self._take(*self._cell)
            self._formula = self._formula or name == "f"
            self._value = self._value or name != "f"
            self._within_value = name == "v"
        elif name == "row" and "r" in attributes:
            _place(f"A{attributes['r']}")
        elif name == "dimension":
            for corner in attributes.get("ref", "A1").split(":"):
                _place(corner)

    def text(self, text: str) -> None:
        if self._within_value:
            self._text += text

    def end(self, qualified: str) -> None:
        name = qualified.rpartition(":")[2]
        self._within_value = False
        if name != "c" or self._cell is None:
            return
        if self._kind == "e" and self._value:
            self.broken.append(BrokenCell(*self._cell, self._text if _ERROR.fullmatch(self._text) else "#"))
        elif self._formula and not self._value:
            self.broken.append(BrokenCell(*self._cell, "="))
        self._cell = None

    def _take(self, row: int, column: int) -> None:
        if row >= self.most_rows or column >= MOST_COLUMNS:
            raise CellOutsideTemplate(file=self.file, sheet=self.sheet, ref=cell_ref(row, column))
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)


def _scan(text: bytes, sheet: str, file: str, rows: int) -> _Scan:
    scan = _Scan(sheet, file, rows)
    parser = _parser()
    parser.StartElementHandler, parser.EndElementHandler = scan.start, scan.end
    parser.CharacterDataHandler = scan.text
    parser.Parse(text, True)
    return scan


def _place(reference: str) -> tuple[int, int]:
    """``B3`` → (2, 1). Raises `_Malformed` for what is no cell of the format."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise _Malformed
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    if row > _SHEET_ROWS or column > _SHEET_COLUMNS:
        raise _Malformed
    return row - 1, column - 1
