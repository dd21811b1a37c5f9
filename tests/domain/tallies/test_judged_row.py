"""A row that is judged again where it changed says what it would say judged as a whole."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.domain.tallies.test_suspects import CATALOGUE, CHECKS, SPOILT, VILLAGES, month

from jindu_desk.domain.tallies.cells import Cell
from jindu_desk.domain.tallies.checks import evaluate_unit, judged_rows
from jindu_desk.domain.tallies.sheet import compute

CHANGES = st.lists(
    st.tuples(st.sampled_from([item.code for item in CATALOGUE.items.values()]), st.sampled_from(SPOILT)), max_size=5
)


@settings(deadline=None, max_examples=40)
@given(st.randoms(use_true_random=False), st.lists(CHANGES, min_size=1, max_size=4), st.booleans(), st.booleans())
def test_only_what_changed_is_asked_again(
    rng: Random, steps: list[list[tuple[str, Cell]]], is_opening: bool, is_nil: bool
) -> None:
    unit = VILLAGES[0]
    sheet = replace(
        month(rng),
        openings=frozenset({unit} if is_opening else ()),
        nil_returns=frozenset({unit} if is_nil else ()),
    )
    row = judged_rows(sheet, CHECKS)[unit]
    assert row.findings == evaluate_unit(sheet, unit, CHECKS)
    for typed in steps:
        before = sheet
        sheet = sheet.with_cells({(unit, item): cell for item, cell in typed})
        of_row = {code: sheet.cell(unit, code) for code in CATALOGUE.items}
        last = {code: sheet.last_month(unit, code) for code in CATALOGUE.items}
        computed = compute(CATALOGUE, of_row, last, opening=is_opening)
        sheet = sheet.with_cells({(unit, item): cell for item, cell in computed.items()})
        row = row.after(sheet, {code for code in CATALOGUE.items if sheet.cell(unit, code) != before.cell(unit, code)})
        assert row.findings == evaluate_unit(sheet, unit, CHECKS)


def test_a_figure_is_looked_at_by_few_checks() -> None:
    asked = len(CHECKS.asked_after({"E01"}))
    assert len(CHECKS.asked_after(())) < asked < len(CHECKS.judges) / 4
