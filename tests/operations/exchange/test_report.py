"""Reporting a month: what it takes, what it leaves, and what a failure leaves behind: nothing."""

from __future__ import annotations

import errno
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import col, select
from tests.operations.exchange.months import fill_in, fill_own_row, make_ready, reported, vault_of
from tests.operations.meeting_forms import signed

from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import BLANK
from jindu_desk.errors.exchange import (
    MonthAlreadyReported,
    MonthNotReported,
    NoSigningKey,
    NotReadyToReport,
    ReadBackDiffers,
    ReopenReasonMissing,
    ReportsRecalled,
    SigningKeyExists,
    TargetExists,
    TargetNotAFolder,
)
from jindu_desk.errors.folder import CannotWriteFile, DiskFull
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations.exchange import writing as exchange_writing
from jindu_desk.operations.exchange.keys import create_signing_key, revoke_key
from jindu_desk.operations.exchange.report import reopen_month, report_month
from jindu_desk.operations.tallies import CellEdit, declare_nil_return, set_cells
from jindu_desk.operations.units import move_unit
from jindu_desk.packages.keys import PublicKey
from jindu_desk.packages.roster import Roster, RosterKey
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.queries.readiness import Line, Requirement, report_readiness
from jindu_desk.queries.units import units_below
from jindu_desk.settings.keys import KeyVault
from jindu_desk.store.tables import MonthLock, Sent

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


def opened(desk: Desk, path: Path) -> VerifiedPackage:
    key = own_signer(desk.store)
    assert key is not None
    roster = Roster((RosterKey(key.unit_id, PublicKey.parse(key.public_key)),))
    superior = desk.unit.superior
    return verify_package(path.read_bytes(), roster, superior.id if superior else "")


def recorded(desk: Desk) -> list[tuple[int, int]]:
    with desk.store.read() as session:
        return [(row.number, row.revision) for row in session.exec(select(Sent).order_by(col(Sent.number)))]


def test_report_carries_the_month_and_locks_it(desk: Desk, stick: Path) -> None:
    result = reported(desk, OCTOBER, stick)
    package = opened(desk, result.path)
    assert (result.number, result.revision, package.descriptor.previous) == (1, 1, None)
    assert package.descriptor.period == "2026-10"
    assert len(package.tables["nil_returns"]) == 15
    assert {row["name"] for row in package.tables["unit_versions"]} >= {"薛家镇"}
    (minutes,) = package.attachments.values()
    assert minutes.startswith(b"%PDF")
    with pytest.raises(MonthLocked):
        set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(desk.unit.unit.id, "M01", BLANK)])
    assert (desk.paths.sent / result.path.name).read_bytes() == result.path.read_bytes()
    assert [path.name for path in stick.iterdir()] == [result.path.name]


def test_report_says_all_that_is_missing(desk: Desk, stick: Path) -> None:
    vault = vault_of(desk)
    with pytest.raises(NotReadyToReport) as refused:
        report_month(desk.store, vault, desk.paths, OCTOBER, stick)
    assert set(refused.value.missing) >= {"meeting", "villages"}
    assert recorded(desk) == []
    assert list(stick.iterdir()) == []


def test_own_row_is_no_village(desk: Desk, stick: Path) -> None:
    township = desk.unit.unit
    villages = units_below(desk.store, township.id, OCTOBER)

    def filled() -> Line:
        lines = report_readiness(desk.store, OCTOBER).lines
        return next(line for line in lines if line.requirement is Requirement.VILLAGES)

    before = filled()
    assert (before.count, before.total, len(before.names)) == (15, 15, 15)
    assert before.own_row
    assert township.name not in before.names
    with pytest.raises(NotReadyToReport, match=f"还有未填的台账（.*等 15 个，{township.name}队伍）"):
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    for village in villages:
        declare_nil_return(desk.store, township.id, village.id, OCTOBER, declared_by="测试丙")
    left = filled()
    assert (left.met, left.count, left.names, left.own_row) == (False, 0, (), True)
    with pytest.raises(NotReadyToReport, match=f"还有未填的台账（{township.name}队伍）"):
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    fill_own_row(desk, OCTOBER)
    after = filled()
    assert (after.met, after.count, after.total, after.own_row) == (True, 0, 15, False)


