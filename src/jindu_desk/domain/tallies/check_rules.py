"""The checks as data (``resources/checks.toml``): what is compared, how hard it is, and what is told to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from string import Formatter
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from jindu_desk.domain.fields import CheckCode, Name
from jindu_desk.domain.rule_sets import RuleVersion
from jindu_desk.domain.tallies.catalogue import Catalogue
from jindu_desk.domain.tallies.formulas import Linear, LinearText
from jindu_desk.errors.tallies import RulesUnreadable

NotNegative = Annotated[int, Field(ge=0, le=1_000_000)]


class Weight(StrEnum):
    HARD = "hard"  # 强制: blocks 上报
    SOFT = "soft"  # 核实: takes a written reason


class Relation(StrEnum):
    EQUAL = "="
    AT_MOST = "<="
    AT_LEAST = ">="

    def holds(self, left: int, right: int) -> bool:
        if self is Relation.EQUAL:
            return left == right
        return left <= right if self is Relation.AT_MOST else left >= right


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rule:
    """What all rules have. ``kind`` is the kind the rule is for (empty: both, or none)."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    officer: str
    weight: Weight | None = None  # where a rule differs from its check
    each_kind: bool = False
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing(_Rule):
    """Cells of a block that nobody filled."""

    rule: Literal["missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown(_Rule):
    """Cells of a block marked 未掌握."""

    rule: Literal["unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(_Rule):
    """Opening figures equal last month's closing ones; typed ones (first month) name their source."""

    rule: Literal["carried"]
    unsourced: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(_Rule):
    rule: Literal["compare"]
    left: LinearText
    relation: Relation
    right: LinearText


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(_Rule):
    """``now`` differs from ``base`` by more than ``at_least`` and more than ``percent`` of it."""

    rule: Literal["change"]
    now: LinearText
    base: LinearText
    at_least: NotNegative
    percent: NotNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail(_Rule):
    """``count`` is above what the last 12 months make likely: Poisson with the mean of the past count per exposure
    (not below ``floor`` events in all those months), tail probability under ``per_mille``; judged from ``months``
    months of history on."""

    rule: Literal["tail"]
    count: LinearText
    exposure: LinearText
    months: Annotated[int, Field(ge=1, le=12)]
    per_mille: Annotated[int, Field(ge=1, le=1000)]
    floor: Annotated[int, Field(ge=1, le=1000)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Implied(_Rule):
    """``count`` differs by more than ``percent`` (and by one at least) from what ``a_year`` implies per month."""

    rule: Literal["implied"]
    count: LinearText
    a_year: Mapping[str, Annotated[int, Field(ge=0, le=1000)]]
    percent: NotNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle(_Rule):
    """Every flow is zero and no nil return was declared."""

    rule: Literal["idle"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requires(_Rule):
    """Where ``given`` is above zero, ``needs`` must be too."""

    rule: Literal["requires"]
    given: LinearText
    needs: LinearText


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals(_Rule):
    """Stated totals equal the sums of the villages, J + K together too."""

    rule: Literal["totals"]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearToDate(_Rule):
    """Stated year-to-date figures equal the sums of the months; flows only."""

    rule: Literal["year_to_date"]


@dataclass(frozen=True, slots=True, kw_only=True)
class District(_Rule):
    """Stated district totals equal the sums of the townships."""

    rule: Literal["district"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moves(_Rule):
    """Moved in (``into``) equals moved out (``out_of``) over all townships."""

    rule: Literal["moves"]
    into: LinearText
    out_of: LinearText


VillageRule: TypeAlias = Missing | Unknown | Carried | Compare | Change | Tail | Implied | Idle | Requires
TotalsRule: TypeAlias = Totals | YearToDate | District | Moves
Rule: TypeAlias = Annotated[VillageRule | TotalsRule, Field(discriminator="rule")]


@dataclass(frozen=True, slots=True)
class Check:
    """``code`` is what people and tests call it: H1 … H13 hard, S1 … S8 soft. ``off``: listed, but
    judges nothing."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    code: CheckCode
    name: Name
    weight: Weight
    reviewer: str
    rules: Annotated[tuple[Rule, ...], Field(min_length=1, max_length=99)]
    off: bool = False


@dataclass(frozen=True, slots=True)
class Judge:
    """One rule made ready: its items named with their kinds. ``key`` is unique: ``H2-1.J``, ``S6``."""

    key: str
    check: Check
    rule: VillageRule | TotalsRule
    weight: Weight
    cells: frozenset[str]  # the items it touches this month


@dataclass(frozen=True)
class Checks:
    """All checks, ready for one catalogue."""

    version: str
    catalogue: Catalogue
    checks: tuple[Check, ...]
    judges: tuple[Judge, ...]
    weak_reasons: frozenset[str]  # what people write when they explain nothing

    def is_weak(self, reason: str) -> bool:
        """Whether ``reason`` explains nothing: under four characters, one or two over and over, or a stock phrase."""
        text = reason.strip().rstrip("。.!！ ")
        return len(text) < 4 or len(set(text)) < 3 or text in self.weak_reasons

    def of(self, weight: Weight) -> Checks:
        """The same, judging by the rules of ``weight`` only."""
        return replace(self, judges=tuple(judge for judge in self.judges if judge.weight is weight))

    @property
    def previous_items(self) -> frozenset[str]:
        """The items whose figure of last month is asked for: by a check, or to compute this month's."""
        named = {term.item for item in self.catalogue.computed for term in item.derived if term.previous}
        for judge in self.judges:
            named.update(term.item for linear in _formulas(judge.rule) for term in linear if term.previous)
        return frozenset(named | {item.carried for item in self.catalogue.computed if item.carried})

    @property
    def history_items(self) -> frozenset[str]:
        """The items whose earlier months a check asks for."""
        rules = (judge.rule for judge in self.judges)
        return frozenset(
            term.item for rule in rules if isinstance(rule, Tail) for term in (*rule.count, *rule.exposure)
        )


@dataclass(frozen=True, slots=True)
class _Source:
    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    version: RuleVersion
    checks: tuple[Check, ...]
    weak_reasons: frozenset[str] = frozenset()


def _formulas(rule: VillageRule | TotalsRule) -> Iterable[Linear]:
    """All formulas of a rule: whatever field holds terms."""
    for each in fields(rule):
        value = getattr(rule, each.name)
        if isinstance(value, tuple):
            yield value


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


_OF_ALL_KINDS = (Missing, Unknown, Carried, Idle, Totals, YearToDate, District)
_SIDES = frozenset({"left", "right", "difference"})
_PLACEHOLDERS: Mapping[type[_Rule], frozenset[str]] = {
    Missing: frozenset({"block", "count"}),
    Unknown: frozenset({"block", "count"}),
    Carried: frozenset({"name", "left", "right"}),
    Compare: _SIDES,
    Change: _SIDES,
    Tail: frozenset({"left", "base", "months"}),
    Implied: frozenset({"left", "right"}),
    Idle: frozenset({"flows"}),
    Requires: frozenset({"left", "right"}),
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
        kinds = tuple(catalogue.kinds) if rule.each_kind else (rule.kind,)
        for kind in kinds:
            ready, cells = _ready(replace(rule, kind=kind), catalogue, check.code)
            key = f"{stem}.{kind}" if kind else stem
            yield Judge(key, check, ready, rule.weight or check.weight, frozenset(cells))


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
        case Moves():
            rule = replace(rule, into=full(rule.into), out_of=full(rule.out_of))
            cells = items(rule.into, rule.out_of)
    return rule, cells
