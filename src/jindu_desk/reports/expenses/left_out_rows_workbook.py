"""The rows of a finance office's list that were not booked, with the reason, to be put right and imported again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from jindu_desk.domain.expense_lists import Raw


def left_out_rows_workbook(headings: Sequence[str], rows: Sequence[tuple[int, str, Sequence[Raw]]]) -> bytes:
    """``rows``: number in the list, reason, cells. The list's own headings stand in the first row, so that the file can
    be imported as it is; number and reason stand behind them."""
    from xlsxwriter.workbook import Workbook

    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = workbook.add_worksheet("未导入的行")
    bold = workbook.add_format({"bold": True, "bg_color": "#F0F2F4", "border": 1})
    day = workbook.add_format({"num_format": "yyyy-mm-dd"})
    width = max([len(headings), *(len(cells) for _, _, cells in rows)])
    for column, heading in enumerate((*headings, *[""] * (width - len(headings)), "原清单行号", "没有导入的原因")):
        sheet.write_string(0, column, heading, bold)
    for line, (number, reason, cells) in enumerate(rows, 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                whole = cell if isinstance(cell, datetime) else datetime.combine(cell, time())
                sheet.write_datetime(line, column, whole, day)
            elif isinstance(cell, int | float) and not isinstance(cell, bool):
                sheet.write_number(line, column, cell)
            elif cell is not None:
                sheet.write_string(line, column, str(cell))
        sheet.write_number(line, width, number)
        sheet.write_string(line, width + 1, reason)
    sheet.set_column(0, width, 14)
    sheet.set_column(width + 1, width + 1, 60)
    sheet.freeze_panes(1, 0)
    workbook.close()
    return content.getvalue()
