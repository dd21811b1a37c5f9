"""Reading a fill-in workbook back: every figure with its place, every fault named by sheet and cell."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from jindu_desk.domain.free_text import SHORT_TEXT, clean_text
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.catalogue import Catalogue, Item, Level
from jindu_desk.domain.tallies.cells import BLANK, LARGEST, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.errors import DeskError
from jindu_desk.errors.tallies import (
    BrokenFigure,
    ComputedCellChanged,
    FigureWhereNoneBelongs,
    FormulaWithoutValue,
    NotATemplate,
    NotAWholeNumber,
    SheetOfNilReturn,
    SheetOfOtherMonth,
    SheetOfOtherRules,
    SheetOfOtherUnit,
    SheetTwice,
    SheetWithoutMark,
    TextInNumber,
    TextRefused,
    UnknownColumn,
    UnknownRow,
    WorkbookFault,
    WorkbookUnreadable,
)
from jindu_desk.queries.tallies import TallySheet
from jindu_desk.reports.tallies.workbook import COLUMNS, MARK, block_caption, cell_ref, figure_text
from jindu_desk.reports.tallies.workbook_guard import MOST_ROWS, BrokenCell, check_workbook

Raw: TypeAlias = int | float | str | bool | time | date | datetime | timedelta | BrokenCell
_WORDS: dict[str, Cell] = {
    "无此情况": NOT_APPLICABLE,
    "无": NOT_APPLICABLE,
    "不适用": NOT_APPLICABLE,
    "未掌握": UNKNOWN,
    "不掌握": UNKNOWN,
    "不详": UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A filled cell of the workbook: whose, which item, what, and where it stands (``sheet`` ``ref``)."""

    unit_id: str
    item: str
    cell: Cell
    sheet: str
    ref: str


@dataclass(frozen=True, slots=True)
class ReadNote:
    unit_id: str
    item: str
    note: str
    sheet: str
    ref: str


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """Blank cells are left out: an empty cell of the workbook changes nothing."""

    cells: tuple[ReadCell, ...]
    notes: tuple[ReadNote, ...]
    faults: tuple[WorkbookFault, ...]


def read_tally_workbook(content: bytes, found: TallySheet, catalogue: Catalogue, *, file: str) -> ReadWorkbook:
    """Read a workbook made by `template_xlsx` for the month of ``found``. ``file`` is its name, for sentences.

    Raises `WorkbookUnreadable` when it is no workbook, `CellOutsideTemplate` when something stands far from the form,
    `NotATemplate` when no sheet of it bears our mark. Whatever else is wrong is among the faults.
    """
    sheets = _sheets(content, file)
    if not any(_mark(rows) for _, rows in sheets):
        raise NotATemplate(file=file)
    reader = _Reader(found, catalogue)
    for name, rows in sheets:
        reader.read_sheet(name, rows)
    return ReadWorkbook(tuple(reader.cells), tuple(reader.notes), tuple(reader.faults))


def month_of_workbook(content: bytes, *, file: str) -> Month:
    """The month that a workbook made by `template_xlsx` is for. Raises as `read_tally_workbook` does."""
    for _, rows in _sheets(content, file):
        mark = _mark(rows)
        if mark is not None:
            return Month.parse(mark[0])
    raise NotATemplate(file=file)


def _sheets(content: bytes, file: str) -> list[tuple[str, list[list[Raw]]]]:
    from python_calamine import CalamineError, CalamineWorkbook

    checked = check_workbook(content, file=file)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(checked.content))
        sheets: list[tuple[str, list[list[Raw]]]] = [
            (
                name,
                [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)],
            )
            for name in book.sheet_names
        ]
    except (CalamineError, OSError, ValueError) as error:
        raise WorkbookUnreadable(file=file) from error
    for name, rows in sheets:
        for broken in checked.broken.get(name, ()):
            _put(rows, broken)
    return sheets


def _put(rows: list[list[Raw]], broken: BrokenCell) -> None:
    """The reader takes an error and a formula without a value for an empty cell; an empty cell would be passed over."""
    while len(rows) <= broken.row:
        rows.append([])
    row = rows[broken.row]
    row += [""] * (broken.column + 1 - len(row))
    row[broken.column] = broken


