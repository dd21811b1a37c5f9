"""Rows and fonts for the papers' tests; every name is made up."""

from __future__ import annotations

from datetime import date

import pytest

from jindu_desk.reports.meetings.minutes_paper import AgendaLine, Attendee, DecisionLine, FollowUpLine, MinutesPaper
from jindu_desk.reports.typesetting.fonts import FontSet, font_set


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    return font_set(bundled_only=True)


@pytest.fixture(scope="session")
def minutes() -> MinutesPaper:
    """Minutes with every part, five pages long."""
    villages = [f"测试{letter}村" for letter in "甲乙丙丁戊己庚辛壬癸子丑"]
    said = "会议指出，就业帮扶是关键环节。各村要做到“一人一策”；对确有困难的家庭，及时纳入临时救助……"
    return MinutesPaper(
        mark="测试镇禁毒工作月协调例会纪要",
        number="〔2026〕10号",
        issuer="测试镇禁毒工作领导小组办公室",
        issued_on=date(2026, 11, 3),
        title="测试镇2026年10月禁毒工作月协调例会纪要",
        held="2026年10月28日 14:30—16:10",
        place="镇政府三楼会议室",
        convenor="测试甲",
        chair="测试乙",
        recorder="测试丙",
        opening="2026年10月28日下午，镇党委、政府召开禁毒工作月协调例会。" * 3,
        follow_ups=(
            FollowUpLine("完成秋季踏查", "已办结", "9月例会第1项", "派出所", date(2026, 10, 20), "共踏查12次"),
        ),
        figures=("尿检率100.00%（36/36），发放资料1,250份。",),
        agenda=(
            AgendaLine("关于帮扶工作", f"{said * 6}\n{said * 4}"),
            AgendaLine("关于冬季宣传", said * 9),
        ),
        decisions=tuple(
            DecisionLine(f"办理第{n}件实事", "镇禁毒办", ("派出所", "司法所"), "测试丁", date(2026, 11, n), "材料齐全")
            for n in range(1, 5)
        ),
        present=tuple(Attendee(f"测试{name[2]}", f"{name}村民委员会主任") for name in villages),
        excused=(Attendee("测试寅", "测试寅村民委员会主任"),),
        observers=(Attendee("测试卯", "派出所副所长", substitute_for="测试辰"),),
        signed_by="测试甲",
        signed_on=date(2026, 10, 29),
        copies_to=(
            "测试区禁毒委员会办公室",
            "镇党委、人大、政府各领导",
            "各村（居）民委员会",
            "派出所、司法所、卫生院",
        ),
        printed_by="测试镇禁毒工作领导小组办公室",
        printed_on=date(2026, 11, 3),
    )
