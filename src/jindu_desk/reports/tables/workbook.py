"""Tables of a paper as .xlsx, a sheet for each; real numbers, text is never run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import TYPE_CHECKING, Final
from unicodedata import east_asian_width

from jindu_desk.reports.tables.rows import Kind, RowColumn, RowTable, Value
from jindu_desk.reports.wording import UNKNOWN

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

EARLIEST: Final = date(1980, 1, 1)  # that a zip archive can tell; for rows that are of no day
_HEAD: Final = 2  # the row of the heads: title and note stand above
_NO_NAME: Final = re.compile(r"[\[\]:*?/\\]")  # what a sheet cannot be called
_LINE, _HIGHEST = 15.0, 409.0  # pt: of a line, and the most that a row can have
_EDGES: Final = 1.0  # characters, that the edges of a cell take
_MOST: Final = 32_767  # characters of a cell
_HALVES: Final = re.compile("[\ud800-\udfff]")  # of a character: no file can hold one
_LOOKS: Final[dict[Kind, dict[str, object]]] = {
    "text": {"text_wrap": True},
    "centre": {"align": "center"},
    "count": {"num_format": "#,##0", "align": "right"},
    "decimal": {"num_format": "#,##0.00", "align": "right"},
    "money": {"num_format": "#,##0.00", "align": "right"},
    "share": {"num_format": "0.00%", "align": "right"},
    "day": {"num_format": "yyyy-mm-dd", "align": "center"},
}


def tables_xlsx(title: str, notes: Sequence[str], tables: Iterable[RowTable], made_on: date) -> bytes:
    """``notes`` stand on every sheet. Same rows, same bytes."""
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": _writable(title), "created": datetime.combine(made_on, time())})
        formats = _formats(book)
        for table in tables:
            note = "　".join(filter(None, (*notes, table.note or ("" if table.rows else table.empty))))
            _write(book.add_worksheet(_sheet_name(table.title)), formats, table, title, note)
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return _NO_NAME.sub(" ", title).strip("'")[:31]


def _write(sheet: Worksheet, formats: dict[str, Format], table: RowTable, title: str, note: str) -> None:
    sheet.write_string(0, 0, _writable(f"{title}　{table.title}"), formats["title"])
    _write_note(sheet, note, table.columns, formats["note"])
    first_sum = len(table.rows) - table.sums
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(_HEAD, place, _writable(column.title), formats["head"])
        for number, row in enumerate(table.rows):
            kind = _kind_of(row[place], column.kind)
            look = formats[f"{'sum_' if number >= first_sum else ''}{kind}"]
            _cell(sheet, _HEAD + 1 + number, place, row[place], kind, look)
    _set_heights(sheet, table)
    sheet.freeze_panes(_HEAD + 1, table.frozen)
    if table.filtered and table.rows:
        sheet.autofilter(_HEAD, 0, _HEAD + len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")


def _write_note(sheet: Worksheet, note: str, columns: Sequence[RowColumn], look: Format) -> None:
    """As wide as the table and as high as it takes: what runs out of the table is not printed."""
    if len(columns) > 1:
        sheet.merge_range(1, 0, 1, len(columns) - 1, "", look)
    sheet.write_string(1, 0, _writable(note), look)
    sheet.set_row(1, _height(_lines(note, sum(map(_width, columns)))))


def _set_heights(sheet: Worksheet, table: RowTable) -> None:
    """Of rows whose texts wrap; not every program that opens the file finds them by itself."""
    titles = tuple(column.title for column in table.columns)
    for number, row in enumerate((titles, *table.rows), start=_HEAD):
        of_cells = (
            _lines(value, _width(column))
            for value, column in zip(row, table.columns, strict=True)
            if isinstance(value, str) and (number == _HEAD or "text_wrap" in _LOOKS[column.kind])
        )
        if (lines := max(of_cells, default=1)) > 1:
            sheet.set_row(number, _height(lines))


def _lines(text: str, room: float) -> int:
    """How many ``text`` takes in so many characters; one of Chinese is as wide as two."""
    wide = (sum(2 if east_asian_width(each) in "WFA" else 1 for each in line) for line in text.split("\n"))
    return sum(max(1, ceil(each / max(room - _EDGES, 1))) for each in wide)


def _height(lines: int) -> float:
    return min(lines * _LINE, _HIGHEST)


def _width(column: RowColumn) -> float:
    """In characters of the sheet's font."""
    return max(6, column.width / 2)


def _kind_of(value: Value, kind: Kind) -> Kind:
    """A share is shown as one in every column, and a count in a column of shares as a count."""
    if isinstance(value, tuple):
        return "share"
    return "count" if isinstance(value, int) and kind == "share" else kind


def _cell(sheet: Worksheet, row: int, place: int, value: Value, kind: Kind, look: Format) -> None:
    if isinstance(value, tuple):
        value = None if not value[1] else value
    if value is None:
        sheet.write_string(row, place, UNKNOWN, look)
    elif isinstance(value, str):
        sheet.write_string(row, place, _writable(value), look)
    elif isinstance(value, tuple):
        sheet.write_number(row, place, value[0] / value[1], look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime.combine(value, time()), look)
    else:
        sheet.write_number(row, place, value / 100 if kind in ("decimal", "money") else value, look)


def _writable(text: str) -> str:
    """What of ``text`` a cell can hold."""
    return _HALVES.sub("\ufffd", text[:_MOST])


def _formats(book: Workbook) -> dict[str, Format]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    framed = {**base, "border": 1}
    made = {kind: book.add_format({**framed, **look}) for kind, look in _LOOKS.items()}
    sums = {f"sum_{kind}": book.add_format({**framed, "bold": True, **look}) for kind, look in _LOOKS.items()}
    return {
        **made,
        **sums,
        "title": book.add_format({**base, "font_size": 14, "bold": True}),
        "note": book.add_format({**base, "font_color": "#5B6570", "text_wrap": True, "valign": "top"}),
        "head": book.add_format({**framed, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#F0F2F4"}),
    }
