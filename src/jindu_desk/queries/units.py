"""Units as they are in a month, and the people in office on a day."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, or_, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors.folder import NotSetUp
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Official, Profile, Unit, UnitVersion


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as it is called, and to whom it reports, in the month asked for. Months as ``YYYY-MM``."""

    id: str
    tier: Tier
    code: str
    name: str
    initials: str
    reports_to: str | None
    valid_from: str | None
    valid_to: str | None
    position: int
    since: str  # the month from which name and superior hold


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """Whose folder this is."""

    unit: UnitRow
    superior: UnitRow | None
    folder_id: str
    keeper: str
    demo: bool


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A person in office; ``since`` and ``until`` are dates, both included, None = open."""

    id: str
    unit_id: str
    unit_name: str
    role: Role
    name: str
    post: str
    since: date | None
    until: date | None
    position: int


def own_unit(store: Store, month: Month | None = None) -> OwnUnit | None:
    """The folder's own unit, None before the first start is finished."""
    with store.read() as session:
        return own_unit_in(session, month or Month.of(store.clock().date()))


def own_unit_in(session: Session, month: Month) -> OwnUnit | None:
    profile = session.exec(select(Profile)).one_or_none()
    if profile is None:
        return None
    found = unit_in(session, profile.unit_id, month)
    if found is None:
        raise NotSetUp
    superior = unit_in(session, found.reports_to, month) if found.reports_to else None
    return OwnUnit(found, superior, profile.folder_id, profile.keeper, profile.demo)


def unit_in(session: Session, unit_id: str, month: Month) -> UnitRow | None:
    """One unit as it is in ``month`` (by its first name where the month is before that)."""
    rows = _units(session, month, {unit_id}, only_valid=False)
    return rows[0] if rows else None


def units_below(store: Store, unit_id: str, month: Month) -> tuple[UnitRow, ...]:
    """The units that report to ``unit_id`` and exist in ``month``: a township's villages, a district's townships."""
    with store.read() as session:
        return units_below_in(session, unit_id, month)


def units_below_in(session: Session, unit_id: str, month: Month) -> tuple[UnitRow, ...]:
    return tuple(row for row in _units(session, month, None, only_valid=True) if row.reports_to == unit_id)


def all_units(store: Store, month: Month) -> tuple[UnitRow, ...]:
    """Every unit on record, also those not valid in ``month``."""
    with store.read() as session:
        return _units(session, month, None, only_valid=False)


def unit_history(store: Store, unit_id: str) -> tuple[tuple[str, str, str | None], ...]:
    """(since, name, reports_to) of a unit, oldest first."""
    with store.read() as session:
        rows = session.exec(
            select(UnitVersion.since, UnitVersion.name, UnitVersion.reports_to)
            .where(UnitVersion.unit_id == unit_id)
            .order_by(UnitVersion.since)
        )
        return tuple((since, name, above) for since, name, above in rows)


def officials(store: Store, unit_ids: Collection[str], on: date | None = None) -> tuple[OfficialRow, ...]:
    """People of these units: in office on the day, or all who ever were when ``on`` is None."""
    with store.read() as session:
        return officials_in(session, unit_ids, on)


def officials_in(session: Session, unit_ids: Collection[str], on: date | None = None) -> tuple[OfficialRow, ...]:
    names = {row.id: row.name for row in _units(session, Month.of(on or date.today()), unit_ids, only_valid=False)}  # noqa: DTZ011
    query = select(Official).where(col(Official.unit_id).in_(unit_ids))
    if on is not None:
        query = query.where(
            or_(col(Official.since).is_(None), col(Official.since) <= on),
            or_(col(Official.until).is_(None), col(Official.until) >= on),
        )
    rows = session.exec(query.order_by(col(Official.role), col(Official.position), col(Official.since)))
    return tuple(
        OfficialRow(r.id, r.unit_id, names.get(r.unit_id, ""), r.role, r.name, r.post, r.since, r.until, r.position)
        for r in rows
    )


def _units(
    session: Session, month: Month, unit_ids: Collection[str] | None, *, only_valid: bool
) -> tuple[UnitRow, ...]:
    latest = (
        select(UnitVersion.unit_id, func.max(UnitVersion.since).label("since"))
        .where(UnitVersion.since <= str(month))
        .group_by(UnitVersion.unit_id)
        .subquery()
    )
    first = (
        select(UnitVersion.unit_id, func.min(UnitVersion.since).label("since")).group_by(UnitVersion.unit_id).subquery()
    )
    query = (
        select(Unit, UnitVersion)
        .join(first, first.c.unit_id == Unit.id)
        .outerjoin(latest, latest.c.unit_id == Unit.id)
        .join(
            UnitVersion,
            (col(UnitVersion.unit_id) == Unit.id)
            & (col(UnitVersion.since) == func.coalesce(latest.c.since, first.c.since)),
        )
        .order_by(col(Unit.tier), col(Unit.position), col(Unit.code), col(UnitVersion.name))
    )
    if unit_ids is not None:
        query = query.where(col(Unit.id).in_(unit_ids))
    if only_valid:
        query = query.where(
            or_(col(Unit.valid_from).is_(None), col(Unit.valid_from) <= str(month)),
            or_(col(Unit.valid_to).is_(None), col(Unit.valid_to) >= str(month)),
        )
    return tuple(_row(unit, version) for unit, version in session.exec(query))


def _row(unit: Unit, version: UnitVersion) -> UnitRow:
    return UnitRow(
        unit.id,
        unit.tier,
        unit.code,
        version.name,
        version.initials,
        version.reports_to,
        unit.valid_from,
        unit.valid_to,
        unit.position,
        version.since,
    )
