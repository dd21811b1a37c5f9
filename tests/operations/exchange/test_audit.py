"""The audit chain as it travels: the district is told when a township's chain no longer goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlmodel import col, func, select
from tests.operations.exchange.months import enrol, fill_in, make_ready, reported, vault_of
from tests.operations.meeting_forms import signed

from jindu_desk.domain.audit_tree import is_continued, root
from jindu_desk.domain.months import Month
from jindu_desk.errors.exchange import VERDICT_SENTENCES, ReportsRecalled
from jindu_desk.operations.exchange.recall import UNRECORDED
from jindu_desk.operations.exchange.receive import decide_fork, receive_files
from jindu_desk.operations.exchange.report import reopen_month, report_month
from jindu_desk.operations.exchange.writing import Outgoing
from jindu_desk.operations.units import change_keeper
from jindu_desk.packages.verify import VerifiedPackage, verify_package
from jindu_desk.store import audit
from jindu_desk.store.tables import Audit, Received, Sent

if TYPE_CHECKING:
    from tests.conftest import Clock

    from jindu_desk.app.desk import Desk

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
BROKEN = VERDICT_SENTENCES["audit_broken"]


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk], desk: Desk) -> Desk:
    made = make_desk("district", "320411000000")
    enrol(made, desk)
    return made


def take(district: Desk, *files: Path) -> None:
    for file in files:
        receive_files(district.store, district.paths, [file], vault=vault_of(district), accept_revisions=True)


def answers(district: Desk) -> dict[int, tuple[bool | None, bool]]:
    """number → (whether the chain goes on, whether the person is told that it does not)."""
    with district.store.read() as session:
        rows = session.exec(select(Received).order_by(col(Received.number))).all()
        return {row.number or 0: (row.audit_continues, BROKEN in row.explanation) for row in rows}


def tamper(desk: Desk, statement: str) -> None:
    with desk.store.engine.connect().execution_options(desk_write=True) as connection:
        connection.execute(text(statement))
        connection.commit()


def opened(file: Path) -> VerifiedPackage:
    return verify_package(file.read_bytes(), None)


def three_reports(desk: Desk, stick: Path) -> list[Path]:
    return [reported(desk, month, stick).path for month in (SEPTEMBER, OCTOBER, NOVEMBER)]


def test_a_report_shows_the_chain_before_itself(desk: Desk, stick: Path) -> None:
    make_ready(desk, OCTOBER)
    vault = vault_of(desk)
    with desk.store.read() as session:
        head = audit.head(session)
        leaves = [bytes.fromhex(each) for each in session.exec(select(Audit.hash).order_by(col(Audit.seq)))]
    package = opened(report_month(desk.store, vault, desk.paths, OCTOBER, stick).path)
    (row,) = package.tables["audit"]
    assert (row["size"], row["root"], row["since"], row["proof"]) == (len(leaves), root(leaves), 0, "")
    assert package.descriptor.audit_head == head
    with desk.store.read() as session:
        assert session.exec(select(Sent.audit_size)).one() == len(leaves)
        assert session.exec(select(func.count()).select_from(Audit)).one() > len(leaves)


def test_the_proof_starts_from_the_report_before(desk: Desk, stick: Path) -> None:
    first, second, third = (opened(file).tables["audit"][0] for file in three_reports(desk, stick))
    assert (second["since"], third["since"]) == (first["size"], second["size"])
    proof = str(third["proof"]).split()
    sizes = int(str(second["size"])), int(str(third["size"]))
    assert is_continued(sizes[0], str(second["root"]), sizes[1], str(third["root"]), proof)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (2, 0, 1)])
def test_reports_go_on_in_whatever_order_they_come(
    desk: Desk, district: Desk, stick: Path, order: Sequence[int]
) -> None:
    files = three_reports(desk, stick)
    take(district, *(files[place] for place in order))
    assert answers(district) == {1: (None, False), 2: (True, False), 3: (True, False)}


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_a_removed_row_is_told_in_whatever_order_they_come(
    desk: Desk, district: Desk, stick: Path, order: Sequence[int]
) -> None:
    files = [reported(desk, SEPTEMBER, stick).path]
    tamper(desk, "DELETE FROM audit WHERE seq = 5")
    files += [reported(desk, OCTOBER, stick).path, reported(desk, NOVEMBER, stick).path]
    take(district, *(files[place] for place in order))
    # Once: the report after it goes on from what this one showed.
    assert answers(district) == {1: (None, False), 2: (False, True), 3: (True, False)}
    with district.store.read() as session:
        assert all(row.counted for row in session.exec(select(Received)))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET hash = 'x' WHERE seq = 5",
        "UPDATE audit SET hash = previous WHERE seq = 5",
        "DELETE FROM audit WHERE seq > 5",
    ],
)
def test_an_altered_chain_does_not_go_on(desk: Desk, district: Desk, stick: Path, statement: str) -> None:
    first = reported(desk, SEPTEMBER, stick).path
    tamper(desk, statement)
    take(district, first, reported(desk, OCTOBER, stick).path)
    assert answers(district)[2] == (False, True)


def test_handed_in_again_it_says_the_same(desk: Desk, district: Desk, stick: Path) -> None:
    first = reported(desk, SEPTEMBER, stick).path
    tamper(desk, "DELETE FROM audit WHERE seq = 5")
    second = reported(desk, OCTOBER, stick).path
    take(district, first, second)
    (result,) = receive_files(district.store, district.paths, [second], vault=vault_of(district))
    assert BROKEN in result.explanation
    assert answers(district)[2] == (False, True)


def test_a_revision_goes_on_too(desk: Desk, district: Desk, stick: Path) -> None:
    first = reported(desk, OCTOBER, stick).path
    reopen_month(desk.store, desk.unit.unit.id, OCTOBER, by="测试乙", reason="漏填一处，已补")
    second = report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick).path
    take(district, first, second)
    assert answers(district) == {1: (None, False), 2: (True, False)}


def restored(desk: Desk, archive: Path, clock: Clock) -> Desk:
    """The folder with an older backup in the place of its database."""
    from jindu_desk.app.desk import Desk, restore_folder

    desk.close(backup=False)
    restore_folder(desk.paths.root, archive, clock())
    return Desk.open(desk.paths.root, clock=clock)


def test_an_older_backup_is_told(desk: Desk, district: Desk, stick: Path, clock: Clock) -> None:
    """What came after the backup is missing from the chain, and the report before showed it."""
    first = reported(desk, SEPTEMBER, stick).path
    saved = desk.back_up("by-hand")
    change_keeper(desk.store, "测试丁")
    second = reported(desk, OCTOBER, stick).path
    again = restored(desk, saved, clock)
    try:
        make_ready(again, NOVEMBER)
        with pytest.raises(ReportsRecalled):
            report_month(again.store, vault_of(again), again.paths, NOVEMBER, stick)
        third = report_month(again.store, vault_of(again), again.paths, NOVEMBER, stick).path
        take(district, first, second, third)
        assert answers(district) == {1: (None, False), 2: (True, False), 3: (False, True)}
    finally:
        again.close(backup=False)


def test_a_backup_that_has_all_that_was_shown_goes_on(desk: Desk, district: Desk, stick: Path, clock: Clock) -> None:
    """Made right before the report: nothing that the district was shown is missing."""
    make_ready(desk, OCTOBER)
    vault = vault_of(desk)
    saved = desk.back_up("by-hand")
    first = report_month(desk.store, vault, desk.paths, OCTOBER, stick).path
    again = restored(desk, saved, clock)
    try:
        make_ready(again, NOVEMBER)
        with pytest.raises(ReportsRecalled):
            report_month(again.store, vault_of(again), again.paths, NOVEMBER, stick)
        second = report_month(again.store, vault_of(again), again.paths, NOVEMBER, stick).path
        take(district, first, second)
        assert answers(district) == {1: (None, False), 2: (True, False)}
    finally:
        again.close(backup=False)


def test_after_a_crash_the_same_bytes_though_the_chain_is_longer(
    desk: Desk, district: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written, not recorded, and then something else was changed: the one that somebody may hold goes out again, and
    the next proof starts from what it shows."""
    make_ready(desk, OCTOBER)
    vault = vault_of(desk)
    with monkeypatch.context() as patch:
        patch.setattr("jindu_desk.operations.exchange.report.lock_month", _fail)
        with pytest.raises(RuntimeError, match="killed"):
            report_month(desk.store, vault, desk.paths, OCTOBER, stick)
    (copy,) = desk.paths.sent.glob(f"*{UNRECORDED}")
    before = copy.read_bytes()
    change_keeper(desk.store, "测试丁")
    first = report_month(desk.store, vault, desk.paths, OCTOBER, stick).path
    assert first.read_bytes() == before
    with desk.store.read() as session:
        assert session.exec(select(Sent.audit_size)).one() == opened(first).audit_size
    take(district, first, reported(desk, NOVEMBER, stick).path)
    assert answers(district) == {1: (None, False), 2: (True, False)}


