"""The month's sheet as it may leave the office."""

from __future__ import annotations

from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.queries.protection import hiding
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.tallies.month_sheet import month_sheet_printed
from jindu_desk.reports.tallies.month_sheet_of import filled_month, month_sheet
from jindu_desk.reports.tallies.month_workbook import month_xlsx
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """Without a village's 1 and 2 and what tells them; raises `NothingToPrint` and `CannotProtect`."""
    rows = month_sheet(filled_month(occasion), occasion.wording.signatures, _protection(occasion))
    return month_sheet_printed(rows, occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    found = filled_month(occasion)
    return month_xlsx(found, found.rules.catalogue, _protection(occasion), occasion.wording.signatures)


@once_per_occasion
def _protection(occasion: Occasion) -> Protection:
    return hiding(occasion.store, occasion.own.unit.id, occasion.month).month
