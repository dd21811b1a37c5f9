"""The checks as data (``resources/checks.toml``): what is compared, how hard it is, and what is told to whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cached_property
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import ConfigDict, Field

from jindu_desk.domain.fields import BaseItemCode, CheckCode, MonthText, Name
from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.formulas import Linear, LinearText, Term
from jindu_desk.domain.tallies.reasons import is_weak

NotNegative = Annotated[int, Field(ge=0, le=1_000_000)]
Items = Annotated[tuple[BaseItemCode, ...], Field(min_length=1, max_length=99)]


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
    """``count`` differs by more than ``percent``, and by ``at_least``, from what ``a_year`` implies per month."""

    rule: Literal["implied"]
    count: LinearText
    a_year: Mapping[str, Annotated[int, Field(ge=0, le=1000)]]
    percent: NotNegative
    at_least: NotNegative = 1


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
class Usual(_Rule):
    """Each of ``items`` by itself is far from what its own last 12 months make likely (`unusual`).

    Negative binomial, with the mean of the past, per unit of ``per`` where given, and the spread of the past, which
    is taken for ``spread`` percent as long as little is known; tail probability under ``per_mille`` on either side,
    and off by ``at_least``; judged from ``months`` months of history on.
    """

    rule: Literal["usual"]
    items: Items
    per: LinearText = ()
    months: Annotated[int, Field(ge=1, le=12)]
    per_mille: Annotated[int, Field(ge=1, le=1000)]
    spread: Annotated[int, Field(ge=1, le=1000)]
    at_least: NotNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class Steady(_Rule):
    """Each of ``items``, figures at month end, differs from last month's by more than ``at_least``, more than ``by``,
    the movements that may explain it, and more than ``percent``."""

    rule: Literal["steady"]
    items: Items
    by: LinearText = ()
    at_least: NotNegative
    percent: NotNegative = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike(_Rule):
    """``left`` and ``right`` are the same figure, ``at_least`` or more, and never were in ``months`` months or more."""

    rule: Literal["alike"]
    left: LinearText
    right: LinearText
    months: Annotated[int, Field(ge=1, le=12)]
    at_least: NotNegative


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchanged(_Rule):
    """``left`` and ``right``, ``at_least`` apart, are ``times`` likelier in each other's place than where they stand,
    by what is usual for each (`Usual`)."""

    rule: Literal["exchanged"]
    left: LinearText
    right: LinearText
    per: LinearText = ()
    months: Annotated[int, Field(ge=1, le=12)]
    times: Annotated[int, Field(ge=1, le=1_000_000)]
    spread: Annotated[int, Field(ge=1, le=1000)]
    at_least: NotNegative


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


VillageRule: TypeAlias = (
    Missing
    | Unknown
    | Carried
    | Compare
    | Change
    | Tail
    | Implied
    | Idle
    | Requires
    | Usual
    | Steady
    | Alike
    | Exchanged
)
TotalsRule: TypeAlias = Totals | YearToDate | District | Moves
Rule: TypeAlias = Annotated[VillageRule | TotalsRule, Field(discriminator="rule")]


@dataclass(frozen=True, slots=True)
class Check:
    """``code`` is what people and tests call it: H1 … H13 hard, S0 … S14 soft. ``off``: listed, but
    judges nothing. ``valid_from``: the first month it judges; what was judged before is not judged anew."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")
    code: CheckCode
    name: Name
    weight: Weight
    reviewer: str
    rules: Annotated[tuple[Rule, ...], Field(min_length=1, max_length=99)]
    off: bool = False
    valid_from: MonthText = ""

    def judges_in(self, month: str) -> bool:
        return self.valid_from <= month


@dataclass(frozen=True, slots=True)
class Judge:
    """One rule made ready: its items named with their kinds. ``key`` is unique: ``H2-1.J``, ``S6``, ``S9-1.L02``.
    ``level``: in whose row it judges."""

    key: str
    check: Check
    rule: VillageRule | TotalsRule
    weight: Weight
    cells: frozenset[str]  # the items it touches this month
    level: Level = Level.VILLAGE

    @property
    def reads(self) -> frozenset[str] | None:
        """The items whose figure of this month it asks for; None: the whole row."""
        if isinstance(self.rule, Missing | Unknown | Carried | Idle):
            return None
        named = (term.item for linear in formulas_of(self.rule) for term in linear if not term.previous)
        return self.cells.union(named)


@dataclass(frozen=True)
class Checks:
    """All checks, ready for one catalogue."""

    version: str
    catalogue: Catalogue
    checks: tuple[Check, ...]
    judges: tuple[Judge, ...]
    weak_reasons: frozenset[str]  # what people write when they explain nothing

    def is_weak(self, reason: str) -> bool:
        return is_weak(reason, self.weak_reasons)

    def of(self, weight: Weight) -> Checks:
        """The same, judging by the rules of ``weight`` only."""
        return replace(self, judges=tuple(judge for judge in self.judges if judge.weight is weight))

    def asked_after(self, items: Collection[str]) -> frozenset[int]:
        """The places, among ``judges``, of those that may say something else once ``items`` of a row changed."""
        return self._readers.get("", frozenset()).union(*(self._readers.get(item, ()) for item in items))

    @cached_property
    def _readers(self) -> dict[str, frozenset[int]]:
        """item → the places of the judges that ask for it; those that ask for the whole row under ""."""
        found: dict[str, set[int]] = {}
        for place, judge in enumerate(self.judges):
            for item in ("",) if judge.reads is None else judge.reads:
                found.setdefault(item, set()).add(place)
        return {item: frozenset(places) for item, places in found.items()}

    @property
    def previous_items(self) -> frozenset[str]:
        """The items whose figure of last month is asked for: by a check, or to compute this month's."""
        named = {term.item for item in self.catalogue.computed for term in item.derived if term.previous}
        for judge in self.judges:
            named.update(term.item for linear in formulas_of(judge.rule) for term in linear if term.previous)
            if isinstance(judge.rule, Steady):
                named.update(judge.rule.items)
        return frozenset(named | {item.carried for item in self.catalogue.computed if item.carried})

    @property
    def history_items(self) -> frozenset[str]:
        """The items whose earlier months a check asks for."""
        found: set[str] = set()
        for rule in (judge.rule for judge in self.judges):
            if isinstance(rule, Tail | Usual | Alike | Exchanged):
                found |= {term.item for linear in formulas_of(rule) for term in linear}
            if isinstance(rule, Usual):
                found.update(rule.items)
        return frozenset(found)


def formulas_of(rule: VillageRule | TotalsRule) -> Iterable[Linear]:
    """All formulas of a rule: whatever field holds terms."""
    for each in fields(rule):
        value = getattr(rule, each.name)
        if isinstance(value, tuple) and all(isinstance(term, Term) for term in value):
            yield value
