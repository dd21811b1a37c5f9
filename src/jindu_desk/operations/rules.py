"""Setting rules and deadlines: a district's or the city's act, from a month on. Townships get them by directive."""

from __future__ import annotations

from sqlmodel import Session, col, func, select

from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.duty_rules import DATED, Rhythm, duty_of
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.months import FIRST_YEAR, LAST_YEAR, Month
from jindu_desk.domain.rule_files import (
    next_version,
    refuse_changed_items,
    refuse_ended_in_rates,
    version_of,
)
from jindu_desk.domain.rule_sets import DeadlineFields, RuleName, RuleSetFields
from jindu_desk.errors.folder import NotSetUp
from jindu_desk.errors.rules import (
    DeadlineDoesNotFit,
    DeadlineOfNoDate,
    NoRulesToDrop,
    RulesAreDirected,
    RulesNeedNewVersion,
    RulesOfReportedMonth,
    UnknownCheck,
)
from jindu_desk.files import sha256_hex
from jindu_desk.queries.rules import expense_rules_in, issuers_in, rules_in, shipped_texts, texts_in
from jindu_desk.store.engine import Store, Write
from jindu_desk.store.tables import Deadline, MonthLock, Profile, Received, RuleSet, Sent

FIRST = Month(FIRST_YEAR, 1)
_PERIODS = {Rhythm.HALF_YEARLY: 2, Rhythm.YEARLY: 1}


def set_rules(store: Store, name: RuleName, since: Month, text: str) -> Changes:
    """Let a whole rule file hold from ``since`` on; months before keep theirs.

    Raises `RulesAreDirected`, `RulesOfReportedMonth`, `RulesNeedNewVersion`, `ItemDropped`, `ItemChanged`,
    `ItemCannotOpen`, or what is wrong with the text, with its place.
    """
    with store.write("set_rules") as w:
        own = _own_rules(w, since)
        _put(w, own, name, since, text)
        refuse_unfit_rules_in(w.session, since)
        return _touched(w, f"{name}/{since}")


def switch_check(store: Store, code: str, since: Month, on: bool) -> Changes:
    """Let a check judge or not from ``since`` on: the checks in force then, written anew with that one changed.

    Raises as `set_rules`, and `UnknownCheck`.
    """
    import tomlkit  # only who changes a check needs it

    with store.write("switch_check") as w:
        own = _own_rules(w, since)
        before = rules_in(w.session, since).checks
        if not any(check.code == code for check in before.checks):
            raise UnknownCheck(check=code[:20])
        document = tomlkit.parse(texts_in(w.session, since)[RuleName.CHECKS])
        for entry in document["checks"]:
            if entry["code"] == code:
                entry.pop("off", None)
                if not on:
                    entry["off"] = True
        document["version"] = _new_version(w.session, RuleName.CHECKS, before.version)
        _put(w, own, RuleName.CHECKS, since, tomlkit.dumps(document))
        refuse_unfit_rules_in(w.session, since)
        return _touched(w, f"{RuleName.CHECKS}/{since}")


def drop_rules(store: Store, name: RuleName, since: Month) -> Changes:
    """Go by the superior's rules, or the shipped ones, again from ``since`` on; months before keep theirs.

    Raises `RulesAreDirected`, `RulesOfReportedMonth`, `NoRulesToDrop`, `ItemDropped`, `ItemChanged`.
    """
    with store.write("drop_rules") as w:
        own = _own_rules(w, since)
        rows = w.session.exec(select(RuleSet).where(RuleSet.unit_id == own, RuleSet.name == name)).all()
        earlier = max((row for row in rows if row.since < str(since)), key=lambda row: row.since, default=None)
        later = [row for row in rows if row.since >= str(since)]
        text = texts_in(w.session, since, own=False)[name]
        if not later and (earlier is None or earlier.text == text.strip()):
            raise NoRulesToDrop(month=str(since))
        for row in later:
            w.session.delete(row)
        w.session.flush()
        w.note(Subject.SETTINGS, f"rules/{name}/{since}", {"dropped": [row.since for row in later]})
        if earlier is not None:  # or it would go on
            _put(w, own, name, since, text)
        refuse_unfit_rules_in(w.session, since)
        return _touched(w, f"{name}/{since}")


