"""The totals as .xlsx: real numbers, frozen headers, print setup; text is never run as a formula."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from jindu_desk.domain.tallies.catalogue import Item, Level
from jindu_desk.domain.tallies.cells import Cell, Mark
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.domain.tallies.sums import Sums
from jindu_desk.queries.exchange.given_reasons import GivenReason
from jindu_desk.queries.protection import Hiding
from jindu_desk.queries.totals import Arrival, Totals, UnitTotals
from jindu_desk.reports.arrival_wording import ARRIVAL_WORDS, absent_parts, arrival_text
from jindu_desk.reports.protection_wording import HIDDEN, LEGEND, PROTECTED
from jindu_desk.reports.wording import month_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MARKS = {Mark.BLANK: None, Mark.NOT_APPLICABLE: "无此情况", Mark.UNKNOWN: "未掌握"}
_NO_RATE = "—"

Cells = Mapping[tuple[str, str], Mapping[str, Cell]]


def totals_xlsx(
    totals: Totals,
    cells: Cells,
    names: Mapping[str, str],
    hiding: Hiding | None = None,
    reasons: Sequence[GivenReason] = (),
) -> bytes:
    """Sheets: the month, the year to date, the rates, every village cell, the packages they came in, and the reasons.

    ``cells``: (township id, unit id) → item code → cell, as `queries.totals.all_cells` gives it; ``names``: unit ids
    to names; ``reasons``: those that came with the month. With ``hiding`` what it hides is not in the file, nor is any
    reason: an officer's own words tell figures.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": f"{totals.owner.name}{month_text(totals.month)}汇总表"})
    styles = _Styles(book)
    items = [item for block in totals.rules.catalogue.blocks for item in block.items]
    rows = (*totals.units, totals.total)
    _figures(book, styles, totals, "本月", items, [(row, row.month) for row in rows], hiding)
    _figures(book, styles, totals, "本年累计", items, [(row, row.to_date) for row in rows], hiding, to_date=True)
    _rates(book, styles, totals, rows, hiding)
    _villages(book, styles, totals, items, cells, names, hiding)
    _packages(book, styles, totals, hiding)
    if hiding is None:
        _reasons(book, styles, totals, reasons)
    book.close()
    return out.getvalue()


class _Styles:
    def __init__(self, book: Workbook) -> None:
        base = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        self.title = book.add_format({**base, "font_size": 14, "bold": True})
        self.head = book.add_format(
            {**base, "bold": True, "text_wrap": True, "align": "center", "bottom": 1, "bg_color": "#F0F2F4"}
        )
        self.text = book.add_format(base)
        self.count = book.add_format({**base, "num_format": "#,##0"})
        self.mark = book.add_format({**base, "align": "right", "font_color": "#5B6570"})
        self.rate = book.add_format({**base, "num_format": "0.00%", "align": "right"})
        self.sum_text = book.add_format({**base, "bold": True, "top": 1})
        self.sum_count = book.add_format({**base, "bold": True, "top": 1, "num_format": "#,##0"})
        self.date = book.add_format({**base, "num_format": "yyyy-mm-dd hh:mm", "align": "left"})


def _figures(
    book: Workbook,
    styles: _Styles,
    totals: Totals,
    name: str,
    items: Sequence[Item],
    rows: Sequence[tuple[UnitTotals, Sums]],
    hiding: Hiding | None,
    *,
    to_date: bool = False,
) -> None:
    sheet = _sheet(book, styles, totals, name, hiding, columns=2 + len(items))
    for column, text in enumerate(("单位", "状态")):
        sheet.write_string(2, column, text, styles.head)
    kinds = totals.rules.catalogue.kinds
    for column, item in enumerate(items, start=2):
        sheet.write_string(2, column, _head(item, kinds), styles.head)
    for number, (row, sums) in enumerate(rows, start=3):
        whole = row is totals.total
        text, count = (styles.sum_text, styles.sum_count) if whole else (styles.text, styles.count)
        sheet.write_string(number, 0, "合计" if whole else row.unit.name, text)
        sheet.write_string(number, 1, "" if whole else ARRIVAL_WORDS[row.arrival], text)
        for column, item in enumerate(items, start=2):
            figure = sums.get(item.code)
            if hiding is not None and hiding.figure(row.unit, item.code, to_date=to_date):
                sheet.write_string(number, column, HIDDEN, styles.mark)
            elif figure is not None:
                sheet.write_number(number, column, figure, count)
            else:
                sheet.write_string(number, column, _NO_RATE, styles.mark)
    sheet.freeze_panes(3, 2)


