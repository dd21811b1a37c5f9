"""The tables of the rates: all of them, the months of one, the units that weigh most in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.rate_weights import Pull
from jindu_desk.domain.tallies.rates import Ratio
from jindu_desk.queries.rate_analysis import Place, RateAnalysis, RateLine
from jindu_desk.reports.tallies.rate_wording import cases_text, parts_text, place_text, reached
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
        Column("比率", lambda line: line.rate.name, tooltip=lambda line: line.rate.meaning),
        Column("本月", lambda line: line.month.text, align="right", kind=_judged, key=lambda line: _key(line.month)),
        Column("分子/分母", lambda line: parts_text(line.month), align="right", tooltip=_left_out),
    )


def month_columns() -> tuple[Column[MonthLine], ...]:
    return (
        Column("月份", lambda row: str(row.month)),
        Column("当月（分子/分母）", lambda row: _whole(row.ratio), align="right"),
        Column("本年累计", lambda row: "—" if row.so_far is None else _whole(row.so_far), align="right"),
    )


def pull_columns() -> tuple[Column[PullLine], ...]:
    return (
        Column("单位", lambda row: place_text(row.pull.unit), width=-1, tooltip=lambda row: place_text(row.pull.unit)),
        Column("当月", lambda row: _whole(row.pull.ratio), align="right", key=lambda row: _key(row.pull.ratio)),
        Column("差额", lambda row: cases_text(row.line, row.pull.cases), align="right", key=lambda row: row.pull.cases),
    )


def lines_of(line: RateLine, pulls: Sequence[Pull[Place]]) -> tuple[PullLine, ...]:
    return tuple(PullLine(line, pull) for pull in pulls)


def _judged(line: RateLine) -> Kind | None:
    met = reached(line)
    return None if met is None else "done" if met else "due"


def _left_out(line: RateLine) -> str:
    return f"有 {line.month.left_out} 个村有没填或未掌握的数，未计入" if line.month.left_out else ""


def _whole(ratio: Ratio) -> str:
    """The rate with what it is made of."""
    return f"{ratio.text}\u2002({parts_text(ratio)})"


def _key(ratio: Ratio) -> int:
    return -1 if ratio.hundredths is None else ratio.hundredths
