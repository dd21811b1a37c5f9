"""From the register of decisions to the sheets that are handed out."""

from __future__ import annotations

from collections.abc import Sequence

from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.queries.decisions import DecisionRow, decision_board
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.follow_up_sheet import NAME, FollowUpSheets, follow_up_sheets_printed
from jindu_desk.reports.meetings.minutes_of import meeting_in
from jindu_desk.reports.papers import Occasion
from jindu_desk.reports.typesetting.drawing import PrintedPaper


def printed(occasion: Occasion) -> PrintedPaper:
    """What the month's meeting decided and is still open; raises `NoMeetingYet` and `NothingToPrint`."""
    return of_meeting(occasion, meeting_in(occasion))


def of_meeting(occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    """As the register has them: what is typed and not saved is no decision yet."""
    own = [row for row in decision_board(occasion.store, meeting.unit_id) if row.series == meeting.series]
    if not own:
        raise NothingToPrint(paper=NAME, why="这次例会没有已保存而未办结的议定事项。请先在“会议”页填写议定事项并保存。")
    return of_decisions(occasion, sorted(own, key=lambda row: row.number))


def of_decisions(occasion: Occasion, rows: Sequence[DecisionRow]) -> PrintedPaper:
    """These decisions, whether open or not."""
    wording, unit = occasion.wording, occasion.own.unit.name
    sheets = FollowUpSheets(unit, wording.body, wording.office, occasion.today, tuple(rows))
    return follow_up_sheets_printed(sheets, occasion.fonts)
