"""预算执行表: where each budget line stands at the end of a month, beside the share of the year that is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.domain.expense_rules import Balance, Elapsed, total_of
from jindu_desk.domain.money import yuan_text
from jindu_desk.reports.expenses.capital_amount import capital_amount
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import Align, Cell, Para
from jindu_desk.reports.typesetting.forms import LANDSCAPE, Column, Form, across, signature_fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import date_text

NAME: Final = "禁毒工作经费预算执行表"
_SIZE: Final = 9.5
_COLUMNS: Final = (
    Column("序号", 10, "centre"),
    Column("预算科目", 43),
    Column("资金来源", 21, "centre"),
    Column("年初预算（元）", 27, "right"),
    Column("调整（元）", 25, "right"),
    Column("调整后预算（元）", 28, "right"),
    Column("本月支出（元）", 25, "right"),
    Column("累计支出（元）", 27, "right"),
    Column("结余（元）", 27, "right"),
    Column("执行率", 17, "right"),
)


@dataclass(frozen=True, slots=True)
class BudgetEntry:
    """A line at the end of the month. ``month_fen``: what was spent in the month itself."""

    name: str
    source: str
    restricted: bool
    balance: Balance
    month_fen: int


@dataclass(frozen=True, slots=True)
class BudgetPaper:
    """``as_of``: the day up to which is reckoned; ``elapsed``: of the year, on that day."""

    unit: str
    period: str
    as_of: date
    elapsed: Elapsed
    lines: tuple[BudgetEntry, ...]
    signatures: tuple[str, ...] = ()


def budget_printed(paper: BudgetPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    under = "　".join(map(one_line, (paper.unit, paper.period, f"截至{date_text(paper.as_of)}")))
    form = Form(fonts, NAME, under, layout=LANDSCAPE)
    elapsed = paper.elapsed
    form.text(f"时间进度 {elapsed.share}（{elapsed.days}/{elapsed.of} 天）。执行率＝累计支出÷调整后预算。")
    form.gap(1.5)
    form.table(_COLUMNS, list(_rows(paper)), least=8 * MM)
    if any(line.restricted for line in paper.lines):
        form.gap(1)
        form.text("“＊专款”为专款专用的资金，只能用于本科目。", size=9.0)
    form.gap(3)
    spent = total_of(line.balance for line in paper.lines).spent_fen
    form.grid(
        (
            across(Cell((Para(f"累计支出（大写）：{capital_amount(spent)}"),)), least=8 * MM),
            *signature_fields(paper.signatures),
        ),
        whole=True,
    )
    return form.printed(author=paper.unit, subject=under)


def _rows(paper: BudgetPaper) -> Iterable[tuple[Cell, ...]]:
    for number, line in enumerate(paper.lines, start=1):
        source = f"{line.source}\n＊专款" if line.restricted else line.source
        yield _row(str(number), line.name, source, line.balance, line.month_fen)
    for name, lines in _sums(paper.lines):
        whole, month = total_of(line.balance for line in lines), sum(line.month_fen for line in lines)
        yield _row("", name, "", whole, month, Role.HEI)


def _sums(lines: tuple[BudgetEntry, ...]) -> Iterable[tuple[str, tuple[BudgetEntry, ...]]]:
    """All lines; then, where there is such money, what of it is restricted."""
    restricted = tuple(line for line in lines if line.restricted)
    yield "合计", lines
    if restricted:
        yield "其中：专款专用", restricted


def _row(
    number: str, name: str, source: str, balance: Balance, month_fen: int, role: Role = Role.BODY
) -> tuple[Cell, ...]:
    values = (
        number,
        name,
        source,
        yuan_text(balance.initial_fen),
        yuan_text(balance.adjustments_fen),
        yuan_text(balance.adjusted_fen),
        yuan_text(month_fen),
        yuan_text(balance.spent_fen),
        yuan_text(balance.left_fen),
        balance.rate,
    )
    return tuple(_cell(text, column.align, role) for text, column in zip(values, _COLUMNS, strict=True))


def _cell(text: str, align: Align, role: Role) -> Cell:
    return Cell((Para(text, role, _SIZE),), align)
