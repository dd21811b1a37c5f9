"""审核问题清单 as .xlsx: a row for each line, so that it can be filtered by village, check or state."""

from __future__ import annotations

from datetime import date

from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.reports.tables.rows import RowColumn, RowTable
from jindu_desk.reports.tables.workbook import tables_xlsx
from jindu_desk.reports.tallies.findings_paper import FindingsPaper, summary_text
from jindu_desk.reports.wording import UNKNOWN

_COLUMNS = (
    RowColumn("序号", "centre", 12),
    RowColumn("村（社区）", width=36),
    RowColumn("审核代码", "centre", 18),
    RowColumn("审核项", width=36),
    RowColumn("强制或核实", "centre", 20),
    RowColumn("问题", width=110),
    RowColumn("说明", width=60),
    RowColumn("说明人", "centre", 24),
    RowColumn("状态", "centre", 20),
)
_INSIDE = "含各村（社区）准确数字，供内部使用，不得外传。"


def findings_xlsx(paper: FindingsPaper, made_on: date) -> bytes:
    """The lines as the paper lists them. Same lines, same bytes."""
    rows = tuple(
        (
            number,
            line.village,
            line.code or UNKNOWN,
            line.name,
            line.weight or UNKNOWN,
            line.sentence,
            line.reason,
            line.given_by,
            line.level,
        )
        for number, line in enumerate(paper.lines, start=1)
    )
    note = "　".join(filter(None, (paper.scope, summary_text(paper.lines), _INSIDE)))
    title = f"{paper.unit}{period_text(paper.period)}"
    return tables_xlsx(title, (note,), [RowTable("审核问题清单", _COLUMNS, rows, frozen=2, filtered=True)], made_on)
