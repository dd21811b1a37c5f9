"""What the superior knows of this desk's keys, and which months came back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Clock
from tests.operations.exchange.desks import answer, directive, enrolment, introduce, receive, take_enrolment
from tests.operations.exchange.months import MONTH, reported, vault_of

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.operations.exchange.judge import RemarkDraft, return_report
from jindu_desk.operations.exchange.key_changes import begin_key_change, finish_key_change, replace_lost_keys
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.queries.exchange.standing import Known, own_keys_standing, returned_months
from jindu_desk.queries.units import units_below

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def known(desk: Desk) -> Known | None:
    present = own_keys_standing(desk.store, desk.paths).present
    return present.known if present else None


def test_a_key_is_told_then_listed(desk: Desk, district: Desk, tmp_path: Path) -> None:
    assert known(desk) is None
    vault_of(desk)
    assert known(desk) is Known.NOT_TOLD
    placed = enrolment(desk, tmp_path)
    assert known(desk) is Known.WRITTEN
    take_enrolment(district, placed.path)
    take_enrolment(desk, directive(district, tmp_path).path)
    assert known(desk) is Known.LISTED


def test_a_directive_without_the_key_says_so(desk: Desk, district: Desk, tmp_path: Path) -> None:
    vault_of(desk)
    take_enrolment(desk, directive(district, tmp_path).path)
    assert known(desk) is Known.NOT_LISTED


def test_a_report_that_was_taken_shows_that_its_key_is_known(
    desk: Desk, district: Desk, tmp_path: Path, clock: Clock
) -> None:
    vault_of(desk)
    take_enrolment(desk, directive(district, tmp_path).path)  # knows no key of ours
    report = reported(desk, MONTH, tmp_path)
    take_enrolment(district, enrolment(desk, tmp_path).path)
    receive(district, report.path)
    clock.advance(hours=1)
    receive(desk, answer(district, [desk], tmp_path)[0].path)
    assert known(desk) is Known.LISTED


def test_the_key_that_follows(desk: Desk, district: Desk, tmp_path: Path, clock: Clock) -> None:
    introduce(district, desk, tmp_path)
    clock.advance(hours=1)
    begin_key_change(desk.store, vault_of(desk))
    keys = own_keys_standing(desk.store, desk.paths)
    assert keys.to_follow is not None
    assert keys.present is not None
    assert keys.to_follow.follows
    assert keys.to_follow.known is Known.NOT_LISTED
    take_enrolment(district, enrolment(desk, tmp_path).path)
    told = own_keys_standing(desk.store, desk.paths).to_follow
    assert told is not None
    assert told.known is Known.WRITTEN
    clock.advance(hours=1)
    receive(desk, directive(district, tmp_path).path)
    listed = own_keys_standing(desk.store, desk.paths).to_follow
    assert listed is not None
    assert listed.known is Known.LISTED
    clock.advance(hours=1)
    finish_key_change(desk.store, vault_of(desk))
    after = own_keys_standing(desk.store, desk.paths)
    assert after.to_follow is None
    assert after.present is not None
    assert after.present.fingerprint == listed.fingerprint


def test_after_a_loss_the_new_key_is_not_known(desk: Desk, district: Desk, tmp_path: Path) -> None:
    introduce(district, desk, tmp_path)
    assert known(desk) is Known.LISTED
    replace_lost_keys(desk.store, vault_of(desk), "换了电脑")
    assert known(desk) is Known.NOT_LISTED


def test_a_returned_month_is_told_until_its_correction_goes_out(
    desk: Desk, district: Desk, tmp_path: Path, clock: Clock
) -> None:
    introduce(district, desk, tmp_path)
    (result,) = receive(district, reported(desk, MONTH, tmp_path).path)
    assert result.received_id is not None
    assert returned_months(desk.store, desk.unit.unit.id) == ()
    village = units_below(desk.store, desk.unit.unit.id, MONTH)[0]
    remark = RemarkDraft("请再核实", RemarkPlace.VILLAGE, village.id)
    return_report(district.store, district.paths, result.received_id, "请核对", [remark])
    clock.advance(hours=1)
    receive(desk, answer(district, [desk], tmp_path)[0].path)
    (month,) = returned_months(desk.store, desk.unit.unit.id)
    assert (month.period, month.number, month.reason, month.remarks) == ("2026-10", 1, "请核对", 1)
    report_month(desk.store, vault_of(desk), desk.paths, MONTH, tmp_path)
    assert returned_months(desk.store, desk.unit.unit.id) == ()
