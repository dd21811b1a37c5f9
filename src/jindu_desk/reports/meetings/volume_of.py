"""A year's signed minutes for their volume, and which months have none."""

from __future__ import annotations

from datetime import date

from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.meetings import MeetingWhole, meeting_whole, meetings
from jindu_desk.queries.settings import settings
from jindu_desk.reports.meetings.minutes_annexes import minutes_annexes
from jindu_desk.reports.meetings.minutes_of import minutes_paper
from jindu_desk.reports.meetings.volume import NAME, VolumePaper, volume_printed
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """The minutes of the year that the occasion's month lies in; raises `NothingToPrint` where none is signed off."""
    return volume_printed(volume_paper(occasion), occasion.fonts)


def volume_paper(occasion: Occasion) -> VolumePaper:
    """Of each month the newest version that is signed off: what is being corrected has not replaced it yet."""
    store, own, year = occasion.store, occasion.own, occasion.month.year
    kept = settings(store)
    found = {row.month: row for row in meetings(store, own.unit.id) if row.month.year == year}
    signed: list[MeetingWhole] = []
    unsigned: list[Month] = []
    absent: list[Month] = []
    for month in (Month(year, number) for number in range(1, 13)):
        row = found.get(month)
        whole = _signed(occasion, meeting_whole(store, row.id)) if row else None
        if whole is not None:
            signed.append(whole)
        elif row is not None:
            unsigned.append(month)
        elif date(month.year, month.number, 1) <= occasion.today:
            absent.append(month)
    if not signed:
        raise NothingToPrint(paper=NAME, why=f"{year}年还没有签发的纪要。请先在“会议”中签发。")
    missing = [
        f"（{'、'.join(f'{month.number}月' for month in months)}{said}）"
        for months, said in ((unsigned, "例会的纪要还没有签发，未收入。"), (absent, "没有例会记录。"))
        if months
    ]
    title = f"{own.unit.name}{year}年会议纪要汇编"
    minutes = tuple(minutes_paper(whole, kept, minutes_annexes(occasion.paths, whole)) for whole in signed)
    return VolumePaper(title, occasion.wording.body, minutes, tuple(missing))


def _signed(occasion: Occasion, newest: MeetingWhole) -> MeetingWhole | None:
    ids = [version.id for version in newest.versions if version.state is MeetingState.SIGNED_OFF]
    if not ids:
        return None
    return newest if newest.id == ids[-1] else meeting_whole(occasion.store, ids[-1])
