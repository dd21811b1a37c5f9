"""The expense book as a workbook: 预算执行, 经费明细 and 预算调整; real numbers and dates, ready to print. The budget's
execution also by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Generic, TypeVar

from jindu_desk.domain.expenses import PayeeKind
from jindu_desk.queries.expenses import AdjustmentRow, BudgetLineRow, ExpenseBook, ExpenseRow
from jindu_desk.reports.wording import date_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

R = TypeVar("R")
CellValue = str | int | float | date | None
_FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}


@dataclass(frozen=True, slots=True)
class _Column(Generic[R]):
    """``kind``: text, money (value in fen), share (a ratio), date, count. ``width`` in characters."""

    title: str
    value: Callable[[R], CellValue]
    kind: str = "text"
    width: int = 12


def expense_workbook(
    book: ExpenseBook, *, unit_name: str, made_on: date, entries: Sequence[ExpenseRow] | None = None
) -> bytes:
    """The .xlsx of a year's book; ``entries`` narrows the second sheet to those on view. Same rows, same bytes."""
    content = BytesIO()
    workbook = _workbook(content, f"{unit_name}{book.year}年禁毒工作经费台账", made_on)
    formats = _formats(workbook)
    shown = book.entries if entries is None else tuple(entries)
    head = f"{unit_name}{book.year}年禁毒工作经费"
    elapsed = (
        f"时间进度 {book.elapsed.share}（{book.elapsed.days}/{book.elapsed.of} 天）　编制日期 {date_text(made_on)}"
    )
    _sheet(workbook, formats, "预算执行", f"{head}预算执行表", elapsed, _LINES, book.lines, _line_totals(book))
    total = sum(row.amount_fen for row in shown)
    _sheet(
        workbook, formats, "经费明细", f"{head}支出明细", f"共 {len(shown)} 笔", _ENTRIES, shown, {"金额（元）": total}
    )
    changed = sum(row.amount_fen for row in book.adjustments)
    note = f"共 {len(book.adjustments)} 次"
    _sheet(
        workbook, formats, "预算调整", f"{head}预算调整", note, _ADJUSTMENTS, book.adjustments, {"调整（元）": changed}
    )
    workbook.close()
    return content.getvalue()


def budget_workbook(book: ExpenseBook, month: Mapping[str, int], *, unit_name: str, as_of: date) -> bytes:
    """The lines of ``book`` alone, as they stand on ``as_of``. ``month``: line id → what the month spent, in fen."""
    content = BytesIO()
    title = f"{unit_name}{book.year}年{as_of.month}月禁毒工作经费预算执行表"
    workbook = _workbook(content, title, as_of)
    note = f"时间进度 {book.elapsed.share}（{book.elapsed.days}/{book.elapsed.of} 天）　截至 {date_text(as_of)}"
    of_month: _Column[BudgetLineRow] = _Column("本月支出（元）", lambda row: month.get(row.id, 0), "money", 16)
    columns = (*_LINES[:_SPENT], of_month, *_LINES[_SPENT:])
    totals = {**_line_totals(book), of_month.title: sum(month.get(line.id, 0) for line in book.lines)}
    _sheet(workbook, _formats(workbook), "预算执行", title, note, columns, book.lines, totals)
    workbook.close()
    return content.getvalue()


def _workbook(content: BytesIO, title: str, made_on: date) -> Workbook:
    from xlsxwriter.workbook import Workbook

    workbook = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    workbook.set_properties({"title": title, "created": datetime.combine(made_on, time())})
    return workbook


