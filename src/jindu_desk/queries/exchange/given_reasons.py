"""The reasons that came with a reported month, by check: what the reader looks at first is what is explained most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.reasons import code_of
from jindu_desk.domain.units import Tier
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import UnitRow, townships_of_in, unit_and_below_in, unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Reason


@dataclass(frozen=True, slots=True)
class ReasonsForCheck:
    """``given``: (village, reason). ``name`` and ``reviewer`` are "" for a check that this desk's rules do not have."""

    code: str
    name: str
    reviewer: str
    given: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class GivenReason:
    """One reason as it is listed. ``check`` is "" for a check that this desk's rules do not have."""

    township: str
    code: str
    check: str
    village: str
    reason: str


def count_reasons_in(session: Session, units: Sequence[UnitRow], month: Month) -> dict[str, int]:
    """Per unit how many reasons there are for the month that counts here: of villages their own, of a unit above
    townships those of all of them."""
    of_villages = all(unit.tier is Tier.VILLAGE for unit in units)
    group = Reason.unit_id if of_villages else Reason.township_id
    unit_of = {unit.id: unit.id for unit in units}
    if not of_villages:
        unit_of = {township.id: unit.id for unit in units for township in townships_of_in(session, unit, month)}
    query = select(group, func.count()).where(Reason.month == str(month), col(group).in_(unit_of)).group_by(col(group))
    counts: dict[str, int] = defaultdict(int)
    for unit_id, count in session.exec(query):
        counts[unit_of[unit_id]] += count
    return dict(counts)


def given_reasons(store: Store, unit_id: str, month: Month) -> tuple[GivenReason, ...]:
    """The reasons of a unit's townships one by one: township after township, as `reasons_in` orders them."""
    with store.read() as session:
        unit = unit_in(session, unit_id, month)
        return tuple(
            GivenReason(township.name, check.code, check.name, village, reason)
            for township in (townships_of_in(session, unit, month) if unit is not None else ())
            for check in reasons_in(session, township.id, month)
            for village, reason in check.given
        )


def reasons_in(session: Session, township_id: str, month: Month) -> tuple[ReasonsForCheck, ...]:
    """Of the month that counts here; the check with most reasons first, villages in their order."""
    own, villages = unit_and_below_in(session, township_id, month)
    names = {unit.id: unit.name for unit in (*villages, own) if unit is not None}
    order = {unit_id: number for number, unit_id in enumerate(names)}
    rows = session.exec(
        select(Reason.unit_id, Reason.check, Reason.reason).where(
            Reason.township_id == township_id, Reason.month == str(month)
        )
    ).all()
    given: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for unit_id, key, reason in sorted(rows, key=lambda row: (order.get(row[0], len(order)), row[1])):
        given[code_of(key)].append((names.get(unit_id, unit_id), reason))
    checks = {check.code: check for check in rules_in(session, month).checks.checks}
    return tuple(
        ReasonsForCheck(
            code,
            checks[code].name if code in checks else "",
            checks[code].reviewer if code in checks else "",
            tuple(reasons),
        )
        for code, reasons in sorted(given.items(), key=lambda item: (-len(item[1]), item[0]))
    )
