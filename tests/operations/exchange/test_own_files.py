"""A folder may hold what this desk wrote itself: it is told apart, and nothing of it is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.conftest import Clock
from tests.operations.exchange.desks import answer, directive, enrolment, introduce, receive
from tests.operations.exchange.months import MONTH, reported, vault_of
from tests.operations.exchange.test_receive import XINBEI
from tests.packages.made_up import head, report, tables

from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.errors.packages import UntrustedPackage
from jindu_desk.files import sha256_hex
from jindu_desk.operations.exchange.again import hand_out_again
from jindu_desk.operations.exchange.kept import keep_refused
from jindu_desk.operations.exchange.key_changes import replace_lost_keys
from jindu_desk.packages.sealing import is_sealed
from jindu_desk.queries.exchange.received import received, untrusted_files
from jindu_desk.queries.exchange.superior import sent_packages

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def assert_own(desk: Desk, file: Path, said: str) -> None:
    before = len(received(desk.store))
    (result,) = receive(desk, file)
    assert (result.verdict, result.code, result.received_id) == (Verdict.NOT_FOR_US, "own_package", None)
    assert said in result.explanation
    assert len(received(desk.store)) == before
    assert untrusted_files(desk.store, desk.paths) == ()


def test_directive_and_answer_of_the_district_itself(
    district: Desk, township: Desk, tmp_path: Path, clock: Clock
) -> None:
    introduce(district, township, tmp_path)
    clock.advance(days=8)
    receive(district, reported(township, MONTH, tmp_path).path)
    assert_own(district, directive(district, tmp_path).path, "本单位自己写出的第 2 号指令，不用读入")
    (sent,) = answer(district, [township], tmp_path)
    assert is_sealed(sent.path.read_bytes())
    assert_own(district, sent.path, "本单位自己写出的第 1 号回执")


def test_enrolment_and_report_of_the_township_itself(
    district: Desk, township: Desk, tmp_path: Path, clock: Clock
) -> None:
    assert_own(township, enrolment(township, tmp_path).path, "第 1 号密钥登记")
    introduce(district, township, tmp_path)
    clock.advance(days=8)
    sent = reported(township, MONTH, tmp_path)
    assert is_sealed(sent.path.read_bytes())
    assert_own(township, sent.path, "第 1 号上报")


def test_also_what_was_signed_with_a_key_that_was_given_up(district: Desk, tmp_path: Path) -> None:
    sent = directive(district, tmp_path)
    replace_lost_keys(district.store, vault_of(district), "换了电脑，旧密钥没有交接")
    assert_own(district, sent.path, "第 1 号指令")


def test_one_that_was_kept_as_not_trusted_is_not_offered_again(district: Desk, tmp_path: Path) -> None:
    sent = directive(district, tmp_path)
    content = sent.path.read_bytes()
    keep_refused(district.store, district.paths, sent.path, content, Verdict.UNTRUSTED, UntrustedPackage(), "")
    (kept,) = received(district.store)
    assert (kept.verdict, kept.own) == (Verdict.UNTRUSTED, True)
    assert kept.explanation == "这是本单位自己写出的第 1 号指令，不用读入。"
    assert untrusted_files(district.store, district.paths) == ()
    (result,) = receive(district, sent.path)
    assert (result.verdict, result.code) == (Verdict.NOT_FOR_US, "own_package")
    assert untrusted_files(district.store, district.paths) == ()
    assert [(row.verdict, row.own) for row in received(district.store)] == [(Verdict.NOT_FOR_US, True)]


def test_a_stranger_who_uses_our_name_is_not_believed(district: Desk, tmp_path: Path) -> None:
    made = head(sender=XINBEI, receiver=XINBEI, period="2026-10", number=1, previous=None)
    file = tmp_path / "forged.jdpkg"
    file.write_bytes(report(made, tables(made)).content)
    (result,) = receive(district, file)
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "key_unknown")
    (kept,) = received(district.store)
    assert not kept.own
    assert len(untrusted_files(district.store, district.paths)) == 1


def test_one_signed_anew_is_known_once_it_was_read_again(township: Desk, tmp_path: Path) -> None:
    """It goes out with another signature than the copy on record, so that its bytes alone do not show whose it is."""
    reported(township, MONTH, tmp_path)
    vault = vault_of(township)
    replace_lost_keys(township.store, vault, "换了电脑，旧密钥没有交接")
    again = tmp_path / "again"
    again.mkdir()
    (row,) = sent_packages(township.store, PackageKind.REPORT)
    sent = hand_out_again(township.store, vault, township.paths, row.kind, row.receiver, row.number, again).path
    content = sent.read_bytes()
    assert sha256_hex(content) != row.file_sha256
    keep_refused(township.store, township.paths, sent, content, Verdict.UNTRUSTED, UntrustedPackage(), "")
    (kept,) = received(township.store)
    assert not kept.own
    receive(township, sent)
    (kept,) = received(township.store)
    assert (kept.verdict, kept.own) == (Verdict.NOT_FOR_US, True)
