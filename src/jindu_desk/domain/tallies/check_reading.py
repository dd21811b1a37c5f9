"""Reading the checks from plain values, as TOML gives them: what cannot be judged or told is refused here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from string import Formatter
from typing import ClassVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from jindu_desk.domain.rule_sets import RuleVersion
from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.check_rules import (
    Alike,
    Carried,
    Change,
    Check,
    Checks,
    Compare,
    District,
    Exchanged,
    Idle,
    Implied,
    Judge,
    Missing,
    Moves,
    Requires,
    Steady,
    Tail,
    Totals,
    TotalsRule,
    Unknown,
    Usual,
    VillageRule,
    YearToDate,
)
from jindu_desk.domain.tallies.formulas import Linear, Term
from jindu_desk.errors.tallies import RulesUnreadable


@dataclass(frozen=True, slots=True)
class _Source:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    version: RuleVersion
    checks: tuple[Check, ...]
    weak_reasons: frozenset[str] = frozenset()


def read_checks(data: Mapping[str, object], catalogue: Catalogue) -> Checks:
    """The checks of plain values, as TOML gives them. Raises `RulesUnreadable` or `UnknownItemInFormula`."""
    try:
        source = TypeAdapter(_Source).validate_python(dict(data))
    except ValidationError as error:
        raise RulesUnreadable(where=".".join(str(part) for part in error.errors()[0]["loc"])) from error
    codes = [check.code for check in source.checks]
    for check in source.checks:
        if codes.count(check.code) > 1:
            raise RulesUnreadable(where=f"checks.{check.code}")
        for number, rule in enumerate(check.rules, 1):
            _refuse_sentences(rule, catalogue, f"checks.{check.code}.{number}")
    # One that is off has to be readable too: it may be switched on again.
    judges = tuple(judge for check in source.checks for judge in _judges(check, catalogue) if not check.off)
    return Checks(source.version, catalogue, source.checks, judges, source.weak_reasons)


_OF_ALL_KINDS = (Missing, Unknown, Carried, Idle, Usual, Steady, Totals, YearToDate, District)
_SIDES = frozenset({"left", "right", "difference"})
_PLACEHOLDERS: Mapping[type[VillageRule | TotalsRule], frozenset[str]] = {
    Missing: frozenset({"block", "count"}),
    Unknown: frozenset({"block", "count"}),
    Carried: frozenset({"name", "left", "right"}),
    Compare: _SIDES,
    Change: _SIDES,
    Tail: frozenset({"left", "base", "months"}),
    Implied: frozenset({"left", "right"}),
    Idle: frozenset({"flows"}),
    Requires: frozenset({"left", "right"}),
    Usual: frozenset({"name", "left", "usual", "months"}),
    Steady: frozenset({"name", "left", "right", "difference"}),
    Alike: frozenset({"left", "months"}),
    Exchanged: frozenset({"left", "right", "months"}),
    Totals: frozenset({"name", "left", "right"}),
    YearToDate: frozenset({"name", "left", "right"}),
    District: frozenset({"name", "left", "right"}),
    Moves: _SIDES,
}


def _refuse_sentences(rule: VillageRule | TotalsRule, catalogue: Catalogue, where: str) -> None:
    """A sentence names nothing but what its rule knows, plainly: no attribute, no width. Raises `RulesUnreadable`."""
    of_a_kind = bool(rule.kind) or rule.each_kind
    if (of_a_kind and isinstance(rule, _OF_ALL_KINDS)) or (
        rule.kind and (rule.each_kind or rule.kind not in catalogue.kinds)
    ):
        raise RulesUnreadable(where=f"{where}.kind")
    known = {"kind", *_PLACEHOLDERS[type(rule)]}
    if isinstance(rule, Compare):
        known |= {term.name for term in (*rule.left, *rule.right)}
    _refuse_sentence(rule.officer, known, f"{where}.officer")
    if isinstance(rule, Carried):
        _refuse_sentence(rule.unsourced, {"kind", "count", "names"}, f"{where}.unsourced")


def _refuse_sentence(sentence: str, known: set[str], where: str) -> None:
    try:
        parts = list(Formatter().parse(sentence))
    except ValueError as error:
        raise RulesUnreadable(where=where) from error
    for _, name, form, conversion in parts:
        if name is not None and (name not in known or form or conversion):
            raise RulesUnreadable(where=f"{where} {{{name[:40]}}}")


def _judges(check: Check, catalogue: Catalogue) -> Iterable[Judge]:
    for index, rule in enumerate(check.rules, start=1):
        stem = f"{check.code}-{index}" if len(check.rules) > 1 else check.code
        for key, single in _single(stem, rule, catalogue, check.code):
            ready, cells = _ready(single, catalogue, check.code)
            yield Judge(key, check, ready, rule.weight or check.weight, frozenset(cells), _level(catalogue, cells))


def _single(
    stem: str, rule: VillageRule | TotalsRule, catalogue: Catalogue, where: str
) -> Iterable[tuple[str, VillageRule | TotalsRule]]:
    """The rule for one kind, or one item, each with its key."""
    if isinstance(rule, Usual | Steady):
        for base in rule.items:
            for term in catalogue.resolve((Term(1, base),), where=where):
                code = term.item
                yield f"{stem}.{code}", replace(rule, items=(code,), kind=catalogue.item(code).kind)
        return
    for kind in tuple(catalogue.kinds) if rule.each_kind else (rule.kind,):
        yield f"{stem}.{kind}" if kind else stem, replace(rule, kind=kind)


def _level(catalogue: Catalogue, cells: set[str]) -> Level:
    """A rule over the township's own items is about the township's own row."""
    own = bool(cells) and all(catalogue.item(code).level is Level.TOWNSHIP for code in cells)
    return Level.TOWNSHIP if own else Level.VILLAGE


def _ready(
    rule: VillageRule | TotalsRule, catalogue: Catalogue, where: str
) -> tuple[VillageRule | TotalsRule, set[str]]:
    """The rule with its formulas resolved, and the items of this month it touches."""

    def full(linear: Linear) -> Linear:
        return catalogue.resolve(linear, rule.kind, where=where)

    def items(*formulas: Linear) -> set[str]:
        return {term.item for formula in formulas for term in formula if not term.previous}

    cells: set[str] = set()
    match rule:
        case Compare():
            rule = replace(rule, left=full(rule.left), right=full(rule.right))
            cells = items(rule.left, rule.right)
        case Change():
            rule = replace(rule, now=full(rule.now), base=full(rule.base))
            cells = items(rule.now, rule.base)
        case Tail():
            rule = replace(rule, count=full(rule.count), exposure=full(rule.exposure))
            cells = items(rule.count, rule.exposure)
        case Implied():
            years = {f"{base}.{rule.kind}" if rule.kind else base: times for base, times in rule.a_year.items()}
            for code in years:
                catalogue.item(code)
            rule = replace(rule, count=full(rule.count), a_year=years)
            cells = items(rule.count) | years.keys()
        case Requires():
            rule = replace(rule, given=full(rule.given), needs=full(rule.needs))
            cells = items(rule.given, rule.needs)
        case Usual():
            rule = replace(rule, per=full(rule.per))
            cells = set(rule.items)
        case Steady():
            rule = replace(rule, by=full(rule.by))
            cells = set(rule.items)
        case Alike():
            rule = replace(rule, left=full(rule.left), right=full(rule.right))
            cells = items(rule.left, rule.right)
        case Exchanged():
            rule = replace(rule, left=full(rule.left), right=full(rule.right), per=full(rule.per))
            cells = items(rule.left, rule.right)
        case Moves():
            rule = replace(rule, into=full(rule.into), out_of=full(rule.out_of))
            cells = items(rule.into, rule.out_of)
    return rule, cells
