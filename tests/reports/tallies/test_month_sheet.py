"""月报表: villages across, items down; exact for the file, protected for hand-outs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.reports.form_reading import document_of, in_order, text_of
from tests.reports.workbooks import grids

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE, UNKNOWN
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.operations.tallies import CellEdit, declare_nil_returns, set_cells
from jindu_desk.queries.protection import hiding
from jindu_desk.queries.units import units_below
from jindu_desk.reports.papers import KINDS, Occasion, occasion_of
from jindu_desk.reports.protection_wording import EXACT, LEGEND, PROTECTED
from jindu_desk.reports.tallies.month_sheet import ItemLine, MonthSheet, SheetBlock, layout_for, month_sheet_printed
from jindu_desk.reports.tallies.month_sheet_of import filled_month, month_sheet
from jindu_desk.reports.tallies.month_workbook import month_xlsx
from jindu_desk.reports.typesetting.fonts import FontSet
from jindu_desk.reports.typesetting.forms import LANDSCAPE, LANDSCAPE_A3

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


@pytest.fixture
def october(desk: Desk, fonts: FontSet) -> Occasion:
    """Six villages have talks, the seventh none, the last one signed off as nothing to report."""
    own = desk.unit.unit.id
    villages = [unit.id for unit in units_below(desk.store, own, OCTOBER)]
    edits = [CellEdit(unit, "E01", figure) for unit, figure in zip(villages, (1, 0, 8, 9, 2, 7), strict=False)]
    edits += [CellEdit(villages[6], "E01", NOT_APPLICABLE), CellEdit(villages[0], "E02", UNKNOWN)]
    set_cells(desk.store, own, OCTOBER, [*edits, CellEdit(own, "M01", 2)])
    declare_nil_returns(desk.store, own, [villages[-1]], OCTOBER, declared_by="测试丁")
    return occasion_of(desk.store, desk.unit, OCTOBER, fonts)


def row_of(sheet: MonthSheet, code: str) -> ItemLine:
    return next(line for block in sheet.blocks for line in block.lines if line.code == code)


def test_nothing_is_printed_of_a_month_that_nobody_filled(desk: Desk, fonts: FontSet) -> None:
    with pytest.raises(NothingToPrint, match="2026年10月还没有填台账"):
        filled_month(occasion_of(desk.store, desk.unit, OCTOBER, fonts))


def test_the_exact_sheet_has_every_figure_its_sign_and_its_sum(october: Occasion) -> None:
    sheet = month_sheet(filled_month(october), ("制表", "分管领导"))
    assert sheet.kept == EXACT
    talks = row_of(sheet, "E01")
    assert talks.figures == ("1", "0", "8", "9", "2", "7", "／", *("—",) * 7, "0")
    assert talks.total == "27"
    assert row_of(sheet, "E02").figures[0] == "？"
    assert (row_of(sheet, "M01").figures, row_of(sheet, "A04").computed, talks.computed) == (("2",), True, False)
    nil, lacking = sheet.notes[1:]
    assert nil.startswith("零报告：")
    assert lacking.startswith("还没有填完：")


def test_the_paper_has_the_units_own_signature_fields(october: Occasion) -> None:
    sheet = month_sheet(filled_month(october), ("制表", "分管领导"))
    few = replace(sheet, blocks=tuple(block for block in sheet.blocks if block.title[0] in "CEM"))
    printed = month_sheet_printed(few, october.fonts)
    text = text_of(printed.content)
    parts = [
        "禁毒工作台账月报表",
        "薛家镇 2026年10月",
        EXACT,
        "本月尚未上报",
        "C 协议签订",
        "合计",
        "E01",
        "27",
        "1",
        "0",
    ]
    assert in_order(text, [*parts, "M01", "“／”无此情况", "制表", "分管领导", "填报日期"]) is None
    assert {(round(w), round(h)) for w, h in (page.get_size() for page in document_of(printed.content))} == {
        (1191, 842)
    }


def test_what_leaves_the_office_shows_what_the_protected_workbook_shows(october: Occasion) -> None:
    found = filled_month(october)
    protection = hiding(october.store, october.own.unit.id, OCTOBER).month
    sheet = month_sheet(found, ("填表人",), protection)
    assert not next(each for each in KINDS if each.key == "month_sheet_protected").inside
    assert (sheet.kept, LEGEND in sheet.legend) == (PROTECTED, True)
    assert not any("零报告" in note for note in sheet.notes)
    talks = row_of(sheet, "E01")
    assert talks.figures[:6] == ("＊", "＊", "8", "9", "＊", "＊")
    in_workbook = grids(month_xlsx(found, found.rules.catalogue, protection))["E 谈话家访"]
    assert [row[1] for row in in_workbook[4:10]] == ["＊", "＊", 8, 9, "＊", "＊"]
    assert talks.total == "27"


def test_more_villages_than_a_page_holds_go_on_beside_the_items_named_again(fonts: FontSet) -> None:
    villages = tuple(f"测试{number}村" for number in range(100, 145))
    lines = tuple(
        ItemLine(f"X{row}", f"项目{row}", "人", tuple(f"{row}{n}" for n in range(100, 145)), "9") for row in (1, 2)
    )
    sheet = MonthSheet("测试镇", "2026年10月", EXACT, (SheetBlock("X 测试", villages, lines),), signatures=("填表人",))
    text = text_of(month_sheet_printed(sheet, fonts).content)
    assert [text.count(name) for name in villages] == [1] * 45
    assert text.count("项目2") == text.count("编号项目单位合计") == 3
    assert text.count("X测试（续）") == 2
    assert all(figure in text for line in lines for figure in line.figures)
    assert (layout_for(10), layout_for(11)) == (LANDSCAPE, LANDSCAPE_A3)
