"""From the analysis of the rates to the rows of their paper: exact for the own file, or protected for handing out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine
from jindu_desk.queries.rate_protection import HiddenOfRate
from jindu_desk.reports.protection_wording import LEGEND, PROTECTED
from jindu_desk.reports.tallies.rate_chart import RateChart
from jindu_desk.reports.tallies.rate_wording import cases_text, chart_of_line, formula_words, judged_text, place_text
from jindu_desk.reports.tallies.rates_paper import RateEntry, RatesPaper
from jindu_desk.reports.wording import month_text

_NAMED: Final = 2
_INSIDE: Final = "内部"
_NOTHING: Final = HiddenOfRate(False, False, (), (), frozenset())


def rates_paper_of(analysis: RateAnalysis, hidden: Mapping[str, HiddenOfRate] | None = None) -> RatesPaper:
    """With ``hidden`` (by the rate's code) what it hides is not in the paper."""
    missing = "、".join(unit.name for unit in analysis.missing)
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
    named = [pull for pull in villages if pull.unit.unit.id not in hidden.units][:_NAMED]
    return RateEntry(
        _chart(line, analysis, hidden),
        formula_words(line.rate, analysis.rules.catalogue),
        None if hidden.month else line.month,
        None if hidden.to_date else line.to_date,
        line.target,
        "" if hidden.month else judged_text(line),
        tuple(f"{place_text(pull.unit)} {cases_text(line, pull.cases)}" for pull in named),
    )


def _chart(line: RateLine, analysis: RateAnalysis, hidden: HiddenOfRate) -> RateChart:
    chart = chart_of_line(line, analysis)
    months = tuple(number for number, is_hidden in enumerate(hidden.history) if is_hidden)
    year = dict(zip(analysis.month.year_to_date, hidden.so_far, strict=False))
    return replace(
        chart,
        values=tuple(None if number in months else value for number, value in enumerate(chart.values)),
        so_far=tuple(
            None if year.get(month, False) else value
            for month, value in zip(analysis.months, chart.so_far, strict=True)
        ),
        hidden=months,
    )
