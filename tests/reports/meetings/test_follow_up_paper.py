"""督办清单: every decision with its origin, who leads, its deadline and how it stands."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from tests.reports.form_reading import pages_of, text_of
from tests.reports.naughty import NAUGHTY

from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.queries.decisions import DecisionRow, StepRow
from jindu_desk.reports.meetings.follow_up_paper import follow_up_printed
from jindu_desk.reports.typesetting.fonts import FontSet

TODAY = date(2026, 10, 28)
ROW = DecisionRow(
    id="d1",
    series="m1",
    month="2026-09",
    meeting_number="第9期",
    number=3,
    decided_on=date(2026, 9, 20),
    matter="开展秋季踏查",
    lead_unit="农业农村局",
    helping_units="",
    person="测试丁",
    standard="",
    steps=(
        StepRow(1, Step(date(2026, 9, 20), DecisionState.NOT_STARTED, date(2026, 10, 20), "m1"), "2026-09"),
        StepRow(2, Step(date(2026, 10, 9), DecisionState.IN_PROGRESS, date(2026, 10, 20), None, "走了一半"), ""),
    ),
)


def printed(fonts: FontSet, *rows: DecisionRow, which: str = "未办结的") -> str:
    return text_of(follow_up_printed("薛家镇", TODAY, which, rows, fonts).content)


def test_a_decision_is_told_with_all_that_one_asks_for(fonts: FontSet) -> None:
    text = printed(fonts, ROW)
    for part in (
        *(
            "督办清单薛家镇截至2026年10月28日未办结的",
            "共1项，其中逾期1项。",
            "序号议定事项出处牵头单位、责任人时限进展",
        ),
        *("开展秋季踏查", "2026年9月", "第3项", "农业农村局", "测试丁", "2026-10-20", "逾期8天", "进行中", "走了一半"),
    ):
        assert part in text, part


def test_days_left_are_told_only_of_what_is_open(fonts: FontSet) -> None:
    later = replace(ROW.steps[0], step=replace(ROW.steps[0].step, deadline=date(2026, 10, 31)))
    assert "还有3天" in printed(fonts, replace(ROW, steps=(later,)))
    done = Step(date(2026, 10, 22), DecisionState.DONE, date(2026, 10, 20), None, "", "测试甲")
    text = printed(fonts, replace(ROW, steps=(*ROW.steps, StepRow(3, done, ""))), which="全部")
    assert "已办结" in text
    assert "逾期8天" not in text


def test_nothing_to_follow_up_is_said(fonts: FontSet) -> None:
    text = printed(fonts)
    assert "没有需要督办的议定事项" in text
    assert "序号" not in text


def test_two_hundred_decisions_are_all_there_under_a_header_on_each_page(fonts: FontSet) -> None:
    rows = [replace(ROW, matter=f"测试事项{n}止") for n in range(200)]
    pages = pages_of(follow_up_printed("薛家镇", TODAY, "全部", rows, fonts).content)
    assert [int(n) for page in pages for n in re.findall(r"测试事项(\d+)止", page)] == list(range(200))
    assert all("牵头单位、责任人" in page for page in pages if "测试事项" in page)


def test_the_same_rows_give_the_same_bytes(fonts: FontSet) -> None:
    assert (
        follow_up_printed("薛家镇", TODAY, "全部", [ROW], fonts).content
        == follow_up_printed("薛家镇", TODAY, "全部", [ROW], fonts).content
    )


@settings(max_examples=20)
@given(NAUGHTY, NAUGHTY)
def test_no_content_breaks_it(fonts: FontSet, text: str, other: str) -> None:
    row = replace(ROW, matter=text, lead_unit=other, person=text)
    assert follow_up_printed(other, TODAY, text, [row], fonts).content.startswith(b"%PDF")
