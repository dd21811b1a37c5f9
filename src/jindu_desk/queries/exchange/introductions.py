"""Whether this desk and those it deals with know each other's keys: what is left to do before packages can go."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.queries.exchange.chains import held_snapshot_in
from jindu_desk.queries.readiness import own_signer_in
from jindu_desk.queries.units import own_unit_in, units_below_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Signer


@dataclass(frozen=True, slots=True)
class Introductions:
    """``has_key``: this desk has a key that counts. ``undirected``: the superior's name while no directive of it was
    read, else "". ``strangers``: units below of which no key counts here."""

    has_key: bool
    undirected: str
    strangers: tuple[str, ...]

    @property
    def complete(self) -> bool:
        return self.has_key and not self.undirected and not self.strangers


def introductions(store: Store) -> Introductions:
    """By what is on record; the vault is not asked, as it may want to be unlocked."""
    with store.read() as session:
        month = Month.of(store.clock().date())
        own = own_unit_in(session, month)
        if own is None:
            return Introductions(False, "", ())
        above = own.superior
        directed = above is None or held_snapshot_in(session, PackageKind.DIRECTIVE, above.id) is not None
        return Introductions(
            has_key=own_signer_in(session, own.unit.id) is not None,
            undirected=above.name if above is not None and not directed else "",
            strangers=() if own.unit.tier is Tier.TOWNSHIP else _strangers(session, own.unit.id, month),
        )


def _strangers(session: Session, own_id: str, month: Month) -> tuple[str, ...]:
    known = set(session.exec(select(Signer.unit_id).where(col(Signer.revoked_at).is_(None))))
    return tuple(unit.name for unit in units_below_in(session, own_id, month) if unit.id not in known)
