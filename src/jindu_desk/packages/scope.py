"""Whether every row of a report is the sender's own: its units, its month. A good key signs for its unit only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jindu_desk.domain.units import Tier
from jindu_desk.errors.packages import RowsOutsideScope
from jindu_desk.packages.descriptor import Descriptor
from jindu_desk.packages.rows import Rows
from jindu_desk.packages.schema import report_tables


def check_scope(descriptor: Descriptor, tables: Mapping[str, Rows]) -> None:
    """Raises `RowsOutsideScope` with the first row that is not the sender's or not the period's."""
    above = _superiors(tables, descriptor.period or "")
    own = {unit for unit in above if _leads_to(unit, descriptor.stream, above)}
    _check_units(descriptor, tables["units"], own)
    for table in report_tables():
        for number, row in enumerate(tables[table.name], 2):
            if table.unit and row[table.unit] not in own:
                raise RowsOutsideScope(table=table.name, row=number)
            if table.month and row[table.month] != descriptor.period:
                raise RowsOutsideScope(table=table.name, row=number)
    for name in ("cells", "nil_returns", "reasons"):
        for number, row in enumerate(tables[name], 2):
            if row["unit_id"] != row["township_id"] and above.get(str(row["unit_id"])) != row["township_id"]:
                raise RowsOutsideScope(table=name, row=number)
    _check_expenses(descriptor, tables["expenses"])


def _superiors(tables: Mapping[str, Rows], period: str) -> dict[str, str | None]:
    """unit id → whom it reports to in the period (by its first version where the period is before that)."""
    found: dict[str, tuple[str, str | None]] = {}
    for row in sorted(tables["unit_versions"], key=lambda row: str(row["since"])):
        unit, since = str(row["unit_id"]), str(row["since"])
        if unit not in found or since <= period:
            found[unit] = since, None if row["reports_to"] is None else str(row["reports_to"])
    return {unit: superior for unit, (_, superior) in found.items()}


def _leads_to(unit: str, root: str, above: Mapping[str, str | None]) -> bool:
    at: str | None = unit
    for _ in Tier:  # no chain is longer than there are tiers, and a ring ends here
        if at == root:
            return True
        at = above.get(at) if at is not None else None
    return False


def _check_units(descriptor: Descriptor, units: Rows, own: set[str]) -> None:
    tiers = list(Tier)
    for number, row in enumerate(units, 2):
        is_sender = row["id"] == descriptor.stream
        tier = row["tier"]
        assert isinstance(tier, Tier)  # noqa: S101 - read by the column's own reader
        lower = tiers.index(tier) > tiers.index(descriptor.sender.tier)
        if row["id"] not in own or (tier is not descriptor.sender.tier if is_sender else not lower):
            raise RowsOutsideScope(table="units", row=number)
    if descriptor.stream not in {row["id"] for row in units}:
        raise RowsOutsideScope(table="units", row=0)


def _check_expenses(descriptor: Descriptor, expenses: Rows) -> None:
    # An entry of an earlier month is carried along where this month's entry reverses it.
    reversed_here = {row["reverses"] for row in expenses if row["reverses"] is not None}
    for number, row in enumerate(expenses, 2):
        day = row["on"]
        assert isinstance(day, date)  # noqa: S101 - read by the column's own reader
        if f"{day:%Y-%m}" != descriptor.period and row["id"] not in reversed_here:
            raise RowsOutsideScope(table="expenses", row=number)