def _sheet(
    workbook: Workbook,
    formats: dict[str, Format],
    name: str,
    title: str,
    note: str,
    columns: Sequence[_Column[R]],
    rows: Sequence[R],
    totals: dict[str, int | float | None],
) -> None:
    """Title, note, frozen header, rows, a last line of totals by column title."""
    sheet = workbook.add_worksheet(name)
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, last, title, formats["title"])
    sheet.merge_range(1, 0, 1, last, note, formats["note"])
    sheet.set_row(0, 28)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(2, number, column.title, formats["head"])
        for line, row in enumerate(rows, start=3):
            _write(sheet, line, number, column.kind, column.value(row), formats)
    foot = 3 + len(rows)
    for number, column in enumerate(columns):
        if number == 0:
            sheet.write_string(foot, 0, "合计", formats["total_text"])
        elif column.title in totals:
            _write(sheet, foot, number, column.kind, totals[column.title], formats, total=True)
        else:
            sheet.write_blank(foot, number, None, formats["total_text"])
    sheet.freeze_panes(3, 0)
    if rows:
        sheet.autofilter(2, 0, foot - 1, last)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _write(
    sheet: Worksheet,
    line: int,
    number: int,
    kind: str,
    value: CellValue,
    formats: dict[str, Format],
    *,
    total: bool = False,
) -> None:
    style = formats[f"total_{kind}" if total else kind]
    if value is None:
        sheet.write_string(line, number, "—" if kind == "share" else "", style)
    elif isinstance(value, str):
        sheet.write_string(line, number, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(line, number, datetime.combine(value, time()), style)
    else:
        sheet.write_number(line, number, value / 100 if kind == "money" else value, style)


def _formats(workbook: Workbook) -> dict[str, Format]:
    looks: dict[str, dict[str, object]] = {
        "text": {"text_wrap": True},
        "money": {"num_format": "#,##0.00;[Red]-#,##0.00"},
        "share": {"num_format": "0.00%", "align": "right"},
        "date": {"num_format": "yyyy-mm-dd", "align": "center"},
        "count": {"num_format": "0", "align": "center"},
    }
    made = {name: workbook.add_format({**_FONT, "border": 1, **look}) for name, look in looks.items()}
    for name, look in looks.items():
        made[f"total_{name}"] = workbook.add_format({**_FONT, "border": 1, "bold": True, "bg_color": "#F0F2F4", **look})
    made["head"] = workbook.add_format(
        {**_FONT, "border": 1, "bold": True, "bg_color": "#F0F2F4", "align": "center", "text_wrap": True}
    )
    made["title"] = workbook.add_format({**_FONT, "font_size": 16, "bold": True, "align": "center"})
    made["note"] = workbook.add_format({**_FONT, "font_color": "#5B6570", "align": "left"})
    return made


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _line_totals(book: ExpenseBook) -> dict[str, int | float | None]:
    total = book.total
    return {
        "年初预算（元）": total.initial_fen,
        "调整（元）": total.adjustments_fen,
        "调整后预算（元）": total.adjusted_fen,
        "已支出（元）": total.spent_fen,
        "余额（元）": total.left_fen,
        "执行率": _share(total.spent_fen, total.adjusted_fen),
    }


def _payee(row: ExpenseRow) -> str:
    return f"凭证 {row.payee}" if row.payee_kind is PayeeKind.CODED_RECEIPT else row.payee


def _remark(row: ExpenseRow) -> str:
    tied = (
        f"冲销第 {row.reverses} 号" if row.reverses else f"已由第 {row.reversed_by} 号冲销" if row.reversed_by else ""
    )
    return "；".join(part for part in (tied, row.note) if part)


_LINES: tuple[_Column[BudgetLineRow], ...] = (
    _Column("类别", lambda row: row.category_name, width=18),
    _Column("资金来源", lambda row: row.source_name),
    _Column("专款专用", lambda row: "是" if row.restricted else "", width=10),
    _Column("年初预算（元）", lambda row: row.balance.initial_fen, "money", 16),
    _Column("调整（元）", lambda row: row.balance.adjustments_fen, "money", 15),
    _Column("调整后预算（元）", lambda row: row.balance.adjusted_fen, "money", 17),
    _Column("已支出（元）", lambda row: row.balance.spent_fen, "money", 16),
    _Column("余额（元）", lambda row: row.balance.left_fen, "money", 16),
    _Column("执行率", lambda row: _share(row.balance.spent_fen, row.balance.adjusted_fen), "share", 10),
    _Column("备注", lambda row: row.note, width=18),
)
_SPENT = next(place for place, column in enumerate(_LINES) if column.title == "已支出（元）")
_ENTRIES: tuple[_Column[ExpenseRow], ...] = (
    _Column("编号", lambda row: row.number, "count", 6),
    _Column("日期", lambda row: row.on, "date"),
    _Column("预算科目", lambda row: row.line_name, width=20),
    _Column("类别", lambda row: row.category_name, width=14),
    _Column("摘要", lambda row: row.summary, width=28),
    _Column("收款单位或凭证编号", _payee, width=24),
    _Column("部门经济分类", lambda row: row.class_department, width=9),
    _Column("政府经济分类", lambda row: row.class_government, width=9),
    _Column("金额（元）", lambda row: row.amount_fen, "money", 14),
    _Column("凭证号", lambda row: row.voucher_number),
    _Column("凭证日期", lambda row: row.voucher_on, "date"),
    _Column("附件张数", lambda row: row.papers, "count", 6),
    _Column("支付方式", lambda row: row.method_name),
    _Column("经办人", lambda row: row.handler, width=9),
    _Column("证明人", lambda row: row.witness, width=9),
    _Column("审批人", lambda row: row.approver, width=9),
    _Column("备注", _remark, width=18),
)
_ADJUSTMENTS: tuple[_Column[AdjustmentRow], ...] = (
    _Column("日期", lambda row: row.on, "date", 14),
    _Column("预算科目", lambda row: row.line_name, width=28),
    _Column("调整（元）", lambda row: row.amount_fen, "money", 16),
    _Column("理由", lambda row: row.reason, width=40),
    _Column("批准依据", lambda row: row.approval, width=28),
)
