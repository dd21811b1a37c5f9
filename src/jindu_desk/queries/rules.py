"""The rules in force: what a month is judged by, at this desk.

A district or the city goes by what it set itself, else by what its superior set; a township by its superior's
directive; whoever got none by what the program ships. This is asked for each file by itself; of several the one with
the greatest ``since`` that is not after the month holds.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from jindu_desk.domain.duty_rules import DATED, DutyRule, Rhythm, SetDate, month_and_day, shipped_duties
from jindu_desk.domain.expense_categories import Catalogue as ExpenseRules
from jindu_desk.domain.months import FIRST_YEAR, Month
from jindu_desk.domain.rule_changes import RulesAt
from jindu_desk.domain.rule_files import Rules, read_expense_rules, read_rules, version_of
from jindu_desk.domain.rule_sets import (
    DeadlineFields,
    Issuers,
    RuleName,
    RuleSetFields,
    TargetFields,
    in_force,
    timeline,
)
from jindu_desk.domain.tallies.check_rules import Weight
from jindu_desk.domain.units import Tier
from jindu_desk.errors.tallies import RulesUnreadable
from jindu_desk.paths import resource
from jindu_desk.store.bulk import ask
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Deadline, Profile, RateTarget, RuleSet, Unit, UnitVersion


@dataclass(frozen=True, slots=True)
class RuleSetRow:
    """A rule file that somebody set. ``own``: this desk's unit did; ``in_force``: it holds this month."""

    unit_id: str
    name: RuleName
    since: str
    version: str
    own: bool
    in_force: bool


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check as a list shows it. ``sentences``: what the officer is told, one for each of its rules."""

    code: str
    name: str
    weight: Weight
    on: bool
    reviewer: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """When a duty is due. ``days`` after the month's end (monthly duties) or ``due`` as (month, day).
    ``set_by``: the unit that set it, ``since`` when it began to hold; None and "" where it is the shipped one."""

    duty: str
    title: str
    article: str
    rhythm: Rhythm
    tiers: frozenset[Tier]
    days: int
    due: tuple[tuple[int, int], ...]
    shipped_days: int
    shipped_due: tuple[tuple[int, int], ...]
    assumed: bool
    since: str
    set_by: str | None
    own: bool


@dataclass(frozen=True, slots=True)
class _Set:
    """Which rule file of whom holds from when; without its text."""

    unit_id: str
    name: RuleName
    since: str


@cache
def shipped_texts() -> Mapping[RuleName, str]:
    """Raises `RulesUnreadable` when a resource was damaged."""
    return {name: shipped_text(f"{name}.toml") for name in RuleName}


def shipped_text(name: str) -> str:
    """Raises `RulesUnreadable`."""
    try:
        return resource(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesUnreadable(where=name) from error


@cache
def shipped_rules() -> Rules:
    """What the program comes with, for where no folder is open. Raises `RulesUnreadable` and its kin."""
    return read_rules(shipped_texts())


def rules(store: Store, month: Month) -> Rules:
    """The catalogue, checks and rates of ``month``."""
    with store.read() as session:
        return rules_in(session, month)


def rules_in(session: Session, month: Month) -> Rules:
    """As `rules`, in a session: one small query where nobody set rules; what was read once is kept."""
    return rules_of_months_in(session, (month,))[month]


def rules_of_months_in(session: Session, months: Collection[Month]) -> dict[Month, Rules]:
    """The rules of each month."""
    sets = _sets_in(session)
    if not sets:
        return dict.fromkeys(months, shipped_rules())
    issuers = issuers_in(session)
    return {month: read_rules(_texts_in(session, sets, issuers, month)) for month in months}


def expense_rules(store: Store, month: Month) -> ExpenseRules:
    """The expense categories of ``month``."""
    with store.read() as session:
        return expense_rules_in(session, month)


def expense_rules_in(session: Session, month: Month) -> ExpenseRules:
    return read_expense_rules(texts_in(session, month)[RuleName.EXPENSES])


def texts_in(session: Session, month: Month, *, own: bool = True) -> Mapping[RuleName, str]:
    """The rule files in force in ``month``, as they are written; without ``own``, if this unit had set none itself."""
    sets = _sets_in(session)
    if not sets:
        return shipped_texts()
    issuers = issuers_in(session)
    return _texts_in(session, sets, issuers if own else Issuers(None, issuers.superiors), month)


def issuers_in(session: Session) -> Issuers:
    """Whose rules bind this desk; nobody's before its first start is finished."""
    own = session.exec(select(Unit).join(Profile, col(Profile.unit_id) == Unit.id)).first()
    if own is None:
        return Issuers(None, ())
    above = session.exec(
        select(UnitVersion.since, col(UnitVersion.reports_to))
        .where(UnitVersion.unit_id == own.id)
        .order_by(UnitVersion.since)
    ).all()
    sets_rules = own.tier in (Tier.CITY, Tier.DISTRICT)
    return Issuers(own.id if sets_rules else None, tuple((since, unit_id) for since, unit_id in above))


