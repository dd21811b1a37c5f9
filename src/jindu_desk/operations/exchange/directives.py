"""Directives: what a district or the city directs its units, and how they follow it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sqlmodel import Session, SQLModel, col, delete, select

from jindu_desk.domain.changes import Subject
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_changes import changes_between
from jindu_desk.domain.units import Tier
from jindu_desk.errors import DeskError
from jindu_desk.errors.exchange import VERDICT_SENTENCES, NotADirector, RulesRefused
from jindu_desk.operations.exchange.enrolments import take_keys, take_recipients
from jindu_desk.operations.exchange.keys import own_keys
from jindu_desk.operations.exchange.projection import put_units, refuse_foreign_units
from jindu_desk.operations.exchange.recall import recall_packages
from jindu_desk.operations.exchange.writing import Outgoing, Placed, history_rows, placing
from jindu_desk.operations.rules import FIRST, refuse_unfit_rules_in
from jindu_desk.packages.rows import Rows
from jindu_desk.packages.verify import VerifiedPackage
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.direct import directive_tables_in
from jindu_desk.queries.rules import standing_in
from jindu_desk.queries.units import own_unit_in, unit_in
from jindu_desk.reports.exchange.said import lines_of_directive
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Deadline, RateTarget, RuleSet, Signer, Unit, UnitVersion

_SUBJECTS = (Subject.UNITS, Subject.TALLIES, Subject.EXPENSES, Subject.DUTIES, Subject.SETTINGS)


def write_directive(store: Store, vault: KeyVault, paths: FolderPaths, target: Path) -> Placed:
    """Write what binds the units below: list, keys, targets, deadlines, rules. One file serves them all.

    It is never encrypted: it holds nothing secret, and a unit that lost its key must still be able to read it. Raises
    `NotADirector` and what `writing.Placing.place` raises.
    """
    keys = own_keys(store, vault)
    recall_packages(store, paths, keys.signing.public.fingerprint)
    with placing(paths, keys, target) as files, store.write("write_directive") as w:
        own = own_unit_in(w.session, Month.of(w.now.date()))
        if own is None or own.unit.tier not in (Tier.CITY, Tier.DISTRICT):
            raise NotADirector
        outgoing = Outgoing(
            kind=PackageKind.DIRECTIVE,
            sender=own.unit,
            receiver=own.unit,
            tables={
                "history": history_rows(w.session, PackageKind.DIRECTIVE, own.unit, own.unit),
                **directive_tables_in(w.session, own.unit.id, Month.of(w.now.date())),
            },
        )
        placed = files.place(w, outgoing)
        w.note(Subject.EXCHANGE, f"directive:{placed.number}", {"descriptor": placed.descriptor_sha256})
    return placed


def apply_directive(w: Write, package: VerifiedPackage) -> str:
    """Follow a superior's directive. Returns what it changed here, one sentence a line.

    Raises `RulesRefused` where its rules cannot be read or contradict what was filled by earlier ones.
    """
    session, tables, superior = w.session, package.tables, package.descriptor.stream
    own = own_unit_in(session, Month.of(w.now.date()))
    assert own is not None  # noqa: S101 - a folder without a unit receives nothing
    before = standing_in(session)
    units = _follow_units(session, own.unit.id, superior, tables["units"], tables["unit_versions"])
    of_superior = [row for row in tables["signers"] if row["unit_id"] == superior]
    of_own = [row for row in tables["signers"] if row["unit_id"] == own.unit.id]
    added, revoked = take_keys(w, superior, of_superior)
    _, ended = take_keys(w, own.unit.id, of_own)
    fresh, _ = take_recipients(w, superior, tables["recipients"])
    _replace(session, RateTarget, superior, tables["targets"])
    _replace(session, Deadline, superior, tables["deadlines"])
    _replace(session, RuleSet, superior, tables["rules"])
    try:
        refuse_unfit_rules_in(session, FIRST)
        after = standing_in(session)
    except DeskError as error:
        raise RulesRefused(reason=str(error)) from error
    lines = lines_of_directive(
        changes_between(before, after),
        units=units,
        keys=added,
        revoked=[*revoked, *ended],
        recipients=len(fresh),
        own_key_listed=_lists_own_key(session, own.unit.id, of_own),
    )
    w.note(Subject.EXCHANGE, superior, {"directive": package.descriptor.number, "changes": len(lines)})
    for subject in _SUBJECTS:
        w.note(subject)
    said = VERDICT_SENTENCES["directed" if lines else "directed_same"].format(
        number=package.descriptor.number, count=len(lines)
    )
    return "\n".join((said, *lines))


def apply_roster(w: Write, package: VerifiedPackage) -> str:
    """Keep the keys of the units of a unit below, as its directive lists them: its reports bring their packages.

    Raises `VillageOfOther`, `SenderNotBelow`.
    """
    about, tables = package.descriptor, package.tables
    own = own_unit_in(w.session, Month.of(w.now.date()))
    assert own is not None  # noqa: S101 - a folder without a unit receives nothing
    refuse_foreign_units(w.session, package, own.unit.id, Month.of(w.now.date()))
    put_units(w.session, about.stream, tables["units"], tables["unit_versions"], newest=True)
    added: list[str] = []
    for unit_id in sorted({str(row["unit_id"]) for row in tables["signers"]}):
        fresh, _ = take_keys(w, unit_id, [row for row in tables["signers"] if row["unit_id"] == unit_id])
        added += fresh
    take_recipients(w, about.stream, tables["recipients"])
    w.note(Subject.EXCHANGE, about.stream, {"roster": about.number, "keys": added})
    w.note(Subject.UNITS)
    return VERDICT_SENTENCES["rosters"].format(number=about.number, keys=len(added))


def _follow_units(session: Session, own: str, superior: str, units: Rows, versions: Rows) -> list[str]:
    """Bring this desk's unit, its superior and its villages in line with the superior's list. Returns what changed:
    the names.

    A village that the list does not have stays: it was added here and has not been reported yet. What is called
    otherwise from a later month on than the list knows stays too.
    """
    month = max((str(row["since"]) for row in versions), default="")
    above = _superiors(versions)
    known = set(session.exec(select(Unit.id)))
    ours = {own, superior, *(unit for unit, superiors in above.items() if own in superiors or unit in known)}
    # A village that moves on has somebody new to report to, who must be on record too.
    ours |= {to for unit in ours if unit in above for to in above[unit] if to is not None and to in above}
    changed: list[str] = []
    rows = [row for row in units if str(row["id"]) in ours]
    for row in sorted(rows, key=lambda row: list(Tier).index(Tier(str(row["tier"])))):
        if _put_unit(session, row):
            changed.append(str(row["id"]))
    session.flush()
    for row in versions:
        if str(row["unit_id"]) in ours and _put_version(session, row):
            changed.append(str(row["unit_id"]))
    session.flush()
    now = Month.parse(month) if month else FIRST
    names = [unit_in(session, unit_id, now) for unit_id in dict.fromkeys(changed)]
    return [unit.name for unit in names if unit is not None]


def _superiors(versions: Rows) -> dict[str, set[str | None]]:
    """unit id → everybody it ever reported to."""
    found: dict[str, set[str | None]] = {}
    for row in versions:
        above = row["reports_to"]
        found.setdefault(str(row["unit_id"]), set()).add(None if above is None else str(above))
    return found


def _put_unit(session: Session, row: Mapping[str, object]) -> bool:
    there = session.get(Unit, row["id"])
    if there is None:
        session.add(Unit.model_validate(dict(row)))
        return True
    # Nothing said about an end is no word against one that was recorded here.
    wanted = {
        "code": row["code"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"] if row["valid_to"] is not None else there.valid_to,
    }
    if all(getattr(there, name) == value for name, value in wanted.items()):
        return False
    there.sqlmodel_update(wanted)
    session.add(there)
    return True


def _put_version(session: Session, row: Mapping[str, object]) -> bool:
    there = session.get(UnitVersion, (row["unit_id"], row["since"]))
    above = row["reports_to"]
    if above is not None and session.get(Unit, above) is None:
        return False
    if there is not None and (there.name, there.reports_to) == (row["name"], above):
        return False
    session.merge(UnitVersion.model_validate(dict(row)))
    return True


def _replace(session: Session, table: type[RateTarget | Deadline | RuleSet], superior: str, rows: Rows) -> None:
    session.execute(delete(table).where(col(table.unit_id) == superior))
    session.flush()
    made: list[SQLModel] = [table.model_validate({"unit_id": superior, **row}) for row in rows]
    session.add_all(made)
    session.flush()


def _lists_own_key(session: Session, unit_id: str, listed: Collection[Mapping[str, object]]) -> bool:
    """Whether the superior knows a key that this desk signs with; also where this desk has none yet."""
    own = session.exec(
        select(Signer.public_key).where(
            Signer.unit_id == unit_id, col(Signer.own).is_(True), col(Signer.revoked_at).is_(None)
        )
    ).all()
    return not own or bool({row["public_key"] for row in listed if row["revoked_at"] is None} & set(own))
