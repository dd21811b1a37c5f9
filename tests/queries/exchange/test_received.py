"""Keys, packages and what a month needs, as rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Clock
from tests.operations.exchange.months import fill_in, make_ready, vault_of
from tests.operations.exchange.test_receive import XUEJIA, Stream, enrol, receive
from tests.operations.meeting_forms import prepared, signed
from tests.packages.made_up import key_of

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import shipped_unit_id
from jindu_desk.errors.exchange import NotAPublicKey, ReceivedFileMissing, RosterUnreadable
from jindu_desk.operations.exchange.keys import (
    create_signing_key,
    revoke_key,
    trust_key,
    write_public_key,
    write_roster_files,
)
from jindu_desk.operations.exchange.report import reopen_month, report_month
from jindu_desk.operations.tallies import withdraw_nil_return
from jindu_desk.packages.roster import Roster, read_roster
from jindu_desk.queries.exchange.files import copy_out_attachments
from jindu_desk.queries.exchange.keys import key_line, own_signer, read_key, roster_in, roster_texts, signers
from jindu_desk.queries.exchange.received import received, received_package, untrusted_files
from jindu_desk.queries.readiness import Requirement, report_readiness
from jindu_desk.queries.units import units_below
from jindu_desk.settings.keys import KeyVault

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


def roster_of(desk: Desk) -> Roster:
    with desk.store.read() as session:
        return roster_in(session)


def met(desk: Desk, requirement: Requirement) -> bool:
    return next(line.met for line in report_readiness(desk.store, OCTOBER).lines if line.requirement is requirement)


def test_roster_trusts_each_unit_for_its_own_kinds(desk: Desk) -> None:
    vault_of(desk)
    district, village = shipped_unit_id("320411000000"), units_below(desk.store, desk.unit.unit.id, OCTOBER)[0].id
    for unit in (district, village):
        key = key_of(unit).public
        trust_key(desk.store, unit, key.line, keeper="测试甲", compared=key.fingerprint)
    spaces = {entry.unit_id: entry.namespaces for entry in roster_of(desk).keys}
    assert spaces[district] == {"directive@jindu-desk", "answer@jindu-desk"}
    assert spaces[village] == {"report@jindu-desk", "enrolment@jindu-desk"}
    assert len(spaces[desk.unit.unit.id]) == 4


def test_revoked_keys_are_in_the_roster_as_revoked(desk: Desk) -> None:
    vault_of(desk)
    key = own_signer(desk.store)
    assert key is not None
    revoke_key(desk.store, key.id)
    assert {each.fingerprint for each in roster_of(desk).revoked} == {key.fingerprint}
    assert signers(desk.store)[0].revoked_at is not None


def test_roster_files_are_read_by_the_reader(desk: Desk, tmp_path: Path) -> None:
    vault_of(desk)
    write_roster_files(desk.store, tmp_path / "allowed_signers")
    text = (tmp_path / "allowed_signers").read_text(encoding="utf-8")
    assert (text, (tmp_path / "allowed_signers.revoked").read_text()) == roster_texts(desk.store)
    assert [entry.unit_id for entry in read_roster(text).keys] == [desk.unit.unit.id]


def test_key_is_handed_over_as_a_line_that_names_its_unit(desk: Desk, tmp_path: Path) -> None:
    vault_of(desk)
    key = own_signer(desk.store)
    assert key is not None
    write_public_key(tmp_path / "key.txt", key_line(key))
    offered = read_key((tmp_path / "key.txt").read_text(encoding="utf-8"))
    assert (offered.unit_id, offered.fingerprint, offered.keeper) == (desk.unit.unit.id, key.fingerprint, key.keeper)
    bare = read_key(f"  {key.public_key}   测试 甲 \n")
    assert (bare.unit_id, bare.groups, bare.keeper) == ("", key.groups, "测试 甲")


@pytest.mark.parametrize("text", ["", "hello", "ssh-rsa AAAA", "unit ssh-rsa AAAA"])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises((NotAPublicKey, RosterUnreadable)):
        read_key(text)


def test_key_that_stayed_on_another_pc_is_missing_here(desk: Desk, clock: Clock, tmp_path: Path) -> None:
    make_ready(desk, OCTOBER)
    vault_of(desk)
    before = own_signer(desk.store)
    elsewhere = KeyVault(tmp_path / "other-pc", desk.unit.folder_id, demo=True)
    assert not elsewhere.holds("signing")
    assert not report_readiness(desk.store, OCTOBER, key_held=False).ready
    clock.advance(minutes=1)
    create_signing_key(desk.store, elsewhere)
    now = own_signer(desk.store)
    assert before is not None
    assert now is not None
    assert now.fingerprint != before.fingerprint


def test_each_requirement_turns_by_itself(desk: Desk) -> None:
    assert not met(desk, Requirement.MEETING)
    whole = prepared(desk, OCTOBER)
    assert not met(desk, Requirement.MEETING)
    assert report_readiness(desk.store, OCTOBER).meeting_state is whole.state
    assert not met(desk, Requirement.VILLAGES)
    fill_in(desk, OCTOBER)
    assert met(desk, Requirement.VILLAGES)
    village = units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    withdraw_nil_return(desk.store, desk.unit.unit.id, village.id, OCTOBER)
    line = next(line for line in report_readiness(desk.store, OCTOBER).lines if line.requirement is Requirement.REASONS)
    assert not line.met
    assert line.names == (village.name,)
    assert line.where["village"] == village.id
    assert met(desk, Requirement.RECEIVER)
    assert not met(desk, Requirement.EXPENSES)
    assert not next(
        line for line in report_readiness(desk.store, OCTOBER).lines if line.requirement is Requirement.EXPENSES
    ).holds_up


def test_lock_says_why_and_that_it_was_opened(desk: Desk, tmp_path: Path) -> None:
    make_ready(desk, OCTOBER)
    report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, tmp_path)
    ready = report_readiness(desk.store, OCTOBER)
    assert ready.lock is not None
    assert (ready.lock.number, ready.lock.closed, ready.next_number, ready.revision) == (1, True, 2, 2)
    reopen_month(desk.store, desk.unit.unit.id, OCTOBER, by="测试丙", reason="漏填")
    again = report_readiness(desk.store, OCTOBER)
    assert again.lock is not None
    assert (again.lock.closed, again.lock.reopened_by, again.lock.reason) == (False, "测试丙", "漏填")


def test_altered_copy_of_what_was_received_is_noticed(make_desk: Callable[[str, str], Desk]) -> None:
    district = make_desk("district", "320411000000")
    receive(district, Stream().next())
    (path,) = untrusted_files(district.store, district.paths)
    enrol(district, XUEJIA)
    receive(district, path.read_bytes())
    assert untrusted_files(district.store, district.paths) == ()
    assert received(district.store)[0].counted
    assert received_package(district.paths, path.stem).descriptor.number == 1
    path.write_bytes(b"altered")
    with pytest.raises(ReceivedFileMissing):
        received_package(district.paths, path.stem)


def test_meeting_signed_off_is_what_counts(desk: Desk) -> None:
    signed(desk, OCTOBER)
    assert met(desk, Requirement.MEETING)


def test_attachments_are_copied_out_under_names_of_our_own(
    make_desk: Callable[[str, str], Desk], tmp_path: Path
) -> None:
    district = make_desk("district", "320411000000")
    enrol(district, XUEJIA)
    receive(district, Stream().next())
    (row,) = received(district.store)
    (copy,) = copy_out_attachments(district.store, district.paths, row.id, tmp_path / "out")
    assert copy.name == "薛家镇-2026-10-1.pdf"
    assert copy.read_bytes().startswith(b"%PDF")
