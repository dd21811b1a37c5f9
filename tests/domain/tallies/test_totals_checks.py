from __future__ import annotations

from tests.domain.tallies.sheets import TOWNSHIP, sheet

from jindu_desk.domain.tallies.check_rules import Weight
from jindu_desk.domain.tallies.sheet import rows_of
from jindu_desk.domain.tallies.sums import sum_rows
from jindu_desk.domain.tallies.totals_checks import check_district, check_totals, check_year_to_date
from jindu_desk.queries.rules import shipped_rules

RULES = shipped_rules()


def test_h11_stated_totals_equal_the_villages() -> None:
    judged = sheet({"E01": 5, "A02b.J": 2, "A02b.K": 1})
    rows = rows_of(judged.cells)
    right = sum_rows(RULES.catalogue, rows.values())
    assert right["A02b"] == 3
    assert check_totals(RULES.checks, judged, right) == ()
    found = check_totals(RULES.checks, judged, right | {"E01": 6})
    assert [(finding.code, finding.key, finding.hard) for finding in found] == [("H11", "H11.E01", True)]
    assert "谈话人次" in found[0].officer


def test_h11_j_and_k_together_are_judged_too() -> None:
    judged = sheet({"A02b.J": 2, "A02b.K": 1})
    assert [finding.key for finding in check_totals(RULES.checks, judged, {"A02b": 4})] == ["H11.A02b"]


def test_h12_year_to_date_is_the_sum_of_the_months_for_flows_only() -> None:
    months = [{"E01": 2, "A04.J": 5}, {"E01": 3, "A04.J": 6}]
    assert check_year_to_date(RULES.checks, TOWNSHIP, "2026-02", {"E01": 5, "A04.J": 11}, months) == ()
    found = check_year_to_date(RULES.checks, TOWNSHIP, "2026-02", {"E01": 6}, months)
    assert [finding.code for finding in found] == ["H12"]
    assert "6" in found[0].officer
    assert "5" in found[0].officer


def test_h13_the_district_is_the_sum_of_its_townships() -> None:
    townships = [{"E01": 2}, {"E01": 3}]
    assert check_district(RULES.checks, "district", "2026-02", {"E01": 5}, townships) == ()
    found = check_district(RULES.checks, "district", "2026-02", {"E01": 4}, townships)
    assert [(finding.key, finding.hard) for finding in found] == [("H13-1.E01", True)]


def test_h13_moved_in_within_the_district_is_moved_out_within_it() -> None:
    townships = [{"A02b.J": 1}, {"A03f.J": 2}]
    (finding,) = check_district(RULES.checks, "district", "2026-02", {}, townships)
    assert (finding.key, finding.code, finding.weight) == ("H13-2.J", "H13", Weight.SOFT)
    assert "相差 1" in finding.officer
