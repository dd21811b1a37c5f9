"""Who is called to a month's meeting, and the names that its form proposes."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from jindu_desk.domain.meeting_drafts import AttendeeDraft
from jindu_desk.domain.meetings import Group
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.queries.units import UnitRow, officials_in, units_below_in
from jindu_desk.store.engine import Store


@dataclass(frozen=True, slots=True)
class LeaderRow:
    """Somebody who may chair or sign: name and post."""

    name: str
    post: str
    role: Role


@dataclass(frozen=True, slots=True)
class FormPeople:
    """Who and what the form proposes while typing."""

    leaders: tuple[LeaderRow, ...]
    units: tuple[str, ...]
    recorder: str


def roster(store: Store, unit: UnitRow, month: Month) -> tuple[AttendeeDraft, ...]:
    """Who is called in ``month``, whether or not its meeting is prepared."""
    with store.read() as session:
        return roster_in(session, unit, month)


def roster_in(session: Session, unit: UnitRow, month: Month) -> tuple[AttendeeDraft, ...]:
    """Who is called in ``month``: every village's director, the full-time staff, the observers (Art. 11).

    A village without a director on record has a row without a name. A district calls its committee's members.
    """
    below = units_below_in(session, unit.id, month)
    people = officials_in(session, [unit.id, *(each.id for each in below)], month.last_day)
    rows: list[AttendeeDraft] = []

    def call(group: Group, unit_id: str, unit_name: str, role: Role) -> int:
        found = [each for each in people if each.unit_id == unit_id and each.role is role]
        for each in found:
            rows.append(
                AttendeeDraft(group=group, unit_id=unit_id, unit_name=unit_name, name=each.name, post=each.post)
            )
        return len(found)

    if unit.tier is Tier.TOWNSHIP:
        for village in below:
            if not call(Group.MEMBER, village.id, village.name, Role.VILLAGE_DIRECTOR):
                rows.append(AttendeeDraft(group=Group.MEMBER, unit_id=village.id, unit_name=village.name))
    else:
        call(Group.MEMBER, unit.id, "", Role.DIRECT_RESPONSIBLE)
    call(Group.STAFF, unit.id, "", Role.FULL_TIME_STAFF)
    call(Group.OBSERVER, unit.id, "", Role.OBSERVER)
    return tuple(rows)


def form_people(store: Store, unit_id: str, month: Month) -> FormPeople:
    """What the form proposes: leaders in office in the month, the units that a decision can name, the recorder."""
    with store.read() as session:
        return people_in(session, unit_id, month)


def people_in(session: Session, unit_id: str, month: Month) -> FormPeople:
    people = officials_in(session, [unit_id], month.last_day)
    leading = (Role.FIRST_RESPONSIBLE, Role.MAIN_RESPONSIBLE, Role.DIRECT_RESPONSIBLE)
    leaders = tuple(
        LeaderRow(each.name, each.post, each.role) for role in leading for each in people if each.role is role
    )
    recorder = next((each.name for each in people if each.role is Role.FULL_TIME_STAFF), "")
    return FormPeople(leaders, tuple(each.name for each in units_below_in(session, unit_id, month)), recorder)
