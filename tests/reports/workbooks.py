"""Workbooks read back, and as a village clerk hands them in: the template with some cells typed over."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass

from python_calamine import CalamineWorkbook
from xlsxwriter.workbook import Workbook

Sheets = dict[str, list[list[object]]]


def grids(content: bytes) -> Sheets:
    """Every sheet as rows of values."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {
        name: [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
        for name in book.sheet_names
    }


@dataclass(frozen=True)
class Setup:
    """How a sheet is shown and printed. ``formats``: of the numbers of each row, "" where the cell has none of its own;
    ``heights`` of the rows, 0 where it is the usual one; ``formulas``: how many cells are reckoned."""

    frozen_at: str
    paper: str
    orientation: str
    fits_width: bool
    repeated_rows: str
    filtered: str
    formats: tuple[tuple[str, ...], ...]
    heights: tuple[float, ...]
    formulas: int


_BUILT_IN = {"0": "", "3": "#,##0", "4": "#,##0.00", "10": "0.00%"}


def setups(content: bytes) -> dict[str, Setup]:
    """Of every sheet."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}
    styles = parts["xl/styles.xml"]
    own = dict(re.findall(r'<numFmt numFmtId="(\d+)" formatCode="([^"]*)"', styles))
    cells = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2].partition("</cellXfs")[0])
    formats = [own.get(number) or _BUILT_IN[number] for number in cells]
    workbook = parts["xl/workbook.xml"]
    repeated = dict(re.findall(r'_xlnm.Print_Titles" localSheetId="(\d+)">([^<]*)<', workbook))
    names = re.findall(r'<sheet name="([^"]*)"', workbook)
    return {
        name: _setup(parts[f"xl/worksheets/sheet{number + 1}.xml"], repeated.get(str(number), ""), formats)
        for number, name in enumerate(names)
    }


def _setup(sheet: str, repeated: str, formats: list[str]) -> Setup:
    def found(pattern: str) -> str:
        match = re.search(pattern, sheet)
        return match[1] if match else ""

    rows = re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.DOTALL)
    return Setup(
        found(r'<pane [^>]*topLeftCell="([A-Z]+\d+)"[^>]*state="frozen"'),
        found(r'<pageSetup [^>]*paperSize="(\d+)"'),
        found(r'<pageSetup [^>]*orientation="(\w+)"'),
        "fitToPage" in sheet and 'fitToHeight="0"' in sheet and "fitToWidth" not in sheet,  # one wide is the default
        repeated.rpartition("!")[2],
        found(r'<autoFilter ref="([^"]+)"'),
        tuple(
            tuple(formats[int(style or 0)] for style in re.findall(r'<c r="\w+"(?: s="(\d+)")?', row)) for row in rows
        ),
        tuple(float(height or 0) for height in re.findall(r'<row r="\d+"[^>]*?(?: ht="([\d.]+)"[^>]*)?>', sheet)),
        len(re.findall(r"<f[ >]", sheet)),
    )


def typed_over(content: bytes, changes: Mapping[tuple[str, str], object]) -> bytes:
    """The workbook with cells typed over: ``{("汤庄桥村", "E5"): 3}``."""
    sheets = grids(content)
    for (name, ref), value in changes.items():
        column, row = ord(ref[0]) - ord("A"), int(ref[1:]) - 1
        rows = sheets[name]
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        rows[row][column] = value
    return written(sheets)


def written(sheets: Sheets) -> bytes:
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for n, row in enumerate(rows):
                for m, value in enumerate(row):
                    if value != "":
                        page.write(n, m, value)
    return stream.getvalue()


def place_of(content: bytes, sheet: str, code: str, kind: str = "") -> str:
    """Where a figure stands: ``place_of(x, "汤庄桥村", "D01", "K")`` → ``F63``."""
    for number, row in enumerate(grids(content)[sheet], start=1):
        if number > 3 and row[0] == code:
            return f"{'F' if kind == 'K' else 'E'}{number}"
    raise AssertionError(code)


def with_part(content: bytes, part: str, old: str, new: str) -> bytes:
    """The workbook with the text of one part replaced, as no spreadsheet program would write it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after:
        assert old in before.read(part).decode()
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.decode().replace(old, new, 1) if name == part else text)
    return stream.getvalue()
