"""Whether every row of a report is the sender's own: its units, its month. A good key signs for its unit only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from jindu_desk.domain.units import Tier
from jindu_desk.errors.packages import RowsOutsideScope
from jindu_desk.packages.descriptor import Descriptor
from jindu_desk.packages.rows import Rows, TableRows
from jindu_desk.packages.schema import Row, Table, report_tables


def check_scope(descriptor: Descriptor, tables: Mapping[str, TableRows]) -> None:
    """Raises `RowsOutsideScope` with the first row that is not the sender's or not the period's."""
    above = _superiors(tables, descriptor.period or "")
    own = _own(descriptor, above)
    check_units(descriptor, tables, own)
    if len(tables.get("audit", ())) > 1:
        raise RowsOutsideScope(table="audit", row=3)
    for table in report_tables():
        if table.name in tables:
            _check_table(table, tables[table.name], own, descriptor.period)
    for name in ("cells", "nil_returns", "reasons"):
        _check_reporters(name, tables[name], above)
    _check_expenses(descriptor, tables["expenses"])


def _check_table(table: Table, rows: TableRows, own: set[str], period: str | None) -> None:
    columns = [(name, fits) for name, fits in ((table.unit, own), (table.month, {period})) if name]
    wrong = [
        number
        for name, fits in columns
        if not fits.issuperset(rows.columns[name])
        for number, value in enumerate(rows.columns[name], 2)
        if value not in fits
    ]
    if wrong:
        raise RowsOutsideScope(table=table.name, row=min(wrong))


def _check_reporters(name: str, rows: TableRows, above: Mapping[str, str | None]) -> None:
    """A village's rows are its township's."""
    pairs = list(zip(rows.columns["unit_id"], rows.columns["township_id"], strict=True))
    wrong = {(unit, town) for unit, town in set(pairs) if unit != town and above.get(str(unit)) != town}
    if wrong:
        raise RowsOutsideScope(table=name, row=next(number for number, pair in enumerate(pairs, 2) if pair in wrong))


def own_units(descriptor: Descriptor, tables: Mapping[str, Rows], period: str) -> set[str]:
    """The units that lead to the sender in ``period``; raises `RowsOutsideScope` where the list has others."""
    own = _own(descriptor, _superiors(tables, period))
    check_units(descriptor, tables, own)
    return own


def check_units(descriptor: Descriptor, tables: Mapping[str, Rows], own: set[str]) -> None:
    """Raises `RowsOutsideScope` with the first unit or version that is not the sender's to list."""
    _check_units(descriptor, tables["units"], own)
    _check_versions(descriptor, tables["unit_versions"], {str(row["id"]): row["tier"] for row in tables["units"]})


def _own(descriptor: Descriptor, above: Mapping[str, str | None]) -> set[str]:
    return {unit for unit in above if _leads_to(unit, descriptor.stream, above)}


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


def _check_versions(descriptor: Descriptor, versions: Rows, tiers: Mapping[str, object]) -> None:
    """In every month, not the period's only, a unit reports to the sender or to one of its own a tier above."""
    for number, row in enumerate(versions, 2):
        tier, above = tiers[str(row["unit_id"])], tiers.get(str(row["reports_to"]))
        assert isinstance(tier, Tier)  # noqa: S101 - read by the column's own reader
        if row["unit_id"] != descriptor.stream and (above is None or above is not tier.above):
            raise RowsOutsideScope(table="unit_versions", row=number)


def _check_expenses(descriptor: Descriptor, expenses: Rows) -> None:
    # An entry of an earlier month is carried along where this month's entry reverses it, wholly.
    reversals = {row["reverses"]: row for row in expenses if row["reverses"] is not None}
    for number, row in enumerate(expenses, 2):
        period, reversal = _month_of(row), reversals.get(row["id"])
        carried = reversal is not None and _month_of(reversal) == descriptor.period and row["reverses"] is None
        if period != descriptor.period and not (carried and period < (descriptor.period or "")):
            raise RowsOutsideScope(table="expenses", row=number)
        if reversal is not None and not _reverses(reversal, row):
            raise RowsOutsideScope(table="expenses", row=expenses.index(reversal) + 2)


def _reverses(reversal: Row, entry: Row) -> bool:
    """Whether it takes back the whole entry, from the same line, no earlier than that was booked."""
    taken, amount, line = reversal["amount_fen"], entry["amount_fen"], entry["line_id"]
    assert isinstance(taken, int)  # noqa: S101 - read by the column's own reader
    return -taken == amount and reversal["line_id"] == line and _day(entry) <= _day(reversal)


def _day(row: Row) -> date:
    day = row["on"]
    assert isinstance(day, date)  # noqa: S101 - read by the column's own reader
    return day


def _month_of(row: Row) -> str:
    return f"{_day(row):%Y-%m}"
