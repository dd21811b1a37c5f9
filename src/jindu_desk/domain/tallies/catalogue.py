"""The tally catalogue: which items there are, what they mean and how some follow from others.

The catalogue is data (``resources/catalogue.toml``, or a district's directive); this module reads it from plain
values and refuses one that contradicts itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from graphlib import CycleError, TopologicalSorter
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from jindu_desk.domain.fields import BaseItemCode, BlockCode, KindCode, MonthText, Name
from jindu_desk.domain.rule_sets import RuleVersion
from jindu_desk.domain.tallies.formulas import Linear, LinearText, resolve
from jindu_desk.errors.tallies import (
    DuplicateItem,
    EndedItemInFormula,
    FormulaCycle,
    RulesUnreadable,
    UnknownItem,
    UnknownItemInFormula,
)


class Nature(StrEnum):
    STOCK = "stock"  # at month end; never summed over months
    FLOW = "flow"  # during the month


class Source(StrEnum):
    """Who gives the figure."""

    VILLAGE = "village"
    POLICE = "police"  # 派出所
    TOWNSHIP = "township"


class Level(StrEnum):
    """Whose row the figure stands in."""

    VILLAGE = "village"
    TOWNSHIP = "township"


@dataclass(frozen=True, slots=True)
class Item:
    """One column of the sheet. ``code`` is the machine's (``A04.J``), ``base`` the one people know (``A04``).

    ``carried``: the item whose figure of last month opens this one. ``derived``: the formula it is computed by.
    ``group``: optional figures that are filled together or not at all. ``valid_from``, ``valid_until``: the first and
    the last month that ask for it; "" = it has not ended.
    """

    code: str
    base: str
    kind: str
    block: str
    name: str
    unit: str
    nature: Nature
    source: Source
    level: Level
    law: str
    valid_from: str
    valid_until: str
    part_of: str
    group: str
    carried: str
    derived: Linear

    @property
    def typed(self) -> bool:
        """Whether a person fills it (but for the opening figures of a first month)."""
        return not self.carried and not self.derived

    @property
    def opens(self) -> bool:
        """Whether it rests on last month's figures, so that a first month has to type it once."""
        return bool(self.carried) or any(term.previous for term in self.derived)

    def asked_in(self, month: str) -> bool:
        """Whether ``month`` (``2026-10``) asks for it."""
        return self.valid_from <= month and not self.ends_before(month)

    def ends_before(self, month: str) -> bool:
        return bool(self.valid_until) and self.valid_until < month


@dataclass(frozen=True, slots=True)
class Block:
    """A tab of the sheet. ``items`` stand in the order of the columns; J and K of one item side by side."""

    code: str
    name: str
    level: Level
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Catalogue:
    """All items, in order. ``kinds`` are the names of the kinds: ``{"J": "社区戒毒", …}`` in the data."""

    version: str
    kinds: Mapping[str, str]
    blocks: tuple[Block, ...]
    items: Mapping[str, Item] = field(init=False)
    bases: Mapping[str, tuple[Item, ...]] = field(init=False)
    computed: tuple[Item, ...] = field(init=False)  # carried and derived items, each after what it rests on
    _dependents: Mapping[str, tuple[Item, ...]] = field(init=False)

    def __post_init__(self) -> None:
        items: dict[str, Item] = {}
        bases: dict[str, tuple[Item, ...]] = {}
        codes = [block.code for block in self.blocks]
        for block in self.blocks:
            if codes.count(block.code) > 1:
                raise DuplicateItem(item=block.code)
        for item in (item for block in self.blocks for item in block.items):
            if item.code in items:
                raise DuplicateItem(item=item.code)
            items[item.code] = item
            bases[item.base] = (*bases.get(item.base, ()), item)
        object.__setattr__(self, "items", items)
        object.__setattr__(self, "bases", bases)
        object.__setattr__(self, "computed", _in_order(items))
        object.__setattr__(self, "_dependents", _all_dependents(self.computed))

    def item(self, code: str) -> Item:
        """Raises `UnknownItem`."""
        try:
            return self.items[code]
        except KeyError:
            raise UnknownItem(item=code[:40]) from None

    def block(self, code: str) -> Block:
        return next(block for block in self.blocks if block.code == code)

    def dependents(self, code: str) -> tuple[Item, ...]:
        """The derived items of the same month that rest on ``code``, directly or not, in order of computing."""
        return self._dependents.get(code, ())

    def kinds_of(self, base: str) -> tuple[str, ...]:
        """The kinds an item is kept for; empty for an item that is kept once. Raises `UnknownItem`."""
        if base not in self.bases:
            raise UnknownItem(item=base[:40])
        return tuple(item.kind for item in self.bases[base] if item.kind)

    def resolve(self, linear: Linear, kind: str = "", *, where: str = "") -> Linear:
        """``linear`` with every bare code given its kind; raises `UnknownItemInFormula`."""
        try:
            resolved = resolve(linear, kind, self.kinds_of)
        except UnknownItem as error:
            raise UnknownItemInFormula(item=error.facts["item"], where=where) from error
        for term in resolved:
            if term.item not in self.items:
                raise UnknownItemInFormula(item=term.item, where=where)
        return resolved

    def asked(self, block: Block, month: str) -> tuple[Item, ...]:
        """The items of ``block`` that ``month`` (``2026-10``) asks for."""
        return tuple(item for item in block.items if item.asked_in(month))

    def computed_in(self, month: str) -> tuple[Item, ...]:
        """The items that are still computed in ``month``."""
        return tuple(item for item in self.computed if not item.ends_before(month))

    def level_items(self, level: Level) -> Iterable[Item]:
        return (item for item in self.items.values() if item.level is level)


