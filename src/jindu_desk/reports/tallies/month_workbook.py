"""The month's tally as a workbook, one sheet per block: exact for the own file, protected where it leaves."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jindu_desk.domain.tallies.catalogue import Block, Catalogue, Item, Level
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.queries.tallies import TallySheet
from jindu_desk.reports.paper_wording import SIGNATURES
from jindu_desk.reports.protection_wording import EXACT, HIDDEN, LEGEND, PROTECTED
from jindu_desk.reports.tallies.workbook import WORDS

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEAD, _KINDS, _FIRST = 2, 3, 4


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Format
    note: Format
    head: Format
    name: Format
    figure: Format
    word: Format
    total: Format


def month_xlsx(
    found: TallySheet,
    catalogue: Catalogue,
    protection: Protection | None = None,
    signatures: Sequence[str] = SIGNATURES,
) -> bytes:
    """The .xlsx of a month: villages down, items across, sums below. Same rows, same bytes.

    With ``protection`` what it hides is not in the file. ``signatures``: who signs a printed page.
    """
    from xlsxwriter.workbook import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        month = found.month
        title = f"{found.township.name}{month.year}年{month.number}月禁毒工作台账"
        book.set_properties({"title": title, "created": datetime(month.year, month.number, 1)})  # noqa: DTZ001
        looks = _looks(book)
        if protection is not None:
            title += f"（{PROTECTED}）"
        signed = "".join(f"{name}：　　　　" for name in signatures).replace("&", "&&")
        foot = f"&L{EXACT if protection is None else PROTECTED}&C第 &P 页，共 &N 页&R{signed}"
        for block in catalogue.blocks:
            items = catalogue.asked(block, str(month))
            if items:
                page = book.add_worksheet(f"{block.code} {block.name}"[:31])
                _write_block(page, looks, found, block, items, f"{title}（{block.name}）", protection)
                page.set_footer(foot)
    return stream.getvalue()


def _looks(book: Workbook) -> _Looks:
    line = {"border": 1, "border_color": "#C4CAD1", "valign": "vcenter", "font_size": 10.5}
    head = {**line, "bold": True, "bg_color": "#E6EDF5", "align": "center", "text_wrap": True}
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 15, "align": "left", "valign": "vcenter"}),
        note=book.add_format({"font_size": 9.5, "font_color": "#5B6570"}),
        head=book.add_format(head),
        name=book.add_format(line),
        figure=book.add_format({**line, "align": "right", "num_format": "0"}),
        word=book.add_format({**line, "align": "right", "font_color": "#5B6570"}),
        total=book.add_format({**line, "align": "right", "bold": True, "num_format": "0", "bg_color": "#F0F2F4"}),
    )


def _write_block(
    page: Worksheet,
    looks: _Looks,
    found: TallySheet,
    block: Block,
    items: Sequence[Item],
    title: str,
    protection: Protection | None,
) -> None:
    hides = protection or Protection()
    note = EXACT if protection is None else LEGEND
    units = found.villages if block.level is Level.VILLAGE else (found.township,)
    page.set_row(0, 28)
    page.write_string(0, 0, title, looks.title)
    page.write_string(1, 0, note, looks.note)
    page.set_column(0, 0, 20)
    page.set_column(1, len(items), 8 if items[0].kind else 12)
    page.set_row(_HEAD, 44)
    page.merge_range(_HEAD, 0, _KINDS, 0, "村（社区）" if block.level is Level.VILLAGE else "单位", looks.head)
    _write_heads(page, looks, items)
    for row, unit in enumerate(units, start=_FIRST):
        page.write_string(row, 0, unit.name, looks.name)
        for column, item in enumerate(items, start=1):
            if hides.hides(unit.id, item.code):
                page.write_string(row, column, HIDDEN, looks.word)
            else:
                _write_cell(page, looks, row, column, found.sheet.cell(unit.id, item.code))
    if len(units) > 1:
        _write_sums(page, looks, found, items, _FIRST + len(units), hides)
    page.freeze_panes(_FIRST, 1)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD, _KINDS)


def _write_heads(page: Worksheet, looks: _Looks, items: Sequence[Item]) -> None:
    """An item over its kinds, the kinds below."""
    for column, item in enumerate(items, start=1):
        text = f"{item.base} {item.name}（{item.unit}）"
        beside = [other for other in items if other.base == item.base]
        if not item.kind:
            page.merge_range(_HEAD, column, _KINDS, column, text, looks.head)
            continue
        if item is beside[0]:
            page.merge_range(_HEAD, column, _HEAD, column + len(beside) - 1, text, looks.head)
        page.write_string(_KINDS, column, {"J": "社戒", "K": "社康"}.get(item.kind, item.kind), looks.head)


def _write_cell(page: Worksheet, looks: _Looks, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, int):
        page.write_number(row, column, cell, looks.figure)
    elif cell is BLANK:
        page.write_blank(row, column, None, looks.figure)
    else:
        page.write_string(row, column, WORDS[cell], looks.word)


def _write_sums(
    page: Worksheet, looks: _Looks, found: TallySheet, items: Sequence[Item], row: int, hides: Protection
) -> None:
    page.write_string(row, 0, "合计", looks.head)
    for column, item in enumerate(items, start=1):
        cells = (found.sheet.cell(unit.id, item.code) for unit in found.villages)
        known = [cell for cell in cells if isinstance(cell, int)]
        if hides.hides_total([item.code]):
            page.write_string(row, column, HIDDEN, looks.total)
        elif known:
            page.write_number(row, column, sum(known), looks.total)
        else:
            page.write_string(row, column, "—", looks.total)
