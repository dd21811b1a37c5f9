from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from tests.reports.workbooks import grids, place_of, typed_over, with_part, written

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.errors.tallies import (
    BrokenFigure,
    CellOutsideTemplate,
    ComputedCellChanged,
    FigureWhereNoneBelongs,
    FormulaWithoutValue,
    NotATemplate,
    NotAWholeNumber,
    SheetOfOtherMonth,
    SheetOfOtherRules,
    SheetOfOtherUnit,
    SheetTwice,
    SheetWithoutMark,
    TextInNumber,
    TextRefused,
    UnknownColumn,
    UnknownRow,
    WorkbookFault,
    WorkbookUnreadable,
)
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import TallySheet, sheet
from jindu_desk.queries.units import own_unit
from jindu_desk.reports.tallies.workbook import template_xlsx
from jindu_desk.reports.tallies.workbook_reading import ReadWorkbook, month_of_workbook, read_tally_workbook
from jindu_desk.store.engine import Store

OCTOBER = Month(2026, 10)
CATALOGUE = shipped_rules().catalogue
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def found(store: Store) -> TallySheet:
    """薛家镇, the first village in its second month with six people under detox."""
    own = own_unit(store)
    assert own is not None
    township = own.unit.id
    village = sheet(store, township, OCTOBER).villages[0].id
    earlier = [CellEdit(village, item.code, 0) for item in CATALOGUE.block("A").items if item.typed]
    openings = [CellEdit(village, "A01.J", 6, "移交清单"), CellEdit(village, "A01.K", 0, "移交清单")]
    arrivals = [CellEdit(village, code, 0) for code in ("B03a.J", "B03b.J", "B03a.K", "B03b.K")]
    set_cells(store, township, OCTOBER.previous, [*earlier, *openings, *arrivals])
    set_cells(store, township, OCTOBER, [CellEdit(village, "E01", 3), CellEdit(village, "E02", UNKNOWN)])
    return sheet(store, township, OCTOBER)


def two_villages(found: TallySheet) -> bytes:
    return template_xlsx(found, CATALOGUE, [unit.id for unit in found.villages[:2]])


def read(found: TallySheet, content: bytes) -> ReadWorkbook:
    return read_tally_workbook(content, found, CATALOGUE, file="填报表.xlsx")


def only_fault(found: TallySheet, content: bytes) -> WorkbookFault:
    (fault,) = read(found, content).faults
    return fault


def test_one_sheet_per_village_and_one_for_the_township(found: TallySheet) -> None:
    sheets = grids(template_xlsx(found, CATALOGUE))
    assert list(sheets) == [*(unit.name for unit in found.villages), "薛家镇队伍"]
    rows = sheets[found.villages[0].name]
    assert rows[0][0] == f"jindu-desk-tally/1;2026-10;2026.1;{found.villages[0].id}"
    assert rows[1][1] == f"{found.villages[0].name}　2026年10月禁毒工作台账填报表"
    codes = [row[0] for row in rows[3:] if row[0]]
    assert codes == [base for base in CATALOGUE.bases if not base.startswith("M")]


def test_some_villages_alone(found: TallySheet) -> None:
    village = found.villages[3]
    assert list(grids(template_xlsx(found, CATALOGUE, [village.id]))) == [village.name]


def test_what_is_known_is_filled_in_already(found: TallySheet) -> None:
    content = template_xlsx(found, CATALOGUE)
    name = found.villages[0].name
    rows = {row[0]: row for row in grids(content)[name][3:] if row[0]}
    assert rows["A01"][4] == 6
    assert rows["A04"][6] == 6
    assert rows["E01"][4] == 3
    assert rows["E02"][4] == "未掌握"


def test_derived_cells_are_formulas_and_the_sheet_is_protected(found: TallySheet) -> None:
    with zipfile.ZipFile(io.BytesIO(template_xlsx(found, CATALOGUE))) as parts:
        text = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<sheetProtection" in text
    assert "<f>+N(E5)+N(E10)-N(E18)</f>" in text  # A04 = A01 + A02 - A03
    assert 'hidden="1"' in text
    assert "dataValidation " in text


