"""月度检查考核表 (Art. 13(1), 13(3)): a page for each unit, with what is on record beside it and room for the pen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import SMALL, Cell, Para, cell
from jindu_desk.reports.typesetting.forms import Column, Form, Row, across, dated, fields
from jindu_desk.reports.typesetting.grid import MM
from jindu_desk.reports.typesetting.linebreak import one_line

NAME: Final = "禁毒工作月度检查考核表"
_RATES: Final = (
    Column("指标", 41),
    Column("分子/分母", 24, "right"),
    Column("比率", 21, "right"),
    Column("具体要求", 32, "right"),
    Column("结果", 24, "centre"),
    Column("检查扣分", 23, "centre"),
)
_FACTS: Final = (Column("日常工作", 36), Column("系统中的记录", 106), Column("检查扣分", 23, "centre"))
_LEAST: Final = 7.2 * MM
_OPINION: Final = 36 * MM


@dataclass(frozen=True, slots=True)
class AssessedRate:
    """All in words; ``verdict``: 达到要求 …"""

    name: str
    parts: str
    rate: str
    wanted: str
    verdict: str


@dataclass(frozen=True, slots=True)
class AssessedSheet:
    """A unit's page: the rates of Art. 13(3) and what else is on record, each (topic, words)."""

    unit: str
    rates: tuple[AssessedRate, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AssessmentPaper:
    desk: str
    month: str
    sheets: tuple[AssessedSheet, ...]
    notes: tuple[str, ...] = ()


def assessment_printed(paper: AssessmentPaper, fonts: FontSet) -> PrintedPaper:
    """The same rows and fonts give the same bytes; no content makes it fail."""
    under = "　".join(filter(None, (one_line(paper.desk), one_line(paper.month))))
    form = Form(fonts, NAME, under)
    for number, sheet in enumerate(paper.sheets):
        if number:
            form.new_page()
            form.line(Cell((Para(NAME, Role.TITLE, 20.0),), "centre"))
            form.gap(0.5)
            form.line(Cell((Para(under),), "centre"))
            form.gap(3)
        _write_sheet(form, sheet, paper.notes)
    return form.printed(author=paper.desk, subject=under)


def _write_sheet(form: Form, sheet: AssessedSheet, notes: Iterable[str]) -> None:
    form.grid((fields(("被检查单位", sheet.unit), dated("检查日期")),), part=one_line(sheet.unit))
    form.gap(2)
    form.table(
        _RATES,
        [
            (line.name, line.parts, line.rate, cell(line.wanted, "right", size=SMALL), line.verdict, "")
            for line in sheet.rates
        ],
        least=_LEAST,
    )
    form.gap(2)
    form.table(_FACTS, [(topic, words, "") for topic, words in sheet.facts], least=_LEAST)
    form.gap(2)
    form.grid(
        (
            across(Cell((Para("检查意见：", Role.HEI),)), least=_OPINION),
            _signed("检查人（签字）"),
            _signed("被检查单位负责人（签字）"),
        ),
        whole=True,
    )
    form.gap(1)
    form.text(*filter(None, notes), size=8.0)


def _signed(name: str) -> Row:
    when, field = dated()
    return Row(
        (Cell((Para(name, Role.HEI),), "centre"), Cell(), Cell((Para(when, Role.HEI),), "centre"), field),
        (50.0, 50.0, 18.0, 47.0),
        9 * MM,
    )
