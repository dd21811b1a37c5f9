"""会议通知: the letter that calls a meeting, with its agenda and the slip to answer with (GB/T 9704-2012)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from jindu_desk.domain.months import Month
from jindu_desk.reports.meetings.attendance_slip import NAME as SLIP
from jindu_desk.reports.meetings.attendance_slip import write_attendance_slip
from jindu_desk.reports.typesetting.annex import Annex
from jindu_desk.reports.typesetting.colophon import Colophon
from jindu_desk.reports.typesetting.drawing import About, PrintedPaper, draw
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.letter import Letter, LetterPart, letter_sheets
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import clock_text, date_text, month_text

_WEEKDAYS: Final = "一二三四五六日"
_ROLES: Final = frozenset({Role.TITLE, Role.BODY, Role.HEI, Role.SONG})
_PEN: Final = "＿＿"


@dataclass(frozen=True, slots=True)
class NoticePaper:
    """``reason`` stands before what is called for; ``members`` and ``observers`` are who is called, in words.

    ``earlier``: whether earlier decisions are reported on. ``issued_on``: None leaves the date to the pen.
    """

    meeting: str
    of_month: Month
    office: str
    main_to: str = ""
    reason: str = ""
    starts_at: datetime | None = None
    place: str = ""
    members: str = ""
    observers: str = ""
    agenda: tuple[str, ...] = ()
    earlier: bool = False
    issued_on: date | None = None


def notice_printed(notice: NoticePaper, fonts: FontSet) -> PrintedPaper:
    """The notice as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    sheets = letter_sheets(notice_letter(notice), fonts, write_attendance_slip)
    return draw(sheets, fonts, about_notice(notice), _ROLES)


def about_notice(notice: NoticePaper) -> About:
    return About(_title(notice), one_line(notice.office), month_text(notice.of_month))


def notice_letter(notice: NoticePaper) -> Letter:
    """What the notice says, for every kind of paper that it becomes."""
    issued = date_text(notice.issued_on)
    return Letter(
        _title(notice),
        notice.main_to,
        f"{one_line(notice.reason)}决定召开{one_line(notice.meeting)}。现将有关事项通知如下：",
        (
            LetterPart("会议时间", _time(notice)),
            LetterPart("会议地点", one_line(notice.place) or _PEN * 6),
            LetterPart("参会人员", lines=_called(notice)),
            LetterPart("会议议程", lines=tuple(f"{n}. {one_line(each)}" for n, each in enumerate(notice.agenda, 1))),
            LetterPart("有关要求", lines=tuple(f"{n}. {each}" for n, each in enumerate(_asked(notice), 1))),
        ),
        (Annex(SLIP),),
        notice.office,
        issued or f"{notice.of_month.year}年　　月　　日",
        Colophon(printed_by=notice.office, printed_on=issued),
    )


def _title(notice: NoticePaper) -> str:
    return f"关于召开{one_line(notice.meeting)}的通知"


def _time(notice: NoticePaper) -> str:
    start = notice.starts_at
    if start is None:
        return f"{month_text(notice.of_month)}{_PEN}日{_PEN}时{_PEN}分"
    return f"{date_text(start.date())}（星期{_WEEKDAYS[start.weekday()]}）{clock_text(start)}"


def _called(notice: NoticePaper) -> tuple[str, ...]:
    called = (("出席：", notice.members), ("列席：", notice.observers))
    return tuple(f"{label}{one_line(who)}。" for label, who in called if one_line(who))


def _asked(notice: NoticePaper) -> tuple[str, ...]:
    asked = ["请参会人员准时到会签到。因故不能到会的，会前向召集人请假，并委托熟悉情况的人员代会。"]
    if notice.earlier:
        asked.append("请各承办单位准备好上次会议议定事项的落实情况，在会上汇报。")
    return (*asked, f"请于会前将{SLIP}报送{one_line(notice.office)}。")
