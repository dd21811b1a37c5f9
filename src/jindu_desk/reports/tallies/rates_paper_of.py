"""From the analysis of the rates to the rows of their paper: exact for the own file, or protected for handing out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import compress
from typing import Final

from jindu_desk.domain.months import Month
from jindu_desk.domain.rounding import decimal_hundredths
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine
from jindu_desk.queries.rate_protection import HiddenOfRate
from jindu_desk.reports.arrival_wording import returned_text
from jindu_desk.reports.protection_wording import LEGEND, PROTECTED
from jindu_desk.reports.tallies.rate_chart import RateChart
from jindu_desk.reports.tallies.rate_wording import cases_word, chart_of_line, formula_words, judged_text, place_text
from jindu_desk.reports.tallies.rates_paper import RateEntry, RateMonth, RatesPaper, RateUnit
from jindu_desk.reports.wording import month_text

_INSIDE: Final = "内部"
_NOTHING: Final = HiddenOfRate(False, False, (), (), frozenset())
_UNKNOWN: Final = Ratio(0, 0, left_out=1)


def rates_paper_of(analysis: RateAnalysis, hidden: Mapping[str, HiddenOfRate] | None = None) -> RatesPaper:
    """With ``hidden`` (by the rate's code) what it hides is not in the paper."""
    names = [unit.name for unit in analysis.missing]
    missing = "、".join([*names, *(f"{unit.name}（{returned_text(on)}）" for unit, on in analysis.returned)])
    note = LEGEND if hidden is not None else "含各单位实数，供内部工作使用。"
    return RatesPaper(
        analysis.owner.name,
        month_text(analysis.month),
        tuple(_entry(line, analysis, (hidden or {}).get(line.rate.code, _NOTHING)) for line in analysis.lines),
        note + (f"没有数据的单位：{missing}。" if missing else ""),
        _INSIDE if hidden is None else PROTECTED,
    )


def paper_name(analysis: RateAnalysis, *, protected: bool) -> str:
    return f"比率分析-{analysis.owner.name}-{analysis.month}（{PROTECTED if protected else _INSIDE}）.pdf"


def _entry(line: RateLine, analysis: RateAnalysis, hidden: HiddenOfRate) -> RateEntry:
    villages = line.heaviest[analysis.tiers[-1]] if analysis.tiers else ()
    months = tuple(_months(line, analysis, hidden))
    return RateEntry(
        _chart(line, analysis, months),
        formula_words(line.rate, analysis.rules.catalogue),
        _shown(line.month, (analysis.month,), analysis, is_hidden=hidden.month),
        _shown(line.to_date, analysis.month.year_to_date, analysis, is_hidden=hidden.to_date),
        line.target,
        "" if hidden.month else judged_text(line),
        tuple(
            RateUnit(place_text(pull.unit), pull.ratio, decimal_hundredths(pull.cases), cases_word(line))
            for pull in villages
            if pull.unit.unit.id not in hidden.units
        ),
        months,
    )


def _months(line: RateLine, analysis: RateAnalysis, hidden: HiddenOfRate) -> Iterator[RateMonth]:
    """A month before January, and one of a stock, has no year to date."""
    year = analysis.month.year_to_date
    so_far = {} if line.stock else dict(zip(year, line.so_far, strict=True))
    hidden_months = set(compress(analysis.months, hidden.history))
    hidden_so_far = set(compress(year, hidden.so_far))
    for month, ratio in zip(analysis.months, line.history, strict=True):
        to_date = so_far.get(month, _UNKNOWN)
        yield RateMonth(
            month_text(month),
            _shown(ratio, (month,), analysis, is_hidden=month in hidden_months),
            _shown(to_date, month.year_to_date, analysis, is_hidden=month in so_far and month in hidden_so_far),
        )


def _shown(ratio: Ratio, months: Collection[Month], analysis: RateAnalysis, *, is_hidden: bool) -> Ratio | None:
    """None where it is hidden; over ``months`` of which nobody's figures are here it is no 0/0."""
    if is_hidden:
        return None
    return _UNKNOWN if analysis.silent.issuperset(months) else ratio


def _chart(line: RateLine, analysis: RateAnalysis, months: Sequence[RateMonth]) -> RateChart:
    """Of what is shown."""
    return replace(
        chart_of_line(line, analysis),
        values=tuple(month.ratio.hundredths if month.ratio else None for month in months),
        so_far=tuple(month.to_date.hundredths if month.to_date else None for month in months),
        hidden=tuple(number for number, month in enumerate(months) if month.ratio is None),
    )
