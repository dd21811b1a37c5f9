"""The rules in force at a desk, and that no month is judged by rules of a later one."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event
from tests.operations.test_rules import changed, renamed

from jindu_desk.app.desk import Desk
from jindu_desk.domain.duty_rules import due_date, duty_of
from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_changes import ChangeKind, changes_between
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.domain.tallies.catalogue import Level
from jindu_desk.domain.tallies.cells import BLANK
from jindu_desk.domain.tallies.plausible import Size, plausible_month
from jindu_desk.errors.tallies import ItemEnded
from jindu_desk.operations.rules import set_deadline, set_rules, switch_check
from jindu_desk.operations.tallies import CellEdit, declare_nil_return, set_cells
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.duties import due
from jindu_desk.queries.rules import (
    deadlines_to_direct_in,
    duty_rules_in,
    expense_rules,
    rules_in,
    rules_to_direct_in,
    shipped_rules,
    shipped_texts,
    standing_in,
)
from jindu_desk.queries.tallies import completeness, findings, sheet
from jindu_desk.queries.totals import totals
from jindu_desk.queries.units import units_below
from jindu_desk.store.tables import Deadline, RateTarget, RuleSet

SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (Month(2026, number) for number in (9, 10, 11, 12))
Put = tuple[RuleName, str, str]


def direct(desk: Desk, rows: Sequence[Put]) -> None:
    """Rule files as a directive of the superior brings them: (file, first month, text)."""
    superior = desk.unit.superior
    assert superior is not None
    with desk.store.write("x") as w:
        w.session.execute(delete(RuleSet))
        for number, (name, since, text) in enumerate(rows, 2):
            fields = {"unit_id": superior.id, "name": name, "since": since, "version": str(number), "text": text}
            w.session.merge(RuleSet.model_validate(fields))


def fill(desk: Desk, month: Month) -> None:
    villages = units_below(desk.store, desk.unit.unit.id, month)
    rng, catalogue = Random(month.number), shipped_rules().catalogue
    edits = []
    for village in villages[:3]:
        row = plausible_month(rng, catalogue, None, Size.MIDDLE)
        edits += [
            CellEdit(village.id, item.code, row[item.code])
            for item in catalogue.level_items(Level.VILLAGE)
            if (item.typed or item.opens) and row.get(item.code, BLANK) is not BLANK
        ]
    set_cells(desk.store, desk.unit.unit.id, month, edits)


def line_of(code: str) -> str:
    return next(row for row in shipped_texts()[RuleName.CATALOGUE].splitlines() if f'code = "{code}"' in row)


def ended(code: str, last: str) -> str:
    line = line_of(code)
    return changed(RuleName.CATALOGUE, "2", (line, line.replace(" }", f', valid_until = "{last}" }}')))


VARIANTS: dict[RuleName, list[str]] = {
    RuleName.CATALOGUE: [ended("L03", "2026-09"), changed(RuleName.CATALOGUE, "2", ("受众人次", "听众人次"))],
    RuleName.CHECKS: [
        changed(RuleName.CHECKS, "2", ('code = "H0"', 'code = "H0"\noff = true')),
        changed(RuleName.CHECKS, "2", ('code = "S1"', 'code = "S1"\noff = true'), ("不一致", "对不上")),
    ],
    RuleName.RATES: [renamed("2"), renamed("3", "检测率")],
}
PUTS = st.lists(
    st.sampled_from([(name, text) for name, texts in VARIANTS.items() for text in texts]).flatmap(
        lambda put: st.integers(1, 12).map(lambda number: (put[0], str(Month(2026, number)), put[1]))
    ),
    max_size=5,
    unique_by=lambda put: put[:2],
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(puts=PUTS)
def test_a_month_is_judged_the_same_whatever_rules_come_later(desk: Desk, puts: list[Put]) -> None:
    store, township = desk.store, desk.unit.unit.id
    if not sheet(store, township, OCTOBER).sheet.cells:
        fill(desk, OCTOBER)

    def judged() -> object:
        with store.read() as session:
            version = rules_in(session, OCTOBER).version
        found = sheet(store, township, OCTOBER)
        return version, findings(store, township, OCTOBER), completeness(store, township, OCTOBER), found.sheet

    direct(desk, puts)
    whole = judged()
    direct(desk, [put for put in puts if put[1] <= "2026-10"])
    held = judged()
    assert whole == held


def test_the_sheet_follows_what_the_district_directed(desk: Desk) -> None:
    store, township = desk.store, desk.unit.unit.id
    village = units_below(store, township, OCTOBER)[0].id
    direct(
        desk,
        [
            (RuleName.CATALOGUE, "2026-10", ended("L03", "2026-09")),
            (RuleName.CHECKS, "2026-10", changed(RuleName.CHECKS, "2", ('code = "H0"', 'code = "H0"\noff = true'))),
        ],
    )
    assert "H0" in {judged.finding.code for judged in findings(store, township, SEPTEMBER)}
    assert "H0" not in {judged.finding.code for judged in findings(store, township, OCTOBER)}
    set_cells(store, township, SEPTEMBER, [CellEdit(village, "L03", 5)])
    with pytest.raises(ItemEnded, match="2026-09"):
        set_cells(store, township, OCTOBER, [CellEdit(village, "L03", 5)])
    declare_nil_return(store, township, village, OCTOBER, declared_by="测试丙")
    cells = sheet(store, township, OCTOBER).sheet.cells
    assert (village, "L03") not in cells
    assert cells[village, "L02"] == 0
    assert completeness(store, township, OCTOBER).filled == 1


def test_a_check_that_a_district_adds_judges_without_a_new_program(desk: Desk) -> None:
    store, township = desk.store, desk.unit.unit.id
    village = units_below(store, township, OCTOBER)[0].id
    rule = (
        '{ rule = "compare", left = "L01", relation = "<=", right = "L02", officer = "场次 {left} 多于人次 {right}。" }'
    )
    text = changed(RuleName.CHECKS, "2")
    added = f'{text}\n[[checks]]\ncode = "S20"\nname = "场次"\nweight = "soft"\nreviewer = "x"\nrules = [{rule}]\n'
    direct(desk, [(RuleName.CHECKS, "2026-10", added)])
    set_cells(store, township, OCTOBER, [CellEdit(village, "L01", 7), CellEdit(village, "L02", 3)])
    found = [judged.finding for judged in findings(store, township, OCTOBER) if judged.finding.code == "S20"]
    assert [finding.officer for finding in found] == ["场次 7 多于人次 3。"]


def test_a_check_against_the_past_is_added_by_rule_file_too(desk: Desk) -> None:
    store, township = desk.store, desk.unit.unit.id
    village = units_below(store, township, OCTOBER)[0].id
    rule = (
        '{ rule = "usual", items = ["L04"], months = 3, per_mille = 10, spread = 20, at_least = 2,'
        ' officer = "{name} {left}，一般约 {usual}。" }'
    )
    text = changed(RuleName.CHECKS, "2")
    added = f'{text}\n[[checks]]\ncode = "S20"\nname = "课次"\nweight = "soft"\nreviewer = "x"\nrules = [{rule}]\n'
    direct(desk, [(RuleName.CHECKS, "2026-10", added)])
    for month in (Month(2026, 6), Month(2026, 7), Month(2026, 8), Month(2026, 9)):
        set_cells(store, township, month, [CellEdit(village, "L04", 1)])
    set_cells(store, township, OCTOBER, [CellEdit(village, "L04", 10)])
    found = [judged.finding for judged in findings(store, township, OCTOBER) if judged.finding.code == "S20"]
    assert [finding.officer for finding in found] == ["进校课次 10，一般约 1。"]
    assert found[0].cells == ((village, "L04"),)


def test_a_rate_over_months_adds_up_each_months_own_formula(desk: Desk) -> None:
    store, township = desk.store, desk.unit.unit.id
    village = units_below(store, township, OCTOBER)[0].id
    other = changed(
        RuleName.RATES, "2", ('numerator = "G02"\ndenominator = "G01"', 'numerator = "G01"\ndenominator = "G02"')
    )
    direct(desk, [(RuleName.RATES, "2026-11", other)])
    for month in (OCTOBER, NOVEMBER):
        set_cells(store, township, month, [CellEdit(village, "G01", 10), CellEdit(village, "G02", 4)])
    october, november = totals(store, township, OCTOBER).total, totals(store, township, NOVEMBER).total
    assert (october.ratios["police_action"].numerator, october.ratios["police_action"].denominator) == (4, 10)
    assert (november.ratios["police_action"].numerator, november.ratios["police_action"].denominator) == (10, 4)
    to_date = november.ratios_to_date["police_action"]
    assert (to_date.numerator, to_date.denominator) == (14, 14)


def test_a_rule_is_asked_for_by_one_small_query_where_nobody_set_any(desk: Desk) -> None:
    statements: list[str] = []
    event.listen(desk.store.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    with desk.store.read() as session:
        assert rules_in(session, OCTOBER) == shipped_rules()
    assert len([statement for statement in statements if statement.startswith("SELECT")]) == 1


def test_what_a_district_directs_is_what_binds_it(district: Desk) -> None:
    store, city = district.store, district.unit.superior
    assert city is not None
    direct(district, [(RuleName.RATES, "2026-10", renamed("2", "市定的率"))])
    with store.read() as session:
        assert [(row.name, row.since, row.version) for row in rules_to_direct_in(session)] == [
            (RuleName.RATES, "2026-10", "2")
        ]
    set_rules(store, RuleName.RATES, DECEMBER, renamed("3", "区定的率"))
    switch_check(store, "S1", NOVEMBER, on=False)
    set_deadline(store, "monthly_report", NOVEMBER, days=3)
    with store.read() as session:
        assert [(row.name, row.since, row.version) for row in rules_to_direct_in(session)] == [
            (RuleName.CHECKS, "2026-11", "2026.2.1"),
            (RuleName.RATES, "2026-10", "2"),
            (RuleName.RATES, "2026-12", "3"),
        ]
        assert [(row.duty, row.since, row.days, row.due) for row in deadlines_to_direct_in(session)] == [
            ("monthly_report", "2026-11", 3, "")
        ]


def test_a_townships_targets_and_deadlines_are_its_superiors(desk: Desk) -> None:
    store, own, superior = desk.store, desk.unit.unit, desk.unit.superior
    assert superior is not None
    with store.write("x") as w:
        w.session.add(RateTarget(unit_id=superior.id, rate="urine_test", since="2026-10", target=9000))
        deadline = {"unit_id": superior.id, "duty": "monthly_report", "since": "2026-10", "days": 2, "due": ""}
        w.session.add(Deadline.model_validate(deadline))
    assert totals(store, own.id, SEPTEMBER).targets == {}
    assert totals(store, own.id, OCTOBER).targets == {"urine_test": 9000}
    with store.read() as session:
        rule = duty_of("monthly_report", duty_rules_in(session))
    assert [str(due_date(rule, period, {})) for period in ("2026-09", "2026-10")] == ["2026-10-05", "2026-11-02"]
    rows = {(row.rule.code, row.period): row.due for row in due(store, own.id, OCTOBER.last_day)}
    assert str(rows["monthly_report", "2026-10"]) == "2026-11-02"


def test_what_was_changed_is_told_from_before_and_after(district: Desk) -> None:
    store = district.store
    with store.read() as session:
        before = standing_in(session)
    set_rate_targets(store, district.unit.unit.id, NOVEMBER, {"urine_test": 9000})
    switch_check(store, "S1", DECEMBER, on=False)
    set_deadline(store, "monthly_report", NOVEMBER, days=3)
    set_deadline(store, "hearing_half_yearly", NOVEMBER, due="06-20 12-20")
    with store.read() as session:
        after = standing_in(session)
    assert [(row.kind, row.code, row.before, row.after, row.since) for row in changes_between(before, after)] == [
        (ChangeKind.TARGET, "urine_test", "", "9000", "2026-11"),
        (ChangeKind.DEADLINE, "monthly_report", "5", "3", "2026-11"),
        (ChangeKind.DEADLINE, "hearing_half_yearly", "06-30 12-31", "06-20 12-20", "2026-11"),
        (ChangeKind.CHECK_OFF, "S1", "", "", "2026-12"),
    ]


def test_expense_categories_follow_too(district: Desk) -> None:
    text = shipped_texts()[RuleName.EXPENSES].replace("version = 1", 'version = "2"').replace("宣传教育", "宣传和教育")
    set_rules(district.store, RuleName.EXPENSES, NOVEMBER, text)
    names = [expense_rules(district.store, month).name_of("publicity") for month in (OCTOBER, NOVEMBER)]
    assert names == ["宣传教育", "宣传和教育"]