def test_the_same_rows_give_the_same_bytes(found: TallySheet) -> None:
    assert two_villages(found) == two_villages(found)


def test_an_untouched_template_reads_back_without_faults(found: TallySheet) -> None:
    got = read(found, two_villages(found))
    assert got.faults == ()
    assert {(cell.item, cell.cell) for cell in got.cells} == {("E01", 3), ("E02", UNKNOWN)}


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (0, 0),
        (12, 12),
        ("7", 7),
        (" ８ ", 8),
        ("无此情况", NOT_APPLICABLE),
        ("无", NOT_APPLICABLE),
        ("未掌握", UNKNOWN),
    ],
)
def test_figures_as_people_write_them(found: TallySheet, value: object, cell: Cell) -> None:
    content = two_villages(found)
    name = found.villages[1].name
    at = place_of(content, name, "D01", "K")
    got = read(found, typed_over(content, {(name, at): value}))
    assert got.faults == ()
    (mine,) = [each for each in got.cells if each.sheet == name]
    assert (mine.unit_id, mine.item, mine.cell, mine.ref) == (found.villages[1].id, "D01.K", cell, at)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("三人", TextInNumber),
        ("3人", TextInNumber),
        ("+3", TextInNumber),
        (True, TextInNumber),
        (date(2026, 10, 1), TextInNumber),
        ("²", TextInNumber),
        ("1²", TextInNumber),
        ("③", TextInNumber),
        (2.5, NotAWholeNumber),
        (-1, NotAWholeNumber),
        (1e12, NotAWholeNumber),
        ("9" * 13, NotAWholeNumber),
        ("32041119900101123X", TextRefused),
        ("张某 13800138000", TextRefused),
    ],
)
def test_what_is_no_figure_is_named_by_sheet_and_cell(
    found: TallySheet, value: object, fault: type[WorkbookFault]
) -> None:
    content = two_villages(found)
    name = found.villages[1].name
    at = place_of(content, name, "E01")
    got = only_fault(found, typed_over(content, {(name, at): value}))
    assert type(got) is fault
    assert str(got).startswith(f"{name} {at}：")
    assert "32041119900101123X" not in str(got)
    assert "13800138000" not in str(got)


@pytest.mark.parametrize(
    ("cell", "fault", "words"),
    [
        ('t="e"><f>N(#REF!)</f><v>#REF!</v></c>', BrokenFigure, "公式出错（#REF!）"),
        ('t="e"><v>#N/A</v></c>', BrokenFigure, "公式出错（#N/A）"),
        ("><f>1+2</f></c>", FormulaWithoutValue, "没有算出结果"),
    ],
)
@pytest.mark.parametrize(("column", "name"), [("E", "谈话人次"), ("I", "备注")])
def test_a_cell_without_a_value_is_no_blank(
    found: TallySheet, cell: str, fault: type[WorkbookFault], words: str, column: str, name: str
) -> None:
    content = template_xlsx(found, CATALOGUE, [found.villages[1].id])
    village = found.villages[1].name
    ref = f"{column}{place_of(content, village, 'E01')[1:]}"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        before = re.search(f'<c r="{ref}"[^>]*?(/>|>.*?</c>)', parts.read(SHEET).decode())
    assert before is not None
    got = only_fault(found, with_part(content, SHEET, before[0], f'<c r="{ref}" {cell}'))
    assert type(got) is fault
    assert str(got).startswith(f"{village} {ref}：")
    assert words in str(got)
    assert name in str(got)


def test_a_cell_that_would_exhaust_the_memory_never_reaches_the_reader(found: TallySheet) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>5</v></c></row></sheetData>'
    content = with_part(two_villages(found), SHEET, "</sheetData>", far)
    with pytest.raises(CellOutsideTemplate, match="XFD1048576"):
        read(found, content)
    with pytest.raises(CellOutsideTemplate, match=found.villages[0].name):
        month_of_workbook(content, file="填报表.xlsx")


