"""What a meeting decided and took up: as the register has it while the meeting is open, as signed afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from jindu_desk.domain.decisions import Step
from jindu_desk.domain.meeting_drafts import DecisionDraft, FollowUpDraft
from jindu_desk.domain.meetings import DecisionState, Part
from jindu_desk.domain.months import Month
from jindu_desk.queries.decisions import DecisionRow, StepRow, decisions_in, to_take_up
from jindu_desk.store.tables import Meeting, SignedDecision


@dataclass(frozen=True, slots=True)
class FollowUpRow:
    """An earlier decision as a meeting took it up. ``state`` and ``deadline`` are those before the meeting.

    ``steps`` are those before it. ``fixed``: later steps follow, so that it cannot be changed here any more.
    """

    decision_id: str
    month: str
    meeting_number: str
    number: int
    decided_on: date
    matter: str
    lead_unit: str
    person: str
    standard: str
    state: DecisionState
    deadline: date | None
    steps: tuple[StepRow, ...] = ()
    fixed: bool = False


def open_follow_ups(
    session: Session, meeting: Meeting, month: Month
) -> tuple[tuple[FollowUpRow, ...], tuple[FollowUpDraft, ...]]:
    rows, taken = [], []
    for row, before in to_take_up(session, meeting.unit_id, meeting.series, month):
        own = row.at(meeting.series)
        if own is None and row.last != before:
            continue  # it went on without this meeting
        rows.append(
            FollowUpRow(
                row.id,
                row.month,
                row.meeting_number,
                row.number,
                row.decided_on,
                row.matter,
                row.lead_unit,
                row.person,
                row.standard,
                before.state,
                before.deadline,
                _before(row, meeting.series),
                row.moved_on_after(meeting.series),
            )
        )
        taken.append(_taken(row.id, own.step if own else None))
    return tuple(rows), tuple(taken)


def _before(known: DecisionRow | None, series: str) -> tuple[StepRow, ...]:
    """The steps that a meeting found when it took a decision up."""
    own = known.at(series) if known else None
    return tuple(each for each in known.steps if own is None or each.position < own.position) if known else ()


def _taken(decision_id: str, step: Step | None) -> FollowUpDraft:
    if step is None:
        return FollowUpDraft(decision_id=decision_id)
    return FollowUpDraft(
        decision_id=decision_id,
        state=step.state,
        deadline=step.deadline if step.state is DecisionState.POSTPONED else None,
        note=step.note,
        approved_by=step.approved_by,
    )


def signed_follow_ups(
    session: Session, meeting: Meeting, _month: Month
) -> tuple[tuple[FollowUpRow, ...], tuple[FollowUpDraft, ...]]:
    found = _signed(session, meeting.id, Part.FOLLOWED)
    register = {row.id: row for row in decisions_in(session, meeting.unit_id, ids=[each.decision_id for each in found])}
    rows, taken = [], []
    for each in found:
        known = register.get(each.decision_id)
        rows.append(
            FollowUpRow(
                each.decision_id,
                known.month if known else str(Month.of(each.decided_on)),
                known.meeting_number if known else "",
                each.number,
                each.decided_on,
                each.matter,
                each.lead_unit,
                each.person,
                each.standard,
                each.state,
                each.deadline,
                _before(known, meeting.series),
                fixed=True,
            )
        )
        taken.append(
            FollowUpDraft(
                decision_id=each.decision_id,
                state=each.state,
                deadline=each.postponed_to,
                note=each.note,
                approved_by=each.approved_by,
            )
        )
    return tuple(rows), tuple(taken)


def made_decisions(
    session: Session, meeting: Meeting, *, signed: bool
) -> tuple[tuple[DecisionDraft, ...], tuple[int, ...]]:
    """What the meeting decided itself, and the numbers of it."""
    found: list[tuple[str, date | None, SignedDecision | DecisionRow]]
    if signed:
        found = [(row.decision_id, row.deadline, row) for row in _signed(session, meeting.id, Part.MADE)]
    else:
        register = decisions_in(session, meeting.unit_id, series=[meeting.series])
        found = [(row.id, row.steps[0].step.deadline, row) for row in sorted(register, key=lambda row: row.number)]
    drafts = tuple(
        DecisionDraft(
            id=decision_id,
            matter=row.matter,
            lead_unit=row.lead_unit,
            helping_units=row.helping_units,
            person=row.person,
            deadline=deadline,
            standard=row.standard,
        )
        for decision_id, deadline, row in found
    )
    return drafts, tuple(row.number for _, _, row in found)


def _signed(session: Session, meeting_id: str, part: Part) -> list[SignedDecision]:
    query = select(SignedDecision).where(SignedDecision.meeting_id == meeting_id, SignedDecision.part == part)
    return list(session.exec(query.order_by(col(SignedDecision.position))))
