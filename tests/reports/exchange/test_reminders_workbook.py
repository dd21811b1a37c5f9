"""催报清单 as a table: a row for each month that is owed, read back from the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

from python_calamine import CalamineWorkbook
from tests.reports.packages_shown import DISTRICT, REMINDERS

from jindu_desk.reports.exchange.reminders_paper import OwedMonth, OwingUnit, RemindersPaper
from jindu_desk.reports.exchange.reminders_workbook import reminders_xlsx


def read(paper: RemindersPaper) -> list[list[Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(reminders_xlsx(paper)))
    assert book.sheet_names == ["催报清单"]
    return book.get_sheet_by_name("催报清单").to_python(skip_empty_area=False)


def test_each_owed_month_is_a_row_with_numbers_and_days() -> None:
    title, note, heads, *rows = read(REMINDERS)
    assert title[0] == f"{DISTRICT}　催报清单"
    assert "截至2026年11月25日，应报未报共 2 个单位、3 份。" in note[0]
    assert heads == ["序号", "单位", "月份", "应报日期", "逾期天数", "末号", "备注", "联系记录、签字"]
    assert rows == [
        [1, "湖塘镇", "2026年10月", date(2026, 11, 5), 20, 9, "", ""],
        [2, "牛塘镇", "2026年9月", date(2026, 10, 5), 51, "无", "", ""],
        [3, "牛塘镇", "2026年10月", date(2026, 11, 5), 20, "无", "", ""],
    ]


def test_what_is_not_late_or_not_known_is_no_negative_number() -> None:
    months = (OwedMonth("2026-10", date(2026, 11, 30)), OwedMonth("2026-11"))
    rows = read(replace(REMINDERS, units=(OwingUnit("湖塘镇", months, 9),)))[3:]
    assert [row[4] for row in rows] == [0, "—"]


def test_nothing_owed_is_said_and_names_that_look_like_formulas_stay_text() -> None:
    assert "没有需要催报的。" in read(RemindersPaper(DISTRICT))[1][0]
    owing = OwingUnit("=1+1", (OwedMonth("2026-10", date(2026, 11, 5)),))
    assert read(replace(REMINDERS, units=(owing,)))[3][1] == "=1+1"
