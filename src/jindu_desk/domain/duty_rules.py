"""The calendar of duties: rules as data (resources/duties.toml), due dates and states as pure functions."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.duties import DoneBeforeThePeriod, DoneInTheFuture, NotAPeriodOfTheDuty, UnknownDuty
from jindu_desk.paths import resource

SOON_DAYS = 14


class Rhythm(StrEnum):
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"
    YEARLY = "yearly"
    STANDING = "standing"  # all year, without a date
    CASE = "case"  # each time the conditions of its article are met


DATED = (Rhythm.MONTHLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY)


@dataclass(frozen=True, slots=True)
class SetDate:
    """When a duty is due in periods that begin in the month ``since`` or later; without days and dates as shipped."""

    since: str
    days: int | None = None
    due: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One duty. ``due`` are (month, day) within the year; ``days`` counts from the month's end, or, where
    ``after`` names another duty, from the day when that one was done. ``dates``: what a superior set instead, oldest
    first."""

    code: str
    article: str
    tiers: frozenset[Tier]
    rhythm: Rhythm
    title: str
    who: str
    evidence: str
    due: tuple[tuple[int, int], ...] = ()
    days: int = 0
    after: str = ""
    fact: str = ""
    screen: str = ""
    assumed: bool = False  # the date is our default, not the regulation's
    dates: tuple[SetDate, ...] = ()

    def in_period(self, period: str) -> DutyRule:
        """The rule with the dates that hold for ``period``."""
        if not self.dates:
            return self
        month = str(Month.of(first_day_of(period)))
        held = next((date for date in reversed(self.dates) if date.since <= month), None)
        if held is None or (held.days is None and not held.due):
            return self
        days = self.days if held.days is None else held.days
        return replace(self, days=days, due=held.due or self.due, assumed=False)


@dataclass(frozen=True, slots=True)
class Done:
    """That a duty was done. ``on`` is None where the data shows it without a day; ``by_data`` when nobody typed it."""

    on: date | None
    note: str = ""
    by_data: bool = False


DoneMap = Mapping[tuple[str, str], Done]
"""(duty code, period) → how it was done. Periods: ``2026-10``, ``2026-H1``, ``2026``, for a case its day."""


