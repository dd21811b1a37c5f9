"""The reasons that came with a reported month, by check: what the reader looks at first is what is explained most."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from sqlmodel import Session, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.reasons import code_of
from jindu_desk.queries.rules import rules_in
from jindu_desk.queries.units import unit_and_below_in
from jindu_desk.store.tables import Reason


@dataclass(frozen=True, slots=True)
class ReasonsForCheck:
    """``given``: (village, reason). ``name`` and ``reviewer`` are "" for a check that this desk's rules do not have."""

    code: str
    name: str
    reviewer: str
    given: tuple[tuple[str, str], ...]


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
