"""How long the items of a meeting take: a clock that is pressed from item to item.

The clock is kept while a meeting runs; its times become part of the record only if the officer wants them to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import ConfigDict, Field, NaiveDatetime

from jindu_desk.domain.fields import Fields, Id, ShortText


class AgendaTimeFields(Fields):
    """How long one item took, kept with the meeting ``series`` through all its versions."""

    series: Id
    position: int = Field(ge=1)
    title: ShortText
    started_at: NaiveDatetime
    seconds: int = Field(ge=0)


class Lap(Fields):
    """A stretch of time that one item had. ``at``: its place on the agenda from 0, -1 once it stands there no more."""

    model_config = ConfigDict(frozen=True)

    at: int
    title: ShortText = ""
    begun: NaiveDatetime
    ended: NaiveDatetime | None = None

    def spent(self, now: datetime) -> timedelta:
        """None where the PC's clock was set back meanwhile."""
        return max(timedelta(), (self.ended or now) - self.begun)

    def seconds(self, now: datetime) -> int:
        """Whole seconds."""
        return int(self.spent(now).total_seconds())


@dataclass(frozen=True, slots=True)
class AgendaTime:
    """One item's time, summed over its laps."""

    title: str
    started_at: datetime
    seconds: int


class MeetingClock(Fields):
    """The laps of a meeting, oldest first; at most the last one runs. ``keep``: its times go into the record."""

    model_config = ConfigDict(frozen=True)

    laps: tuple[Lap, ...] = ()
    keep: bool = False

    @property
    def running(self) -> Lap | None:
        return self.laps[-1] if self.laps and self.laps[-1].ended is None else None

    def seconds(self, at: int, now: datetime) -> int:
        """How long the item at ``at`` has had so far."""
        return sum(lap.seconds(now) for lap in self.laps if lap.at == at)

    def spent(self, at: int, now: datetime) -> timedelta:
        """The same to the fraction: what is left of a plan must not flicker between two seconds."""
        return sum((lap.spent(now) for lap in self.laps if lap.at == at), timedelta())

    def total(self, now: datetime) -> int:
        return sum(lap.seconds(now) for lap in self.laps)

    def times(self, now: datetime) -> tuple[AgendaTime, ...]:
        """One time an item, in the order in which they were begun."""
        groups: dict[tuple[int, str], list[Lap]] = {}
        for lap in self.laps:
            groups.setdefault((lap.at, lap.title), []).append(lap)
        return tuple(
            AgendaTime(title, laps[0].begun, sum(lap.seconds(now) for lap in laps))
            for (_, title), laps in groups.items()
        )


def go_to(clock: MeetingClock, at: int, title: str, now: datetime) -> MeetingClock:
    """End what runs and begin the item at ``at``; nothing changes where it is the one that runs."""
    if clock.running is not None and clock.running.at == at:
        return clock
    laps = (*stop(clock, now).laps, Lap(at=at, title=title, begun=now))
    return clock.model_copy(update={"laps": laps})


def stop(clock: MeetingClock, now: datetime) -> MeetingClock:
    """End what runs: a break, or the end of the meeting."""
    if clock.running is None:
        return clock
    ended = clock.running.model_copy(update={"ended": max(now, clock.running.begun)})
    return clock.model_copy(update={"laps": (*clock.laps[:-1], ended)})


def resumed(clock: MeetingClock, kept_at: datetime, now: datetime) -> MeetingClock:
    """The clock as it is taken up again. On the same day what ran runs on (a crash does not stop a meeting); on
    another day nobody knows when it ended, so it ended when it was last heard of."""
    return clock if kept_at.date() == now.date() else stop(clock, kept_at)


def realigned(clock: MeetingClock, titles: Sequence[str]) -> MeetingClock:
    """Laps at the places where their items stand now: items may have been moved, added and taken away meanwhile."""
    laps = []
    for lap in clock.laps:
        at = lap.at
        if not (0 <= at < len(titles) and titles[at] == lap.title):
            at = next((place for place, title in enumerate(titles) if title == lap.title), -1)
        laps.append(lap.model_copy(update={"at": at}))
    return clock.model_copy(update={"laps": tuple(laps)})