def test_checklist_turns_green(desk: Desk) -> None:
    before = {line.requirement: line.met for line in report_readiness(desk.store, OCTOBER).lines}
    assert not before[Requirement.MEETING]
    assert not before[Requirement.KEY]
    make_ready(desk, OCTOBER)
    vault_of(desk)
    ready = report_readiness(desk.store, OCTOBER)
    assert ready.ready, [line for line in ready.lines if line.holds_up]
    assert (ready.next_number, ready.revision) == (1, 1)


def test_soft_findings_need_reasons(desk: Desk) -> None:
    signed(desk, OCTOBER)
    fill_in(desk, OCTOBER)
    line = next(line for line in report_readiness(desk.store, OCTOBER).lines if line.requirement is Requirement.REASONS)
    assert line.met == (line.count == 0)


def test_report_needs_a_key(desk: Desk, stick: Path) -> None:
    make_ready(desk, OCTOBER)
    with pytest.raises(NoSigningKey):
        report_month(desk.store, KeyVault(desk.paths.keys, "x", demo=True), desk.paths, OCTOBER, stick)


def test_report_needs_a_folder(desk: Desk, stick: Path) -> None:
    with pytest.raises(TargetNotAFolder):
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick / "gone")


def test_locked_month_is_not_reported_twice(desk: Desk, stick: Path) -> None:
    reported(desk, OCTOBER, stick)
    with pytest.raises(MonthAlreadyReported):
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)


def test_reopened_month_is_reported_as_a_revision_that_follows_the_last(desk: Desk, stick: Path) -> None:
    first = reported(desk, OCTOBER, stick)
    reopen_month(desk.store, desk.unit.unit.id, OCTOBER, by="测试丙", reason="漏填一项")
    second = report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    package = opened(desk, second.path)
    assert (second.number, second.revision) == (2, 2)
    assert package.descriptor.reason == "漏填一项"
    assert package.descriptor.previous == opened(desk, first.path).descriptor_sha256
    with pytest.raises(MonthAlreadyReported):
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)


def test_reopening_takes_a_reason_and_a_locked_month(desk: Desk, stick: Path) -> None:
    unit = desk.unit.unit.id
    with pytest.raises(MonthNotReported):
        reopen_month(desk.store, unit, OCTOBER, by="测试丙", reason="漏填")
    reported(desk, OCTOBER, stick)
    with pytest.raises(ReopenReasonMissing):
        reopen_month(desk.store, unit, OCTOBER, by="测试丙", reason=" ")