def _head(item: Item, kinds: Mapping[str, str]) -> str:
    kind = f"（{kinds[item.kind]}）" if item.kind else ""
    return f"{item.base} {item.name}{kind}"


def _rates(book: Workbook, styles: _Styles, totals: Totals, rows: Sequence[UnitTotals], hiding: Hiding | None) -> None:
    rates = totals.rules.rates.rates
    sheet = _sheet(book, styles, totals, "比率", hiding, columns=1 + 6 * len(rates))
    sheet.write_string(2, 0, "单位", styles.head)
    sheet.write_string(3, 0, "", styles.head)
    for index, rate in enumerate(rates):
        first = 1 + index * 6
        sheet.merge_range(2, first, 2, first + 5, rate.name, styles.head)
        for offset, text in enumerate(("本月", "分子", "分母", "本年", "分子", "分母")):
            sheet.write_string(3, first + offset, text, styles.head)
    for number, row in enumerate(rows, start=4):
        whole = row is totals.total
        sheet.write_string(number, 0, "合计" if whole else row.unit.name, styles.sum_text if whole else styles.text)
        for index, rate in enumerate(rates):
            first = 1 + index * 6
            month, to_date = row.ratios[rate.code], row.ratios_to_date[rate.code]
            if not whole and row.arrival is not Arrival.COUNTED:  # nothing is known, which is not 0/0
                _no_ratio(sheet, styles, number, first, _NO_RATE)
            elif hiding is not None and hiding.ratio(row.unit, rate, month):
                _no_ratio(sheet, styles, number, first, HIDDEN)
            else:
                _ratio(sheet, styles, number, first, month)
            if hiding is not None and hiding.ratio(row.unit, rate, to_date, to_date=True):
                _no_ratio(sheet, styles, number, first + 3, HIDDEN)
            else:
                _ratio(sheet, styles, number, first + 3, to_date)
    sheet.freeze_panes(4, 1)


def _no_ratio(sheet: Worksheet, styles: _Styles, row: int, first: int, text: str) -> None:
    for column in range(first, first + 3):
        sheet.write_string(row, column, text, styles.mark)


def _ratio(sheet: Worksheet, styles: _Styles, row: int, column: int, ratio: Ratio) -> None:
    hundredths = ratio.hundredths
    if hundredths is None:
        sheet.write_string(row, column, _NO_RATE, styles.mark)
    else:
        sheet.write_number(row, column, hundredths / 10_000, styles.rate)
    sheet.write_number(row, column + 1, ratio.numerator, styles.count)
    sheet.write_number(row, column + 2, ratio.denominator, styles.count)


