"""上报回执: what a superior answers to a unit's reports, on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from jindu_desk.reports.exchange.wording import (
    audit_label,
    or_dash,
    period_text,
    receipt_state_label,
    remark_place_label,
)
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.form_cells import SMALL, Cell, exact, rows_of_groups
from jindu_desk.reports.typesetting.forms import Column, Form, Row, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_text, date_time_text

_RETURNED: Final = "returned"


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What became of one report. ``state`` is a value of `ReceiptState`."""

    number: int
    period: str
    revision: int = 1
    state: str = ""
    reason: str = ""
    decided_by: str = ""
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RemarkLine:
    """Why a report was returned, at one place. ``place`` is a value of `RemarkPlace`, ``where`` names it."""

    number: int
    period: str
    place: str
    where: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class UnlockLine:
    period: str
    reason: str = ""
    unlocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RevocationLine:
    fingerprint: str
    reason: str = ""
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DueLine:
    """A month whose report has not come."""

    period: str
    due: date | None = None


@dataclass(frozen=True, slots=True)
class AnswerSlip:
    """An answer to ``unit``. ``highest``: no number up to it is missing; ``first_missing``: what held ones wait for.

    ``audit`` is a value of `AuditState`.
    """

    unit: str
    unit_code: str = ""
    sender: str = ""
    keeper: str = ""
    number: int | None = None
    made_at: datetime | None = None
    highest: int = 0
    first_missing: int | None = None
    audit: str = ""
    reports: tuple[ReportLine, ...] = ()
    remarks: tuple[RemarkLine, ...] = ()
    unlocked: tuple[UnlockLine, ...] = ()
    revoked: tuple[RevocationLine, ...] = ()
    reminders: tuple[DueLine, ...] = ()


def answer_slip_pdf(slip: AnswerSlip, fonts: FontSet) -> bytes:
    """The slip as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return answer_slip_printed(slip, fonts).content


def answer_slip_printed(slip: AnswerSlip, fonts: FontSet) -> PrintedPaper:
    """The slip as PDF, with the fonts that were used and the characters that no font has."""
    paper = Form(fonts, "上报回执")
    paper.grid(_head_rows(slip))
    _write_to_do(paper, slip)
    _write_reports(paper, slip)
    _write_remarks(paper, slip)
    _write_rest(paper, slip)
    paper.gap(5)
    paper.grid(
        (
            fields(("经办人签字", ""), dated(), least=10 * MM),
            fields(("签收人签字", ""), dated("签收日期"), least=10 * MM),
        ),
        whole=True,
    )
    return paper.printed(author=slip.sender, subject=one_line(slip.unit))


def _head_rows(slip: AnswerSlip) -> tuple[Row, ...]:
    unit = one_line(slip.unit)
    if unit and one_line(slip.unit_code):
        unit = f"{unit}（{one_line(slip.unit_code)}）"
    held = f"到第 {slip.highest} 号" if slip.highest else "还没有收到过上报"
    missing = "无" if slip.first_missing is None else f"第 {slip.first_missing} 号"
    return (
        fields(("收件单位", or_dash(unit)), ("回执单位", or_dash(slip.sender))),
        fields(
            ("回执编号", or_dash("" if slip.number is None else f"第 {slip.number} 号")),
            ("制作时间", or_dash(date_time_text(slip.made_at))),
        ),
        fields(("已连续收到", held), ("缺少", missing)),
        fields(("变更记录链", or_dash(audit_label(slip.audit))), ("签名保管人", or_dash(slip.keeper))),
    )


def _write_to_do(paper: Form, slip: AnswerSlip) -> None:
    """What the unit has to do, most urgent first; nothing where nothing is asked."""
    told = []
    if slip.first_missing is not None:
        told.append(f"请重新递交第 {slip.first_missing} 号，它后面的上报都在等它。")
    if any(report.state == _RETURNED for report in slip.reports):
        told.append("标为“已退回”的月份，请照退回意见改正后再上报，并写明更正理由。")
    if slip.audit == "broken":
        told.append("变更记录与前一次上报接不上（恢复过旧备份，或者记录被改动过），请说明原因。")
    if slip.revoked:
        told.append("作废的密钥不能再用来签名。请生成新密钥，重新办理密钥登记。")
    if slip.unlocked:
        told.append("已解锁的月份可以打开改正，改正后请再上报。")
    if slip.reminders:
        told.append("尚未收到的月份，请尽快上报。")
    if told:
        paper.part("请这样办")
        paper.text(*(f"{number}. {line}" for number, line in enumerate(told, start=1)))


def _write_reports(paper: Form, slip: AnswerSlip) -> None:
    if not slip.reports:
        return
    paper.table(
        (
            Column("编号", 14, "centre"),
            Column("月份", 26, "centre"),
            Column("版次", 14, "centre"),
            Column("状态", 22, "centre"),
            Column("理由", 57),
            Column("认定人、日期", 32),
        ),
        [
            (
                str(report.number),
                period_text(report.period),
                str(report.revision),
                receipt_state_label(report.state),
                report.reason,
                "\n".join(
                    filter(
                        None,
                        (
                            one_line(report.decided_by),
                            date_text(report.decided_at.date() if report.decided_at else None),
                        ),
                    )
                ),
            )
            for report in slip.reports
        ],
        part="各次上报的处理",
    )


def _write_remarks(paper: Form, slip: AnswerSlip) -> None:
    if not slip.remarks:
        return
    paper.table(
        (
            Column("序号", 12, "centre"),
            Column("上报", 33),
            Column("类别", 22, "centre"),
            Column("位置", 40),
            Column("意见", 58),
        ),
        [
            (
                str(place),
                f"第 {remark.number} 号\n{period_text(remark.period)}",
                remark_place_label(remark.place),
                remark.where,
                remark.reason,
            )
            for place, remark in enumerate(slip.remarks, start=1)
        ],
        part="退回意见",
    )


def _write_rest(paper: Form, slip: AnswerSlip) -> None:
    if slip.unlocked:
        paper.table(
            (Column("月份", 30, "centre"), Column("理由", 95), Column("解锁时间", 40, "centre")),
            [(period_text(row.period), row.reason, date_time_text(row.unlocked_at)) for row in slip.unlocked],
            part="已解锁的月份",
        )
    if slip.revoked:
        paper.table(
            (Column("密钥指纹", 70), Column("理由", 55), Column("作废时间", 40, "centre")),
            [(_groups(row.fingerprint), row.reason, date_time_text(row.revoked_at)) for row in slip.revoked],
            part="作废的密钥",
        )
    if slip.reminders:
        paper.table(
            (Column("月份", 55, "centre"), Column("应报日期", 55, "centre"), Column("备注", 55)),
            [(period_text(row.period), date_text(row.due), "") for row in slip.reminders],
            part="尚未收到的上报",
        )


def _groups(fingerprint: str) -> Cell:
    return exact(rows_of_groups(one_line(fingerprint).removeprefix("SHA256:"), 6), size=SMALL)
