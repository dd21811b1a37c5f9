"""The next directive as a person sees it before it is written, and what changed since the last one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Clock
from tests.operations.exchange.desks import directive, introduce, take_enrolment
from tests.operations.exchange.months import enrol, vault_of

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_changes import ChangeKind
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.domain.units import Tier
from jindu_desk.operations.exchange.keys import revoke_key
from jindu_desk.operations.rules import set_deadline, switch_check
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.operations.units import UnitDraft, add_unit, end_unit, move_unit, rename_unit
from jindu_desk.packages.verify import verify_package
from jindu_desk.queries.exchange.direct import Directive, next_directive, value_at, values_after
from jindu_desk.queries.exchange.direct_changes import ListChange, ListChangeKind
from jindu_desk.queries.exchange.key_list import keys_on_record
from jindu_desk.queries.exchange.keys import signers
from jindu_desk.queries.rules import standing_in
from jindu_desk.queries.units import units_below

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
Kind = ListChangeKind


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    made = make_desk("district", "320411000000")
    vault_of(made)
    return made


def draft_of(desk: Desk, month: Month = OCTOBER) -> Directive:
    found = next_directive(desk.store, desk.paths, month)
    assert found is not None
    return found


def test_the_first_one_is_told_by_what_it_says(district: Desk, township: Desk) -> None:
    enrol(district, township)
    found = draft_of(district)
    assert (found.number, found.last, found.compared, found.changes) == (1, None, True, 0)
    names = [unit.name for unit in found.units]
    assert names[0] == "新北区"
    assert "薛家镇" in names
    assert {unit.superior for unit in found.units[1:]} == {"新北区"}
    assert [(key.unit_name, key.proven) for key in found.keys] == [("新北区", True), ("薛家镇", False)]
    assert len(found.recipients) == 1
    assert {file.set_by for file in found.files} == {""}


def test_what_is_written_is_what_was_shown(district: Desk, stick: Path) -> None:
    """Nothing to tell once it is written: the written one read back equals the next one."""
    switch_check(district.store, "S6", NOVEMBER, on=False)
    assert draft_of(district).changes == 1
    placed = directive(district, stick)
    again = draft_of(district)
    assert again.last is not None
    assert (again.number, again.last[0], again.changes) == (2, 1, 0)
    assert len(verify_package(placed.path.read_bytes(), None).tables["units"]) == len(again.units)


def test_rules_targets_and_deadlines_are_compared(district: Desk, stick: Path) -> None:
    directive(district, stick)
    own = district.unit.unit.id
    set_rate_targets(district.store, own, NOVEMBER, {"urine_test": 9500})
    set_deadline(district.store, "monthly_report", DECEMBER, days=3)
    switch_check(district.store, "S6", NOVEMBER, on=False)
    found = draft_of(district)
    told = [(change.kind, change.code, change.since) for change in found.rule_changes]
    assert told == [
        (ChangeKind.TARGET, "urine_test", "2026-11"),
        (ChangeKind.CHECK_OFF, "S6", "2026-11"),
        (ChangeKind.DEADLINE, "monthly_report", "2026-12"),
    ]
    (checks,) = [file for file in found.files if file.name is RuleName.CHECKS]
    assert (checks.since, checks.later[0][0]) == ("", "2026-11")
    (checks,) = [file for file in draft_of(district, NOVEMBER).files if file.name is RuleName.CHECKS]
    assert (checks.since, checks.set_by, checks.own) == ("2026-11", "新北区", True)
    assert values_after(found.standing, "2026-10", lambda at: at.deadlines["monthly_report"]) == (("2026-12", "3"),)
    assert value_at(found.standing, "2026-12", lambda at: at.targets.get("urine_test")) == 9500
    assert value_at(found.standing, "2026-10", lambda at: at.targets.get("urine_test")) is None


def test_the_shown_rules_are_those_in_force_here(district: Desk) -> None:
    """Read from a directive's tables or from the store, the rules say the same."""
    set_rate_targets(district.store, district.unit.unit.id, NOVEMBER, {"urine_test": 9500})
    set_deadline(district.store, "monthly_report", DECEMBER, days=3)
    set_deadline(district.store, "hearing_half_yearly", NOVEMBER, due="06-20 12-20")
    switch_check(district.store, "S6", NOVEMBER, on=False)
    with district.store.read() as session:
        stored = standing_in(session)
    shown = draft_of(district).standing
    for month in ("2026-10", "2026-11", "2026-12"):
        for value in (lambda at: at.rules, lambda at: at.targets, lambda at: at.deadlines, lambda at: at.expenses):
            assert value_at(shown, month, value) == value_at(stored, month, value)


