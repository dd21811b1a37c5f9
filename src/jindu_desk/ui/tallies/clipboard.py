"""Blocks of cells to and from a spreadsheet, as tab-separated text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jindu_desk.domain.tallies.catalogue import Item
from jindu_desk.domain.tallies.cells import BLANK, LARGEST, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.ui.tallies.model import item_text
from jindu_desk.ui.tallies.state import SheetState, cell_text

_WORDS: Mapping[str, Cell] = {
    "": BLANK,
    "—": BLANK,
    "-": BLANK,
    "无": NOT_APPLICABLE,
    "无此情况": NOT_APPLICABLE,
    "未掌握": UNKNOWN,
    "不详": UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What pasting would do: ``edits`` that can be made, ``faults`` as sentences, ``passed_over`` grey cells;
    ``replaced``: the cells that hold something else now, ``beyond``: those in blocks after the one in view."""

    edits: Mapping[Place, Cell]
    faults: tuple[str, ...]
    passed_over: int
    replaced: tuple[Place, ...] = ()
    beyond: tuple[Place, ...] = ()

    @property
    def surprises(self) -> bool:
        """Whether a person should see it before it is done."""
        return bool(self.faults or self.replaced or self.beyond)


def read_cell(text: str) -> Cell | None:
    """A cell as people write it; None when it is no figure."""
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    if plain in _WORDS:
        return _WORDS[plain]
    if plain.endswith(".0"):
        plain = plain[:-2]
    if plain.isascii() and plain.isdigit() and len(plain) <= 12 and int(plain) <= LARGEST:
        return int(plain)
    return None


def read_block(
    text: str, state: SheetState, units: Sequence[str], items: Sequence[Item], *, row: int, column: int
) -> Pasted:
    """``text`` laid over the sheet from (row, column) on; a blank in it leaves the cell as it is. ``items`` may be
    those of several blocks, one after the other."""
    edits: dict[Place, Cell] = {}
    faults: list[str] = []
    passed_over = 0
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    if row + len(lines) > len(units):
        faults.append(f"多出 {row + len(lines) - len(units)} 行，没有对应的村（社区）。")
    for n, line in enumerate(lines[: len(units) - row], start=row):
        fields = line.split("\t")
        if column + len(fields) > len(items):
            faults.append(f"{state.name_of(units[n])}：多出 {column + len(fields) - len(items)} 列，没有对应的项目。")
        for m, field in enumerate(fields[: len(items) - column], start=column):
            unit_id, item = units[n], items[m]
            where = f"{state.name_of(unit_id)}“{item_text(state, item)}”"
            cell = read_cell(field)
            if cell is None:
                faults.append(f"{where}：“{field.strip()[:20]}”不是数字。")
            elif cell is BLANK:
                continue
            elif not state.takes(unit_id, item):
                passed_over += 1
            elif refusal := state.why_not(unit_id, item):
                faults.append(f"{where}：{refusal}")
            else:
                edits[unit_id, item.code] = cell
    here = items[0].block
    return Pasted(
        edits,
        tuple(faults),
        passed_over,
        tuple(place for place, cell in edits.items() if state.cell(*place) not in (BLANK, cell)),
        tuple((unit, code) for unit, code in edits if state.catalogue.item(code).block != here),
    )


def same_text(text: str, rows: int, columns: int) -> str:
    """One cell's text for every cell of a block, as spreadsheets paste one cell over a selection."""
    one = text.strip("\r\n")
    return text if "\t" in one or "\n" in one else "\n".join(["\t".join([one] * columns)] * rows)


def block_text(state: SheetState, units: Sequence[str], items: Sequence[Item]) -> str:
    """The cells as a spreadsheet takes them."""
    return "\n".join("\t".join(cell_text(state.cell(unit, item.code)) for item in items) for unit in units)
