"""What the next directive says, and how that differs from the last one that was written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from jindu_desk.domain.directives import RecipientKeyFields, RosterFields
from jindu_desk.domain.duty_rules import DATED, DutyRule, SetDate, month_and_day, shipped_duties
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import FIRST_YEAR, Month
from jindu_desk.domain.rule_changes import RuleChange, RulesAt, changes_between
from jindu_desk.domain.rule_files import read_expense_rules, read_rules, version_of
from jindu_desk.domain.rule_sets import DeadlineFields, RuleName, RuleSetFields, TargetFields
from jindu_desk.domain.units import Tier
from jindu_desk.packages.keys import PublicKey, fingerprint_groups
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.exchange.answers import CHAINED
from jindu_desk.queries.exchange.chains import last_sent_in
from jindu_desk.queries.exchange.direct_changes import (
    ListChange,
    Tables,
    list_changes,
    names_of,
    version_at,
    versions_of,
)
from jindu_desk.queries.exchange.rows import Rows, directed_unit_rows, recipient_rows, roster_rows
from jindu_desk.queries.exchange.sent_copies import sent_package
from jindu_desk.queries.rules import (
    deadlines_to_direct_in,
    rules_to_direct_in,
    shipped_texts,
    targets_to_direct_in,
    texts_in,
)
from jindu_desk.queries.units import own_unit_in, unit_in
from jindu_desk.store.engine import Store
from jindu_desk.store.tables import Received, RuleSet, Sent

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DirectedUnit:
    """A unit as the directive lists it. ``later``: (month, name, superior's name) of versions to come."""

    id: str
    name: str
    tier: Tier
    code: str
    superior: str
    valid_from: str
    valid_to: str
    later: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class DirectedKey:
    """A key as the directive lists it. ``proven``: its holder has shown that the private half is there."""

    unit_name: str
    groups: tuple[str, ...]
    keeper: str
    proven: bool
    valid_before: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class DirectedRecipient:
    recipient: str
    keeper: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rule file as it holds in the month asked for. ``since`` and ``set_by`` are "" where the program ships it;
    ``later``: (month, version) of what is set for later."""

    name: RuleName
    version: str
    since: str
    set_by: str
    own: bool
    later: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Directive:
    """What `operations.exchange.directives.write_directive` would write now, as number ``number``.

    ``last``: when and as which number it was last written; None where it never was. ``compared`` is False where the
    kept copy of that one is gone, so that nobody can say what changed. ``standing``: rules, targets and deadlines from
    the oldest month on.
    """

    today: date
    number: int
    last: tuple[int, datetime] | None
    compared: bool
    units: tuple[DirectedUnit, ...]
    keys: tuple[DirectedKey, ...]
    recipients: tuple[DirectedRecipient, ...]
    files: tuple[RuleFile, ...]
    standing: tuple[RulesAt, ...]
    list_changes: tuple[ListChange, ...]
    rule_changes: tuple[RuleChange, ...]

    @property
    def changes(self) -> int:
        return len(self.list_changes) + len(self.rule_changes)


def directive_tables_in(session: Session, own_id: str, month: Month) -> dict[str, Rows]:
    """The tables of a directive of ``own_id``'s, but for ``history``."""
    units = directed_unit_rows(session, own_id, month)
    ids = [str(row["id"]) for row in units["units"]]
    return {
        **units,
        "signers": roster_rows(session, ids, own=own_id),
        "recipients": recipient_rows(session, own_id),
        "targets": [fields.model_dump() for fields in targets_to_direct_in(session)],
        "deadlines": [fields.model_dump() for fields in deadlines_to_direct_in(session)],
        "rules": [fields.model_dump() for fields in rules_to_direct_in(session)],
    }


def next_directive(store: Store, paths: FolderPaths, month: Month) -> Directive | None:
    """None before the first start is finished. ``month``: for which the units and rule files are shown.

    Raises what the readers of rules raise.
    """
    today = store.clock().date()
    with store.read() as session:
        own = own_unit_in(session, Month.of(today))
        if own is None:
            return None
        tables = directive_tables_in(session, own.unit.id, Month.of(today))
        last = last_sent_in(session, own.unit.id, PackageKind.DIRECTIVE, own.unit.id)
        before = _kept_tables(paths, last) if last else None
        standing = standing_of(tables)
        was = standing_of(before) if before is not None else standing_of({}) if last is None else standing
        return Directive(
            today=today,
            number=(last.number if last else 0) + 1,
            last=(last.number, last.sent_at) if last else None,
            compared=last is None or before is not None,
            units=_units(tables, str(month)),
            keys=_keys(tables, str(month)),
            recipients=_recipients(tables),
            files=_files_in(session, month, own.unit.id),
            standing=standing,
            list_changes=() if before is None else list_changes(before, tables),
            rule_changes=changes_between(was, standing),
        )


def rule_text(store: Store, name: RuleName, month: Month) -> str:
    """A rule file as it is written, for ``month``."""
    with store.read() as session:
        return texts_in(session, month)[name]


def reported_months(store: Store, stream: str) -> tuple[str, ...]:
    """The months that a unit below has reported and that can be unlocked, newest first."""
    with store.read() as session:
        query = select(Received.period).where(
            Received.stream == stream, Received.kind == PackageKind.REPORT, col(Received.verdict).in_(CHAINED)
        )
        return tuple(sorted({period for period in session.exec(query) if period}, reverse=True))


def value_at(standing: Sequence[RulesAt], month: str, value: Callable[[RulesAt], T]) -> T:
    """What holds in ``month``."""
    return value(next((at for at in reversed(standing) if at.since <= month), standing[0]))


def values_after(standing: Sequence[RulesAt], month: str, value: Callable[[RulesAt], T]) -> tuple[tuple[str, T], ...]:
    """(month, what begins to hold then), for every month after ``month`` in which it changes."""
    found: list[tuple[str, T]] = []
    held = value_at(standing, month, value)
    for at in standing:
        if at.since > month and value(at) != held:
            held = value(at)
            found.append((at.since, held))
    return tuple(found)


def standing_of(tables: Tables) -> tuple[RulesAt, ...]:
    """What a directive with these tables makes hold where nothing else is set, oldest first."""
    sets = [_read(RuleSetFields, row) for row in tables.get("rules", ())]
    targets = [_read(TargetFields, row) for row in tables.get("targets", ())]
    dates = [_read(DeadlineFields, row) for row in tables.get("deadlines", ())]
    begun = [row.since for row in sets] + [row.since for row in targets] + [row.since for row in dates]
    months = {str(Month(FIRST_YEAR, 1)), *begun}
    duties = [rule for rule in shipped_duties() if rule.rhythm in DATED]
    found = []
    for month in sorted(months):
        texts = dict(shipped_texts()) | {row.name: row.text for row in _begun(sets, month)}
        found.append(
            RulesAt(
                since=month,
                rules=read_rules(texts),
                expenses=read_expense_rules(texts[RuleName.EXPENSES]),
                targets={row.rate: row.target for row in _begun(targets, month)},
                deadlines={rule.code: _date_text(rule, dates, month) for rule in duties},
                duties={rule.code: rule.title for rule in duties},
            )
        )
    return tuple(found)


R = TypeVar("R", RuleSetFields, TargetFields, DeadlineFields)


def _read(fields: type[R], row: Mapping[str, object]) -> R:
    return fields.read({name: row[name] for name in fields.model_fields})


def _begun(rows: Sequence[R], month: str) -> list[R]:
    """Those that hold in ``month`` or did before, oldest first: the last of each thing is the one in force."""
    return sorted((row for row in rows if row.since <= month), key=lambda row: row.since)


def _date_text(rule: DutyRule, dates: Sequence[DeadlineFields], month: str) -> str:
    held = [row for row in _begun(dates, month) if row.duty == rule.code][-1:]
    for row in held:
        days = tuple(month_and_day(day) for day in row.due.split())
        rule = replace(rule, dates=(SetDate(row.since, row.days, days),)).in_period(row.since)
    return " ".join(f"{number:02}-{day:02}" for number, day in rule.due) or str(rule.days)


def _kept_tables(paths: FolderPaths, last: Sent) -> Tables | None:
    """The tables of a directive as it was signed; None where its copy is gone or another."""
    package = sent_package(paths, last)
    return package.tables if package is not None else None


def _files_in(session: Session, month: Month, own_id: str) -> tuple[RuleFile, ...]:
    """One row for each file. The versions are those of the texts, so that a damaged row cannot hide."""
    texts, timeline = texts_in(session, month), rules_to_direct_in(session)
    found = []
    for name in RuleName:
        held = [row for row in timeline if row.name is name and row.since <= str(month)][-1:]
        since = held[0].since if held else ""
        setters = session.exec(select(RuleSet.unit_id).where(RuleSet.name == name, RuleSet.since == since)).all()
        by = own_id if own_id in setters else next(iter(setters), "")
        unit = unit_in(session, by, month) if by else None
        later = tuple((row.since, row.version) for row in timeline if row.name is name and row.since > str(month))
        found.append(
            RuleFile(
                name=name,
                version=version_of(name, texts[name]),
                since=since if by else "",
                set_by=unit.name if unit else "",
                own=by == own_id and bool(by),
                later=later,
            )
        )
    return tuple(found)


def _units(tables: Tables, month: str) -> tuple[DirectedUnit, ...]:
    """By tier, superior and position, as the list of units has them."""
    versions = versions_of(tables)
    names = names_of(versions, month)
    places: list[tuple[tuple[object, ...], DirectedUnit]] = []
    order = {str(row["id"]): int(str(row.get("position") or 0)) for row in tables["units"]}
    for row in tables["units"]:
        unit_id = str(row["id"])
        of_unit = versions.get(unit_id)
        if of_unit is None:
            continue
        _, name, above = version_at(of_unit, month)
        tier = Tier(str(row["tier"]))
        unit = DirectedUnit(
            id=unit_id,
            name=name,
            tier=tier,
            code=str(row["code"] or ""),
            superior=names.get(above, ""),
            valid_from=str(row["valid_from"] or ""),
            valid_to=str(row["valid_to"] or ""),
            later=tuple((since, word, names.get(to, "")) for since, word, to in of_unit if since > month),
        )
        place = (list(Tier).index(tier), order.get(above, 0), above, order[unit_id], unit.code, unit_id)
        places.append((place, unit))
    return tuple(unit for _, unit in sorted(places, key=lambda pair: pair[0]))


def _keys(tables: Tables, month: str) -> tuple[DirectedKey, ...]:
    order = {unit.id: (number, unit.name) for number, unit in enumerate(_units(tables, month))}
    rows = [RosterFields.read({name: row[name] for name in RosterFields.model_fields}) for row in tables["signers"]]
    rows.sort(key=lambda row: (order.get(row.unit_id, (0, ""))[0], row.revoked_at is not None, row.public_key))
    return tuple(
        DirectedKey(
            unit_name=order.get(row.unit_id, (0, ""))[1],
            groups=fingerprint_groups(PublicKey.parse(row.public_key).fingerprint),
            keeper=row.keeper,
            proven=bool(row.proof),
            valid_before=row.valid_before,
            revoked_at=row.revoked_at,
        )
        for row in rows
    )


def _recipients(tables: Tables) -> tuple[DirectedRecipient, ...]:
    rows = [
        RecipientKeyFields.read({name: row[name] for name in RecipientKeyFields.model_fields})
        for row in tables["recipients"]
    ]
    rows.sort(key=lambda row: (row.since, row.recipient))
    return tuple(DirectedRecipient(row.recipient, row.keeper, row.since) for row in rows)
