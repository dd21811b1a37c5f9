from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

from python_calamine import CalamineWorkbook

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE, UNKNOWN
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.exchange.given_reasons import GivenReason
from jindu_desk.queries.protection import Hiding
from jindu_desk.queries.totals import all_cells, totals
from jindu_desk.queries.units import units_below
from jindu_desk.reports.totals.totals_workbook import totals_xlsx

OCTOBER = Month(2026, 10)


def read(content: bytes) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def test_figures_rates_and_cells_read_back(desk: Desk) -> None:
    own = desk.unit.unit.id
    first, second, third = units_below(desk.store, own, OCTOBER)[:3]
    edits = [
        CellEdit(first.id, "L01", 12),
        CellEdit(second.id, "L01", NOT_APPLICABLE),
        CellEdit(third.id, "L01", UNKNOWN),
    ]
    edits += [
        CellEdit(first.id, f"{item}.{kind}", figure)
        for kind in ("J", "K")
        for item, figure in (("D01", 3), ("D03", 1), ("D04", 0), ("D05", 0))
    ]
    set_cells(desk.store, own, OCTOBER, edits)
    found = totals(desk.store, own, OCTOBER)
    names = {own: "薛家镇", **{u.id: u.name for u in units_below(desk.store, own, OCTOBER)}}
    given = (GivenReason("薛家镇", "S1", "在册变动", first.name, "新迁入三人"),)
    sheets = read(totals_xlsx(found, all_cells(desk.store, found.owner, OCTOBER), names, None, given))
    assert list(sheets) == ["本月", "本年累计", "比率", "各村明细", "来源", "核实说明"]
    assert sheets["核实说明"][3] == ["薛家镇", first.name, "S1", "在册变动", "新迁入三人"]
    protected = read(totals_xlsx(found, {}, names, Hiding(), given))
    assert "核实说明" not in protected
    assert "核实说明" not in protected["来源"][2]

    month = sheets["本月"]
    assert "薛家镇2026年10月汇总表" in str(month[0][0])
    assert "未收到：" in str(month[1][0])
    column = month[2].index("L01 宣传场次")
    assert [row[column] for row in month[3:6]] == [12, 0, "—"]
    assert month[-1][0] == "合计"
    assert month[-1][column] == 12

    rates = sheets["比率"]
    at = rates[2].index("尿检率")
    assert rates[-1][at : at + 3] == [0.3333, 2, 6]

    villages = sheets["各村明细"]
    column = villages[2].index("L01 宣传场次")
    assert [row[column] for row in villages[3:6]] == [12, "无此情况", "未掌握"]


def test_a_name_that_looks_like_a_formula_stays_text(desk: Desk) -> None:
    found = totals(desk.store, desk.unit.unit.id, OCTOBER)
    evil = replace(found.units[0], unit=replace(found.units[0].unit, name="=1+1"))
    content = totals_xlsx(replace(found, units=(evil, *found.units[1:])), {}, {})
    assert read(content)["本月"][3][0] == "=1+1"