class _ItemSource(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: BaseItemCode
    name: Name
    unit: str | None = None
    nature: Nature | None = None
    source: Source | None = None
    law: str | None = None
    valid_from: MonthText | None = None
    valid_until: MonthText = ""
    part_of: str = ""
    group: str = ""
    carried: str = ""
    derived: LinearText = ()


class _BlockSource(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: BlockCode
    name: Annotated[Name, Field(pattern=r"^[^\[\]:*?/\\']+$")]  # it names a worksheet too
    kinds: bool = False
    unit: str
    nature: Nature = Nature.FLOW
    source: Source
    level: Level = Level.VILLAGE
    law: str = ""
    items: Annotated[tuple[_ItemSource, ...], Field(min_length=1)]


class _CatalogueSource(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: RuleVersion
    valid_from: MonthText
    kinds: dict[KindCode, Name]
    blocks: Annotated[tuple[_BlockSource, ...], Field(min_length=1)]


def read_catalogue(data: Mapping[str, object]) -> Catalogue:
    """The catalogue of plain values, as TOML gives them. Raises `RulesUnreadable`, `UnknownItemInFormula`,
    `EndedItemInFormula`, `DuplicateItem` or `FormulaCycle`."""
    try:
        source = _CatalogueSource.model_validate(dict(data))
    except ValidationError as error:
        raise RulesUnreadable(where=".".join(str(part) for part in error.errors()[0]["loc"])) from error
    kinds_of_base = {
        item.code: tuple(source.kinds) if block.kinds else () for block in source.blocks for item in block.items
    }

    def kinds_of(base: str) -> tuple[str, ...]:
        if base not in kinds_of_base:
            raise UnknownItemInFormula(item=base, where=source.version)
        return kinds_of_base[base]

    blocks = tuple(
        Block(
            block.code,
            block.name,
            block.level,
            tuple(
                _item(source, block, item, kind, resolve(item.derived, kind, kinds_of))
                for item in block.items
                for kind in (tuple(source.kinds) if block.kinds else ("",))
            ),
        )
        for block in source.blocks
    )
    return Catalogue(source.version, source.kinds, blocks)


def _item(source: _CatalogueSource, block: _BlockSource, item: _ItemSource, kind: str, derived: Linear) -> Item:
    suffix = f".{kind}" if kind else ""
    return Item(
        code=item.code + suffix,
        base=item.code,
        kind=kind,
        block=block.code,
        name=item.name,
        unit=item.unit or block.unit,
        nature=item.nature or block.nature,
        source=item.source or block.source,
        level=block.level,
        law=item.law or block.law,
        valid_from=item.valid_from or source.valid_from,
        valid_until=item.valid_until,
        part_of=item.part_of + suffix if item.part_of else "",
        group=item.group + suffix if item.group else "",
        carried=item.carried + suffix if item.carried else "",
        derived=derived,
    )


def _in_order(items: Mapping[str, Item]) -> tuple[Item, ...]:
    """Carried and derived items, each after those it rests on."""
    graph: dict[str, set[str]] = {}
    for item in items.values():
        named = {term.item for term in item.derived} | ({item.carried} if item.carried else set())
        if missing := named - items.keys():
            raise UnknownItemInFormula(item=min(missing), where=item.code)
        for code in sorted(named):
            last = items[code].valid_until
            if last and (not item.valid_until or item.valid_until > last):
                raise EndedItemInFormula(item=code, where=item.code, until=last)
        if not item.typed:
            graph[item.code] = {term.item for term in item.derived if not term.previous}
    try:
        order = tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise FormulaCycle(items=" → ".join(error.args[1])) from error
    return tuple(items[code] for code in order if not items[code].typed)


def _all_dependents(computed: tuple[Item, ...]) -> dict[str, tuple[Item, ...]]:
    rests_on: dict[str, set[str]] = {}  # derived item → every item below it
    for item in computed:
        direct = {term.item for term in item.derived if not term.previous}
        rests_on[item.code] = direct.union(*(rests_on.get(code, set()) for code in direct))
    found: dict[str, list[Item]] = {}
    for item in computed:
        for code in rests_on[item.code]:
            found.setdefault(code, []).append(item)
    return {code: tuple(dependents) for code, dependents in found.items()}
