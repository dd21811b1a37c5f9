from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.domain.tallies.sheets import TOWNSHIP, VILLAGE, quiet_previous, quiet_row, seeded, sheet

from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import (
    BLANK,
    NOT_APPLICABLE,
    UNKNOWN,
    Cell,
    added,
    cell_of,
    number,
    state_of,
)
from jindu_desk.domain.tallies.checks import evaluate
from jindu_desk.domain.tallies.formulas import figure_of
from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.tallies.sheet import Sheet, compute, filled_villages, unfilled
from jindu_desk.queries.rules import shipped_rules

RULES = shipped_rules()
CATALOGUE = RULES.catalogue
TYPED = [item.code for item in CATALOGUE.level_items(Level.VILLAGE) if item.typed]


def test_blank_wins_over_unknown_wins_over_numbers() -> None:
    assert added([(1, 3), (-1, 1)]) == 2
    assert added([(1, 3), (1, BLANK), (1, UNKNOWN)]) is BLANK
    assert added([(1, 3), (1, UNKNOWN)]) is UNKNOWN
    assert added([(1, 3), (1, NOT_APPLICABLE)]) == 3
    assert added([(1, NOT_APPLICABLE), (1, NOT_APPLICABLE)]) is NOT_APPLICABLE


def test_cells_and_records_mean_the_same() -> None:
    for cell in (0, 7, UNKNOWN, NOT_APPLICABLE):
        state = state_of(cell)
        assert state is not None
        assert cell_of(*state) == cell
    assert state_of(BLANK) is None
    assert state_of(-1) is None
    assert cell_of(CellState.NUMBER, None) is BLANK
    assert (number(NOT_APPLICABLE), number(UNKNOWN), number(BLANK)) == (0, None, None)


@given(st.dictionaries(st.sampled_from(TYPED), st.integers(0, 500)))
def test_derived_figures_are_their_formulas(typed: dict[str, int]) -> None:
    row = quiet_row()
    row.update(typed)
    row |= compute(CATALOGUE, row, quiet_previous(), opening=False)
    for item in CATALOGUE.computed:
        if item.derived and not item.opens:
            assert row[item.code] == figure_of(item.derived, lambda code, previous: row[code])


@given(st.sampled_from(TYPED), st.integers(1, 50))
def test_computing_only_the_dependents_is_computing_all(code: str, figure: int) -> None:
    row: dict[str, Cell] = quiet_row() | {code: figure}
    some = compute(CATALOGUE, row, quiet_previous(), opening=False, items=CATALOGUE.dependents(code))
    assert row | some == row | compute(CATALOGUE, row, quiet_previous(), opening=False)


def test_a_first_month_keeps_its_typed_openings() -> None:
    row: dict[str, Cell] = quiet_row() | {"A01.J": 6, "C01.K": 2}
    found = compute(CATALOGUE, row, {}, opening=True)
    assert (found["A01.J"], found["A04.J"], found["C01.K"], found["C03.K"]) == (6, 6, 2, 2)


def test_without_last_month_nothing_is_carried() -> None:
    found = compute(CATALOGUE, quiet_row(), {}, opening=False)
    assert found["A01.J"] is BLANK
    assert found["A04.J"] is BLANK


def test_what_is_left_to_fill() -> None:
    row = quiet_row()
    del row["E01"]
    left = unfilled(CATALOGUE, row, "2026-10", Level.VILLAGE, opening=False)
    assert [item.code for item in left] == ["E01"]
    left = unfilled(CATALOGUE, {}, "2026-10", Level.VILLAGE, opening=True)
    assert {"A01.J", "C01.K", "I01"} <= {item.code for item in left}
    assert unfilled(CATALOGUE, {}, "2019-12", Level.VILLAGE, opening=False) == ()


def test_villages_are_filled_by_figures_or_a_nil_return() -> None:
    full = sheet()
    assert filled_villages(CATALOGUE, full) == (VILLAGE,)
    partly = full.with_cells({(VILLAGE, "E01"): BLANK})
    assert filled_villages(CATALOGUE, partly) == ()
    nil = Sheet(TOWNSHIP, "2026-10", (VILLAGE,), {}, nil_returns=frozenset({VILLAGE}))
    assert filled_villages(CATALOGUE, nil) == (VILLAGE,)


@given(st.integers(0, 10_000), st.sampled_from(list(Size)))
def test_plausible_months_break_no_hard_check(seed: int, size: Size) -> None:
    rng = seeded(seed)
    before: dict[str, Cell] | None = None
    township = plausible_township(rng, CATALOGUE, None)
    for month in ("2026-01", "2026-02", "2026-03"):
        row = plausible_month(rng, CATALOGUE, before, size)
        cells = {(VILLAGE, item): cell for item, cell in row.items()}
        judged = Sheet(
            TOWNSHIP,
            month,
            (VILLAGE,),
            cells | {(TOWNSHIP, item): cell for item, cell in township.items()},
            {(VILLAGE, item): cell for item, cell in (before or {}).items()},
            openings=frozenset() if before else frozenset({VILLAGE}),
            notes=dict.fromkeys(cells, "示例"),
        )
        assert [finding.officer for finding in evaluate(judged, RULES.checks) if finding.hard] == []
        before = row


def test_plausible_months_are_the_same_for_the_same_seed() -> None:
    one = plausible_month(seeded(7), CATALOGUE, None, Size.LARGE)
    assert one == plausible_month(seeded(7), CATALOGUE, None, Size.LARGE)
    assert one != plausible_month(seeded(8), CATALOGUE, None, Size.LARGE)


@given(st.integers(0, 10_000), st.sampled_from(TYPED), st.integers(1, 9))
def test_a_figure_of_a_consistent_month_changed_alone_is_found(seed: int, code: str, more: int) -> None:
    """A typed part changed behind the computed figures' back breaks a hard check, where a check touches it."""
    touched = {term.item for item in CATALOGUE.computed for term in item.derived if not term.previous}
    if code not in touched:
        return
    rng = seeded(seed)
    before = plausible_month(rng, CATALOGUE, None, Size.MIDDLE)
    row = plausible_month(rng, CATALOGUE, before, Size.MIDDLE)
    row[code] = (number(row[code]) or 0) + more
    judged = Sheet(
        TOWNSHIP,
        "2026-02",
        (VILLAGE,),
        {(VILLAGE, item): cell for item, cell in row.items()},
        {(VILLAGE, item): cell for item, cell in before.items()},
    )
    assert any(
        finding.hard and (VILLAGE, code) in finding.cells
        for finding in evaluate(judged, RULES.checks)
        if finding.code != "H0"
    )
