"""Due dates and states of the duties, with the articles they come from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.domain.duty_rules import (
    Done,
    DutyRow,
    DutyState,
    Rhythm,
    check_done,
    due_date,
    duties_board,
    duties_due,
    duty_of,
    first_day_of,
    periods_of,
    shipped_duties,
)
from jindu_desk.domain.units import Tier
from jindu_desk.errors.duties import DoneBeforeThePeriod, DoneInTheFuture, NotAPeriodOfTheDuty, UnknownDuty

TODAY = date(2026, 10, 28)


def row_of(rows: tuple[DutyRow, ...], code: str, period: str) -> DutyRow:
    return next(row for row in rows if (row.rule.code, row.period) == (code, period))


def test_the_meeting_is_due_by_the_end_of_each_month() -> None:  # Art. 11
    rows = duties_board(Tier.TOWNSHIP, 2026, TODAY, {}, {})
    october = row_of(rows, "coordination_meeting", "2026-10")

    assert (october.due, october.days_left, october.state) == (date(2026, 10, 31), 3, DutyState.SOON)
    assert row_of(rows, "coordination_meeting", "2026-09").overdue
    assert row_of(rows, "coordination_meeting", "2026-12").state is DutyState.LATER
    assert len([row for row in rows if row.rule.code == "coordination_meeting"]) == 12


def test_the_half_yearly_hearing_is_due_in_june_and_december() -> None:  # Art. 7
    rows = duties_board(Tier.TOWNSHIP, 2026, TODAY, {}, {})

    assert row_of(rows, "hearing_half_yearly", "2026-H1").due == date(2026, 6, 30)
    assert row_of(rows, "hearing_half_yearly", "2026-H2").due == date(2026, 12, 31)


def test_the_bulletin_is_due_a_week_after_the_assessment_was_made() -> None:  # Art. 13(1)
    bulletin = duty_of("monthly_bulletin")

    assert due_date(bulletin, "2026-10", {}) == date(2026, 11, 7)
    assessed = {("monthly_assessment", "2026-10"): Done(date(2026, 11, 4))}
    assert due_date(bulletin, "2026-10", assessed) == date(2026, 11, 11)


def test_member_units_report_by_the_20th_of_december() -> None:  # Art. 14(4)
    rows = duties_due(Tier.DISTRICT, date(2026, 12, 19), 1, {}, {}, since=date(2026, 12, 1))

    (report,) = [row for row in rows if row.rule.code == "member_units_reports"]
    assert (report.due, report.days_left, report.article) == (date(2026, 12, 20), 1, "第十四条第（四）项")


def test_what_is_done_is_no_longer_due() -> None:
    before = duties_due(Tier.TOWNSHIP, TODAY, 60, {}, {}, since=date(2026, 10, 1))
    by_hand = {("hearing_half_yearly", "2026-H2"): Done(date(2026, 10, 20), "会议室")}
    by_data = {("coordination_meeting", "2026-10"): Done(date(2026, 10, 28), by_data=True)}

    after = duties_due(Tier.TOWNSHIP, TODAY, 70, by_hand, by_data, since=date(2026, 10, 1))

    assert ("coordination_meeting", "2026-10") in [(row.rule.code, row.period) for row in before]
    assert not {("coordination_meeting", "2026-10"), ("hearing_half_yearly", "2026-H2")} & {
        (row.rule.code, row.period) for row in after
    }


def test_a_record_goes_before_what_the_data_shows() -> None:
    key = ("coordination_meeting", "2026-10")
    rows = duties_board(Tier.TOWNSHIP, 2026, TODAY, {key: Done(TODAY, "手工")}, {key: Done(None, by_data=True)})

    assert row_of(rows, *key).done == Done(TODAY, "手工")


def test_what_fell_due_before_the_folder_was_begun_is_not_overdue() -> None:
    rows = duties_board(Tier.TOWNSHIP, 2026, TODAY, {}, {}, since=date(2026, 10, 1))

    assert row_of(rows, "coordination_meeting", "2026-08").state is DutyState.BEFORE_USE
    due = duties_due(Tier.TOWNSHIP, TODAY, 60, {}, {}, since=date(2026, 10, 1))
    assert all(not row.overdue or row.due >= date(2026, 10, 1) for row in due if row.due)


@given(
    st.dates(date(2020, 1, 1), date(2090, 12, 31)),
    st.integers(0, 90),
    st.sampled_from([Tier.TOWNSHIP, Tier.DISTRICT, Tier.CITY]),
)
def test_what_is_due_lies_within_the_horizon_in_order_and_each_once(today: date, horizon: int, tier: Tier) -> None:
    rows = duties_due(tier, today, horizon, {}, {})

    dates = [row.due for row in rows if row.due]
    assert dates == sorted(dates)
    assert len(dates) == len(rows) == len({(row.rule.code, row.period) for row in rows})
    for row in rows:
        assert row.due is not None
        assert row.due <= today + timedelta(days=horizon)
        assert row.days_left == (row.due - today).days
        assert row.overdue == (row.due < today)
        assert tier in row.rule.tiers


def test_in_january_last_december_is_still_asked_for() -> None:
    rows = duties_due(Tier.TOWNSHIP, date(2027, 1, 3), 10, {}, {}, since=date(2026, 12, 1))

    assert [(row.rule.code, row.period) for row in rows][-1] == ("monthly_report", "2026-12")
    assert ("coordination_meeting", "2026-12") in {(row.rule.code, row.period) for row in rows if row.overdue}


def test_standing_duties_and_cases_stand_last_without_a_date() -> None:
    rows = duties_board(Tier.TOWNSHIP, 2026, TODAY, {}, {})
    undated = [row for row in rows if row.due is None]

    assert rows[-len(undated) :] == tuple(undated)
    assert {row.state for row in undated} == {DutyState.STANDING}
    assert undated[0].rule.rhythm is Rhythm.STANDING


def test_a_case_stands_once_per_record_and_once_for_the_next() -> None:
    done = {
        ("measures_on_same_level", "2026-05-04"): Done(date(2026, 5, 4), "约谈"),
        ("measures_on_same_level", "2025-05-04"): Done(date(2025, 5, 4)),
    }
    rows = duties_board(Tier.TOWNSHIP, 2026, TODAY, done, {})

    cases = [row for row in rows if row.rule.code == "measures_on_same_level"]
    assert [(row.period, row.state) for row in cases] == [
        ("2026-05-04", DutyState.DONE),
        ("", DutyState.STANDING),
    ]


def test_a_record_belongs_to_a_period_of_its_duty_and_to_a_day_that_was() -> None:
    meeting, plan, case = duty_of("coordination_meeting"), duty_of("in_the_plan"), duty_of("report_upward")
    check_done(meeting, "2026-10", date(2026, 10, 28), TODAY)
    check_done(plan, "2026", date(2025, 12, 28), TODAY)
    check_done(case, "2026-10-05", date(2026, 10, 5), TODAY)

    with pytest.raises(DoneInTheFuture):
        check_done(meeting, "2026-10", date(2026, 10, 29), TODAY)
    with pytest.raises(DoneBeforeThePeriod):
        check_done(meeting, "2026-10", date(2026, 9, 30), TODAY)
    for rule, period in ((meeting, "2026"), (meeting, "2026-13"), (plan, "2026-H1"), (case, "2026-10"), (meeting, "")):
        with pytest.raises(NotAPeriodOfTheDuty):
            check_done(rule, period, date(2026, 10, 5), TODAY)
    with pytest.raises(UnknownDuty):
        duty_of("nothing_known")


def test_the_shipped_rules_hold_together() -> None:
    rules = shipped_duties()
    codes = [rule.code for rule in rules]

    assert len(set(codes)) == len(codes)
    for rule in rules:
        assert rule.title
        assert rule.who
        assert rule.evidence
        assert rule.article.startswith("第")
        assert not rule.after or rule.after in codes
        assert Tier.VILLAGE not in rule.tiers
        for period in periods_of(rule, 2026):
            due = due_date(rule, period, {})
            assert (due is None) == (rule.rhythm is Rhythm.STANDING)
            assert due is None or due >= first_day_of(period)
