"""The times on an agenda: as planned, as far as the plans tell."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, prepared, signed
from tests.reports.form_reading import in_order, text_of

from jindu_desk.domain.meeting_clock import AgendaTime
from jindu_desk.domain.meeting_drafts import AgendaDraft
from jindu_desk.domain.meeting_plan import Slot, slots
from jindu_desk.queries.meetings import MeetingWhole
from jindu_desk.reports.meetings.agenda_of import of_meeting, planned_time
from jindu_desk.reports.papers import Occasion, occasion_of
from jindu_desk.reports.typesetting.fonts import FontSet

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

START = datetime(2026, 10, 30, 9, 30)


@pytest.fixture
def october(desk: Desk, fonts: FontSet) -> Occasion:
    return occasion_of(desk.store, desk.unit, OCTOBER, fonts)


@pytest.fixture
def meeting(desk: Desk) -> MeetingWhole:
    """With a decision of September's to look back at: ten minutes; then three items."""
    signed(desk, SEPTEMBER)
    whole = prepared(desk, OCTOBER)
    agenda = (
        AgendaDraft(title="通报情况", planned=15),
        AgendaDraft(title="交流讨论"),
        AgendaDraft(title="布置工作", planned=25),
    )
    draft = whole.draft.model_copy(update={"starts_at": START, "follow_ups_planned": 10, "agenda": agenda})
    return replace(whole, draft=draft)


def test_times_run_from_the_start_as_far_as_everything_is_planned(october: Occasion, meeting: MeetingWhole) -> None:
    text = text_of(of_meeting(october, meeting).content)
    wanted = ["上次会议议定事项", "9:30—9:40", "通报情况", "9:40—9:55", "交流讨论", "9:55", "布置工作", "25分钟"]
    assert in_order(text, wanted) is None
    assert "10:" not in text


def test_without_a_start_only_the_minutes_are_told(october: Occasion, meeting: MeetingWhole) -> None:
    undated = replace(meeting, draft=meeting.draft.model_copy(update={"starts_at": None}))
    assert in_order(text_of(of_meeting(october, undated).content), ["10分钟", "15分钟", "25分钟"]) is None


def test_what_was_measured_stands_in_place_of_the_plan(october: Occasion, meeting: MeetingWhole) -> None:
    measured = replace(meeting, times=(AgendaTime("通报情况", datetime(2026, 10, 30, 9, 42), 1080),))
    text = text_of(of_meeting(october, measured).content)
    assert in_order(text, ["9:30", "通报情况", "9:42，用时18分钟"]) is None
    assert "—9:" not in text
    assert "25分钟" not in text


@settings(max_examples=30)
@given(st.lists(st.integers(1, 240), min_size=2, max_size=9))
def test_printed_times_are_contiguous(planned: list[int]) -> None:
    told = [planned_time(slot).split("—") for slot in slots(START, planned)]
    assert told[0][0] == "9:30"
    assert all(before[1] == after[0] for before, after in pairwise(told))
    assert planned_time(Slot(None, None, None)) == ""
