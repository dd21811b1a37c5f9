"""比率分析: one page, every rate with its parts, — where nothing is divided, and no content that breaks it."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from hypothesis import given, settings
from tests.reports.naughty import filled

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.rate_weights import Pull
from jindu_desk.domain.tallies.rates import Ratio, is_stock
from jindu_desk.domain.units import Tier
from jindu_desk.queries.rate_analysis import Place, RateAnalysis, RateLine
from jindu_desk.queries.rate_protection import HiddenOfRate
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.units import UnitRow
from jindu_desk.reports.tallies.rate_chart import RateChart
from jindu_desk.reports.tallies.rate_wording import chart_of_line, chart_words, formula_words, goal_words, judged_text
from jindu_desk.reports.tallies.rates_paper import RateEntry, RatesPaper, rates_pdf
from jindu_desk.reports.tallies.rates_paper_of import rates_paper_of
from jindu_desk.reports.typesetting.fonts import FontSet

RULES = shipped_rules()
OCTOBER = Month(2026, 10)
MONTHS = tuple(OCTOBER.plus(-back) for back in reversed(range(12)))


def unit(tier: Tier, name: str) -> UnitRow:
    return UnitRow(name, tier, "", name, "", None, None, None, 0, "2026-01")


TOWN, VILLAGE = unit(Tier.TOWNSHIP, "测试镇"), unit(Tier.VILLAGE, "测试甲村")


def line(code: str, month: Ratio, *, target: int | None = None) -> RateLine:
    rate = RULES.rates.rate(code)
    pulls = (Pull(Place(VILLAGE, TOWN), Ratio(1, 3), Fraction(37, 20)),)
    return RateLine(
        rate,
        is_stock(rate, RULES.catalogue),
        month,
        Ratio(20, 30),
        target,
        (*(Ratio(9, 10) for _ in range(10)), Ratio(0, 0), month),
        tuple(Ratio(n, 10) for n in range(10)),
        Fraction(1),
        {Tier.VILLAGE: pulls},
    )


def analysis() -> RateAnalysis:
    lines = tuple(
        line(rate.code, Ratio(0, 0) if rate.code == "police_action" else Ratio(2, 3), target=9500)
        for rate in RULES.rates.rates
    )
    return RateAnalysis(TOWN, OCTOBER, RULES, MONTHS, lines, (Tier.VILLAGE,), (VILLAGE,))


def text_of(content: bytes) -> str:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
    return re.sub(r"\s", "", "".join(pages))


def test_all_rates_stand_on_one_page_with_their_parts(fonts: FontSet) -> None:
    content = rates_pdf(rates_paper_of(analysis()), fonts)
    assert len(pypdfium2.PdfDocument(content)) == 1
    text = text_of(content)
    for rate in RULES.rates.rates:
        assert text.count(rate.name) >= 2  # its chart and its row
    assert "66.67%2/3" in text
    assert "—0/0" in text  # neither 0 % nor 100 %
    assert "95.00%" in text
    assert "测试镇测试甲村差1.85" in text
    assert "没有数据的单位：测试甲村" in text


def test_the_protected_paper_holds_nothing_that_is_hidden(fonts: FontSet) -> None:
    code = RULES.rates.rates[0].code
    hidden = HiddenOfRate(True, True, (*[False] * 11, True), (*[False] * 9, True), frozenset({VILLAGE.id}))
    shown = HiddenOfRate(False, False, (False,) * 12, (False,) * 10, frozenset({VILLAGE.id}))
    paper = rates_paper_of(analysis(), {rate.code: shown for rate in RULES.rates.rates} | {code: hidden})
    entry = paper.rates[0]
    assert (entry.this_month, entry.to_date, entry.judged, entry.units) == (None, None, "", ())
    assert (entry.chart.values[-1], entry.chart.so_far[-1]) == (None, None)
    assert entry.chart.hidden == (11,)
    assert paper.rates[1].this_month == Ratio(2, 3)
    text = text_of(rates_pdf(replace(paper, rates=paper.rates[:1]), fonts))
    assert not re.search("2/3|20/30|66.67%|差1.85|内部", text)
    assert text.count("＊") > 2
    assert "保护版，可以外发" in text
    exact = text_of(rates_pdf(rates_paper_of(analysis()), fonts))
    assert "供内部工作使用" in exact
    assert "＊" not in exact


def test_the_same_rows_give_the_same_bytes(fonts: FontSet) -> None:
    paper = rates_paper_of(analysis())
    assert rates_pdf(paper, fonts) == rates_pdf(paper, fonts)
    other = replace(paper, rates=(replace(paper.rates[0], this_month=Ratio(3, 3)), *paper.rates[1:]))
    assert text_of(rates_pdf(paper, fonts))[-9:] != text_of(rates_pdf(other, fonts))[-9:]  # the check code


@settings(max_examples=40)
@given(filled(RatesPaper))
def test_no_content_breaks_the_paper(paper: RatesPaper) -> None:
    from jindu_desk.reports.typesetting.fonts import font_set

    assert rates_pdf(paper, font_set(bundled_only=True)).startswith(b"%PDF")


def test_many_rates_go_on_to_further_pages(fonts: FontSet) -> None:
    entry = RateEntry(RateChart("测试率", ("1",), (5000,)), "甲 ÷ 乙", Ratio(1, 2), Ratio(1, 2))
    content = rates_pdf(RatesPaper("测试镇", "2026年10月", (entry,) * 60), fonts)
    assert text_of(content).count("测试率") == 120


def test_formulas_in_words() -> None:
    told = {rate.code: formula_words(rate, RULES.catalogue) for rate in RULES.rates.rates}
    assert told["report"] == "已报告 F02 ÷ 应报告 F01"
    assert told["positive"] == "阳性 D04 ÷ （阴性 D03 ＋ 阳性 D04）"
    only = replace(RULES.rates.rate("urine_test"), numerator=RULES.rates.rate("urine_test").numerator[:1])
    assert formula_words(only, RULES.catalogue) == "实检 D02（社区戒毒） ÷ 应检 D01"


@pytest.mark.parametrize(
    ("code", "month", "target", "said"),
    [
        ("report", Ratio(19, 20), 9500, "达到目标"),
        ("report", Ratio(18, 20), 9500, "低于目标"),
        ("lost", Ratio(1, 20), 400, "高于目标"),
        ("lost", Ratio(1, 20), 500, "达到目标"),
        ("report", Ratio(0, 0), 9500, ""),
        ("report", Ratio(1, 1), None, ""),
    ],
)
def test_the_word_on_month_and_target(code: str, month: Ratio, target: int | None, said: str) -> None:
    assert judged_text(line(code, month, target=target)) == said


def test_how_units_are_measured_is_said() -> None:
    assert "分母×目标 95.00%－分子" in goal_words(line("report", Ratio(1, 2), target=9500))
    assert "分子－分母×合计比率 50.00%（没有定目标）" in goal_words(line("lost", Ratio(1, 2)))
    assert "分母为零" in goal_words(replace(line("report", Ratio(0, 0)), goal=None))


def test_a_chart_has_gaps_and_a_year_that_begins_in_january() -> None:
    chart = chart_of_line(line("report", Ratio(2, 3), target=9500), analysis())
    assert chart.values[-2:] == (None, 6667)
    assert chart.so_far == (None, None, *range(0, 10_000, 1_000))
    assert chart_words(chart).endswith("9月 —，10月 66.67%；目标 95.00%")
    assert set(chart_of_line(line("control", Ratio(2, 3)), analysis()).so_far) == {None}
