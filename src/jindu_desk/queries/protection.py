"""What a paper hides: of a township, or of a unit above it over all its townships (`domain.tallies.protection`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlmodel import Session

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.protection import Protection
from jindu_desk.domain.tallies.rates import Rate, Ratio
from jindu_desk.domain.tallies.sheet import Place
from jindu_desk.domain.units import Tier
from jindu_desk.errors.units import UnknownUnit
from jindu_desk.queries.protected_months import ProtectedMonths, Told, protect_months, tell_nobody
from jindu_desk.queries.units import UnitRow, townships_of_in, unit_in
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
        return self.parts(unit, items, ratio, to_date=to_date)

    def parts(self, unit: UnitRow, items: Collection[str], ratio: Ratio, *, to_date: bool = False) -> bool:
        """The same of the items that a rate is made of, in any of the months that it covers."""
        if any(self.figure(unit, item, to_date=to_date) for item in items):
            return True
        places = self.places_to_date if to_date else self.month.hidden
        return unit.tier is not Tier.VILLAGE and ratio.left_out > 0 and any(item in items for _, item in places)

    def __or__(self, other: Hiding) -> Hiding:
        """Of two townships together."""
        both = Protection(self.month.hidden | other.month.hidden, self.month.hidden_totals | other.month.hidden_totals)
        return Hiding(both, self.places_to_date | other.places_to_date, self.totals_to_date | other.totals_to_date)


def hiding(store: Store, township_id: str, month: Month, told: Told = tell_nobody) -> Hiding:
    """Raises `CannotProtect`, and what ``told`` raises."""
    with store.read() as session:
        return hiding_in(session, [township_id], month, told)


def hiding_below(store: Store, owner_id: str, month: Month, told: Told = tell_nobody) -> Hiding:
    """What a paper of ``owner_id`` hides: of a district over all its townships. Raises `CannotProtect`, and what
    ``told`` raises."""
    with store.read() as session:
        owner = unit_in(session, owner_id, month)
        if owner is None:
            raise UnknownUnit(unit=owner_id)
        return hiding_in(session, [unit.id for unit in townships_of_in(session, owner, month)], month, told)


def hiding_in(session: Session, townships: Sequence[str], month: Month, told: Told = tell_nobody) -> Hiding:
    """Over these townships. Raises `CannotProtect`, and what ``told`` raises."""
    found = protect_months(session, townships, month, told).values()
    refuse_unprotected(found, month)
    return hiding_of(found, month)


def refuse_unprotected(found: Iterable[ProtectedMonths], month: Month) -> None:
    """Raises `CannotProtect` where ``month`` itself has no paper."""
    for township in found:
        if month in township.refused:
            raise township.refused[month]


def hiding_of(found: Iterable[ProtectedMonths], month: Month, listed: Month | None = None) -> Hiding:
    """Of several townships together, where ``month`` is summed up over the villages on the list in ``listed``."""
    whole = Hiding()
    for township in found:
        villages = township.villages.get(listed or month, frozenset())
        of_year = [_summed_over(township, each, villages) for each in month.year_to_date]
        whole |= Hiding(
            of_year[-1],
            frozenset[Place]().union(*(each.hidden for each in of_year)),
            frozenset[str]().union(*(each.hidden_totals for each in of_year)),
        )
    return whole


def _summed_over(township: ProtectedMonths, month: Month, villages: Collection[str]) -> Protection:
    """What a month hides where it is summed up over ``villages``: a village that has left the list since would follow
    from the totals that were printed with it."""
    protection = township.by_month.get(month, Protection())
    left = {item for unit, item in protection.hidden if unit not in villages}
    return replace(protection, hidden_totals=protection.hidden_totals | left) if left else protection
