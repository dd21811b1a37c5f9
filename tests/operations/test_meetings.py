"""Preparing, saving, signing off and correcting the monthly meeting, on a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlmodel import col, func, select
from tests.operations.meeting_forms import NOVEMBER, OCTOBER, SEPTEMBER, STATE, held, prepared, signed

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meeting_drafts import AgendaDraft, DecisionDraft, FollowUpDraft
from jindu_desk.domain.meetings import Attendance, DecisionState, Group, MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.errors import DeskError
from jindu_desk.errors.entry import DateOutsideMonth, PhoneNumberInText, TextMissing
from jindu_desk.errors.meetings import (
    CompletionNeedsLeader,
    MeetingExists,
    MeetingHasFollowUps,
    MeetingNotReady,
    MeetingNotSignedOff,
    MeetingSignedOff,
    MeetingTimesReversed,
    NewerVersionExists,
    NumberTaken,
    ObserverMarkForMember,
    StepFollowedLater,
    StepInFuture,
    StepNotAllowed,
)
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations.meeting_decisions import record_step
from jindu_desk.operations.meeting_preparing import prepare_meeting
from jindu_desk.operations.meetings import (
    attach_to_meeting,
    correct_meeting,
    detach_from_meeting,
    discard_version,
    draft_key,
    save_meeting,
    sign_off,
)
from jindu_desk.operations.settings import change_setting, keep_draft
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.attachments import attachments_of
from jindu_desk.queries.decisions import decision_board
from jindu_desk.queries.meetings import meeting_whole, meetings
from jindu_desk.queries.settings import draft as kept_draft
from jindu_desk.queries.units import units_below
from jindu_desk.store import audit
from jindu_desk.store.tables import AgendaItem, Audit, Meeting, MonthLock

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def lock(desk: Desk, month: Month) -> None:
    with desk.store.write("lock_month") as w:
        w.session.add(
            MonthLock.model_validate(
                {"unit_id": desk.unit.unit.id, "month": str(month), "locked_at": w.now, "sent_number": 1}
            )
        )


def test_a_first_meeting_calls_every_village_director_and_the_staff(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    members = [row for row in whole.draft.attendees if row.group is Group.MEMBER]
    assert len(members) == 15
    assert all(row.name and row.unit_name and row.attendance is Attendance.UNMARKED for row in members)
    assert [row.name for row in whole.draft.attendees if row.group is Group.STAFF] == ["测试丙"]
    assert (whole.draft.number, whole.draft.convenor, whole.draft.recorder) == ("第1期", "测试甲", "测试丙")
    assert "薛家镇2026年10月" in whole.draft.title
    assert whole.state is MeetingState.PREPARING


def test_the_next_meeting_starts_with_place_and_texts_of_the_last_and_its_open_decisions(desk: Desk) -> None:
    signed(desk, SEPTEMBER, opening="2026年9月20日，薛家镇召开会议。")
    whole = prepared(desk, OCTOBER)
    assert whole.draft.place == "三楼会议室"
    assert "2026年10月" in whole.draft.title
    assert whole.draft.opening == "2026年10月20日，薛家镇召开会议。"
    assert whole.draft.number == "第2期"
    (follow_up,) = whole.follow_ups
    assert (follow_up.number, follow_up.month, follow_up.decided_on) == (1, "2026-09", date(2026, 9, 20))
    assert (follow_up.state, follow_up.deadline) == (STATE.NOT_STARTED, OCTOBER.last_day)
    assert whole.draft.follow_ups[0].state is None


def test_an_open_decision_comes_back_in_each_meeting_until_it_is_closed(desk: Desk) -> None:
    september = signed(desk, SEPTEMBER)
    matter = september.draft.decisions[0].id
    october = prepared(desk, OCTOBER)
    sign_off(desk.store, held(october, decisions=()), "测试甲", date(2026, 10, 21))
    november = prepared(desk, NOVEMBER)
    assert [(row.decision_id, row.number, row.deadline) for row in november.follow_ups] == [
        (matter, 1, OCTOBER.last_day)
    ]
    done = FollowUpDraft(decision_id=str(matter), state=STATE.DONE, approved_by="测试甲", note="已完成")
    sign_off(desk.store, held(november, follow_ups=(done,), decisions=()), "测试甲", date(2026, 11, 21))
    assert decision_board(desk.store, desk.unit.unit.id) == ()
    assert prepared(desk, NOVEMBER.next).follow_ups == ()


def test_the_number_can_be_counted_the_other_way(desk: Desk) -> None:
    change_setting(desk.store, "meetings.number_style", "year")
    assert prepared(desk, OCTOBER).draft.number == "〔2026〕1号"


def test_a_month_has_one_meeting(desk: Desk) -> None:
    prepared(desk, OCTOBER)
    with pytest.raises(MeetingExists, match="2026-10"):
        prepare_meeting(desk.store, desk.unit.unit.id, OCTOBER)


def test_figures_that_change_while_a_meeting_is_prepared_are_read_anew(desk: Desk) -> None:
    own, told = desk.unit.unit.id, []
    village = units_below(desk.store, own, OCTOBER)[0]
    set_cells(desk.store, own, OCTOBER, [CellEdit(village.id, "L01", 5)])

    def change_once(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 1:
            set_cells(desk.store, own, OCTOBER, [CellEdit(village.id, "L01", 8)])

    key = prepare_meeting(desk.store, own, OCTOBER, change_once).key
    shown = meeting_whole(desk.store, str(key)).draft.figures
    assert told == [(0, 1), (0, 1)]
    assert "8" in "".join(figure.shown for figure in shown)


def test_what_is_saved_is_read_back_whole(desk: Desk) -> None:
    draft = held(prepared(desk, OCTOBER), copies_to="新北区禁毒委员会办公室")
    save_meeting(desk.store, draft)
    read = meeting_whole(desk.store, draft.meeting_id)
    decided = read.draft.decisions[0].id
    assert read.draft == draft.model_copy(
        update={"decisions": (draft.decisions[0].model_copy(update={"id": decided}),)}
    )
    assert read.state is MeetingState.DRAFTED
    save_meeting(desk.store, read.draft)
    assert meeting_whole(desk.store, draft.meeting_id).draft == read.draft


def test_decisions_can_be_taken_out_and_put_in_another_order_while_unsigned(desk: Desk) -> None:
    first, second, third = (DecisionDraft(matter=f"事项{n}") for n in "甲乙丙")
    draft = held(prepared(desk, OCTOBER), decisions=(first, second, third))
    save_meeting(desk.store, draft)
    stored = meeting_whole(desk.store, draft.meeting_id).draft
    a, _, c = stored.decisions
    save_meeting(desk.store, stored.model_copy(update={"decisions": (c, a)}))
    whole = meeting_whole(desk.store, draft.meeting_id)
    assert [each.matter for each in whole.draft.decisions] == ["事项丙", "事项甲"]
    assert whole.decision_numbers == (1, 2)
    assert whole.draft.decisions[0].id == c.id


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"starts_at": datetime.fromisoformat("2026-11-02T09:00")}, DateOutsideMonth),
        ({"ends_at": datetime.fromisoformat("2026-10-20T08:00")}, MeetingTimesReversed),
    ],
)
def test_dates_that_cannot_be_are_refused_and_nothing_is_saved(
    desk: Desk, changes: dict[str, Any], error: type[DeskError]
) -> None:
    whole = prepared(desk, OCTOBER)
    with pytest.raises(error):
        save_meeting(desk.store, held(whole, **changes))
    assert meeting_whole(desk.store, whole.id) == whole


def test_free_text_is_checked_by_the_operation_too(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    smuggled = AgendaDraft.model_construct(title="研究", speaker="", said="联系电话 13800000000")
    with pytest.raises(PhoneNumberInText):
        save_meeting(desk.store, held(whole, agenda=(smuggled,)))
    assert meeting_whole(desk.store, whole.id) == whole


def test_a_member_cannot_be_an_observer(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    wrong = whole.draft.attendees[0].model_copy(update={"attendance": Attendance.OBSERVER})
    with pytest.raises(ObserverMarkForMember, match="测试1"):
        save_meeting(desk.store, held(whole, attendees=(wrong,)))


def test_sign_off_refuses_and_names_everything_that_is_missing(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    with pytest.raises(MeetingNotReady) as refused:
        sign_off(desk.store, whole.draft, "", None)
    for word in ("开始时间", "地点", "第 1—16 行的到会情况", "议程第 1—2 项的发言内容", "签发人", "签发日期"):
        assert word in str(refused.value)
    assert meeting_whole(desk.store, whole.id).state is MeetingState.PREPARING


def test_a_signed_meeting_is_read_only(desk: Desk) -> None:
    whole = signed(desk, OCTOBER)
    assert (whole.state, whole.signed_by, whole.editable) == (MeetingState.SIGNED_OFF, "测试甲", False)
    with pytest.raises(MeetingSignedOff):
        save_meeting(desk.store, whole.draft)
    with pytest.raises(MeetingSignedOff):
        sign_off(desk.store, whole.draft, "测试甲", date(2026, 10, 21))
    with pytest.raises(MeetingSignedOff):
        discard_version(desk.store, whole.id)


def test_two_meetings_of_a_year_do_not_share_a_number(desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    with pytest.raises(NumberTaken, match="2026-09"):
        signed(desk, OCTOBER, number="第1期")


def test_a_correction_is_a_numbered_version_with_a_reason_and_the_old_one_stays(desk: Desk) -> None:
    first = signed(desk, OCTOBER)
    with pytest.raises(TextMissing):
        correct_meeting(desk.store, first.id, "  ")
    key = correct_meeting(desk.store, first.id, "时限写错").key
    assert key is not None
    second = meeting_whole(desk.store, key)
    assert (second.version, second.correction_reason, second.editable) == (2, "时限写错", True)
    (decision,) = second.draft.decisions
    corrected = decision.model_copy(update={"matter": "开展冬季踏查", "deadline": date(2026, 12, 10)})
    sign_off(desk.store, second.draft.model_copy(update={"decisions": (corrected,)}), "测试甲", date(2026, 10, 22))
    old, new = meeting_whole(desk.store, first.id), meeting_whole(desk.store, key)
    assert old.draft.decisions == first.draft.decisions
    assert new.draft.decisions == (corrected,)
    assert new.decision_numbers == (1,)
    (register,) = decision_board(desk.store, desk.unit.unit.id)
    assert (register.id, register.matter, register.deadline) == (decision.id, "开展冬季踏查", date(2026, 12, 10))
    assert [each.version for each in new.versions] == [1, 2]
    with pytest.raises(NewerVersionExists):
        correct_meeting(desk.store, first.id, "再改")


def test_only_a_signed_meeting_is_corrected(desk: Desk) -> None:
    with pytest.raises(MeetingNotSignedOff):
        correct_meeting(desk.store, prepared(desk, OCTOBER).id, "理由")


def test_a_correction_given_up_leaves_no_trace_in_the_register(desk: Desk) -> None:
    first = signed(desk, OCTOBER)
    key = correct_meeting(desk.store, first.id, "漏了一项").key
    second = meeting_whole(desk.store, str(key))
    other = DecisionDraft(matter="另一事项", lead_unit="派出所", person="测试戊", deadline=date(2026, 12, 1))
    save_meeting(desk.store, second.draft.model_copy(update={"decisions": (other,)}))
    assert discard_version(desk.store, second.id).key == first.id
    whole = meeting_whole(desk.store, first.id)
    assert whole.is_newest
    (register,) = decision_board(desk.store, desk.unit.unit.id)
    assert (register.id, register.number, register.matter) == (first.draft.decisions[0].id, 1, "开展秋季踏查")


def test_a_prepared_meeting_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    signed(desk, SEPTEMBER)
    whole = prepared(desk, OCTOBER)
    save_meeting(desk.store, held(whole))
    photo = tmp_path / "签到表.jpg"
    photo.write_bytes(b"made up")
    attach_to_meeting(desk.store, desk.paths, whole.id, photo)
    discard_version(desk.store, whole.id)
    assert attachments_of(desk.store, Subject.MEETINGS, whole.series) == ()
    assert [row.month for row in meetings(desk.store, desk.unit.unit.id)] == [SEPTEMBER]
    (register,) = decision_board(desk.store, desk.unit.unit.id)
    assert register.state is STATE.NOT_STARTED
    with desk.store.read() as session:
        assert session.exec(select(func.count()).select_from(AgendaItem)).one() == 2


def test_a_decision_that_later_meetings_took_up_cannot_be_corrected_away(desk: Desk) -> None:
    september = signed(desk, SEPTEMBER)
    signed(desk, OCTOBER)
    key = correct_meeting(desk.store, september.id, "理由").key
    draft = meeting_whole(desk.store, str(key)).draft
    with pytest.raises(MeetingHasFollowUps, match="第 1 项"):
        save_meeting(desk.store, draft.model_copy(update={"decisions": ()}))


def test_a_corrected_deadline_runs_on_until_a_postponement(desk: Desk) -> None:
    september = signed(desk, SEPTEMBER)
    signed(desk, OCTOBER, decisions=())
    key = correct_meeting(desk.store, september.id, "时限写错").key
    draft = meeting_whole(desk.store, str(key)).draft
    moved = draft.decisions[0].model_copy(update={"deadline": date(2026, 12, 31)})
    save_meeting(desk.store, draft.model_copy(update={"decisions": (moved,)}))
    (register,) = decision_board(desk.store, desk.unit.unit.id)
    assert [row.step.deadline for row in register.steps] == [date(2026, 12, 31)] * 2


def test_a_follow_up_that_moved_on_is_not_rewritten(desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    october = signed(desk, OCTOBER, decisions=())
    signed(desk, NOVEMBER, decisions=())
    key = correct_meeting(desk.store, october.id, "理由").key
    whole = meeting_whole(desk.store, str(key))
    assert whole.follow_ups[0].fixed
    changed = whole.draft.follow_ups[0].model_copy(update={"note": "另一种说法"})
    with pytest.raises(StepFollowedLater):
        save_meeting(desk.store, whole.draft.model_copy(update={"follow_ups": (changed,)}))
    save_meeting(desk.store, whole.draft)  # unchanged it is no obstacle


def test_the_follow_up_of_a_meeting_keeps_the_rules_of_steps(desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    whole = prepared(desk, OCTOBER)
    wrong = whole.draft.follow_ups[0].model_copy(update={"state": STATE.DONE})
    with pytest.raises(CompletionNeedsLeader):
        save_meeting(desk.store, held(whole, follow_ups=(wrong,)))
    right = wrong.model_copy(update={"approved_by": "测试甲"})
    save_meeting(desk.store, held(whole, follow_ups=(right,)))
    again = held(meeting_whole(desk.store, whole.id), follow_ups=(wrong.model_copy(update={"state": None}),))
    save_meeting(desk.store, again)
    (register, *_) = decision_board(desk.store, desk.unit.unit.id)
    assert [row.step.state for row in register.steps] == [STATE.NOT_STARTED]


def test_steps_between_meetings(desk: Desk) -> None:
    signed(desk, SEPTEMBER)
    (register,) = decision_board(desk.store, desk.unit.unit.id)
    today = desk.store.clock().date()

    def step(state: DecisionState, on: date = today, **more: str) -> Step:
        return replace(Step(on, state), **more)  # type: ignore[arg-type]

    with pytest.raises(StepInFuture):
        record_step(desk.store, register.id, step(STATE.IN_PROGRESS, date(2026, 10, 29)))
    with pytest.raises(StepNotAllowed):
        record_step(desk.store, register.id, step(STATE.DONE, approved_by="测试甲"))
    record_step(desk.store, register.id, step(STATE.COMPLETION_REQUESTED, note="已全部踏查"))
    record_step(desk.store, register.id, step(STATE.DONE, approved_by="测试甲"))
    (register,) = decision_board(desk.store, desk.unit.unit.id, closed=True)
    assert [row.step.state for row in register.steps] == [STATE.NOT_STARTED, STATE.COMPLETION_REQUESTED, STATE.DONE]
    assert register.deadline == OCTOBER.last_day


def test_a_locked_month_is_left_alone(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    lock(desk, OCTOBER)
    assert not meeting_whole(desk.store, whole.id).editable
    with pytest.raises(MonthLocked):
        save_meeting(desk.store, held(whole))
    with pytest.raises(MonthLocked):
        sign_off(desk.store, held(whole), "测试甲", date(2026, 10, 21))
    with pytest.raises(MonthLocked):
        discard_version(desk.store, whole.id)
    with pytest.raises(MonthLocked):
        correct_meeting(desk.store, whole.id, "理由")
    lock(desk, NOVEMBER)
    with pytest.raises(MonthLocked):
        prepare_meeting(desk.store, desk.unit.unit.id, NOVEMBER)


def test_saving_drops_the_unfinished_form(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    keep_draft(desk.store, draft_key(whole.id), whole.draft.model_dump_json())
    assert kept_draft(desk.store, draft_key(whole.id)) is not None
    save_meeting(desk.store, held(whole))
    assert kept_draft(desk.store, draft_key(whole.id)) is None


def test_files_stay_with_the_meeting_through_its_versions(desk: Desk, tmp_path: Path) -> None:
    photo = tmp_path / "签到表.jpg"
    photo.write_bytes(b"made up")
    first = signed(desk, OCTOBER)
    attach_to_meeting(desk.store, desk.paths, first.id, photo)
    (attachment,) = meeting_whole(desk.store, first.id).attachments
    with pytest.raises(MeetingSignedOff):
        detach_from_meeting(desk.store, first.id, attachment.id)
    key = str(correct_meeting(desk.store, first.id, "理由").key)
    assert meeting_whole(desk.store, key).attachments == (attachment,)
    detach_from_meeting(desk.store, key, attachment.id)
    assert meeting_whole(desk.store, key).attachments == ()


def test_everything_is_in_the_audit_chain(desk: Desk) -> None:
    first = signed(desk, OCTOBER)
    correct_meeting(desk.store, first.id, "理由")
    with desk.store.read() as session:
        assert audit.find_break(session) is None
        operations = session.exec(select(Audit.operation).order_by(col(Audit.seq))).all()
        assert session.exec(select(func.count()).select_from(Meeting)).one() == 2
    assert [*dict.fromkeys(operations)][-3:] == ["prepare_meeting", "sign_off", "correct_meeting"]
