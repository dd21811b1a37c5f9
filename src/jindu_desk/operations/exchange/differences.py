"""What a district's report has otherwise than the packages that its townships signed. What they signed counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.exchange_rows import LABELS, OF_VILLAGES, REPORTED, Row, no_rows, rows_by_unit, superiors
from jindu_desk.domain.money import yuan_text
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.units import Tier
from jindu_desk.errors.district_reports import THERE, UNSIGNED, Difference
from jindu_desk.packages.schema import report_tables
from jindu_desk.packages.verify import VerifiedPackage

MOST_DIFFERENCES = 1000
_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Compared:
    """``differences`` in words, at most `MOST_DIFFERENCES`; ``missing``: the townships of whose the report has no
    package, by name."""

    differences: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def compare(package: VerifiedPackage, nested: Sequence[VerifiedPackage]) -> Compared:
    """A district's report beside the packages inside it: nothing to tell of a township's, or of another kind."""
    if package.descriptor.kind is not PackageKind.REPORT or package.descriptor.sender.tier is not Tier.DISTRICT:
        return Compared()
    period = package.descriptor.period or ""
    names = _names(package.tables["unit_versions"], period)
    told = rows_by_unit(package.tables, period)
    signed = {inner.descriptor.stream: inner for inner in nested}
    found = _differences(told, signed, names, package.descriptor.stream, period)
    return Compared(tuple(islice(found, MOST_DIFFERENCES)), _missing(package, signed, names))


def _differences(
    told: Mapping[str, Mapping[str, Sequence[Row]]],
    signed: Mapping[str, VerifiedPackage],
    names: Mapping[str, str],
    district: str,
    period: str,
) -> Iterator[str]:
    for unit, inner in sorted(signed.items(), key=lambda pair: names.get(pair[0], "")):
        called = {**names, **_names(inner.tables["unit_versions"], period)}
        for table in report_tables():
            if table.name in REPORTED:
                rows = told.get(unit, no_rows())[table.name]
                yield from map(str, _of_table(unit, table.name, table.key, rows, inner.tables[table.name], called))
    for unit in sorted(told.keys() - signed.keys() - {district}, key=lambda unit: names.get(unit, "")):
        yield UNSIGNED.format(unit=f"“{names.get(unit, unit)}”", rows=sum(map(len, told[unit].values())))


def _of_table(
    unit: str, table: str, key: Sequence[str], told: Sequence[Row], signed: Sequence[Row], names: Mapping[str, str]
) -> Iterator[Difference]:
    said = {tuple(row[name] for name in key): row for row in told}
    true = {tuple(row[name] for name in key): row for row in signed}
    order = sorted(said.keys() | true.keys(), key=str)
    for place in order:
        one, other = said.get(place), true.get(place)
        if one == other:
            continue
        row = other or one or {}
        where = (names.get(unit, unit), table, _label(unit, table, row, names))
        if table == "cells":
            yield Difference(*where, "value", _cell(one), _cell(other))
        elif one is None or other is None:
            yield Difference(*where, "", None if one is None else THERE, None if other is None else THERE)
        else:
            for column in one:
                if one[column] != other[column]:
                    yield Difference(*where, column, _text(column, one[column]), _text(column, other[column]))


def _label(unit: str, table: str, row: Row, names: Mapping[str, str]) -> str:
    words = [_text(column, row[column])[:_LONGEST] for column in LABELS[table]]
    if table in OF_VILLAGES and row["unit_id"] != unit:
        words.insert(0, names.get(str(row["unit_id"]), str(row["unit_id"])))
    return " ".join(word for word in words if word)


def _cell(row: Row | None) -> str | None:
    if row is None:
        return None
    return str(row["value"]) if row["state"] is CellState.NUMBER else _text("state", row["state"])


def _text(column: str, value: object) -> str:
    if isinstance(value, int) and column.endswith("_fen"):
        return yuan_text(value)
    return "" if value is None else str(value)


def _names(versions: Sequence[Row], period: str) -> dict[str, str]:
    """unit id → its name in the period, or its first."""
    found: dict[str, str] = {}
    for row in sorted(versions, key=lambda row: str(row["since"])):
        if str(row["unit_id"]) not in found or str(row["since"]) <= period:
            found[str(row["unit_id"])] = str(row["name"])
    return found


def _missing(
    package: VerifiedPackage, signed: Mapping[str, VerifiedPackage], names: Mapping[str, str]
) -> tuple[str, ...]:
    """The townships that exist in the month by the district's own list, and sent nothing that counts."""
    period = package.descriptor.period or ""
    above = superiors(package.tables["unit_versions"], period)
    return tuple(
        names.get(str(row["id"]), "")
        for row in package.tables["units"]
        if row["tier"] is Tier.TOWNSHIP
        and above.get(str(row["id"])) == package.descriptor.stream
        and row["id"] not in signed
        and str(row["valid_from"] or period) <= period <= str(row["valid_to"] or period)
    )
