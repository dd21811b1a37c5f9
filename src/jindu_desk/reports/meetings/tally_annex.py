"""The month's protected tally behind the minutes: a table a block, villages down, items across, sums below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from jindu_desk.domain.meeting_drafts import TallyColumn, TallyTable
from jindu_desk.domain.tallies.catalogue import Block, Item, Level
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.queries.tallies import TallySheet
from jindu_desk.reports.protection_wording import HIDDEN
from jindu_desk.reports.tallies.workbook import WORDS
from jindu_desk.reports.typesetting.annex import AnnexTable, TableColumn
from jindu_desk.reports.wording import UNKNOWN

_KINDS: Final = {"J": "社戒", "K": "社康"}
_NOTHING: Final = frozenset({"", "0", *WORDS.values()})
LEFT_OUT: Final = "各村（社区）都没有发生的项目未列出。"


def tally_tables(found: TallySheet, protection: Protection) -> tuple[TallyTable, ...]:
    """What happened in the villages, by block, as a paper that leaves the office may show it.

    Items that are nowhere more than 0 are left out, but for what is hidden.
    """
    catalogue = found.rules.catalogue
    tables = []
    for block in catalogue.blocks:
        asked = catalogue.asked(block, str(found.month)) if block.level is Level.VILLAGE else ()
        told = {item.base for item in asked if _tells(found, item, protection)}
        if items := [item for item in asked if item.base in told]:
            tables.append(_table(found, block, items, protection))
    return tuple(tables)


def _tells(found: TallySheet, item: Item, protection: Protection) -> bool:
    said = (_cell(found, village.id, item, protection) for village in found.villages)
    return any(text not in _NOTHING for text in said)


def printed_tables(tables: Iterable[TallyTable]) -> tuple[AnnexTable, ...]:
    """The tables as they stand on the paper."""
    return tuple(
        AnnexTable(
            tuple(
                TableColumn(column.title, column.group, "right" if number else "left")
                for number, column in enumerate(table.columns)
            ),
            table.rows,
            table.caption,
        )
        for table in tables
    )


def _table(found: TallySheet, block: Block, items: Sequence[Item], protection: Protection) -> TallyTable:
    columns = [TallyColumn(title="村（社区）")]
    for item in items:
        name = f"{item.name}（{item.unit}）"
        kind = _KINDS.get(item.kind, item.kind)
        columns.append(TallyColumn(title=kind, group=name) if kind else TallyColumn(title=name))
    rows = [
        (village.name, *(_cell(found, village.id, item, protection) for item in items)) for village in found.villages
    ]
    if len(rows) > 1:
        rows.append(("合计", *_sums(found, items, protection)))
    return TallyTable(caption=block.name, columns=tuple(columns), rows=tuple(rows))


def _cell(found: TallySheet, unit_id: str, item: Item, protection: Protection) -> str:
    return HIDDEN if protection.hides(unit_id, item.code) else _said(found.sheet.cell(unit_id, item.code))


def _said(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    return "" if cell is BLANK else WORDS[cell]


def _sums(found: TallySheet, items: Sequence[Item], protection: Protection) -> Iterator[str]:
    for item in items:
        known = [cell for unit in found.villages if isinstance(cell := found.sheet.cell(unit.id, item.code), int)]
        if protection.hides_total([item.code]):
            yield HIDDEN
        else:
            yield str(sum(known)) if known else UNKNOWN
