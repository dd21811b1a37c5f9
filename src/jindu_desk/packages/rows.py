"""Tables of text into tables of values, with every fault listed; and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import overload

from jindu_desk.errors.packages import Fault, RowsInvalid
from jindu_desk.packages.columns import Column, Refused
from jindu_desk.packages.csv_text import read_columns, read_csv, write_csv
from jindu_desk.packages.schema import Row, Table, no_rule

Rows = Sequence[dict[str, object]]
MOST_FAULTS = 1000
_SHOWN = 20


class TableRows(Rows):
    """The rows of a table, held by ``columns``. The rows themselves are made when somebody asks for one: what is
    checked, judged and stored by the column never pays for them."""

    __slots__ = ("_rows", "columns")

    def __init__(self, columns: Mapping[str, Sequence[object]]) -> None:
        self.columns = columns
        self._rows: list[dict[str, object]] | None = None

    @overload
    def __getitem__(self, place: int) -> dict[str, object]: ...
    @overload
    def __getitem__(self, place: slice) -> list[dict[str, object]]: ...
    def __getitem__(self, place: int | slice) -> dict[str, object] | list[dict[str, object]]:
        return self._made()[place]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __iter__(self) -> Iterator[dict[str, object]]:
        return iter(self._made())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, TableRows):
            return self.columns == other.columns
        return isinstance(other, Sequence) and self._made() == list(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._made())

    def _made(self) -> list[dict[str, object]]:
        if self._rows is None:
            names = tuple(self.columns)
            self._rows = [dict(zip(names, row, strict=True)) for row in zip(*self.columns.values(), strict=True)]
        return self._rows


def write_table(table: Table, rows: Iterable[Row]) -> bytes:
    """CSV of ``rows`` sorted by key, so that the same rows are the same bytes."""
    texts = [[column.write(row[column.name]) for column in table.columns] for row in rows]
    places = [table.header.index(name) for name in table.key]
    texts.sort(key=lambda text: [text[place] for place in places])
    return write_csv(table.header, texts)


def read_tables(tables: Sequence[Table], contents: Mapping[str, bytes]) -> dict[str, TableRows]:
    """All tables by name, values typed as the domain's fields are. Raises `RowsInvalid` with all faults found."""
    faults: list[Fault] = []
    found: dict[str, TableRows] = {}
    for table in tables:
        rows, wrong = _read_table(table, contents[table.name])
        found[table.name] = rows
        faults += wrong
    if not faults:
        # References are looked at only when every table could be read: else one fault would appear as hundreds.
        keys = {table.name: set(found[table.name].columns["id"]) for table in tables if table.key == ("id",)}
        for table in tables:
            faults += _reference_faults(table, found[table.name], keys)
    if faults:
        raise RowsInvalid(faults=faults[:MOST_FAULTS])
    return found


def _read_table(table: Table, content: bytes) -> tuple[TableRows, list[Fault]]:
    texts: Sequence[Sequence[str]] | None = read_columns(content, table.header)
    if texts is None:
        texts, faults = _columns_of(table, content)
        if faults:
            return TableRows({}), faults
    values: dict[str, Sequence[object]] = {}
    faults = []
    for column, of_column in zip(table.columns, texts, strict=True):
        values[column.name], wrong = _read_column(table.name, column, of_column)
        faults += wrong
    if faults:
        return TableRows({}), sorted(faults, key=lambda fault: fault.row)
    rows = TableRows(values)
    return rows, [*_row_faults(table, rows), *_repeated(table, rows)]


def _columns_of(table: Table, content: bytes) -> tuple[list[Sequence[str]], list[Fault]]:
    header, lines, faults = read_csv(table.name, content)
    faults = faults or _header_faults(table, header)
    if faults:
        return [], faults
    width = len(table.columns)
    if any(len(line) != width for line in lines):
        wrong_lines = (number for number, line in enumerate(lines, 2) if len(line) != width)
        return [], [Fault(table.name, number, "", "cell_count") for number in islice(wrong_lines, MOST_FAULTS)]
    return [[line[place] for line in lines] for place in range(width)], []


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


def _read_column(table: str, column: Column, texts: Sequence[str]) -> tuple[list[object], list[Fault]]:
    memo = _Memo(column)
    try:
        return list(map(memo.__getitem__, texts)), []
    except Refused:
        return [], list(islice(_column_faults(table, column, texts), MOST_FAULTS))


def _column_faults(table: str, column: Column, texts: Iterable[str]) -> Iterable[Fault]:
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


def _row_faults(table: Table, rows: TableRows) -> Iterable[Fault]:
    if table.rule is no_rule:
        return
    # Where a rule looks at a column or two, most rows of thousands say the same there.
    names = table.rule_columns or tuple(rows.columns)
    values = list(zip(*(rows.columns[name] for name in names), strict=True))
    judged = {of_row: table.rule(dict(zip(names, of_row, strict=True))) for of_row in set(values)}
    if not any(judged.values()):
        return
    for number, of_row in enumerate(values, 2):
        fault = judged[of_row]
        if fault is not None:
            yield Fault(table.name, number, *fault)


def _repeated(table: Table, rows: TableRows) -> Iterable[Fault]:
    for columns in (table.key, *table.unique):
        keys = list(zip(*(rows.columns[column] for column in columns), strict=True))
        if len(set(keys)) == len(keys):
            continue
        seen: set[tuple[object, ...]] = set()
        for number, key in enumerate(keys, 2):
            if key in seen and None not in key:
                yield Fault(table.name, number, columns[0], "duplicate_key")
            seen.add(key)


def _reference_faults(table: Table, rows: TableRows, keys: Mapping[str, set[object]]) -> Iterable[Fault]:
    for column, target in table.references.items():
        known, named = keys[target], rows.columns[column]
        if set(named) <= known | {None}:
            continue
        for number, value in enumerate(named, 2):
            if value is not None and value not in known:
                yield Fault(table.name, number, column, "unknown_reference")
