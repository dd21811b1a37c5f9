"""The rates one by one: what each is made of, how it went, and which units pull it away from its target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.cells import Cell as CellValue
from jindu_desk.domain.tallies.cells import cell_of
from jindu_desk.domain.tallies.rate_weights import Pull, goal_of, heaviest
from jindu_desk.domain.tallies.rates import Rate, Ratio, is_stock, ratio_of_row
from jindu_desk.domain.units import Tier
from jindu_desk.queries.totals import Arrival, Totals, totals
from jindu_desk.queries.units import UnitRow, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Cell


@dataclass(frozen=True, slots=True)
class Place:
    """A unit below, with the unit between it and the owner that it reports to; None where that is the owner."""

    unit: UnitRow
    superior: UnitRow | None


@dataclass(frozen=True, slots=True)
class RateLine:
    """A rate of the month over all units. ``history``: the last months; ``so_far``: the year to date at the end of each
    month from January on. ``goal``: what the units are measured by, the target or else the rate itself. ``heaviest``:
    of each tier below, those that pull away from it, the one that pulls most first."""

    rate: Rate
    stock: bool
    month: Ratio
    to_date: Ratio
    target: int | None
    history: tuple[Ratio, ...]
    so_far: tuple[Ratio, ...]
    goal: Fraction | None
    heaviest: Mapping[Tier, tuple[Pull[Place], ...]]


@dataclass(frozen=True, slots=True)
class RateAnalysis:
    """All rates, in their order. ``months``: those of the histories; ``tiers``: those below ``owner``, from above;
    ``missing``: the units whose figures are not in it; ``silent``: the months of which no unit's figures are here;
    ``returned``: the units whose month was sent back, with the day."""

    owner: UnitRow
    month: Month
    rules: Rules
    months: tuple[Month, ...]
    lines: tuple[RateLine, ...]
    tiers: tuple[Tier, ...]
    missing: tuple[UnitRow, ...]
    silent: frozenset[Month] = frozenset()
    returned: tuple[tuple[UnitRow, date], ...] = ()

    def line(self, code: str) -> RateLine | None:
        return next((line for line in self.lines if line.rate.code == code), None)


def rate_analysis(store: Store, owner_id: str, month: Month) -> RateAnalysis:
    """The rates of the units that report to ``owner_id``, down to the villages."""
    return analysed(store, totals(store, owner_id, month))


def analysed(store: Store, found: Totals) -> RateAnalysis:
    """The rates of the units that are in these totals."""
    month = found.month
    with store.read() as session:
        tiers = _below(session, found.owner, month)
        ratios = _ratios(session, found.owner, tiers, month, found.rules)
    lines = []
    for rate in found.rules.rates.rates:
        whole, target = found.total.ratios[rate.code], found.targets.get(rate.code)
        goal = goal_of(target, whole)
        of_tiers = {
            tier: heaviest(
                rate, {place: ratios.get(place.unit.id, {}).get(rate.code, Ratio(0, 0)) for place in places}, goal
            )
            for tier, places in tiers.items()
        }
        lines.append(
            RateLine(
                rate,
                is_stock(rate, found.rules.catalogue),
                whole,
                found.total.ratios_to_date[rate.code],
                target,
                found.history[rate.code],
                found.so_far[rate.code],
                goal,
                of_tiers,
            )
        )
    silent = frozenset(
        each
        for number, each in enumerate(found.months)
        if all(arrivals[number] is not Arrival.COUNTED for arrivals in found.arrivals.values())
    )
    returned = tuple((row.unit, row.returned_on) for row in found.units if row.returned_on is not None)
    return RateAnalysis(
        found.owner, month, found.rules, found.months, tuple(lines), tuple(tiers), found.missing, silent, returned
    )


def _below(session: Session, owner: UnitRow, month: Month) -> dict[Tier, list[Place]]:
    """Tier by tier from above, in the order of the list."""
    tiers: dict[Tier, list[Place]] = {}
    above: list[UnitRow] = [owner]
    while above:
        places = [
            Place(unit, None if superior is owner else superior)
            for superior in above
            if superior.tier is not Tier.VILLAGE
            for unit in units_below_in(session, superior.id, month)
        ]
        if places:
            tiers[places[0].unit.tier] = places
        above = [place.unit for place in places]
    return tiers


def _ratios(
    session: Session, owner: UnitRow, tiers: Mapping[Tier, Sequence[Place]], month: Month, rules: Rules
) -> dict[str, dict[str, Ratio]]:
    """Per unit its rates of the month; those of a higher unit are the sums of its villages' and of its own row."""
    superior_of = {place.unit.id: place.superior.id for places in tiers.values() for place in places if place.superior}
    townships = [place.unit.id for place in tiers.get(Tier.TOWNSHIP, ())]
    if owner.tier is Tier.TOWNSHIP:
        townships = [owner.id]
    found: dict[str, dict[str, Ratio]] = defaultdict(dict)
    for (township, unit), row in _rows(session, townships, month, rules).items():
        above: str | None = township
        units = [unit] if unit != township else []
        while above is not None:
            units.append(above)
            above = superior_of.get(above)
        for rate in rules.rates.rates:
            ratio = ratio_of_row(rate, row)
            for each in units:
                found[each][rate.code] = found[each].get(rate.code, Ratio(0, 0)) + ratio
    return found


def _rows(
    session: Session, townships: Sequence[str], month: Month, rules: Rules
) -> dict[tuple[str, str], dict[str, CellValue]]:
    named = {term.item for rate in rules.rates.rates for term in (*rate.numerator, *rate.denominator)}
    query = select_columns(
        col(Cell.township_id), col(Cell.unit_id), col(Cell.item), col(Cell.state), col(Cell.value)
    ).where(col(Cell.month) == str(month), col(Cell.township_id).in_(townships), col(Cell.item).in_(named))
    rows: dict[tuple[str, str], dict[str, CellValue]] = defaultdict(dict)
    for township, unit, item, state, value in session.execute(query):
        rows[township, unit][item] = cell_of(state, value)
    return rows
