"""Checks as somebody else writes them: what is not refused here is told to a clerk, or stops the sheet."""

from __future__ import annotations

from typing import Any

import pytest

from jindu_desk.domain.tallies.check_reading import read_checks
from jindu_desk.errors.tallies import RulesUnreadable, UnknownItemInFormula
from jindu_desk.queries.rules import shipped_rules

CATALOGUE = shipped_rules().catalogue


def one(officer: str = "x", **rule: object) -> dict[str, Any]:
    """A file with one check of one rule: ``L01 <= L02`` unless told otherwise."""
    compare = {"rule": "compare", "left": "L01", "relation": "<=", "right": "L02"}
    made = rule if "rule" in rule else {**compare, **rule}
    check = {"code": "S1", "name": "测试", "weight": "soft", "reviewer": "x", "rules": [{**made, "officer": officer}]}
    return {"version": "1", "checks": [check]}


def check(**changed: object) -> dict[str, Any]:
    data = one()
    data["checks"][0] |= changed
    return data


USUAL: dict[str, Any] = {
    "rule": "usual",
    "items": ["L01"],
    "months": 3,
    "per_mille": 10,
    "spread": 30,
    "at_least": 2,
}
TAIL: dict[str, Any] = {"rule": "tail", "count": "D04", "exposure": "D02", "months": 3, "per_mille": 10, "floor": 1}


@pytest.mark.parametrize("sentence", ["", "{left} {right} {difference} {kind}", "{L01}多于{L02}", "百分之五{{"])
def test_a_sentence_names_what_its_rule_knows(sentence: str) -> None:
    assert read_checks(one(sentence), CATALOGUE).judges


@pytest.mark.parametrize(
    "sentence",
    [
        "{",
        "}",
        "{}",
        "{0}",
        "{block}",
        "{L03}",
        "{left.real}",
        "{left[0]}",
        "{left!r}",
        "{left:9999}",
        "{left:{right}}",
    ],
)
def test_a_sentence_that_names_anything_else_is_refused(sentence: str) -> None:
    with pytest.raises(RulesUnreadable, match=r"checks\.S1\.1\.officer"):
        read_checks(one(sentence), CATALOGUE)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (check(code="X1"), "code"),
        (check(code="S13800138000"), "code"),
        (check(name=""), "name"),
        (check(rules=[]), "rules"),
        (check(weight="heavy"), "weight"),
        (check(off="maybe"), "off"),
        (one(kind="Z"), "kind"),
        (one(kind="J", each_kind=True), "kind"),
        (one(rule="missing", each_kind=True), "kind"),
        (one(**{**TAIL, "floor": 0}), "floor"),
        (one(**{**TAIL, "months": 0}), "months"),
        (one(rule="unheard_of"), "checks"),
        (one(**{**USUAL, "items": []}), "items"),
        (one(**{**USUAL, "items": ["L1"]}), "items"),
        (one(**{**USUAL, "spread": 0}), "spread"),
        (one(**USUAL, each_kind=True), "kind"),
        (one(rule="steady", items=["P01"], at_least=-1), "at_least"),
        ({"version": "1.", "checks": []}, "version"),
        ({"version": "1", "checks": one()["checks"] * 2}, "S1"),
    ],
)
def test_a_check_that_could_not_be_judged_or_stored_is_refused(data: dict[str, Any], place: str) -> None:
    with pytest.raises(RulesUnreadable, match=place):
        read_checks(data, CATALOGUE)


def test_a_check_that_is_off_judges_nothing_and_is_read_all_the_same() -> None:
    found = read_checks(check(off=True), CATALOGUE)
    assert [(each.code, each.off) for each in found.checks] == [("S1", True)]
    assert found.judges == ()
    with pytest.raises(UnknownItemInFormula):
        read_checks({**one(left="Z99"), "checks": [{**one(left="Z99")["checks"][0], "off": True}]}, CATALOGUE)


def test_a_rule_over_items_judges_each_of_them_under_a_key_of_its_own() -> None:
    found = read_checks(one(**{**USUAL, "items": ["L01", "B02"]}), CATALOGUE)
    assert [judge.key for judge in found.judges] == ["S1.L01", "S1.B02.J", "S1.B02.K"]
    assert found.history_items == {"L01", "B02.J", "B02.K"}
    with pytest.raises(UnknownItemInFormula):
        read_checks(one(**{**USUAL, "items": ["Z99"]}), CATALOGUE)


def test_a_rule_over_the_townships_items_judges_its_own_row() -> None:
    found = read_checks(one(rule="steady", items=["M03", "P01"], at_least=2), CATALOGUE)
    assert [judge.level.value for judge in found.judges] == ["township", "village"]
    assert found.previous_items >= {"M03", "P01"}
