"""What the data shows counts as done by itself."""

from __future__ import annotations

from datetime import date, datetime

from jindu_desk.app.desk import Desk
from jindu_desk.domain.duty_rules import Done, DutyRow, DutyState
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.meetings import MeetingState
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.units import Role
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.duties import mark_duty_done
from jindu_desk.operations.units import OfficialDraft, add_official
from jindu_desk.queries.duties import due, duties_of_year
from jindu_desk.store.tables import Cell, Meeting, Sent

TODAY = date(2026, 10, 28)


def own(desk: Desk) -> str:
    return desk.unit.unit.id


def row_of(desk: Desk, duty: str, period: str) -> DutyRow:
    board = duties_of_year(desk.store, own(desk), 2026, TODAY)
    return next(row for row in board.rows if (row.rule.code, row.period) == (duty, period))


def put_meeting(desk: Desk, month: str, **changed: object) -> None:
    values: dict[str, object] = {"id": f"m{month}{changed.get('version', 1)}", "series": f"s{month}", "month": month}
    signed = {"state": MeetingState.SIGNED_OFF, "signed_by": "测试甲", "signed_on": date(2026, 10, 23)}
    with desk.store.write("put_for_test") as w:
        w.session.add(Meeting.model_validate(values | signed | {"unit_id": own(desk)} | changed))


def test_a_signed_off_meeting_is_the_months_duty_done(desk: Desk) -> None:
    put_meeting(desk, "2026-09", state=MeetingState.DRAFTED)
    put_meeting(desk, "2026-10")
    put_meeting(desk, "2026-10", version=2, correction_reason="人数写错", signed_on=date(2026, 10, 27))

    assert row_of(desk, "coordination_meeting", "2026-10").done == Done(date(2026, 10, 23), by_data=True)
    assert row_of(desk, "coordination_meeting", "2026-09").state is DutyState.OVERDUE


def test_a_report_sent_and_a_budget_are_seen(desk: Desk) -> None:
    add_budget_line(desk.store, own(desk), BudgetLineDraft(2026, "publicity", FundSource.OWN, 1))
    with desk.store.write("put_for_test") as w:
        w.session.add(
            Sent.model_validate(
                {
                    "stream": own(desk),
                    "number": 1,
                    "kind": PackageKind.REPORT,
                    "period": "2026-09",
                    "descriptor_sha256": "0" * 64,
                    "file_sha256": "1" * 64,
                    "file_name": "x.jdpkg",
                    "receiver": desk.unit.superior.id if desk.unit.superior else "",
                    "written_to": "x",
                    "sent_at": datetime(2026, 10, 3, 9, 0),
                    "signer": "SHA256:x",
                }
            )
        )

    assert row_of(desk, "monthly_report", "2026-09").done == Done(date(2026, 10, 3), by_data=True)
    assert row_of(desk, "in_the_budget", "2026").done == Done(None, by_data=True)


def test_the_responsible_people_and_the_counted_helpers_are_seen(desk: Desk) -> None:
    assert row_of(desk, "responsible_register", "2026").state is DutyState.DONE  # the first start named both
    assert row_of(desk, "social_workers", "2026").state is DutyState.STANDING
    add_official(desk.store, OfficialDraft(own(desk), Role.MAIN_RESPONSIBLE, "测试丁", "镇长", since=date(2026, 8, 1)))
    values = {"township_id": own(desk), "unit_id": own(desk), "month": "2026-07", "item": "M03"}
    with desk.store.write("put_for_test") as w:
        w.session.add(Cell.model_validate(values | {"state": CellState.NUMBER, "value": 30}))

    assert row_of(desk, "responsible_register", "2026").done == Done(date(2026, 8, 1), by_data=True)
    assert row_of(desk, "social_workers", "2026").done == Done(date(2026, 7, 31), by_data=True)


def test_nothing_is_asked_of_the_time_before_the_records_begin(desk: Desk) -> None:
    assert [(row.rule.code, row.period) for row in due(desk.store, own(desk), TODAY, 10)] == [
        ("coordination_meeting", "2026-10"),
        ("monthly_report", "2026-10"),
    ]
    assert row_of(desk, "coordination_meeting", "2026-08").state is DutyState.BEFORE_USE

    put_meeting(desk, "2026-08", state=MeetingState.PREPARING)
    assert row_of(desk, "coordination_meeting", "2026-08").state is DutyState.OVERDUE
    assert row_of(desk, "monthly_report", "2026-07").state is DutyState.BEFORE_USE  # fell due in August, is July's


def test_a_record_by_hand_takes_the_duty_off_the_list(desk: Desk) -> None:
    mark_duty_done(desk.store, own(desk), "coordination_meeting", "2026-10", done_on=TODAY, note="纸质记录")

    assert [row.rule.code for row in due(desk.store, own(desk), TODAY, 10)] == ["monthly_report"]