def _fail(*_: object) -> None:
    raise RuntimeError("killed")


def test_without_the_table_there_is_nothing_to_compare(
    desk: Desk, district: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report of a program that did not show its chain yet."""
    make_ready(desk, OCTOBER)
    with monkeypatch.context() as patch:
        patch.setattr("jindu_desk.operations.exchange.report.Outgoing", _without_audit)
        first = report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick).path
    assert "audit" not in opened(first).tables
    take(district, first, reported(desk, NOVEMBER, stick).path)
    assert answers(district) == {1: (None, False), 2: (None, False)}


def test_who_no_longer_shows_the_chain_is_asked_why(
    desk: Desk, district: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reported(desk, OCTOBER, stick).path
    make_ready(desk, NOVEMBER)
    with monkeypatch.context() as patch:
        patch.setattr("jindu_desk.operations.exchange.report.Outgoing", _without_audit)
        second = report_month(desk.store, vault_of(desk), desk.paths, NOVEMBER, stick).path
    take(district, second, first)
    assert answers(district) == {1: (None, False), 2: (False, True)}


def _without_audit(*, tables: dict[str, Any], **facts: Any) -> Outgoing:
    return Outgoing(tables={name: rows for name, rows in tables.items() if name != "audit"}, **facts)


def test_a_decided_fork_still_says_it(desk: Desk, district: Desk, stick: Path, tmp_path: Path, clock: Clock) -> None:
    """Two contents under one number; whichever is taken, its chain is judged against the one report before."""
    first = reported(desk, SEPTEMBER, stick).path
    saved = desk.back_up("by-hand")
    second = reported(desk, OCTOBER, stick).path
    again = restored(desk, saved, clock)
    other = tmp_path / "other"
    other.mkdir()
    try:
        for copy in again.paths.sent.glob("*-2.jdpkg"):
            copy.unlink()
        tamper(again, "DELETE FROM audit WHERE seq = 5")
        signed(again, OCTOBER, place="测试会议室")
        fill_in(again, OCTOBER)
        rival = report_month(again.store, vault_of(again), again.paths, OCTOBER, other).path
        take(district, first, second, rival)
        with district.store.read() as session:
            fork = session.exec(select(Received).where(Received.file_sha256 == opened(rival).file_sha256)).one()
            assert (fork.audit_continues, BROKEN in fork.explanation) == (False, True)
            fork_id = fork.id
        decide_fork(district.store, district.paths, fork_id, "已电话核对，以此为准")
        with district.store.read() as session:
            chosen = session.get_one(Received, fork_id)
            assert chosen.counted
            assert chosen.explanation.endswith(BROKEN)
    finally:
        again.close(backup=False)
