"""督办清单 as .xlsx: a row for each decision, so that it can be filtered and sorted by unit, deadline or state."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from jindu_desk.domain.decisions import days_left, is_open
from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import DecisionRow
from jindu_desk.reports.meetings.follow_up_paper import NAME
from jindu_desk.reports.wording import UNKNOWN, date_text, decision_state_label, month_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_HEADS: Final = (
    ("序号", 6),
    ("议定事项", 40),
    ("例会", 12),
    ("第几项", 8),
    ("交办日期", 12),
    ("牵头单位", 20),
    ("配合单位", 20),
    ("责任人", 10),
    ("完成时限", 12),
    ("剩余天数", 10),
    ("进展", 10),
    ("说明", 40),
    ("办结标准", 30),
)
_FIRST: Final = 3  # title, note and heads stand above


def follow_up_xlsx(unit_name: str, today: date, which: str, rows: Iterable[DecisionRow]) -> bytes:
    """Days and dates are real ones (days below zero: overdue); text is never run as a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{unit_name}{NAME}"})
    styles = _Styles(book)
    sheet = book.add_worksheet(NAME)
    listed = tuple(rows)
    sheet.write_string(0, 0, f"{unit_name}{NAME}", styles.title)
    told = f"截至{date_text(today)}，{which}，共 {len(listed)} 项。剩余天数小于 0 的已逾期。"
    sheet.write_string(1, 0, told, styles.note)
    for column, (head, width) in enumerate(_HEADS):
        sheet.write_string(_FIRST - 1, column, head, styles.head)
        sheet.set_column(column, column, width)
    for number, row in enumerate(listed):
        _write_row(sheet, styles, _FIRST + number, number + 1, row, today)
    sheet.freeze_panes(_FIRST, 2)
    if listed:
        sheet.autofilter(_FIRST - 1, 0, _FIRST - 1 + len(listed), len(_HEADS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")
    book.close()
    return out.getvalue()


class _Styles:
    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
        framed = {**base, "border": 1, "text_wrap": True}
        self.title = book.add_format({**base, "font_size": 14, "bold": True})
        self.note = book.add_format(base)
        self.head = book.add_format({**framed, "bold": True, "align": "center", "bg_color": "#F0F2F4"})
        self.text = book.add_format(framed)
        self.count = book.add_format({**framed, "num_format": "0"})
        self.date = book.add_format({**framed, "num_format": "yyyy-mm-dd", "align": "center"})


def _write_row(sheet: Worksheet, styles: _Styles, row: int, number: int, each: DecisionRow, today: date) -> None:
    sheet.write_number(row, 0, number, styles.count)
    sheet.write_string(row, 1, each.matter, styles.text)
    sheet.write_string(row, 2, month_text(Month.parse(each.month)), styles.text)
    sheet.write_number(row, 3, each.number, styles.count)
    sheet.write_datetime(row, 4, datetime.combine(each.decided_on, time()), styles.date)
    for column, text in enumerate((each.lead_unit, each.helping_units, each.person), start=5):
        sheet.write_string(row, column, text, styles.text)
    if each.deadline is None:
        sheet.write_string(row, 8, UNKNOWN, styles.text)
    else:
        sheet.write_datetime(row, 8, datetime.combine(each.deadline, time()), styles.date)
    left = days_left(each.deadline, today) if is_open(each.state) else None
    if left is None:
        sheet.write_string(row, 9, UNKNOWN, styles.text)
    else:
        sheet.write_number(row, 9, left, styles.count)
    told = (decision_state_label(each.state.value), each.last.note, each.standard)
    for column, text in enumerate(told, start=10):
        sheet.write_string(row, column, text, styles.text)
