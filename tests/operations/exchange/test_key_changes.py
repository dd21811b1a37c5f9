"""A lost key, a new PC, a second PC, a successor in office, a key that is changed in order: none loses data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, select
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, directive, enrolment, introduce, receive, take_enrolment
from tests.operations.exchange.months import MONTH, make_ready, reported, vault_of
from tests.settings.quick_seal import quick_seal
from tests.settings.test_keys import FakeKeyring

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.errors.exchange import (
    KeyChangeUnderWay,
    KeyringRefused,
    ListsLostKey,
    NoKeyToFollow,
    NoSigningKey,
    NoSuchSent,
    PassphraseWrong,
    SentCopyMissing,
)
from jindu_desk.operations.exchange.again import hand_out_again
from jindu_desk.operations.exchange.enrolments import write_enrolment
from jindu_desk.operations.exchange.key_changes import begin_key_change, finish_key_change, replace_lost_keys
from jindu_desk.operations.exchange.keys import create_signing_key, own_keys, revoke_key
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.operations.units import change_keeper
from jindu_desk.packages.verify import verify_package
from jindu_desk.queries.exchange.chains import recipients_in
from jindu_desk.queries.exchange.keys import own_signer, signers
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.queries.integrity import check
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.tables import Recipient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jindu_desk.operations.exchange.receive import ReceiveResult


@pytest.fixture
def acquainted(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    introduce(district, township, stick)
    clock.advance(days=8)


def verdict_of(results: Sequence[ReceiveResult]) -> tuple[Verdict, bool]:
    (result,) = results
    return result.verdict, result.counted


def recipients(desk: Desk, unit: Desk) -> tuple[str, ...]:
    with desk.store.read() as session:
        return recipients_in(session, unit.unit.unit.id)


@pytest.mark.usefixtures("acquainted")
def test_a_township_that_lost_its_keys(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    before = own_signer(township.store)
    sent = reported(township, MONTH, stick)
    told = answer(district, [township], stick)[0]  # encrypted to the key that gets lost
    replace_lost_keys(township.store, vault_of(township), "旧电脑硬盘损坏")
    now = own_signer(township.store)
    assert before is not None
    assert now is not None
    assert now.fingerprint != before.fingerprint
    (unread,) = receive(township, told.path)
    assert unread.code == "package_encrypted"

    fresh = enrolment(township, stick)
    (unknown,) = receive(district, fresh.path)
    assert unknown.code == "key_unknown"  # nobody is left to introduce it: a person compares
    taken = take_enrolment(district, fresh.path)
    assert (taken.verdict, taken.counted) == (Verdict.NEW, True)
    revoked = {row.fingerprint: row.revoked_at for row in signers(district.store)}
    assert revoked[before.fingerprint] is not None
    assert revoked[now.fingerprint] is None
    # What the revoked key signed before is not taken any more; the very same month goes out again, signed anew.
    assert verdict_of(receive(district, sent.path)) == (Verdict.UNTRUSTED, False)
    sent.path.unlink()
    superior = district.unit.unit.id
    vault = vault_of(township)
    repeated = hand_out_again(township.store, vault, township.paths, PackageKind.REPORT, superior, 1, stick)
    assert verdict_of(receive(district, repeated.path)) == (Verdict.NEW, True)
    clock.advance(days=30)
    assert verdict_of(receive(district, reported(township, MONTH.next, stick).path)) == (Verdict.NEW, True)

    clock.advance(hours=1)
    again = answer(district, [township], stick)[0]
    assert len(recipients(district, township)) == 1
    assert verdict_of(receive(township, again.path)) == (Verdict.NEW, True)


@pytest.mark.usefixtures("acquainted")
def test_an_answer_is_handed_out_again_to_the_new_key(district: Desk, township: Desk, stick: Path) -> None:
    told = answer(district, [township], stick)[0]  # it stays on the stick, for a key that is gone
    replace_lost_keys(township.store, vault_of(township), "忘记口令")
    take_enrolment(district, enrolment(township, stick).path)
    own = township.unit.unit.id
    again = hand_out_again(
        district.store, vault_of(district), district.paths, PackageKind.ANSWER, own, told.number, stick
    )
    assert again.encrypted
    assert again.path.name == "新北区-回执-薛家镇-1-再递交.jdpkg"
    assert verdict_of(receive(township, again.path)) == (Verdict.NEW, True)
    once_more = hand_out_again(
        district.store, vault_of(district), district.paths, PackageKind.ANSWER, own, told.number, stick
    )
    assert once_more.path.name == "新北区-回执-薛家镇-1-再递交2.jdpkg"


@pytest.mark.usefixtures("acquainted")
def test_a_district_that_lost_its_keys(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    """What the townships had encrypted to the lost key is handed out again; what was received stays readable."""
    taken = reported(township, MONTH, stick)
    assert verdict_of(receive(district, taken.path)) == (Verdict.NEW, True)
    clock.advance(days=30)
    on_its_way = reported(township, MONTH.next, stick)
    replace_lost_keys(district.store, vault_of(district), "旧电脑损坏")
    (unread,) = receive(district, on_its_way.path)
    assert (unread.verdict, unread.code) == (Verdict.NOT_FOR_US, "package_encrypted")

    second = directive(district, stick)
    (unknown,) = receive(township, second.path)
    assert unknown.code == "key_unknown"
    assert verdict_of((take_enrolment(township, second.path),)) == (Verdict.NEW, True)
    assert recipients(township, district) == recipients(district, district)

    on_its_way.path.unlink()
    superior = district.unit.unit.id
    again = hand_out_again(
        township.store, vault_of(township), township.paths, PackageKind.REPORT, superior, on_its_way.number, stick
    )
    assert verdict_of(receive(district, again.path)) == (Verdict.NEW, True)
    assert check(district.store, district.paths).findings == ()


@pytest.mark.usefixtures("acquainted")
def test_what_names_a_lost_key_is_written_anew_and_not_handed_out_again(
    district: Desk, township: Desk, stick: Path
) -> None:
    """Signed by the new key, its list would not name that key: nobody could believe it."""
    first = directive(district, stick)
    own = enrolment(township, stick)
    for desk in (district, township):
        replace_lost_keys(desk.store, vault_of(desk), "旧电脑损坏")
    for desk, kind, sent in ((district, PackageKind.DIRECTIVE, first), (township, PackageKind.ENROLMENT, own)):
        before = sorted(stick.iterdir())
        (row,) = [each for each in sent_packages(desk.store, kind) if each.number == sent.number]
        with pytest.raises(ListsLostKey):
            hand_out_again(desk.store, vault_of(desk), desk.paths, kind, row.receiver, sent.number, stick)
        assert sorted(stick.iterdir()) == before


@pytest.mark.usefixtures("acquainted")
def test_a_new_pc_takes_the_folder_over(
    district: Desk, township: Desk, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    """The archive has no keys in it: the new PC makes its own, and the old one ends."""
    reported(township, MONTH, stick)
    archive = tmp_path / "carry.zip"
    township.archive(archive)
    from jindu_desk.app.desk import restore_folder

    restore_folder(tmp_path / "new", archive, clock())
    new = Desk.open(tmp_path / "new", clock=clock)
    try:
        vault = KeyVault(new.paths.keys, new.unit.folder_id, demo=True)
        assert vault.secret("signing") is None
        replace_lost_keys(new.store, vault, "换新电脑")
        take_enrolment(district, enrolment(new, stick).path)
        clock.advance(days=30)
        make_ready(new, MONTH.next)
        sent = report_month(new.store, vault, new.paths, MONTH.next, stick)
        assert sent.number == 2  # the chain goes on
        (held,) = receive(district, sent.path)
        assert held.verdict is Verdict.GAP
        (stay,) = stick.glob("*2026-10*")
        stay.unlink()
        first = hand_out_again(new.store, vault, new.paths, PackageKind.REPORT, district.unit.unit.id, 1, stick)
        # The same descriptor under a new signature: the key that signed it first was revoked.
        (late,) = receive(district, first.path)
        assert (late.verdict, late.counted, late.released) == (Verdict.NEW, True, (2,))
    finally:
        new.close(backup=False)


@pytest.mark.usefixtures("acquainted")
def test_a_second_pc_of_the_same_unit(
    district: Desk, township: Desk, stick: Path, tmp_path: Path, clock: Clock
) -> None:
    """Both keys count, both can open what the district encrypts, neither ends the other."""
    archive = tmp_path / "carry.zip"
    township.archive(archive)
    from jindu_desk.app.desk import restore_folder

    restore_folder(tmp_path / "second", archive, clock())
    second = Desk.open(tmp_path / "second", clock=clock)
    try:
        vault = KeyVault(second.paths.keys, second.unit.folder_id, demo=True)
        create_signing_key(second.store, vault)
        own_keys(second.store, vault)
        taken = take_enrolment(district, enrolment(second, stick).path)
        assert taken.counted
        counting = [row for row in signers(district.store) if row.unit_id == township.unit.unit.id]
        assert len(counting) == 2
        assert all(row.revoked_at is None for row in counting)
        assert len(recipients(district, township)) == 2
        told = answer(district, [township], stick)[0]
        assert verdict_of(receive(township, told.path)) == (Verdict.NEW, True)
        assert verdict_of(receive(second, told.path)) == (Verdict.NEW, True)
        assert verdict_of(receive(township, directive(district, stick).path)) == (Verdict.NEW, True)
        known = [row for row in signers(township.store) if row.unit_id == township.unit.unit.id]
        assert len(known) == 2  # the directive told the first PC of the second one's key
    finally:
        second.close(backup=False)


@pytest.mark.usefixtures("acquainted")
def test_a_successor_in_office(district: Desk, township: Desk, stick: Path) -> None:
    change_keeper(township.store, "测试丁")
    replace_lost_keys(township.store, vault_of(township), "人员交接")
    take_enrolment(district, enrolment(township, stick).path)
    own = own_signer(township.store)
    assert own is not None
    assert own.keeper == "测试丁"
    (now,) = [row for row in signers(district.store) if row.unit_id == township.unit.unit.id and row.revoked_at is None]
    assert now.fingerprint == own.fingerprint
    assert verdict_of(receive(district, reported(township, MONTH, stick).path)) == (Verdict.NEW, True)


@pytest.mark.usefixtures("acquainted")
def test_a_township_changes_its_key_in_order(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    """The present key introduces the next one: nobody compares anything, and the old one's packages stay good."""
    vault = vault_of(township)
    begin_key_change(township.store, vault)
    with pytest.raises(KeyChangeUnderWay):
        begin_key_change(township.store, vault)
    sent = reported(township, MONTH, stick)  # still signed by the present one
    assert verdict_of(receive(district, enrolment(township, stick).path)) == (Verdict.NEW, True)
    clock.advance(days=1)
    finish_key_change(township.store, vault)
    with pytest.raises(NoKeyToFollow):
        finish_key_change(township.store, vault)
    assert verdict_of(receive(district, sent.path)) == (Verdict.NEW, True)
    clock.advance(days=30)
    following = reported(township, MONTH.next, stick)
    assert following.fingerprint != sent.fingerprint
    assert verdict_of(receive(district, following.path)) == (Verdict.NEW, True)


