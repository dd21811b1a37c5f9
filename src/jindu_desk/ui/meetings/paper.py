"""The minutes as a paper, with what the form shows now."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from jindu_desk.domain.meeting_drafts import MeetingDraft
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.queries.settings import settings
from jindu_desk.ui.paper import Paper, finished

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def make_paper(desk: Desk, whole: MeetingWhole, draft: MeetingDraft) -> Paper:
    """The minutes of ``whole`` with what the form shows now."""
    from jindu_desk.reports.meetings.minutes import minutes_printed
    from jindu_desk.reports.meetings.minutes_annexes import minutes_annexes
    from jindu_desk.reports.meetings.minutes_docx import minutes_docx
    from jindu_desk.reports.meetings.minutes_of import minutes_paper
    from jindu_desk.reports.typesetting.paper_fonts import paper_fonts

    shown = replace(whole, draft=draft)
    paper = minutes_paper(shown, settings(desk.store), minutes_annexes(desk.paths, shown))
    fonts = paper_fonts(desk.paths)
    printed = minutes_printed(paper, fonts)
    version = f"（第{whole.version}版）" if whole.version > 1 else ""
    return finished(printed, f"{draft.title or '会议纪要'}{version}.pdf", partial(minutes_docx, paper, fonts))
