"""Made-up months of villages, person by person, for measuring the checks; it knows nothing of the checks.

Nobody is real. A village has people who come and go by chance (Poisson), each with a year of the term and tests due by
it; officers with habits of their own; publicity with a year's round, rounded figures, and villages that do next to
nothing; months that are missing; villages that are new or take in a neighbour. The sums hold because people are
counted, not because they are made to hold. `plausible` (domain) serves the example data, and is not used here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

MONTHS = 36
TERMS = {"J": 36, "K": 30}
TESTS_A_YEAR = {"J": (12, 6, 4), "K": (6, 4, 2)}
# Publicity over the year: quiet at the Spring Festival, 26 June, 1 December; poppies are looked for in spring.
SEASON = (0.7, 0.4, 0.9, 1.0, 1.2, 3.2, 0.9, 0.8, 1.1, 1.0, 1.1, 1.5)
POPPIES = (0.1, 0.2, 1.0, 2.0, 2.2, 1.0, 0.3, 0.2, 0.2, 0.4, 0.2, 0.1)
SCHOOL = (0.3, 0.1, 1.0, 1.0, 1.2, 2.0, 0.0, 0.0, 1.4, 1.0, 1.0, 1.0)

Figures = dict[str, int]
MOVES = ("A02b", "A02c", "A02d", "A03e", "A03f", "A03g", "A03h", "A03i", "A03j", "A03k")
REPORTING = ("B02", "B03a", "B03b", "B04", "B05")


@dataclass
class Person:
    kind: str
    age: int  # months of the term served
    able: bool
    employed: bool
    risk: float
    offset: int  # which months of the round the tests fall into
    status: str = "s1"


@dataclass
class Habits:
    """What differs from village to village and stays: the size, and how its officer works."""

    persons: float  # arrivals a month times the term
    arrivals: float
    talks: float
    visits: float
    care: float
    subsidy: float
    sessions: float
    steady: bool  # one session a month, whatever the season
    audience: float
    leaflets: float
    rounds: int  # figures of publicity are rounded to this
    patrols: float
    area: float
    breakdown: bool  # whether the optional breakdowns are filled
    released: float
    police: float


@dataclass
class Village:
    habits: Habits
    people: list[Person] = field(default_factory=list)
    waiting: list[tuple[str, int]] = field(default_factory=list)  # kind, months since the decision
    unsigned: dict[str, int] = field(default_factory=lambda: {"J": 0, "K": 0})
    former: list[int] = field(default_factory=list)  # months since leaving compulsory treatment
    lost: int = 0


def poisson(rng: Random, mean: float) -> int:
    """By the gaps between events; the means are small."""
    count, left = 0, mean
    while True:
        left -= -math.log(1.0 - rng.random())
        if left < 0:
            return count
        count += 1


def habits(rng: Random) -> Habits:
    """Most villages are small, some are tiny, one in eight is large."""
    fate = rng.random()
    persons = rng.uniform(0, 0.8) if fate < 0.25 else rng.uniform(1, 6) if fate < 0.88 else rng.uniform(8, 30)
    idle = rng.random() < 0.15
    return Habits(
        persons=persons,
        arrivals=persons / 30,
        talks=rng.choice((1.0, 1.0, 1.2, 2.0)),
        visits=rng.choice((0.3, 0.5, 1.0)),
        care=rng.choice((0.1, 0.25, 0.5)),
        subsidy=rng.choice((0.0, 0.0, 0.05, 0.15)),
        sessions=0.15 if idle else rng.choice((0.6, 1.0, 1.5, 3.0)),
        steady=not idle and rng.random() < 0.3,
        audience=math.exp(rng.gauss(3.8, 0.5)),
        leaflets=math.exp(rng.gauss(4.3, 0.6)),
        rounds=rng.choice((1, 1, 5, 10)),
        patrols=rng.choice((0.0, 0.5, 1.0, 2.0)),
        area=math.exp(rng.gauss(3.6, 0.7)),
        breakdown=rng.random() < 0.75,
        released=persons / 60,
        police=rng.choice((0.01, 0.05, 0.1)),
    )


def settled(rng: Random) -> Village:
    """A village with the people that its habits have brought by now."""
    own = habits(rng)
    village = Village(own)
    for _ in range(poisson(rng, own.persons)):
        kind = rng.choice("JJK")
        village.people.append(person(rng, kind, rng.randrange(TERMS[kind])))
    village.former = [rng.randrange(36) for _ in range(poisson(rng, own.released * 36))]
    return village


def person(rng: Random, kind: str, age: int = 0) -> Person:
    able = rng.random() < 0.8
    risk = 0.004 if rng.random() < 0.85 else 0.06
    status = "s1" if rng.random() < 0.8 else rng.choice(("s2", "s3"))
    return Person(kind, age, able, able and rng.random() < 0.7, risk, rng.randrange(12), status)


def history(rng: Random, first_month: int) -> Iterator[tuple[int, Figures | None, bool]]:
    """A village month by month: (number of the month in the year, 1-12; its figures, None for a month that is
    missing; whether it is the village's first). Typed figures and the opening ones only; what follows is computed by
    whoever reads it."""
    village = settled(rng)
    begins = rng.randrange(20, MONTHS) if rng.random() < 0.06 else 0
    merges = rng.randrange(6, MONTHS) if rng.random() < 0.08 else -1
    begun = False
    for number in range(MONTHS):
        when = (first_month + number - 1) % 12 + 1
        if number < begins:
            continue
        joins = settled(rng) if number == merges else None
        opening = opening_figures(village)
        figures = live(rng, village, when, joins)
        # Two months before the newest are never missing: nothing could be carried.
        missing = begun and number < MONTHS - 2 and rng.random() < 0.02
        yield when, None if missing else opening | figures, not begun
        begun = True


def opening_figures(village: Village) -> Figures:
    found = {"I01": len(village.former)}
    for kind in TERMS:
        found[f"A01.{kind}"] = sum(each.kind == kind for each in village.people)
        found[f"B01.{kind}"] = sum(each == kind for each, _ in village.waiting)
    return found


def live(rng: Random, village: Village, when: int, joins: Village | None) -> Figures:
    """One month: what happens, counted."""
    found: Figures = {}
    reports = {"F01a": 0, "F01b": 0, "F01c": 0}
    forced = 0
    for kind in TERMS:
        forced += register(rng, village, kind, found, reports, joins)
    released(rng, village, found, joins)
    if joins is not None:  # the neighbour's work is this village's from now on
        village.habits.persons += joins.habits.persons
        village.habits.arrivals += joins.habits.arrivals
        village.habits.released += joins.habits.released
        village.habits.sessions += joins.habits.sessions
        village.habits.patrols += joins.habits.patrols
    found |= reports
    due = sum(reports.values())
    found["F02"] = due - sum(rng.random() < 0.1 for _ in range(due))
    other = poisson(rng, village.habits.police)
    found["G01"] = reports["F01b"] + other
    found["G02"] = found["G01"] - sum(rng.random() < 0.1 for _ in range(found["G01"]))
    decided = forced + sum(rng.random() < 0.3 for _ in range(other))
    refused = sum(rng.random() < 0.1 for _ in range(decided))
    found |= {"H01": decided, "H02": decided - refused, "H03": refused}
    contacts(rng, village, found)
    help_given(rng, village, when, found)
    publicity(rng, village.habits, when, found)
    for each in village.people:
        each.age += 1
    village.former = [months + 1 for months in village.former]
    return found


def register(rng: Random, village: Village, kind: str, found: Figures, reports: Figures, joins: Village | None) -> int:
    """Arrivals, departures, agreements and tests of one kind; how many go into compulsory treatment."""

    def count(code: str, number: int = 0) -> None:
        found[f"{code}.{kind}"] = found.get(f"{code}.{kind}", 0) + number

    for code in (*MOVES, *REPORTING):
        count(code)
    share = 0.6 if kind == "J" else 0.4
    decided = poisson(rng, village.habits.arrivals * share)
    count("B02", decided)
    new: list[Person] = []
    still: list[tuple[str, int]] = []
    for each, since in [*village.waiting, *((kind, 0) for _ in range(decided))]:
        fate = rng.random()
        if each != kind:
            still.append((each, since))
        elif fate < (0.7 if since == 0 else 0.5):
            on_time = since == 0 or (since == 1 and rng.random() < 0.6)
            count("B03a" if on_time else "B03b", 1)
            new.append(person(rng, kind))
        elif fate > 0.97:
            count("B04", 1)
        elif since >= 2 and rng.random() < 0.5:
            count("B05", 1)
            reports["F01a"] += 1
        else:
            still.append((each, since + 1))
    village.waiting = still
    overdue = sum(each == kind and since >= 2 for each, since in still)
    found[f"B06a.{kind}"] = overdue
    reports["F01a"] += overdue
    joined = [each for each in joins.people if each.kind == kind] if joins is not None else []
    moved = [person(rng, kind, rng.randrange(TERMS[kind])) for _ in range(poisson(rng, village.habits.arrivals * 0.2))]
    arrived = len(joined) + len(moved)
    count("A02b", arrived)
    new += joined + moved
    count("A02c", int(village.habits.persons > 1 and rng.random() < 0.01))
    count("A02d", int(rng.random() < 0.004))
    new += [person(rng, kind, 6) for _ in range(found[f"A02c.{kind}"] + found[f"A02d.{kind}"])]
    agreements(rng, village, kind, found, arrived)
    forced = departures(rng, village, kind, found)
    own = [each for each in village.people if each.kind == kind]
    present = [*own, *new]
    village.people += new
    breakdown(rng, village, kind, present, found)
    tests(rng, kind, present, found, reports)
    return forced


def agreements(rng: Random, village: Village, kind: str, found: Figures, arrived: int) -> None:
    due = found[f"B03a.{kind}"] + found[f"B03b.{kind}"] + arrived + village.unsigned[kind]
    signed = sum(rng.random() < 0.85 for _ in range(due))
    found[f"C01.{kind}"], found[f"C02.{kind}"] = due, signed
    village.unsigned[kind] = due - signed


def departures(rng: Random, village: Village, kind: str, found: Figures) -> int:
    """``A03``; how many of them go into compulsory treatment."""
    chances = (("A03f", 0.008), ("A03g", 0.003), ("A03h", 0.003), ("A03i", 0.001), ("A03j", 0.003), ("A03k", 0.001))
    forced = 0
    staying: list[Person] = []
    for each in village.people:
        gone = ""
        if each.kind == kind:
            if each.age >= TERMS[kind]:
                gone = "A03e"
            else:
                fate = rng.random()
                for code, chance in chances:
                    fate -= chance
                    if fate < 0:
                        gone = code
                        break
        if gone:
            found[f"{gone}.{kind}"] += 1
            forced += gone == "A03h"
        else:
            staying.append(each)
    village.people = staying
    return forced


def breakdown(rng: Random, village: Village, kind: str, present: list[Person], found: Figures) -> None:
    for each in present:
        if rng.random() < 0.06:
            each.status = rng.choice(("s1", "s1", "s1", "s2", "s3", "s4" if rng.random() < 0.3 else "s1"))
    if not village.habits.breakdown:
        return
    for year in (1, 2, 3):
        found[f"A04y{year}.{kind}"] = sum(min(each.age // 12, 2) == year - 1 for each in present)
    for status in ("s1", "s2", "s3", "s4"):
        found[f"A04{status}.{kind}"] = sum(each.status == status for each in present)


def tests(rng: Random, kind: str, present: list[Person], found: Figures, reports: Figures) -> None:
    codes = ["D01", "D03", "D04", "D05", "D06a", "D06b", "D06c", "D06d", "D06e", "D07", "D08"]
    done = dict.fromkeys(codes, 0)
    for each in present:
        times = TESTS_A_YEAR[kind][min(each.age // 12, 2)]
        if (each.age + each.offset) % (12 // times):
            continue
        done["D01"] += 1
        done["D07"] += 1
        fate = rng.random()
        if each.status == "s4":
            done["D06c"] += 1
        elif each.status == "s2" and fate < 0.4:
            done["D06a"] += 1
        elif fate < 0.01:
            done["D06b"] += 1
            reports["F01c"] += rng.random() < 0.5
        elif fate < 0.02:
            done["D06d"] += 1
        elif fate < 0.025:
            done["D06e"] += 1
        else:
            done["D08"] += 1
            positive = rng.random() < each.risk
            void = not positive and rng.random() < 0.01
            done["D04" if positive else "D05" if void else "D03"] += 1
            reports["F01b"] += positive and rng.random() < 0.9
    for code, number in done.items():
        found[f"{code}.{kind}"] = int(number)


def released(rng: Random, village: Village, found: Figures, joins: Village | None) -> None:
    gone = [months for months in village.former if months >= 36 or rng.random() < 0.004]
    for months in gone:
        village.former.remove(months)
    new = [0] * poisson(rng, village.habits.released) + (list(joins.former) if joins else [])
    village.former += new
    found["I02"], found["I03"] = len(new), len(gone)
    village.lost = min(len(village.former), max(0, village.lost + rng.choice((0, 0, 0, 0, 0, 0, 0, 0, 1, -1))))
    found["I06"] = village.lost
    found["I05"] = len(village.former) - village.lost


def contacts(rng: Random, village: Village, found: Figures) -> None:
    talks = visits = reached = 0
    for each in village.people:
        if each.status == "s4":
            continue
        a, b = poisson(rng, village.habits.talks), poisson(rng, village.habits.visits)
        talks, visits, reached = talks + a, visits + b, reached + bool(a or b)
    found |= {"E01": talks, "E02": visits, "E03": reached}


def help_given(rng: Random, village: Village, when: int, found: Figures) -> None:
    able = [each for each in village.people if each.able]
    for each in able:
        if rng.random() < 0.03:
            each.employed = not each.employed
    found["P01"], found["P02"] = len(able), sum(each.employed for each in able)
    found["P03"] = sum(not each.employed and each.offset % 2 == 0 for each in able)
    found["P04"] = poisson(rng, 0.05 * len(able))
    found["P05"] = sum(rng.random() < village.habits.subsidy for _ in village.people)
    festive = 3.0 if when in (1, 2, 9) else 1.0
    found["P06"] = poisson(rng, village.habits.care * festive * len(village.people))


def publicity(rng: Random, own: Habits, when: int, found: Figures) -> None:
    sessions = 1 + int(when in (6, 12)) if own.steady else poisson(rng, own.sessions * SEASON[when - 1])
    heads = sum(round_to(math.exp(rng.gauss(math.log(own.audience), 0.5)), own.rounds) for _ in range(sessions))
    papers = sum(round_to(math.exp(rng.gauss(math.log(own.leaflets), 0.6)), own.rounds) for _ in range(sessions))
    if sessions and rng.random() < 0.1:
        papers = 0  # none were left
    patrols = poisson(rng, own.patrols * POPPIES[when - 1])
    area = sum(round_to(math.exp(rng.gauss(math.log(own.area), 0.4)), own.rounds) for _ in range(patrols))
    plants = 1 + poisson(rng, rng.choice((2.0, 10.0, 60.0))) if patrols and rng.random() < 0.04 else 0
    found |= {"L01": sessions, "L02": heads, "L03": papers, "L05": patrols, "L06": area, "L07": plants}
    found["L04"] = poisson(rng, 0.25 * SCHOOL[when - 1] * min(own.sessions, 1.5))
    found["L08"] = plants - int(plants > 3 and rng.random() < 0.05)


def round_to(figure: float, step: int) -> int:
    return max(step, step * round(figure / step))


def workforce(rng: Random) -> Iterator[Figures]:
    """The township's own row, month by month."""
    staff, social = rng.randint(1, 2), rng.randint(1, 6)
    volunteers, grid = rng.randint(15, 120), rng.randint(20, 90)
    while True:
        yield {"M01": staff, "M02": social, "M03": volunteers, "M04": grid}
        social = max(0, social + rng.choice((0,) * 18 + (1, -1)))
        if rng.random() < 0.15:
            volunteers = max(5, volunteers + rng.randint(-4, 6))
        if rng.random() < 0.1:
            grid = max(5, grid + rng.randint(-2, 2))
