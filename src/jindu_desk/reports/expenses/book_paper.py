"""经费台账: the entries of a month or a year with the sums of each page, each month and the year so far."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.months import Month
from jindu_desk.reports.expenses.capital_amount import capital_amount
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SMALL, Align, Cell, Para
from jindu_desk.reports.typesetting.forms import LANDSCAPE, Column, Form, Row, across, signature_fields
from jindu_desk.reports.typesetting.grid import BLACK, MM, RED
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_text, month_text, short_date_text

NAME: Final = "禁毒工作经费台账"
_LEAST: Final = 6.4 * MM
_COLUMNS: Final = (
    Column("编号", 13, "centre"),
    Column("日期", 20, "centre"),
    Column("摘要", 40),
    Column("收款单位或凭证编号", 34),
    Column("预算科目", 30),
    Column("资金来源", 18.5, "centre"),
    Column("经济分类", 15, "centre"),
    Column("金额（元）", 25, "right"),
    Column("凭证号", 18, "centre"),
    Column("单据张数", 12, "centre"),
    Column("经办", 15, "centre"),
    Column("证明", 15, "centre"),
    Column("审批", 15, "centre"),
    Column("备注", 17),
)
_SUMMARY: Final = 2  # the column that says what a line of sums is
_AMOUNT: Final = 7
_NOTE: Final = (
    "金额以元为单位；红字（带负号）为冲销，“冲销第×号”指被冲销的那一笔。经济分类上行为部门预算、下行为政府预算。"
    "一个支出编号只用一次，更正一律用红字冲销，不删改。"
)


@dataclass(frozen=True, slots=True)
class BookEntry:
    """An entry as it is printed; ``remark`` says what it reverses or is reversed by."""

    number: int
    on: date
    summary: str
    payee: str
    line: str
    source: str
    classes: str
    amount_fen: int
    voucher: str = ""
    papers: int = 0
    handler: str = ""
    witness: str = ""
    approver: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class BookMonth:
    month: Month
    entries: tuple[BookEntry, ...] = ()

    @property
    def spent_fen(self) -> int:
        return sum(entry.amount_fen for entry in self.entries)


@dataclass(frozen=True, slots=True)
class BookPaper:
    """``brought_fen``: what the year had spent before the first of ``months``; ``period`` names what is listed."""

    unit: str
    period: str
    made_on: date
    brought_fen: int
    months: tuple[BookMonth, ...]
    signatures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table; ``counts``: what it adds to its page, None for a line of sums."""

    cells: tuple[Cell, ...]
    counts: int | None = None


def expense_book_printed(paper: BookPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    under = "　".join(map(one_line, (paper.unit, paper.period, f"编制日期 {date_text(paper.made_on)}")))
    form = Form(fonts, NAME, under, layout=LANDSCAPE)
    _write_pages(form, tuple(_lines(paper)))
    form.gap(1.5)
    form.text(_NOTE, size=7.5)
    form.gap(1.5)
    form.grid((across(_capitals(paper), least=8 * MM), *signature_fields(paper.signatures)), whole=True)
    return form.printed(author=paper.unit, subject=under)


def _lines(paper: BookPaper) -> Iterator[_Line]:
    spent = paper.brought_fen
    if spent or len(paper.months) == 1:
        yield _sum_line("承前累计", spent)
    for month in paper.months:
        for entry in month.entries:
            yield _Line(_cells(entry), entry.amount_fen)
        spent += month.spent_fen
        count = f"共 {len(month.entries)} 笔" if month.entries else "没有支出"
        yield _sum_line(f"{month.month.number}月合计（{count}）", month.spent_fen)
        yield _sum_line("本年累计", spent)


def _write_pages(form: Form, lines: Sequence[_Line]) -> None:
    """Page by page, so that each ends with its own sum."""
    widths = tuple(column.width for column in _COLUMNS)

    def height(line: _Line) -> float:
        return form.height((Row(line.cells, widths, _LEAST),))

    header = form.height((Row(tuple(_head(column.title) for column in _COLUMNS), widths, 7 * MM),)) + 2 * MM
    foot = height(_sum_line("本页小计", 0))
    rest = list(lines)
    while rest:
        room = form.room - header - foot
        taken = [rest.pop(0)]
        room -= height(taken[0])
        while rest and (needed := height(rest[0])) <= room:
            room -= needed
            taken.append(rest.pop(0))
        on_page = sum(line.counts for line in taken if line.counts is not None)
        form.table(_COLUMNS, [line.cells for line in (*taken, _sum_line("本页小计", on_page))], least=_LEAST)
        if rest:
            form.new_page()


def _cells(entry: BookEntry) -> tuple[Cell, ...]:
    values = (
        str(entry.number),
        short_date_text(entry.on),
        entry.summary,
        entry.payee,
        entry.line,
        entry.source,
        entry.classes,
        yuan_text(entry.amount_fen),
        entry.voucher,
        str(entry.papers) if entry.papers else "",
        entry.handler,
        entry.witness,
        entry.approver,
        entry.remark,
    )
    red = entry.amount_fen < 0
    return tuple(
        _small(text, column.align, red=red and place == _AMOUNT)
        for place, (text, column) in enumerate(zip(values, _COLUMNS, strict=True))
    )


def _sum_line(name: str, fen: int) -> _Line:
    cells = [_small("") for _ in _COLUMNS]
    cells[_SUMMARY] = Cell((Para(name, Role.HEI, SMALL),), "centre")
    cells[_AMOUNT] = _small(yuan_text(fen), "right", red=fen < 0, role=Role.HEI)
    return _Line(tuple(cells))


def _capitals(paper: BookPaper) -> Cell:
    listed = sum(month.spent_fen for month in paper.months)
    whole = listed + paper.brought_fen
    parts = [f"{_listed_name(paper)}（大写）：{capital_amount(listed)}"]
    if paper.brought_fen:
        parts.append(f"本年累计（大写）：{capital_amount(whole)}")
    return Cell(tuple(Para(part) for part in parts))


def _listed_name(paper: BookPaper) -> str:
    if len(paper.months) == 1:
        return f"{month_text(paper.months[0].month)}支出合计"
    return f"{one_line(paper.period)}支出合计"


def _head(text: str) -> Cell:
    return Cell((Para(text, Role.HEI),), "centre")


def _small(text: str, align: Align = "left", *, red: bool = False, role: Role = Role.BODY) -> Cell:
    return Cell((Para(text, role, SMALL, colour=RED if red else BLACK),), align)
