"""A month at a district: which of its townships' packages count, and what stands in the way of the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.queries.units import UnitRow, unit_in, units_below_in
from jindu_desk.store.tables import Received, Signer

_HERE = (Verdict.GAP, Verdict.FORK, Verdict.REVISION, Verdict.LOCKED)


class TownshipState(StrEnum):
    COUNTED = "counted"
    WAITING = "waiting"  # nothing counts, but a package is here that a person, a number or the lock holds up
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class TownshipMonth:
    """``file_sha256``: of the kept package that counts, "" where none does. ``newer``: one that does not count yet has
    come after it. ``revoked``: the key that signed it no longer counts, so that the city would not take it."""

    unit: UnitRow
    state: TownshipState
    received_id: str = ""
    file_sha256: str = ""
    number: int = 0
    revision: int = 0
    newer: bool = False
    revoked: bool = False


def township_months_in(session: Session, district_id: str, month: Month) -> tuple[TownshipMonth, ...]:
    """Every township of the month in the list's order."""
    query = select(Received).where(Received.kind == PackageKind.REPORT, Received.period == str(month))
    rows = session.exec(query.order_by(col(Received.revision))).all()
    units = {unit.id: unit for unit in units_below_in(session, district_id, month)}
    # What counts of a township that has ended since still belongs to the month.
    for row in rows:
        if row.counted and row.stream is not None and row.stream not in units:
            unit = unit_in(session, row.stream, month)
            if unit is not None and unit.reports_to == district_id:
                units[unit.id] = unit
    revoked = set(session.exec(select(Signer.fingerprint).where(col(Signer.revoked_at).is_not(None))))
    return tuple(_township(unit, [row for row in rows if row.stream == unit.id], revoked) for unit in units.values())


def _township(unit: UnitRow, rows: list[Received], revoked: set[str]) -> TownshipMonth:
    counted = next((row for row in rows if row.counted), None)
    waiting = [row for row in rows if not row.counted and row.verdict in _HERE]
    if counted is None:
        return TownshipMonth(unit, TownshipState.WAITING if waiting else TownshipState.MISSING)
    return TownshipMonth(
        unit,
        TownshipState.COUNTED,
        counted.id,
        counted.file_sha256,
        counted.number or 0,
        counted.revision or 1,
        newer=any((row.revision or 1) > (counted.revision or 1) for row in waiting),
        revoked=counted.signer in revoked,
    )