def test_an_added_column_or_row_is_named(found: TallySheet) -> None:
    content = two_villages(found)
    name = found.villages[1].name
    at = place_of(content, name, "E01")
    got = only_fault(found, typed_over(content, {(name, f"J{at[1:]}"): 4}))
    assert isinstance(got, UnknownColumn)
    assert f"{name} J{at[1:]}" in str(got)
    assert isinstance(only_fault(found, typed_over(content, {(name, "C120"): "我加的"})), UnknownRow)
    assert isinstance(only_fault(found, typed_over(content, {(name, f"A{at[1:]}"): "Z01"})), UnknownRow)


def test_an_inserted_column_moves_the_others_along(found: TallySheet) -> None:
    content = template_xlsx(found, CATALOGUE, [found.villages[0].id])
    name = found.villages[0].name
    sheets = {name: [[*row[:3], "", *row[3:]] for row in grids(content)[name]]}
    got = read(found, written(sheets))
    assert got.faults == ()
    assert {cell.item for cell in got.cells} == {"E01", "E02"}


def test_a_figure_beside_an_item_without_kinds_is_refused(found: TallySheet) -> None:
    content = two_villages(found)
    name = found.villages[1].name
    at = place_of(content, name, "E01", "K")
    assert isinstance(only_fault(found, typed_over(content, {(name, at): 1})), FigureWhereNoneBelongs)


def test_a_changed_opening_figure_is_refused(found: TallySheet) -> None:
    content = two_villages(found)
    name = found.villages[0].name
    got = only_fault(found, typed_over(content, {(name, place_of(content, name, "A01")): 5}))
    assert isinstance(got, ComputedCellChanged)
    assert "应为 6，表里是 5" in str(got)


def test_derived_figures_of_the_workbook_are_ignored(found: TallySheet) -> None:
    content = two_villages(found)
    name = found.villages[0].name
    got = read(found, typed_over(content, {(name, place_of(content, name, "A04")): 99}))
    assert got.faults == ()


def test_notes_are_read_and_personal_numbers_in_them_refused(found: TallySheet) -> None:
    content = two_villages(found)
    name = found.villages[0].name
    row = place_of(content, name, "E01")[1:]
    got = read(found, typed_over(content, {(name, f"I{row}"): "集中谈话"}))
    assert [(note.item, note.note) for note in got.notes] == [("E01", "集中谈话")]
    fault = only_fault(found, typed_over(content, {(name, f"I{row}"): "联系 13800138000"}))
    assert isinstance(fault, TextRefused)


def test_sheets_of_another_month_unit_or_catalogue_are_refused(found: TallySheet, store: Store) -> None:
    content = template_xlsx(found, CATALOGUE, [found.villages[0].id])
    name = found.villages[0].name
    unit = found.villages[0].id

    def with_mark(mark: str) -> bytes:
        return typed_over(content, {(name, "A1"): mark})

    fault = only_fault(found, with_mark(f"jindu-desk-tally/1;2026-09;2026.1;{unit}"))
    assert isinstance(fault, SheetOfOtherMonth)
    assert "2026-09" in str(fault)
    assert isinstance(only_fault(found, with_mark("jindu-desk-tally/1;2026-10;2026.1;x")), SheetOfOtherUnit)
    assert isinstance(only_fault(found, with_mark(f"jindu-desk-tally/1;2026-10;2025.9;{unit}")), SheetOfOtherRules)


def test_a_village_twice_or_a_sheet_without_our_mark_is_named(found: TallySheet) -> None:
    content = template_xlsx(found, CATALOGUE, [found.villages[0].id])
    name = found.villages[0].name
    rows = grids(content)[name]
    assert isinstance(only_fault(found, written({name: rows, "副本": rows})), SheetTwice)
    assert isinstance(only_fault(found, written({name: rows, "我的": [["随手记"]]})), SheetWithoutMark)
    assert read(found, written({name: rows, "空白": []})).faults == ()


def test_what_is_no_workbook_of_ours_is_refused(found: TallySheet) -> None:
    with pytest.raises(WorkbookUnreadable, match="填报表"):
        read(found, b"not a zip")
    with pytest.raises(WorkbookUnreadable):
        read(found, two_villages(found)[:2000])
    with pytest.raises(NotATemplate):
        read(found, written({"别的表": [["甲", 1]]}))