def _mark(rows: Sequence[Sequence[Raw]]) -> tuple[str, str, str] | None:
    """(month, catalogue version, unit id) of a sheet of ours."""
    text = rows[0][0] if rows and rows[0] else ""
    parts = text.split(";") if isinstance(text, str) else []
    return (parts[1], parts[2], parts[3]) if len(parts) == 4 and parts[0] == MARK else None


class _Reader:
    def __init__(self, found: TallySheet, catalogue: Catalogue) -> None:
        self._found, self._catalogue = found, catalogue
        self._seen: dict[str, str] = {}
        self.cells: list[ReadCell] = []
        self.notes: list[ReadNote] = []
        self.faults: list[WorkbookFault] = []

    def read_sheet(self, name: str, rows: Sequence[Sequence[Raw]]) -> None:
        mark = _mark(rows)
        if mark is None:
            if any(cell != "" for row in rows for cell in row):
                self.faults.append(SheetWithoutMark(sheet=name))
            return
        month, version, unit_id = mark
        if refusal := self._refusal(name, month, version, unit_id):
            self.faults.append(refusal)
            return
        self._seen[unit_id] = name
        taken = len(self.cells)
        columns = {COLUMNS.index(text): n for n, text in enumerate(rows[0]) if n and str(text) in COLUMNS[1:]}
        for n, row in enumerate(rows[1:], start=1):
            code = str(row[0]).strip()
            if code:
                self._read_row(_Row(name, unit_id, n, code, row, columns))
            elif n > 2 and not self._is_caption(row, columns):
                at = next(column for column, cell in enumerate(row) if cell != "")
                self.faults.append(UnknownRow(sheet=name, ref=cell_ref(n, at), text=str(row[at])[:20]))

        if unit_id in self._found.sheet.nil_returns:
            # A whole township's workbook holds such sheets too; only figures that differ contradict the nil return.
            here = self._found.sheet.cell
            if any(cell.cell != here(unit_id, cell.item) for cell in self.cells[taken:]):
                self.faults.append(SheetOfNilReturn(sheet=name))
            del self.cells[taken:]

    def _refusal(self, name: str, month: str, version: str, unit_id: str) -> WorkbookFault | None:
        here = str(self._found.month)
        known = {unit.id for unit in self._found.villages} | {self._found.township.id}
        if unit_id not in known:
            return SheetOfOtherUnit(sheet=name, township=self._found.township.name)
        if month != here:
            return SheetOfOtherMonth(sheet=name, found=month, month=here)
        if version != self._catalogue.version:
            return SheetOfOtherRules(sheet=name, found=version, version=self._catalogue.version)
        if unit_id in self._seen:
            return SheetTwice(sheet=name, other=self._seen[unit_id])
        return None

    def _read_row(self, row: _Row) -> None:
        level = Level.TOWNSHIP if row.unit_id == self._found.township.id else Level.VILLAGE
        items = self._catalogue.bases.get(row.code, ())
        if not items or items[0].level is not level:
            ref = cell_ref(row.number, 0)
            self.faults.append(UnknownRow(sheet=row.sheet, ref=ref, text=row.code[:20]))
            return
        filled = []
        for n, column in enumerate(row.figures()):
            raw = row.at(column)
            if raw == "" or column is None:
                continue
            ref = cell_ref(row.number, column)
            if n >= len(items):
                self.faults.append(FigureWhereNoneBelongs(sheet=row.sheet, ref=ref, name=items[0].name))
            elif self._read_figure(row, ref, items[n], raw):
                filled.append(items[n])
        self._read_note(row, filled or list(items))
        known = {0, *row.columns.values()}
        self._stray(row.sheet, row.number, row.cells, (n for n in range(len(row.cells)) if n not in known))

    def _read_figure(self, row: _Row, ref: str, item: Item, raw: Raw) -> bool:
        """Take the figure; whether it was one to take."""
        typed = item.typed or (item.opens and row.unit_id in self._found.sheet.openings)
        if item.derived and not typed:
            return False  # the spreadsheet's own sum; ours is computed from the parts
        try:
            cell = self._cell(row, ref, item, raw)
        except WorkbookFault as fault:
            self.faults.append(fault)
            return False
        if typed:
            self.cells.append(ReadCell(row.unit_id, item.code, cell, row.sheet, ref))
        elif cell != (right := self._found.sheet.cell(row.unit_id, item.code)):
            self.faults.append(
                ComputedCellChanged(
                    sheet=row.sheet, ref=ref, name=item.name, text=figure_text(cell), right=figure_text(right)
                )
            )
        return typed

    def _cell(self, row: _Row, ref: str, item: Item, raw: Raw) -> Cell:
        if isinstance(raw, BrokenCell):
            raise _fault_of(raw, row.sheet, ref, item.name)
        if isinstance(raw, bool) or not isinstance(raw, int | float | str):
            raise TextInNumber(sheet=row.sheet, ref=ref, text=str(raw)[:20], name=item.name)
        if isinstance(raw, str):
            text = unicodedata.normalize("NFKC", raw).strip()
            if text in _WORDS:
                return _WORDS[text]
            if not text:
                return BLANK
            # ² and ① become digits by NFKC, but nobody who writes them means a figure
            if not text.isascii() or not text.isdigit() or any(unicodedata.category(ch) == "No" for ch in raw):
                self._refuse_personal(row, ref, item, raw)
                raise TextInNumber(sheet=row.sheet, ref=ref, text=raw.strip()[:20], name=item.name)
            raw = int(text) if len(text) <= 12 else LARGEST + 1
        if raw != raw or raw < 0 or raw > LARGEST or raw != int(raw):  # noqa: PLR0124 - not a number
            text = f"{raw:g}" if raw == raw and abs(raw) < 1e12 else "?"  # noqa: PLR0124
            raise NotAWholeNumber(sheet=row.sheet, ref=ref, text=text, name=item.name)
        return int(raw)

    def _refuse_personal(self, row: _Row, ref: str, item: Item, text: str) -> None:
        try:
            clean_text(text, item.name, limit=100_000)
        except DeskError as error:
            raise TextRefused(sheet=row.sheet, ref=ref, reason=str(error)) from error

    def _read_note(self, row: _Row, items: Sequence[Item]) -> None:
        column = row.columns.get(COLUMNS.index("note"))
        raw = row.at(column)
        text = str(raw).strip()
        if not text or column is None:
            return
        ref = cell_ref(row.number, column)
        if isinstance(raw, BrokenCell):
            self.faults.append(_fault_of(raw, row.sheet, ref, row.caption))
            return
        try:
            note = clean_text(text, row.caption, limit=SHORT_TEXT)
        except DeskError as error:
            self.faults.append(TextRefused(sheet=row.sheet, ref=ref, reason=str(error)))
            return
        self.notes.append(ReadNote(row.unit_id, items[0].code, note, row.sheet, ref))

    def _is_caption(self, row: Sequence[Raw], columns: dict[int, int]) -> bool:
        """Whether a row without a code is one of ours: the name of a block with its captions, or empty."""
        named = columns.get(COLUMNS.index("code"), 1)
        captions = {block_caption(block) for block in self._catalogue.blocks}
        return (named < len(row) and row[named] in captions) or all(cell == "" for cell in row)

    def _stray(self, sheet: str, number: int, cells: Sequence[Raw], columns: Iterable[int]) -> None:
        for n in columns:
            if cells[n] != "":
                ref = cell_ref(number, n)
                text = f"{cells[n]:g}" if isinstance(cells[n], float) else str(cells[n])
                self.faults.append(UnknownColumn(sheet=sheet, ref=ref, text=text[:20]))


def _fault_of(broken: BrokenCell, sheet: str, ref: str, name: str) -> WorkbookFault:
    if broken.text == "=":
        return FormulaWithoutValue(sheet=sheet, ref=ref, name=name)
    return BrokenFigure(sheet=sheet, ref=ref, text=broken.text, name=name)


@dataclass(frozen=True, slots=True)
class _Row:
    sheet: str
    unit_id: str
    number: int
    code: str
    cells: Sequence[Raw]
    columns: dict[int, int]  # our column → where it stands in this file

    caption = "备注"

    def at(self, column: int | None) -> Raw:
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def figures(self) -> tuple[int | None, int | None]:
        return self.columns.get(COLUMNS.index("figure.1")), self.columns.get(COLUMNS.index("figure.2"))
