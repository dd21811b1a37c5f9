"""What changed in the rules, as rows: told once, with the month from which it holds."""

from __future__ import annotations

from dataclasses import replace

from jindu_desk.domain.rule_changes import ChangeKind, RuleChange, RulesAt, changes_between
from jindu_desk.domain.rule_files import read_expense_rules, read_rules
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.queries.rules import shipped_texts

K = ChangeKind
TEXTS = dict(shipped_texts())


def at(since: str, **changed: object) -> RulesAt:
    """The shipped state from ``since`` on, some of it changed; ``checks=[(before, after)]`` edits that file."""
    texts = dict(TEXTS)
    for name in RuleName:
        for before, after in changed.pop(name.value, ()):  # type: ignore[attr-defined]
            assert before in texts[name], before
            texts[name] = texts[name].replace(before, after)
    state = RulesAt(
        since,
        read_rules(texts),
        read_expense_rules(texts[RuleName.EXPENSES]),
        {"urine_test": 9000},
        {"monthly_report": "5"},
        {"monthly_report": "月报"},
    )
    return replace(state, **changed)  # type: ignore[arg-type]


def told(*after: RulesAt) -> set[tuple[ChangeKind, str, str, str, str]]:
    found = changes_between([at("2000-01")], [at("2000-01"), *after])
    return {(row.kind, row.code, row.before, row.after, row.part) for row in found}


def test_nothing_changed_is_nothing_told() -> None:
    assert changes_between([at("2000-01")], [at("2000-01"), at("2026-11")]) == ()


def test_targets_and_deadlines() -> None:
    assert told(at("2026-11", targets={"urine_test": 9500, "control": 8000}, deadlines={"monthly_report": "3"})) == {
        (K.TARGET, "urine_test", "9000", "9500", ""),
        (K.TARGET, "control", "", "8000", ""),
        (K.DEADLINE, "monthly_report", "5", "3", ""),
    }
    gone = changes_between([at("2000-01")], [at("2000-01", targets={})])
    assert gone == (RuleChange(K.TARGET, "urine_test", "尿检率", "9000", "", since="2000-01"),)


def test_checks_are_added_removed_switched_and_sharpened() -> None:
    rule = '{ rule = "idle", officer = "x" }'
    new = f'[[checks]]\ncode = "S90"\nname = "新的"\nweight = "soft"\nreviewer = ""\nrules = [{rule}]\n\n'
    old = TEXTS[RuleName.CHECKS]
    s8 = old[old.index('[[checks]]\ncode = "S8"') : old.index('[[checks]]\ncode = "S9"')]
    assert told(at("2026-11", checks=[(s8, new)])) == {
        (K.CHECK_ADDED, "S90", "", "soft", ""),
        (K.CHECK_REMOVED, "S8", "soft", "", ""),
    }
    assert told(at("2026-11", checks=[('code = "S1"', 'code = "S1"\noff = true')])) == {(K.CHECK_OFF, "S1", "", "", "")}
    assert told(at("2026-11", checks=[("per_mille = 10, floor", "per_mille = 5, floor")])) == {
        (K.THRESHOLD, "S2", "10", "5", "1.per_mille")
    }


def test_items_rates_and_categories() -> None:
    rows = told(
        at(
            "2026-11",
            catalogue=[
                ('{ code = "A01", name = "期初在册"', '{ code = "A01", name = "月初在册"'),
                ('{ code = "L03", ', '{ code = "L03", valid_until = "2026-12", '),
                ('{ code = "L02", ', '{ code = "L90", name = "新项目", valid_from = "2026-11" },\n  { code = "L02", '),
            ],
            rates=[('name = "尿检率"\nnumerator = "D02"', 'name = "检测率"\nnumerator = "D02 - D04"')],
            expenses=[('name = "宣传教育"', 'name = "宣传"')],
        )
    )
    assert rows == {
        (K.ITEM_RENAMED, "A01", "期初在册", "月初在册", ""),
        (K.ITEM_ENDED, "L03", "", "2026-12", ""),
        (K.ITEM_ADDED, "L90", "", "2026-11", ""),
        (K.RATE_RENAMED, "urine_test", "尿检率", "检测率", ""),
        (K.RATE_FORMULA, "urine_test", "D02.J + D02.K", "D02.J + D02.K - D04.J - D04.K", "numerator"),
        (K.CATEGORY_RENAMED, "publicity", "宣传教育", "宣传", ""),
    }


def test_a_change_is_told_with_its_month_and_once() -> None:
    later = at("2027-01", targets={"urine_test": 9500}, deadlines={"monthly_report": "3"})
    found = changes_between(
        [at("2000-01")], [at("2000-01"), at("2026-11", targets={"urine_test": 9500}), later, at("2027-06")]
    )
    assert [(row.kind, row.since) for row in found] == [(K.TARGET, "2026-11"), (K.DEADLINE, "2027-01")]
