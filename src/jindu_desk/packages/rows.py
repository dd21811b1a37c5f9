"""Tables of text into tables of values, with every fault listed; and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from jindu_desk.errors.packages import Fault, RowsInvalid
from jindu_desk.packages.columns import Column, Refused
from jindu_desk.packages.csv_text import read_csv, write_csv
from jindu_desk.packages.schema import Row, Table

Rows = list[dict[str, object]]
MOST_FAULTS = 1000
_SHOWN = 20


def write_table(table: Table, rows: Iterable[Row]) -> bytes:
    """CSV of ``rows`` sorted by key, so that the same rows are the same bytes."""
    texts = [[column.write(row[column.name]) for column in table.columns] for row in rows]
    places = [table.header.index(name) for name in table.key]
    texts.sort(key=lambda text: [text[place] for place in places])
    return write_csv(table.header, texts)


def read_tables(tables: Sequence[Table], contents: Mapping[str, bytes]) -> dict[str, Rows]:
    """All tables by name, values typed as the domain's fields are. Raises `RowsInvalid` with all faults found."""
    faults: list[Fault] = []
    found: dict[str, Rows] = {}
    for table in tables:
        rows, wrong = _read_table(table, contents[table.name])
        found[table.name] = rows
        faults += wrong
    if not faults:
        # References are looked at only when every table could be read: else one fault would appear as hundreds.
        keys = {table.name: {row["id"] for row in found[table.name]} for table in tables if table.key == ("id",)}
        for table in tables:
            faults += _reference_faults(table, found[table.name], keys)
    if faults:
        raise RowsInvalid(faults=faults[:MOST_FAULTS])
    return found


def _read_table(table: Table, content: bytes) -> tuple[Rows, list[Fault]]:
    header, lines, faults = read_csv(table.name, content)
    faults = faults or _header_faults(table, header)
    if faults:
        return [], faults
    width = len(table.columns)
    if any(len(line) != width for line in lines):
        wrong_lines = (number for number, line in enumerate(lines, 2) if len(line) != width)
        return [], [Fault(table.name, number, "", "cell_count") for number in islice(wrong_lines, MOST_FAULTS)]
    values: list[Sequence[object]] = []
    for place, column in enumerate(table.columns):
        read, wrong = _read_column(table.name, column, [line[place] for line in lines])
        values.append(read)
        faults += wrong
    if faults:
        return [], sorted(faults, key=lambda fault: fault.row)
    names = table.header
    rows = [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]
    return rows, [*_row_faults(table, rows), *_repeated(table, rows)]


def _header_faults(table: Table, header: list[str]) -> list[Fault]:
    wanted = table.header
    if header == wanted:
        return []
    extra = [name for name in header if name not in wanted]
    missing = [name for name in wanted if name not in header]
    if extra and len(extra) == len(missing) and len(header) == len(wanted):  # else one stands there twice
        pairs = zip(missing, extra, strict=True)
        return [Fault(table.name, 1, name, "renamed_column", found[:_SHOWN]) for name, found in pairs]
    faults = [Fault(table.name, 1, name[:_SHOWN], "extra_column") for name in extra]
    faults += [Fault(table.name, 1, name, "missing_column") for name in missing]
    return faults or [Fault(table.name, 1, "", "renamed_column")]  # doubled or in another order


class _Memo(dict[str, object]):
    """Each different text is read once: ids, months and items repeat thousands of times."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self._read = column.read

    def __missing__(self, text: str) -> object:
        value = self[text] = self._read(text)
        return value


def _read_column(table: str, column: Column, texts: list[str]) -> tuple[list[object], list[Fault]]:
    memo = _Memo(column)
    try:
        return list(map(memo.__getitem__, texts)), []
    except Refused:
        return [], list(islice(_column_faults(table, column, texts), MOST_FAULTS))


def _column_faults(table: str, column: Column, texts: list[str]) -> Iterable[Fault]:
    for number, text in enumerate(texts, 2):
        try:
            column.read(text)
        except Refused as refused:
            yield Fault(table, number, column.name, refused.code, _shown(column, text, refused.code))


def _shown(column: Column, text: str, code: str) -> str:
    # A text that was refused for carrying a personal number must not be repeated in a sentence or a log.
    if code == "not_text" or column.schema["type"] == "string":
        return ""
    return text[:_SHOWN] if text.isprintable() else ""


def _row_faults(table: Table, rows: Rows) -> Iterable[Fault]:
    for number, row in enumerate(rows, 2):
        fault = table.rule(row)
        if fault is not None:
            yield Fault(table.name, number, *fault)


def _repeated(table: Table, rows: Rows) -> Iterable[Fault]:
    for columns in (table.key, *table.unique):
        keys = [tuple(row[column] for column in columns) for row in rows]
        counts = Counter(keys)
        if len(counts) == len(keys):
            continue
        seen: set[tuple[object, ...]] = set()
        for number, key in enumerate(keys, 2):
            if key in seen and None not in key:
                yield Fault(table.name, number, columns[0], "duplicate_key")
            seen.add(key)


def _reference_faults(table: Table, rows: Rows, keys: Mapping[str, set[object]]) -> Iterable[Fault]:
    for column, target in table.references.items():
        known = keys[target]
        for number, row in enumerate(rows, 2):
            if row[column] is not None and row[column] not in known:
                yield Fault(table.name, number, column, "unknown_reference")
