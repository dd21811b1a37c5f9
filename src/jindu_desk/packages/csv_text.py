"""CSV by RFC 4180 and nothing wider: one way to write a table, one way to read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import repeat

from jindu_desk.errors.packages import Fault, TablesTooLongToList

MOST_ROWS = 200_000  # a district of 20 townships with 40 villages each, with room to spare
MOST_COMMAS = MOST_ROWS * 40  # no table has as many columns
_NEEDS_QUOTES = re.compile(r'[",\r\n]')
# Possessive: what could be tried again is remembered, a hundred bytes for each character of a cell.
_CELL = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^",\r\n]*+))(,|\r\n|\Z)')
_LONE_RETURN = re.compile(r"\r(?!\n)")
_BOM = b"\xef\xbb\xbf"


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 without BOM, CRLF after every row, quotes only where they are needed.

    Text is written as it is, also where it begins with = + - @: see docs/package-format.md for spreadsheets.
    """
    lines = [",".join(map(_quoted, row)) for row in (header, *rows)]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def read_csv(table: str, content: bytes) -> tuple[list[str], list[list[str]], list[Fault]]:
    """(header, rows, faults). With a fault, header and rows are empty: the bytes are no CSV of ours.

    Raises `TablesTooLongToList` before memory is spent on more rows than a table may have.
    """
    text, fault = _decoded(table, content)
    if fault is not None:
        return [], [], [fault]
    quoted = '"' in text
    if not quoted and text.count(",") > MOST_COMMAS:
        return [], [], [Fault(table, 0, "", "cell_count")]
    lines = None if quoted else _split_plain(table, text)
    if lines is None:
        lines, fault = _split_quoted(table, text)
        if fault is not None:
            return [], [], [fault]
    if not lines:
        return [], [], [Fault(table, 0, "", "no_header")]
    return lines[0], lines[1:], []


def read_columns(content: bytes, header: Sequence[str]) -> list[list[str]] | None:
    """The columns of a table that needs no second look: exactly this header, no quotes, as many cells in each row.

    None where it is not as plain as that: then `read_csv` says what it is. A column at a time costs a fraction of what
    it costs cell by cell.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    ends = text.count("\n")
    if '"' in text or "\0" in text or not 1 <= ends <= MOST_ROWS + 1 or text.count("\r") != ends:
        return None
    lines = text.split("\r\n")
    if lines.pop() or len(lines) != ends:
        return None
    width = len(header)
    if lines[0].split(",") != list(header) or set(map(str.count, lines, repeat(","))) != {width - 1}:
        return None
    cells = ",".join(lines).split(",")
    return [cells[width + place :: width] for place in range(width)]


def _quoted(cell: str) -> str:
    if _NEEDS_QUOTES.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _decoded(table: str, content: bytes) -> tuple[str, Fault | None]:
    """The text; empty with a fault."""
    if content.startswith(_BOM):
        return "", Fault(table, 0, "", "byte_order_mark")
    if (at := content.find(b"\0")) >= 0:
        return "", Fault(table, _row_at(content, at), "", "nul")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        return "", Fault(table, _row_at(content, error.start), "", "not_utf8")
    if text.count("\r") != text.count("\r\n"):
        lone = _LONE_RETURN.search(text)
        return "", Fault(table, text.count("\n", 0, lone.start() if lone else 0) + 1, "", "line_ending")
    if text and not text.endswith("\r\n"):
        return "", Fault(table, text.count("\n") + 1, "", "line_ending")
    return text, None


def _row_at(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _split_plain(table: str, text: str) -> list[list[str]] | None:
    """The quick way for a file without a quote; None where a bare line feed needs its place named."""
    count = text.count("\r\n")
    if count > MOST_ROWS + 1:
        raise TablesTooLongToList(table=table, count=count - 1, limit=MOST_ROWS)
    if text.count("\n") != count:
        return None
    return [line.split(",") for line in text.split("\r\n")[:-1]]


def _split_quoted(table: str, text: str) -> tuple[list[list[str]], Fault | None]:
    rows: list[list[str]] = []
    row: list[str] = []
    at, end, commas = 0, len(text), 0
    while at < end:
        found = _CELL.match(text, at)
        if found is None or (found[3] == "" and found.end() == at):
            code = "quoting" if '"' in text[at : text.find("\n", at)] else "line_ending"
            return [], Fault(table, len(rows) + 1, "", code)
        quoted, plain, close = found.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"'))
        at = found.end()
        if close == ",":
            commas += 1
            if commas > MOST_COMMAS:
                return [], Fault(table, len(rows) + 1, "", "cell_count")
            continue
        if len(rows) > MOST_ROWS:
            raise TablesTooLongToList(table=table, count=len(rows), limit=MOST_ROWS)
        rows.append(row)
        row = []
    if row:
        return [], Fault(table, len(rows) + 1, "", "line_ending")
    return rows, None
