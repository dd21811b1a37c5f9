"""The tables of the rates: all of them, the months of one, the units that weigh most in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.rate_weights import Pull
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.queries.rate_analysis import Place, RateAnalysis, RateLine
from jindu_desk.reports.rate_wording import cases_text, judged_text, parts_text, place_text, reached, target_text
from jindu_desk.ui.tables import Column
from jindu_desk.ui.theme.tokens import Kind


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a rate; ``so_far`` None before January, and for a stock, which has no year to date."""

    month: Month
    ratio: Ratio
    so_far: Ratio | None


@dataclass(frozen=True, slots=True)
class PullLine:
    """A unit that pulls a rate away, with the rate."""

    line: RateLine
    pull: Pull[Place]


def month_lines(line: RateLine, analysis: RateAnalysis) -> tuple[MonthLine, ...]:
    """The newest month first."""
    year = {} if line.stock else dict(zip(analysis.month.year_to_date, line.so_far, strict=True))
    rows = [
        MonthLine(month, ratio, year.get(month)) for month, ratio in zip(analysis.months, line.history, strict=True)
    ]
    return tuple(reversed(rows))


def rate_columns() -> tuple[Column[RateLine], ...]:
    return (
        Column("比率", lambda line: line.rate.name, width=-1, tooltip=lambda line: line.rate.meaning),
        Column("本月", lambda line: line.month.text, align="right", kind=_judged, key=lambda line: _key(line.month)),
        Column("分子/分母", lambda line: parts_text(line.month), align="right", tooltip=_left_out),
        Column("目标", lambda line: target_text(line.target), align="right", tooltip=judged_text),
    )


def month_columns() -> tuple[Column[MonthLine], ...]:
    return (
        Column("月份", lambda row: str(row.month), width=5),
        Column("比率", lambda row: row.ratio.text, align="right", key=lambda row: _key(row.ratio)),
        Column("分子/分母", lambda row: parts_text(row.ratio), align="right"),
        Column("本年累计", lambda row: "—" if row.so_far is None else row.so_far.text, align="right"),
        Column("累计分子/分母", lambda row: "—" if row.so_far is None else parts_text(row.so_far), align="right"),
    )


def pull_columns() -> tuple[Column[PullLine], ...]:
    return (
        Column("单位", lambda row: place_text(row.pull.unit), width=-1),
        Column("比率", lambda row: row.pull.ratio.text, align="right", key=lambda row: _key(row.pull.ratio)),
        Column("分子/分母", lambda row: parts_text(row.pull.ratio), align="right"),
        Column("差额", lambda row: cases_text(row.line, row.pull.cases), align="right", key=lambda row: row.pull.cases),
    )


def lines_of(line: RateLine, pulls: Sequence[Pull[Place]]) -> tuple[PullLine, ...]:
    return tuple(PullLine(line, pull) for pull in pulls)


def _judged(line: RateLine) -> Kind | None:
    met = reached(line)
    return None if met is None else "done" if met else "due"


def _left_out(line: RateLine) -> str:
    return f"有 {line.month.left_out} 个村有没填或未掌握的数，未计入" if line.month.left_out else ""


def _key(ratio: Ratio) -> int:
    return -1 if ratio.hundredths is None else ratio.hundredths
