"""The rows of enrolments and directives, as packages carry them: units, keys, recipients."""

from __future__ import annotations

from collections.abc import Collection

from sqlmodel import Session, col, select

from jindu_desk.domain.directives import RecipientKeyFields, RosterFields
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.store.tables import Recipient, Signer, Unit, UnitVersion

Rows = list[dict[str, object]]


def unit_rows(session: Session, unit_ids: Collection[str]) -> dict[str, Rows]:
    """The tables ``units`` and ``unit_versions`` of these units, with all their names and dates."""
    units = session.exec(select(Unit).where(col(Unit.id).in_(unit_ids)))
    versions = session.exec(select(UnitVersion).where(col(UnitVersion.unit_id).in_(unit_ids)))
    return {"units": [row.model_dump() for row in units], "unit_versions": [row.model_dump() for row in versions]}


def roster_rows(session: Session, unit_ids: Collection[str], *, own: str) -> Rows:
    """The table ``signers``: every key of these units, also revoked ones (an old package was signed with them).

    A key of ``own``'s that never proved itself stays out: it was made by an older program on a PC that is gone.
    """
    rows = session.exec(select(Signer).where(col(Signer.unit_id).in_(unit_ids)))
    return [
        row.model_dump(include=set(RosterFields.model_fields))
        for row in rows
        if row.unit_id != own or row.proof or row.revoked_at is not None
    ]


def recipient_rows(session: Session, unit_id: str) -> Rows:
    """The table ``recipients``: the age recipients of a unit that have not ended."""
    rows = session.exec(select(Recipient).where(Recipient.unit_id == unit_id, col(Recipient.ended_at).is_(None)))
    return [row.model_dump(include=set(RecipientKeyFields.model_fields)) for row in rows]


def directed_unit_rows(session: Session, own_id: str, month: Month) -> dict[str, Rows]:
    """The tables ``units`` and ``unit_versions`` of a directive: the sender and all that leads to it in ``month``,
    also units that have ended; of their versions those in which they reported within it."""
    above: dict[str, str | None] = {}
    for unit_id, since, superior in session.exec(
        select(UnitVersion.unit_id, UnitVersion.since, col(UnitVersion.reports_to)).order_by(UnitVersion.since)
    ):
        if unit_id not in above or since <= str(month):
            above[unit_id] = superior
    ids = {own_id}
    for _ in Tier:
        ids |= {unit_id for unit_id, superior in above.items() if superior in ids}
    tables = unit_rows(session, ids)
    tables["unit_versions"] = [
        row for row in tables["unit_versions"] if row["unit_id"] == own_id or row["reports_to"] in ids
    ]
    return tables
