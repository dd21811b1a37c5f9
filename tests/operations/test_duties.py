"""Recording that a duty was done, and what the data shows by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.domain.changes import Subject
from jindu_desk.errors.duties import (
    DoneInTheFuture,
    DutyAlreadyRecorded,
    DutyNotRecorded,
    DutyOfAnotherTier,
    NotAPeriodOfTheDuty,
    UnknownDuty,
)
from jindu_desk.errors.entry import IdNumberInText
from jindu_desk.operations.duties import attach_to_duty, detach_from_duty, mark_duty_done, withdraw_duty_done
from jindu_desk.queries.attachments import attachments_of
from jindu_desk.queries.duties import duties_of_year, duty_record

TODAY = date(2026, 10, 28)
HEARING = ("hearing_half_yearly", "2026-H2")


def own(desk: Desk) -> str:
    return desk.unit.unit.id


def done_on(desk: Desk, duty: str, period: str) -> date | None:
    board = duties_of_year(desk.store, own(desk), 2026, TODAY)
    row = next(row for row in board.rows if (row.rule.code, row.period) == (duty, period))
    return row.done.on if row.done else None


def test_a_duty_is_recorded_corrected_and_taken_back(desk: Desk) -> None:
    changes = mark_duty_done(desk.store, own(desk), *HEARING, done_on=date(2026, 10, 12), note="党委会第 9 次会议")
    assert changes.subjects == {Subject.DUTIES}
    mark_duty_done(desk.store, own(desk), *HEARING, done_on=date(2026, 10, 13))
    assert done_on(desk, *HEARING) == date(2026, 10, 13)

    withdraw_duty_done(desk.store, own(desk), *HEARING)
    assert done_on(desk, *HEARING) is None
    with pytest.raises(DutyNotRecorded):
        withdraw_duty_done(desk.store, own(desk), *HEARING)


def test_what_cannot_be_recorded_is_refused(desk: Desk) -> None:
    with pytest.raises(DoneInTheFuture):
        mark_duty_done(desk.store, own(desk), *HEARING, done_on=date(2026, 10, 29))
    with pytest.raises(NotAPeriodOfTheDuty):
        mark_duty_done(desk.store, own(desk), HEARING[0], "2026-10", done_on=TODAY)
    with pytest.raises(DutyOfAnotherTier, match="召开禁毒委会议"):
        mark_duty_done(desk.store, own(desk), "committee_meeting", "2026", done_on=TODAY)
    with pytest.raises(UnknownDuty):
        mark_duty_done(desk.store, own(desk), "nothing_known", "2026", done_on=TODAY)
    with pytest.raises(IdNumberInText):
        mark_duty_done(desk.store, own(desk), *HEARING, done_on=TODAY, note="320411199001011234")
    assert done_on(desk, *HEARING) is None


def test_a_second_case_of_a_day_does_not_overwrite_the_first(desk: Desk) -> None:
    case = ("measures_on_same_level", "2026-10-12")
    mark_duty_done(desk.store, own(desk), *case, done_on=date(2026, 10, 12), note="约谈")
    with pytest.raises(DutyAlreadyRecorded):
        mark_duty_done(desk.store, own(desk), *case, done_on=date(2026, 10, 12), note="另一件")
    mark_duty_done(desk.store, own(desk), *case, done_on=date(2026, 10, 12), note="约谈、整改", again=True)


def test_evidence_is_kept_with_the_record_and_leaves_with_it(desk: Desk, tmp_path: Path) -> None:
    paper = tmp_path / "会议纪要.pdf"
    paper.write_bytes(b"%PDF made up")
    mark_duty_done(desk.store, own(desk), *HEARING, done_on=TODAY)
    attach_to_duty(desk.store, desk.paths, own(desk), *HEARING, paper)
    key = attach_to_duty(desk.store, desk.paths, own(desk), *HEARING, paper).key

    assert duties_of_year(desk.store, own(desk), 2026, TODAY).files == {HEARING: 2}
    detach_from_duty(desk.store, str(key))
    with pytest.raises(DutyNotRecorded):
        detach_from_duty(desk.store, str(key))
    withdraw_duty_done(desk.store, own(desk), *HEARING)
    assert attachments_of(desk.store, Subject.DUTIES, duty_record(*HEARING)) == ()


def test_a_district_records_its_own_duties(make_desk: Callable[[str, str], Desk]) -> None:
    district = make_desk("district", "320411000000")
    mark_duty_done(district.store, own(district), "monthly_assessment", "2026-09", done_on=date(2026, 10, 6))

    board = duties_of_year(district.store, own(district), 2026, datetime(2026, 10, 28).date())
    bulletin = next(r for r in board.rows if (r.rule.code, r.period) == ("monthly_bulletin", "2026-09"))
    assert bulletin.due == date(2026, 10, 13)
