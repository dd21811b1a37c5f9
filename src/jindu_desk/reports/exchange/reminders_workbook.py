"""催报清单 as .xlsx: a row for each month owed, so that it can be filtered and sorted by unit, month or days."""

from __future__ import annotations

from datetime import date

from jindu_desk.reports.exchange.reminders_paper import OwedMonth, OwingUnit, RemindersPaper, owed_counts
from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.reports.tables.rows import RowColumn, RowTable, Value
from jindu_desk.reports.tables.workbook import EARLIEST, tables_xlsx
from jindu_desk.reports.wording import date_text

_COLUMNS = (
    RowColumn("序号", "centre", 12),
    RowColumn("单位", width=40),
    RowColumn("月份", "centre", 28),
    RowColumn("应报日期", "day", 26),
    RowColumn("逾期天数", "count", 20),
    RowColumn("末号", "count", 16),
    RowColumn("备注", width=48),
    RowColumn("联系记录、签字", width=64),
)


def reminders_xlsx(paper: RemindersPaper) -> bytes:
    """Days and dates are real ones. Same rows, same bytes."""
    owed = [(unit, month) for unit in paper.units for month in unit.months]
    rows = tuple(_row(number, unit, month, paper.as_of) for number, (unit, month) in enumerate(owed, start=1))
    as_of = f"截至{date_text(paper.as_of)}，" if paper.as_of else ""
    told = f"{owed_counts(paper) or '没有需要催报的'}。"
    note = f"{as_of}{told}“末号”是已经连续收到的最后一个编号。"
    table = RowTable("催报清单", _COLUMNS, rows, frozen=2, filtered=True)
    return tables_xlsx(paper.desk, (note,), [table], paper.as_of or EARLIEST)


def _row(number: int, unit: OwingUnit, month: OwedMonth, as_of: date | None) -> tuple[Value, ...]:
    return (
        number,
        unit.unit,
        period_text(month.period) or None,
        month.due,
        None if month.due is None or as_of is None or month.returned else max(0, (as_of - month.due).days),
        unit.last_number or "无",
        month.remark,
        unit.contact,
    )
