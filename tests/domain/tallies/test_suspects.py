"""What is left out without being judged would have been found to hold."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell, number
from jindu_desk.domain.tallies.check_rules import Weight
from jindu_desk.domain.tallies.checks import evaluate, evaluate_unit
from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
from jindu_desk.domain.tallies.sheet import Sheet
from jindu_desk.queries.rules import shipped_rules

CATALOGUE, CHECKS = shipped_rules().catalogue, shipped_rules().checks
VILLAGES = ("one", "two", "three", "four")
SPOILT: tuple[Cell, ...] = (BLANK, UNKNOWN, NOT_APPLICABLE, 0, 1, 2, 7, 100)
MONTHS = st.sampled_from(["2026-01", "2026-11", "2020-01"])
PLACES = st.tuples(
    st.booleans(),  # last month
    st.sampled_from([*VILLAGES, "town"]),
    st.sampled_from([item.code for item in CATALOGUE.items.values()]),
    st.sampled_from(SPOILT),
)


def month(rng: Random) -> Sheet:
    cells: dict[tuple[str, str], Cell] = {}
    before: dict[tuple[str, str], Cell] = {}
    history: dict[tuple[str, str], tuple[int, ...]] = {}
    for place, village in enumerate(VILLAGES):
        first = plausible_month(rng, CATALOGUE, None, list(Size)[place % 3])
        before |= {(village, item): cell for item, cell in first.items()}
        # Alternately as now and twice as much: enough for what rests on the past to speak here and there.
        for item in CHECKS.history_items:
            history[village, item] = (figure := number(first.get(item, BLANK)) or 0, 2 * figure, figure, figure)
        second = plausible_month(rng, CATALOGUE, first, list(Size)[place % 3])
        cells |= {(village, item): cell for item, cell in second.items() if cell is not BLANK}
    cells |= {("town", item): cell for item, cell in plausible_township(rng, CATALOGUE, None).items()}
    return Sheet("town", "2026-11", VILLAGES, cells, before, history)


@settings(deadline=None)
@given(
    st.randoms(use_true_random=False),
    st.lists(PLACES, max_size=6),
    st.frozensets(st.sampled_from(VILLAGES)),
    st.frozensets(st.sampled_from(VILLAGES)),
    MONTHS,
)
def test_all_together_find_what_each_finds_alone(
    rng: Random,
    spoilt: list[tuple[bool, str, str, Cell]],
    openings: frozenset[str],
    nil: frozenset[str],
    when: str,
) -> None:
    sheet = month(rng)
    cells, before = dict(sheet.cells), dict(sheet.previous)
    for last_month, unit, item, cell in spoilt:
        (before if last_month else cells)[unit, item] = cell
    sheet = replace(sheet, month=when, cells=cells, previous=before, openings=openings, nil_returns=nil)
    alone = tuple(finding for unit in (*VILLAGES, "town") for finding in evaluate_unit(sheet, unit, CHECKS))
    assert evaluate(sheet, CHECKS) == alone
    for weight in Weight:
        assert evaluate(sheet, CHECKS, weight) == tuple(each for each in alone if each.weight is weight)


def test_a_sheet_without_villages_is_judged_by_its_own_row() -> None:
    empty = Sheet("town", "2026-10", (), {})
    assert {finding.code for finding in evaluate(empty, CHECKS)} == {"H0"}
    assert len(list(CATALOGUE.level_items(Level.TOWNSHIP))) == sum(len(f.cells) for f in evaluate(empty, CHECKS))
