"""汇总表 as it may leave the office: what tells a village's 1 or 2 is hidden."""

from __future__ import annotations

from jindu_desk.queries.protection import Hiding, hiding_below
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.totals.totals_of import totals_at_hand, totals_paper, totals_workbook
from jindu_desk.reports.totals.totals_paper import totals_printed
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """Raises `CannotProtect` where a tally contradicts itself."""
    found = totals_at_hand(occasion)
    rows = totals_paper(found, occasion.wording.signatures, month_hiding(occasion))
    return totals_printed(rows, occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return totals_workbook(occasion, month_hiding(occasion))


@once_per_occasion
def month_hiding(occasion: Occasion) -> Hiding:
    """Raises `CannotProtect`."""
    return hiding_below(occasion.store, occasion.own.unit.id, occasion.month)
