"""A district directs, its township follows: list, keys, recipients, targets, deadlines, rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Clock
from tests.operations.exchange.desks import directive, enrolment, introduce, receive, take_enrolment
from tests.operations.exchange.months import MONTH, reported, vault_of

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import NotADirector
from jindu_desk.operations.exchange.directives import write_directive
from jindu_desk.operations.exchange.key_changes import replace_lost_keys
from jindu_desk.operations.exchange.keys import revoke_key
from jindu_desk.operations.rules import set_deadline, switch_check
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.operations.units import UnitDraft, add_unit, end_unit, move_unit, rename_unit
from jindu_desk.packages.sealing import is_sealed
from jindu_desk.packages.verify import verify_package
from jindu_desk.queries.exchange.chains import recipients_in, roster_number_in
from jindu_desk.queries.exchange.keys import own_signer, roster_in, signers
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.rules import deadlines, rules, targets_in
from jindu_desk.queries.units import units_below

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

XUEJIA, MENGHE = "320411103000", "320411101000"


def test_the_first_directive_brings_key_and_recipient(district: Desk, township: Desk, tmp_path: Path) -> None:
    sent = directive(district, tmp_path)
    assert not sent.encrypted  # a unit that lost its key must still be able to read it
    (unknown,) = receive(township, sent.path)
    assert (unknown.verdict, unknown.code) == (Verdict.UNTRUSTED, "key_unknown")
    assert unknown.unknown_key is not None
    assert unknown.unknown_key.fingerprint == sent.fingerprint
    taken = take_enrolment(township, sent.path)
    assert (taken.verdict, taken.counted, taken.kind) == (Verdict.NEW, True, PackageKind.DIRECTIVE)
    superior = district.unit.unit.id
    with township.store.read() as session:
        assert recipients_in(session, superior)
        assert roster_number_in(session, superior) == 1


def test_an_enrolment_says_what_counts_now_and_a_directive_that_nothing_changed(
    district: Desk, township: Desk, tmp_path: Path
) -> None:
    taken = take_enrolment(district, enrolment(township, tmp_path).path)
    said, *lines = taken.explanation.split("\n")
    assert "现在有效的签名密钥 1 把、加密公钥 1 把" in said
    assert [line.partition("：")[0] for line in lines] == ["新登记加密公钥"]
    again = receive(district, enrolment(township, tmp_path).path)[0].explanation
    assert "没有变化" in again
    replace_lost_keys(township.store, vault_of(township), "换了电脑，旧密钥没有交接")
    said, *lines = take_enrolment(district, enrolment(township, tmp_path).path).explanation.split("\n")
    assert "现在有效的签名密钥 1 把、加密公钥 1 把" in said
    assert any("作废" in line and "理由：换了电脑，旧密钥没有交接" in line for line in lines)
    take_enrolment(township, directive(district, tmp_path).path)
    assert receive(township, directive(district, tmp_path).path)[0].explanation == "第 2 号指令已采用，没有变化。"


def test_a_report_is_encrypted_as_soon_as_the_recipient_is_known(
    district: Desk, township: Desk, tmp_path: Path, clock: Clock
) -> None:
    introduce(district, township, tmp_path)
    clock.advance(days=8)
    sent = reported(township, MONTH, tmp_path)
    assert sent.encrypted
    assert is_sealed(sent.path.read_bytes())
    (result,) = receive(district, sent.path)
    assert (result.verdict, result.counted) == (Verdict.NEW, True)
    row = received(district.store)[0]
    assert row.encrypted
    kept = (district.paths.received / f"{row.file_sha256}.jdpkg").read_bytes()
    assert not is_sealed(kept)  # losing the key must not lose data
    about = verify_package(kept, None).descriptor
    assert about.roster == 1


def test_rules_targets_and_deadlines_are_followed_and_what_changed_is_told(
    district: Desk, township: Desk, tmp_path: Path, clock: Clock
) -> None:
    introduce(district, township, tmp_path)
    month = Month(2026, 11)
    superior = district.unit.unit.id
    set_rate_targets(district.store, superior, month, {"urine_test": 9500})
    set_deadline(district.store, "monthly_report", month, days=3)
    switch_check(district.store, "S6", month, on=False)
    (result,) = receive(township, directive(district, tmp_path).path)
    assert result.counted
    assert any("S6" in line and "停用" in line for line in result.explanation.split("\n"))
    assert any("95.00%" in line for line in result.explanation.split("\n"))
    assert any("月后 3 天" in line for line in result.explanation.split("\n"))
    off = {check.code for check in rules(township.store, month).checks.checks if check.off}
    assert off == {"S6"}
    assert not any(check.off for check in rules(township.store, MONTH).checks.checks)
    with township.store.read() as session:
        assert targets_in(session, month)["urine_test"] == 9500
        assert "urine_test" not in targets_in(session, MONTH)
    (deadline,) = [row for row in deadlines(township.store, month) if row.duty == "monthly_report"]
    assert (deadline.days, deadline.set_by) == (3, superior)


def test_what_a_later_directive_no_longer_says_ends(district: Desk, township: Desk, tmp_path: Path) -> None:
    month = Month(2026, 11)
    superior = district.unit.unit.id
    set_rate_targets(district.store, superior, month, {"urine_test": 9500})
    introduce(district, township, tmp_path)
    set_rate_targets(district.store, superior, month, {"urine_test": None})
    receive(township, directive(district, tmp_path).path)
    with township.store.read() as session:
        assert "urine_test" not in targets_in(session, month)


def test_unit_list_is_followed(district: Desk, township: Desk, tmp_path: Path) -> None:
    """The township's own name and end of villages as the district says; what is newer here stays."""
    introduce(district, township, tmp_path)
    own = township.unit.unit.id
    november = Month(2026, 11)
    rename_unit(district.store, own, november, name="薛家街道")
    first = units_below(township.store, own, november)[0]
    rename_unit(township.store, first.id, november, name="测试改名村")
    add_unit(township.store, UnitDraft("测试新村", Tier.VILLAGE), own, november)
    (result,) = receive(township, directive(district, tmp_path).path)
    assert result.counted
    assert "薛家街道" in result.explanation
    names = [unit.name for unit in units_below(township.store, own, november)]
    assert "测试改名村" in names
    assert "测试新村" in names
    township.reload()
    with township.store.read() as session:
        from jindu_desk.queries.units import unit_in

        here = unit_in(session, own, november)
        assert here is not None
        assert here.name == "薛家街道"


