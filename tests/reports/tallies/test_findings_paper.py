"""问题清单: every line with its level, village, check and sentence; what was said to it, and room for the pen."""

from __future__ import annotations

from dataclasses import replace

from tests.reports.form_reading import in_order, pages_of, text_of
from tests.reports.packages_shown import FINDINGS

from jindu_desk.reports.tallies.findings_paper import FindingsPaper, findings_printed
from jindu_desk.reports.typesetting.fonts import FontSet


def printed(paper: FindingsPaper, fonts: FontSet) -> bytes:
    return findings_printed(paper, fonts).content


def test_all_parts_are_read_back_in_order(fonts: FontSet) -> None:
    parts = [
        "审核问题清单湖塘镇2026年10月打印于2026年11月2日",
        "共3条：必须改正1条，请说明1条，已说明1条。",
        "序号级别村（社区）审核项问题处理",
        "1必须改正测试甲村",
        "2请说明测试乙村",
        "3已说明测试丙村",
        "经办人签字日期年月日审核人签字日期年月日",
    ]
    assert in_order(text_of(printed(FINDINGS, fonts)), parts) is None
    assert "系本月集中普查" in text_of(printed(FINDINGS, fonts))


def test_what_is_left_out_is_said(fonts: FontSet) -> None:
    assert "只列帮扶救助、必须改正" in text_of(printed(replace(FINDINGS, scope="只列帮扶救助、必须改正"), fonts))


def test_a_month_without_findings_says_so(fonts: FontSet) -> None:
    text = text_of(printed(replace(FINDINGS, lines=()), fonts))
    assert "没有发现问题。" in text
    assert "序号" not in text


def test_hundreds_of_lines_go_on_over_pages_none_lost(fonts: FontSet) -> None:
    many = tuple(replace(FINDINGS.lines[0], village=f"测试{n}村") for n in range(300))
    pages = pages_of(printed(replace(FINDINGS, lines=many), fonts))
    assert len(pages) > 10
    assert all(f"测试{n}村" in "".join(pages) for n in range(300))
