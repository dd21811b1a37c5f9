"""督办清单 as .xlsx: a row for each decision, so that it can be filtered and sorted by unit, deadline or state."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from jindu_desk.domain.decisions import days_left, is_open
from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.reports.meetings.follow_up_paper import NAME
from jindu_desk.reports.tables.rows import RowColumn, RowTable, Value
from jindu_desk.reports.tables.workbook import tables_xlsx
from jindu_desk.reports.wording import date_text, decision_state_label, month_text

_COLUMNS = (
    RowColumn("序号", "centre", 12),
    RowColumn("议定事项", width=80),
    RowColumn("例会", width=24),
    RowColumn("第几项", "count", 16),
    RowColumn("交办日期", "day", 24),
    RowColumn("牵头单位", width=40),
    RowColumn("配合单位", width=40),
    RowColumn("责任人", width=20),
    RowColumn("完成时限", "day", 24),
    RowColumn("剩余天数", "count", 20),
    RowColumn("进展", width=20),
    RowColumn("说明", width=80),
    RowColumn("办结标准", width=60),
)


def follow_up_xlsx(unit_name: str, today: date, which: str, rows: Iterable[DecisionRow]) -> bytes:
    """Days and dates are real ones (days below zero: overdue). Same rows, same bytes."""
    listed = tuple(_row(number, each, today) for number, each in enumerate(rows, start=1))
    note = f"截至{date_text(today)}，{which}，共 {len(listed)} 项。剩余天数小于 0 的已逾期。"
    return tables_xlsx(unit_name, (note,), [RowTable(NAME, _COLUMNS, listed, frozen=2, filtered=True)], today)


def _row(number: int, each: DecisionRow, today: date) -> tuple[Value, ...]:
    return (
        number,
        each.matter,
        month_text(Month.parse(each.month)),
        each.number,
        each.decided_on,
        each.lead_unit,
        each.helping_units,
        each.person,
        each.deadline,
        days_left(each.deadline, today) if is_open(each.state) else None,
        decision_state_label(each.state.value),
        each.last.note,
        each.standard,
    )
