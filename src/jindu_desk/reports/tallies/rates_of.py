"""The rates of a month with the exact figures of the units, for the own file."""

from __future__ import annotations

from jindu_desk.queries.rate_analysis import rate_analysis
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.tallies.rates_paper import rates_printed
from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    found = rate_analysis(occasion.store, occasion.own.unit.id, occasion.month)
    return rates_printed(rates_paper_of(found), occasion.fonts)