def test_failed_write_uses_up_no_number(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_ready(desk, OCTOBER)
    vault = vault_of(desk)

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(exchange_writing, "write_whole", full)
    with pytest.raises(DiskFull):
        report_month(desk.store, vault, desk.paths, OCTOBER, stick)

    def torn(path: Path, content: bytes) -> None:
        if path.parent == stick:
            raise OSError(errno.EIO, "I/O error")
        path.write_bytes(content)

    monkeypatch.setattr(exchange_writing, "write_whole", torn)
    with pytest.raises(CannotWriteFile):
        report_month(desk.store, vault, desk.paths, OCTOBER, stick)
    monkeypatch.undo()
    assert recorded(desk) == []
    assert list(stick.iterdir()) == []
    assert report_month(desk.store, vault, desk.paths, OCTOBER, stick).number == 1


def test_stick_that_lies_leaves_no_file(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_ready(desk, OCTOBER)
    vault = vault_of(desk)

    def worn_out(path: Path, content: bytes) -> None:
        path.write_bytes(content[:-1] + b"\x01" if path.parent == stick else content)

    monkeypatch.setattr(exchange_writing, "write_whole", worn_out)
    with pytest.raises(ReadBackDiffers):
        report_month(desk.store, vault, desk.paths, OCTOBER, stick)
    assert list(stick.iterdir()) == []
    assert recorded(desk) == []


def test_same_number_never_stands_for_two_contents(desk: Desk, stick: Path, clock: object) -> None:
    """Killed between writing and recording: the file that may be out there is handed out again, byte for byte."""
    result = reported(desk, OCTOBER, stick)
    handed_out = result.path.read_bytes()
    copy = desk.paths.sent / result.path.name
    copy.rename(copy.with_name(f"{copy.name}.unrecorded"))
    forget(desk)
    clock.advance(minutes=5)  # type: ignore[attr-defined]
    again = report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    assert (again.number, again.path.read_bytes()) == (1, handed_out)


def forget(desk: Desk) -> None:
    """As if an older backup had been restored, or nothing been recorded yet."""
    with desk.store.write("forget") as w:
        for row in [*w.session.exec(select(Sent)), *w.session.exec(select(MonthLock))]:
            w.session.delete(row)


def test_number_that_an_old_backup_forgot_is_not_given_out_again(desk: Desk, stick: Path) -> None:
    first = reported(desk, OCTOBER, stick)
    forget(desk)
    fill = CellEdit(desk.unit.unit.id, "M03", 9)
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [fill])
    with pytest.raises(ReportsRecalled) as told:
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    assert "第 1 号" in str(told.value)
    assert [path.name for path in stick.iterdir()] == [first.path.name]
    (row,) = sent_packages(desk.store)
    assert (row.number, row.file_sha256) == (1, first.file_sha256)
    lock = report_readiness(desk.store, OCTOBER).lock
    assert lock is not None
    assert lock.closed
    reopen_month(desk.store, desk.unit.unit.id, OCTOBER, by="测试丙", reason="恢复备份后更正")
    second = report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    package = opened(desk, second.path)
    assert (second.number, second.revision) == (2, 2)
    assert package.descriptor.previous == opened(desk, first.path).descriptor_sha256


def test_commit_that_fails_leaves_no_file(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_ready(desk, OCTOBER)
    vault = vault_of(desk)

    def full(*_arguments: object, **_more: object) -> None:
        raise OperationalError("COMMIT", {}, sqlite3.OperationalError("database or disk is full"))

    monkeypatch.setattr("jindu_desk.store.engine.audit.append", full)
    with pytest.raises(DiskFull):
        report_month(desk.store, vault, desk.paths, OCTOBER, stick)
    monkeypatch.undo()
    assert list(stick.iterdir()) == []
    assert recorded(desk) == []
    assert report_month(desk.store, vault, desk.paths, OCTOBER, stick).number == 1


def test_foreign_file_of_the_same_name_is_not_overwritten(desk: Desk, stick: Path) -> None:
    make_ready(desk, OCTOBER)
    other = stick / "薛家镇-2026-10-1.jdpkg"
    other.write_bytes(b"somebody else's")
    with pytest.raises(TargetExists):
        report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick)
    assert other.read_bytes() == b"somebody else's"
    assert recorded(desk) == []


def test_key_is_made_once_and_replaced_after_it_was_revoked(desk: Desk) -> None:
    vault = vault_of(desk)
    first = own_signer(desk.store)
    assert first is not None
    with pytest.raises(SigningKeyExists):
        create_signing_key(desk.store, vault)
    revoke_key(desk.store, first.id)
    assert own_signer(desk.store) is None
    create_signing_key(desk.store, vault)
    second = own_signer(desk.store)
    assert second is not None
    assert second.fingerprint != first.fingerprint


def test_sent_list_shows_where_it_went(desk: Desk, stick: Path) -> None:
    result = reported(desk, OCTOBER, stick)
    (row,) = sent_packages(desk.store)
    assert (row.number, row.written_to, row.file_name) == (1, str(stick), result.path.name)


def test_village_that_moved_away_since_travels_with_its_month(desk: Desk, stick: Path) -> None:
    make_ready(desk, OCTOBER)
    village = units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    superior = desk.unit.superior
    assert superior is not None
    move_unit(desk.store, village.id, Month(2026, 11), reports_to=superior.id)
    package = opened(desk, report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick).path)
    assert village.id in {row["id"] for row in package.tables["units"]}
    assert village.id in {row["unit_id"] for row in package.tables["cells"]}
