"""会议记录: the raw record of a meeting, signed by who led and who wrote; the minutes are another paper (rules, 4)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.meetings.attendance_paper import INSIDE
from jindu_desk.reports.meetings.head import MeetingHead
from jindu_desk.reports.meetings.minutes_paper import DecisionLine, FollowUpLine
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import SMALL
from jindu_desk.reports.typesetting.forms import Column, Form, Row, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, date_text

NAME: Final = "会议记录"
_NOTE: Final = f"本表是会议的原始记录，与会议纪要分别存档。{INSIDE}"


@dataclass(frozen=True, slots=True)
class SpokenItem:
    """An agenda item: who spoke, what was said word for word as it was typed, and its time where that was kept."""

    title: str
    speaker: str = ""
    said: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version of the minutes: ``signed``: by whom and when, in words."""

    version: int
    signed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecordPaper:
    """``present`` and the other lists are names in words. ``state``: how far the minutes are, in words."""

    head: MeetingHead
    sums: str = ""
    present: str = ""
    excused: str = ""
    absent: str = ""
    observers: str = ""
    follow_ups: tuple[FollowUpLine, ...] = ()
    figures: str = ""
    spoken: tuple[SpokenItem, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    attachments: tuple[str, ...] = ()
    versions: tuple[VersionLine, ...] = ()
    state: str = ""


def record_printed(record: RecordPaper, fonts: FontSet) -> PrintedPaper:
    """The record as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    head = record.head
    form = Form(fonts, NAME, head.name)
    form.grid(_head_rows(record))
    _write_follow_ups(form, record.follow_ups)
    if record.figures:
        form.part("提供会议的数字")
        form.text(record.figures)
    form.table(
        (
            Column("序号", 12, "centre"),
            Column("议题", 38),
            Column("发言人", 23, "centre"),
            Column("发言记录", 92),
        ),
        [
            (str(number), "\n".join(filter(None, (item.title, item.time))), item.speaker, item.said)
            for number, item in enumerate(record.spoken, start=1)
        ],
        part="议程和发言",
        least=14 * MM,
    )
    _write_decisions(form, record.decisions)
    if record.attachments:
        form.part("附件")
        form.text(*(f"{number}. {one_line(name)}" for number, name in enumerate(record.attachments, start=1)))
    _write_versions(form, record.versions)
    form.gap(2)
    form.text(" ".join(filter(None, (one_line(record.state), _NOTE))), size=SMALL)
    form.gap(2)
    form.grid(
        (
            fields(("主持人签字", ""), dated(), least=11 * MM),
            fields(("记录人签字", ""), dated(), least=11 * MM),
        ),
        whole=True,
    )
    return form.printed(author=one_line(head.unit), subject=head.name)


def _head_rows(record: RecordPaper) -> tuple[Row, ...]:
    head = record.head
    return (
        fields(("会议名称", head.name)),
        fields(("会议时间", head.held), ("会议地点", head.place)),
        fields(("召集人", head.convenor), ("主持人", head.chair)),
        fields(("记录人", head.recorder), ("会议编号", head.number)),
        fields(("到会情况", record.sums)),
        fields(("出席", record.present or UNKNOWN)),
        fields(("请假", record.excused or "无")),
        fields(("缺席", record.absent or "无")),
        fields(("列席", record.observers or "无")),
    )


def _write_follow_ups(form: Form, lines: Sequence[FollowUpLine]) -> None:
    if lines:
        form.table(
            (
                Column("序号", 12, "centre"),
                Column("议定事项", 50),
                Column("出处、原时限", 34, "centre"),
                Column("承办单位", 28),
                Column("本次会议认定", 41),
            ),
            [
                (
                    str(number),
                    line.matter,
                    "\n".join(filter(None, (line.origin, date_text(line.deadline)))),
                    line.lead_unit,
                    "\n".join(filter(None, (line.state, line.note))),
                )
                for number, line in enumerate(lines, start=1)
            ],
            part="上次会议议定事项落实情况",
        )


def _write_decisions(form: Form, lines: Sequence[DecisionLine]) -> None:
    if not lines:
        form.part("议定事项")
        form.text("本次会议没有议定新的事项。")
        return
    form.table(
        (
            Column("序号", 12, "centre"),
            Column("议定事项", 46),
            Column("承办单位、责任人", 40),
            Column("完成时限", 33, "centre"),
            Column("办结标准", 34),
        ),
        [
            (
                str(number),
                line.matter,
                _who(line),
                date_text(line.deadline) or UNKNOWN,
                line.standard,
            )
            for number, line in enumerate(lines, start=1)
        ],
        part="议定事项",
    )


def _write_versions(form: Form, versions: Sequence[VersionLine]) -> None:
    """Corrections are told only where there are any."""
    if len(versions) > 1:
        form.table(
            (Column("版次", 20, "centre"), Column("签发", 55), Column("更正理由", 90)),
            [(f"第{line.version}版", line.signed or "未签发", line.reason or UNKNOWN) for line in versions],
            part="纪要的更正",
        )


def _who(line: DecisionLine) -> str:
    who = (("牵头", line.lead_unit), ("配合", "、".join(line.helping_units)), ("责任人", line.person))
    return "\n".join(f"{label}：{value}" for label, value in who if value)