def test_a_village_that_the_district_moves_to_another_township_leaves(
    district: Desk, township: Desk, tmp_path: Path, clock: Clock
) -> None:
    introduce(district, township, tmp_path)
    clock.advance(days=8)
    receive(district, reported(township, MONTH, tmp_path).path)
    own = township.unit.unit.id
    village = units_below(township.store, own, MONTH)[0]
    other = next(unit for unit in units_below(district.store, district.unit.unit.id, MONTH) if unit.id != own)
    move_unit(district.store, village.id, Month(2026, 12), reports_to=other.id)
    (result,) = receive(township, directive(district, tmp_path).path)
    assert result.counted
    assert village.id in {unit.id for unit in units_below(township.store, own, MONTH)}
    assert village.id not in {unit.id for unit in units_below(township.store, own, Month(2026, 12))}


def test_an_ended_village_ends(district: Desk, township: Desk, tmp_path: Path, clock: Clock) -> None:
    introduce(district, township, tmp_path)
    clock.advance(days=8)
    receive(district, reported(township, MONTH, tmp_path).path)
    village = units_below(township.store, township.unit.unit.id, MONTH)[0]
    end_unit(district.store, village.id, Month(2026, 11))
    receive(township, directive(district, tmp_path).path)
    assert village.id not in {u.id for u in units_below(township.store, township.unit.unit.id, Month(2026, 12))}


def test_directive_rollback(district: Desk, township: Desk, tmp_path: Path) -> None:
    one, two = directive(district, tmp_path), directive(district, tmp_path)
    take_enrolment(township, two.path)
    (older,) = receive(township, one.path)
    assert (older.verdict, older.counted) == (Verdict.OLDER, False)
    with township.store.read() as session:
        assert roster_number_in(session, district.unit.unit.id) == 2
    (same,) = receive(township, two.path)
    assert same.verdict is Verdict.SAME


def test_a_missed_directive_does_no_harm(district: Desk, township: Desk, tmp_path: Path) -> None:
    one = directive(district, tmp_path)
    take_enrolment(township, one.path)
    directive(district, tmp_path)
    third = directive(district, tmp_path)
    (result,) = receive(township, third.path)
    assert (result.verdict, result.counted) == (Verdict.NEW, True)


def test_a_revoked_township_key_is_revoked_at_home_too(district: Desk, township: Desk, tmp_path: Path) -> None:
    introduce(district, township, tmp_path)
    (theirs,) = [row for row in signers(district.store) if row.unit_id == township.unit.unit.id]
    revoke_key(district.store, theirs.id)
    (result,) = receive(township, directive(district, tmp_path).path)
    assert theirs.fingerprint in result.explanation
    assert own_signer(township.store) is None


def test_directive_from_elsewhere(
    district: Desk, township: Desk, make_desk: Callable[[str, str], Desk], tmp_path: Path
) -> None:
    """A good key of a district that is not ours."""
    other = make_desk("other", "320404000000")
    sent = directive(other, tmp_path)
    (result,) = receive(township, sent.path)
    assert result.verdict is Verdict.UNTRUSTED
    assert roster_of_district_untouched(township)


def roster_of_district_untouched(township: Desk) -> bool:
    with township.store.read() as session:
        return all(key.unit_id == township.unit.unit.id for key in roster_in(session).keys)


def test_a_township_directs_nobody(township: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotADirector):
        write_directive(township.store, vault_of(township), township.paths, tmp_path)


def test_the_township_is_told_that_its_key_is_not_listed_yet(district: Desk, township: Desk, tmp_path: Path) -> None:
    vault_of(township)
    taken = take_enrolment(township, directive(district, tmp_path).path)
    assert "还没有本机的签名密钥" in taken.explanation
    take_enrolment(district, enrolment(township, tmp_path).path)
    (again,) = receive(township, directive(district, tmp_path).path)
    assert "还没有本机的签名密钥" not in again.explanation
