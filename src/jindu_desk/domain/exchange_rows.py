"""A report's rows by the unit that reports them: a district's holds those of all its townships; and which of its
entries the receiver takes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier

Row = Mapping[str, object]
Tables = Mapping[str, Collection[Row]]

# The column that says whose a row is, where its table has one; else the column that names such a row.
OF_UNIT = {
    "officials": "unit_id",
    "meetings": "unit_id",
    "decisions": "unit_id",
    "cells": "township_id",
    "nil_returns": "township_id",
    "reasons": "township_id",
    "budget_lines": "unit_id",
    "expenses": "unit_id",
}
OF_RECORD = {
    "attendees": ("meeting_id", "meetings"),
    "agenda_items": ("meeting_id", "meetings"),
    "figures": ("meeting_id", "meetings"),
    "decision_steps": ("decision_id", "decisions"),
    "signed_decisions": ("meeting_id", "meetings"),
    "adjustments": ("line_id", "budget_lines"),
}
REPORTED = (*OF_UNIT, *OF_RECORD)
"""The tables that a unit reports. What a report has besides them (units, their versions, the audit) is its sender's."""

LABELS: Mapping[str, tuple[str, ...]] = {
    "officials": ("name", "post"),
    "meetings": ("month", "title"),
    "attendees": ("unit_name", "name"),
    "agenda_items": ("title",),
    "figures": ("label",),
    "decisions": ("number", "matter"),
    "decision_steps": ("on", "state"),
    "signed_decisions": ("number", "matter"),
    "cells": ("item",),
    "nil_returns": (),
    "reasons": ("check",),
    "budget_lines": ("year", "category"),
    "adjustments": ("on", "reason"),
    "expenses": ("on", "summary"),
}
"""The columns that say to a person which record it is. Of a village's its name comes first (`OF_VILLAGES`)."""
OF_VILLAGES = ("cells", "nil_returns", "reasons", "officials")


def superiors(versions: Iterable[Row], period: str) -> dict[str, str]:
    """unit id → whom it reports to in ``period``, or by its first version where that is later."""
    found: dict[str, Row] = {}
    for row in sorted(versions, key=lambda row: str(row["since"])):
        unit = str(row["unit_id"])
        if unit not in found or str(row["since"]) <= period:
            found[unit] = row
    return {unit: str(row["reports_to"]) for unit, row in found.items() if row["reports_to"] is not None}


def rows_by_unit(tables: Tables, period: str) -> dict[str, dict[str, list[Row]]]:
    """reporting unit → table → its rows. A village's rows are its township's; the district's own are its own."""
    above = superiors(tables["unit_versions"], period)
    villages = {str(row["id"]) for row in tables["units"] if row["tier"] is Tier.VILLAGE}
    found: dict[str, dict[str, list[Row]]] = {}
    of_record: dict[str, dict[str, str]] = {}

    def put(table: str, unit: str, row: Row) -> None:
        of_unit = found.setdefault(unit, {name: [] for name in REPORTED})
        of_unit[table].append(row)

    for table, column in OF_UNIT.items():
        ids = of_record[table] = {}
        for row in tables[table]:
            unit = str(row[column])
            unit = above.get(unit, unit) if unit in villages else unit
            put(table, unit, row)
            if "id" in row:
                ids[str(row["id"])] = unit
    for table, (column, holder) in OF_RECORD.items():
        for row in tables[table]:
            put(table, of_record[holder][str(row[column])], row)
    return found


def spoken_for(tables: Tables, period: str, unit: str) -> set[str]:
    """The units whose rows are ``unit``'s in `rows_by_unit`: itself and its villages."""
    above = superiors(tables["unit_versions"], period)
    villages = (str(row["id"]) for row in tables["units"] if row["tier"] is Tier.VILLAGE)
    return {unit, *(village for village in villages if above.get(village) == unit)}


def no_rows() -> dict[str, list[Row]]:
    """The reported tables of a unit that has none."""
    return {name: [] for name in REPORTED}


def booked_in(month: Month, expenses: Iterable[Row]) -> list[Row]:
    """Without the earlier entries that travel along with a reversal."""
    return [row for row in expenses if month.holds(_day(row))]


def reversed_earlier(of_month: Sequence[Row]) -> set[str]:
    """The entries of earlier months that these reverse, by id."""
    reversals = {str(row["reverses"]) for row in of_month if row["reverses"] is not None}
    return reversals - {str(row["id"]) for row in of_month}


def entries_that_stand(of_month: Sequence[Row], earlier: Mapping[str, object]) -> list[Row]:
    """Of a month's signed entries those that the receiver takes: a reversal of an entry that does not count there, or
    counts with another amount, is none. ``earlier``: amounts of entries that count, of the months before, by id."""
    counted = {**earlier, **{str(row["id"]): row["amount_fen"] for row in of_month if row["reverses"] is None}}
    return [row for row in of_month if row["reverses"] is None or counted.get(str(row["reverses"])) == -_fen(row)]


def _day(row: Row) -> date:
    day = row["on"]
    assert isinstance(day, date)  # noqa: S101 - read by the column's own reader
    return day


def _fen(row: Row) -> int:
    amount = row["amount_fen"]
    assert isinstance(amount, int)  # noqa: S101 - read by the column's own reader
    return amount
