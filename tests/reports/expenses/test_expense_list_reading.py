"""Lists of the finance office as files."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from xlsxwriter.workbook import Workbook

from jindu_desk.errors.expense_lists import ListEmpty, ListTooLong, ListTooWide, ListUnreadable
from jindu_desk.queries.expense_lists import list_words
from jindu_desk.reports.expenses.left_out_rows_workbook import left_out_rows_workbook
from jindu_desk.reports.expenses.list_reading import MOST_ROWS, ReadList, read_expense_list

TEXT = '日期,摘要,金额\r\n2026-03-05,印制“折页”,"1,234.50"\r\n\r\n2026-03-06,䶮社区横幅,20\r\n'


def read(content: bytes) -> ReadList:
    return read_expense_list(content, list_words(), file="清单")


def workbook(rows: list[list[object]], *, formula: str = "") -> bytes:
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    sheet = book.add_worksheet("明细")
    day = book.add_format({"num_format": "yyyy/m/d"})
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, datetime(cell.year, cell.month, cell.day), day)
            else:
                sheet.write(number, column, cell)
    if formula:
        sheet.write_formula("C3", formula, value="#REF!" if "REF" in formula else 60)
    book.close()
    return content.getvalue()


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_text_in_every_coding_and_with_every_mark(coding: str, mark: str) -> None:
    text = TEXT if mark == "," else TEXT.replace('"1,234.50"', "1,234.50").replace(",", mark).replace("1" + mark, "1,")
    found = read(text.encode(coding))
    assert found.headings == ("日期", "摘要", "金额")
    assert [(row.number, row.cells) for row in found.rows] == [
        (2, ("2026-03-05", "印制“折页”", "1,234.50")),
        (4, ("2026-03-06", "䶮社区横幅", "20")),
    ]


def test_a_workbook_gives_dates_numbers_and_its_row_numbers() -> None:
    found = read(workbook([["某镇明细"], ["日期", "摘要", "金额"], [date(2026, 3, 5), "折页", 1234.5]]))
    assert found.headings == ("日期", "摘要", "金额")
    (row,) = found.rows
    assert (row.number, row.cells[0], row.cells[1:]) == (3, date(2026, 3, 5), ("折页", 1234.5))


def test_a_computed_formula_counts_and_a_broken_one_is_named() -> None:
    rows: list[list[object]] = [["日期", "摘要", "金额"], ["x"], [date(2026, 3, 5), "折页"]]
    assert read(workbook(rows, formula="=20*3")).rows[-1].cells[2] == 60
    assert read(workbook(rows, formula="=REF()")).rows[-1].broken == {2: ("C3", "#REF!")}


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no archive",
        b"\xff\xfe\x00",
        b"a,b\x00,c\r\n1,2,3",
        b"\x81",
        "日期,金额\n".encode() + b"\xff\xff\xff",
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes) -> None:
    with pytest.raises(ListUnreadable):
        read(content)


def test_an_archive_made_to_burst_is_refused_before_it_is_read() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (64 << 20))
    assert len(content.getvalue()) < 1 << 20
    with pytest.raises(ListUnreadable):
        read(content.getvalue())


def test_nothing_too_long_and_too_wide_are_told() -> None:
    with pytest.raises(ListEmpty):
        read(b"")
    with pytest.raises(ListEmpty):
        read("日期,摘要,金额\n".encode())
    with pytest.raises(ListTooLong, match="20000"):
        read(b"a,b\n" * (MOST_ROWS + 1))
    with pytest.raises(ListTooWide):
        read(b"a," * 200 + b"\n1,2")
    with pytest.raises(ListTooLong):
        read(workbook([["日期", "金额"], *[[] for _ in range(MOST_ROWS + 5)], ["x"]]))


def test_rows_left_out_are_a_list_again() -> None:
    rows = [(7, "没有金额。", (datetime(2026, 3, 5), "=1+1", 3.5, None)), (9, "日期不对。", ("x", "折页"))]
    again = read(left_out_rows_workbook(("日期", "摘要", "金额"), rows))
    assert again.headings[:3] == ("日期", "摘要", "金额")
    assert again.headings[4:] == ("原清单行号", "没有导入的原因")
    assert again.rows[0].cells[1:] == ("=1+1", 3.5, None, 7.0, "没有金额。")
    assert again.rows[1].cells[-1] == "日期不对。"
