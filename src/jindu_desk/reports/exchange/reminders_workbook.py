"""催报清单 as .xlsx: a row for each month owed, so that it can be filtered and sorted by unit, month or days."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from jindu_desk.reports.exchange.reminders_paper import OwedMonth, OwingUnit, RemindersPaper
from jindu_desk.reports.exchange.wording import period_text
from jindu_desk.reports.wording import UNKNOWN, date_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEADS: Final = (
    ("序号", 6),
    ("单位", 20),
    ("未报月份", 14),
    ("应报日期", 13),
    ("逾期天数", 10),
    ("末号", 8),
    ("联系记录、签字", 32),
)
_FIRST = 3  # the row of the first month: title, note and heads stand above


def reminders_xlsx(paper: RemindersPaper) -> bytes:
    """Days and dates are real ones; text is never run as a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{paper.desk}催报清单"})
    styles = _Styles(book)
    sheet = book.add_worksheet("催报清单")
    _write_head(sheet, styles, paper)
    owed = [(unit, month) for unit in paper.units for month in unit.months]
    for number, (unit, month) in enumerate(owed):
        _write_month(sheet, styles, _FIRST + number, number + 1, unit, month, paper.as_of)
    _set_up(sheet, rows=len(owed))
    book.close()
    return out.getvalue()


class _Styles:
    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        framed = {**base, "border": 1}
        self.title = book.add_format({**base, "font_size": 14, "bold": True})
        self.note = book.add_format(base)
        self.head = book.add_format(
            {**framed, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#F0F2F4"}
        )
        self.text = book.add_format(framed)
        self.centre = book.add_format({**framed, "align": "center"})
        self.count = book.add_format({**framed, "num_format": "0"})
        self.date = book.add_format({**framed, "num_format": "yyyy-mm-dd", "align": "center"})


def _write_head(sheet: Worksheet, styles: _Styles, paper: RemindersPaper) -> None:
    as_of = f"截至{date_text(paper.as_of)}，" if paper.as_of else ""
    months = sum(len(unit.months) for unit in paper.units)
    told = f"应报未报共 {len(paper.units)} 个单位、{months} 份。" if months else "没有需要催报的。"
    sheet.write_string(0, 0, f"{paper.desk}催报清单", styles.title)
    sheet.write_string(1, 0, f"{as_of}{told}“末号”是已经连续收到的最后一个编号。", styles.note)
    for column, (head, width) in enumerate(_HEADS):
        sheet.write_string(_FIRST - 1, column, head, styles.head)
        sheet.set_column(column, column, width)


def _write_month(
    sheet: Worksheet, styles: _Styles, row: int, number: int, unit: OwingUnit, month: OwedMonth, as_of: date | None
) -> None:
    sheet.write_number(row, 0, number, styles.count)
    sheet.write_string(row, 1, unit.unit, styles.text)
    sheet.write_string(row, 2, period_text(month.period) or UNKNOWN, styles.centre)
    if month.due is None:
        sheet.write_string(row, 3, UNKNOWN, styles.centre)
    else:
        sheet.write_datetime(row, 3, datetime.combine(month.due, time()), styles.date)
    if month.due is None or as_of is None:
        sheet.write_string(row, 4, UNKNOWN, styles.centre)
    else:
        sheet.write_number(row, 4, max(0, (as_of - month.due).days), styles.count)
    if unit.last_number:
        sheet.write_number(row, 5, unit.last_number, styles.count)
    else:
        sheet.write_string(row, 5, "无", styles.centre)
    sheet.write_string(row, 6, unit.contact, styles.text)


def _set_up(sheet: Worksheet, *, rows: int) -> None:
    sheet.freeze_panes(_FIRST, 2)
    if rows:
        sheet.autofilter(_FIRST - 1, 0, _FIRST - 1 + rows, len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")
