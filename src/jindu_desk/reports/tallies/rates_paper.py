"""比率分析: all rates of a month on one page, each as a small chart with its target, then all of them in a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from jindu_desk.domain.rounding import hundredths_text, percent_text
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.reports.protection_wording import HIDDEN
from jindu_desk.reports.tallies.rate_chart import RateChart
from jindu_desk.reports.tallies.rate_chart_paper import chart_items
from jindu_desk.reports.tallies.rate_wording import parts_text
from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet, Role
from jindu_desk.reports.typesetting.form_cells import Align, Cell, Para, set_cell
from jindu_desk.reports.typesetting.forms import FORM_WIDTH, Column, Form
from jindu_desk.reports.typesetting.grid import BLACK, GREY, MM, Colour, Item, Text, baseline_in
from jindu_desk.reports.typesetting.linebreak import one_line

_ACROSS: Final = 4
_GAP: Final = 3 * MM
_WIDTH: Final = (FORM_WIDTH - _GAP * (_ACROSS - 1)) / _ACROSS
_HEAD: Final = 9 * MM  # name, then rate and parts
_CHART: Final = 18 * MM
_BELOW: Final = 2.5 * MM
_WORDS: Final = 5.5
_TINY: Final = 7.5
_NAMED: Final = 2  # units, of each rate
SUMMED: Final = "合计＝分子之和÷分母之和，不是各单位比率的平均；存量只取本月，不跨月相加。百分数四舍五入到两位小数。"
_KEY: Final = (
    "图：蓝线为近十二个月各月，灰线为本年累计（月末存量的比率没有累计），黄虚线为目标，“—”为没有比率（分母为零或没有数）。"
    + SUMMED
)


@dataclass(frozen=True, slots=True)
class RateMonth:
    """A rate in one month, and in the year to date at its end; None where it is not shown."""

    month: str
    ratio: Ratio | None
    to_date: Ratio | None


@dataclass(frozen=True, slots=True)
class RateUnit:
    """A unit's own rate, and by how many cases (in hundredths) it lies off the goal; ``word`` says on which side."""

    name: str
    ratio: Ratio
    cases: int
    word: str


@dataclass(frozen=True, slots=True)
class RateEntry:
    """A rate of the paper. ``this_month`` and ``to_date``: None where they are not shown; ``judged``: a word on month
    and target; ``units``: those that lie off the goal, the one that weighs most first. ``history``: the months of the
    chart with their parts, which are in the workbook alone."""

    chart: RateChart
    formula: str
    this_month: Ratio | None
    to_date: Ratio | None
    target: int | None = None
    judged: str = ""
    units: tuple[RateUnit, ...] = field(default=(), repr=False)
    history: tuple[RateMonth, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class RatesPaper:
    """The rates of ``desk`` in ``month``; ``version``: for whom it is; ``note`` is what is missing in them."""

    desk: str
    month: str
    rates: tuple[RateEntry, ...] = ()
    note: str = ""
    version: str = ""


def rates_pdf(paper: RatesPaper, fonts: FontSet) -> bytes:
    """The paper as PDF. The same rows and fonts give the same bytes; no content makes it fail."""
    return rates_printed(paper, fonts).content


def rates_printed(paper: RatesPaper, fonts: FontSet) -> PrintedPaper:
    """The paper as PDF, with the fonts that were used and the characters that no font has."""
    under = "　".join(filter(None, (one_line(paper.desk), one_line(paper.month))))
    form = Form(fonts, f"比率分析（{one_line(paper.version)}）" if paper.version else "比率分析", under)
    for start in range(0, len(paper.rates), _ACROSS):
        _draw_row(form, paper.rates[start : start + _ACROSS])
    if paper.rates:
        _write_table(form, paper.rates)
        form.gap(1.5)
    form.text(*filter(None, (_KEY, one_line(paper.note))), size=_TINY)
    return form.printed(author=paper.desk, subject=under)


def _draw_row(form: Form, entries: Sequence[RateEntry]) -> None:
    def drawn(x: float, y: float) -> Iterator[Item]:
        for place, entry in enumerate(entries):
            left = x + place * (_WIDTH + _GAP)
            yield from _head(form.fonts, entry, left, y)
            yield from chart_items(form.fonts, entry.chart, _WIDTH, _CHART, _WORDS, x=left, y=y + _HEAD)

    form.picture(_HEAD + _CHART + _BELOW, drawn, "\n".join(map(repr, entries)))


def _head(fonts: FontSet, entry: RateEntry, x: float, y: float) -> Iterator[Item]:
    month, parts = _told(entry.this_month)
    parts = f"{parts}　{entry.judged}"
    yield from _line(fonts, Para(one_line(entry.chart.name), Role.HEI, 8.0), x, y, 0)
    yield from _line(fonts, Para(month, Role.SONG, 10.0), x, y + 3.6 * MM, 0)
    yield from _line(fonts, Para(one_line(parts), Role.SONG, 6.0), x, y + 4.2 * MM, 16 * MM, GREY)


def _line(fonts: FontSet, para: Para, x: float, y: float, indent: float, colour: Colour = BLACK) -> Iterator[Item]:
    """What of ``para`` stands on one line of the chart's width."""
    for strip in set_cell(fonts, Cell((para,)), _WIDTH - indent)[:1]:
        baseline = baseline_in(y, strip.height, strip.size)
        yield Text(x + indent, baseline, strip.size, strip.glyphs, strip.offsets, colour)


def _write_table(form: Form, entries: Sequence[RateEntry]) -> None:
    columns = (
        Column("比率", 23),
        Column("公式", 40),
        Column("本月", 19, "right"),
        Column("目标", 13, "right"),
        Column("本年累计", 19, "right"),
        Column("差额最大的单位", 51),
    )
    rows = [
        (
            Cell((Para(entry.chart.name, size=_TINY, even=True),)),
            _tiny(entry.formula),
            _rate(entry.this_month),
            _tiny(percent_text(entry.target, 10_000), "right"),
            _rate(entry.to_date),
            _tiny("；".join(map(_weighed, entry.units[:_NAMED])) or "—"),
        )
        for entry in entries
    ]
    form.table(columns, rows, least=6 * MM)


def _weighed(unit: RateUnit) -> str:
    return f"{unit.name} {unit.word} {hundredths_text(unit.cases)}"


def _rate(ratio: Ratio | None) -> Cell:
    """The rate with what it is made of below it."""
    return _tiny("\n".join(filter(None, _told(ratio))), "right")


def _told(ratio: Ratio | None) -> tuple[str, str]:
    """The rate and its parts."""
    if ratio is None:
        return HIDDEN, ""
    return ratio.text, "" if ratio.is_unknown else parts_text(ratio)


def _tiny(text: str, align: Align = "left") -> Cell:
    return Cell((Para(text, size=_TINY),), align)
