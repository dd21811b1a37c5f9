"""What the list, the board and the roster show."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from datetime import date
from typing import TYPE_CHECKING

import pytest
from tests.operations.meeting_forms import NOVEMBER, OCTOBER, SEPTEMBER, held, prepared, signed

from jindu_desk.domain.meeting_drafts import DecisionDraft
from jindu_desk.domain.meetings import Group, MeetingState
from jindu_desk.domain.units import Role
from jindu_desk.errors.meetings import MeetingNotFound
from jindu_desk.operations.meetings import correct_meeting, save_meeting
from jindu_desk.operations.units import OfficialDraft, add_official, change_official
from jindu_desk.queries.decisions import decision_board
from jindu_desk.queries.meeting_figures import shown_totals
from jindu_desk.queries.meeting_roster import form_people
from jindu_desk.queries.meetings import meeting_of, meeting_whole, meetings
from jindu_desk.queries.units import officials, units_below
from jindu_desk.store.tables import Cell

if TYPE_CHECKING:
    from tests.conftest import Clock

    from jindu_desk.app.desk import Desk


def test_the_list_shows_the_newest_version_of_each_month_and_what_is_open(desk: Desk) -> None:
    first = signed(desk, SEPTEMBER)
    correct_meeting(desk.store, first.id, "理由")
    prepared(desk, OCTOBER)
    rows = meetings(desk.store, desk.unit.unit.id)
    assert [(row.month, row.version, row.state) for row in rows] == [
        (OCTOBER, 1, MeetingState.PREPARING),
        (SEPTEMBER, 2, MeetingState.DRAFTED),
    ]
    assert (rows[1].decisions, rows[1].open_decisions, rows[1].overdue_decisions) == (1, 1, 0)
    assert rows[1].held_on == date(2026, 9, 20)


def test_minutes_not_issued_within_two_working_days_are_late(desk: Desk, clock: Clock) -> None:
    save_meeting(desk.store, held(prepared(desk, OCTOBER), day=28))
    row = meeting_of(desk.store, desk.unit.unit.id, OCTOBER)
    assert row is not None
    assert not row.late
    clock.advance(days=5)
    again = meeting_of(desk.store, desk.unit.unit.id, OCTOBER)
    assert again is not None
    assert again.late
    assert meeting_of(desk.store, desk.unit.unit.id, NOVEMBER) is None


def test_a_correction_is_not_late(desk: Desk, clock: Clock) -> None:
    correct_meeting(desk.store, signed(desk, SEPTEMBER).id, "理由")
    clock.advance(days=5)
    (row,) = meetings(desk.store, desk.unit.unit.id)
    assert not row.late


def test_an_overdue_decision_is_counted(desk: Desk, clock: Clock) -> None:
    signed(desk, SEPTEMBER)
    clock.advance(days=4)
    (row,) = meetings(desk.store, desk.unit.unit.id)
    assert row.overdue_decisions == 1


def test_the_board_puts_the_nearest_deadline_first(desk: Desk) -> None:
    days = (date(2026, 12, 1), date(2026, 10, 30), date(2026, 11, 5))
    signed(
        desk,
        OCTOBER,
        decisions=tuple(
            DecisionDraft(matter=f"事项{n}", lead_unit="派出所", person="测试丁", deadline=day)
            for n, day in enumerate(days, 1)
        ),
    )
    assert [row.number for row in decision_board(desk.store, desk.unit.unit.id)] == [2, 3, 1]


def test_a_meeting_that_is_not_there_says_so(desk: Desk) -> None:
    with pytest.raises(MeetingNotFound):
        meeting_whole(desk.store, "nothing")


def test_rows_are_frozen(desk: Desk) -> None:
    whole = prepared(desk, OCTOBER)
    with pytest.raises(FrozenInstanceError):
        whole.month = NOVEMBER  # type: ignore[misc]


def test_the_roster_is_that_of_people_in_office_in_the_month(desk: Desk) -> None:
    own = desk.unit.unit.id
    village = units_below(desk.store, own, OCTOBER)[0]
    (before,) = officials(desk.store, [village.id])
    change_official(
        desk.store,
        before.id,
        OfficialDraft(village.id, Role.VILLAGE_DIRECTOR, before.name, before.post, until=date(2026, 10, 15)),
    )
    add_official(desk.store, OfficialDraft(own, Role.OBSERVER, "测试庚", "派出所所长"))
    whole = prepared(desk, OCTOBER)
    assert (whole.draft.attendees[0].unit_name, whole.draft.attendees[0].name) == (village.name, "")
    assert [(row.name, row.post) for row in whole.draft.attendees if row.group is Group.OBSERVER] == [
        ("测试庚", "派出所所长")
    ]
    assert prepared(desk, SEPTEMBER).draft.attendees[0].name == before.name


def test_the_form_proposes_leaders_first_and_the_villages(desk: Desk) -> None:
    people = form_people(desk.store, desk.unit.unit.id, OCTOBER)
    assert [each.name for each in people.leaders] == ["测试甲", "测试乙"]
    assert len(people.units) == 15
    assert people.recorder == "测试丙"


def test_totals_are_those_of_the_township_and_know_both_kinds(desk: Desk) -> None:
    own = desk.unit.unit.id
    villages = units_below(desk.store, own, OCTOBER)
    type_figures(desk, (villages[0].id, "A04.J", 1), (villages[1].id, "A04.J", 2))
    type_figures(desk, *((village.id, item, 10) for village in villages[:2] for item in ("D02.J", "D02.K")))
    assert shown_totals(desk.store, own, OCTOBER, ("A04.J", "D02", "L01")).totals == {"A04.J": 3, "D02": 40}


def test_a_total_that_is_a_village_s_small_count_is_not_told(desk: Desk) -> None:
    own = desk.unit.unit.id
    village = units_below(desk.store, own, OCTOBER)[0]
    type_figures(desk, (village.id, "A04.J", 2), (village.id, "L01", 5))
    assert shown_totals(desk.store, own, OCTOBER, ("A04.J", "A04", "L01")).totals == {"L01": 5}


def type_figures(desk: Desk, *figures: tuple[str, str, int]) -> None:
    """Cells of October: village, item, value."""
    with desk.store.write("type_figures") as w:
        for village, item, value in figures:
            w.session.add(
                Cell.model_validate(
                    {
                        "township_id": desk.unit.unit.id,
                        "unit_id": village,
                        "month": str(OCTOBER),
                        "item": item,
                        "state": "number",
                        "value": value,
                    }
                )
            )
