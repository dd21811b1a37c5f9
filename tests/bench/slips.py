"""How many slips of the pen the checks find, and how often they cry wolf.

    python tests/bench/slips.py [--seeds 24] [--first 1001] [--items]

Made-up townships (`small_counts`), 36 months each, the newest of another month of the year with each seed. Slips are
planted one at a time into the newest month, what follows is computed as the program does it, and the checks judge the
row. Thresholds were chosen on seeds below 1000; the figures of the docs are of seeds from 1001 on.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench.small_counts import MONTHS, history, workforce

from jindu_desk.domain.tallies.catalogue import Catalogue, Item, Level, Nature
from jindu_desk.domain.tallies.cells import BLANK, Cell
from jindu_desk.domain.tallies.check_rules import Checks
from jindu_desk.domain.tallies.checks import Finding, evaluate_unit
from jindu_desk.domain.tallies.sheet import Sheet, compute
from jindu_desk.queries.rules import shipped_rules

VILLAGES = 15
HISTORY = 12
TOWNSHIP, VILLAGE = "township", "village"
# A movement out that is written as one in: its sign forgotten.
MOVEMENTS = {
    "A03e": "A02d",
    "A03f": "A02b",
    "A03g": "A02d",
    "A03h": "A02d",
    "A03i": "A02d",
    "A03j": "A02c",
    "A03k": "A02d",
    "B04": "B02",
    "B05": "B02",
    "I03": "I02",
}
SLIPS = (
    "figure x10",
    "digits swapped",
    "neighbour's figure",
    "neighbours exchanged",
    "last month's again",
    "sign forgotten",
)


@dataclass
class Tally:
    planted: int = 0
    found: int = 0
    hard: int = 0


@dataclass
class Measured:
    """``slips`` by (kind, whether a figure changes by 3 or more); ``by_check`` and ``items`` of those of 3 or more."""

    slips: dict[tuple[str, bool], Tally] = field(default_factory=lambda: defaultdict(Tally))
    by_check: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    items: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    rows: int = 0
    cells: int = 0
    marked: int = 0
    alarmed_rows: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    hard_in_clean: Counter[str] = field(default_factory=Counter)
    judged: int = 0
    seconds: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=24)
    parser.add_argument("--first", type=int, default=1001)
    parser.add_argument("--items", action="store_true", help="also by item")
    asked = parser.parse_args()
    measured = measure(range(asked.first, asked.first + asked.seeds), shipped_rules().checks)
    tell(measured, by_item=asked.items)


def measure(seeds: range, checks: Checks) -> Measured:
    measured = Measured()
    for seed in seeds:
        rng = Random(seed)
        for _ in range(VILLAGES):
            sheet = village_sheet(rng, seed % 12 + 1, checks)
            if sheet is not None:
                judge(measured, sheet, VILLAGE, checks)
        judge(measured, township_sheet(rng, seed % 12 + 1, checks), TOWNSHIP, checks)
    return measured


def village_sheet(rng: Random, first_month: int, checks: Checks) -> Sheet | None:
    """The newest month of a village with what was before it; None for one in its first month, which is another
    matter: its figures are compared with nothing."""
    catalogue = checks.catalogue
    rows: list[dict[str, Cell] | None] = []
    opening = False
    for _, figures, opening in history(rng, first_month):
        rows.append(None if figures is None else completed(catalogue, figures, rows[-1] if rows else None, opening))
    if opening or rows[-2] is None:
        return None
    return sheet_of(rows, VILLAGE, checks, catalogue, first_month)


def township_sheet(rng: Random, first_month: int, checks: Checks) -> Sheet:
    months = workforce(rng)
    rows: list[dict[str, Cell] | None] = [dict(next(months)) for _ in range(MONTHS)]
    return sheet_of(rows, TOWNSHIP, checks, checks.catalogue, first_month)


def completed(
    catalogue: Catalogue, figures: Mapping[str, int], before: Mapping[str, Cell] | None, opening: bool
) -> dict[str, Cell]:
    """The row with carried and derived cells. After a missing month the opening figures are those that were typed."""
    items = set(catalogue.items)
    row: dict[str, Cell] = {code: figure for code, figure in figures.items() if code in items}
    begins = opening or before is None
    return row | compute(catalogue, row, before or {}, opening=begins)


def sheet_of(
    rows: list[dict[str, Cell] | None], unit: str, checks: Checks, catalogue: Catalogue, first_month: int
) -> Sheet:
    newest, before = rows[-1], rows[-2]
    assert newest is not None
    assert before is not None
    past = [row for row in rows[-1 - HISTORY : -1] if row is not None]
    gone = {
        (unit, code): tuple(cell for row in past if isinstance(cell := row.get(code, BLANK), int))
        for code in checks.history_items
    }
    flows = [item.code for item in typed(catalogue, Level.VILLAGE) if item.nature is Nature.FLOW]
    idle = unit == VILLAGE and not any(newest.get(code) for code in flows)
    month = (first_month + MONTHS - 2) % 12 + 1
    return Sheet(
        TOWNSHIP,
        f"2027-{month:02}",
        (VILLAGE,) if unit == VILLAGE else (),
        {(unit, code): cell for code, cell in newest.items() if cell is not BLANK},
        {(unit, code): cell for code, cell in before.items() if cell is not BLANK},
        gone,
        frozenset({VILLAGE}) if idle else frozenset(),
    )


def typed(catalogue: Catalogue, level: Level) -> list[Item]:
    return [item for item in catalogue.level_items(level) if item.typed]


def judge(measured: Measured, sheet: Sheet, unit: str, checks: Checks) -> None:
    clean = evaluate_unit(sheet, unit, checks)
    count_alarms(measured, sheet, clean)
    if sheet.nil_returns:
        return  # nothing can be typed there
    level = Level.TOWNSHIP if unit == TOWNSHIP else Level.VILLAGE
    row = {code: cell for (_, code), cell in sheet.cells.items()}
    before = {code: cell for (_, code), cell in sheet.previous.items()}
    known = {finding.key for finding in clean}
    for kind, changed in planted(checks.catalogue, level, row, before):
        now: dict[str, Cell] = {**row, **changed}
        if unit == VILLAGE:
            now |= compute(checks.catalogue, now, before, opening=False)
        slipped = replace(sheet, cells={(unit, code): cell for code, cell in now.items() if cell is not BLANK})
        start = time.perf_counter()
        findings = evaluate_unit(slipped, unit, checks)
        measured.seconds += time.perf_counter() - start
        measured.judged += 1
        count_slip(measured, kind, changed, row, [each for each in findings if each.key not in known])


def count_alarms(measured: Measured, sheet: Sheet, clean: tuple[Finding, ...]) -> None:
    soft = [finding for finding in clean if not finding.hard]
    measured.rows += 1
    measured.cells += len(sheet.cells)
    measured.marked += len({place for finding in soft for place in finding.cells})
    measured.alarmed_rows += bool(soft)
    measured.alarms.update(finding.key for finding in soft)
    measured.hard_in_clean.update(finding.key for finding in clean if finding.hard)


def count_slip(
    measured: Measured, kind: str, changed: Mapping[str, int], row: Mapping[str, Cell], new: list[Finding]
) -> None:
    change = max(abs(figure - of(row, code)) for code, figure in changed.items())
    counted = [measured.slips[kind, False]]
    if change >= 3:
        item = max(changed, key=lambda code: abs(changed[code] - of(row, code))).partition(".")[0]
        counted += [measured.slips[kind, True], measured.items[kind, item]]
        measured.by_check[kind].update({finding.code for finding in new})
    for tally in counted:
        tally.planted += 1
        tally.found += bool(new)
        tally.hard += any(finding.hard for finding in new)


def planted(
    catalogue: Catalogue, level: Level, row: Mapping[str, Cell], before: Mapping[str, Cell]
) -> Iterator[tuple[str, dict[str, int]]]:
    """Every slip that can be made in the row, one at a time: its kind and the figures that it leaves."""
    items = [item for item in typed(catalogue, level) if isinstance(row.get(item.code, BLANK), int)]
    for item in items:
        figure = of(row, item.code)
        if figure:
            yield "figure x10", {item.code: figure * 10}
        for swapped in digits_swapped(figure):
            yield "digits swapped", {item.code: swapped}
        last = before.get(item.code, BLANK)
        if isinstance(last, int) and last != figure:
            yield "last month's again", {item.code: last}
        into = MOVEMENTS.get(item.base)
        if figure and into:
            other = item.code.replace(item.base, into)
            yield "sign forgotten", {item.code: 0, other: of(row, other) + figure}
    for left, right in pairwise(items):
        a, b = of(row, left.code), of(row, right.code)
        if left.block == right.block and a != b:
            yield "neighbour's figure", {left.code: b}
            yield "neighbour's figure", {right.code: a}
            yield "neighbours exchanged", {left.code: b, right.code: a}


def digits_swapped(figure: int) -> set[int]:
    text = str(figure)
    swaps = (text[:n] + text[n + 1] + text[n] + text[n + 2 :] for n in range(len(text) - 1))
    return {int(swap) for swap in swaps} - {figure}


def of(row: Mapping[str, Cell], code: str) -> int:
    cell = row.get(code, BLANK)
    return cell if isinstance(cell, int) else 0


def tell(measured: Measured, *, by_item: bool) -> None:
    print(f"{'slip':22} {'planted':>8} {'found':>7}   {'of 3+':>6} {'found':>7} {'hard':>7}   by (of 3+)")
    for kind in SLIPS:
        whole, large = measured.slips[kind, False], measured.slips[kind, True]
        by = " ".join(f"{code} {percent(n, large.planted)}" for code, n in measured.by_check[kind].most_common(9) if n)
        print(
            f"{kind:22} {whole.planted:8} {percent(whole.found, whole.planted):>7}   {large.planted:6}"
            f" {percent(large.found, large.planted):>7} {percent(large.hard, large.planted):>7}   {by}"
        )
    print(
        f"\nclean rows {measured.rows}, with an alarm {percent(measured.alarmed_rows, measured.rows)};"
        f" cells {measured.cells}, marked {percent(measured.marked, measured.cells)};"
        f" alarms a row {sum(measured.alarms.values()) / max(1, measured.rows):.2f}"
    )
    print("alarms by check: " + " ".join(f"{key} {n}" for key, n in measured.alarms.most_common()))
    if measured.hard_in_clean:
        print("hard findings in clean rows (a fault of the data): " + str(dict(measured.hard_in_clean)))
    print(f"one row judged in {measured.seconds / max(1, measured.judged) * 1000:.2f} ms ({measured.judged} times)")
    if by_item:
        for (kind, item), tally in sorted(measured.items.items()):
            if tally.found < tally.planted:
                print(f"  {kind:22} {item:5} {tally.planted:6} missed {tally.planted - tally.found}")


def percent(part: int, whole: int) -> str:
    return f"{part / whole * 100:.1f} %" if whole else "-"


if __name__ == "__main__":
    main()
