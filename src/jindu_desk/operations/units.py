"""Units and people in office: set up a folder, rename from a month on, end, add."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import OfficialFields, Role, Tier, UnitFields, UnitVersionFields, new_unit_id
from jindu_desk.errors.units import (
    AlreadySetUp,
    NoUnitsBelow,
    OfficialUnknown,
    TermBackwards,
    UnitHasFigures,
    UnitNameTaken,
    UnitStartsLater,
    UnknownUnit,
)
from jindu_desk.queries.shipped_units import initials_of
from jindu_desk.queries.units import UnitRow, unit_in, units_below_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Cell, Official, Profile, Unit, UnitVersion

# Units of the first setup have always been there, as far as the records go.
_EVER = "2000-01"


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A unit to be made. ``id`` is kept for a unit of the shipped list, so that all copies mean the same one."""

    name: str
    tier: Tier
    code: str = ""
    id: str = ""
    initials: str = ""
    reports_to: str | None = None


@dataclass(frozen=True, slots=True)
class OfficialDraft:
    unit_id: str
    role: Role
    name: str
    post: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the first start asks. ``below``: villages of a township, townships of a district.

    Officials of the unit itself carry ``unit_id`` "" when its id is not known yet.
    """

    own: UnitDraft
    superior: UnitDraft | None
    below: Sequence[UnitDraft]
    officials: Sequence[OfficialDraft]
    keeper: str
    demo: bool = False


def set_up_folder(store: Store, wanted: SetUp) -> Changes:
    """Give an empty folder its unit. Raises `AlreadySetUp`, `NoUnitsBelow`, or a `DeskError` about a field."""
    if not wanted.below:
        raise NoUnitsBelow
    keeper = _name_of_keeper(wanted.keeper)
    store.actor = keeper
    with store.write("set_up_folder") as w:
        known = w.session.exec(select(Profile)).one_or_none()
        if known is not None:
            own = unit_in(w.session, known.unit_id, Month.of(w.now.date()))
            raise AlreadySetUp(unit=own.name if own else known.unit_id)
        superior_id = _insert_unit(w, wanted.superior, None, _EVER, 0) if wanted.superior else None
        own_id = _insert_unit(w, wanted.own, superior_id, _EVER, 0)
        for position, draft in enumerate(wanted.below):
            _insert_unit(w, draft, own_id, _EVER, position)
        for position, official in enumerate(wanted.officials):
            _insert_official(w, official, official.unit_id or own_id, position)
        w.session.add(
            Profile.model_validate(
                {
                    "folder_id": str(uuid.uuid4()),
                    "unit_id": own_id,
                    "keeper": keeper,
                    "created_at": w.now,
                    "demo": wanted.demo,
                }
            )
        )
        w.note(Subject.SETTINGS, own_id, {"keeper": keeper})
        return w.changes(own_id)


def add_unit(store: Store, draft: UnitDraft, superior_id: str, since: Month) -> Changes:
    """Add a unit that exists from ``since`` on. Raises `UnitNameTaken` or an error about a field."""
    with store.write("add_unit") as w:
        position = len(units_below_in(w.session, superior_id, since))
        key = _insert_unit(w, draft, superior_id, str(since), position, valid_from=str(since))
        return w.changes(key)


def rename_unit(store: Store, unit_id: str, since: Month, *, name: str, initials: str = "") -> Changes:
    """The unit is called ``name`` from ``since`` on; older papers keep the older name."""
    with store.write("rename_unit") as w:
        unit = _found(w.session, unit_id, since)
        if name.strip() != unit.name:
            _refuse_taken(w.session, name, unit.reports_to, since)
        _put_version(w, unit, since, name=name, initials=initials or initials_of(name), reports_to=unit.reports_to)
        return w.changes(unit_id)


def move_unit(store: Store, unit_id: str, since: Month, *, reports_to: str) -> Changes:
    """The unit reports to ``reports_to`` from ``since`` on."""
    with store.write("move_unit") as w:
        unit = _found(w.session, unit_id, since)
        _found(w.session, reports_to, since)
        _put_version(w, unit, since, name=unit.name, initials=unit.initials, reports_to=reports_to)
        return w.changes(unit_id)


def report_to(store: Store, superior: UnitDraft, since: Month) -> Changes:
    """The folder's own unit reports to ``superior`` from ``since`` on; one that is not on record is added."""
    with store.write("report_to") as w:
        own = _found(w.session, w.session.exec(select(Profile)).one().unit_id, since)
        if superior.id and w.session.get(Unit, superior.id) is not None:
            superior_id = superior.id
        else:
            superior_id = _insert_unit(w, superior, None, _EVER, 0)
        _put_version(w, own, since, name=own.name, initials=own.initials, reports_to=superior_id)
        return w.changes(own.id)


def end_unit(store: Store, unit_id: str, last: Month) -> Changes:
    """``last`` is the unit's last month. Raises `UnitHasFigures` where later months are filled."""
    with store.write("end_unit") as w:
        unit = _found(w.session, unit_id, last)
        if unit.valid_from and str(last) < unit.valid_from:
            raise UnitStartsLater(name=unit.name, since=unit.valid_from, month=str(last))
        later = w.session.exec(
            select(func.count()).select_from(Cell).where(Cell.unit_id == unit_id, Cell.month > str(last))
        ).one()
        if later:
            raise UnitHasFigures(name=unit.name, month=str(last.next))
        row = w.session.get_one(Unit, unit_id)
        row.valid_to = str(last)
        w.note(Subject.UNITS, unit_id, {"valid_to": str(last)})
        return w.changes(unit_id)


