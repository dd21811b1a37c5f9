"""What the papers of townships hide, worked out month by month from their first (`domain.tallies.protection`).

Nothing of it is stored: the same figures give the same papers, and each month's rests on those before. What was found
in this run is kept, so that only months that changed, and those after them, are protected anew; work that was broken
off goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TypeAlias

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.bonds import Bond, bonds_of
from jindu_desk.domain.tallies.cells import Cell, cell_of
from jindu_desk.domain.tallies.check_rules import Checks
from jindu_desk.domain.tallies.protection import Protection, protect
from jindu_desk.domain.tallies.sheet import Place, Sheet
from jindu_desk.errors.tallies import CannotProtect
from jindu_desk.queries.rules import rules_of_months_in
from jindu_desk.queries.tallies import with_computed
from jindu_desk.queries.units import units_below_in
from jindu_desk.store import tables
from jindu_desk.store.bulk import ask

Told: TypeAlias = Callable[[int, int], object]
"""Called before each month with how many are done, of how many; what it raises breaks the work off."""


def tell_nobody(_done: int, _total: int) -> None:
    """Where nobody waits."""


@dataclass(frozen=True, slots=True)
class ProtectedMonths:
    """Of one township. A month that cannot be protected has no paper; in what reaches over several months nothing of
    it may be told, and ``by_month`` hides all of its figures. ``villages``: those on the list in each month."""

    by_month: dict[Month, Protection] = field(default_factory=dict)
    refused: dict[Month, CannotProtect] = field(default_factory=dict)
    villages: dict[Month, frozenset[str]] = field(default_factory=dict)


def protect_months(
    session: Session, townships: Sequence[str], month: Month, told: Told = tell_nobody
) -> dict[str, ProtectedMonths]:
    """Per township its months up to ``month``."""
    firsts = _firsts(session, townships)
    spans = {township: _span(firsts.get(township, str(month)), month) for township in townships}
    total, done = sum(map(len, spans.values())), 0
    found: dict[str, ProtectedMonths] = {}
    for township, months in spans.items():

        def told_here(here: int, before: int = done) -> None:
            told(before + here, total)

        found[township] = _protect_township(session, township, months, told_here)
        done += len(months)
    return found


def _firsts(session: Session, townships: Sequence[str]) -> dict[str, str]:
    table = tables.Cell
    query = select(table.township_id, func.min(table.month)).where(col(table.township_id).in_(townships))
    return dict(session.exec(query.group_by(col(table.township_id))).all())


def _span(first: str, month: Month) -> tuple[Month, ...]:
    since = min(Month.parse(first), month)
    return tuple(since.plus(n) for n in range((month.year - since.year) * 12 + month.number - since.number + 1))


def _protect_township(
    session: Session, township_id: str, months: Sequence[Month], told: Callable[[int], object]
) -> ProtectedMonths:
    rules_of = rules_of_months_in(session, months)
    cells = _cells(session, township_id, months[-1])
    bonds: dict[int, tuple[Checks, tuple[Bond, ...]]] = {}
    begun: set[str] = set()
    found = ProtectedMonths()
    before: Protection | None = None
    digest = b""
    for number, each in enumerate(months):
        told(number)
        rules = rules_of[each]
        if id(rules.checks) not in bonds:
            bonds[id(rules.checks)] = rules.checks, bonds_of(rules.checks, str(each))
        villages = tuple(unit.id for unit in units_below_in(session, township_id, each))
        found.villages[each] = frozenset(villages)
        openings = found.villages[each] - begun
        here = cells.get(str(each), {})
        sheet = Sheet(township_id, str(each), villages, here, cells.get(str(each.previous), {}), openings=openings)
        sheet = with_computed(rules.catalogue, sheet, villages)
        digest = _digest(digest, rules, sheet)
        try:
            if digest not in _KEPT:
                _keep(digest, protect(rules.catalogue, bonds[id(rules.checks)][1], sheet, before))
            before = found.by_month[each] = _KEPT[digest]
        except CannotProtect as error:
            found.refused[each] = error.with_traceback(None)
            found.by_month[each] = _everything(sheet.cells)
            before = None  # its paper was refused, and tells nobody anything
        begun |= {unit for unit, _ in here}
    return found


def _everything(cells: Mapping[Place, Cell]) -> Protection:
    places: Iterable[Place] = (place for place, cell in cells.items() if isinstance(cell, int))
    hidden = frozenset(places)
    return Protection(hidden, frozenset(item for _, item in hidden))


_KEPT: dict[bytes, Protection] = {}  # by all that it rests on
_MOST = 6000  # months: of a city's sixty townships eight years


def _keep(digest: bytes, protection: Protection) -> None:
    while len(_KEPT) >= _MOST:
        del _KEPT[next(iter(_KEPT))]
    _KEPT[digest] = replace(protection, shifts=())  # the proof is not asked for again


def _digest(before: bytes, rules: Rules, sheet: Sheet) -> bytes:
    """Of everything that the protection of a month rests on, all earlier months among it."""
    cells = sorted((*place, str(cell)) for place, cell in sheet.cells.items())
    told = (rules.catalogue.version, rules.checks.version, sheet.month, sheet.villages, sorted(sheet.openings), cells)
    return sha256(before + repr(told).encode()).digest()


def _cells(session: Session, township_id: str, month: Month) -> Mapping[str, Mapping[Place, Cell]]:
    """By month, up to ``month``."""
    table = tables.Cell
    query = select_columns(
        col(table.month), col(table.unit_id), col(table.item), col(table.state), col(table.value)
    ).where(col(table.township_id) == township_id, col(table.month) <= str(month))
    found: dict[str, dict[Place, Cell]] = {}
    for when, unit_id, item, state, value in ask(session, query):
        found.setdefault(when, {})[unit_id, item] = cell_of(state, value)
    return found
