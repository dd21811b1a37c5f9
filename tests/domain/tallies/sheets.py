"""A quiet sheet to start from: one village, every typed cell zero, everything consistent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.checks import Finding, evaluate
from jindu_desk.domain.tallies.sheet import Sheet, compute
from jindu_desk.queries.rules import shipped_rules

TOWNSHIP, VILLAGE, MONTH = "township", "village", "2026-11"  # every shipped check judges


def quiet_row(previous: Mapping[str, Cell] | None = None) -> dict[str, Cell]:
    catalogue = shipped_rules().catalogue
    row: dict[str, Cell] = {item.code: 0 for item in catalogue.level_items(Level.VILLAGE) if item.typed}
    return row | compute(catalogue, row, quiet_previous() if previous is None else previous, opening=False)


def quiet_previous() -> dict[str, Cell]:
    return {item.code: 0 for item in shipped_rules().catalogue.level_items(Level.VILLAGE)}


def sheet(
    typed: Mapping[str, Cell] | None = None,
    *,
    previous: Mapping[str, Cell] | None = None,
    forced: Mapping[str, Cell] | None = None,
    history: Mapping[str, tuple[int, ...]] | None = None,
) -> Sheet:
    """``typed`` cells are entered and what follows is computed; ``forced`` cells then stand as they are."""
    catalogue = shipped_rules().catalogue
    before = quiet_previous() | dict(previous or {})
    row = quiet_row(before) | {"L01": 1, "L02": 20} | dict(typed or {})
    row |= compute(catalogue, row, before, opening=False)
    row |= dict(forced or {})
    cells: dict[tuple[str, str], Cell] = {(VILLAGE, item): cell for item, cell in row.items() if cell is not BLANK}
    cells |= {(TOWNSHIP, item.code): 1 for item in catalogue.level_items(Level.TOWNSHIP)}
    return Sheet(
        TOWNSHIP,
        MONTH,
        (VILLAGE,),
        cells,
        {(VILLAGE, item): cell for item, cell in before.items()},
        {(VILLAGE, item): past for item, past in (history or {}).items()},
    )


def opened(first: Sheet, note: str = "") -> Sheet:
    """The same village in its first month: nothing before, opening figures typed, each with ``note``."""
    notes = {(VILLAGE, item.code): note for item in shipped_rules().catalogue.computed if item.opens and note}
    return replace(first, previous={}, openings=frozenset({VILLAGE}), notes=notes)


def findings(judged: Sheet) -> tuple[Finding, ...]:
    return evaluate(judged, shipped_rules().checks)


def keys(judged: Sheet) -> set[str]:
    return {finding.key for finding in findings(judged)}


def codes(judged: Sheet) -> set[str]:
    return {finding.code for finding in findings(judged)}


def seeded(seed: int) -> Random:
    return Random(seed)
