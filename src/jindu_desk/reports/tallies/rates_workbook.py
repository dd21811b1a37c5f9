"""比率分析 as .xlsx, made of the rows of the paper, so that it holds no figure that the paper hides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.reports.protection_wording import HIDDEN
from jindu_desk.reports.tables.rows import RowColumn, RowTable, Value
from jindu_desk.reports.tables.workbook import tables_xlsx
from jindu_desk.reports.tallies.rates_paper import SUMMED, RateEntry, RatesPaper
from jindu_desk.reports.wording import UNKNOWN

_NAME: Final = RowColumn("比率", width=38)
_PARTS: Final = (RowColumn("分子", "count", 18), RowColumn("分母", "count", 18))


def rates_xlsx(paper: RatesPaper, made_on: date) -> bytes:
    """Sheets: the month, its last twelve months, and the units where the paper names any. Same rows, same bytes."""
    title = f"{paper.desk}{paper.month}比率分析" + (f"（{paper.version}）" if paper.version else "")
    tables = [_rates(paper), _months(paper)]
    if any(entry.units for entry in paper.rates):
        tables.append(_units(paper))
    return tables_xlsx(title, (paper.note,), tables, made_on)


def _rates(paper: RatesPaper) -> RowTable:
    columns = (
        _NAME,
        RowColumn("公式", width=80),
        *_PARTS,
        RowColumn("比率", "share", 20),
        RowColumn("目标", "share", 20),
        RowColumn("结果", "centre", 22),
        RowColumn("本年累计分子", "count", 18),
        RowColumn("本年累计分母", "count", 18),
        RowColumn("本年累计", "share", 20),
    )
    return RowTable("比率", columns, tuple(map(_rate, paper.rates)), note=SUMMED)


def _rate(entry: RateEntry) -> tuple[Value, ...]:
    judged = HIDDEN if entry.this_month is None else entry.judged or UNKNOWN  # on which side it lies tells of it too
    return (
        entry.chart.name,
        entry.formula,
        *_parts(entry.this_month),
        _share(entry.this_month),
        None if entry.target is None else (entry.target, 10_000),
        judged,
        *_parts(entry.to_date),
        _share(entry.to_date),
    )


def _months(paper: RatesPaper) -> RowTable:
    """Each rate over the months, what it is made of below it."""
    months = tuple(dict.fromkeys(each.month for entry in paper.rates for each in entry.history))
    columns = (_NAME, RowColumn("项目", "centre", 18), *(RowColumn(month, "share", 22) for month in months))
    return RowTable(
        "近十二个月",
        columns,
        tuple(row for entry in paper.rates for row in _history(entry, months)),
        note="本年累计自一月算起；月末存量的比率没有累计。",
        frozen=2,
        filtered=True,
    )


def _history(entry: RateEntry, months: tuple[str, ...]) -> Iterator[tuple[Value, ...]]:
    known = {each.month: each for each in entry.history}
    over = [known.get(month) for month in months]
    name = entry.chart.name
    yield name, "比率", *(_share(each.ratio) if each else None for each in over)
    for place, part in enumerate(("分子", "分母")):
        yield name, part, *(_parts(each.ratio)[place] if each else None for each in over)
    if any(each.to_date is None or not each.to_date.is_unknown for each in entry.history):
        yield name, "本年累计", *(_share(each.to_date) if each else None for each in over)


def _units(paper: RatesPaper) -> RowTable:
    columns = (
        _NAME,
        RowColumn("单位", width=56),
        *_PARTS,
        RowColumn("本单位比率", "share", 22),
        RowColumn("差或多", "centre", 14),
        RowColumn("差额", "decimal", 20),
    )
    rows: tuple[tuple[Value, ...], ...] = tuple(
        (entry.chart.name, unit.name, *_parts(unit.ratio), _share(unit.ratio), unit.word, unit.cases)
        for entry in paper.rates
        for unit in entry.units
    )
    note = "只列离目标有差额的单位，差额大的在前；没有定目标的比率以合计比率为目标。差额＝分母×目标－分子，“多”的相反。"
    return RowTable("各单位", columns, rows, note=note, frozen=2, filtered=True)


def _share(ratio: Ratio | None) -> Value:
    if ratio is None:
        return HIDDEN
    value = ratio.hundredths  # rounded as on paper
    return None if value is None else (value, 10_000)


def _parts(ratio: Ratio | None) -> tuple[Value, Value]:
    if ratio is None:
        return HIDDEN, HIDDEN
    return (None, None) if ratio.is_unknown else (ratio.numerator, ratio.denominator)
