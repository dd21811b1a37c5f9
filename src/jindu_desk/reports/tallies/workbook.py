"""The fill-in workbook for villages: one sheet per village, on paper two pages of A4.

Items stand below each other, community detox and rehabilitation beside each other. The hidden first row and first
column say to the program what is what; `read_tally_workbook` reads them back.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from jindu_desk.domain.tallies.catalogue import Block, Catalogue, Item, Level
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.formulas import Term
from jindu_desk.queries.tallies import TallySheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

MARK = "jindu-desk-tally/1"
WORDS: dict[Cell, str] = {NOT_APPLICABLE: "无此情况", UNKNOWN: "未掌握"}
COLUMNS = ("", "code", "name", "unit", "figure.1", "figure.2", "previous.1", "previous.2", "note")
FIRST_FIGURE, FIRST_PREVIOUS, NOTE = 4, 6, 8
_HOW_TO = (
    "白格填数字：没有发生填 0；不存在的填“无此情况”；不掌握的填“未掌握”。灰格自动结转或计算，不用填。"
    "只填人数次数，不要写姓名、证件号和电话。"
)
_WIDTHS = (2, 7, 26, 6, 10, 10, 10, 10, 24)
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class _Looks:
    title: Format
    how_to: Format
    block: Format
    caption: Format
    label: Format
    part: Format
    small: Format
    open: Format
    grey: Format
    note: Format
    machine: Format


def template_xlsx(found: TallySheet, catalogue: Catalogue, units: Collection[str] | None = None) -> bytes:
    """The workbook of a month, with what is filled already. ``units``: whose sheets; None is all villages and the
    township's own row."""
    from xlsxwriter.workbook import Workbook

    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties(
            {
                "title": f"{found.township.name}{_month_text(found)}禁毒工作台账填报表",
                "created": datetime(found.month.year, found.month.number, 1),  # noqa: DTZ001 - same rows, same bytes
            }
        )
        looks = _looks(book)
        taken: set[str] = set()
        for unit in (*found.villages, found.township):
            if units is None or unit.id in units:
                name = unit.name if unit.id != found.township.id else f"{unit.name}队伍"
                page = book.add_worksheet(_sheet_name(name, taken))
                _VillagePage(page, looks, found, catalogue, unit.id).write(unit.name)
    return stream.getvalue()


def figure_text(cell: Cell) -> str:
    """A cell in words: the number, 无此情况, 未掌握, or — for a blank."""
    return str(cell) if isinstance(cell, int) else WORDS.get(cell, "—")


def block_caption(block: Block) -> str:
    return f"{block.code}　{block.name}"


def cell_ref(row: int, column: int) -> str:
    """``(4, 4)`` → ``E5``, ``(4, 26)`` → ``AA5``."""
    letters = ""
    while column >= 0:
        column, letter = divmod(column, 26)
        letters = chr(ord("A") + letter) + letters
        column -= 1
    return f"{letters}{row + 1}"


