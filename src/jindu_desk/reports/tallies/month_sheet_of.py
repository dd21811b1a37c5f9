"""From the month's tally to its sheet with the exact figures, and to the rows that the protected one has too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from jindu_desk.domain.tallies.catalogue import Block, Item, Level
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.domain.tallies.sheet import filled_villages
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.tallies import TallySheet, sheet
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.protection_wording import EXACT, HIDDEN, LEGEND, PROTECTED
from jindu_desk.reports.tallies.month_sheet import NAME, ItemLine, MonthSheet, SheetBlock, month_sheet_printed
from jindu_desk.reports.tallies.month_workbook import month_xlsx
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import UNKNOWN as NOTHING_KNOWN
from jindu_desk.reports.wording import month_text

_SIGNS: Final[dict[Cell, str]] = {NOT_APPLICABLE: "／", UNKNOWN: "？", BLANK: NOTHING_KNOWN}
_KINDS: Final = {"J": "社戒", "K": "社康"}
_KEY: Final = (
    f"“／”无此情况，“？”未掌握，“{NOTHING_KNOWN}”没有填。“合计”只加已填的数。黑体字的项目由上月结转或由其他项目算出。"
)


def printed(occasion: Occasion) -> PrintedPaper:
    """The month with exact figures; raises `NothingToPrint`."""
    return month_sheet_printed(month_sheet(filled_month(occasion), occasion.wording.signatures), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    found = filled_month(occasion)
    return month_xlsx(found, found.rules.catalogue, signatures=occasion.wording.signatures)


@once_per_occasion
def filled_month(occasion: Occasion) -> TallySheet:
    """The month's tally; raises `NothingToPrint` where nothing was filled."""
    found = sheet(occasion.store, occasion.own.unit.id, occasion.month)
    if not found.sheet.cells and not found.sheet.nil_returns:
        raise NothingToPrint(paper=NAME, why=f"{month_text(occasion.month)}还没有填台账。请先在“台账”页填写。")
    return found


def month_sheet(found: TallySheet, signatures: tuple[str, ...], protection: Protection | None = None) -> MonthSheet:
    """With ``protection`` what it hides is not on the paper, nor which villages had nothing at all to report."""
    hides = protection or Protection()
    month = str(found.month)
    asked = ((block, found.rules.catalogue.asked(block, month)) for block in found.rules.catalogue.blocks)
    return MonthSheet(
        found.township.name,
        month_text(found.month),
        EXACT if protection is None else PROTECTED,
        tuple(_block(found, block, items, hides) for block, items in asked if items),
        (_state(found), *(_villages_told(found) if protection is None else ())),
        (_KEY,) if protection is None else (_KEY, LEGEND),
        signatures,
    )


def _block(found: TallySheet, block: Block, items: Iterable[Item], hides: Protection) -> SheetBlock:
    own = block.level is Level.TOWNSHIP
    units = (found.township,) if own else found.villages
    lines = []
    for item in items:
        cells = [found.sheet.cell(unit.id, item.code) for unit in units]
        lines.append(
            ItemLine(
                item.base,
                item.name + (f"（{_KINDS.get(item.kind, item.kind)}）" if item.kind else ""),
                item.unit,
                tuple(
                    HIDDEN if hides.hides(unit.id, item.code) else figure_sign(cell)
                    for unit, cell in zip(units, cells, strict=True)
                ),
                HIDDEN if not own and hides.hides_total([item.code]) else total_sign(cells),
                computed=not item.typed,
            )
        )
    return SheetBlock(f"{block.code}　{block.name}", tuple(unit.name for unit in units), tuple(lines))


def figure_sign(cell: Cell) -> str:
    """The number, or the sign of what it is instead."""
    return str(cell) if isinstance(cell, int) else _SIGNS[cell]


def total_sign(cells: Iterable[Cell]) -> str:
    """The sum of what is known; 无此情况 where that is said of all."""
    listed = list(cells)
    known = [cell for cell in listed if isinstance(cell, int)]
    if known:
        return str(sum(known))
    return figure_sign(NOT_APPLICABLE if listed and set(listed) == {NOT_APPLICABLE} else BLANK)


def _state(found: TallySheet) -> str:
    return "本月尚未上报，数字还可能改动。" if found.locked_by is None else f"本月已上报，包号 {found.locked_by}。"


def _villages_told(found: TallySheet) -> Iterator[str]:
    filled = set(filled_villages(found.rules.catalogue, found.sheet))
    nil = [unit.name for unit in found.villages if unit.id in found.sheet.nil_returns]
    lacking = [unit.name for unit in found.villages if unit.id not in filled]
    if nil:
        yield f"零报告：{'、'.join(nil)}。"
    if lacking:
        yield f"还没有填完：{'、'.join(lacking)}。"
