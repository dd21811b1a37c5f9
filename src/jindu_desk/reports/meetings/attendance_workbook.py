"""签到表 as .xlsx: a row for everybody who was called."""

from __future__ import annotations

from datetime import date

from jindu_desk.reports.meetings.attendance_paper import INSIDE, NAME, AttendancePaper
from jindu_desk.reports.tables.rows import RowColumn, RowTable
from jindu_desk.reports.tables.workbook import tables_xlsx

_COLUMNS = (
    RowColumn("序号", "centre", 12),
    RowColumn("类别", width=16),
    RowColumn("单位", width=44),
    RowColumn("姓名", width=24),
    RowColumn("职务", width=36),
    RowColumn("出席情况", width=20),
    RowColumn("代会人员", width=24),
    RowColumn("备注", width=48),
)


def attendance_xlsx(paper: AttendancePaper, made_on: date) -> bytes:
    """Same rows, same bytes."""
    called = [("参会", each) for each in paper.members] + [("列席", each) for each in paper.observers]
    rows = tuple(
        (number, group, each.unit, each.name, each.post, each.attendance, each.substitute, each.note)
        for number, (group, each) in enumerate(called, start=1)
    )
    table = RowTable(NAME, _COLUMNS, rows, frozen=0, filtered=True)
    return tables_xlsx(paper.head.name, (f"{paper.sums}{INSIDE}",), [table], made_on)
