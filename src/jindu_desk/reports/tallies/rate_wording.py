"""The rates in words: what they are made of, how they are judged, and their charts."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from jindu_desk.domain.months import Month
from jindu_desk.domain.rounding import decimal_text, percent_text
from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.domain.tallies.formulas import Linear
from jindu_desk.domain.tallies.rates import Rate, Ratio
from jindu_desk.domain.units import Tier
from jindu_desk.queries.rate_analysis import Place, RateAnalysis, RateLine
from jindu_desk.reports.tallies.rate_chart import RateChart

TIER_WORDS = {Tier.DISTRICT: "辖市（区）", Tier.TOWNSHIP: "镇（街道）", Tier.VILLAGE: "村（社区）"}


def formula_words(rate: Rate, catalogue: Catalogue) -> str:
    """``已报告 F02 ÷ 应报告 F01``; an item that counts with all its kinds is named once."""
    numerator, denominator = _words(rate.numerator, catalogue), _words(rate.denominator, catalogue)
    return f"{_bracketed(numerator)} ÷ {_bracketed(denominator)}"


def parts_text(ratio: Ratio) -> str:
    """``2/3``: a rate is never shown without it."""
    return f"{ratio.numerator:,}/{ratio.denominator:,}"


def target_text(target: int | None) -> str:
    return percent_text(target, 10_000)


def reached(line: RateLine) -> bool | None:
    """Whether the month's rate is where it has to be; None where there is no rate or no target."""
    rate, target = line.month.hundredths, line.target
    if rate is None or target is None:
        return None
    return rate <= target if line.rate.lower_is_better else rate >= target


def judged_text(line: RateLine) -> str:
    """``达到目标`` or how it is missed; empty where nothing is to be judged."""
    met = reached(line)
    if met is None:
        return ""
    missed = "高于目标" if line.rate.lower_is_better else "低于目标"
    return "达到目标" if met else missed


def goal_words(line: RateLine) -> str:
    """What the units are measured by, and how: plainly, for whoever asks why a village stands there."""
    if line.goal is None:
        return "本月分母为零，没有可以比较的。"
    base = (
        f"目标 {target_text(line.target)}" if line.target is not None else f"合计比率 {line.month.text}（没有定目标）"
    )
    if line.rate.lower_is_better:
        return f"差额＝分子－分母×{base}：比它多出多少，多的排在前面。"
    return f"差额＝分母×{base}－分子：离它还差多少，差得多的排在前面。"


def cases_text(line: RateLine, cases: Fraction) -> str:
    """``差 3.20`` or, where lower is better, ``多 3.20``."""
    return f"{cases_word(line)} {decimal_text(cases)}"


def cases_word(line: RateLine) -> str:
    """Of which side of the goal a unit's cases are."""
    return "多" if line.rate.lower_is_better else "差"


def place_text(place: Place) -> str:
    """A unit's name; below a unit in between, with that one's name before it."""
    return place.unit.name if place.superior is None else f"{place.superior.name} {place.unit.name}"


def chart_of(
    rate: Rate,
    months: Sequence[Month],
    history: Sequence[Ratio],
    so_far: Sequence[Ratio],
    target: int | None,
    *,
    stock: bool,
) -> RateChart:
    """The chart of a rate over ``months``. A stock has no year to date of its own: it is the month's."""
    year = {} if stock or not months else dict(zip(months[-1].year_to_date, so_far, strict=True))
    return RateChart(
        rate.name,
        tuple(str(month.number) for month in months),
        tuple(ratio.hundredths for ratio in history),
        tuple(year[month].hundredths if month in year else None for month in months),
        target,
    )


def chart_of_line(line: RateLine, analysis: RateAnalysis) -> RateChart:
    return chart_of(line.rate, analysis.months, line.history, line.so_far, line.target, stock=line.stock)


def chart_words(chart: RateChart) -> str:
    """The chart for somebody who hears it: every month and the target."""
    said = "，".join(f"{month}月 {_rate(value)}" for month, value in zip(chart.months, chart.values, strict=True))
    return said if chart.target is None else f"{said}；目标 {_rate(chart.target)}"


def _rate(hundredths: int | None) -> str:
    return percent_text(hundredths, 10_000)


def _words(linear: Linear, catalogue: Catalogue) -> list[tuple[str, str]]:
    """(sign, words) of each item; J and K of one item together where both count."""
    kinds_named: dict[tuple[int, str], set[str]] = {}
    for term in linear:
        item = catalogue.item(term.item)
        kinds_named.setdefault((term.sign, item.base), set()).add(item.kind)
    words = []
    for (sign, base), kinds in kinds_named.items():
        items = catalogue.bases[base]
        name = f"{items[0].name} {base}"
        if kinds != {item.kind for item in items}:
            name += f"（{'、'.join(catalogue.kinds[kind] for kind in sorted(kinds))}）"
        words.append(("－" if sign < 0 else "＋", name))
    return words


def _bracketed(words: list[tuple[str, str]]) -> str:
    text = " ".join(f"{sign} {name}" for sign, name in words).removeprefix("＋ ")
    return f"（{text}）" if len(words) > 1 else text
