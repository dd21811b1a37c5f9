"""The papers around a meeting: notice, agenda, attendance, record, sheets and list of decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, held, prepared, signed
from tests.reports.form_reading import Character, characters_of, in_order, pages_of, text_of
from tests.reports.meetings.test_minutes_docx import all_text, opened
from tests.reports.workbooks import grids

from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meeting_clock import AgendaTime
from jindu_desk.domain.meetings import Attendance, DecisionState
from jindu_desk.errors.meetings import NoMeetingYet
from jindu_desk.errors.papers import NothingToPrint
from jindu_desk.operations.meeting_decisions import record_step
from jindu_desk.operations.meetings import correct_meeting, save_meeting
from jindu_desk.queries.decisions import decision_board
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.queries.units import units_below
from jindu_desk.reports.meetings.minutes_of import meeting_in
from jindu_desk.reports.meetings.notice_of import notice_paper
from jindu_desk.reports.meetings.papers import MEETING_KINDS, meeting_printed, meeting_word
from jindu_desk.reports.meetings.record_of import record_paper
from jindu_desk.reports.papers import KINDS, Occasion, PaperKind, occasion_of
from jindu_desk.reports.typesetting.fonts import FontSet

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

MM_A_CELL = 156 / 28


@pytest.fixture
def october(desk: Desk, fonts: FontSet) -> Occasion:
    return occasion_of(desk.store, desk.unit, OCTOBER, fonts)


def kind(key: str) -> PaperKind:
    return next(each for each in KINDS if each.key == key)


def said(key: str, occasion: Occasion) -> str:
    return text_of(kind(key).printed(occasion).content)


def test_a_notice_calls_before_the_meeting_with_what_is_planned(desk: Desk, october: Occasion) -> None:
    with pytest.raises(NoMeetingYet):
        kind("notice").printed(october)
    signed(desk, SEPTEMBER)
    draft = prepared(desk, OCTOBER).draft
    planned = {"starts_at": datetime(2026, 10, 30, 9, 30), "place": "三楼会议室"}
    save_meeting(desk.store, draft.model_copy(update=planned))
    villages = [unit.name for unit in units_below(desk.store, desk.unit.unit.id, OCTOBER)]
    content = kind("notice").printed(october).content
    missing = in_order(
        text_of(content),
        [
            "关于召开薛家镇2026年10月禁毒工作协调例会的通知",
            "各村（居）民委员会：",
            "一、会议时间：2026年10月30日（星期五）9:30",
            "二、会议地点：三楼会议室",
            *("三、参会人员", "出席：", *villages, "四、会议议程", "1. 听取上次会议议定事项落实情况"),
            *("2. 通报10月份禁毒工作情况", "五、有关要求", "附件：参会回执", "薛家镇禁毒工作领导小组办公室"),
            *("2026年10月28日", "附件", "参会回执", "本人参会", "2026年10月28日印发"),
        ],
    )
    assert missing is None, missing
    dated, office = lines_of(content)["2026年10月28日"], lines_of(content)["薛家镇禁毒工作领导小组办公室"]
    assert dated[-1].x + MM_A_CELL == pytest.approx(28 + 156 - 4 * MM_A_CELL, abs=0.5)
    middles = [(row[0].x + row[-1].x + MM_A_CELL) / 2 for row in (dated, office)]
    assert middles[0] == pytest.approx(middles[1], abs=0.5)


def test_what_comes_in_word_is_made_of_the_meeting_on_the_form_too(desk: Desk, october: Occasion) -> None:
    whole = prepared(desk, OCTOBER)
    typed = replace(whole, draft=whole.draft.model_copy(update={"place": "还没有保存的地点"}))
    for each in MEETING_KINDS:
        if each.as_word:
            assert "还没有保存的地点" in all_text(opened(meeting_word(each, october, typed)))


def lines_of(content: bytes) -> dict[str, list[Character]]:
    """What stands at one height, on all pages but the last."""
    rows: dict[tuple[int, float], list[Character]] = {}
    for number, page in enumerate(characters_of(content)[:-1]):
        for each in page:
            rows.setdefault((number, round(each.y, 1)), []).append(each)
    return {"".join(each.character for each in row): row for row in rows.values()}


def test_a_notice_printed_after_the_meeting_claims_no_date(desk: Desk, october: Occasion) -> None:
    whole = signed(desk, OCTOBER, day=20)
    assert notice_paper(october, whole).issued_on is None


def test_an_agenda_has_the_times_that_were_kept(desk: Desk, october: Occasion) -> None:
    signed(desk, SEPTEMBER)
    whole = signed(desk, OCTOBER)
    first = whole.draft.agenda[0].title
    timed = replace(whole, times=(AgendaTime(first, datetime(2026, 10, 20, 9, 10), 700),))
    text = text_of(meeting_printed(kind("agenda"), october, timed).content)
    wanted = ["1", "听取上次会议议定事项落实情况（1 项）", "9:00", "2", first, "9:10，用时12分钟", "3"]
    assert in_order(text, wanted) is None
    assert "9:10，用时12分钟" in text_of(meeting_printed(kind("record"), october, timed).content)


def test_before_there_is_a_meeting_all_who_will_be_called_stand_on_the_blank_sheet(
    desk: Desk, october: Occasion
) -> None:
    text = said("blank_attendance", october)
    villages = [unit.name for unit in units_below(desk.store, desk.unit.unit.id, OCTOBER)]
    assert len(villages) == 15
    assert in_order(text, [f"{number}{name}" for number, name in enumerate(villages, start=1)]) is None
    assert kind("blank_attendance").printed(october).pages == 1


def test_the_sheet_of_who_came_counts_and_names_substitutes(desk: Desk, october: Occasion) -> None:
    whole = prepared(desk, OCTOBER)
    with pytest.raises(NothingToPrint, match="登记"):
        kind("attendance").printed(october)
    draft = held(whole)
    first, second, *others = draft.attendees
    rows = (
        first.model_copy(update={"substitute": "测试戊"}),
        second.model_copy(update={"attendance": Attendance.EXCUSED, "note": "=1+1"}),
        *others,
    )
    save_meeting(desk.store, draft.model_copy(update={"attendees": rows}))
    called = meeting_whole(desk.store, whole.id).sums
    told = f"应到{called.expected}人，实到{called.expected - 1}人（其中代会1人），请假1人，缺席0人"
    afterwards = replace(october)  # an occasion knows the meeting as it was first asked for
    text = said("attendance", afterwards)
    assert in_order(text, [told, first.name, "出席", "测试戊", second.name, "请假"]) is None
    assert "内部留存，不外传" in text
    (grid,) = grids(kind("attendance").workbook(afterwards)).values()
    assert grid[3][:7] == [1, "参会", first.unit_name, first.name, first.post, "出席", "测试戊"]
    assert grid[4][7] == "=1+1"


def test_the_record_is_another_paper_than_the_minutes(desk: Desk, october: Occasion) -> None:
    signed(desk, SEPTEMBER)
    whole = prepared(desk, OCTOBER)
    with pytest.raises(NothingToPrint, match="记录"):
        kind("record").printed(october)
    agenda = (
        whole.draft.agenda[0].model_copy(update={"speaker": "测试乙", "said": "测试乙：原话一。\n测试丙：原话二。"}),
    )
    draft = held(whole, agenda=agenda)
    save_meeting(desk.store, draft)
    text = said("record", replace(october))
    parts = ["会议名称", "三楼会议室", "应到", "上次会议议定事项落实情况", "进行中", "正在办理", "议程和发言", "测试乙"]
    parts += ["测试乙：原话一。", "测试丙：原话二。", "议定事项", "牵头：农业农村局", "2026年11月30日", "纪要尚未签发"]
    parts += ["内部留存，不外传", "主持人签字", "记录人签字"]
    assert in_order(text, parts) is None
    assert "更正" not in text


def test_the_record_tells_corrections(desk: Desk, october: Occasion) -> None:
    whole = signed(desk, OCTOBER)
    correct_meeting(desk.store, whole.id, "时限写错")
    first, second = record_paper(october, meeting_in(october)).versions
    assert (first.signed, first.reason) == ("测试甲　2026年10月21日", "")
    assert (second.version, second.signed, second.reason) == (2, "", "时限写错")


def test_each_open_decision_has_a_sheet_with_its_history_and_a_slip(desk: Desk, october: Occasion) -> None:
    whole = prepared(desk, OCTOBER)
    with pytest.raises(NothingToPrint):
        kind("follow_up_sheet").printed(october)
    (one,) = held(whole).decisions
    others = [one.model_copy(update={"matter": matter}) for matter in ("清查闲置地块", "上禁毒课")]
    save_meeting(desk.store, held(whole, decisions=(one, *others)))
    rows = {row.matter: row for row in decision_board(desk.store, whole.unit_id)}
    moved = Step(date(2026, 10, 25), DecisionState.POSTPONED, date(2026, 12, 9), None, "连续降雨", "测试甲")
    record_step(desk.store, rows["清查闲置地块"].id, moved)
    for state, by in ((DecisionState.COMPLETION_REQUESTED, ""), (DecisionState.DONE, "测试甲")):
        record_step(desk.store, rows["上禁毒课"].id, Step(date(2026, 10, 25), state, None, None, "", by))
    pages = pages_of(kind("follow_up_sheet").printed(october).content)
    assert len(pages) == 2
    assert in_order(pages[0], ["督办单", "2026年10月例会第1项", "开展秋季踏查", "薛家镇人民政府"]) is None
    parts = ["2026年10月例会第2项", "清查闲置地块", "农业农村局", "2026年12月9日（原定2026年11月30日）", "办理情况"]
    parts += ["未启动", "延期", "连续降雨", "测试甲", "承办人签字", "负责人签字", "回执", "承办单位盖章"]
    assert in_order(pages[1], parts) is None
    (grid,) = grids(kind("follow_up").workbook(october)).values()
    assert [row[1] for row in grid[3:]] == ["开展秋季踏查", "清查闲置地块"]
    assert (grid[4][8], grid[4][9]) == (date(2026, 12, 9), 42)
    assert "共2项，其中逾期0项" in said("follow_up", october)
