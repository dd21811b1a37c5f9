"""The planned minutes of a meeting's items (计划时间), and what follows: when each comes up, when the meeting ends.

Nothing is taken for an item without a plan: from there on no moment is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field

from jindu_desk.domain.fields import Fields, Id
from jindu_desk.domain.meeting_clock import MeetingClock

MOST_PLANNED = 240
PlannedMinutes = Annotated[int, Field(ge=1, le=MOST_PLANNED)]
EARLIER_DECISIONS_AT = 0
"""The place of the look back at earlier decisions, which comes before the first item."""


class AgendaPlanFields(Fields):
    """Kept apart from the items, as reports carry those in a form that older programs read."""

    meeting_id: Id
    position: int = Field(ge=EARLIER_DECISIONS_AT)
    planned: PlannedMinutes


@dataclass(frozen=True, slots=True)
class Slot:
    """An item's place in the meeting as planned; None where the plans do not tell."""

    planned: int | None
    begins: datetime | None
    ends: datetime | None


def slots(starts_at: datetime | None, planned: Iterable[int | None]) -> tuple[Slot, ...]:
    """Each begins where the one before ends."""
    found = []
    begins = starts_at
    for minutes in planned:
        ends = begins + timedelta(minutes=minutes) if begins and minutes else None
        found.append(Slot(minutes, begins, ends))
        begins = ends
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Outlook:
    """When a meeting ends; ``whole`` is False where something still to come has no plan, so that it ends later."""

    ends_at: datetime
    whole: bool


def planned_end(starts_at: datetime | None, planned: Sequence[int | None]) -> Outlook | None:
    """As planned beforehand; None where there is no start, or nothing planned."""
    if starts_at is None or not any(planned):
        return None
    minutes = sum(each for each in planned if each)
    return Outlook(starts_at + timedelta(minutes=minutes), all(planned))


def expected_end(
    clock: MeetingClock,
    earlier: Sequence[int | None],
    agenda: Sequence[int | None],
    starts_at: datetime | None,
    now: datetime,
) -> Outlook | None:
    """From what was measured and what is still planned; None where that tells nothing.

    Still to come are the items behind the current one that were never begun: who passed over one may come back to it
    and then it counts, but a clock that was started late must not add what is long over. ``earlier``: the plan of
    what comes before the first item.
    """
    if not clock.laps:
        return planned_end(max(starts_at or now, now), (*earlier, *agenda))
    begun, current = {lap.at for lap in clock.laps}, clock.laps[-1].at
    coming = [planned for at, planned in enumerate(agenda) if at > current and at not in begun]
    if clock.running is None and not coming:
        return None  # it is over, or rests before its end: nobody can tell
    known = [timedelta(minutes=planned) for planned in coming if planned]
    whole = len(known) == len(coming)
    if 0 <= current < len(agenda):
        planned = agenda[current]
        if planned:
            known.append(max(timedelta(), timedelta(minutes=planned) - clock.spent(current, now)))
        whole = whole and bool(planned)
    return Outlook(now + sum(known, timedelta()), whole) if known else None