def reopen_unit(store: Store, unit_id: str) -> Changes:
    """Take an end back."""
    with store.write("reopen_unit") as w:
        row = w.session.get(Unit, unit_id)
        if row is None:
            raise UnknownUnit(unit=unit_id)
        row.valid_to = None
        w.note(Subject.UNITS, unit_id, {"valid_to": None})
        return w.changes(unit_id)


def order_units(store: Store, unit_ids: Sequence[str]) -> Changes:
    """Show the units in this order from now on."""
    with store.write("order_units") as w:
        for position, unit_id in enumerate(unit_ids):
            w.session.get_one(Unit, unit_id).position = position
        w.note(Subject.UNITS, "", {"order": list(unit_ids)})
        return w.changes()


def add_official(store: Store, draft: OfficialDraft) -> Changes:
    """Put a person on record. Raises `TermBackwards` or an error about a field."""
    with store.write("add_official") as w:
        count = w.session.exec(select(func.count()).select_from(Official)).one()
        return w.changes(_insert_official(w, draft, draft.unit_id, count))


def change_official(store: Store, official_id: str, draft: OfficialDraft) -> Changes:
    """Correct a person's record. A successor is a new record; the predecessor gets an ``until``."""
    with store.write("change_official") as w:
        row = w.session.get(Official, official_id)
        if row is None:
            raise OfficialUnknown
        fields = _official_fields(draft, draft.unit_id, row.position)
        for name, value in fields.model_dump().items():
            setattr(row, name, value)
        w.note(Subject.UNITS, official_id, fields.model_dump())
        return w.changes(official_id)


def remove_official(store: Store, official_id: str) -> Changes:
    """Remove a record made by mistake. Who leaves office gets an ``until`` instead."""
    with store.write("remove_official") as w:
        row = w.session.get(Official, official_id)
        if row is None:
            raise OfficialUnknown
        w.session.delete(row)
        w.note(Subject.UNITS, official_id, {"removed": True, "name": row.name})
        return w.changes(official_id)


def change_keeper(store: Store, keeper: str) -> Changes:
    """The person at this PC changes."""
    with store.write("change_keeper") as w:
        profile = w.session.exec(select(Profile)).one()
        profile.keeper = _name_of_keeper(keeper)
        w.note(Subject.SETTINGS, profile.unit_id, {"keeper": profile.keeper})
        store.actor = profile.keeper
        return w.changes()


def _name_of_keeper(keeper: str) -> str:
    """As of any official: never empty, never a number."""
    return OfficialFields.read({"unit_id": "own", "role": Role.FULL_TIME_STAFF, "name": keeper}).name


def _insert_unit(
    w: Write, draft: UnitDraft, superior_id: str | None, since: str, position: int, *, valid_from: str | None = None
) -> str:
    unit_id = draft.id or new_unit_id()
    reports_to = draft.reports_to or superior_id
    version = UnitVersionFields.read(
        {
            "unit_id": unit_id,
            "since": since,
            "name": draft.name,
            "initials": draft.initials or initials_of(draft.name),
            "reports_to": reports_to,
        }
    )
    if w.session.get(Unit, unit_id) is not None:
        raise UnitNameTaken(name=draft.name)
    _refuse_taken(w.session, version.name, reports_to, Month.parse(since))
    fields = UnitFields.read({"tier": draft.tier, "code": draft.code, "position": position, "valid_from": valid_from})
    w.session.add(Unit.model_validate({"id": unit_id, **fields.model_dump()}))
    w.session.flush()
    w.session.add(UnitVersion.model_validate(version.model_dump()))
    w.session.flush()
    w.note(Subject.UNITS, unit_id, {"name": version.name, "tier": draft.tier.value, "since": since})
    return unit_id


def _refuse_taken(session: Session, name: str, superior_id: str | None, since: Month) -> None:
    if superior_id and any(row.name == name.strip() for row in units_below_in(session, superior_id, since)):
        raise UnitNameTaken(name=name.strip())


def _put_version(w: Write, unit: UnitRow, since: Month, *, name: str, initials: str, reports_to: str | None) -> None:
    fields = UnitVersionFields.read(
        {"unit_id": unit.id, "since": str(since), "name": name, "initials": initials, "reports_to": reports_to}
    )
    w.session.merge(UnitVersion.model_validate(fields.model_dump()))
    w.note(Subject.UNITS, unit.id, fields.model_dump())


def _insert_official(w: Write, draft: OfficialDraft, unit_id: str, position: int) -> str:
    fields = _official_fields(draft, unit_id, position)
    if w.session.exec(select(Unit.id).where(col(Unit.id) == unit_id)).one_or_none() is None:
        raise UnknownUnit(unit=unit_id)
    official_id = str(uuid.uuid4())
    w.session.add(Official.model_validate({"id": official_id, **fields.model_dump()}))
    w.note(Subject.UNITS, official_id, fields.model_dump())
    return official_id


def _official_fields(draft: OfficialDraft, unit_id: str, position: int) -> OfficialFields:
    if draft.since and draft.until and draft.until < draft.since:
        raise TermBackwards(name=draft.name)
    return OfficialFields.read(
        {
            "unit_id": unit_id,
            "role": draft.role,
            "name": draft.name,
            "post": draft.post,
            "since": draft.since,
            "until": draft.until,
            "position": position,
        }
    )


def _found(session: Session, unit_id: str, month: Month) -> UnitRow:
    unit = unit_in(session, unit_id, month)
    if unit is None:
        raise UnknownUnit(unit=unit_id)
    return unit
