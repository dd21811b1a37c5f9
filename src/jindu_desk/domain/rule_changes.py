"""What a directive, or an act of one's own, changed in the rules: as rows, put into words by screens and papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from jindu_desk.domain.expense_categories import Catalogue as ExpenseRules
from jindu_desk.domain.rule_files import Rules
from jindu_desk.domain.tallies.catalogue import Catalogue, Item
from jindu_desk.domain.tallies.check_rules import Check, TotalsRule, VillageRule
from jindu_desk.domain.tallies.formulas import Term, linear_text
from jindu_desk.domain.tallies.rates import Rate

_THRESHOLDS = ("at_least", "percent", "months", "per_mille", "floor", "a_year", "spread", "times")


class ChangeKind(StrEnum):
    """``before`` and ``after`` of a row hold what stands here; "" = there was, or is, none."""

    TARGET = "target"  # hundredths of a percent
    DEADLINE = "deadline"  # days after the month's end, or MM-DD (two of them, by a space)
    CHECK_ADDED = "check_added"  # after: hard, soft
    CHECK_REMOVED = "check_removed"  # before: hard, soft
    CHECK_OFF = "check_off"
    CHECK_ON = "check_on"
    CHECK_RENAMED = "check_renamed"  # names
    CHECK_WEIGHT = "check_weight"  # hard, soft
    THRESHOLD = "threshold"  # part: which one, of which rule (2.percent)
    CHECK_CHANGED = "check_changed"  # part: what else (2.officer, 2.left, rules)
    ITEM_ADDED = "item_added"  # after: the first month asked for
    ITEM_REMOVED = "item_removed"
    ITEM_ENDED = "item_ended"  # the last month asked for
    ITEM_RENAMED = "item_renamed"  # names
    ITEM_CHANGED = "item_changed"  # part: unit, source, derived …
    RATE_ADDED = "rate_added"
    RATE_REMOVED = "rate_removed"
    RATE_RENAMED = "rate_renamed"  # names
    RATE_FORMULA = "rate_formula"  # part: numerator, denominator
    CATEGORY_ADDED = "category_added"
    CATEGORY_REMOVED = "category_removed"
    CATEGORY_RENAMED = "category_renamed"  # names
    CATEGORY_CHANGED = "category_changed"  # part: department, government, payee


@dataclass(frozen=True, slots=True)
class RuleChange:
    """One change. ``code`` and ``name`` say of what, by its newest name; ``since`` from which month (YYYY-MM)."""

    kind: ChangeKind
    code: str
    name: str
    before: str = ""
    after: str = ""
    part: str = ""
    since: str = ""


@dataclass(frozen=True)
class RulesAt:
    """Everything that binds a desk from the month ``since`` on. ``targets`` by rate, in hundredths of a percent;
    ``deadlines`` by duty, as days or dates (`ChangeKind.DEADLINE`), for every duty with a date; ``duties`` their
    titles."""

    since: str
    rules: Rules
    expenses: ExpenseRules
    targets: Mapping[str, int]
    deadlines: Mapping[str, str]
    duties: Mapping[str, str]


def changes_between(before: Sequence[RulesAt], after: Sequence[RulesAt]) -> tuple[RuleChange, ...]:
    """What is different, from which month on. Both are oldest first, and the first of each holds for all months before.

    A change that goes on is told once, with the month from which it holds.
    """
    told: set[RuleChange] = set()
    found: list[RuleChange] = []
    for month in sorted({at.since for at in (*before, *after)}):
        now = tuple(_changes(_at(before, month), _at(after, month)))
        found += [replace(change, since=month) for change in now if change not in told]
        told = set(now)
    return tuple(found)


def _at(states: Sequence[RulesAt], month: str) -> RulesAt:
    return next((state for state in reversed(states) if state.since <= month), states[0])


def _changes(before: RulesAt, after: RulesAt) -> Iterable[RuleChange]:
    rates = {rate.code: rate.name for rate in (*before.rules.rates.rates, *after.rules.rates.rates)}
    yield from _values(ChangeKind.TARGET, before.targets, after.targets, rates)
    yield from _values(ChangeKind.DEADLINE, before.deadlines, after.deadlines, {**before.duties, **after.duties})
    if before.rules is not after.rules:
        yield from _of_checks(before.rules.checks.checks, after.rules.checks.checks)
        yield from _of_items(before.rules.catalogue, after.rules.catalogue)
        yield from _of_rates(before.rules.rates.rates, after.rules.rates.rates)
    if before.expenses is not after.expenses:
        yield from _of_categories(before.expenses, after.expenses)


def _values(
    kind: ChangeKind, before: Mapping[str, object], after: Mapping[str, object], names: Mapping[str, str]
) -> Iterable[RuleChange]:
    for code in dict.fromkeys((*before, *after)):
        was, now = before.get(code, ""), after.get(code, "")
        if was != now:
            yield RuleChange(kind, code, names.get(code, code), str(was), str(now))


def _of_checks(before: Sequence[Check], after: Sequence[Check]) -> Iterable[RuleChange]:
    old, new = {check.code: check for check in before}, {check.code: check for check in after}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        if was is None and now is not None:
            yield RuleChange(ChangeKind.CHECK_ADDED, code, now.name, after=now.weight)
        elif now is None and was is not None:
            yield RuleChange(ChangeKind.CHECK_REMOVED, code, was.name, before=was.weight)
        elif was is not None and now is not None:
            yield from _of_check(was, now)


def _of_check(was: Check, now: Check) -> Iterable[RuleChange]:
    code, name = now.code, now.name
    if was.off != now.off:
        yield RuleChange(ChangeKind.CHECK_OFF if now.off else ChangeKind.CHECK_ON, code, name)
    if was.name != name:
        yield RuleChange(ChangeKind.CHECK_RENAMED, code, name, was.name, name)
    if was.weight != now.weight:
        yield RuleChange(ChangeKind.CHECK_WEIGHT, code, name, was.weight, now.weight)
    for part in ("reviewer", "valid_from"):
        first, second = getattr(was, part), getattr(now, part)
        if first != second:
            yield RuleChange(ChangeKind.CHECK_CHANGED, code, name, first, second, part)
    if [type(rule) for rule in was.rules] != [type(rule) for rule in now.rules]:
        counted = str(len(was.rules)), str(len(now.rules))
        yield RuleChange(ChangeKind.CHECK_CHANGED, code, name, *counted, "rules")
        return
    for number, (old, new) in enumerate(zip(was.rules, now.rules, strict=True), 1):
        yield from _of_rule(code, name, number, old, new)


def _of_rule(
    code: str, name: str, number: int, old: VillageRule | TotalsRule, new: VillageRule | TotalsRule
) -> Iterable[RuleChange]:
    for field in fields(new):
        was, now = getattr(old, field.name), getattr(new, field.name)
        if was != now:
            kind = ChangeKind.THRESHOLD if field.name in _THRESHOLDS else ChangeKind.CHECK_CHANGED
            yield RuleChange(kind, code, name, _text(was), _text(now), f"{number}.{field.name}")


def _of_items(before: Catalogue, after: Catalogue) -> Iterable[RuleChange]:
    """By the codes that people know: what is kept for two kinds changes for both."""
    for base in dict.fromkeys((*before.bases, *after.bases)):
        was, now = before.bases.get(base, (None,))[0], after.bases.get(base, (None,))[0]
        if was is None and now is not None:
            yield RuleChange(ChangeKind.ITEM_ADDED, base, now.name, after=now.valid_from)
        elif now is None and was is not None:
            yield RuleChange(ChangeKind.ITEM_REMOVED, base, was.name)
        elif was is not None and now is not None:
            yield from _of_item(was, now)


def _of_item(was: Item, now: Item) -> Iterable[RuleChange]:
    base, name = now.base, now.name
    if was.valid_until != now.valid_until:
        yield RuleChange(ChangeKind.ITEM_ENDED, base, name, was.valid_until, now.valid_until)
    if was.name != name:
        yield RuleChange(ChangeKind.ITEM_RENAMED, base, name, was.name, name)
    for part in ("block", "unit", "nature", "source", "level", "valid_from", "part_of", "group", "carried", "derived"):
        old, new = getattr(was, part), getattr(now, part)
        if old != new:
            yield RuleChange(ChangeKind.ITEM_CHANGED, base, name, _text(old), _text(new), part)


def _of_rates(before: Sequence[Rate], after: Sequence[Rate]) -> Iterable[RuleChange]:
    old, new = {rate.code: rate for rate in before}, {rate.code: rate for rate in after}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        if was is None and now is not None:
            yield RuleChange(ChangeKind.RATE_ADDED, code, now.name)
        elif now is None and was is not None:
            yield RuleChange(ChangeKind.RATE_REMOVED, code, was.name)
        elif was is not None and now is not None:
            if was.name != now.name:
                yield RuleChange(ChangeKind.RATE_RENAMED, code, now.name, was.name, now.name)
            for part in ("numerator", "denominator"):
                first, second = linear_text(getattr(was, part)), linear_text(getattr(now, part))
                if first != second:
                    yield RuleChange(ChangeKind.RATE_FORMULA, code, now.name, first, second, part)


def _of_categories(before: ExpenseRules, after: ExpenseRules) -> Iterable[RuleChange]:
    old = {category.code: category for category in before.categories}
    new = {category.code: category for category in after.categories}
    for code in dict.fromkeys((*old, *new)):
        was, now = old.get(code), new.get(code)
        if was is None and now is not None:
            yield RuleChange(ChangeKind.CATEGORY_ADDED, code, now.name)
        elif now is None and was is not None:
            yield RuleChange(ChangeKind.CATEGORY_REMOVED, code, was.name)
        elif was is not None and now is not None:
            if was.name != now.name:
                yield RuleChange(ChangeKind.CATEGORY_RENAMED, code, now.name, was.name, now.name)
            for part in ("department", "government", "payee"):
                first, second = getattr(was, part), getattr(now, part)
                if first != second:
                    yield RuleChange(ChangeKind.CATEGORY_CHANGED, code, now.name, first, second, part)


def _text(value: object) -> str:
    """A field as text: a formula as it is written, a mapping as ``D01=12 D03=6``."""
    if isinstance(value, tuple) and all(isinstance(term, Term) for term in value):
        return linear_text(value)
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    if isinstance(value, Mapping):
        return " ".join(f"{code}={figure}" for code, figure in value.items())
    return "" if value is None else str(value)
