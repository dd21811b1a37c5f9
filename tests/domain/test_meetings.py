"""A meeting being typed: sums, what is missing, dates and counting."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.meeting_dates import count_in, due_dates, minutes_late, next_count, working_days_after
from jindu_desk.domain.meeting_drafts import (
    AgendaDraft,
    AttendeeDraft,
    DecisionDraft,
    FollowUpDraft,
    MeetingDraft,
    Missing,
    attendance_sums,
    marks_for,
    missing,
    missing_signature,
    state_of,
)
from jindu_desk.domain.meetings import Attendance, DecisionState, Group, MeetingState
from jindu_desk.errors.entry import IdNumberInText, PhoneNumberInText
from jindu_desk.errors.meetings import MISSING_WORDS, MeetingNotReady

A, G = Attendance, Group
MEMBER = AttendeeDraft(group=G.MEMBER, unit_name="测试一村", name="测试甲", post="主任", attendance=A.PRESENT)
DECISION = DecisionDraft(matter="开展踏查", lead_unit="农业农村局", person="测试乙", deadline=date(2026, 11, 10))
COMPLETE = MeetingDraft(
    meeting_id="m",
    number="第10期",
    title="测试镇禁毒工作月协调例会纪要",
    starts_at=datetime.fromisoformat("2026-10-20T09:00"),
    ends_at=datetime.fromisoformat("2026-10-20T10:30"),
    place="三楼会议室",
    convenor="测试丙",
    chair="测试丙",
    recorder="测试丁",
    attendees=(MEMBER,),
    agenda=(AgendaDraft(title="研究踏查", speaker="测试丁", said="汇报了情况。"),),
    decisions=(DECISION,),
)


def but(**changes: object) -> MeetingDraft:
    return COMPLETE.model_copy(update=changes)


def test_expected_is_present_excused_and_absent_of_members_and_staff() -> None:
    sums = attendance_sums(
        [
            MEMBER,
            AttendeeDraft(group=G.MEMBER, name="测试甲", attendance=A.PRESENT, substitute="测试戊"),
            AttendeeDraft(group=G.MEMBER, name="测试甲", attendance=A.EXCUSED, substitute="不算"),
            AttendeeDraft(group=G.STAFF, name="测试甲", attendance=A.ABSENT),
            AttendeeDraft(group=G.OBSERVER, name="测试甲", attendance=A.OBSERVER),
            AttendeeDraft(group=G.OBSERVER, name="测试甲", attendance=A.ABSENT),
        ]
    )
    assert (sums.expected, sums.present, sums.excused, sums.absent) == (4, 2, 1, 1)
    assert (sums.substituted, sums.observers, sums.unmarked) == (1, 1, 0)


@given(st.lists(st.tuples(st.sampled_from(G), st.integers(0, 3), st.sampled_from(["", "测试戊"]))))
def test_the_sum_always_holds(rows: list[tuple[Group, int, str]]) -> None:
    drafts = [
        AttendeeDraft(group=group, attendance=(*marks_for(group), A.UNMARKED)[mark], substitute=substitute)
        for group, mark, substitute in rows
    ]
    sums = attendance_sums(drafts)
    assert sums.expected == sum(group is not G.OBSERVER for group, *_ in rows)
    assert sums.substituted <= sums.present <= sums.expected


def test_the_first_key_marks_an_observer_as_observing() -> None:
    assert marks_for(G.OBSERVER)[0] is A.OBSERVER
    assert marks_for(G.STAFF)[0] is marks_for(G.MEMBER)[0] is A.PRESENT


def test_a_complete_record_lacks_nothing() -> None:
    assert missing(COMPLETE) == ()


def test_an_empty_record_is_told_everything_at_once_in_the_order_of_the_form() -> None:
    assert [each.what for each in missing(MeetingDraft(meeting_id="m"))] == [
        *("number", "title", "starts_at", "ends_at", "place", "convenor", "chair", "recorder"),
        *("members", "agenda"),
    ]


@pytest.mark.parametrize(
    ("draft", "what"),
    [
        (but(ends_at=datetime.fromisoformat("2026-10-20T08:00")), Missing("times")),
        (but(attendees=(MEMBER.model_copy(update={"attendance": A.EXCUSED}),)), Missing("nobody_present")),
        (but(attendees=(MEMBER, MEMBER.model_copy(update={"attendance": A.UNMARKED}))), Missing("attendee_mark", 2)),
        (but(attendees=(MEMBER, MEMBER.model_copy(update={"name": ""}))), Missing("attendee_name", 2)),
        (but(follow_ups=(FollowUpDraft(decision_id="d"),)), Missing("follow_up", 1)),
        (but(agenda=(AgendaDraft(title="研究"),)), Missing("agenda_said", 1)),
        (but(agenda=(AgendaDraft(said="研究"),)), Missing("agenda_title", 1)),
        (but(decisions=(DECISION, DECISION.model_copy(update={"lead_unit": ""}))), Missing("lead_unit", 2)),
        (but(decisions=(DECISION.model_copy(update={"person": ""}),)), Missing("person", 1)),
        (but(decisions=(DECISION.model_copy(update={"deadline": None}),)), Missing("deadline", 1)),
        (but(decisions=(DECISION.model_copy(update={"matter": ""}),)), Missing("matter", 1)),
        (
            but(decisions=(DECISION.model_copy(update={"deadline": date(2026, 10, 1)}),)),
            Missing("deadline_early", 1),
        ),
    ],
)
def test_each_gap_is_found(draft: MeetingDraft, what: Missing) -> None:
    assert missing(draft) == (what,)


def test_a_signature_needs_a_name_and_a_day_not_before_the_meeting() -> None:
    assert missing_signature(COMPLETE, "测试丙", date(2026, 10, 20)) == ()
    assert missing_signature(COMPLETE, "", None) == (Missing("signed_by"), Missing("signed_on"))
    assert missing_signature(COMPLETE, "测试丙", date(2026, 10, 19)) == (Missing("signed_early"),)


def test_the_refusal_names_everything_and_draws_rows_together() -> None:
    gaps = [("place", None), ("attendee_mark", 1), ("attendee_mark", 2), ("attendee_mark", 3), ("attendee_mark", 7)]
    sentence = str(MeetingNotReady(missing=gaps))
    assert "地点；参会人员第 1—3、7 行的到会情况" in sentence


def test_every_gap_has_its_words() -> None:
    found = {each.what for each in missing(MeetingDraft(meeting_id="m"))}
    assert found <= set(MISSING_WORDS)


def test_a_meeting_is_in_preparation_until_something_of_it_is_recorded() -> None:
    prepared = but(
        attendees=(MEMBER.model_copy(update={"attendance": A.UNMARKED}),),
        agenda=(AgendaDraft(title="研究踏查"),),
        follow_ups=(FollowUpDraft(decision_id="d"),),
        decisions=(),
    )
    assert state_of(prepared) is MeetingState.PREPARING
    for held in (
        {"attendees": (MEMBER,)},
        {"agenda": COMPLETE.agenda},
        {"decisions": (DECISION,)},
        {"follow_ups": (FollowUpDraft(decision_id="d", state=DecisionState.IN_PROGRESS),)},
    ):
        assert state_of(prepared.model_copy(update=held)) is MeetingState.DRAFTED


def test_free_text_takes_no_id_and_no_phone_number() -> None:
    with pytest.raises(IdNumberInText, match="发言内容"):
        AgendaDraft.read({"title": "研究", "said": "甲，身份证 32040019900101123X"})
    with pytest.raises(PhoneNumberInText, match="责任人"):
        DecisionDraft.read({"person": "测试乙 138 0000 0000"})


def test_a_draft_survives_its_own_json() -> None:
    assert MeetingDraft.model_validate_json(COMPLETE.model_dump_json()) == COMPLETE


@pytest.mark.parametrize(
    ("day", "count", "due"),
    [
        (date(2026, 10, 20), 1, date(2026, 10, 21)),  # a Tuesday
        (date(2026, 10, 23), 1, date(2026, 10, 26)),  # a Friday
        (date(2026, 10, 22), 2, date(2026, 10, 26)),
        (date(2026, 10, 24), 1, date(2026, 10, 26)),  # a Saturday
    ],
)
def test_working_days_leave_out_the_weekend(day: date, count: int, due: date) -> None:
    assert working_days_after(day, count) == due


def test_minutes_are_late_after_the_second_working_day() -> None:
    held = date(2026, 10, 22)
    assert due_dates(held).drafted_by == date(2026, 10, 23)
    assert not minutes_late(MeetingState.DRAFTED, held, date(2026, 10, 26))
    assert minutes_late(MeetingState.DRAFTED, held, date(2026, 10, 27))
    assert not minutes_late(MeetingState.SIGNED_OFF, held, date(2026, 10, 27))


@pytest.mark.parametrize(
    ("number", "count"), [("第10期", 10), ("〔2026〕7号", 7), ("〔2026〕", None), ("", None), ("第十期", None)]
)
def test_the_count_is_read_out_of_a_printed_number(number: str, count: int | None) -> None:
    assert count_in(number) == count


def test_counting_goes_on_from_the_highest() -> None:
    assert next_count([]) == 1
    assert next_count([1, 2, 5]) == 6