def _villages(
    book: Workbook,
    styles: _Styles,
    totals: Totals,
    items: Sequence[Item],
    cells: Cells,
    names: Mapping[str, str],
    hiding: Hiding | None,
) -> None:
    counted = [item for item in items if item.level is Level.VILLAGE]
    sheet = _sheet(book, styles, totals, "各村明细", hiding, columns=2 + len(counted))
    for column, text in enumerate(("镇（街道）", "村（社区）")):
        sheet.write_string(2, column, text, styles.head)
    kinds = totals.rules.catalogue.kinds
    for column, item in enumerate(counted, start=2):
        sheet.write_string(2, column, _head(item, kinds), styles.head)
    order = {unit: position for position, unit in enumerate(names)}
    places = [place for place in cells if place[0] != place[1]]
    places.sort(key=lambda place: (order.get(place[0], 0), order.get(place[1], len(order))))
    for number, place in enumerate(places, start=3):
        for column, unit_id in enumerate(place):
            sheet.write_string(number, column, names.get(unit_id, ""), styles.text)
        for column, item in enumerate(counted, start=2):
            if hiding is not None and hiding.month.hides(place[1], item.code):
                sheet.write_string(number, column, HIDDEN, styles.mark)
            else:
                _cell(sheet, styles.count, styles.mark, number, column, cells[place].get(item.code, Mark.BLANK))
    sheet.freeze_panes(3, 2)


def _cell(sheet: Worksheet, count: Format, mark: Format, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, int):
        sheet.write_number(row, column, cell, count)
    elif text := _MARKS[cell]:
        sheet.write_string(row, column, text, mark)


def _packages(book: Workbook, styles: _Styles, totals: Totals, hiding: Hiding | None) -> None:
    heads = ["单位", "状态", "包号", "修订", "接收时间", "签名密钥指纹", "文件名"]
    if hiding is None:
        heads.append("核实说明")
    sheet = _sheet(book, styles, totals, "来源", hiding, columns=len(heads))
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, styles.head)
    for number, row in enumerate(totals.units, start=3):
        sheet.write_string(number, 0, row.unit.name, styles.text)
        sheet.write_string(number, 1, arrival_text(row.arrival, row.returned_on), styles.text)
        if row.package is not None:
            sheet.write_number(number, 2, row.package.number, styles.count)
            sheet.write_number(number, 3, row.package.revision, styles.count)
            sheet.write_datetime(number, 4, row.package.received_at, styles.date)
            sheet.write_string(number, 5, row.package.signer, styles.text)
            sheet.write_string(number, 6, row.package.file_name, styles.text)
        if hiding is None and row.arrival is Arrival.COUNTED:
            sheet.write_number(number, 7, row.reasons, styles.count)
    sheet.freeze_panes(3, 1)
    sheet.set_column(4, 6, 24)


def _reasons(book: Workbook, styles: _Styles, totals: Totals, reasons: Sequence[GivenReason]) -> None:
    heads = ("镇（街道）", "村（社区）", "审核", "审核名称", "说明")
    sheet = _sheet(book, styles, totals, "核实说明", None, columns=len(heads))
    for column, text in enumerate(heads):
        sheet.write_string(2, column, text, styles.head)
    for number, row in enumerate(reasons, start=3):
        for column, text in enumerate((row.township, row.village, row.code, row.check, row.reason)):
            sheet.write_string(number, column, text, styles.text)
    sheet.freeze_panes(3, 2)
    sheet.set_column(3, 3, 16)
    sheet.set_column(4, 4, 80)


def _sheet(
    book: Workbook, styles: _Styles, totals: Totals, name: str, hiding: Hiding | None, *, columns: int
) -> Worksheet:
    sheet = book.add_worksheet(name)
    absent = "；".join(absent_parts(totals.units))
    version = "" if hiding is None else f"（{PROTECTED}）"
    sheet.write_string(0, 0, f"{totals.owner.name}{month_text(totals.month)}汇总表{version} · {name}", styles.title)
    said = f"规则 {totals.rules.version}　" + (absent or "各单位均已汇总")
    sheet.write_string(1, 0, said if hiding is None else f"{said}　{LEGEND}", styles.text)
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, max(2, columns - 1), 9)
    sheet.set_row(2, 42)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1 if columns <= 40 else 0, 0)
    sheet.repeat_rows(0, 2)
    sheet.repeat_columns(0, 1)
    sheet.set_footer("&L&F&R第 &P 页，共 &N 页")
    return sheet
