"""Units as they are in a month, and the people in office on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, or_, select

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors.folder import NotSetUp
from jindu_desk.store.bulk import ask
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


def units_in(session: Session, unit_ids: Collection[str], month: Month) -> dict[str, UnitRow]:
    """Those of the units that are on record, each as `unit_in`."""
    return {row.id: row for row in _units(session, month, unit_ids, only_valid=False)}


def units_below(store: Store, unit_id: str, month: Month) -> tuple[UnitRow, ...]:
    """The units that report to ``unit_id`` and exist in ``month``: a township's villages, a district's townships."""
    with store.read() as session:
        return units_below_in(session, unit_id, month)


def units_below_in(session: Session, unit_id: str, month: Month) -> tuple[UnitRow, ...]:
    versions = (UnitRow(*row) for row in ask(session, _EVER_BELOW, {"superior": unit_id}))
    return tuple(row for row in _as_in(versions, month, only_valid=True) if row.reports_to == unit_id)


def townships_of_in(session: Session, unit: UnitRow, month: Month) -> list[UnitRow]:
    """A township itself; of a unit above it all townships below; of a village none."""
    if unit.tier in (Tier.TOWNSHIP, Tier.VILLAGE):
        return [unit] if unit.tier is Tier.TOWNSHIP else []
    below = units_below_in(session, unit.id, month)
    return [township for each in below for township in townships_of_in(session, each, month)]


def unit_and_below_in(session: Session, unit_id: str, month: Month) -> tuple[UnitRow | None, tuple[UnitRow, ...]]:
    """`unit_in` and `units_below_in` at once."""
    versions = [UnitRow(*row) for row in ask(session, _IT_AND_EVER_BELOW, {"superior": unit_id})]
    rows = _as_in(versions, month, only_valid=False)
    valid = {row.id for row in _as_in(versions, month, only_valid=True)}
    below = tuple(row for row in rows if row.reports_to == unit_id and row.id in valid)
    return next((row for row in rows if row.id == unit_id), None), below


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


# Made once: a district asks for its units at every package, and putting a query together costs more than running it.
_VERSIONS = select_columns(
    col(Unit.id),
    col(Unit.tier),
    col(Unit.code),
    col(UnitVersion.name),
    col(UnitVersion.initials),
    col(UnitVersion.reports_to),
    col(Unit.valid_from),
    col(Unit.valid_to),
    col(Unit.position),
    col(UnitVersion.since),
).join(UnitVersion, col(UnitVersion.unit_id) == Unit.id)
_ALL = _VERSIONS.order_by(col(UnitVersion.since))
_SOME = _ALL.where(col(Unit.id).in_(bindparam("ids", expanding=True)))
_EVER_BELOW = _ALL.where(
    col(Unit.id).in_(select(UnitVersion.unit_id).where(UnitVersion.reports_to == bindparam("superior")))
)
_IT_AND_EVER_BELOW = _ALL.where(
    or_(
        col(Unit.id) == bindparam("superior"),
        col(Unit.id).in_(select(UnitVersion.unit_id).where(UnitVersion.reports_to == bindparam("superior"))),
    )
)
_BATCH = 400  # ids per statement: SQLite binds at most 999 on old builds


def _units(
    session: Session, month: Month, unit_ids: Collection[str] | None, *, only_valid: bool
) -> tuple[UnitRow, ...]:
    return _as_in(_versions(session, unit_ids), month, only_valid=only_valid)


def _as_in(versions: Iterable[UnitRow], month: Month, *, only_valid: bool) -> tuple[UnitRow, ...]:
    """The units of ``versions`` (oldest first) by tier, position, code and name; each by the version that holds in
    ``month``, or by its first."""
    wanted, found = str(month), dict[str, UnitRow]()
    for version in versions:
        if version.id not in found or version.since <= wanted:
            found[version.id] = version
    rows = (
        row
        for row in found.values()
        if not only_valid or (row.valid_from or wanted) <= wanted <= (row.valid_to or wanted)
    )
    return tuple(sorted(rows, key=lambda row: (row.tier.name, row.position, row.code, row.name)))


def _versions(session: Session, unit_ids: Collection[str] | None) -> Iterator[UnitRow]:
    """Oldest first."""
    if unit_ids is None:
        yield from (UnitRow(*row) for row in ask(session, _ALL))
        return
    ids = sorted(unit_ids)
    for at in range(0, len(ids), _BATCH):
        yield from (UnitRow(*row) for row in ask(session, _SOME, {"ids": ids[at : at + _BATCH]}))
