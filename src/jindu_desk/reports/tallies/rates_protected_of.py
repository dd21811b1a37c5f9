"""The rates of a month as they may be handed out."""

from __future__ import annotations

from jindu_desk.queries.rate_protection import hidden_of_rates
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.tallies.rates_of import month_rates
from jindu_desk.reports.tallies.rates_paper import rates_printed
from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """Raises `CannotProtect`."""
    found = month_rates(occasion)
    hidden = hidden_of_rates(occasion.store, found)
    return rates_printed(rates_paper_of(found, hidden), occasion.fonts)
