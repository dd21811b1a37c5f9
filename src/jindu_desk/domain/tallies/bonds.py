"""What everybody knows about the figures of one row: the catalogue's formulas and the hard checks, as linear bonds.

Who wants to compute a hidden figure has the same rules as the officer, so protection has to reckon with all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jindu_desk.domain.tallies.catalogue import Item, Level
from jindu_desk.domain.tallies.check_rules import Checks, Compare, Relation, Weight
from jindu_desk.domain.tallies.formulas import Linear, Term


@dataclass(frozen=True, slots=True)
class Bond:
    """The sum of coefficient times figure is zero (``is_equal``), or not below it.

    ``now``: figures of the month by item, ``before``: last month's. ``opens``: it does not hold in a unit's first
    month, whose opening figures are typed.
    """

    now: tuple[tuple[str, int], ...]
    before: tuple[tuple[str, int], ...]
    is_equal: bool
    opens: bool


def bonds_of(checks: Checks, month: str = "") -> tuple[Bond, ...]:
    """All bonds of a village's row in ``month``, each once; in any month when it is empty."""
    catalogue = checks.catalogue
    found: dict[Bond, None] = {}
    for item in catalogue.computed:
        if item.level is Level.VILLAGE and not item.ends_before(month):
            found[_bond(_formula_of(item), is_equal=True, opens=item.opens)] = None
    for judge in checks.judges:
        rule = judge.rule
        if isinstance(rule, Compare) and judge.weight is Weight.HARD and judge.level is Level.VILLAGE:
            more, less = (rule.left, rule.right) if rule.relation is Relation.AT_LEAST else (rule.right, rule.left)
            difference = (*more, *(Term(-term.sign, term.item, term.previous) for term in less))
            opens = any(term.previous for term in difference)
            found[_bond(difference, is_equal=rule.relation is Relation.EQUAL, opens=opens)] = None
    return tuple(bond for bond in found if bond.now)


def _formula_of(item: Item) -> Iterable[Term]:
    yield Term(-1, item.code)
    if item.carried:
        yield Term(1, item.carried, previous=True)
    yield from item.derived


def _bond(linear: Linear | Iterable[Term], *, is_equal: bool, opens: bool) -> Bond:
    """Terms of one item together; an equation with a plus in front, so that it is known again."""
    sums: dict[tuple[bool, str], int] = {}
    for term in linear:
        key = term.previous, term.item
        sums[key] = sums.get(key, 0) + term.sign
    ordered = sorted(entry for entry in sums.items() if entry[1])
    if is_equal and ordered and ordered[0][1] < 0:
        ordered = [(key, -sign) for key, sign in ordered]
    return Bond(tuple(_terms(ordered, before=False)), tuple(_terms(ordered, before=True)), is_equal, opens)


def _terms(ordered: list[tuple[tuple[bool, str], int]], *, before: bool) -> Iterator[tuple[str, int]]:
    return ((item, sign) for (previous, item), sign in ordered if previous is before)