@pytest.mark.usefixtures("acquainted")
def test_a_district_changes_its_key_in_order(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    vault = vault_of(district)
    begin_key_change(district.store, vault)
    assert verdict_of(receive(township, directive(district, stick).path)) == (Verdict.NEW, True)
    clock.advance(days=1)
    finish_key_change(district.store, vault)
    clock.advance(days=1)
    following = directive(district, stick)
    assert verdict_of(receive(township, following.path)) == (Verdict.NEW, True)


def test_a_forgotten_passphrase_is_set_aside_and_not_destroyed(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JINDU_DESK_PASSPHRASE", "the first passphrase")
    monkeypatch.setattr("jindu_desk.settings.keys._keyring", lambda: None)
    monkeypatch.setattr("jindu_desk.settings.keys._seal", quick_seal)
    vault = KeyVault(township.paths.keys, township.unit.folder_id)
    create_signing_key(township.store, vault)
    kept = {file.name: file.read_bytes() for file in township.paths.keys.glob("*.age")}
    monkeypatch.setenv("JINDU_DESK_PASSPHRASE", "another passphrase")
    later = KeyVault(township.paths.keys, township.unit.folder_id)
    with pytest.raises(PassphraseWrong):
        later.secret("signing")
    replace_lost_keys(township.store, later, "忘记口令")
    aside = {file.name.split(".", 1)[0] + ".age": file.read_bytes() for file in township.paths.keys.glob("*.lost")}
    assert aside == kept
    assert own_keys(township.store, later).signing.public.fingerprint == own_signer_fingerprint(township)
    with township.store.read() as session:
        ended = [row.ended_at is not None for row in session.exec(select(Recipient).order_by(col(Recipient.since)))]
    assert ended.count(False) == 1


def own_signer_fingerprint(desk: Desk) -> str:
    found = own_signer(desk.store)
    assert found is not None
    return found.fingerprint


@pytest.mark.usefixtures("acquainted")
def test_what_cannot_be_handed_out_again(district: Desk, township: Desk, stick: Path) -> None:
    superior = district.unit.unit.id
    vault = vault_of(township)
    with pytest.raises(NoSuchSent):
        hand_out_again(township.store, vault, township.paths, PackageKind.REPORT, superior, 1, stick)
    sent = reported(township, MONTH, stick)
    (copy,) = township.paths.sent.glob("*2026-10*.jdpkg")
    content = copy.read_bytes()
    copy.write_bytes(content + b" ")
    with pytest.raises(SentCopyMissing):
        hand_out_again(township.store, vault, township.paths, PackageKind.REPORT, superior, sent.number, stick)
    copy.write_bytes(content)
    sent.path.unlink()
    again = hand_out_again(township.store, vault, township.paths, PackageKind.REPORT, superior, sent.number, stick)
    assert verify_package(content, None).file_sha256 == sent.file_sha256
    assert verdict_of(receive(district, again.path)) == (Verdict.NEW, True)


def test_a_vault_that_refuses_while_keys_are_replaced(township: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old keys are revoked by then; the next try makes both new ones, and nothing is encrypted to the old one."""
    held = FakeKeyring()
    monkeypatch.setattr("jindu_desk.settings.keys._keyring", lambda: held)
    vault = KeyVault(township.paths.keys, township.unit.folder_id)
    create_signing_key(township.store, vault)
    before = recipients(township, township)
    held.locked = True
    with pytest.raises(KeyringRefused):
        replace_lost_keys(township.store, vault, "换电脑")
    held.locked = False
    with pytest.raises(NoSigningKey):
        own_keys(township.store, KeyVault(township.paths.keys, township.unit.folder_id))
    later = KeyVault(township.paths.keys, township.unit.folder_id)
    create_signing_key(township.store, later)
    now = recipients(township, township)
    assert len(now) == 1
    assert now != before


@pytest.mark.usefixtures("acquainted")
def test_a_revoked_key_signs_nothing(district: Desk, township: Desk, stick: Path) -> None:
    (theirs,) = [row for row in signers(district.store) if row.unit_id == township.unit.unit.id]
    revoke_key(district.store, theirs.id)
    receive(township, answer(district, [township], stick)[0].path)
    with pytest.raises(NoSigningKey):
        write_enrolment(
            township.store,
            KeyVault(township.paths.keys, township.unit.folder_id, demo=True),
            township.paths,
            stick,
        )
