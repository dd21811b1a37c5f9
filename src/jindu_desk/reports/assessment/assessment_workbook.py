"""The monthly check as .xlsx: a row for each unit; real numbers and dates, text is never run as a formula."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from jindu_desk.queries.assessment import AssessedUnit, Assessment
from jindu_desk.queries.totals import Arrival
from jindu_desk.reports.assessment.assessment_wording import meeting_text, verdict_text
from jindu_desk.reports.wording import UNKNOWN, month_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Value = int | float | str | date | None
_FIRST: Final = 4  # title, note and two rows of heads stand above
_OF_RATE: Final = ("比率", "分子", "分母", "要求", "结果")
_FACTS: Final = (
    ("应报日期", "date"),
    ("收到日期", "date"),
    ("逾期天数", "count"),
    ("版次", "count"),
    ("退回次数", "count"),
    ("更正次数", "count"),
    ("强制审核不成立", "count"),
    ("核实已说明", "count"),
    ("核实未说明", "count"),
    ("例会", "text"),
    ("未办结事项", "count"),
    ("逾期事项", "count"),
    ("预算（元）", "money"),
    ("累计支出（元）", "money"),
    ("执行率", "rate"),
    ("检查扣分", "text"),
    ("检查意见", "text"),
)


def assessment_xlsx(found: Assessment) -> bytes:
    """Same rows, same bytes."""
    from xlsxwriter.workbook import Workbook

    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        title = f"{found.owner.name}{month_text(found.month)}禁毒工作检查考核表"
        created = datetime.combine(found.month.last_day, time())
        book.set_properties({"title": title, "created": created})
        _write(book.add_worksheet("检查考核"), _formats(book), found, title)
    return out.getvalue()


def _write(sheet: Worksheet, formats: dict[str, Format], found: Assessment, title: str) -> None:
    sheet.write_string(0, 0, title, formats["title"])
    sheet.write_string(
        1, 0, "内部留存，不外传。责任制没有规定评分标准，“检查扣分”“检查意见”由检查人填写。", formats["note"]
    )
    sheet.merge_range(2, 0, 3, 0, "单位", formats["head"])
    column = 1
    for result in found.rates:
        sheet.merge_range(2, column, 2, column + len(_OF_RATE) - 1, result.rate.name, formats["head"])
        for offset, name in enumerate(_OF_RATE):
            sheet.write_string(3, column + offset, name, formats["head"])
        column += len(_OF_RATE)
    for offset, (name, _) in enumerate(_FACTS):
        sheet.merge_range(2, column + offset, 3, column + offset, name, formats["head"])
    for row, unit in enumerate(found.units, start=_FIRST):
        _write_unit(sheet, formats, row, unit)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, column - 1, 9)
    sheet.set_column(column, column + len(_FACTS) - 1, 13)
    sheet.freeze_panes(_FIRST, 1)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2, 3)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")


def _write_unit(sheet: Worksheet, formats: dict[str, Format], row: int, unit: AssessedUnit) -> None:
    values: list[tuple[Value, str]] = [(unit.unit.name, "text")]
    counted = unit.arrival is Arrival.COUNTED
    for result in unit.rates:
        ratio = result.ratio
        values += [
            (_share(ratio.numerator, ratio.denominator) if counted else None, "rate"),
            (ratio.numerator if counted else None, "count"),
            (ratio.denominator if counted else None, "count"),
            (None if result.target is None else result.target / 10_000, "rate"),
            (verdict_text(result, unit.arrival), "text"),
        ]
    values += zip(_fact_values(unit), (kind for _, kind in _FACTS), strict=True)
    for column, (value, kind) in enumerate(values):
        _cell(sheet, row, column, value, formats[kind])


def _fact_values(unit: AssessedUnit) -> tuple[Value, ...]:
    report, checks, money = unit.report, unit.checks, unit.money
    came = report.received_at is not None
    return (
        report.due,
        report.received_at.date() if report.received_at else None,
        report.days_late,
        report.revision if came else None,
        report.returned if came else None,
        report.corrected if came else None,
        checks.hard if checks else None,
        checks.explained if checks else None,
        checks.unexplained if checks else None,
        meeting_text(unit),
        unit.decisions.open,
        unit.decisions.overdue,
        money.adjusted_fen / 100,
        money.spent_fen / 100,
        _share(money.spent_fen, money.adjusted_fen),
        "",
        "",
    )


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _cell(sheet: Worksheet, row: int, column: int, value: Value, style: Format) -> None:
    if value is None:
        sheet.write_string(row, column, UNKNOWN, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime.combine(value, time()), style)
    else:
        sheet.write_number(row, column, value, style)


def _formats(book: Workbook) -> dict[str, Format]:
    base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
    framed = {**base, "border": 1}
    return {
        "title": book.add_format({**base, "font_size": 14, "bold": True}),
        "note": book.add_format({**base, "font_color": "#5B6570"}),
        "head": book.add_format({**framed, "bold": True, "text_wrap": True, "align": "center", "bg_color": "#F0F2F4"}),
        "text": book.add_format({**framed, "text_wrap": True}),
        "count": book.add_format({**framed, "num_format": "#,##0", "align": "right"}),
        "money": book.add_format({**framed, "num_format": "#,##0.00"}),
        "rate": book.add_format({**framed, "num_format": "0.00%", "align": "right"}),
        "date": book.add_format({**framed, "num_format": "yyyy-mm-dd", "align": "center"}),
    }
