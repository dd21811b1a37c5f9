"""Rules that a district sets: from which month they hold, what is refused, what earlier months keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text as sql

from jindu_desk.app.desk import Desk
from jindu_desk.domain.changes import Subject
from jindu_desk.domain.duty_rules import DutyState
from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_files import version_of
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.errors import DeskError
from jindu_desk.errors.duties import UnknownDuty
from jindu_desk.errors.entry import PhoneNumberInText
from jindu_desk.errors.rules import (
    DeadlineDoesNotFit,
    DeadlineOfNoDate,
    ItemCannotOpen,
    ItemChanged,
    ItemDropped,
    NoRulesToDrop,
    RulesAreDirected,
    RulesNeedNewVersion,
    RulesOfReportedMonth,
    UnknownCheck,
)
from jindu_desk.errors.tallies import EndedItemInFormula, RulesUnreadable, UnknownItemInFormula
from jindu_desk.operations.rules import drop_rules, refuse_unfit_rules_in, set_deadline, set_rules, switch_check
from jindu_desk.queries.duties import duties_of_year
from jindu_desk.queries.rules import checks_listed, deadlines, rule_sets, rules, shipped_rules, shipped_texts
from jindu_desk.store.engine import Store

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)


def changed(name: RuleName, version: str, *pairs: tuple[str, str]) -> str:
    """A shipped file under another version, with some of its text replaced."""
    text = shipped_texts()[name]
    for before, after in ((f'version = "{version_of(name, text)}"', f'version = "{version}"'), *pairs):
        assert before in text
        text = text.replace(before, after)
    return text


def expenses(version: str, before: str, after: str) -> str:
    text = shipped_texts()[RuleName.EXPENSES].replace("version = 1", f"version = {version}")
    assert before in text
    return text.replace(before, after)


def renamed(version: str, name: str = "尿样检测率") -> str:
    return changed(RuleName.RATES, version, ("尿检率", name))


def rate_name(store: Store, month: Month) -> str:
    return rules(store, month).rates.rate("urine_test").name


def test_rules_hold_from_their_month_on_and_the_greatest_month_wins(district: Desk) -> None:
    store = district.store
    set_rules(store, RuleName.RATES, DECEMBER, renamed("2026.3", "检测率"))
    done = set_rules(store, RuleName.RATES, NOVEMBER, renamed("2026.2"))
    assert [rate_name(store, month) for month in (OCTOBER, NOVEMBER, DECEMBER, Month(2030, 1))] == [
        "尿检率", "尿样检测率", "检测率", "检测率",
    ]  # fmt: skip
    assert rules(store, OCTOBER) == shipped_rules()
    assert rules(store, NOVEMBER) is rules(store, NOVEMBER)
    assert rules(store, NOVEMBER).version == "2026.1/2026.2/2026.2"
    assert {Subject.SETTINGS, Subject.TALLIES} <= done.subjects
    assert [(row.since, row.version, row.own, row.in_force) for row in rule_sets(store, NOVEMBER)] == [
        ("2026-11", "2026.2", True, True), ("2026-12", "2026.3", True, False),
    ]  # fmt: skip


def test_a_township_sets_nothing(desk: Desk) -> None:
    acts: tuple[Callable[[], object], ...] = (
        lambda: set_rules(desk.store, RuleName.RATES, NOVEMBER, renamed("2026.2")),
        lambda: switch_check(desk.store, "S1", NOVEMBER, on=False),
        lambda: drop_rules(desk.store, RuleName.RATES, NOVEMBER),
        lambda: set_deadline(desk.store, "monthly_report", NOVEMBER, days=3),
    )
    for act in acts:
        with pytest.raises(RulesAreDirected):
            act()
    assert rule_sets(desk.store) == ()


def put(desk: Desk, unit_id: str, name: RuleName, since: str, text: str, version: str = "9") -> None:
    """A rule file as a directive brings it."""
    with desk.store.write("x") as w:
        w.session.execute(
            sql(
                "INSERT INTO rule_set (unit_id, name, since, version, text) "
                "VALUES (:unit, :name, :since, :version, :text)"
            ),
            {"unit": unit_id, "name": name.name, "since": since, "version": version, "text": text},
        )


def test_a_township_goes_by_its_superior_and_a_district_by_itself_first(desk: Desk, district: Desk) -> None:
    superior = desk.unit.superior
    assert superior is not None
    put(desk, superior.id, RuleName.RATES, "2026-11", renamed("2026.2"))
    assert (rate_name(desk.store, OCTOBER), rate_name(desk.store, NOVEMBER)) == ("尿检率", "尿样检测率")
    city = district.unit.superior
    assert city is not None
    put(district, city.id, RuleName.RATES, "2026-11", renamed("2026.2", "市定的率"))
    assert rate_name(district.store, NOVEMBER) == "市定的率"
    set_rules(district.store, RuleName.RATES, DECEMBER, renamed("2026.3", "区定的率"))
    assert [rate_name(district.store, month) for month in (NOVEMBER, DECEMBER)] == ["市定的率", "区定的率"]
    drop_rules(district.store, RuleName.RATES, DECEMBER)
    assert rate_name(district.store, DECEMBER) == "市定的率"


def test_a_township_that_changes_its_district_keeps_the_old_ones_rules_for_the_old_months(desk: Desk) -> None:
    own, old = desk.unit.unit.id, desk.unit.superior
    assert old is not None
    with desk.store.write("x") as w:
        w.session.execute(sql("INSERT INTO unit (id, tier, code, position) VALUES ('new', 'DISTRICT', '', 0)"))
        w.session.execute(
            sql(
                "INSERT INTO unit_version (unit_id, since, name, initials, reports_to) "
                "VALUES ('new', '2026-12', '测试区', '', NULL), (:own, '2026-12', '薛家镇', '', 'new')"
            ),
            {"own": own},
        )
    put(desk, old.id, RuleName.RATES, "2026-11", renamed("2026.2", "旧区的率"))
    put(desk, "new", RuleName.RATES, "2026-01", renamed("2026.3", "新区的率"))
    assert [rate_name(desk.store, month) for month in (OCTOBER, NOVEMBER, DECEMBER)] == [
        "尿检率", "旧区的率", "新区的率",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text", "error", "place"),
    [
        (RuleName.CHECKS, 'version = "2"\nchecks = [', RulesUnreadable, "checks"),
        (RuleName.CHECKS, 'version = "2"\nx = \n', RulesUnreadable, "checks:2:5"),
        (RuleName.RATES, "x = " + "[" * 100_000, RulesUnreadable, "rates"),
        (RuleName.RATES, changed(RuleName.RATES, "2", ("D02", "Z99")), UnknownItemInFormula, "Z99"),
        (RuleName.RATES, changed(RuleName.RATES, "2", ("required = true", 'colour = "red"')), RulesUnreadable, "rates"),
        (RuleName.RATES, renamed("2", "13800138000"), PhoneNumberInText, "138…00"),
        (RuleName.RATES, renamed("新版"), RulesUnreadable, "version"),
        (RuleName.CHECKS, changed(RuleName.CHECKS, "2", ("应报告公安为 0", "{left.real}")), RulesUnreadable, "S7"),
        (RuleName.CHECKS, changed(RuleName.CHECKS, "2", ("{left} 人，应", "{left:99} 人，应")), RulesUnreadable, "S7"),
        (RuleName.CATALOGUE, changed(RuleName.CATALOGUE, "2", ('code = "D08"', 'code = "D09"')), DeskError, "D08"),
        (RuleName.EXPENSES, "version = 2", RulesUnreadable, "category"),
        (RuleName.EXPENSES, expenses("2", 'code = "publicity"', 'code = "宣传"'), RulesUnreadable, "宣传"),
        (RuleName.EXPENSES, expenses("2", 'code = "transfer"', 'code = "gold"'), RulesUnreadable, "expenses"),
        (RuleName.EXPENSES, expenses("2", 'code = "transfer"', 'code = "treasury"'), RulesUnreadable, "payment_method"),
        (RuleName.EXPENSES, expenses("2", 'department = "30202"', 'department = "9"'), RulesUnreadable, "publicity"),
    ],
)  # fmt: skip
def test_a_wrong_rule_file_is_refused_whole_and_names_the_place(
    district: Desk, name: RuleName, text: str, error: type[DeskError], place: str
) -> None:
    with pytest.raises(error, match=place):
        set_rules(district.store, name, NOVEMBER, text)
    assert rule_sets(district.store) == ()
    assert rules(district.store, NOVEMBER) == shipped_rules()


def test_a_version_names_one_text_only(district: Desk) -> None:
    with pytest.raises(RulesNeedNewVersion, match=r"2026\.1\.1"):
        set_rules(district.store, RuleName.RATES, NOVEMBER, renamed("2026.1"))
    set_rules(district.store, RuleName.RATES, NOVEMBER, renamed("2026.2"))
    set_rules(district.store, RuleName.RATES, NOVEMBER, renamed("2026.2", "改正"))  # its own place: corrected
    with pytest.raises(RulesNeedNewVersion):
        set_rules(district.store, RuleName.RATES, DECEMBER, renamed("2026.2"))
    set_rules(district.store, RuleName.RATES, DECEMBER, shipped_texts()[RuleName.RATES])


def test_a_month_that_was_reported_keeps_its_rules(district: Desk) -> None:
    own = district.unit.unit.id
    with district.store.write("x") as w:
        w.session.execute(
            sql(
                "INSERT INTO month_lock (unit_id, month, sent_number, locked_at, reopened_by, reopen_reason) "
                "VALUES (:own, '2026-10', 1, '2026-11-02 09:00:00', '', '')"
            ),
            {"own": own},
        )
    acts: tuple[Callable[[], object], ...] = (
        lambda: set_rules(district.store, RuleName.RATES, OCTOBER, renamed("2026.2")),
        lambda: switch_check(district.store, "S1", OCTOBER, on=False),
        lambda: drop_rules(district.store, RuleName.RATES, Month(2026, 1)),
    )
    for act in acts:
        with pytest.raises(RulesOfReportedMonth, match="2026-10"):
            act()
    set_rules(district.store, RuleName.RATES, NOVEMBER, renamed("2026.2"))


def test_a_check_is_switched_off_and_on_again_with_comments_kept(district: Desk) -> None:
    store = district.store
    switch_check(store, "S1", NOVEMBER, on=False)
    listed = {row.code: row for row in checks_listed(store, NOVEMBER)}
    assert not listed["S1"].on
    assert all(row.on for code, row in listed.items() if code != "S1")
    assert all(row.on for row in checks_listed(store, OCTOBER))
    assert {judge.check.code for judge in rules(store, NOVEMBER).checks.judges} == set(listed) - {"S1"}
    assert rules(store, NOVEMBER).checks.version == "2026.2.1"
    switch_check(store, "S1", DECEMBER, on=True)
    assert [row.on for row in checks_listed(store, DECEMBER) if row.code == "S1"] == [True]
    assert rules(store, DECEMBER).checks.version == "2026.2.2"
    with store.read() as session:
        text = session.execute(sql("SELECT text FROM rule_set WHERE since = '2026-12'")).scalar_one()
    assert text == shipped_texts()[RuleName.CHECKS].strip().replace('version = "2026.2"', 'version = "2026.2.2"')
    with pytest.raises(UnknownCheck, match="S99"):
        switch_check(store, "S99", DECEMBER, on=False)


def test_an_item_is_ended_not_dropped_and_keeps_its_nature(district: Desk) -> None:
    store = district.store
    line = next(row for row in shipped_texts()[RuleName.CATALOGUE].splitlines() if 'code = "L03"' in row)
    ended = line.replace(" }", ', valid_until = "2026-11" }')
    with pytest.raises(UnknownItemInFormula, match="L03"):  # the checks ask for it
        set_rules(store, RuleName.CATALOGUE, NOVEMBER, changed(RuleName.CATALOGUE, "2026.2", (line, "")))
    own = f'{line}\n  {{ code = "L91", name = "橱窗" }},'
    set_rules(store, RuleName.CATALOGUE, OCTOBER, changed(RuleName.CATALOGUE, "2026.1.1", (line, own)))
    with pytest.raises(ItemDropped, match="L91"):
        set_rules(store, RuleName.CATALOGUE, NOVEMBER, changed(RuleName.CATALOGUE, "2026.2"))
    drop_rules(store, RuleName.CATALOGUE, OCTOBER)
    stock = line.replace(" }", ', nature = "stock" }')
    with pytest.raises(ItemChanged, match="L03"):
        set_rules(store, RuleName.CATALOGUE, NOVEMBER, changed(RuleName.CATALOGUE, "2026.2", (line, stock)))
    opening = f'{line}\n  {{ code = "L90", name = "期初", nature = "stock", carried = "L02" }},'
    with pytest.raises(ItemCannotOpen, match="L90"):
        set_rules(store, RuleName.CATALOGUE, NOVEMBER, changed(RuleName.CATALOGUE, "2026.2", (line, opening)))
    set_rules(store, RuleName.CATALOGUE, NOVEMBER, changed(RuleName.CATALOGUE, "2026.2", (line, ended)))
    for month, asked in ((OCTOBER, True), (NOVEMBER, True), (DECEMBER, False)):
        catalogue = rules(store, month).catalogue
        assert ("L03" in {item.code for item in catalogue.asked(catalogue.block("L"), str(month))}) is asked


def test_a_rate_on_an_ended_item_is_refused_though_it_ends_later(district: Desk) -> None:
    line = next(row for row in shipped_texts()[RuleName.CATALOGUE].splitlines() if 'code = "G02"' in row)
    ended = line.replace(" }", ', valid_until = "2027-06" }')
    with pytest.raises(EndedItemInFormula, match="G02"):
        set_rules(district.store, RuleName.CATALOGUE, NOVEMBER, changed(RuleName.CATALOGUE, "2026.2", (line, ended)))


def test_an_earlier_catalogue_must_fit_the_later_files(district: Desk) -> None:
    line = next(row for row in shipped_texts()[RuleName.CATALOGUE].splitlines() if 'code = "L03"' in row)
    more = f'{line}\n  {{ code = "L90", name = "新项目" }},'
    later = changed(RuleName.CATALOGUE, "2026.2", (line, more))
    set_rules(district.store, RuleName.CATALOGUE, DECEMBER, later)
    other = changed(RuleName.CATALOGUE, "2026.3", (line, more.replace("L90", "L91")))
    with pytest.raises(ItemDropped, match="L91"):
        set_rules(district.store, RuleName.CATALOGUE, NOVEMBER, other)


def test_going_back_keeps_the_months_before(district: Desk) -> None:
    store = district.store
    set_rules(store, RuleName.RATES, OCTOBER, renamed("2026.2"))
    set_rules(store, RuleName.RATES, Month(2027, 1), renamed("2026.3", "明年的率"))
    drop_rules(store, RuleName.RATES, DECEMBER)
    assert [rate_name(store, m) for m in (OCTOBER, NOVEMBER, DECEMBER, Month(2027, 1))] == [
        "尿样检测率", "尿样检测率", "尿检率", "尿检率",
    ]  # fmt: skip
    with pytest.raises(NoRulesToDrop):
        drop_rules(store, RuleName.RATES, Month(2027, 2))
    drop_rules(store, RuleName.RATES, OCTOBER)
    assert rule_sets(store) == ()


def test_rules_that_came_by_directive_are_read_together(desk: Desk) -> None:
    superior = desk.unit.superior
    assert superior is not None
    put(desk, superior.id, RuleName.RATES, "2026-12", changed(RuleName.RATES, "2", ("D02", "Z99")))
    with desk.store.read() as session, pytest.raises(UnknownItemInFormula, match="Z99"):
        refuse_unfit_rules_in(session, NOVEMBER)


def test_a_deadline_holds_for_periods_that_begin_in_its_month_or_later(district: Desk) -> None:
    store, own = district.store, district.unit.unit.id
    set_deadline(store, "monthly_assessment", NOVEMBER, days=3)
    set_deadline(store, "committee_meeting", OCTOBER, due="11-30")
    rows = {(row.rule.code, row.period): row for row in duties_of_year(store, own, 2026, date(2026, 12, 5)).rows}
    assert rows["monthly_assessment", "2026-10"].due == date(2026, 11, 7)
    assert rows["monthly_assessment", "2026-11"].due == date(2026, 12, 3)
    assert rows["monthly_assessment", "2026-11"].state is DutyState.OVERDUE
    assert not rows["monthly_assessment", "2026-11"].rule.assumed
    assert rows["committee_meeting", "2026"].due == date(2026, 12, 31)  # the year had begun
    next_year = {row.rule.code: row for row in duties_of_year(store, own, 2027, date(2026, 12, 5)).rows}
    assert next_year["committee_meeting"].due == date(2027, 11, 30)
    listed = {row.duty: row for row in deadlines(store, NOVEMBER)}
    assert (listed["monthly_assessment"].days, listed["monthly_assessment"].shipped_days) == (3, 7)
    assert (listed["monthly_assessment"].since, listed["monthly_assessment"].own) == ("2026-11", True)
    assert listed["monthly_report"].set_by is None
    set_deadline(store, "monthly_assessment", DECEMBER)  # as shipped again
    rows = {(row.rule.code, row.period): row for row in duties_of_year(store, own, 2026, date(2026, 12, 5)).rows}
    assert rows["monthly_assessment", "2026-12"].due == date(2027, 1, 7)


@pytest.mark.parametrize(
    ("duty", "days", "due", "error"),
    [
        ("nothing", 3, "", UnknownDuty),
        ("training", 3, "", DeadlineOfNoDate),
        ("monthly_report", None, "06-30", DeadlineDoesNotFit),
        ("committee_meeting", 3, "", DeadlineDoesNotFit),
        ("committee_meeting", None, "06-30 12-31", DeadlineDoesNotFit),
        ("hearing_half_yearly", None, "06-30", DeadlineDoesNotFit),
        ("committee_meeting", None, "02-29", DeskError),
        ("monthly_report", 32, "", DeskError),
    ],
)
def test_a_deadline_that_does_not_fit_is_refused(
    district: Desk, duty: str, days: int | None, due: str, error: type[DeskError]
) -> None:
    with pytest.raises(error):
        set_deadline(district.store, duty, NOVEMBER, days=days, due=due)
    assert all(row.set_by is None for row in deadlines(district.store, NOVEMBER))
