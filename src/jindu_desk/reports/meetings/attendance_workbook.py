"""签到表 as .xlsx: a row for everybody who was called."""

from __future__ import annotations

import io
from typing import Final

from jindu_desk.reports.meetings.attendance_paper import INSIDE, NAME, AttendancePaper

_HEADS: Final = (
    ("序号", 6),
    ("类别", 8),
    ("单位", 22),
    ("姓名", 12),
    ("职务", 18),
    ("出席情况", 10),
    ("代会人员", 12),
    ("备注", 24),
)
_FIRST: Final = 3  # title, sums and heads stand above


def attendance_xlsx(paper: AttendancePaper) -> bytes:
    """Text is never run as a formula."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{paper.head.name}{NAME}"})
    base = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    framed = {**base, "border": 1}
    head = book.add_format({**framed, "bold": True, "align": "center", "bg_color": "#F0F2F4"})
    text, count = book.add_format(framed), book.add_format({**framed, "num_format": "0"})
    sheet = book.add_worksheet(NAME)
    sheet.write_string(0, 0, f"{paper.head.name}{NAME}", book.add_format({**base, "font_size": 14, "bold": True}))
    sheet.write_string(1, 0, f"{paper.sums}{INSIDE}", book.add_format(base))
    for column, (title, width) in enumerate(_HEADS):
        sheet.write_string(_FIRST - 1, column, title, head)
        sheet.set_column(column, column, width)
    called = [("参会", each) for each in paper.members] + [("列席", each) for each in paper.observers]
    for number, (group, each) in enumerate(called):
        row = _FIRST + number
        sheet.write_number(row, 0, number + 1, count)
        told = (group, each.unit, each.name, each.post, each.attendance, each.substitute, each.note)
        for column, value in enumerate(told, start=1):
            sheet.write_string(row, column, value, text)
    sheet.freeze_panes(_FIRST, 0)
    if called:
        sheet.autofilter(_FIRST - 1, 0, _FIRST - 1 + len(called), len(_HEADS) - 1)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST - 1)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")
    book.close()
    return out.getvalue()
