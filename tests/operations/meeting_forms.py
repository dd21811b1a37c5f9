"""Meetings made up for tests: prepared, filled in, signed off."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from jindu_desk.domain.meeting_drafts import DecisionDraft, FollowUpDraft, MeetingDraft, marks_for
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.operations.meeting_preparing import prepare_meeting
from jindu_desk.operations.meetings import sign_off
from jindu_desk.queries.meetings import MeetingWhole, meeting_whole

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
STATE = DecisionState


def prepared(desk: Desk, month: Month) -> MeetingWhole:
    key = prepare_meeting(desk.store, desk.unit.unit.id, month).key
    assert key is not None
    return meeting_whole(desk.store, key)


def held(whole: MeetingWhole, day: int = 20, **changes: Any) -> MeetingDraft:
    """The form filled in, with every earlier decision found to be in progress."""
    start = datetime.combine(whole.month.first_day.replace(day=day), datetime.min.time()).replace(hour=9)
    filled = {
        "starts_at": start,
        "ends_at": start.replace(hour=10),
        "place": "三楼会议室",
        "attendees": tuple(
            row.model_copy(update={"attendance": marks_for(row.group)[0]}) for row in whole.draft.attendees
        ),
        "agenda": tuple(item.model_copy(update={"said": "听取了汇报。"}) for item in whole.draft.agenda),
        "follow_ups": tuple(
            FollowUpDraft(decision_id=row.decision_id, state=STATE.IN_PROGRESS, note="正在办理")
            for row in whole.follow_ups
        ),
        "decisions": (
            DecisionDraft(
                matter="开展秋季踏查", lead_unit="农业农村局", person="测试丁", deadline=whole.month.next.last_day
            ),
        ),
    }
    return whole.draft.model_copy(update=filled | changes)


def signed(desk: Desk, month: Month, **changes: Any) -> MeetingWhole:
    draft = held(prepared(desk, month), **changes)
    sign_off(desk.store, draft, "测试甲", month.first_day.replace(day=21))
    return meeting_whole(desk.store, draft.meeting_id)
