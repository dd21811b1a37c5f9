"""The month at a glance says what the pages behind it say."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.conftest import Clock
from tests.operations.exchange.months import enrol, fill_in, fill_own_row, make_ready, reported, vault_of
from tests.operations.meeting_forms import prepared

from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.tallies import declare_nil_return
from jindu_desk.queries.overview import Overview, month_at_hand, overview
from jindu_desk.queries.tallies import completeness
from jindu_desk.queries.units import units_below

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


def glance(desk: Desk, month: Month = OCTOBER) -> Overview:
    return overview(desk.store, desk.unit, month)


def test_a_month_not_begun_shows_what_is_wanting(desk: Desk) -> None:
    found = glance(desk)
    assert found.meeting.state is None
    assert (found.tally.filled, found.tally.units, len(found.tally.missing)) == (0, 15, 15)
    assert set(found.tally.registered) == {None}
    assert found.money.lines == 0
    assert found.report.number is None
    assert found.deadline == date(2026, 11, 5)
    assert found.came == ()


def test_cards_follow_the_work(desk: Desk) -> None:
    township = desk.unit.unit.id
    prepared(desk, OCTOBER)
    village = units_below(desk.store, township, OCTOBER)[0]
    declare_nil_return(desk.store, township, village.id, OCTOBER, declared_by="测试丙")
    add_budget_line(desk.store, township, BudgetLineDraft(2026, "publicity", FundSource.OWN, 1_000_00))
    found = glance(desk)
    assert found.meeting.state is MeetingState.PREPARING
    assert found.meeting.expected == 16  # fifteen directors and the keeper
    assert found.tally.filled == 1
    assert village.name not in found.tally.missing
    assert found.money.balance.adjusted_fen == 1_000_00
    assert found.money.elapsed.days == 301  # 28 October, also where an earlier month is shown:
    assert glance(desk, Month(2026, 8)).money.elapsed.days == 301


def test_own_row_is_no_village_and_yet_awaited(desk: Desk) -> None:
    township = desk.unit.unit.id
    for village in units_below(desk.store, township, OCTOBER):
        declare_nil_return(desk.store, township, village.id, OCTOBER, declared_by="测试丙")
    found = glance(desk).tally
    assert (found.filled, found.units, found.missing) == (15, 15, ())
    assert not found.complete
    fill_own_row(desk, OCTOBER)
    assert glance(desk).tally.complete


def test_completeness_agrees_with_the_sheet(desk: Desk) -> None:
    fill_in(desk, OCTOBER)
    for month in (OCTOBER, OCTOBER.next):
        sheet = completeness(desk.store, desk.unit.unit.id, month)
        found = glance(desk, month).tally
        assert (found.filled, found.units, found.missing) == (sheet.filled, sheet.total, sheet.missing)
    assert glance(desk).tally.registered[-1] == 0


def test_a_reported_month_is_locked_and_the_next_is_at_hand(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    clock.advance(days=5)  # 2 November
    assert month_at_hand(desk.store, desk.own) == OCTOBER
    result = reported(desk, OCTOBER, tmp_path)
    found = glance(desk)
    assert found.meeting.state is MeetingState.SIGNED_OFF
    assert found.meeting.present == found.meeting.expected == 16
    assert found.report.locked
    assert found.report.number == result.number == 1
    assert month_at_hand(desk.store, desk.own) == OCTOBER.next


def test_the_next_duties_come_with_their_article(desk: Desk) -> None:
    duties = {row.rule.code: row for row in glance(desk).duties}
    assert duties["coordination_meeting"].article == "第十一条"
    make_ready(desk, OCTOBER)
    after = [row.period for row in glance(desk).duties if row.rule.code == "coordination_meeting"]
    assert "2026-10" not in after


def test_a_district_sees_who_is_missing_and_what_came(
    desk: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path
) -> None:
    district = make_desk("district", "320411000000")
    vault_of(district)
    enrol(district, desk)
    before = glance(district)
    assert before.tier is Tier.DISTRICT
    assert before.tally.filled == 0
    assert "薛家镇" in before.tally.missing
    package = reported(desk, OCTOBER, tmp_path).path
    receive_files(district.store, district.paths, [package])
    after = glance(district)
    assert after.tally.filled == 1
    assert "薛家镇" not in after.tally.missing
    assert [(row.from_unit, row.period) for row in after.came] == [("薛家镇", "2026-10")]
    assert after.tally.registered[-1] == 0
    assert after.deadline == date(2026, 11, 7)
    assert after.unsettled == 0


def test_before_the_first_start_the_last_month_that_is_over_is_at_hand(empty_desk: Desk) -> None:
    assert month_at_hand(empty_desk.store, None) == Month(2026, 9)
