"""督办单: a sheet for each decision, to whom it is given: what, until when, by what measure; a slip confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import DecisionRow, StepRow
from jindu_desk.reports.meetings.texts import origin_text
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import Cell, Para
from jindu_desk.reports.typesetting.forms import Column, Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, date_text, decision_state_label

NAME: Final = "督办单"
_FOR_THE_PEN: Final = 56 * MM
_COLUMNS: Final = (
    Column("日期", 33, "centre"),
    Column("进展", 21, "centre"),
    Column("完成时限", 33, "centre"),
    Column("说明", 55),
    Column("批准人", 23, "centre"),
)


@dataclass(frozen=True, slots=True)
class FollowUpSheets:
    """``given_by`` is the body that gives the matters, ``office`` follows them up and gets the slip back."""

    unit: str
    given_by: str
    office: str
    today: date
    decisions: tuple[DecisionRow, ...]


def follow_up_sheets_printed(sheets: FollowUpSheets, fonts: FontSet) -> PrintedPaper:
    """A page for each decision, more where it is long. The same rows and fonts give the same bytes."""
    form: Form | None = None
    for row in sheets.decisions:
        mark = f"编号：{_number(row)}"
        under = "　".join(filter(None, (one_line(sheets.unit), mark)))
        if form is None:
            form = Form(fonts, NAME, under, mark=mark)
        else:
            form.new_page()
            form.head(under, mark=mark)
        _write(form, sheets, row)
    return (form or Form(fonts, NAME, sheets.unit)).printed(author=one_line(sheets.office), subject=sheets.unit)


def _write(form: Form, sheets: FollowUpSheets, row: DecisionRow) -> None:
    form.grid(
        (
            fields(("督办事项", row.matter), least=14 * MM),
            fields(("交办单位", sheets.given_by), ("交办日期", date_text(row.decided_on))),
            fields(("承办单位", row.lead_unit), ("责任人", row.person)),
            fields(("配合单位", row.helping_units), ("完成时限", _deadline(row, sheets.today))),
            fields(("办结标准", row.standard), least=12 * MM),
            fields(("办理情况", ""), least=_FOR_THE_PEN),
        )
    )
    form.gap(2)
    form.table(_COLUMNS, [_step(step) for step in row.steps])
    form.gap(2)
    form.grid(
        (
            fields(("承办人签字", ""), dated(), least=10 * MM),
            fields(("负责人签字", ""), dated(), least=10 * MM),
        ),
        whole=True,
    )
    form.gap(3)
    _write_slip(form, sheets, row)


def _write_slip(form: Form, sheets: FollowUpSheets, row: DecisionRow) -> None:
    """The part that goes back to the office."""
    rows = (
        fields(("督办单编号", _number(row)), ("完成时限", date_text(row.deadline))),
        fields(("承办单位盖章", ""), ("签收人", ""), least=11 * MM),
        fields(("签收意见", ""), dated("签收日期"), least=11 * MM),
    )
    form.keep(form.height(rows) + 16 * MM)
    form.cut_line("沿此线剪下")
    form.gap(1)
    form.line(Cell((Para(f"督办单签收回执（交{one_line(sheets.office)}）", Role.HEI, 12.0),), "centre"))
    form.gap(1)
    form.grid(rows)


def _number(row: DecisionRow) -> str:
    return origin_text(Month.parse(row.month), row.number)


def _deadline(row: DecisionRow, today: date) -> str:
    """As it stands now; what it was at first where it was moved."""
    first = row.steps[0].step.deadline
    moved = f"（原定{date_text(first)}）" if first and first != row.deadline else ""
    late = "　已逾期" if row.overdue(today) else ""
    return f"{date_text(row.deadline)}{moved}{late}"


def _step(each: StepRow) -> Sequence[str]:
    step = each.step
    where = f"{Month.parse(each.month).number}月例会" if each.month else ""
    return (
        date_text(step.on),
        "\n".join(filter(None, (decision_state_label(step.state.value), where))),
        date_text(step.deadline) or UNKNOWN,
        step.note,
        step.approved_by,
    )