def rule_sets(store: Store, month: Month | None = None) -> tuple[RuleSetRow, ...]:
    """Every rule file that binds this desk or did, by file and month; none where all are the shipped ones.

    ``month`` says for which month they are in force, this month by default.
    """
    now = str(month or Month.of(store.clock().date()))
    with store.read() as session:
        issuers = issuers_in(session)
        query = select(RuleSet).order_by(col(RuleSet.name), col(RuleSet.since), col(RuleSet.unit_id))
        found = session.exec(query).all()
        holding = {id(in_force([row for row in found if row.name is name], issuers, now)) for name in RuleName}
        return tuple(
            RuleSetRow(row.unit_id, row.name, row.since, row.version, row.unit_id == issuers.own, id(row) in holding)
            for row in found
        )


def checks_listed(store: Store, month: Month) -> tuple[CheckRow, ...]:
    """The checks of ``month`` in their order, those switched off too."""
    return tuple(
        CheckRow(
            check.code, check.name, check.weight, not check.off, check.reviewer, tuple(r.officer for r in check.rules)
        )
        for check in rules(store, month).checks.checks
    )


def duty_rules_in(session: Session) -> tuple[DutyRule, ...]:
    """The duties with the dates that bind this desk."""
    found = session.exec(select(Deadline)).all()
    if not found:
        return shipped_duties()
    issuers = issuers_in(session)
    return tuple(
        replace(rule, dates=tuple(_set_date(since, row) for since, row in timeline(of_duty, issuers)))
        if (of_duty := [row for row in found if row.duty == rule.code])
        else rule
        for rule in shipped_duties()
    )


def _set_date(since: str, row: Deadline | None) -> SetDate:
    if row is None:
        return SetDate(since)
    return SetDate(since, row.days, tuple(month_and_day(day) for day in row.due.split()))


def deadlines(store: Store, month: Month) -> tuple[DeadlineRow, ...]:
    """Every duty with a date, as it holds for periods that begin in ``month``."""
    with store.read() as session:
        found = session.exec(select(Deadline)).all()
        issuers = issuers_in(session)
        return tuple(
            _deadline_row(rule, in_force([row for row in found if row.duty == rule.code], issuers, str(month)), issuers)
            for rule in shipped_duties()
            if rule.rhythm in DATED
        )


def _deadline_row(rule: DutyRule, held: Deadline | None, issuers: Issuers) -> DeadlineRow:
    now = replace(rule, dates=(_set_date(held.since, held),)).in_period(held.since) if held else rule
    return DeadlineRow(
        duty=rule.code,
        title=rule.title,
        article=rule.article,
        rhythm=rule.rhythm,
        tiers=rule.tiers,
        days=now.days,
        due=now.due,
        shipped_days=rule.days,
        shipped_due=rule.due,
        assumed=now.assumed,
        since=held.since if held else "",
        set_by=held.unit_id if held else None,
        own=held is not None and held.unit_id == issuers.own,
    )


def targets_in(session: Session, month: Month, *, owner_id: str = "") -> dict[str, int]:
    """What each rate has to reach in ``month``, in hundredths of a percent: as ``owner_id`` set it itself, else as for
    this desk."""
    return {rate: target for rate, (target, _) in targets_since_in(session, month, owner_id=owner_id).items()}


def targets_since_in(session: Session, month: Month, *, owner_id: str = "") -> dict[str, tuple[int, str]]:
    """`targets_in`, each with the month from which it holds."""
    held = _held_targets(session.exec(select(RateTarget)).all(), issuers_in(session), month, owner_id)
    return {rate: (row.target, row.since) for rate, row in held.items()}


def _targets(rows: Sequence[RateTarget], issuers: Issuers, month: Month) -> dict[str, int]:
    return {rate: row.target for rate, row in _held_targets(rows, issuers, month).items()}


