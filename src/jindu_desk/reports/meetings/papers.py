"""The papers around one meeting, made of it as it stands on the form, whether or not that is saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings import (
    agenda_of,
    attendance_of,
    blank_attendance_of,
    follow_up_sheet_of,
    notice_of,
    record_of,
)
from jindu_desk.reports.papers import KINDS, Occasion, PaperKind
from jindu_desk.reports.typesetting.drawing import PrintedPaper

_MAKERS: Final[dict[str, Callable[[Occasion, MeetingWhole], PrintedPaper]]] = {
    "notice": notice_of.of_meeting,
    "agenda": agenda_of.of_meeting,
    "blank_attendance": blank_attendance_of.of_meeting,
    "attendance": attendance_of.of_meeting,
    "record": record_of.of_meeting,
    "follow_up_sheet": follow_up_sheet_of.of_meeting,
}
_IN_WORD: Final[dict[str, Callable[[Occasion, MeetingWhole], bytes]]] = {"notice": notice_of.word_of_meeting}
MEETING_KINDS: Final[tuple[PaperKind, ...]] = tuple(kind for kind in KINDS if kind.key in _MAKERS)


def meeting_printed(kind: PaperKind, occasion: Occasion, meeting: MeetingWhole) -> PrintedPaper:
    """One of `MEETING_KINDS`. Raises `NothingToPrint`."""
    return _MAKERS[kind.key](occasion, meeting)


def meeting_word(kind: PaperKind, occasion: Occasion, meeting: MeetingWhole) -> bytes:
    """The same as .docx; only where ``as_word``."""
    return _IN_WORD[kind.key](occasion, meeting)
