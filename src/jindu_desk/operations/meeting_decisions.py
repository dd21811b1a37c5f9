"""A meeting's decisions and its follow-up of earlier ones: the inner steps of saving, and steps between meetings."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlmodel import col, delete, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.decisions import Step, check_step, check_steps, deadline_after
from jindu_desk.domain.meeting_drafts import DecisionDraft, FollowUpDraft, MeetingDraft
from jindu_desk.domain.meetings import DecisionFields, DecisionState, DecisionStepFields
from jindu_desk.domain.months import Month
from jindu_desk.errors.meetings import DecisionNotFound, MeetingHasFollowUps, StepFollowedLater, StepInFuture
from jindu_desk.operations.locks import refuse_if_locked
from jindu_desk.queries.decisions import DecisionRow, decisions_in, to_take_up
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Decision, DecisionStep, Meeting

_RENUMBERING = 10_000  # numbers are swapped by way of numbers that nobody has


def record_step(store: Store, decision_id: str, step: Step) -> Changes:
    """Record how a decision stands, between two meetings. ``step.series`` and its deadline are set here, but for a
    postponement's. Raises what `domain.decisions.check_step` raises, `StepInFuture`, `MonthLocked`."""
    with store.write("record_step") as w:
        found = w.session.get(Decision, decision_id)
        if found is None:
            raise DecisionNotFound
        if step.on > w.now.date():
            raise StepInFuture(on=step.on)
        refuse_if_locked(w.session, found.unit_id, Month.of(step.on))
        row = decisions_in(w.session, found.unit_id, ids=[decision_id])[0]
        following = Step(
            step.on, step.state, deadline_after(step, row.deadline), None, step.note.strip(), step.approved_by.strip()
        )
        check_step(row.last, following)
        _put_step(w, decision_id, row.steps[-1].position + 1, following)
        w.note(Subject.MEETINGS, decision_id, {"state": step.state.value, "deadline": following.deadline})
        return w.changes(decision_id)


def apply_decisions(
    w: Write, meeting: Meeting, draft: MeetingDraft, held_on: date, *, numbers: Sequence[int] | None = None
) -> None:
    """Make the register's decisions of this meeting those of ``draft``, in its order.

    A first version counts them 1, 2, 3 …; in a correction those that exist keep their numbers, unless ``numbers``
    says which they have. Raises
    `MeetingHasFollowUps` when one is gone that later meetings have taken up.
    """
    wanted = [each for each in draft.decisions if _has_content(each)]
    rows = {row.id: row for row in decisions_in(w.session, meeting.unit_id, series=[meeting.series])}
    _remove(w, [row for row in rows.values() if row.id not in {each.id for each in wanted}], meeting.series)
    known = {each.id: each for each in w.session.exec(select(Decision).where(Decision.series == meeting.series))}
    if numbers is None:
        numbers = _numbers(wanted, known, keep=meeting.version > 1)
    for stored in known.values():
        stored.number += _RENUMBERING
    w.session.flush()
    for each, number in zip(wanted, numbers, strict=True):
        fields = DecisionFields.read(
            each.model_dump(exclude={"id", "deadline"})
            | {"series": meeting.series, "unit_id": meeting.unit_id, "number": number, "decided_on": held_on}
        )
        decision_id = each.id or str(uuid.uuid4())
        w.session.merge(Decision.model_validate(fields.model_dump() | {"id": decision_id}))
        w.session.flush()
        _begin(w, meeting.series, decision_id, held_on, each.deadline, rows.get(decision_id))


def apply_follow_ups(w: Write, meeting: Meeting, drafts: Sequence[FollowUpDraft], held_on: date) -> None:
    """Record what this meeting found about earlier decisions. Raises what `check_step` raises, and
    `StepFollowedLater` where the follow-up has moved on since."""
    wanted = {each.decision_id: each for each in drafts}
    for row, before in to_take_up(w.session, meeting.unit_id, meeting.series, Month.parse(meeting.month)):
        draft = wanted.get(row.id)
        own = row.at(meeting.series)
        step = _step_of(draft, meeting.series, held_on, before) if draft else None
        if step == (own.step if own else None):
            continue
        if row.steps[-1].step is not (own.step if own else before):
            raise StepFollowedLater(number=row.number)
        if step is None:
            if own is not None:
                _drop_step(w, row.id, own.position)
            continue
        check_step(before, step)
        _put_step(w, row.id, own.position if own else row.steps[-1].position + 1, step)
        w.note(Subject.MEETINGS, row.id, {"state": step.state.value, "deadline": step.deadline})


def _has_content(each: DecisionDraft) -> bool:
    return any((each.matter, each.lead_unit, each.helping_units, each.person, each.deadline, each.standard))


def _remove(w: Write, rows: Sequence[DecisionRow], series: str) -> None:
    for row in rows:
        if any(each.step.series != series for each in row.steps):
            raise MeetingHasFollowUps(number=row.number)
        w.session.execute(delete(Decision).where(col(Decision.id) == row.id))


def _numbers(wanted: Sequence[DecisionDraft], known: dict[str, Decision], *, keep: bool) -> list[int]:
    if not keep:
        return list(range(1, len(wanted) + 1))
    highest = max((each.number for each in known.values()), default=0)
    numbers = []
    for each in wanted:
        if each.id in known:
            numbers.append(known[each.id].number)
        else:
            highest += 1
            numbers.append(highest)
    return numbers


def _begin(
    w: Write, series: str, decision_id: str, held_on: date, deadline: date | None, row: DecisionRow | None
) -> None:
    """Write the first step, and carry a corrected deadline through the steps up to the first postponement."""
    steps = [Step(held_on, DecisionState.NOT_STARTED, deadline, series)]
    for each in row.steps[1:] if row else ():
        old = each.step
        moved = deadline_after(old, steps[-1].deadline)
        steps.append(Step(old.on, old.state, moved, old.series, old.note, old.approved_by))
    check_steps(steps)
    for position, step in enumerate(steps, 1):
        _put_step(w, decision_id, position, step)


def _step_of(draft: FollowUpDraft, series: str, on: date, before: Step) -> Step | None:
    if draft.state is None:
        return None
    step = Step(on, draft.state, draft.deadline, series, draft.note, draft.approved_by)
    return Step(on, draft.state, deadline_after(step, before.deadline), series, draft.note, draft.approved_by)


def _put_step(w: Write, decision_id: str, position: int, step: Step) -> None:
    fields = DecisionStepFields.read(
        {
            "decision_id": decision_id,
            "position": position,
            "on": step.on,
            "state": step.state,
            "deadline": step.deadline,
            "series": step.series,
            "note": step.note,
            "approved_by": step.approved_by,
        }
    )
    w.session.merge(DecisionStep.model_validate(fields.model_dump()))
    w.session.flush()


def _drop_step(w: Write, decision_id: str, position: int) -> None:
    w.session.execute(
        delete(DecisionStep).where(col(DecisionStep.decision_id) == decision_id, col(DecisionStep.position) == position)
    )
