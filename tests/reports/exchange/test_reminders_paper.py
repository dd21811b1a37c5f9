"""催报清单: each unit with its months, days late and last number, and room for who was called."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tests.reports.form_reading import characters_of, in_order, pages_of, text_of
from tests.reports.packages_shown import REMINDERS

from jindu_desk.reports.exchange.reminders_paper import OwedMonth, OwingUnit, reminders_pdf
from jindu_desk.reports.typesetting.fonts import FontSet

HEADER = "序号单位、备注月份应报日期逾期末号联系记录、签字"


def test_all_parts_are_read_back_in_order(fonts: FontSet) -> None:
    parts = [
        "催报清单武进区禁毒委员会办公室截至2026年11月25日",
        "应报未报共2个单位、3份。",
        HEADER,
        "1湖塘镇2026年10月2026年11月5日20天9",
        "2牛塘镇2026年9月2026年10月2026年10月5日2026年11月5日51天20天无",
        "制表人签字日期年月日审核人签字日期年月日",
    ]
    assert in_order(text_of(reminders_pdf(REMINDERS, fonts)), parts) is None


def test_month_due_day_and_delay_of_one_report_stand_on_one_line(fonts: FontSet) -> None:
    content = reminders_pdf(replace(REMINDERS, units=REMINDERS.units[1:]), fonts)
    rows: dict[float, str] = {}
    for placed in characters_of(content)[0]:
        if not placed.character.isspace():
            rows[round(placed.y, 1)] = rows.get(round(placed.y, 1), "") + placed.character
    assert "2026年9月2026年10月5日51天" in rows.values()
    assert "2026年10月2026年11月5日20天" in rows.values()


def test_a_month_whose_day_has_not_passed_is_not_late(fonts: FontSet) -> None:
    for due, told in ((date(2026, 11, 25), "未逾期"), (date(2026, 11, 24), "1天"), (None, "—")):
        units = (OwingUnit("湖塘镇", (OwedMonth("2026-10", due),), 9),)
        assert told in text_of(reminders_pdf(replace(REMINDERS, units=units), fonts))


def test_nothing_owed_is_said_and_has_no_table(fonts: FontSet) -> None:
    text = text_of(reminders_pdf(replace(REMINDERS, units=()), fonts))
    assert "没有需要催报的" in text
    assert HEADER not in text


def test_three_hundred_units_are_all_there_under_a_header_on_each_page(fonts: FontSet) -> None:
    units = tuple(OwingUnit(f"测试{n}镇", (OwedMonth("2026-10", date(2026, 11, 5)),), n) for n in range(300))
    pages = pages_of(reminders_pdf(replace(REMINDERS, units=units), fonts))
    assert [int(n) for page in pages for n in re.findall(r"测试(\d+)镇", page)] == list(range(300))
    listed = [page for page in pages if "测试" in page]
    assert len(listed) > 8
    assert all(page.startswith(HEADER) for page in listed[1:])
    assert HEADER in listed[0]


def test_a_unit_that_owes_years_goes_on_over_pages(fonts: FontSet) -> None:
    months = tuple(OwedMonth(f"20{y:02}-{m:02}", date(2000 + y, m, 28)) for y in range(10, 26) for m in range(1, 13))
    text = text_of(reminders_pdf(replace(REMINDERS, units=(OwingUnit("湖塘镇", months, 0),)), fonts))
    assert text.count("天") == len(months)
    assert len(re.findall(r"20\d\d年\d+月28日", text)) == len(months)
