"""What of a meeting's record stands on its minutes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, held, prepared, signed

from jindu_desk.domain.meeting_drafts import FigureDraft, FollowUpDraft
from jindu_desk.domain.meetings import Attendance, DecisionState
from jindu_desk.domain.units import Tier
from jindu_desk.operations.meetings import save_meeting, sign_off
from jindu_desk.queries.meetings import meeting_whole
from jindu_desk.reports.meetings import texts
from jindu_desk.reports.meetings.minutes import minutes_pdf
from jindu_desk.reports.meetings.minutes_of import minutes_paper
from jindu_desk.reports.paper_wording import Head, key_of
from jindu_desk.reports.typesetting.fonts import font_set
from jindu_desk.reports.typesetting.preview import draw_page, page_sizes, page_text

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def test_lists_of_people_follow_the_marks_and_name_substitutes(desk: Desk) -> None:
    draft = held(prepared(desk, OCTOBER))
    first, second, third, *others = draft.attendees
    rows = (
        first.model_copy(update={"substitute": "测试戊"}),
        second.model_copy(update={"attendance": Attendance.EXCUSED, "substitute": "无效"}),
        third.model_copy(update={"attendance": Attendance.ABSENT}),
        *others,
    )
    save_meeting(desk.store, draft.model_copy(update={"attendees": rows}))
    paper = minutes_paper(meeting_whole(desk.store, draft.meeting_id), {})
    assert (paper.present[0].name, paper.present[0].substitute_for) == ("测试戊", "测试1")
    assert paper.present[0].unit == first.unit_name
    assert [(each.name, each.substitute_for) for each in paper.excused] == [("测试2", "")]
    assert [each.name for each in paper.absent] == ["测试3"]
    assert paper.present[1].unit.endswith("主任")
    assert paper.draft


def test_a_signed_meeting_names_its_leader_and_its_earlier_decisions(desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    whole = prepared(desk, OCTOBER)
    later = FollowUpDraft(
        decision_id=whole.follow_ups[0].decision_id,
        state=DecisionState.POSTPONED,
        deadline=date(2026, 11, 30),
        note="连续降雨。",
        approved_by="测试甲",
    )

    sign_off(desk.store, held(whole, follow_ups=(later,)), "测试甲", date(2026, 10, 21))
    paper = minutes_paper(meeting_whole(desk.store, whole.id), {texts.MARK_SETTING: "测试纪要"})
    (line,) = paper.follow_ups
    assert (line.origin, line.state) == ("2026年9月例会第1项", "延期")
    assert line.note == "连续降雨，经测试甲同意延期至2026年11月30日"
    assert (paper.mark, paper.signed_by, paper.printed_on, paper.draft) == (
        "测试纪要",
        "测试甲",
        date(2026, 10, 21),
        False,
    )


def test_the_paper_carries_the_record_and_the_preview_draws_the_very_bytes(desk: Desk) -> None:
    whole = signed(desk, OCTOBER)
    pdf = minutes_pdf(minutes_paper(whole, {key_of("head"): Head.NUMBER.value}), font_set(bundled_only=True))
    sizes = page_sizes(pdf)
    assert [(round(size.width), round(size.height)) for size in sizes[:1]] == [(595, 842)]
    text = "".join(page_text(pdf, index) for index in range(len(sizes))).replace("\r\n", "")
    for word in ("薛家镇禁毒工作协调例会纪要", "第1期", "三楼会议室", "开展秋季踏查", "2026年11月30日", "测试甲"):
        assert word in text
    picture = draw_page(pdf, 0, 72)
    assert (picture.width, picture.height) == (596, 842)
    assert len(picture.pixels) == picture.stride * picture.height
    assert picture.pixels.count(0) > 100, "the page is blank"


def test_few_persons_are_not_told(desk: Desk) -> None:
    rows = texts.figure_rows({"A04.J": 2, "A04.K": 0, "D02": 31, "L01": 1})
    assert [row.shown for row in rows] == ["不足3人", "0人", "31人次", "1场"]
    assert texts.figures_text(OCTOBER, rows).startswith("10月份，社区戒毒期末在册不足3人，")
    assert texts.figures_text(OCTOBER, ()) == ""


@pytest.mark.parametrize("count", [0, 3])
def test_figures_stand_on_the_paper_as_one_sentence(desk: Desk, count: int) -> None:
    figures = tuple(FigureDraft(label=f"指标{n}", shown=f"{n}人") for n in range(count))
    whole = signed(desk, OCTOBER, figures=figures)
    told = minutes_paper(whole, {}).figures
    assert told == (("10月份，指标00人，指标11人，指标22人。",) if count else ())


def test_texts_of_a_district_speak_of_its_committee() -> None:

    assert (
        texts.filled_in(texts.title_template(Tier.DISTRICT), "新北区", OCTOBER) == "新北区2026年10月禁毒委员会会议纪要"
    )
    assert texts.issuing_body("三井街道", Tier.TOWNSHIP) == "三井街道办事处"
    assert texts.issuing_body("薛家镇", Tier.TOWNSHIP) == "薛家镇人民政府"
