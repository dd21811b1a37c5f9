"""From the register of decisions to the list of those that are open."""

from __future__ import annotations

from typing import Final

from jindu_desk.queries.decisions import decision_board
from jindu_desk.reports.meetings.follow_up_paper import follow_up_printed
from jindu_desk.reports.meetings.follow_up_workbook import follow_up_xlsx
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper

_WHICH: Final = "未办结的"


def printed(occasion: Occasion) -> PrintedPaper:
    """What is open on the day of printing, whichever month it is printed with."""
    unit = occasion.own.unit
    rows = decision_board(occasion.store, unit.id)
    return follow_up_printed(unit.name, occasion.today, _WHICH, rows, occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    unit = occasion.own.unit
    return follow_up_xlsx(unit.name, occasion.today, _WHICH, decision_board(occasion.store, unit.id))
