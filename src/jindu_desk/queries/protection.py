"""What the papers of a township hide, month by month from its first (`domain.tallies.protection`).

Nothing of it is stored: the same figures give the same papers, and each month's rests on those before. What was found
in this run is kept, so that only months that changed, and those after them, are protected anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from sqlalchemy import select as select_columns
from sqlmodel import Session, col, func, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.bonds import Bond, bonds_of
from jindu_desk.domain.tallies.cells import Cell, cell_of
from jindu_desk.domain.tallies.check_rules import Checks
from jindu_desk.domain.tallies.protection import Protection, protect
from jindu_desk.domain.tallies.rates import Rate, Ratio
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.tallies.sheet import Place, Sheet
from jindu_desk.domain.units import Tier
from jindu_desk.errors.tallies import CannotProtect
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.queries.rules import rules_of_months_in
from jindu_desk.queries.tallies import with_computed
from jindu_desk.queries.units import UnitRow, townships_of_in, unit_in, units_below_in
from jindu_desk.store import tables
from jindu_desk.store.engine import Store


@dataclass(frozen=True, slots=True)
class Hiding:
    """What a paper does not show: in the month, and in the year to date (whatever any month of it hides)."""

    month: Protection = field(default_factory=Protection)
    places_to_date: frozenset[Place] = frozenset()
    totals_to_date: frozenset[str] = frozenset()

    def figure(self, unit: UnitRow, item: str, *, to_date: bool = False) -> bool:
        """Whether a unit's figure is hidden: a village's own, or else a sum over villages."""
        if unit.tier is Tier.VILLAGE:
            return (unit.id, item) in (self.places_to_date if to_date else self.month.hidden)
        return item in (self.totals_to_date if to_date else self.month.hidden_totals)

    def ratio(self, unit: UnitRow, rate: Rate, ratio: Ratio, *, to_date: bool = False) -> bool:
        """Whether a unit's rate is hidden, with what it is made of: any part of it is, or villages are left out whose
        figures the sums give."""
        items = {term.item for term in (*rate.numerator, *rate.denominator)}
        if any(self.figure(unit, item, to_date=to_date) for item in items):
            return True
        places = self.places_to_date if to_date else self.month.hidden
        return unit.tier is not Tier.VILLAGE and ratio.left_out > 0 and any(item in items for _, item in places)

    def __or__(self, other: Hiding) -> Hiding:
        """Of two townships together."""
        both = Protection(self.month.hidden | other.month.hidden, self.month.hidden_totals | other.month.hidden_totals)
        return Hiding(both, self.places_to_date | other.places_to_date, self.totals_to_date | other.totals_to_date)


def hiding(store: Store, township_id: str, month: Month) -> Hiding:
    """Raises `CannotProtect`."""
    with store.read() as session:
        return hiding_in(session, township_id, month)


def hiding_in(session: Session, township_id: str, month: Month) -> Hiding:
    found = _protections(session, township_id, month)
    of_year = [found[each] for each in month.year_to_date if each in found]
    return Hiding(
        found[month],
        frozenset[Place]().union(*(each.hidden for each in of_year)),
        frozenset[str]().union(*(each.hidden_totals for each in of_year)),
    )


def _protections(session: Session, township_id: str, month: Month) -> dict[Month, Protection]:
    first = session.exec(select(func.min(tables.Cell.month)).where(tables.Cell.township_id == township_id)).one()
    since = min(Month.parse(first), month) if first else month
    months = [since.plus(n) for n in range((month.year - since.year) * 12 + month.number - since.number + 1)]
    rules_of = rules_of_months_in(session, months)
    cells = _cells(session, township_id, month)
    bonds: dict[int, tuple[Checks, tuple[Bond, ...]]] = {}
    begun: set[str] = set()
    found: dict[Month, Protection] = {}
    before: Protection | None = None
    digest = b""
    for each in months:
        rules = rules_of[each]
        if id(rules.checks) not in bonds:
            bonds[id(rules.checks)] = rules.checks, bonds_of(rules.checks, str(each))
        villages = tuple(unit.id for unit in units_below_in(session, township_id, each))
        openings = frozenset(villages) - begun
        here = cells.get(str(each), {})
        sheet = Sheet(township_id, str(each), villages, here, cells.get(str(each.previous), {}), openings=openings)
        sheet = with_computed(rules.catalogue, sheet, villages)
        digest = _digest(digest, rules, sheet)
        try:
            if digest not in _KEPT:
                _keep(digest, protect(rules.catalogue, bonds[id(rules.checks)][1], sheet, before))
            before = _KEPT[digest]
        except CannotProtect:
            if each == month:
                raise
            before = None  # its paper was refused, and tells nobody anything
        else:
            found[each] = before
        begun |= {unit for unit, _ in here}
    return found


_KEPT: dict[bytes, Protection] = {}  # by all that it rests on
_MOST = 1200  # months: of a district's ten townships ten years


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
    for when, unit_id, item, state, value in session.execute(query):
        found.setdefault(when, {})[unit_id, item] = cell_of(CellState(state), value)
    return found


def hiding_below(store: Store, owner_id: str, month: Month) -> Hiding:
    """What a paper of ``owner_id`` hides: of a district over all its townships. Raises `CannotProtect`."""
    with store.read() as session:
        owner = unit_in(session, owner_id, month)
        if owner is None:
            raise UnknownUnit(unit=owner_id)
        whole = Hiding()
        for township in townships_of_in(session, owner, month):
            whole |= hiding_in(session, township.id, month)
    return whole