def test_units_are_compared(district: Desk, stick: Path) -> None:
    own = district.unit.unit.id
    directive(district, stick)
    renamed, ended, *_ = units_below(district.store, own, OCTOBER)
    rename_unit(district.store, renamed.id, DECEMBER, name="测试街道")
    end_unit(district.store, ended.id, DECEMBER)
    add_unit(district.store, UnitDraft("测试镇", Tier.TOWNSHIP), own, NOVEMBER)
    found = draft_of(district)
    assert set(found.list_changes) == {
        ListChange(Kind.UNIT_RENAMED, "测试街道", renamed.name, "测试街道", "2026-12"),
        ListChange(Kind.UNIT_ENDS, ended.name, "", "2026-12"),
        ListChange(Kind.UNIT_ADDED, "测试镇", after="新北区", since="2026-11"),
    }
    (shown,) = [unit for unit in found.units if unit.id == renamed.id]
    assert (shown.name, shown.later) == (renamed.name, (("2026-12", "测试街道", "新北区"),))


def test_a_village_that_moves_is_told(district: Desk, stick: Path) -> None:
    first, second, *_ = units_below(district.store, district.unit.unit.id, OCTOBER)
    add_unit(district.store, UnitDraft("测试村", Tier.VILLAGE), first.id, OCTOBER)
    directive(district, stick)
    (village,) = units_below(district.store, first.id, OCTOBER)
    move_unit(district.store, village.id, DECEMBER, reports_to=second.id)
    assert draft_of(district).list_changes == (
        ListChange(Kind.UNIT_MOVED, "测试村", first.name, second.name, "2026-12"),
    )


def test_keys_are_compared(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    directive(district, stick)
    enrol(district, township)
    (theirs,) = [row for row in signers(district.store) if not row.own]
    assert draft_of(district).list_changes == (ListChange(Kind.KEY_ADDED, "薛家镇", after=theirs.fingerprint),)
    directive(district, stick)
    clock.advance(days=1)
    revoke_key(district.store, theirs.id, "电脑遗失")
    assert draft_of(district).list_changes == (ListChange(Kind.KEY_REVOKED, "薛家镇", theirs.fingerprint, "电脑遗失"),)


def test_what_the_city_set_goes_on_down_until_the_district_sets_its_own(
    make_desk: Callable[[str, str], Desk], district: Desk, stick: Path
) -> None:
    city = make_desk("city", "320400000000")
    switch_check(city.store, "S6", NOVEMBER, on=False)
    take_enrolment(district, directive(city, stick).path)

    def checks() -> tuple[str, bool]:
        (file,) = [file for file in draft_of(district, DECEMBER).files if file.name is RuleName.CHECKS]
        return file.set_by, file.own

    assert checks() == ("常州市", False)
    assert [change.code for change in draft_of(district).rule_changes] == ["S6"]
    switch_check(district.store, "S5", DECEMBER, on=False)
    assert checks() == ("新北区", True)


def test_without_the_kept_copy_nobody_says_what_changed(district: Desk, stick: Path) -> None:
    placed = directive(district, stick)
    (district.paths.sent / placed.path.name).write_bytes(b"gone")
    switch_check(district.store, "S6", NOVEMBER, on=False)
    found = draft_of(district)
    assert (found.compared, found.number, found.changes) == (False, 2, 0)


def test_keys_on_record(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    """The own one first; an enrolled one proved itself; a revoked one says why."""
    introduce(district, township, stick)
    own, theirs = keys_on_record(district.store)
    assert (own.own, own.signs, own.unit_name) == (True, True, "新北区")
    assert (theirs.unit_name, theirs.proven, theirs.revoked_at) == ("薛家镇", True, None)
    assert theirs.compared_at is not None
    revoke_key(district.store, theirs.id, "电脑遗失")
    _, theirs = keys_on_record(district.store)
    assert (theirs.revoked_at, theirs.revoked_reason) == (clock.now, "电脑遗失")
    first, superior = keys_on_record(township.store)
    assert (first.own, superior.unit_name) == (True, "新北区")
