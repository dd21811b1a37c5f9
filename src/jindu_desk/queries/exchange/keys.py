"""Keys of this desk and of others, as rows; the roster against which packages are checked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.packages.keys import PublicKey, fingerprint_groups
from jindu_desk.packages.roster import ALL_NAMESPACES, Roster, RosterKey, read_roster, write_revoked, write_roster
from jindu_desk.queries.readiness import own_signer_in
from jindu_desk.queries.units import officials_in, own_unit_in, unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Signer, Unit

_FROM_BELOW = frozenset({PackageKind.ENROLMENT.namespace, PackageKind.REPORT.namespace})
_FROM_ABOVE = frozenset({PackageKind.DIRECTIVE.namespace, PackageKind.ANSWER.namespace})
_FROM_DISTRICT = _FROM_BELOW | {PackageKind.DIRECTIVE.namespace}


@dataclass(frozen=True, slots=True)
class SignerRow:
    """A key of a unit. ``groups``: the fingerprint as people read it to each other."""

    id: str
    unit_id: str
    unit_name: str
    fingerprint: str
    groups: tuple[str, ...]
    public_key: str
    keeper: str
    compared_at: datetime | None
    revoked_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class KeyOffered:
    """A key that somebody wants to enrol, before it is compared. ``unit_id`` where the line names it."""

    public_key: str
    fingerprint: str
    groups: tuple[str, ...]
    unit_id: str
    keeper: str


def signers(store: Store) -> tuple[SignerRow, ...]:
    """All keys on record: this desk's own first, then by unit."""
    with store.read() as session:
        month = Month.of(store.clock().date())
        rows = []
        for row in session.exec(select(Signer).order_by(col(Signer.own).desc(), Signer.unit_id, Signer.fingerprint)):
            unit = unit_in(session, row.unit_id, month)
            rows.append(_signer_row(row, unit.name if unit else ""))
        return tuple(rows)


def likely_keepers(store: Store, unit_ids: Collection[str]) -> dict[str, str]:
    """Who may keep a unit's key, where its full-time staff are known: a proposal for the form that asks."""
    with store.read() as session:
        known = officials_in(session, unit_ids, store.clock().date())
        return {row.unit_id: row.name for row in reversed(known) if row.role is Role.FULL_TIME_STAFF}


def own_signer(store: Store) -> SignerRow | None:
    """This desk's key as others must enrol it: the newest that counts."""
    with store.read() as session:
        own = own_unit_in(session, Month.of(store.clock().date()))
        row = own_signer_in(session, own.unit.id) if own else None
        return _signer_row(row, own.unit.name) if row and own else None


def read_key(text: str) -> KeyOffered:
    """Read a public key line or a line of ``allowed_signers``. Raises `NotAPublicKey`, `RosterUnreadable`."""
    line = " ".join(text.split())
    if line.startswith("ssh-"):
        key, unit_id, keeper = PublicKey.parse(line), "", line.split(" ", 2)[2] if line.count(" ") > 1 else ""
    else:
        roster = read_roster(line)
        if not roster.keys:
            key, unit_id, keeper = PublicKey.parse(line), "", ""
        else:
            key, unit_id, keeper = roster.keys[0].key, roster.keys[0].unit_id, roster.keys[0].keeper
    return KeyOffered(key.line, key.fingerprint, fingerprint_groups(key.fingerprint), unit_id, keeper)


def key_line(row: SignerRow) -> str:
    """The line that another desk enrols: who, what, kept by whom."""
    return write_roster([RosterKey(row.unit_id, PublicKey.parse(row.public_key), row.keeper)]).strip()


def roster_in(session: Session) -> Roster:
    """Whose packages are trusted here: lower units for reports, higher ones for directives, own keys for all."""
    own = own_unit_in(session, Month(2099, 12))
    tiers = list(Tier)
    keys: list[RosterKey] = []
    revoked: set[PublicKey] = set()
    for signer, tier in session.exec(select(Signer, Unit.tier).join(Unit, col(Unit.id) == Signer.unit_id)):
        key = PublicKey.parse(signer.public_key)
        if signer.revoked_at is not None:
            revoked.add(key)
        spaces = ALL_NAMESPACES
        if not signer.own and own is not None:
            below = tiers.index(Tier(tier)) > tiers.index(own.unit.tier)
            of_below = _FROM_DISTRICT if Tier(tier) is Tier.DISTRICT else _FROM_BELOW
            spaces = of_below if below else _FROM_ABOVE
        keys.append(RosterKey(signer.unit_id, key, signer.keeper, spaces, signer.valid_after, signer.valid_before))
    return Roster(tuple(keys), frozenset(revoked))


def roster_texts(store: Store) -> tuple[str, str]:
    """(``allowed_signers``, revoked keys) for whoever wants to check packages with ssh-keygen."""
    with store.read() as session:
        roster = roster_in(session)
    return write_roster(roster.keys), write_revoked(roster.revoked)


def _signer_row(row: Signer, unit_name: str) -> SignerRow:
    return SignerRow(
        row.id,
        row.unit_id,
        unit_name,
        row.fingerprint,
        fingerprint_groups(row.fingerprint),
        row.public_key,
        row.keeper,
        row.compared_at,
        row.revoked_at,
        row.own,
    )
