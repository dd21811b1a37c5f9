"""月报表: a township's month with villages across and items down, to be signed; exact for the file, or protected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SMALL, Align, Cell, Para, label
from jindu_desk.reports.typesetting.forms import LANDSCAPE, LANDSCAPE_A3, Column, Form, Layout, Row, dated
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import CONTINUED

NAME: Final = "月报表"
_TITLE: Final = "禁毒工作台账月报表"
_CODE, _ITEM, _UNIT, _SUM = 14.0, 38.0, 12.0, 16.0  # mm, the columns beside the villages
_ON_A4: Final = 10  # villages that a landscape A4 page holds with figures that are easy to read
_ON_A3: Final = 22
_ROW: Final = 5.8 * MM


@dataclass(frozen=True, slots=True)
class ItemLine:
    """An item with its figures as printed, one a column. ``computed``: carried or derived, nobody typed it."""

    code: str
    name: str
    unit: str
    figures: tuple[str, ...]
    total: str
    computed: bool = False


@dataclass(frozen=True, slots=True)
class SheetBlock:
    """Items that belong together; ``columns`` are the units whose figures its lines have. One column has no sum."""

    title: str
    columns: tuple[str, ...]
    lines: tuple[ItemLine, ...]


@dataclass(frozen=True, slots=True)
class MonthSheet:
    """``kept``: whether it may leave, in words; ``notes`` stand below the heading, ``legend`` below the tables."""

    unit: str
    month: str
    kept: str
    blocks: tuple[SheetBlock, ...]
    notes: tuple[str, ...] = ()
    legend: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()


def month_sheet_printed(sheet: MonthSheet, fonts: FontSet) -> PrintedPaper:
    """The sheet as PDF on the paper that its villages need. Same rows and fonts, same bytes; no content makes it
    fail."""
    under = "　".join(filter(None, map(one_line, (sheet.unit, sheet.month, sheet.kept))))
    form = Form(fonts, _TITLE, under, layout=layout_for(max((len(block.columns) for block in sheet.blocks), default=0)))
    form.text(*filter(None, map(one_line, sheet.notes)), size=SMALL)
    for block in sheet.blocks:
        for number, (first, last) in enumerate(_groups(len(block.columns))):
            _write_block(form, block, first, last, goes_on=number > 0)
    form.gap(1.5)
    form.text(*sheet.legend, size=SMALL)
    form.gap(2)
    form.grid((_signatures(sheet.signatures),), whole=True)
    return form.printed(author=one_line(sheet.unit), subject=under)


def layout_for(villages: int) -> Layout:
    """A4 as long as each village has room enough for its figures, else A3."""
    return LANDSCAPE if villages <= _ON_A4 else LANDSCAPE_A3


def _groups(columns: int) -> Iterator[tuple[int, int]]:
    """First and last column of each part of a table that is too wide for one page; parts are of one width."""
    parts = max(1, -(-columns // _ON_A3))
    size = -(-columns // parts)
    for first in range(0, max(columns, 1), max(size, 1)):
        yield first, min(first + size, columns)


def _write_block(form: Form, block: SheetBlock, first: int, last: int, *, goes_on: bool) -> None:
    """Items are named again beside the columns that go on; the sum over all columns stands there too."""
    several = len(block.columns) > 1
    columns = [Column("编号", _CODE), Column("项目", _ITEM), Column("单位", _UNIT, "centre")]
    columns += [Column("合计", _SUM, "right")] if several else []
    wide = 0.0 if last == first else max(12.0, _rest(form, columns) / (last - first)) if several else 40.0
    columns += [Column(name, wide, "right", SMALL) for name in block.columns[first:last]]
    if not several:  # few columns keep their width
        columns.append(Column("备注", max(10.0, _rest(form, columns))))
    rows = [_row(line, line.figures[first:last], several=several) for line in block.lines]
    form.table(columns, rows, part=block.title + CONTINUED * goes_on, goes_on=goes_on, least=_ROW)


def _rest(form: Form, columns: Sequence[Column]) -> float:
    return form.layout.width / MM - sum(column.width for column in columns)


def _row(line: ItemLine, figures: Sequence[str], *, several: bool) -> list[Cell]:
    role = Role.HEI if line.computed else Role.BODY
    told: list[tuple[str, Align]] = [(line.code, "left"), (line.name, "left"), (line.unit, "centre")]
    told += [(line.total, "right")] if several else []
    told += [(figure, "right") for figure in figures]
    if not several:
        told.append(("", "left"))
    return [Cell((Para(text, role, SMALL),), align) for text, align in told]


def _signatures(names: Sequence[str]) -> Row:
    """A label and room for a pen for each who signs, the day last."""
    cells: list[Cell] = []
    widths: list[float] = []
    for name in names:
        cells += [label(name), Cell()]
        widths += [22.0, 40.0]
    day, pen = dated("填报日期")
    return Row((*cells, label(day), pen), (*widths, 22.0, 45.0), 10 * MM)
