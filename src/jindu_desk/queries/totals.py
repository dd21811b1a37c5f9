"""Totals of a district (or of a township over its villages): sums, rates, who is missing, and what lies behind.

Every figure is a sum over cells that came in verified packages; it opens to those cells and that package.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select as select_columns
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from jindu_desk.domain.months import FIRST_YEAR, Month
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.catalogue import Item
from jindu_desk.domain.tallies.cells import Cell as CellValue
from jindu_desk.domain.tallies.cells import cell_of
from jindu_desk.domain.tallies.checks import Finding
from jindu_desk.domain.tallies.rates import MonthRatio, Ratio, month_ratio, ratio_of_months
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.tallies.sums import Sums, add_up, year_to_date
from jindu_desk.domain.tallies.totals_checks import check_district, check_year_to_date
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.given_reasons import count_reasons_in
from jindu_desk.queries.exchange.uncounted import Uncounted, uncounted_in
from jindu_desk.queries.rules import rules_in, rules_of_months_in, targets_in
from jindu_desk.queries.units import UnitRow, townships_of_in, unit_in, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Cell, Received

HISTORY = 12


class Arrival(StrEnum):
    """Where a unit's month stands at this desk."""

    COUNTED = "counted"  # its package is in the totals
    HELD = "held"  # a package is here, but a number is missing, or a person has to decide or to confirm
    RETURNED = "returned"  # its package was sent back, and the correction has not come
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class PackageRow:
    """The package that a unit's figures of a month came in."""

    received_id: str
    number: int
    revision: int
    received_at: datetime
    file_name: str
    signer: str


@dataclass(frozen=True, slots=True)
class UnitTotals:
    """One unit's sums. ``unknown``: per item how many cells are 未掌握, in the month. ``month`` and ``to_date`` hold an
    item only where somebody knows it. ``reasons``: how many came with the month for soft findings. ``returned_on``:
    the day on which the month was sent back, where it was and no correction came."""

    unit: UnitRow
    arrival: Arrival
    package: PackageRow | None
    month: Sums
    to_date: Sums
    unknown: Mapping[str, int]
    ratios: Mapping[str, Ratio]
    ratios_to_date: Mapping[str, Ratio]
    reasons: int
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """``units`` in the order of the list; ``total`` over them. ``arrivals``: per unit the last twelve months, oldest
    first, ending with ``month``; ``history``: per rate the same months, over all units; ``so_far``: per rate the year
    to date at the end of each month from January on. ``targets`` in hundredths of a percent, where the district set
    one for the month. ``rules`` are the month's; a rate of an earlier month is reckoned by that month's formula, and a
    rate over several months adds up what each month's formula gives. ``returned``: (unit id, month) → the day on which
    it was sent back."""

    owner: UnitRow
    month: Month
    rules: Rules
    units: tuple[UnitTotals, ...]
    total: UnitTotals
    months: tuple[Month, ...]
    arrivals: Mapping[str, tuple[Arrival, ...]]
    history: Mapping[str, tuple[Ratio, ...]]
    so_far: Mapping[str, tuple[Ratio, ...]]
    targets: Mapping[str, int]
    findings: tuple[Finding, ...] = ()  # H12, H13: what does not add up, or was moved in without being moved out
    returned: Mapping[tuple[str, Month], date] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[UnitRow, ...]:
        return tuple(row.unit for row in self.units if row.arrival is Arrival.MISSING)


@dataclass(frozen=True, slots=True)
class CellBehind:
    """One cell behind a sum. ``unit_name``: the village (or the township for its own row)."""

    unit_id: str
    unit_name: str
    item: Item
    cell: CellValue


@dataclass(frozen=True, slots=True)
class Behind:
    """What a figure of the totals is made of. ``uncounted``: why the month is here and counts nowhere."""

    township: UnitRow
    month: Month
    cells: tuple[CellBehind, ...]
    package: PackageRow | None
    uncounted: Uncounted | None = None


