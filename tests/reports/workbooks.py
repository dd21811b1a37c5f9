"""Workbooks as a village clerk hands them in: the template with some cells typed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

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
