"""Made-up but self-consistent figures: a village's month for the example data. It breaks no hard check."""

from __future__ import annotations

from enum import StrEnum
from random import Random

from jindu_desk.domain.tallies.catalogue import Catalogue, Level
from jindu_desk.domain.tallies.cells import BLANK, Cell, number
from jindu_desk.domain.tallies.sheet import Row, compute


class Size(StrEnum):
    """How many people a made-up village looks after."""

    SMALL = "small"
    MIDDLE = "middle"
    LARGE = "large"


_PERSONS = {Size.SMALL: (0, 3), Size.MIDDLE: (2, 7), Size.LARGE: (5, 14)}
_MONTHLY_TESTS = {"J": (12, 6, 4), "K": (6, 4, 2)}  # a year, by year of the term


def plausible_month(rng: Random, catalogue: Catalogue, previous: Row | None, size: Size) -> dict[str, Cell]:
    """One village's month: every typed, carried and derived cell of it, filled.

    ``previous`` is last month's row, None in the village's first month, whose opening figures are then made up too.
    Positive tests and events to report are rare; the shipped catalogue is assumed.
    """
    row: dict[str, Cell] = {item.code: 0 for item in catalogue.level_items(Level.VILLAGE) if item.typed}
    before = previous or {}
    opening = previous is None
    if opening:
        row |= _openings(rng, size)
    row |= _closing(catalogue, row, before, opening)
    positives = 0
    for kind in ("J", "K"):
        _arrivals(rng, row, kind, size)
        row |= _closing(catalogue, row, before, opening)
        _departures(rng, row, kind)
        row |= _closing(catalogue, row, before, opening)
        _break_down(rng, row, before, kind)
        positives += _tests(rng, row, kind)
    _reports(rng, row, positives)
    _released(rng, row)
    row |= _closing(catalogue, row, before, opening)
    row["I06"] = 1 if _of(row, "I04") > 3 and rng.random() < 0.15 else 0
    row["I05"] = _of(row, "I04") - _of(row, "I06")
    _help(rng, row, before)
    _publicity(rng, row, size)
    return row | _closing(catalogue, row, before, opening)


def plausible_township(rng: Random, catalogue: Catalogue, previous: Row | None) -> dict[str, Cell]:
    """The township's own row (block M)."""
    before = previous or {}
    ranges = {"M01": (1, 2), "M02": (2, 5), "M03": (20, 60), "M04": (30, 80)}
    row: dict[str, Cell] = {}
    for item in catalogue.level_items(Level.TOWNSHIP):
        known = number(before.get(item.code, BLANK))
        low, high = ranges.get(item.base, (0, 5))
        if known is None:
            row[item.code] = rng.randint(low, high)
        else:
            row[item.code] = max(low, known + rng.choice((0, 0, 0, 0, 1, -1))) if high > 5 else known
    return row


def _of(row: Row, code: str) -> int:
    return number(row.get(code, BLANK)) or 0


def _closing(catalogue: Catalogue, row: Row, before: Row, opening: bool) -> dict[str, Cell]:
    return compute(catalogue, row, before, opening=opening)


