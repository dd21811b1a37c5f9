"""督办清单: decisions with who leads, until when, how they stand; the paper keeps who answered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from jindu_desk.domain.decisions import days_left, is_open
from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.forms import Column, Form, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, date_text, decision_state_label, month_text

NAME: Final = "督办清单"


def follow_up_printed(
    unit_name: str, today: date, which: str, rows: Iterable[DecisionRow], fonts: FontSet
) -> PrintedPaper:
    """``which``: what of the register is on it, in words. The same rows and fonts give the same bytes."""
    listed = tuple(rows)
    under = "　".join((one_line(unit_name), f"截至{date_text(today)}", one_line(which)))
    form = Form(fonts, NAME, under)
    overdue = sum(row.overdue(today) for row in listed)
    form.text(f"共 {len(listed)} 项，其中逾期 {overdue} 项。" if listed else "没有需要督办的议定事项。")
    if listed:
        form.gap(1.5)
        form.table(
            (
                Column("序号", 11, "centre"),
                Column("议定事项", 50),
                Column("出处", 24, "centre"),
                Column("牵头单位、责任人", 27),
                Column("时限", 25, "centre"),
                Column("进展", 28),
            ),
            [_line(number, row, today) for number, row in enumerate(listed, start=1)],
            least=9 * MM,
        )
    form.gap(3)
    form.grid((fields(("制表人签字", ""), dated(), least=9 * MM),), whole=True)
    return form.printed(author=unit_name, subject=under)


def _line(number: int, row: DecisionRow, today: date) -> tuple[str, ...]:
    who = "\n".join(filter(None, (row.lead_unit, row.person))) or UNKNOWN
    return (
        str(number),
        row.matter,
        f"{month_text(Month.parse(row.month))}\n第{row.number}项",
        who,
        _deadline(row, today),
        "\n".join(filter(None, (decision_state_label(row.state.value), row.last.note))),
    )


def _deadline(row: DecisionRow, today: date) -> str:
    left = days_left(row.deadline, today)
    if row.deadline is None or left is None:
        return UNKNOWN
    told = "" if not is_open(row.state) else f"逾期 {-left} 天" if left < 0 else f"还有 {left} 天"
    return "\n".join(filter(None, (row.deadline.isoformat(), told)))
