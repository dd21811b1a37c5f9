"""年度汇总: tables of a year on one paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.rounding import percent_text
from jindu_desk.reports.tables.rows import Kind, RowTable, Value
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SMALL, Align, Cell, Para
from jindu_desk.reports.typesetting.forms import Column, Form, signature_fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line
from jindu_desk.reports.wording import UNKNOWN, date_text

NAME: Final = "禁毒工作年度汇总"
_ALIGNED: Final[dict[Kind, Align]] = {
    "text": "left",
    "centre": "centre",
    "count": "right",
    "decimal": "right",
    "money": "right",
    "share": "right",
    "day": "centre",
}


@dataclass(frozen=True, slots=True)
class YearPaper:
    desk: str
    period: str
    notes: tuple[str, ...]
    tables: tuple[RowTable, ...]
    signatures: tuple[str, ...] = ()


def year_summary_printed(paper: YearPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    under = "　".join(filter(None, (one_line(paper.desk), one_line(paper.period))))
    form = Form(fonts, NAME, under)
    form.text(*filter(None, paper.notes), size=SMALL)
    for table in paper.tables:
        _write(form, table)
    form.gap(3)
    form.grid(signature_fields(paper.signatures), whole=True)
    return form.printed(author=paper.desk, subject=under)


def _write(form: Form, table: RowTable) -> None:
    if not table.rows:
        form.part(one_line(table.title))
        form.text(table.empty)
        return
    columns = [Column(column.title, column.width, _ALIGNED[column.kind], SMALL) for column in table.columns]
    first_sum = len(table.rows) - table.sums
    rows = [
        tuple(
            _cell(value, column.kind, sums=number >= first_sum)
            for value, column in zip(row, table.columns, strict=True)
        )
        for number, row in enumerate(table.rows)
    ]
    form.table(columns, rows, part=one_line(table.title), least=6 * MM)
    if table.note:
        form.gap(0.8)
        form.text(table.note, size=8.0)


def _cell(value: Value, kind: Kind, *, sums: bool) -> Cell:
    return Cell((Para(_text(value, kind), Role.HEI if sums else Role.BODY, SMALL),), _ALIGNED[kind])


def _text(value: Value, kind: Kind) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return percent_text(*value)
    if isinstance(value, date):
        return date_text(value)
    return yuan_text(value) if kind in ("decimal", "money") else f"{value:,}"
