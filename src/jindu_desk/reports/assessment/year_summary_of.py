"""From a unit's year to its tables. The summary goes to the superior, so that its figures are protected."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from jindu_desk.domain.expense_rules import Balance, total_of
from jindu_desk.domain.rounding import percent_text
from jindu_desk.domain.tallies.catalogue import Item, Level, Nature
from jindu_desk.domain.tallies.cells import number
from jindu_desk.domain.tallies.rates import Rate
from jindu_desk.domain.units import Tier
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.protection import Hiding, hiding_below
from jindu_desk.queries.year_summary import HeldMeeting, UnitYear, YearSummary, year_summary
from jindu_desk.reports.arrival_wording import returned_text
from jindu_desk.reports.assessment.assessment_wording import MET, NO_DATA, NOT_DEMANDED
from jindu_desk.reports.assessment.year_summary_paper import NAME, YearPaper, year_summary_printed
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.protection_wording import HIDDEN, LEGEND
from jindu_desk.reports.tables.rows import RowColumn, RowTable, Value
from jindu_desk.reports.tables.workbook import tables_xlsx
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.wording import date_text, month_text

_PAPER: Final = "年度汇总"


def printed(occasion: Occasion) -> PrintedPaper:
    """Raises `CannotProtect` where the last month's tally contradicts itself."""
    return year_summary_printed(_paper(occasion), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    paper = _paper(occasion)
    return tables_xlsx(f"{paper.desk}{paper.period}{NAME}", paper.notes, paper.tables, occasion.today)


@once_per_occasion
def _paper(occasion: Occasion) -> YearPaper:
    owner, year = occasion.own.unit.id, occasion.month.year
    found = year_summary(occasion.store, owner, year, occasion.today)
    if found is None:
        raise NothingToPrint(paper=_PAPER, why=f"{year} 年还没有台账数据。请先填报台账或读入上报包。")
    return year_paper(found, hiding_below(occasion.store, owner, found.last), occasion.wording.signatures)


def year_paper(found: YearSummary, hiding: Hiding, signatures: tuple[str, ...] = ()) -> YearPaper:
    return YearPaper(
        desk=found.owner.name,
        period=f"{found.year}年",
        notes=(
            f"截至{date_text(found.day)}；台账数据到{month_text(found.last)}，存量为该月月末数，流量为本年各月之和。",
            LEGEND,
        ),
        tables=(
            _meetings(found),
            _decisions(found),
            _tally(found, hiding),
            _rates(found, hiding),
            _money(found),
            *((_money_below(found),) if found.owner.tier is not Tier.TOWNSHIP else ()),
            _duties(found),
            _missing(found),
        ),
        signatures=signatures,
    )


def _meetings(found: YearSummary) -> RowTable:
    columns = (
        RowColumn("单位", width=25),
        *(RowColumn(f"{number}月", "centre", 10.4) for number in range(1, 13)),
        RowColumn("次数", "count", 10.4),
        RowColumn("签发", "count", 10.4),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (
            unit.unit.name,
            *(_held(unit.meetings.get(number)) for number in range(1, 13)),
            len(unit.meetings),
            sum(meeting.signed for meeting in unit.meetings.values()),
        )
        for unit in found.units
    )
    return RowTable("月协调例会", columns, rows, note="月份下为召开的日子；“△”为纪要尚未签发，空白为没有记录。")


def _held(meeting: HeldMeeting | None) -> str:
    if meeting is None:
        return ""
    day = str(meeting.held_on.day) if meeting.held_on else "√"
    return day if meeting.signed else f"{day}△"


def _decisions(found: YearSummary) -> RowTable:
    def row(name: str, units: tuple[UnitYear, ...]) -> tuple[Value, ...]:
        counts = [unit.decisions for unit in units]
        return (
            name,
            sum(each.made for each in counts),
            sum(each.done for each in counts),
            sum(each.open for each in counts),
            sum(each.overdue for each in counts),
        )

    columns = (
        RowColumn("单位", width=45),
        *(RowColumn(name, "count", 30) for name in ("本年议定", "本年办结", "期末未办结", "其中逾期")),
    )
    rows = [row(unit.unit.name, (unit,)) for unit in found.units]
    several = len(rows) > 1
    rows += [row("合计", found.units)] if several else []
    return RowTable("议定事项", columns, tuple(rows), sums=int(several), note="期末未办结的含以前年度议定的事项。")


def _tally(found: YearSummary, hiding: Hiding) -> RowTable:
    catalogue = found.totals.rules.catalogue
    kinds = tuple(catalogue.kinds)
    columns = (
        RowColumn("编号", "centre", 15),
        RowColumn("指标", width=48),
        RowColumn("单位", "centre", 15),
        RowColumn("口径", "centre", 23),
        *(RowColumn(catalogue.kinds[kind], "count", 22) for kind in kinds),
        RowColumn("合计", "count", 22),
    )
    rows = []
    for items in catalogue.bases.values():
        first = items[0]
        if first.carried or first.ends_before(str(found.last)):  # an opening is that of the last month alone
            continue
        by_kind = {item.kind: _figure(found, item, hiding) for item in items}
        span = "期末存量" if first.nature is Nature.STOCK else "本年累计"
        whole = _whole(found, items, hiding)
        split = tuple(by_kind.get(kind, "") for kind in kinds)
        rows.append((first.base, first.name, first.unit, span, *split, whole))
    return RowTable("台账", columns, tuple(rows), note="结转的期初数按月不同，不列。")


def _figure(found: YearSummary, item: Item, hiding: Hiding) -> Value:
    if item.level is Level.TOWNSHIP and found.owner.tier is Tier.TOWNSHIP:
        return number(found.own_row[item.code]) if item.code in found.own_row else None  # no village's figure
    if hiding.figure(found.owner, item.code, to_date=True):
        return HIDDEN
    return found.totals.total.to_date.get(item.code)


def _whole(found: YearSummary, items: tuple[Item, ...], hiding: Hiding) -> Value:
    """All kinds together; hidden where any of them is, since the others stand beside it."""
    parts = [_figure(found, item, hiding) for item in items]
    if HIDDEN in parts:
        return HIDDEN
    known = [part for part in parts if isinstance(part, int)]
    return sum(known) if known else None


def _rates(found: YearSummary, hiding: Hiding) -> RowTable:
    columns = (
        RowColumn("指标", width=48),
        RowColumn("分子", "count", 22),
        RowColumn("分母", "count", 22),
        RowColumn("本年累计", "share", 25),
        RowColumn("目标", "centre", 22),
        RowColumn("结果", "centre", 26),
    )
    return RowTable("比率", columns, tuple(_rate(rate, found, hiding) for rate in found.totals.rules.rates.rates))


def _rate(rate: Rate, found: YearSummary, hiding: Hiding) -> tuple[Value, ...]:
    ratio, target = found.totals.total.ratios_to_date[rate.code], found.totals.targets.get(rate.code)
    wanted = percent_text(target, 10_000)
    if hiding.ratio(found.owner, rate, ratio, to_date=True):
        return rate.name, HIDDEN, HIDDEN, HIDDEN, wanted, HIDDEN  # on which side of the target it lies tells of it too
    value = ratio.hundredths
    if value is None:
        verdict = NO_DATA
    elif target is None:
        verdict = NOT_DEMANDED
    else:
        verdict = MET[value <= target if rate.lower_is_better else value >= target]
    return rate.name, ratio.numerator, ratio.denominator, (ratio.numerator, ratio.denominator), wanted, verdict


_OF_MONEY: Final = (
    RowColumn("年初预算（元）", "money", 27),
    RowColumn("调整（元）", "money", 25),
    RowColumn("累计支出（元）", "money", 27),
    RowColumn("结余（元）", "money", 27),
    RowColumn("执行率", "share", 18),
)


def _money(found: YearSummary) -> RowTable:
    columns = (RowColumn("预算科目", width=42), *_OF_MONEY)
    rows = [
        (line.name + ("（专款专用）" if line.restricted else ""), *_balance(balance)) for line, balance in found.lines
    ]
    if rows:
        rows.append(("合计", *_balance(total_of(balance for _, balance in found.lines))))
    note = (
        f"时间进度 {found.elapsed.share}（{found.elapsed.days}/{found.elapsed.of} 天）。执行率＝累计支出÷调整后预算。"
    )
    return RowTable("本单位经费", columns, tuple(rows), sums=1, note=note, empty="没有本年预算科目的记录。")


def _money_below(found: YearSummary) -> RowTable:
    columns = (RowColumn("单位", width=42), *_OF_MONEY)
    rows = [(unit.unit.name, *_balance(unit.money)) for unit in found.units]
    if rows:
        rows.append(("合计", *_balance(total_of(unit.money for unit in found.units))))
    return RowTable("各单位经费", columns, tuple(rows), sums=1, note="以各单位已上报的为限。", empty="没有下级单位。")


def _balance(balance: Balance) -> tuple[Value, ...]:
    return (
        balance.initial_fen,
        balance.adjustments_fen,
        balance.spent_fen,
        balance.left_fen,
        (balance.spent_fen, balance.adjusted_fen),
    )


def _duties(found: YearSummary) -> RowTable:
    columns = (
        RowColumn("依据", width=36),
        RowColumn("职责", width=60),
        *(RowColumn(name, "count", 17.5) for name in ("按期", "逾期完成", "未完成", "未到期")),
    )
    rows = tuple(
        (each.rule.article, each.rule.title, each.on_time, each.late, each.missed, each.to_come)
        for each in found.duties
    )
    return RowTable("履职", columns, rows, note="启用本程序之前到期、又没有登记的不计。", empty="没有定期履职事项。")


def _missing(found: YearSummary) -> RowTable:
    columns = (RowColumn("月份", "centre", 30), RowColumn("缺报单位数", "count", 25), RowColumn("单位", width=110))
    return RowTable("缺报月份", columns, tuple(_missing_rows(found)), empty="没有缺报的月份。")


def _missing_rows(found: YearSummary) -> Iterator[tuple[Value, ...]]:
    everyone = len(found.totals.units)
    for absent in found.missing:
        units = absent.missing
        told = ["全部" if len(units) == everyone else "、".join(unit.name for unit in units)] if units else []
        told += [f"{unit.name}（{returned_text(on)}）" for unit, on in absent.returned]
        yield month_text(absent.month), len(units), "；".join(told)
