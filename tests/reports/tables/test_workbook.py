"""A table as a workbook: numbers to reckon with, heads that stay, a page that is set up, text that stays text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.reports.naughty import Shape, call_with, public_list
from tests.reports.workbooks import grids, setups

from jindu_desk.reports.tables.rows import RowColumn, RowTable
from jindu_desk.reports.tables.workbook import tables_xlsx
from jindu_desk.reports.typesetting.fonts import FontSet

DAY = date(2026, 11, 2)
COLUMNS = (
    RowColumn("单位"),
    RowColumn("次数", "count"),
    RowColumn("差额", "decimal"),
    RowColumn("支出", "money"),
    RowColumn("比率", "share"),
)
ROWS = (("测试甲村", 1200, -185, 128050, (1, 3)), ("测试乙村", None, "＊", 0, (0, 0)), ("合计", 1200, 0, 128050, 7))
TABLE = RowTable("测试表", COLUMNS, ROWS, sums=1, note="说明" * 40, frozen=2, filtered=True)


def test_numbers_are_numbers_in_their_formats_and_what_is_unknown_is_no_zero() -> None:
    content = tables_xlsx("测试镇", ("测试",), [TABLE], DAY)
    title, note, heads, *rows = grids(content)["测试表"]
    assert title[0] == "测试镇　测试表"
    assert note[0] == "测试　" + "说明" * 40
    assert heads == ["单位", "次数", "差额", "支出", "比率"]
    assert rows == [
        ["测试甲村", 1200, -1.85, 1280.5, 1 / 3],
        ["测试乙村", "—", "＊", 0, "—"],
        ["合计", 1200, 0, 1280.5, 7],
    ]
    formats = setups(content)["测试表"].formats
    assert formats[3] == ("", "#,##0", "#,##0.00", "#,##0.00", "0.00%")
    assert formats[-1][-1] == "#,##0"  # a count among shares is no 700 %


def test_heads_stay_rows_are_filtered_and_the_page_is_set_up() -> None:
    setup = setups(tables_xlsx("测试镇", (), [TABLE], DAY))["测试表"]
    assert (setup.frozen_at, setup.repeated_rows, setup.filtered) == ("C4", "$3:$3", "A3:E6")
    assert (setup.paper, setup.orientation, setup.fits_width) == ("9", "landscape", True)


def test_what_wraps_is_seen_whole_in_every_program() -> None:
    rows = (("甲" * 20, 1, 1, 1, 1), *ROWS)
    title, note, *heights = setups(tables_xlsx("测试镇", (), [replace(TABLE, rows=rows)], DAY))["测试表"].heights
    assert title == 0
    assert note >= 3 * 12  # 160 characters wide, in a table of 50
    assert heights == [0, 75, 0, 0, 0]  # 40 in a column of 10


def test_no_text_is_a_formula_and_none_breaks_the_file(fonts: FontSet) -> None:
    def made(fonts: FontSet, title: str, note: str, columns: tuple[RowColumn, ...], cells: tuple[str, ...]) -> bytes:
        return tables_xlsx(title, (note,), [RowTable("测试表", columns, (cells,))], DAY)

    texts = ("=1+1", "@SUM(A1)", "{=1}", "\ud800", "\x00\x1b", "甲" * 40_000, *public_list())
    content = call_with(made, fonts, texts, Shape(rows=len(texts)))
    assert setups(content)["测试表"].formulas == 0
    row = grids(content)["测试表"][3]
    assert "=1+1" in row
    assert "\ufffd" in row
    assert max(len(str(cell)) for cell in row) == 32_767
