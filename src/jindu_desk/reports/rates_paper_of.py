"""From the analysis of the rates to the rows of their paper."""

from __future__ import annotations

from typing import Final

from jindu_desk.queries.rate_analysis import RateAnalysis, RateLine, rate_analysis
from jindu_desk.reports.drawing import PrintedPaper
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.rate_wording import cases_text, chart_of_line, formula_words, judged_text, place_text
from jindu_desk.reports.rates_paper import RateEntry, RatesPaper, rates_printed
from jindu_desk.reports.wording import month_text

_NAMED: Final = 2


def printed(occasion: Occasion) -> PrintedPaper:
    """The rates of the month with the exact figures of the units."""
    found = rate_analysis(occasion.store, occasion.own.unit.id, occasion.month)
    return rates_printed(rates_paper_of(found), occasion.fonts)


def rates_paper_of(analysis: RateAnalysis) -> RatesPaper:
    missing = "、".join(unit.name for unit in analysis.missing)
    return RatesPaper(
        analysis.owner.name,
        month_text(analysis.month),
        tuple(_entry(line, analysis) for line in analysis.lines),
        "含各单位实数，供内部工作使用。" + (f"没有数据的单位：{missing}。" if missing else ""),
    )


def _entry(line: RateLine, analysis: RateAnalysis) -> RateEntry:
    villages = line.heaviest[analysis.tiers[-1]] if analysis.tiers else ()
    return RateEntry(
        chart_of_line(line, analysis),
        formula_words(line.rate, analysis.rules.catalogue),
        line.month.numerator,
        line.month.denominator,
        line.to_date.numerator,
        line.to_date.denominator,
        line.target,
        judged_text(line),
        tuple(f"{place_text(pull.unit)} {cases_text(line, pull.cases)}" for pull in villages[:_NAMED]),
    )
