"""One test per check at least; each names its code."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.domain.tallies.sheets import TOWNSHIP, VILLAGE, codes, findings, keys, opened, sheet

from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.domain.tallies.check_rules import Weight
from jindu_desk.domain.tallies.checks import evaluate_unit
from jindu_desk.domain.tallies.likelihood import poisson_tail
from jindu_desk.queries.rules import shipped_rules


def test_a_quiet_consistent_month_has_no_finding() -> None:
    assert findings(sheet()) == ()


def test_h0_blank_cells_are_one_finding_per_block_and_nothing_else() -> None:
    judged = sheet({"A02b.J": BLANK, "A02c.J": BLANK, "E01": BLANK})
    assert keys(judged) == {"H0.A", "H0.E"}
    (first, second) = findings(judged)
    assert (first.code, first.weight) == ("H0", Weight.HARD)
    assert first.cells == ((VILLAGE, "A02b.J"), (VILLAGE, "A02c.J"))
    assert "在册人员" in first.officer
    assert "2 项" in first.officer
    assert second.cells == ((VILLAGE, "E01"),)


def test_h0_the_township_row_is_asked_for_too() -> None:
    judged = sheet()
    judged = judged.with_cells({(TOWNSHIP, "M02"): BLANK})
    assert [(finding.key, finding.unit_id) for finding in findings(judged)] == [("H0.M", TOWNSHIP)]


def test_h0_an_optional_breakdown_may_stay_blank_but_not_half() -> None:
    whole: dict[str, Cell] = {"A04y1.J": BLANK, "A04y2.J": BLANK, "A04y3.J": BLANK}
    assert findings(sheet(whole)) == ()
    assert keys(sheet({"A04y1.J": BLANK})) == {"H0.A"}


def test_h0_a_nil_return_is_not_asked_for_figures() -> None:
    judged = replace(sheet({"E01": BLANK}), nil_returns=frozenset({VILLAGE}))
    assert findings(judged) == ()


@pytest.mark.parametrize("item", ["A01.J", "A01.K", "B01.J", "B01.K", "I01"])
def test_h1_an_opening_figure_is_last_months_closing_one(item: str) -> None:
    judged = sheet(forced={item: 4})
    assert f"H1.{item}" in keys(judged)


def test_h1_a_first_month_names_the_source_of_its_opening_figures() -> None:
    first = opened(sheet())
    (finding,) = findings(first)
    assert finding.key == "H1.sources"
    assert {item for _, item in finding.cells} >= {"A01.J", "B01.K", "I01", "C01.J"}
    assert "7 个" in finding.officer
    assert findings(opened(sheet(), note="移交清单")) == ()


@pytest.mark.parametrize(
    ("key", "forced"),
    [
        ("H2-1.J", {"A04.J": 1}),
        ("H2-1.K", {"A04.K": 1}),
        ("H2-2.J", {"A02.J": 1}),
        ("H2-3.K", {"A03.K": 1}),
        ("H3-1.J", {"A04y2.J": 1}),
        ("H3-2.K", {"A04s4.K": 1}),
        ("H4-1.J", {"B06.J": 1}),
        ("H4-2.K", {"B03.K": 1}),
        ("H4-3.J", {"A02a.J": 1}),
        ("H4-5.J", {"B06a.J": 1}),
        ("H5-1.J", {"C02.J": 1}),
        ("H5-2.K", {"C03.K": 1}),
        ("H5-3.J", {"C01.J": 1}),
        ("H6-1.J", {"D01.J": 1}),
        ("H6-2.K", {"D02.K": 1}),
        ("H6-3.J", {"D06.J": 1}),
        ("H6-4.J", {"D08.J": 1}),
        ("H6-5.K", {"D08.K": 1}),
        ("H6-6.J", {"D07.J": 1}),
        ("H7-1", {"F01": 1}),
        ("H7-2", {"F02": 1}),
        ("H7-3", {"F03": 1}),
        ("H8-1", {"H02": 1}),
        ("H8-2", {"H01": 1}),
        ("H8-3", {"G02": 1}),
        ("H9-1", {"I04": 1}),
        ("H9-3", {"I06": 1}),
        ("H10-1", {"P02": 1}),
        ("H10-2", {"P01": 1}),
        ("H10-3", {"L08": 1}),
    ],
)
def test_a_single_wrong_figure_breaks_its_hard_check(key: str, forced: dict[str, Cell]) -> None:
    judged = sheet(forced=forced)
    found = {finding.key: finding for finding in findings(judged)}
    assert key in found
    assert found[key].hard
    assert {item for _, item in found[key].cells} >= forced.keys()


def test_h2_more_gone_than_there_were() -> None:
    judged = sheet({"A03e.J": 1, "A04y1.J": BLANK, "A04y2.J": BLANK, "A04y3.J": BLANK})
    assert "H2-4.J" in keys(judged)
    (finding,) = [finding for finding in findings(judged) if finding.key == "H2-4.J"]
    assert finding.officer == "社区戒毒本月减少 1，多于期初加增加 0。请核对减少各项。"


def test_h4_more_reported_in_than_were_due() -> None:
    assert "H4-4.K" in keys(sheet({"B03a.K": 1}))


def test_h5_agreements_rest_on_last_months_unsigned_ones() -> None:
    judged = sheet({"C02.J": 2}, previous={"C03.J": 2})
    assert findings(judged) == ()
    assert judged.cell(VILLAGE, "C01.J") == 2


def test_h9_more_left_the_list_than_were_on_it() -> None:
    assert "H9-2" in keys(sheet({"I03": 1}))


def test_formulas_with_a_blank_part_are_not_judged() -> None:
    assert keys(sheet({"D01.J": BLANK, "D03.J": 3})) == {"H0.D", "S12-3.J"}


def test_s0_an_unknown_figure_is_shown_and_blocks_its_formulas() -> None:
    judged = sheet({"D01.J": UNKNOWN})
    (finding,) = findings(judged)
    assert (finding.key, finding.weight) == ("S0.D", Weight.SOFT)
    assert "尿检" in finding.officer


def test_not_applicable_counts_as_zero_in_a_check() -> None:
    assert findings(sheet({"D05.J": NOT_APPLICABLE})) == ()


@pytest.mark.parametrize(("before", "arrived", "told"), [(10, 3, False), (10, 4, True), (20, 6, False), (20, 7, True)])
def test_s1_a_change_of_more_than_three_and_thirty_percent(before: int, arrived: int, told: bool) -> None:
    judged = sheet({"A02d.J": arrived}, previous={"A04.J": before})
    assert ("S1.J" in keys(judged)) is told


def test_s2_positives_beyond_what_twelve_months_make_likely() -> None:
    past = {"D04.J": (0,) * 12, "D04.K": (0,) * 12, "D02.J": (10,) * 12, "D02.K": (0,) * 12}
    typed: dict[str, Cell] = {"D03.J": 8, "D04.J": 2, "D01.J": 10}
    assert "S2" in keys(sheet(typed, history=past))
    often = past | {"D04.J": (1,) * 12}
    assert "S2" not in keys(sheet(typed, history=often))
    short = {item: figures[:2] for item, figures in past.items()}
    assert "S2" not in keys(sheet(typed, history=short))


def test_s2_the_tail_is_poissons() -> None:
    assert poisson_tail(0, 1.5) == 1.0
    assert poisson_tail(1, 1.0) == pytest.approx(0.6321, abs=1e-4)
    assert poisson_tail(3, 0.5) == pytest.approx(0.01439, abs=1e-5)


def test_s3_more_tested_than_due() -> None:
    assert "S3.K" in keys(sheet({"D03.K": 1}))


@pytest.mark.parametrize(
    ("kind", "due", "told"),
    [("J", 22, False), ("J", 26, False), ("J", 27, True), ("J", 17, True), ("K", 12, False), ("K", 16, True)],
)
def test_s4_tests_due_against_the_years_of_the_term(kind: str, due: int, told: bool) -> None:
    years: dict[str, Cell] = {f"A04y1.{kind}": 12, f"A04y2.{kind}": 12, f"A04y3.{kind}": 12}
    judged = sheet({f"D01.{kind}": due, f"D03.{kind}": due, **years}, previous={f"A04.{kind}": 36})
    assert (f"S4-{1 if kind == 'J' else 2}.{kind}" in keys(judged)) is told


def test_s4_half_a_test_is_no_finding() -> None:
    judged = sheet({"A04y2.J": 1, "D01.J": 0}, previous={"A04.J": 1})
    assert "S4" not in codes(judged)


def test_s5_all_zero_without_a_nil_return() -> None:
    idle = sheet({"L01": 0, "L02": 0})
    assert codes(idle) == {"S5"}
    assert findings(replace(idle, nil_returns=frozenset({VILLAGE}))) == ()


def test_h1_a_nil_return_answers_for_its_zeros_only() -> None:
    typed = sheet().with_cells({(VILLAGE, "A01.J"): 5, (VILLAGE, "A04.J"): 5})
    first = replace(opened(typed), nil_returns=frozenset({VILLAGE}))
    (told,) = [finding for finding in findings(first) if finding.key == "H1.sources"]
    assert told.cells == ((VILLAGE, "A01.J"),)
    assert "注明期初来源" in told.officer
    noted = replace(first, notes={(VILLAGE, "A01.J"): "移交清单 2026-09"})
    assert "H1.sources" not in keys(noted)


def test_s6_people_and_no_visit() -> None:
    still = {"A04.J": 2}
    assert "S6" in keys(sheet(previous=still))
    assert "S6" not in keys(sheet({"E02": 1}, previous=still))


def test_s7_overdue_and_nothing_reported() -> None:
    assert "S7" in keys(sheet({"B06a.J": 1}, previous={"B06.J": 1}))
    assert "S7" not in keys(sheet({"B06a.J": 1, "F01a": 1}, previous={"B06.J": 1}))


def test_s8_fewer_relapses_than_positives() -> None:
    assert "S8" in keys(sheet({"D04.K": 2, "F01b": 1}))
    assert "S8" not in keys(sheet({"D04.K": 2, "F01b": 2}))


PAST = {
    "L01": (1, 2, 1, 1, 2, 1),
    "L02": (40, 95, 45, 38, 88, 50),
    "L03": (210, 430, 190, 200, 380, 215),
    "E01": (8, 9, 7, 8, 8, 9),
    "E02": (2, 3, 1, 2, 3, 2),
    "E03": (7, 6, 7, 6, 7, 7),
    "A04.J": (7,) * 6,
    "A04.K": (0,) * 6,
    "I03": (0,) * 6,
}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"L01": 1, "L02": 45, "L03": 200}, set()),
        ({"L01": 10, "L02": 450, "L03": 2000}, {"S9-4.L01"}),
        ({"L01": 1, "L02": 450, "L03": 200}, {"S9-5.L02", "S13-5"}),
        ({"L01": 1, "L02": 200, "L03": 45}, {"S9-5.L02", "S9-5.L03", "S13-5"}),
        ({"L01": 1, "L02": 88, "L03": 88}, {"S11-5"}),
        ({"I03": 3}, {"S9-3.I03"}),
    ],
)
def test_s9_a_figure_far_from_the_villages_own_year(typed: dict[str, Cell], told: set[str]) -> None:
    judged = sheet({"L02": 45, "L03": 200, **typed}, previous={"I04": 3}, forced={"I05": 0}, history=PAST)
    soft = {key for key in keys(judged) if key.startswith(("S9", "S11", "S13"))}
    assert soft == told


def test_s9_asks_for_a_few_months_and_for_the_same_ones() -> None:
    typed: dict[str, Cell] = {"L01": 1, "L02": 4500, "L03": 200}
    assert "S9-5.L02" in keys(sheet(typed, history=PAST))
    assert "S9-5.L02" not in keys(sheet(typed, history={item: past[:2] for item, past in PAST.items()}))
    assert "S9-5.L02" not in keys(sheet(typed, history=PAST | {"L01": (1, 2, 1, 1, 2)}))
    assert "S9-5.L02" not in keys(sheet(typed))


def test_s9_says_what_is_usual_and_marks_the_figure_alone() -> None:
    found = findings(sheet({"L01": 1, "L02": 450, "L03": 200}, history=PAST))
    (finding,) = (each for each in found if each.key == "S9-5.L02")
    assert "“受众人次”本月 450" in finding.officer
    assert "过去 6 个月一般约 45" in finding.officer
    assert finding.cells == ((VILLAGE, "L02"),)


def test_checks_that_came_later_judge_no_month_before() -> None:
    judged = sheet({"L01": 1, "L02": 450, "L03": 200}, history=PAST)
    assert "S9" in codes(judged)
    assert "S9" not in codes(replace(judged, month="2026-10"))


@pytest.mark.parametrize(
    ("now", "moved", "told"), [(7, 0, False), (8, 0, True), (8, 3, False), (2, 0, True), (3, 0, False)]
)
def test_s10_a_stock_changes_no_further_than_people_came_and_went(now: int, moved: int, told: bool) -> None:
    before: dict[str, Cell] = {"A04.J": 20, "P01": 5, "P02": 0}
    judged = sheet({"P01": now, "A02d.J": moved}, previous=before)
    assert ("S10-1.P01" in keys(judged)) is told


def test_s10_the_townships_own_row() -> None:
    first = sheet()
    judged = replace(
        first,
        cells={**first.cells, (TOWNSHIP, "M03"): 300},
        previous={**first.previous, **{(TOWNSHIP, item): figure for item, figure in {"M03": 30, "M01": 1}.items()}},
    )
    (finding,) = (each for each in findings(judged) if each.code == "S10")
    assert (finding.key, finding.unit_id) == ("S10-4.M03", TOWNSHIP)
    assert evaluate_unit(judged, TOWNSHIP, shipped_rules().checks) == (finding,)


def test_s11_last_months_figure_again() -> None:
    typed: dict[str, Cell] = {"L01": 1, "L02": 50, "L03": 200}
    assert "S11-6" in keys(sheet(typed, previous={"L02": 50}, history=PAST))
    assert "S11-6" not in keys(sheet(typed, previous={"L02": 49}, history=PAST))
    often = PAST | {"L02": (40, 40, 50, 50, 50, 50)}
    assert "S11-6" not in keys(sheet(typed, previous={"L02": 50}, history=often))


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"D01.J": 2, "D03.J": 2, "D07.J": 3, "D08.J": 2}, "S12-1.J"),
        ({"D01.J": 2, "D03.J": 2}, "S12-2.J"),
        ({"D01.J": 2, "D03.J": 2, "D07.J": 2}, "S12-3.J"),
        ({"D01.J": 3, "D03.J": 3, "D07.J": 3, "D08.J": 1}, "S12-4.J"),
        ({"E01": 2, "E02": 1, "E03": 4}, "S12-5"),
        ({"E01": 30, "E03": 25}, "S12-6"),
        ({"E01": 2}, "S12-7"),
        ({"P01": 4, "P02": 3, "P03": 2}, "S12-8"),
        ({"L02": 0}, "S12-9"),
        ({"L01": 0, "L02": 5}, "S12-10"),
        ({"L05": 1}, "S12-11"),
        ({"L06": 9}, "S12-12"),
        ({"L07": 9}, "S12-13"),
    ],
)
def test_s12_persons_times_and_sessions_go_together(typed: dict[str, Cell], key: str) -> None:
    assert key in keys(sheet(typed, previous={"A04.J": 20}))


def test_the_figures_of_a_finding_change_with_its_figures() -> None:
    def fingerprint(visits: int) -> str:
        judged = sheet({"D04.K": 2, "D03.K": visits})
        return next(finding.figures for finding in findings(judged) if finding.key == "S8")

    assert fingerprint(0) == fingerprint(5)  # not a figure of this check
    assert fingerprint(0) != next(finding.figures for finding in findings(sheet({"D04.K": 3})) if finding.key == "S8")


def test_s0_figures_tell_which_cells_are_unknown() -> None:
    one, other = sheet({"E01": UNKNOWN}), sheet({"E02": UNKNOWN})
    assert findings(one)[0].figures != findings(other)[0].figures


def test_one_row_is_judged_by_itself() -> None:
    judged = sheet({"D04.K": 2})
    assert evaluate_unit(judged, VILLAGE, shipped_rules().checks) == findings(judged)
    assert evaluate_unit(judged, TOWNSHIP, shipped_rules().checks) == ()


def test_every_sentence_is_filled_without_a_gap() -> None:
    wild = sheet({"D04.K": 2, "C02.J": 3, "F02": 9, "B06a.J": 1, "P01": 5, "L08": 1, "I06": 1, "A03e.J": 9})
    for finding in findings(wild):
        assert "{" not in finding.officer
        assert finding.officer.endswith("。")
        assert finding.reviewer.endswith("。")
