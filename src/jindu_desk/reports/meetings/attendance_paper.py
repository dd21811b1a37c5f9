"""签到表: blank, for the pen of those who come, and filled, as the record has who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.meetings.head import MeetingHead
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import SMALL
from jindu_desk.reports.typesetting.forms import Column, Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line

NAME: Final = "签到表"
INSIDE: Final = "内部留存，不外传。"
_EMPTY_ROWS: Final = 5  # at least, for whoever comes besides
_ROWS: Final = 24  # of a page that is full
_SIGNED: Final = 8.2 * MM
_BLANK_NOTE: Final = "代会的由本人签名并注明“代会”。没有列出的人员签在空行。"


@dataclass(frozen=True, slots=True)
class Called:
    """Somebody who is called. ``attendance`` is the word of the record, "" where nothing is marked."""

    unit: str
    name: str = ""
    post: str = ""
    attendance: str = ""
    substitute: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AttendancePaper:
    """``members`` are those of whom it is asked whether they came, ``sums`` the count of them in words."""

    head: MeetingHead
    members: tuple[Called, ...] = ()
    observers: tuple[Called, ...] = ()
    sums: str = ""


def blank_attendance_printed(paper: AttendancePaper, fonts: FontSet) -> PrintedPaper:
    """The sheet to be signed, those who are called first, empty rows below."""
    form = _begun(paper, fonts)
    form.gap(3)
    called = [(each, "") for each in paper.members] + [(each, "列席") for each in paper.observers]
    empty = max(_EMPTY_ROWS, _ROWS - len(called))
    rows = [(each.unit, each.name, each.post, "", group) for each, group in called] + [("",) * 5] * empty
    form.table(
        (
            Column("序号", 12, "centre"),
            Column("单位", 43),
            Column("姓名", 22, "centre"),
            Column("职务", 38, "centre"),
            Column("签到", 34),
            Column("备注", 16, "centre"),
        ),
        [(str(number), *row) for number, row in enumerate(rows, start=1)],
        least=_SIGNED,
    )
    form.gap(1.5)
    form.text(_BLANK_NOTE, size=SMALL)
    return form.printed(author=one_line(paper.head.unit), subject=paper.head.name)


def attendance_printed(paper: AttendancePaper, fonts: FontSet) -> PrintedPaper:
    """Who came, who was excused, who was absent. The same rows and fonts give the same bytes."""
    form = _begun(paper, fonts)
    form.gap(2)
    form.text(paper.sums)
    for part, called in (("参会人员", paper.members), ("列席人员", paper.observers)):
        if called:
            form.table(_COLUMNS, list(map(_line, range(1, len(called) + 1), called)), part=part, least=7 * MM)
    form.gap(1.5)
    form.text(INSIDE, size=SMALL)
    form.gap(2)
    form.grid((fields(("记录人签字", ""), dated(), least=9 * MM),), whole=True)
    return form.printed(author=one_line(paper.head.unit), subject=paper.head.name)


_COLUMNS: Final = (
    Column("序号", 12, "centre"),
    Column("单位", 38),
    Column("姓名", 20, "centre"),
    Column("职务", 38, "centre"),
    Column("出席情况", 19, "centre"),
    Column("代会人员", 20, "centre"),
    Column("备注", 18),
)


def _line(number: int, each: Called) -> Sequence[str]:
    return (str(number), each.unit, each.name, each.post, each.attendance, each.substitute, each.note)


def _begun(paper: AttendancePaper, fonts: FontSet) -> Form:
    head = paper.head
    form = Form(fonts, NAME, head.name)
    form.grid(
        (
            fields(("会议时间", head.held), ("会议地点", head.place), least=9 * MM),
            fields(("主持人", head.chair), ("记录人", head.recorder), least=9 * MM),
        )
    )
    return form
