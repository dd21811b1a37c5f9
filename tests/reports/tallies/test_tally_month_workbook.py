from __future__ import annotations

import io
import re
from zipfile import ZipFile

from tests.reports.workbooks import grids

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import UNKNOWN
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import TallySheet, sheet
from jindu_desk.queries.units import own_unit
from jindu_desk.reports.tallies.month_workbook import month_xlsx
from jindu_desk.store.engine import Store

OCTOBER = Month(2026, 10)
CATALOGUE = shipped_rules().catalogue


def filled(store: Store) -> TallySheet:
    own = own_unit(store)
    assert own is not None
    one, two = (unit.id for unit in sheet(store, own.unit.id, OCTOBER).villages[:2])
    edits = [CellEdit(one, "E01", 3), CellEdit(two, "E01", 4), CellEdit(one, "E02", UNKNOWN)]
    set_cells(store, own.unit.id, OCTOBER, [*edits, CellEdit(own.unit.id, "M01", 2)])
    return sheet(store, own.unit.id, OCTOBER)


def test_every_block_has_its_sheet_with_exact_figures_and_sums(store: Store) -> None:
    sheets = grids(month_xlsx(filled(store), CATALOGUE))
    assert list(sheets) == [f"{block.code} {block.name}" for block in CATALOGUE.blocks]
    rows = sheets["E 谈话家访"]
    assert rows[0][0] == "薛家镇2026年10月禁毒工作台账（谈话家访）"
    assert rows[2][1:] == ["E01 谈话人次（人次）", "E02 家访人次（人次）", "E03 覆盖人数（人）"]
    assert rows[4][1:3] == [3, "未掌握"]
    assert rows[-1] == ["合计", 7, "—", "—"]
    assert len(rows) == 4 + 15 + 1


def test_both_kinds_stand_below_their_item(store: Store) -> None:
    rows = grids(month_xlsx(filled(store), CATALOGUE))["C 协议签订"]
    assert rows[2][1:3] == ["C01 应签协议（人）", ""]
    assert rows[3][1:5] == ["社戒", "社康", "社戒", "社康"]


def test_the_townships_own_row_has_no_sum(store: Store) -> None:
    rows = grids(month_xlsx(filled(store), CATALOGUE))["M 队伍"]
    assert rows[4][:2] == ["薛家镇", 2]
    assert len(rows) == 5


def test_the_same_rows_give_the_same_bytes(store: Store) -> None:
    found = filled(store)
    assert month_xlsx(found, CATALOGUE) == month_xlsx(found, CATALOGUE)


def test_a_printed_page_names_who_signs(store: Store) -> None:
    content = month_xlsx(filled(store), CATALOGUE, signatures=("制&表", "分管领导"))
    with ZipFile(io.BytesIO(content)) as book:
        (foot,) = re.findall("<oddFooter>(.*?)</oddFooter>", book.read("xl/worksheets/sheet1.xml").decode("utf-8"))
    assert foot.endswith("&amp;R制&amp;&amp;表：　　　　分管领导：　　　　")  # a doubled & is one sign, not a code
