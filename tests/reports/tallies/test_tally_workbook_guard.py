"""Workbooks made to harm, and cells that hold no value: checked before the reader sees them."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.workbooks import grids, with_part, written

from jindu_desk.errors.tallies import CellOutsideTemplate, WorkbookUnreadable
from jindu_desk.reports.tallies.workbook import cell_ref
from jindu_desk.reports.tallies.workbook_guard import MOST_COLUMNS, MOST_ROWS, BrokenCell, check_workbook

SHEET = "xl/worksheets/sheet1.xml"
END = "</sheetData>"


def plain() -> bytes:
    return written({"甲村": [["甲", 3]], "乙村": [["乙", 4]]})


def with_row(text: str) -> bytes:
    return with_part(plain(), SHEET, END, text + END)


def check(content: bytes) -> bytes:
    return check_workbook(content, file="填报表.xlsx").content


def test_an_ordinary_workbook_passes_unchanged() -> None:
    assert grids(check(plain())) == grids(plain())


@pytest.mark.parametrize("ref", ["XFD1048576", "XFD1", "A1048576", f"A{MOST_ROWS + 1}", cell_ref(0, MOST_COLUMNS)])
def test_something_far_outside_is_refused_by_sheet_and_cell(ref: str) -> None:
    row = re.sub("[A-Z]", "", ref)
    for inner in ("<v>5</v>", "<f>1+1</f>", "<is><t>字</t></is>"):
        with pytest.raises(CellOutsideTemplate, match=f"“甲村”在 {ref} 格"):
            check(with_row(f'<row r="{row}"><c r="{ref}">{inner}</c></row>'))
    with pytest.raises(CellOutsideTemplate):  # whatever the row says
        check(with_row(f'<row r="2"><c r="{ref}"><v>5</v></c></row>'))


def test_a_whole_column_that_is_only_coloured_does_no_harm() -> None:
    content = with_row('<row r="1048576"><c r="XFD1048576" s="0"/></row>')
    content = with_part(content, SHEET, 'ref="A1:B1"', 'ref="A1:XFD1048576"')
    assert grids(check(content)) == grids(plain())


@pytest.mark.parametrize(
    "text",
    [
        '<row r="6"><c r="ZZZZZZZZ6"><v>1</v></c></row>',
        '<row r="6"><c r="XFE6"><v>1</v></c></row>',
        '<row r="6"><c r="A99999999999"><v>1</v></c></row>',
        '<row r="6"><c r="A0"><v>1</v></c></row>',
        '<row r="6"><c r="6"><v>1</v></c></row>',
        '<row r="6"><c r=""><v>1</v></c></row>',
        '<row r="6"><c><v>1</v></c></row>',
        '<row r="6"><x:c xmlns:x="x" r="ZZZZZZZZ6"><v>1</v></x:c></row>',
        '<row r="4294967296"/>',
        '<row r="-1"/>',
        "<row r='6'>",
        "&undefined;",
    ],
)
def test_a_malformed_sheet_is_refused(text: str) -> None:
    with pytest.raises(WorkbookUnreadable, match="填报表"):
        check(with_row(text))


@pytest.mark.parametrize("ref", ["A1:ZZZZZZZZZZ9", "A1:", "", "A1:B99999999"])
def test_a_malformed_dimension_is_refused(ref: str) -> None:
    with pytest.raises(WorkbookUnreadable):
        check(with_part(plain(), SHEET, 'ref="A1:B1"', f'ref="{ref}"'))


def test_a_part_that_is_declared_a_sheet_is_checked_wherever_it_lies() -> None:
    content = with_part(plain(), "xl/_rels/workbook.xml.rels", "worksheets/sheet2.xml", "theme/theme1.xml")
    content = with_part(
        content, "xl/theme/theme1.xml", "<a:themeElements>", '<c r="XFD1"><v>1</v></c><a:themeElements>'
    )
    with pytest.raises(CellOutsideTemplate, match="乙村"):
        check(content)


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet'
    with pytest.raises(WorkbookUnreadable):
        check(with_part(plain(), SHEET, "<worksheet", bomb))


def test_a_part_that_swells_is_refused_without_being_read_whole() -> None:
    content = with_row("<row/>" + " " * (40 * 1024 * 1024))
    assert len(content) < 200_000
    with pytest.raises(WorkbookUnreadable):
        check(content)


def test_many_wide_sheets_are_refused() -> None:
    far = cell_ref(MOST_ROWS - 1, MOST_COLUMNS - 1)
    sheets: dict[str, list[list[object]]] = {f"第{n}张": [[n]] for n in range(16)}
    content = written(sheets)
    for n in range(1, 17):
        cell = f'<row r="{MOST_ROWS}"><c r="{far}"><v>1</v></c></row>'
        content = with_part(content, f"xl/worksheets/sheet{n}.xml", END, cell + END)
    with pytest.raises(WorkbookUnreadable):
        check(content)


def archive(*members: tuple[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        for name, text in members:
            parts.writestr(name, text)
    return stream.getvalue()


def ods() -> bytes:
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return archive(("mimetype", kind), ("content.xml", "<x/>"), ("META-INF/manifest.xml", "<x/>"))


def xlsb() -> bytes:
    return archive(("xl/workbook.bin", "x"), ("xl/_rels/workbook.bin.rels", "<x/>"))


def encrypted() -> bytes:
    content = bytearray(plain())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"not a zip", id="text"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096), id="xls"),
        pytest.param(ods(), id="ods"),
        pytest.param(xlsb(), id="xlsb"),
        pytest.param(encrypted(), id="encrypted"),
        pytest.param(plain()[:-30], id="torn"),
        pytest.param(plain() + bytes(20 * 1024 * 1024), id="too large"),
    ],
)
def test_what_is_no_xlsx_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(WorkbookUnreadable, match=r"保存为 \.xlsx"):
        check(content)


def test_what_the_reader_does_not_need_it_does_not_get() -> None:
    stream = io.BytesIO(plain())
    with zipfile.ZipFile(stream, "a") as parts:
        parts.writestr("xl/vbaProject.bin", "x")
        parts.writestr("content.xml", "<not xml")
        parts.writestr("xl/../../evil.xml.exe", "x")
    with zipfile.ZipFile(io.BytesIO(check(stream.getvalue()))) as passed:
        assert all(name.endswith((".xml", ".rels")) for name in passed.namelist())
        assert "content.xml" not in passed.namelist()


def test_errors_and_formulas_without_a_value_are_named() -> None:
    content = with_row(
        '<row r="3"><c r="C3" t="e"><f>A9</f><v>#REF!</v></c><c r="D3"><f>A1</f></c>'
        '<c r="E3" t="str"><f>A1</f><v></v></c><c r="F3"><f>1+1</f><v>2</v></c></row>'
    )
    found = check_workbook(content, file="x.xlsx").broken
    assert found == {"甲村": (BrokenCell(2, 2, "#REF!"), BrokenCell(2, 3, "=")), "乙村": ()}


@given(st.integers(0, 2000), st.integers(0, 16_383))
def test_a_cell_is_named_as_spreadsheets_do(row: int, column: int) -> None:
    letters = cell_ref(row, column).rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    assert (number, cell_ref(row, column)[len(letters) :]) == (column + 1, str(row + 1))