@dataclass(slots=True)
class _Figures:
    """Per (unit, month): sums, how many cells nobody knows, and the rates; per unit the reasons of the month."""

    sums: dict[tuple[str, str], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    unknown: dict[tuple[str, str], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    ratios: dict[tuple[str, str], dict[str, MonthRatio]] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)


def totals(store: Store, owner_id: str, month: Month) -> Totals:
    """The totals of the units that report to ``owner_id``: a district's townships, a township's villages."""
    with store.read() as session:
        owner = unit_in(session, owner_id, month)
        if owner is None:
            raise LookupError(owner_id)
        units = units_below_in(session, owner_id, month)
        months = _history(month)
        rules_of = rules_of_months_in(session, {*months, month})
        figures = _figures(session, owner, units, rules_of)
        packages = _packages(session, [unit.id for unit in units])
        uncounted = uncounted_in(session, [unit.id for unit in units])
        arrivals = {
            unit.id: tuple(_arrival(owner, unit.id, m, packages, uncounted, figures) for m in months) for unit in units
        }
        targets = targets_in(session, month, owner_id=owner_id)
        figures.reasons = count_reasons_in(session, units, month)
    rules = rules_of[month]
    returned = {
        (unit_id, Month.parse(period)): found.returned_on
        for (unit_id, period), found in uncounted.items()
        if found.returned_on is not None
    }
    rows = tuple(
        replace(
            _unit_totals(
                unit, arrivals[unit.id][-1], packages.get((unit.id, str(month))), [unit.id], month, figures, rules
            ),
            returned_on=returned.get((unit.id, month)),
        )
        for unit in units
    )
    everyone = [unit.id for unit in units]
    whole = Arrival.COUNTED if all(row.arrival is Arrival.COUNTED for row in rows) else Arrival.MISSING
    total = _unit_totals(owner, whole, None, everyone, month, figures, rules)
    history = {
        rate.code: tuple(_ratio(rate.code, everyone, [m], figures) for m in months) for rate in rules.rates.rates
    }
    so_far = {
        rate.code: tuple(_ratio(rate.code, everyone, m.year_to_date, figures) for m in month.year_to_date)
        for rate in rules.rates.rates
    }
    findings = _judged(owner, month, rows, total, figures, rules) if owner.tier is not Tier.TOWNSHIP else ()
    return Totals(owner, month, rules, rows, total, months, arrivals, history, so_far, targets, findings, returned)


def _judged(
    owner: UnitRow, month: Month, rows: Sequence[UnitTotals], total: UnitTotals, figures: _Figures, rules: Rules
) -> tuple[Finding, ...]:
    everyone = [row.unit.id for row in rows]
    so_far = [add_up(figures.sums.get((unit_id, str(m)), {}) for unit_id in everyone) for m in month.year_to_date]
    return (
        *check_district(rules.checks, owner.id, str(month), total.month, [row.month for row in rows]),
        *check_year_to_date(rules.checks, owner.id, str(month), total.to_date, so_far),
    )


def _history(month: Month) -> tuple[Month, ...]:
    """The last `HISTORY` months up to ``month``; fewer where the first month that there is comes sooner."""
    before = (month.year - FIRST_YEAR) * 12 + month.number - 1
    return tuple(month.plus(-n) for n in reversed(range(min(HISTORY, before + 1))))


def behind(store: Store, township_id: str, month: Month, base: str) -> Behind:
    """The village cells of an item (``A04``: both kinds, ``A04.J``: one) and the package they came in; of a district
    those of all its townships."""
    with store.read() as session:
        catalogue = rules_in(session, month).catalogue
        items = {item.code: item for item in catalogue.bases.get(base, ())} or {base: catalogue.item(base)}
        township = unit_in(session, township_id, month)
        if township is None:
            raise LookupError(township_id)
        townships = townships_of_in(session, township, month)
        villages = [row for unit in townships for row in units_below_in(session, unit.id, month)]
        names = {row.id: row for row in (*villages, *townships)}
        order = {unit_id: position for position, unit_id in enumerate(names)}
        found = session.execute(
            select_columns(col(Cell.unit_id), col(Cell.item), col(Cell.state), col(Cell.value)).where(
                col(Cell.township_id).in_([unit.id for unit in townships]),
                col(Cell.month) == str(month),
                col(Cell.item).in_(items),
            )
        ).all()
        package = _packages(session, [township_id]).get((township_id, str(month)))
        uncounted = uncounted_in(session, [township_id]).get((township_id, str(month)))
        cells = [
            CellBehind(unit_id, names[unit_id].name if unit_id in names else "", items[item], cell_of(state, value))
            for unit_id, item, state, value in found
        ]
    cells.sort(key=lambda cell: (order.get(cell.unit_id, len(order)), cell.item.code))
    return Behind(township, month, tuple(cells), package, uncounted)


def all_cells(store: Store, owner: UnitRow, month: Month) -> dict[tuple[str, str], dict[str, CellValue]]:
    """Every cell of the month, (township id, unit id) → item → cell; for the workbook."""
    with store.read() as session:
        townships = townships_of_in(session, owner, month)
        query = select_columns(
            col(Cell.township_id), col(Cell.unit_id), col(Cell.item), col(Cell.state), col(Cell.value)
        ).where(col(Cell.month) == str(month), col(Cell.township_id).in_([unit.id for unit in townships]))
        rows: dict[tuple[str, str], dict[str, CellValue]] = defaultdict(dict)
        for township, unit, item, state, value in session.execute(query):
            rows[township, unit][item] = cell_of(state, value)
    return dict(rows)


def _figures(session: Session, owner: UnitRow, units: Sequence[UnitRow], rules_of: Mapping[Month, Rules]) -> _Figures:
    """Sums of all items over the months; the group is the unit that reports to ``owner``."""
    if owner.tier is Tier.CITY:
        return _figures_of_districts(session, units, rules_of)
    return _figures_of(session, Cell.unit_id if owner.tier is Tier.TOWNSHIP else Cell.township_id, units, rules_of)


def _figures_of_districts(session: Session, districts: Sequence[UnitRow], rules_of: Mapping[Month, Rules]) -> _Figures:
    """A district's figures of a month are those of the townships that reported to it in that month."""
    below = {
        (district.id, str(month)): units_below_in(session, district.id, month)
        for district in districts
        for month in rules_of
    }
    townships = {unit.id: unit for units in below.values() for unit in units}
    each = _figures_of(session, Cell.township_id, list(townships.values()), rules_of)
    found = _Figures()
    for (district, month), units in below.items():
        here = [(unit.id, month) for unit in units]
        found.sums[district, month] = dict(add_up(each.sums.get(key, {}) for key in here))
        found.unknown[district, month] = dict(add_up(each.unknown.get(key, {}) for key in here))
        of_rates: dict[str, MonthRatio] = {}
        for key in here:
            for code, ratio in each.ratios.get(key, {}).items():
                of_rates[code] = of_rates.get(code, MonthRatio()) + ratio
        found.ratios[district, month] = of_rates
    return found


def _figures_of(session: Session, group: str, units: Sequence[UnitRow], rules_of: Mapping[Month, Rules]) -> _Figures:
    """In one pass; ``group`` is the column that says whose of ``units`` a cell is."""
    ids, texts = [unit.id for unit in units], [str(month) for month in rules_of]
    within = (col(group).in_(ids), col(Cell.month).in_(texts))
    figures = _Figures()
    bases = {
        code: item.base if item.kind else ""
        for rules in {id(each): each for each in rules_of.values()}.values()
        for code, item in rules.catalogue.items.items()
    }
    counted = (
        select(group, Cell.month, Cell.item, func.sum(Cell.value))
        .where(*within, Cell.state == CellState.NUMBER)
        .group_by(col(group), Cell.month, Cell.item)
    )
    for unit_id, month, item, figure in session.exec(counted):
        sums = figures.sums[unit_id, month]
        sums[item] = int(figure or 0)
        if base := bases.get(item):
            sums[base] = sums.get(base, 0) + int(figure or 0)
    # 无此情况 is known, and nothing: it makes an item known where no village has a number.
    nothing = select(group, Cell.month, Cell.item).where(*within, Cell.state == CellState.NOT_APPLICABLE).distinct()
    for unit_id, month, item in session.exec(nothing):
        figures.sums[unit_id, month].setdefault(item, 0)
        if base := bases.get(item):
            figures.sums[unit_id, month].setdefault(base, 0)
    unsure = (
        select(group, Cell.month, Cell.item, func.count())
        .where(*within, Cell.state == CellState.UNKNOWN)
        .group_by(col(group), Cell.month, Cell.item)
    )
    for unit_id, month, item, cells in session.exec(unsure):
        for code in (item, bases.get(item)):
            if code:
                counts = figures.unknown[unit_id, month]
                counts[code] = counts.get(code, 0) + cells
    figures.ratios = _ratios(session, col(group), ids, {str(month): rules for month, rules in rules_of.items()})
    return figures


def _ratios(
    session: Session, group: Mapped[str], ids: Sequence[str], rules_of: Mapping[str, Rules]
) -> dict[tuple[str, str], dict[str, MonthRatio]]:
    """Per (unit, month) every rate of that month, from the villages' rows: one that does not know a part counts in
    neither."""
    named = {
        term.item
        for rules in rules_of.values()
        for rate in rules.rates.rates
        for term in (*rate.numerator, *rate.denominator)
    }
    rows: dict[tuple[str, str], dict[str, dict[str, CellValue]]] = defaultdict(lambda: defaultdict(dict))
    query = select_columns(group, col(Cell.month), col(Cell.unit_id), col(Cell.item), col(Cell.state), col(Cell.value))
    query = query.where(group.in_(ids), col(Cell.month).in_(rules_of), col(Cell.item).in_(named))
    for unit_id, month, cell_unit, item, state, value in session.execute(query):
        rows[unit_id, month][cell_unit][item] = cell_of(state, value)
    return {key: _month_ratios(rules_of[key[1]], tuple(villages.values())) for key, villages in rows.items()}


def _month_ratios(rules: Rules, rows: Sequence[Mapping[str, CellValue]]) -> dict[str, MonthRatio]:
    return {rate.code: month_ratio(rate, rules.catalogue, rows) for rate in rules.rates.rates}


def _unit_totals(
    unit: UnitRow,
    arrival: Arrival,
    package: PackageRow | None,
    ids: Sequence[str],
    month: Month,
    figures: _Figures,
    rules: Rules,
) -> UnitTotals:
    catalogue = rules.catalogue
    so_far = [add_up(figures.sums.get((i, str(m)), {}) for i in ids) for m in month.year_to_date]
    unknown = add_up(figures.unknown.get((i, str(month)), {}) for i in ids)
    return UnitTotals(
        unit,
        arrival,
        package,
        so_far[-1],
        year_to_date(catalogue, so_far),
        unknown,
        {rate.code: _ratio(rate.code, ids, [month], figures) for rate in rules.rates.rates},
        {rate.code: _ratio(rate.code, ids, month.year_to_date, figures) for rate in rules.rates.rates},
        sum(figures.reasons.get(i, 0) for i in ids),
    )


def _ratio(rate: str, ids: Sequence[str], months: Sequence[Month], figures: _Figures) -> Ratio:
    """Sum over sum over all units; flows over all ``months``, a stock from the last of them."""
    nothing: Mapping[str, MonthRatio] = {}
    return ratio_of_months(
        [
            sum((figures.ratios.get((i, str(m)), nothing).get(rate, MonthRatio()) for i in ids), MonthRatio())
            for m in months
        ]
    )


def _packages(session: Session, ids: Sequence[str]) -> dict[tuple[str, str], PackageRow]:
    """(unit, month) → the counted package."""
    found: dict[tuple[str, str], PackageRow] = {}
    query = select(Received).where(
        col(Received.stream).in_(ids), col(Received.period).is_not(None), col(Received.counted).is_(True)
    )
    for row in session.exec(query.order_by(col(Received.number))):
        if row.stream is not None and row.period is not None:
            found[row.stream, row.period] = PackageRow(
                row.id, row.number or 0, row.revision or 1, row.received_at, row.file_name, row.signer
            )
    return found


def _arrival(
    owner: UnitRow,
    unit_id: str,
    month: Month,
    packages: Mapping[tuple[str, str], PackageRow],
    uncounted: Mapping[tuple[str, str], Uncounted],
    figures: _Figures,
) -> Arrival:
    key = (unit_id, str(month))
    if owner.tier is Tier.TOWNSHIP:  # villages send no packages; their cells are typed here
        return Arrival.COUNTED if figures.sums.get(key) else Arrival.MISSING
    if key in packages:
        return Arrival.COUNTED
    waits = uncounted.get(key)
    if waits is None:
        return Arrival.MISSING
    return Arrival.HELD if waits.returned_on is None else Arrival.RETURNED
