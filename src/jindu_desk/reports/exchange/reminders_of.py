"""Who owes which months today, for the list that the telephone is picked up with."""

from __future__ import annotations

from jindu_desk.queries.exchange.answers import answers, reminders
from jindu_desk.reports.exchange.papers import reminders_paper_of
from jindu_desk.reports.exchange.reminders_paper import RemindersPaper, reminders_printed
from jindu_desk.reports.exchange.reminders_workbook import reminders_xlsx
from jindu_desk.reports.papers import Occasion, once_per_occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """The list of the day of printing, whatever the month; that nothing is owed is worth a paper too."""
    return reminders_printed(_paper(occasion), occasion.fonts)


def workbook(occasion: Occasion) -> bytes:
    return reminders_xlsx(_paper(occasion))


@once_per_occasion
def _paper(occasion: Occasion) -> RemindersPaper:
    store = occasion.store
    return reminders_paper_of(occasion.wording.office, occasion.today, reminders(store), answers(store))