def _month_text(found: TallySheet) -> str:
    return f"{found.month.year}年{found.month.number}月"


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that spreadsheets allow: 31 characters, none twice."""
    plain = _FORBIDDEN_IN_NAME.sub("", name)[:28] or "村"
    made, number = plain, 1
    while made in taken:
        number += 1
        made = f"{plain}{number}"
    taken.add(made)
    return made


def _looks(book: Workbook) -> _Looks:
    line = {"border": 1, "border_color": "#C4CAD1", "valign": "vcenter", "font_size": 10.5}
    figure = {**line, "align": "right", "num_format": "0"}
    return _Looks(
        title=book.add_format({"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"}),
        how_to=book.add_format({"font_size": 9.5, "text_wrap": True, "font_color": "#5B6570", "valign": "vcenter"}),
        block=book.add_format({**line, "bold": True, "bg_color": "#E6EDF5"}),
        caption=book.add_format({**line, "bold": True, "bg_color": "#E6EDF5", "align": "center"}),
        label=book.add_format(line),
        part=book.add_format({**line, "indent": 1}),
        small=book.add_format({**line, "font_color": "#5B6570"}),
        open=book.add_format({**figure, "locked": False}),
        grey=book.add_format({**figure, "bg_color": "#F0F2F4", "font_color": "#5B6570"}),
        note=book.add_format({**line, "locked": False, "text_wrap": True}),
        machine=book.add_format({"font_size": 8, "font_color": "#9AA4AF"}),
    )


class _VillagePage:
    """One unit's sheet while it is written."""

    def __init__(self, page: Worksheet, looks: _Looks, found: TallySheet, catalogue: Catalogue, unit_id: str) -> None:
        self._page, self._looks, self._found, self._catalogue = page, looks, found, catalogue
        self._unit_id = unit_id
        self._level = Level.TOWNSHIP if unit_id == found.township.id else Level.VILLAGE
        self._opening = unit_id in found.sheet.openings
        self._blocks = tuple(block for block in catalogue.blocks if block.level is self._level)
        self._refs: dict[str, str] = {}  # item code → cell of its figure

    def write(self, name: str) -> None:
        self._dress()
        month = str(self._found.month)
        machine = (f"{MARK};{month};{self._catalogue.version};{self._unit_id}", *COLUMNS[1:])
        for column, text in enumerate(machine):
            self._page.write_string(0, column, text, self._looks.machine)
        title = f"{name}　{_month_text(self._found)}禁毒工作台账填报表"
        self._page.merge_range(1, 1, 1, NOTE, title, self._looks.title)
        self._page.merge_range(2, 1, 2, NOTE, _HOW_TO, self._looks.how_to)
        rows = list(self._layout())
        for row, _block, items in rows:
            for column, item in self._figures(items):
                self._refs[item.code] = cell_ref(row, column)
        for row, block, items in rows:
            if items:
                self._write_row(row, items)
            else:
                self._write_block(row, block)

    def _layout(self) -> list[tuple[int, Block, tuple[Item, ...]]]:
        """(row, block, items side by side); no items for the row that names the block."""
        rows: list[tuple[int, Block, tuple[Item, ...]]] = []
        row = 3
        for block in self._blocks:
            asked = self._catalogue.asked(block, str(self._found.month))
            rows.append((row, block, ()))
            for base in dict.fromkeys(item.base for item in asked):
                row += 1
                rows.append((row, block, self._catalogue.bases[base]))
            row += 1
        return rows

    def _figures(self, items: tuple[Item, ...]) -> list[tuple[int, Item]]:
        return [(FIRST_FIGURE + n, item) for n, item in enumerate(items)]

    def _dress(self) -> None:
        page = self._page
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        page.set_column(0, 0, 2, None, {"hidden": True})
        page.set_row(0, None, None, {"hidden": True})
        page.set_row(1, 30)
        page.set_row(2, 30)
        page.freeze_panes(3, 3)
        page.set_paper(9)
        page.set_margins(left=0.5, right=0.4, top=0.6, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.repeat_rows(1, 2)
        page.set_footer("&C第 &P 页，共 &N 页&R填表人：　　　　　　审核人：　　　　　　")
        page.hide_gridlines(2)
        page.protect("", {"select_locked_cells": True, "format_columns": True, "format_rows": True})

    def _write_block(self, row: int, block: Block) -> None:
        page, looks = self._page, self._looks
        page.set_row(row, 20)
        page.merge_range(row, 1, row, 3, block_caption(block), looks.block)
        kinds = [*self._catalogue.kinds.values()] if block.items[0].kind else []
        captions = (kinds or ["数量", ""]) + ([f"上月{kind[-2:]}" for kind in kinds] or ["上月", ""]) + ["备注"]
        for column, text in enumerate(captions, start=FIRST_FIGURE):
            page.write_string(row, column, text, looks.caption)

    def _write_row(self, row: int, items: tuple[Item, ...]) -> None:
        page, looks = self._page, self._looks
        first = items[0]
        page.set_row(row, 18)
        page.write_string(row, 0, first.base, looks.machine)
        page.write_string(row, 1, first.base, looks.small)
        page.write_string(row, 2, first.name, looks.part if first.part_of else looks.label)
        page.write_string(row, 3, first.unit, looks.small)
        for column in range(FIRST_FIGURE, NOTE):
            page.write_blank(row, column, None, looks.grey)
        notes = []
        for column, item in self._figures(items):
            self._write_figure(row, column, item)
            last = self._found.sheet.last_month(self._unit_id, item.code)
            self._write_cell(row, column + FIRST_PREVIOUS - FIRST_FIGURE, last, looks.grey)
            notes.append(self._found.sheet.notes.get((self._unit_id, item.code), ""))
        page.write_string(row, NOTE, next((note for note in notes if note), ""), looks.note)

    def _write_figure(self, row: int, column: int, item: Item) -> None:
        page, looks = self._page, self._looks
        cell = self._found.sheet.cell(self._unit_id, item.code)
        if item.typed or (item.opens and self._opening):
            self._write_cell(row, column, cell, looks.open)
            ref = cell_ref(row, column)
            words = "".join(f',{ref}="{word}"' for word in WORDS.values())
            page.data_validation(
                row,
                column,
                row,
                column,
                {
                    "validate": "custom",
                    "value": f"=OR(AND(ISNUMBER({ref}),{ref}>=0,{ref}=INT({ref})){words})",
                    "error_title": "不能这样填",
                    "error_message": "只能填 0 或正整数，或“无此情况”“未掌握”。",
                },
            )
        elif item.carried:
            self._write_cell(row, column, cell, looks.grey)
        else:
            shown = cell if isinstance(cell, int) else 0
            page.write_formula(row, column, self._formula(item), looks.grey, shown)

    def _write_cell(self, row: int, column: int, cell: Cell, look: Format) -> None:
        if isinstance(cell, int):
            self._page.write_number(row, column, cell, look)
        elif cell is BLANK:
            self._page.write_blank(row, column, None, look)
        else:
            self._page.write_string(row, column, WORDS[cell], look)

    def _formula(self, item: Item) -> str:
        """The derived figure as the spreadsheet computes it; N() makes words count as nothing."""
        return "=" + "".join(f"{'-' if term.sign < 0 else '+'}{self._operand(term)}" for term in item.derived)

    def _operand(self, term: Term) -> str:
        if term.previous:
            last = self._found.sheet.last_month(self._unit_id, term.item)
            return str(last) if isinstance(last, int) else "0"
        return f"N({self._refs[term.item]})" if term.item in self._refs else "0"
