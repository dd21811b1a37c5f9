"""Small-cell protection of a big township's months, beside the checks over the same sheets in the same run.

    python tests/bench/protection.py [--villages 30] [--seed 1]

36 made-up months (`small_counts`), each protected after the one before. Goal: well under a second a month.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.small_counts import Figures, history

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.bonds import bonds_of
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.checks import evaluate
from jindu_desk.domain.tallies.protection import Protection, is_small, protect
from jindu_desk.domain.tallies.sheet import Place, Sheet, compute, rows_of
from jindu_desk.queries.rules import shipped_rules

FIRST, MONTHS = Month(2023, 11), 36


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--villages", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    measure(list(township(wanted.seed, wanted.villages)))


def measure(sheets: list[Sheet]) -> None:
    rules = shipped_rules()
    bonds = bonds_of(rules.checks)
    took: list[float] = []
    floor: list[float] = []
    cells = small = hidden = totals = 0
    before: Protection | None = None
    for sheet in sheets:
        begin = time.perf_counter()
        before = protect(rules.catalogue, bonds, sheet, before)
        took.append(time.perf_counter() - begin)
        begin = time.perf_counter()
        evaluate(sheet, rules.checks)
        floor.append(time.perf_counter() - begin)
        cells += len(sheet.cells)
        small += sum(is_small(cell) for cell in sheet.cells.values())
        hidden += len(before.hidden)
        totals += len(before.hidden_totals)
    median, checks = statistics.median(took) * 1000, statistics.median(floor) * 1000
    print(f"{len(sheets)} months of {len(sheets[0].villages)} villages, {cells // len(sheets)} cells a month")
    print(f"protection: median {median:.0f} ms, longest {max(took) * 1000:.0f} ms a month")
    print(f"all checks over the same sheet: median {checks:.0f} ms; ratio {median / checks:.2f}")
    print(f"1 or 2: {small / cells:.1%} of the cells; hidden: {hidden / cells:.1%}, {hidden / small:.2f} for one")
    print(f"totals hidden: {totals / len(sheets):.1f} a month")


def township(seed: int, villages: int) -> Iterator[Sheet]:
    """Month by month, all of them filled: a month with a blank cannot be reported."""
    catalogue, rng = shipped_rules().catalogue, Random(seed)
    lives = {f"v{number:02}": whole_life(rng) for number in range(villages)}
    before: dict[Place, Cell] = {}
    begun: set[str] = set()
    for number in range(MONTHS):
        cells: dict[Place, Cell] = {}
        openings = frozenset(lives) - begun
        earlier = rows_of(before)
        for unit, life in lives.items():
            lived = number - (MONTHS - len(life))
            figures = life[lived] if lived >= 0 else {}
            opening = unit in openings
            row: dict[str, Cell] = {
                item.code: figures[item.code]
                for item in catalogue.level_items(Level.VILLAGE)
                if item.code in figures and (item.typed or (item.opens and opening))
            }
            row |= compute(catalogue, row, earlier.get(unit, {}), opening=opening)
            cells |= {(unit, code): cell for code, cell in row.items() if cell is not BLANK}
            begun |= {unit} if figures else set()
        yield Sheet("t", str(FIRST.plus(number)), tuple(lives), cells, before, openings=openings)
        before = cells


def whole_life(rng: Random) -> list[Figures]:
    """A village without a missing month; a new one begins later."""
    while True:
        months = [figures for _, figures, _ in history(Random(rng.random()), FIRST.number)]
        if None not in months:
            return [figures for figures in months if figures is not None]


if __name__ == "__main__":
    main()