def _held_targets(
    rows: Sequence[RateTarget], issuers: Issuers, month: Month, owner_id: str = ""
) -> dict[str, RateTarget]:
    found: dict[str, RateTarget] = {}
    for rate in sorted({row.rate for row in rows}):
        of_rate = [row for row in rows if row.rate == rate]
        held = in_force(of_rate, Issuers(owner_id, ()), str(month)) or in_force(of_rate, issuers, str(month))
        if held is not None:
            found[rate] = held
    return found


def standing_in(session: Session) -> tuple[RulesAt, ...]:
    """Everything that binds this desk, oldest first: one for each month in which some of it changes. Taken before and
    after, it says what was changed (`domain.rule_changes.changes_between`)."""
    issuers = issuers_in(session)
    targets, dates = session.exec(select(RateTarget)).all(), session.exec(select(Deadline)).all()
    sinces = {
        str(Month(FIRST_YEAR, 1)),
        *(one.since for one in _sets_in(session)),
        *(target.since for target in targets),
        *(deadline.since for deadline in dates),
        *(since for since, _ in issuers.superiors),
    }
    months = [Month.parse(since) for since in sorted(sinces)]
    duties = [rule for rule in shipped_duties() if rule.rhythm in DATED]
    return tuple(
        RulesAt(
            since=str(month),
            rules=rules_in(session, month),
            expenses=expense_rules_in(session, month),
            targets=_targets(targets, issuers, month),
            deadlines={rule.code: _date_text(rule, dates, issuers, month) for rule in duties},
            duties={rule.code: rule.title for rule in duties},
        )
        for month in months
    )


def _date_text(rule: DutyRule, rows: Sequence[Deadline], issuers: Issuers, month: Month) -> str:
    row = _deadline_row(rule, in_force([row for row in rows if row.duty == rule.code], issuers, str(month)), issuers)
    return " ".join(f"{number:02}-{day:02}" for number, day in row.due) or str(row.days)


def rules_to_direct_in(session: Session) -> tuple[RuleSetFields, ...]:
    """What this desk's directive says of rules: all that ever bound it and did not come with the program, in the order
    of files and months.

    Where it went back to what the program ships (another superior), that text stands there.
    """
    issuers = issuers_in(session)
    found = session.exec(select(RuleSet)).all()
    sets = []
    for name in RuleName:
        for since, row in timeline([one for one in found if one.name is name], issuers):
            text = row.text if row else shipped_texts()[name]
            fields = {"name": name, "since": since, "version": version_of(name, text), "text": text}
            sets.append(RuleSetFields.read(fields))
    return tuple(sets)


def targets_to_direct_in(session: Session) -> tuple[TargetFields, ...]:
    """What this desk's directive says of targets, by rate and month."""
    issuers = issuers_in(session)
    found = session.exec(select(RateTarget)).all()
    return tuple(
        TargetFields.read({"rate": rate, "since": since, "target": row.target})
        for rate in sorted({row.rate for row in found})
        for since, row in timeline([one for one in found if one.rate == rate], issuers)
        if row is not None
    )


def deadlines_to_direct_in(session: Session) -> tuple[DeadlineFields, ...]:
    """What this desk's directive says of deadlines, by duty and month; one without days and dates: as shipped."""
    issuers = issuers_in(session)
    found = session.exec(select(Deadline)).all()
    return tuple(
        DeadlineFields.read(
            {"duty": duty, "since": since, "days": row.days if row else None, "due": row.due if row else ""}
        )
        for duty in sorted({row.duty for row in found})
        for since, row in timeline([one for one in found if one.duty == duty], issuers)
    )


_SETS = select_columns(col(RuleSet.unit_id), col(RuleSet.name), col(RuleSet.since))  # asked for at every package


def _sets_in(session: Session) -> list[_Set]:
    return [_Set(unit_id, name, since) for unit_id, name, since in ask(session, _SETS)]


def _texts_in(session: Session, sets: list[_Set], issuers: Issuers, month: Month) -> dict[RuleName, str]:
    texts = dict(shipped_texts())
    for name in RuleName:
        held = in_force([one for one in sets if one.name is name], issuers, str(month))
        if held is not None:
            texts[name] = session.exec(
                select(RuleSet.text).where(
                    RuleSet.unit_id == held.unit_id, RuleSet.name == name, RuleSet.since == held.since
                )
            ).one()
    return texts
