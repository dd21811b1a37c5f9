"""Reading a finance office's list, .xlsx or delimited text, into rows; what the rows mean is decided elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jindu_desk.domain.expense_lists import ListWords, Raw, cell_text, heading_row
from jindu_desk.errors.expense_lists import ListEmpty, ListTooLong, ListTooWide, ListUnreadable
from jindu_desk.errors.tallies import CellOutsideTemplate, WorkbookUnreadable
from jindu_desk.reports.tallies.workbook import cell_ref
from jindu_desk.reports.tallies.workbook_guard import LARGEST_FILE, MOST_COLUMNS, check_workbook

MOST_ROWS = 20_000
_DELIMITERS = ("\t", ",", ";")


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row and its number in the file, from 1. ``broken``: column → (cell, what stands there) where a formula has no
    usable value."""

    number: int
    cells: tuple[Raw, ...]
    broken: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadList:
    """``headings``: the texts of the row of headings; ``rows``: those below it that are not empty."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[ListRow, ...]


def read_expense_list(content: bytes, words: ListWords, *, file: str) -> ReadList:
    """Read the first sheet that has rows, or the delimited text. ``file`` is its name, for sentences.

    Raises `ListUnreadable` for what is neither, too large or made to harm, `ListTooLong`, `ListTooWide`, `ListEmpty`.
    """
    if len(content) > LARGEST_FILE:
        raise ListUnreadable(file=file)
    rows = _workbook_rows(content, file) if content[:2] == b"PK" else _text_rows(content, file)
    if len(rows) > MOST_ROWS:
        raise ListTooLong(file=file, limit=MOST_ROWS)
    if any(len(row.cells) > MOST_COLUMNS for row in rows):
        raise ListTooWide(file=file, limit=MOST_COLUMNS)
    if not rows:
        raise ListEmpty(file=file)
    place = heading_row([row.cells for row in rows], words)
    headings = tuple(cell_text(cell) for cell in rows[place].cells)
    below = tuple(row for row in rows[place + 1 :] if row.broken or any(cell_text(cell) for cell in row.cells))
    if not below:
        raise ListEmpty(file=file)
    return ReadList(file, headings, below)


def _workbook_rows(content: bytes, file: str) -> list[ListRow]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        # Native code gets a new archive of checked parts only, as with the fill-in workbooks.
        checked = check_workbook(content, file=file, rows=MOST_ROWS + 1)
        book = CalamineWorkbook.from_filelike(io.BytesIO(checked.content))
        for name in book.sheet_names:
            broken: dict[int, dict[int, tuple[str, str]]] = {}
            for cell in checked.broken.get(name, ()):
                broken.setdefault(cell.row, {})[cell.column] = cell_ref(cell.row, cell.column), cell.text
            found = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
            rows = [
                ListRow(number + 1, tuple(_raw(cell) for cell in cells), broken.get(number, {}))
                for number, cells in enumerate(found)
            ]
            if any(row.broken or any(cell_text(cell) for cell in row.cells) for row in rows):
                return rows
    except CellOutsideTemplate as error:
        raise ListTooLong(file=file, limit=MOST_ROWS) from error
    except (WorkbookUnreadable, CalamineError, OSError, ValueError) as error:
        raise ListUnreadable(file=file) from error
    return []


def _raw(cell: object) -> Raw:
    from datetime import date

    if cell is None or isinstance(cell, str | int | float | bool | date):
        return cell if cell != "" else None
    return str(cell)  # a time of day or a span: no date and no amount


def _text_rows(content: bytes, file: str) -> list[ListRow]:
    text = _decoded(content, file)
    if "\0" in text:
        raise ListUnreadable(file=file)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
        rows: list[ListRow] = []
        for cells in reader:
            rows.append(ListRow(reader.line_num, tuple(cell.strip() or None for cell in cells)))
            if len(rows) > MOST_ROWS:
                break
    except csv.Error as error:
        raise ListUnreadable(file=file) from error
    return rows


def _decoded(content: bytes, file: str) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, GB18030 else; what is UTF-8 is never taken for another."""
    codings = ["utf-8-sig", "gb18030"]
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        codings = ["utf-16"]
    for coding in codings:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise ListUnreadable(file=file)


def _delimiter(text: str) -> str:
    """What most of the first lines are divided by, in equal numbers."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]

    def weight(mark: str) -> tuple[int, int]:
        counts = _counts(lines, mark)
        usual = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        return (counts.count(usual) if usual else 0), usual

    return max(_DELIMITERS, key=weight)


def _counts(lines: Sequence[str], mark: str) -> list[int]:
    """How often a mark divides each line; inside quotes it is text."""
    return [len(next(csv.reader([line], delimiter=mark), [])) - 1 for line in lines]
