"""The rates of a month with the exact figures of the units, for the own file."""

from __future__ import annotations

from jindu_desk.queries.rate_analysis import RateAnalysis, analysed
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.tallies.rates_paper import rates_printed
from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
from jindu_desk.reports.tallies.rates_workbook import rates_xlsx
from jindu_desk.reports.totals.totals_of import month_totals
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    return rates_printed(rates_paper_of(month_rates(occasion)), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return rates_xlsx(rates_paper_of(month_rates(occasion)), occasion.today)


@once_per_occasion
def month_rates(occasion: Occasion) -> RateAnalysis:
    return analysed(occasion.store, month_totals(occasion))
