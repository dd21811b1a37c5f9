"""Decisions with their whole follow-up: the board of open ones, and what a meeting has to take up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from jindu_desk.domain.decisions import OpenDecision, Step, is_open, is_overdue
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.months import Month
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Decision, DecisionStep, Meeting


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a follow-up; ``month`` (``YYYY-MM``) is that of the meeting that took it up, "" between meetings."""

    position: int
    step: Step
    month: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision as the register has it. ``steps`` are oldest first; the first is the decision itself."""

    id: str
    series: str
    month: str  # of the meeting that made it
    meeting_number: str  # as printed
    number: int
    decided_on: date
    matter: str
    lead_unit: str
    helping_units: str
    person: str
    standard: str
    steps: tuple[StepRow, ...]

    @property
    def last(self) -> Step:
        return self.steps[-1].step

    @property
    def state(self) -> DecisionState:
        return self.last.state

    @property
    def deadline(self) -> date | None:
        return self.last.deadline

    def overdue(self, today: date) -> bool:
        return is_overdue(self.state, self.deadline, today)

    def before(self, series: str, month: Month) -> Step | None:
        """How it stood when the meeting ``series`` of ``month`` took it up; None if it was made later."""
        earlier = None
        for row in self.steps:
            if row.step.series == series:
                return earlier
            later = row.month > str(month) or (not row.month and row.step.on > month.last_day)
            if later:
                break
            earlier = row.step
        return earlier

    def at(self, series: str) -> StepRow | None:
        """The step that the meeting ``series`` took."""
        return next((row for row in self.steps if row.step.series == series), None)

    def moved_on_after(self, series: str) -> bool:
        """Whether anything was recorded after the step of that meeting."""
        own = self.at(series)
        return own is not None and own.position != self.steps[-1].position

    def as_open(self, before: Step) -> OpenDecision:
        return OpenDecision(
            self.id, self.meeting_number, self.number, self.decided_on, self.matter, before.deadline, before.state
        )


def decision_board(store: Store, unit_id: str, *, closed: bool = False) -> tuple[DecisionRow, ...]:
    """The unit's open decisions, the nearest deadline first; with ``closed`` all of them, the newest first."""
    with store.read() as session:
        rows = decisions_in(session, unit_id)
    if closed:
        return tuple(sorted(rows, key=lambda row: (row.decided_on, -row.number), reverse=True))
    still = [row for row in rows if is_open(row.state)]
    return tuple(sorted(still, key=lambda row: (row.deadline or date.max, row.decided_on, row.number)))


def decisions_in(
    session: Session, unit_id: str, *, series: Collection[str] | None = None, ids: Collection[str] | None = None
) -> tuple[DecisionRow, ...]:
    """Decisions of a unit with all their steps, by day and number; narrowed to some meetings or ids."""
    query = select(Decision).where(Decision.unit_id == unit_id)
    if series is not None:
        query = query.where(col(Decision.series).in_(series))
    if ids is not None:
        query = query.where(col(Decision.id).in_(ids))
    decisions = session.exec(query.order_by(col(Decision.decided_on), col(Decision.number))).all()
    if not decisions:
        return ()
    meetings = _meetings(session, unit_id)
    steps: dict[str, list[StepRow]] = {each.id: [] for each in decisions}
    found = select(DecisionStep).where(col(DecisionStep.decision_id).in_(list(steps)))
    for row in session.exec(found.order_by(col(DecisionStep.decision_id), col(DecisionStep.position))):
        step = Step(row.on, row.state, row.deadline, row.series, row.note, row.approved_by)
        month = meetings.get(row.series, ("", ""))[0] if row.series else ""
        steps[row.decision_id].append(StepRow(row.position, step, month))
    return tuple(
        DecisionRow(
            each.id,
            each.series,
            *meetings.get(each.series, (str(Month.of(each.decided_on)), "")),
            each.number,
            each.decided_on,
            each.matter,
            each.lead_unit,
            each.helping_units,
            each.person,
            each.standard,
            tuple(steps[each.id]),
        )
        for each in decisions
        if steps[each.id]
    )


def to_take_up(session: Session, unit_id: str, series: str, month: Month) -> tuple[tuple[DecisionRow, Step], ...]:
    """What the meeting of ``month`` has to follow up: every decision of an earlier month that was open then, with
    the step it stood at. Oldest first; a matter comes back until it is closed."""
    found = []
    for row in decisions_in(session, unit_id):
        if row.series == series or row.month >= str(month):
            continue
        before = row.before(series, month)
        if before is not None and is_open(before.state):
            found.append((row, before))
    return tuple(found)


def _meetings(session: Session, unit_id: str) -> dict[str, tuple[str, str]]:
    """Month and printed number of each series, by its newest version."""
    query = select(Meeting.series, Meeting.month, Meeting.number).where(Meeting.unit_id == unit_id)
    return {series: (month, number) for series, month, number in session.exec(query.order_by(col(Meeting.version)))}
