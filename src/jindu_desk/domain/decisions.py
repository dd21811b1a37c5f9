"""The follow-up (督办) of decisions: which steps are allowed, what is open, what is overdue.

Defaults of rules.md §4. A decision's state is its newest step; overdue is derived from its deadline and never stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

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

_STATE = DecisionState
_NEXT: dict[DecisionState, tuple[DecisionState, ...]] = {
    _STATE.NOT_STARTED: (_STATE.IN_PROGRESS, _STATE.COMPLETION_REQUESTED, _STATE.POSTPONED),
    _STATE.IN_PROGRESS: (_STATE.IN_PROGRESS, _STATE.COMPLETION_REQUESTED, _STATE.POSTPONED),
    # A request is granted, or the matter goes back to work.
    _STATE.COMPLETION_REQUESTED: (_STATE.DONE, _STATE.IN_PROGRESS, _STATE.POSTPONED),
    _STATE.POSTPONED: (_STATE.IN_PROGRESS, _STATE.COMPLETION_REQUESTED, _STATE.POSTPONED),
    _STATE.DONE: (),
    _STATE.CANCELLED: (),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a follow-up. ``series`` is the meeting that took it up, None between meetings."""

    on: date
    state: DecisionState
    deadline: date | None = None
    series: str | None = None
    note: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class OpenDecision:
    """A decision that is not closed, with the identity that it keeps through all later meetings."""

    id: str
    meeting_number: str  # of the meeting that made it, as printed
    number: int
    decided_on: date
    matter: str
    deadline: date | None
    state: DecisionState


def allowed_steps(state: DecisionState, *, at_meeting: bool) -> tuple[DecisionState, ...]:
    """The states that may follow ``state``.

    A meeting may also cancel a matter, find that nothing has moved, or hear the request and grant it in one sitting.
    """
    steps = _NEXT[state]
    if not at_meeting or state in CLOSED_STATES:
        return steps
    also = (_STATE.DONE, _STATE.CANCELLED) if state is _STATE.POSTPONED else (_STATE.DONE, _STATE.CANCELLED, state)
    return tuple(each for each in _STATE if each in steps or each in also)


def deadline_after(step: Step, before: date | None) -> date | None:
    """The deadline that holds from ``step`` on: only a postponement moves it."""
    return step.deadline if step.state is _STATE.POSTPONED else before


def check_step(last: Step, step: Step) -> None:
    """Raise the `DeskError` that says why ``step`` may not follow ``last``; return when it may."""
    if last.state in CLOSED_STATES:
        raise DecisionClosed(state=last.state.value)
    if step.state not in allowed_steps(last.state, at_meeting=step.series is not None):
        if step.state is _STATE.CANCELLED:
            raise CancellingNeedsMeeting
        raise StepNotAllowed(last=last.state.value, following=step.state.value)
    if step.on < last.on:
        raise StepBeforeLast(on=step.on, last=last.on)
    if step.state is _STATE.DONE and not step.approved_by:
        raise CompletionNeedsLeader
    if step.state is _STATE.POSTPONED:
        if not (step.note and step.approved_by):
            raise PostponingNeedsReason
        if step.deadline is None or step.deadline < step.on or (last.deadline and step.deadline <= last.deadline):
            raise PostponingNeedsDeadline(deadline=last.deadline or step.on)


def check_steps(steps: Sequence[Step]) -> None:
    """Check a whole history, oldest first."""
    for last, step in pairwise(steps):
        check_step(last, step)


def is_open(state: DecisionState) -> bool:
    return state not in CLOSED_STATES


def is_overdue(state: DecisionState, deadline: date | None, today: date) -> bool:
    """逾期: open, and the deadline lies before ``today``. The deadline's own day still counts."""
    return is_open(state) and deadline is not None and deadline < today


def days_left(deadline: date | None, today: date) -> int | None:
    """Days until the deadline, negative once it has passed; None without one."""
    return None if deadline is None else (deadline - today).days


def in_agenda_order(decisions: Iterable[OpenDecision]) -> tuple[OpenDecision, ...]:
    """The order in which open decisions stand first on the next agenda: oldest meeting first, by their own number."""
    return tuple(sorted((d for d in decisions if is_open(d.state)), key=lambda d: (d.decided_on, d.number, d.id)))
