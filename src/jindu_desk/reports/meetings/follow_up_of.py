"""From the register of decisions to the list of those that are open."""

from __future__ import annotations

from typing import Final

from jindu_desk.queries.decisions import DecisionRow, decision_board
from jindu_desk.reports.meetings.follow_up_paper import follow_up_printed
from jindu_desk.reports.meetings.follow_up_workbook import follow_up_xlsx
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper

_WHICH: Final = "未办结的"


def printed(occasion: Occasion) -> PrintedPaper:
    """What is open on the day of printing, whichever month it is printed with."""
    return follow_up_printed(occasion.own.unit.name, occasion.today, _WHICH, open_board(occasion), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return follow_up_xlsx(occasion.own.unit.name, occasion.today, _WHICH, open_board(occasion))


@once_per_occasion
def open_board(occasion: Occasion) -> tuple[DecisionRow, ...]:
    return decision_board(occasion.store, occasion.own.unit.id)
