"""The rates of a month as they may be handed out."""

from __future__ import annotations

from jindu_desk.queries.rate_protection import hidden_of_rates
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.tallies.rates_of import month_rates
from jindu_desk.reports.tallies.rates_paper import RatesPaper, rates_printed
from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
from jindu_desk.reports.tallies.rates_workbook import rates_xlsx
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """Raises `CannotProtect`."""
    return rates_printed(_paper(occasion), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return rates_xlsx(_paper(occasion), occasion.today)


@once_per_occasion
def _paper(occasion: Occasion) -> RatesPaper:
    found = month_rates(occasion)
    return rates_paper_of(found, hidden_of_rates(occasion.store, found))
