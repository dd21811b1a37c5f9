"""Linear expressions over items, written as data: ``A01 + A02 - prev:C03``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from pydantic import BeforeValidator

from jindu_desk.domain.tallies.cells import Cell, added, number
from jindu_desk.errors.tallies import FormulaUnreadable

_TERM = re.compile(r"\s*([+-]?)\s*(prev:)?([A-Z]\d{2}[a-z]?\d?(?:\.[A-Z])?)\s*")


@dataclass(frozen=True, slots=True)
class Term:
    """One item with its sign (+1 or -1); ``previous`` means last month's figure."""

    sign: int
    item: str
    previous: bool = False

    @property
    def name(self) -> str:
        """As a sentence's placeholder: ``A04``, ``prev_C03``; without the kind."""
        base = self.item.partition(".")[0]
        return f"prev_{base}" if self.previous else base


Linear: TypeAlias = tuple[Term, ...]
Lookup: TypeAlias = Callable[[str, bool], Cell]  # item, previous → cell


def parse_linear(text: str) -> Linear:
    """Read an expression; raises `FormulaUnreadable`."""
    terms: list[Term] = []
    at = 0
    while at < len(text):
        match = _TERM.match(text, at)
        if match is None or (terms and not match[1]):
            raise FormulaUnreadable(text=text[:80])
        terms.append(Term(-1 if match[1] == "-" else 1, match[3], bool(match[2])))
        at = match.end()
    if not terms:
        raise FormulaUnreadable(text=text[:80])
    return tuple(terms)


def linear_text(linear: Linear) -> str:
    """The reverse of `parse_linear`."""
    parts = [f"{'-' if term.sign < 0 else '+'} {'prev:' if term.previous else ''}{term.item}" for term in linear]
    return " ".join(parts).removeprefix("+ ")


def _read(value: object) -> object:
    return parse_linear(value) if isinstance(value, str) else value


LinearText = Annotated[Linear, BeforeValidator(_read)]


def resolve(linear: Linear, kind: str, kinds_of: Callable[[str], tuple[str, ...]]) -> Linear:
    """Give bare codes their kind: that of ``kind``, or the sum over all kinds where ``kind`` is empty.

    ``kinds_of`` tells an item's kinds; empty for an item that is kept once.
    """
    return tuple(_resolved(linear, kind, kinds_of))


def _resolved(linear: Linear, kind: str, kinds_of: Callable[[str], tuple[str, ...]]) -> Iterable[Term]:
    for term in linear:
        kinds = () if "." in term.item else kinds_of(term.item)
        if not kinds:
            yield term
        else:
            for each in (kind,) if kind else kinds:
                yield Term(term.sign, f"{term.item}.{each}", term.previous)


def value_of(linear: Linear, look: Lookup) -> Cell:
    """The derived cell of ``linear``."""
    return added((term.sign, look(term.item, term.previous)) for term in linear)


def figure_of(linear: Linear, look: Lookup) -> int | None:
    """The figure of ``linear`` to compare; None when a part is blank or unknown, so that it is not judged."""
    total = 0
    for term in linear:
        figure = number(look(term.item, term.previous))
        if figure is None:
            return None
        total += term.sign * figure
    return total
