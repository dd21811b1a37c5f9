"""The follow-up of decisions."""

from __future__ import annotations

from datetime import date

import pytest

from jindu_desk.domain import decisions
from jindu_desk.domain.decisions import OpenDecision, Step, allowed_steps, check_step, check_steps
from jindu_desk.domain.meetings import CLOSED_STATES, DecisionState
from jindu_desk.errors.meetings import (
    CancellingNeedsMeeting,
    CompletionNeedsLeader,
    DecisionClosed,
    PostponingNeedsDeadline,
    PostponingNeedsReason,
    StepBeforeLast,
    StepNotAllowed,
)

S = DecisionState
BEGUN = Step(date(2026, 9, 20), S.NOT_STARTED, deadline=date(2026, 10, 15), series="september")


def step(state: DecisionState, **facts: object) -> Step:
    return Step(**{"on": date(2026, 10, 9), "state": state, "deadline": BEGUN.deadline} | facts)  # type: ignore[arg-type]


def test_a_matter_runs_from_start_through_request_to_the_leaders_sign_off() -> None:
    check_steps(
        [
            BEGUN,
            step(S.IN_PROGRESS),
            step(S.COMPLETION_REQUESTED),
            step(S.DONE, approved_by="测试甲"),
        ]
    )


def test_done_needs_a_leader() -> None:
    with pytest.raises(CompletionNeedsLeader):
        check_step(step(S.COMPLETION_REQUESTED), step(S.DONE))


def test_between_meetings_done_follows_only_a_request() -> None:
    with pytest.raises(StepNotAllowed, match=r"进行中.*已办结"):
        check_step(step(S.IN_PROGRESS), step(S.DONE, approved_by="测试甲"))


def test_a_meeting_hears_and_grants_in_one_sitting() -> None:
    check_step(BEGUN, step(S.DONE, approved_by="测试甲", series="october"))


def test_only_a_meeting_cancels() -> None:
    with pytest.raises(CancellingNeedsMeeting):
        check_step(BEGUN, step(S.CANCELLED))
    check_step(BEGUN, step(S.CANCELLED, series="october"))


@pytest.mark.parametrize("facts", [{}, {"note": "设备未到货"}, {"approved_by": "测试甲"}])
def test_postponing_needs_reason_and_approval(facts: dict[str, object]) -> None:
    with pytest.raises(PostponingNeedsReason):
        check_step(BEGUN, step(S.POSTPONED, deadline=date(2026, 11, 30), **facts))


@pytest.mark.parametrize("deadline", [None, date(2026, 10, 15), date(2026, 10, 1)])
def test_postponing_needs_a_later_deadline(deadline: date | None) -> None:
    with pytest.raises(PostponingNeedsDeadline):
        check_step(BEGUN, step(S.POSTPONED, deadline=deadline, note="设备未到货", approved_by="测试甲"))


def test_an_approved_postponement_moves_the_deadline_and_nothing_else_does() -> None:
    later = date(2026, 11, 30)
    postponed = step(S.POSTPONED, deadline=later, note="设备未到货", approved_by="测试甲")
    check_step(BEGUN, postponed)
    assert decisions.deadline_after(postponed, BEGUN.deadline) == later
    assert decisions.deadline_after(step(S.IN_PROGRESS, deadline=later), BEGUN.deadline) == BEGUN.deadline


@pytest.mark.parametrize("closed", sorted(CLOSED_STATES))
@pytest.mark.parametrize("following", list(S))
def test_nothing_follows_a_closed_matter(closed: DecisionState, following: DecisionState) -> None:
    assert allowed_steps(closed, at_meeting=True) == ()
    with pytest.raises(DecisionClosed):
        check_step(step(closed), step(following, series="october", approved_by="测试甲", note="理由"))


def test_a_step_does_not_lie_before_the_last_one() -> None:
    with pytest.raises(StepBeforeLast, match="2026-09-01"):
        check_step(BEGUN, step(S.IN_PROGRESS, on=date(2026, 9, 1)))


def test_a_begun_matter_is_not_put_back_to_not_started() -> None:
    assert S.NOT_STARTED in allowed_steps(S.NOT_STARTED, at_meeting=True)
    assert S.NOT_STARTED not in allowed_steps(S.IN_PROGRESS, at_meeting=True)


@pytest.mark.parametrize(
    ("state", "deadline", "overdue"),
    [
        (S.IN_PROGRESS, date(2026, 10, 14), True),
        (S.IN_PROGRESS, date(2026, 10, 15), False),
        (S.POSTPONED, date(2026, 10, 14), True),
        (S.IN_PROGRESS, None, False),
        (S.DONE, date(2026, 10, 14), False),
        (S.CANCELLED, date(2026, 10, 14), False),
    ],
)
def test_overdue_is_derived(state: DecisionState, deadline: date | None, overdue: bool) -> None:
    assert decisions.is_overdue(state, deadline, date(2026, 10, 15)) is overdue


def test_days_left_turn_negative_after_the_deadline() -> None:
    assert decisions.days_left(date(2026, 10, 15), date(2026, 10, 18)) == -3
    assert decisions.days_left(None, date(2026, 10, 18)) is None


def test_open_decisions_come_back_oldest_first_with_their_number_date_and_deadline() -> None:
    def made(on: date, number: int, state: DecisionState = S.IN_PROGRESS) -> OpenDecision:
        return OpenDecision(f"{on}-{number}", "第8期", number, on, "测试事项", date(2026, 12, 1), state)

    august, september = date(2026, 8, 20), date(2026, 9, 20)
    rows = [made(september, 1), made(august, 2), made(august, 1, S.DONE), made(september, 2, S.CANCELLED)]
    ordered = decisions.in_agenda_order(rows)
    assert [(d.decided_on, d.number, d.deadline) for d in ordered] == [
        (august, 2, date(2026, 12, 1)),
        (september, 1, date(2026, 12, 1)),
    ]
