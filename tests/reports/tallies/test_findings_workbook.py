"""问题清单 as a table: every line with its check, weight, reason and state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from tests.reports.naughty import filled
from tests.reports.packages_shown import FINDINGS
from tests.reports.workbooks import grids, setups

from jindu_desk.reports.tallies.findings_paper import FindingLine, FindingsPaper
from jindu_desk.reports.tallies.findings_workbook import findings_xlsx

DAY = date(2026, 11, 2)


def test_all_parts_are_read_back() -> None:
    remark = FindingLine("退回", "测试丁村", "", "整村", "请再核对。")
    content = findings_xlsx(replace(FINDINGS, lines=(*FINDINGS.lines[1:], remark), scope="只列帮扶救助"), DAY)
    title, note, heads, *rows = grids(content)["审核问题清单"]
    assert title[0] == "湖塘镇2026年10月　审核问题清单"
    assert str(note[0]).startswith("只列帮扶救助　共 3 条：请说明 1 条，已说明 1 条，退回 1 条。")
    assert heads == ["序号", "村（社区）", "审核代码", "审核项", "强制或核实", "问题", "说明", "说明人", "状态"]
    told = "“受众人次”本月 450，一般约 45。"
    assert rows[1] == [2, "测试丙村", "S9", "与往月不同", "核实", told, "系本月集中普查", "测试甲", "已说明"]
    assert rows[2] == [3, "测试丁村", "—", "整村", "—", "请再核对。", "", "", "退回"]
    setup = setups(content)["审核问题清单"]
    assert (setup.frozen_at, setup.filtered, setup.orientation) == ("C4", "A3:I6", "landscape")


@settings(max_examples=20)
@given(filled(FindingsPaper))
def test_no_content_breaks_the_workbook(paper: FindingsPaper) -> None:
    content = findings_xlsx(paper, DAY)
    assert setups(content)["审核问题清单"].formulas == 0
    assert len(grids(content)["审核问题清单"]) == 3 + len(paper.lines)