def _openings(rng: Random, size: Size) -> dict[str, Cell]:
    low, high = _PERSONS[size]
    return {
        "A01.J": rng.randint(low, high),
        "A01.K": rng.randint(low // 2, high),
        "B01.J": 0,
        "B01.K": 0,
        "C01.J": 0,
        "C01.K": 0,
        "I01": rng.randint(low, high),
    }


def _arrivals(rng: Random, row: dict[str, Cell], kind: str, size: Size) -> None:
    waiting = _of(row, f"B01.{kind}")
    chance = {Size.SMALL: 0.06, Size.MIDDLE: 0.2, Size.LARGE: 0.4}[size]
    decided = int(rng.random() < chance) + int(rng.random() < chance / 3)
    row[f"B02.{kind}"] = decided
    arrived = 0
    for _ in range(waiting + decided):
        fate = rng.random()
        if fate < 0.8:
            row[f"B03a.{kind}"] = _of(row, f"B03a.{kind}") + 1
            arrived += 1
        elif fate < 0.88:
            row[f"B03b.{kind}"] = _of(row, f"B03b.{kind}") + 1
            arrived += 1
        elif fate < 0.92:
            row[f"B04.{kind}"] = _of(row, f"B04.{kind}") + 1
    row[f"A02b.{kind}"] = int(rng.random() < 0.04)
    if f"C01.{kind}" in row and _of(row, f"C01.{kind}") == 0:
        row[f"C01.{kind}"] = arrived + _of(row, f"A02b.{kind}")


def _departures(rng: Random, row: dict[str, Cell], kind: str) -> None:
    present = _of(row, f"A04.{kind}")
    for code, chance in (("A03e", 0.2), ("A03f", 0.04), ("A03g", 0.03)):
        if present > 0 and rng.random() < chance:
            row[f"{code}.{kind}"] = 1
            present -= 1
    row[f"C02.{kind}"] = _of(row, f"C01.{kind}") - int(_of(row, f"C01.{kind}") > 1 and rng.random() < 0.3)


def _break_down(rng: Random, row: dict[str, Cell], before: Row, kind: str) -> None:
    total = _of(row, f"A04.{kind}")
    years = [min(_of(before, f"A04y{n}.{kind}"), total) for n in (1, 2, 3)]
    while sum(years) > total:
        years[rng.choice([n for n in range(3) if years[n]])] -= 1
    while sum(years) < total:
        years[rng.choice((0, 0, 1, 2)) if not before else 0] += 1
    for n, persons in enumerate(years, start=1):
        row[f"A04y{n}.{kind}"] = persons
    away = int(total > 2 and rng.random() < 0.3)
    watched = int(total > 4 and rng.random() < 0.3)
    lost = int(total > 3 and rng.random() < 0.06)
    row[f"A04s2.{kind}"], row[f"A04s3.{kind}"], row[f"A04s4.{kind}"] = away, watched, lost
    row[f"A04s1.{kind}"] = total - away - watched - lost


def _tests(rng: Random, row: dict[str, Cell], kind: str) -> int:
    """Fill block D; the number of positives."""
    times = _MONTHLY_TESTS[kind]
    implied = sum(_of(row, f"A04y{n}.{kind}") * times[n - 1] for n in (1, 2, 3))
    due = (implied + 6) // 12
    persons = min(_of(row, f"A01.{kind}") + _of(row, f"A02.{kind}"), due)
    missed = {"D06a": 0, "D06c": 0, "D06b": 0}
    for _ in range(due):
        if rng.random() < 0.06:
            missed[rng.choice(("D06a", "D06a", "D06c", "D06b"))] += 1
    done = due - sum(missed.values())
    positive = int(done > 0 and rng.random() < 0.03)
    void = int(done > 3 and rng.random() < 0.05)
    row[f"D01.{kind}"], row[f"D07.{kind}"] = due, persons
    for code, figure in missed.items():
        row[f"{code}.{kind}"] = figure
    row[f"D04.{kind}"], row[f"D05.{kind}"], row[f"D03.{kind}"] = positive, void, done - positive - void
    row[f"D08.{kind}"] = min(persons, done)
    return positive


def _reports(rng: Random, row: dict[str, Cell], positives: int) -> None:
    overdue = 0
    for kind in ("J", "K"):
        late = int(_of(row, f"B06.{kind}") > 0 and rng.random() < 0.3)
        row[f"B06a.{kind}"] = late
        overdue += late
    refused = sum(_of(row, f"D06b.{kind}") for kind in ("J", "K"))
    row["F01a"], row["F01b"], row["F01c"] = overdue, positives, int(refused > 0 and rng.random() < 0.3)
    due = overdue + positives + _of(row, "F01c")
    row["F02"] = due - int(due > 0 and rng.random() < 0.15)
    found = positives + int(rng.random() < 0.05)
    row["G01"] = found
    row["G02"] = found - int(found > 0 and rng.random() < 0.1)
    row["H01"] = int(_of(row, "G02") > 0 and rng.random() < 0.5)
    row["H03"] = int(_of(row, "H01") > 0 and rng.random() < 0.15)
    row["H02"] = _of(row, "H01") - _of(row, "H03")


def _released(rng: Random, row: dict[str, Cell]) -> None:
    row["I02"] = int(rng.random() < 0.12)
    row["I03"] = int(_of(row, "I01") > 0 and rng.random() < 0.1)


def _help(rng: Random, row: dict[str, Cell], before: Row) -> None:
    persons = _of(row, "A04.J") + _of(row, "A04.K")
    able = min(persons, max(_of(before, "P01"), round(persons * 0.8)))
    row["P01"] = able
    row["P02"] = min(able, max(_of(before, "P02"), round(able * rng.uniform(0.6, 0.9))))
    row["P03"] = min(1, able - _of(row, "P02"))
    row["P04"] = int(able > 2 and rng.random() < 0.2)
    row["P05"] = int(persons > 0 and rng.random() < 0.15)
    row["P06"] = rng.randint(1, persons) if persons else 0
    row["E01"] = persons + rng.randint(0, 3) if persons else 0
    row["E02"] = rng.randint(1, persons) if persons else 0
    row["E03"] = persons


def _publicity(rng: Random, row: dict[str, Cell], size: Size) -> None:
    sessions = rng.randint(1, 2 if size is Size.SMALL else 4)
    row["L01"], row["L02"] = sessions, sessions * rng.randint(25, 70)
    row["L03"] = sessions * rng.randint(40, 120)
    row["L04"] = int(rng.random() < 0.3)
    row["L05"] = rng.randint(0, 3)
    row["L06"] = _of(row, "L05") * rng.randint(20, 90)
    plants = rng.randint(3, 60) if _of(row, "L05") and rng.random() < 0.04 else 0
    row["L07"] = row["L08"] = plants