class DutyState(StrEnum):
    DONE = "done"
    OVERDUE = "overdue"
    SOON = "soon"  # due within `SOON_DAYS`
    LATER = "later"
    BEFORE_USE = "before_use"  # fell due before this folder was begun, and nobody recorded it
    STANDING = "standing"  # has no date


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty in one period. ``days_left`` is negative when overdue, None without a due date."""

    rule: DutyRule
    period: str
    due: date | None
    days_left: int | None
    state: DutyState
    done: Done | None

    @property
    def overdue(self) -> bool:
        return self.state is DutyState.OVERDUE

    @property
    def article(self) -> str:
        return self.rule.article


def read_duties(text: str) -> tuple[DutyRule, ...]:
    """The rules written in TOML ``text``. Raises ValueError or KeyError where they are none."""
    return tuple(
        DutyRule(
            code=row["code"],
            article=row["article"],
            tiers=frozenset(Tier(tier) for tier in row["tiers"]),
            rhythm=Rhythm(row["rhythm"]),
            title=row["title"],
            who=row["who"],
            evidence=row["evidence"],
            due=tuple(month_and_day(day) for day in row.get("due", ())),
            days=row.get("days", 0),
            after=row.get("after", ""),
            fact=row.get("fact", ""),
            screen=row.get("screen", ""),
            assumed=row["basis"] == "assumed",
        )
        for row in tomllib.loads(text)["duty"]
    )


def month_and_day(text: str) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)


@cache
def shipped_duties() -> tuple[DutyRule, ...]:
    """The rules that come with the program."""
    return read_duties(resource("duties.toml").read_text(encoding="utf-8"))


def duty_of(code: str, rules: Iterable[DutyRule] | None = None) -> DutyRule:
    """Raises `UnknownDuty`."""
    for rule in shipped_duties() if rules is None else rules:
        if rule.code == code:
            return rule
    raise UnknownDuty(duty=code)


def periods_of(rule: DutyRule, year: int) -> tuple[str, ...]:
    """The periods of ``year`` in which ``rule`` is to be done; none for a duty per case."""
    match rule.rhythm:
        case Rhythm.MONTHLY:
            return tuple(f"{year}-{number:02}" for number in range(1, 13))
        case Rhythm.HALF_YEARLY:
            return (f"{year}-H1", f"{year}-H2")
        case Rhythm.YEARLY | Rhythm.STANDING:
            return (str(year),)
        case Rhythm.CASE:
            return ()


def first_day_of(period: str) -> date:
    """The first day of a period; ValueError where ``period`` is none."""
    if match := re.fullmatch(r"(\d{4})-H([12])", period):
        return date(int(match[1]), 1 if match[2] == "1" else 7, 1)
    if re.fullmatch(r"\d{4}", period):
        return date(int(period), 1, 1)
    if re.fullmatch(r"\d{4}-\d{2}", period):
        return Month.parse(period).first_day
    return date.fromisoformat(period)


def due_date(rule: DutyRule, period: str, done: DoneMap) -> date | None:
    """When ``rule`` falls due for ``period``; None for standing duties and cases."""
    rule = rule.in_period(period)
    match rule.rhythm:
        case Rhythm.MONTHLY:
            start = Month.parse(period).last_day
            before = done.get((rule.after, period))
            if before is not None and before.on is not None:
                start = before.on  # a week from the assessment, Art. 13(1)
            return start + timedelta(days=rule.days)
        case Rhythm.HALF_YEARLY:
            month, day = rule.due[0 if period.endswith("1") else 1]
            return date(int(period[:4]), month, day)
        case Rhythm.YEARLY:
            month, day = rule.due[0]
            return date(int(period), month, day)
        case Rhythm.STANDING | Rhythm.CASE:
            return None


def duties_board(
    tier: Tier,
    year: int,
    today: date,
    done: DoneMap,
    facts: DoneMap,
    *,
    since: date | None = None,
    rules: tuple[DutyRule, ...] | None = None,
) -> tuple[DutyRow, ...]:
    """All duties of ``tier`` in all periods of ``year``: dated ones by due date, then standing ones, then cases.

    ``done`` is what people recorded, ``facts`` what the data shows; a record goes before a fact. What fell due
    before ``since`` (when this folder was begun) is `DutyState.BEFORE_USE`, not overdue.
    A case stands once for each record of the year, and once without a period to record the next one.
    """
    known = {**facts, **done}
    rows: list[DutyRow] = []
    for rule in shipped_duties() if rules is None else rules:
        if tier not in rule.tiers:
            continue
        periods = periods_of(rule, year)
        if rule.rhythm is Rhythm.CASE:
            recorded = [period for code, period in known if code == rule.code and period[:4] == str(year)]
            periods = (*sorted(recorded, reverse=True), "")
        rows += [_row(rule, period, today, known, since) for period in periods]
    order = list(Rhythm)
    return tuple(sorted(rows, key=lambda row: (row.due is None, row.due or date.min, order.index(row.rule.rhythm))))


def duties_due(
    tier: Tier,
    today: date,
    horizon_days: int,
    done: DoneMap,
    facts: DoneMap,
    *,
    since: date | None = None,
    rules: tuple[DutyRule, ...] | None = None,
) -> tuple[DutyRow, ...]:
    """What is overdue and what falls due within ``horizon_days`` of ``today``, soonest first; nothing that is done.

    Looks one year back: an older omission is history, no longer work.
    """
    until = today + timedelta(days=horizon_days)
    return tuple(
        row
        for year in range(today.year - 1, until.year + 1)
        for row in duties_board(tier, year, today, done, facts, since=since, rules=rules)
        if row.due is not None
        and row.state in (DutyState.OVERDUE, DutyState.SOON, DutyState.LATER)
        and today - timedelta(days=365) <= row.due <= until
    )


def _row(rule: DutyRule, period: str, today: date, known: DoneMap, since: date | None) -> DutyRow:
    due = due_date(rule, period, known) if period else None
    how = known.get((rule.code, period))
    left = None if due is None else (due - today).days
    if how is not None:
        state = DutyState.DONE
    elif due is None or left is None:
        state = DutyState.STANDING
    elif left < 0:
        state = DutyState.BEFORE_USE if since is not None and due < since else DutyState.OVERDUE
    else:
        state = DutyState.SOON if left <= SOON_DAYS else DutyState.LATER
    return DutyRow(rule.in_period(period) if period else rule, period, due, left, state, how)


def check_done(rule: DutyRule, period: str, done_on: date, today: date) -> None:
    """Refuse a record for a period the duty does not have, of a day to come, or of a day before its period.

    A case's period is the day itself. Raises `NotAPeriodOfTheDuty`, `DoneInTheFuture`, `DoneBeforeThePeriod`.
    """
    if rule.rhythm is Rhythm.CASE:
        fits = period == done_on.isoformat()
    else:
        fits = period[:4].isdecimal() and period in periods_of(rule, int(period[:4]))
    if not fits:
        raise NotAPeriodOfTheDuty(duty=rule.title, period=period)
    if done_on > today:
        raise DoneInTheFuture(field="done_on", date=done_on, today=today)
    # A budget or a plan for a year is usually decided in the year before.
    earliest = first_day_of(period) - timedelta(days=365 if rule.rhythm is Rhythm.YEARLY else 0)
    if done_on < earliest:
        raise DoneBeforeThePeriod(field="done_on", date=done_on, period=period, first=earliest)