def set_deadline(store: Store, duty: str, since: Month, *, days: int | None = None, due: str = "") -> Changes:
    """Set when a duty is due in periods that begin in ``since`` or later.

    ``days`` after the month's end for a monthly duty; ``due`` as ``MM-DD`` for a yearly, ``MM-DD MM-DD`` for a
    half-yearly one; neither: as the program ships it. Raises `RulesAreDirected`, `UnknownDuty`, `DeadlineOfNoDate`,
    `DeadlineDoesNotFit`.
    """
    rule = duty_of(duty)
    if rule.rhythm not in DATED:
        raise DeadlineOfNoDate(duty=rule.title)
    dates = 0 if days is None and not due else _PERIODS.get(rule.rhythm, 0)
    monthly = rule.rhythm is Rhythm.MONTHLY
    if len(due.split()) != dates or (days is not None and not monthly):
        raise DeadlineDoesNotFit(duty=rule.title)
    fields = DeadlineFields.read({"duty": duty, "since": str(since), "days": days, "due": due})
    with store.write("set_deadline") as w:
        own = _own(w.session)
        w.session.merge(Deadline.model_validate({"unit_id": own, **fields.model_dump()}))
        w.note(Subject.DUTIES, f"deadline/{duty}/{since}", {"days": fields.days, "due": fields.due})
        return w.changes(duty)


def refuse_unfit_rules_in(session: Session, since: Month) -> None:
    """Read all rules that hold in ``since`` or later, together; for rules that were just set, and those that came by
    directive.

    Raises `ItemDropped`, `ItemChanged`, `ItemCannotOpen`, `EndedItemInFormula` and what the readers raise.
    """
    set_in = session.exec(select(RuleSet.since)).all()
    changed = {str(since), *set_in, *(month for month, _ in issuers_in(session).superiors)}
    waiting = sorted(month for month in changed if month >= str(since))
    before = rules_in(session, since.previous).catalogue if since > FIRST else None
    while waiting:
        month = waiting.pop(0)
        found = rules_in(session, Month.parse(month))
        if before is not None:
            refuse_changed_items(before, found.catalogue)
        refuse_ended_in_rates(found, month)
        expense_rules_in(session, Month.parse(month))
        before = found.catalogue
        lasts = {Month.parse(item.valid_until) for item in before.items.values() if item.valid_until >= month}
        waiting = sorted({*waiting, *(str(last.next) for last in lasts if last.year < LAST_YEAR)})


def _own(session: Session) -> str:
    """Raises `RulesAreDirected`, `NotSetUp`."""
    if session.exec(select(Profile.unit_id)).first() is None:
        raise NotSetUp
    own = issuers_in(session).own
    if own is None:
        raise RulesAreDirected
    return own


def _own_rules(w: Write, since: Month) -> str:
    """Rules of a month that somebody reported already stay as they are. Raises `RulesOfReportedMonth` too."""
    own = _own(w.session)
    queries = (
        select(func.max(Received.period)).where(Received.kind == PackageKind.REPORT, col(Received.counted).is_(True)),
        select(func.max(Sent.period)).where(Sent.kind == PackageKind.REPORT),
        select(func.max(MonthLock.month)).where(col(MonthLock.reopened_at).is_(None)),
    )
    last = max((w.session.exec(query).one() or "" for query in queries), default="")
    if last >= str(since):
        raise RulesOfReportedMonth(month=last)
    return own


def _put(w: Write, own: str, name: RuleName, since: Month, text: str) -> None:
    fields = RuleSetFields.read({"name": name, "since": str(since), "version": version_of(name, text), "text": text})
    if fields.text in _texts_by_version(w.session, name, but=(own, str(since))).get(fields.version, [fields.text]):
        w.session.merge(RuleSet.model_validate({"unit_id": own, **fields.model_dump()}))
        w.session.flush()
    else:
        raise RulesNeedNewVersion(version=fields.version, example=_new_version(w.session, name, fields.version))
    facts = {"version": fields.version, "sha256": sha256_hex(fields.text.encode())}
    w.note(Subject.SETTINGS, f"rules/{name}/{since}", facts)


def _texts_by_version(session: Session, name: RuleName, *, but: tuple[str, str] = ("", "")) -> dict[str, list[str]]:
    """The texts known under each version: the shipped one's, and those of rows other than ``but``."""
    shipped = shipped_texts()[name]
    found = {version_of(name, shipped): [shipped.strip()]}
    for row in session.exec(select(RuleSet).where(RuleSet.name == name)):
        if (row.unit_id, row.since) != but:
            found.setdefault(row.version, []).append(row.text)
    return found


def _new_version(session: Session, name: RuleName, version: str) -> str:
    """The next version that nothing has yet."""
    taken = _texts_by_version(session, name)
    version = next_version(version)
    while version in taken:
        version = next_version(version)
    return version


def _touched(w: Write, key: str) -> Changes:
    """Every screen that fills or judges by rules asks again."""
    return w.changes(key) | Changes(frozenset({Subject.TALLIES, Subject.EXPENSES}))
