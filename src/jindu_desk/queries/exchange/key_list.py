"""All keys on record, as a list for people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import select

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.packages.keys import fingerprint_groups
from jindu_desk.queries.units import own_unit_in, unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Signer


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key on record. ``compared_at`` None: nobody compared it, a key known before introduced it. ``signs``: this
    desk's own, in use. ``waits``: this desk's own that is to follow."""

    id: str
    unit_id: str
    unit_name: str
    own: bool
    signs: bool
    waits: bool
    fingerprint: str
    groups: tuple[str, ...]
    public_key: str
    keeper: str
    compared_at: datetime | None
    proven: bool
    valid_after: datetime | None
    valid_before: datetime | None
    revoked_at: datetime | None
    revoked_reason: str


def keys_on_record(store: Store) -> tuple[KeyRow, ...]:
    """Every key: this desk's own first, then its superior's, then by unit as the list has them; revoked ones last."""
    now = store.clock()
    with store.read() as session:
        month = Month.of(now.date())
        own = own_unit_in(session, month)
        own_id = own.unit.id if own else ""
        above = own.superior.id if own and own.superior else ""
        places: list[tuple[tuple[object, ...], KeyRow]] = []
        for row in session.exec(select(Signer)):
            unit = unit_in(session, row.unit_id, month)
            counts = row.revoked_at is None and (row.valid_before is None or row.valid_before > now)
            key = KeyRow(
                id=row.id,
                unit_id=row.unit_id,
                unit_name=unit.name if unit else "",
                own=row.own,
                signs=row.own and counts and row.compared_at is not None,
                waits=row.own and counts and row.compared_at is None,
                fingerprint=row.fingerprint,
                groups=fingerprint_groups(row.fingerprint),
                public_key=row.public_key,
                keeper=row.keeper,
                compared_at=row.compared_at,
                proven=bool(row.proof),
                valid_after=row.valid_after,
                valid_before=row.valid_before,
                revoked_at=row.revoked_at,
                revoked_reason=row.revoked_reason,
            )
            tier = list(Tier).index(unit.tier) if unit else len(Tier)
            place = (
                not row.own,
                row.unit_id != own_id,
                row.unit_id != above,
                tier,
                unit.position if unit else 0,
                row.unit_id,
                not counts,
                row.fingerprint,
            )
            places.append((place, key))
        return tuple(key for _, key in sorted(places, key=lambda pair: pair[0]))
