"""From the totals to the rows of 汇总表: exact for the own file, protected where it leaves the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from jindu_desk.domain.rounding import percent_text
from jindu_desk.domain.tallies.catalogue import Item
from jindu_desk.domain.tallies.rates import Rate, Ratio
from jindu_desk.domain.units import Tier
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.exchange.given_reasons import given_reasons
from jindu_desk.queries.protection import Hiding
from jindu_desk.queries.totals import Arrival, Totals, UnitTotals, all_cells, totals
from jindu_desk.queries.units import units_below
from jindu_desk.reports.arrival_wording import arrival_text
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.protection_wording import HIDDEN, LEGEND, PROTECTED
from jindu_desk.reports.totals.totals_paper import TotalsColumn, TotalsLine, TotalsPaper, totals_printed
from jindu_desk.reports.totals.totals_workbook import totals_xlsx
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import UNKNOWN, month_text

NAME: Final = "禁毒工作汇总表"
INSIDE: Final = "内部留存，不外传：含各单位准确数字。"
_KINDS: Final = {"J": "社戒", "K": "社康"}


def printed(occasion: Occasion) -> PrintedPaper:
    return totals_printed(totals_paper(totals_at_hand(occasion), occasion.wording.signatures), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return totals_workbook(occasion, None)


@once_per_occasion
def month_totals(occasion: Occasion) -> Totals:
    return totals(occasion.store, occasion.own.unit.id, occasion.month)


def totals_at_hand(occasion: Occasion, paper: str = "汇总表") -> Totals:
    """Raises `NothingToPrint` where no unit's month is in it."""
    found = month_totals(occasion)
    if not any(row.arrival is Arrival.COUNTED for row in found.units):
        month = month_text(occasion.month)
        raise NothingToPrint(paper=paper, why=f"{month}没有计入任何单位的上报包。请先在“接收”里读入。")
    return found


def totals_workbook(occasion: Occasion, hiding: Hiding | None) -> bytes:
    """The workbook of 汇总, with ``hiding`` as it may leave the office."""
    store, month, found = occasion.store, occasion.month, totals_at_hand(occasion)
    names = {found.owner.id: found.owner.name, **{row.unit.id: row.unit.name for row in found.units}}
    below = [row.unit.id for row in found.units]
    while below:  # a city's districts have townships, and these have villages
        units = units_below(store, below.pop(), month)
        names |= {unit.id: unit.name for unit in units}
        below += [unit.id for unit in units if unit.tier is not Tier.VILLAGE]
    reasons = given_reasons(store, found.owner.id, month) if hiding is None else ()
    return totals_xlsx(found, all_cells(store, found.owner, month), names, hiding, reasons)


def totals_paper(found: Totals, signatures: tuple[str, ...], hiding: Hiding | None = None) -> TotalsPaper:
    """``hiding``: what the paper does not show; None for the exact one."""
    items = [item for block in found.rules.catalogue.blocks for item in block.items if item.asked_in(str(found.month))]
    blocks = {block.code: block.name for block in found.rules.catalogue.blocks}
    rates = found.rules.rates.rates
    lines = [
        TotalsLine(
            "合计" if row is found.total else row.unit.name,
            tuple(_figure(row, item, hiding) for item in items),
            tuple(_ratio(found, row, rate, hiding) for rate in rates),
            sums=row is found.total,
        )
        for row in (*found.units, found.total)
    ]
    return TotalsPaper(
        desk=found.owner.name,
        month=month_text(found.month),
        name=NAME if hiding is None else f"{NAME}（{PROTECTED}）",
        notes=(arrived_text(found), INSIDE if hiding is None else LEGEND),
        columns=tuple(
            TotalsColumn(
                f"{item.block} {blocks[item.block]}", _title(item, found.rules.catalogue.kinds), _beside(items, place)
            )
            for place, item in enumerate(items)
        ),
        lines=tuple(lines),
        rates=tuple(rate.name for rate in rates),
        below=_below(found, hiding),
        signatures=signatures,
    )


def _below(found: Totals, hiding: Hiding | None) -> tuple[TotalsLine, ...]:
    """Below the month's rates: the year so far, and what is demanded."""
    rates, total = found.rules.rates.rates, found.total
    to_date = tuple(
        HIDDEN
        if hiding is not None and hiding.ratio(total.unit, rate, total.ratios_to_date[rate.code], to_date=True)
        else ratio_text(total.ratios_to_date[rate.code])
        for rate in rates
    )
    wanted = tuple(percent_text(found.targets.get(rate.code), 10_000) for rate in rates)
    return (TotalsLine("本年累计", (), to_date, sums=True), TotalsLine("目标", (), wanted))


def ratio_text(ratio: Ratio) -> str:
    """The rate with what it is made of below it."""
    return f"{ratio.text}\n{ratio.numerator:,}/{ratio.denominator:,}"


def _figure(row: UnitTotals, item: Item, hiding: Hiding | None) -> str:
    if hiding is not None and hiding.figure(row.unit, item.code):
        return HIDDEN
    figure = row.month.get(item.code)
    return UNKNOWN if figure is None else f"{figure:,}"


def _ratio(found: Totals, row: UnitTotals, rate: Rate, hiding: Hiding | None) -> str:
    ratio = row.ratios[rate.code]
    if row is not found.total and row.arrival is not Arrival.COUNTED:
        return UNKNOWN  # nothing is known, which is not 0/0
    if hiding is not None and hiding.ratio(row.unit, rate, ratio):
        return HIDDEN
    return ratio_text(ratio)


def arrived_text(found: Totals) -> str:
    """Who is in the sums; who is not, by name and why."""
    absent = [
        f"{row.unit.name}（{arrival_text(row.arrival, row.returned_on)}）"
        for row in found.units
        if row.arrival is not Arrival.COUNTED
    ]
    counted = len(found.units) - len(absent)
    missing = f"；未计入：{'、'.join(absent)}" if absent else ""
    return (
        f"应汇总 {len(found.units)} 个单位，已汇总 {counted} 个{missing}。规则 {found.rules.version}。“—”为没有数据。"
    )


def _title(item: Item, kinds: Mapping[str, str]) -> str:
    kind = f"\n{_KINDS.get(item.kind, kinds[item.kind])}" if item.kind else ""
    return f"{item.base}\n{item.name}{kind}"


def _beside(items: list[Item], place: int) -> bool:
    return place > 0 and items[place - 1].base == items[place].base
