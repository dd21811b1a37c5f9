"""ENOSPC, EIO, a read-only disk, a stick that is pulled out: at each write of export and import, before or after.

Every failure is a sentence; what stands afterwards is what stood before; the same number is then given to the same
contents, or to whatever is written next, never to two.
"""

from __future__ import annotations

import errno
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import col, select
from tests.operations.exchange.desks import answer, directive, enrolment, take_enrolment
from tests.operations.exchange.months import MONTH, make_ready, vault_of
from tests.operations.exchange.test_receive import LUOXI
from tests.packages.faults import Disk, failing_at
from tests.shipped_desks import shipped_desk

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import DeskError
from jindu_desk.errors.folder import DiskFull
from jindu_desk.operations.exchange.again import hand_out_again
from jindu_desk.operations.exchange.answers import write_answers
from jindu_desk.operations.exchange.directives import write_directive
from jindu_desk.operations.exchange.enrolments import write_enrolment
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.packages.sealing import unseal
from jindu_desk.packages.verify import verify_package
from jindu_desk.queries import integrity
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.store.tables import Audit, MonthLock, Received, Sent

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of open files are read from /proc"),
]

NOW = datetime(2026, 11, 3, 9, 30)
FULL, FAILING, READ_ONLY, UNPLUGGED = errno.ENOSPC, errno.EIO, errno.EROFS, errno.ENODEV
FAULTS = (FULL, FAILING, READ_ONLY, UNPLUGGED)
"""In turn, from one place to the next."""
MOST_PLACES = 40


@dataclass(frozen=True)
class Prepared:
    """Folders to be copied: a township that can report, a district that has something to answer."""

    township: Path
    district: Path
    mail: Path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    folder = tmp_path_factory.mktemp("prepared")
    mail = folder / "mail"
    mail.mkdir()
    township = shipped_desk(folder / "township", "320411103000", lambda: NOW)
    district = shipped_desk(folder / "district", "320411000000", lambda: NOW)
    for_both = folder / "keys"
    for_both.mkdir()
    take_enrolment(district, enrolment(township, for_both).path)
    take_enrolment(township, directive(district, for_both).path)
    make_ready(township, MONTH)
    away = folder / "away"
    shutil.copytree(township.paths.root, away)
    elsewhere = Desk.open(away, clock=lambda: NOW)
    report_month(elsewhere.store, vault_of(elsewhere), elsewhere.paths, MONTH, mail)
    elsewhere.close(backup=False)
    answer(district, [township], mail)
    directive(district, mail)
    for desk in (township, district):
        desk.close(backup=False)
    return Prepared(folder / "township", folder / "district", mail)


Work = Callable[[Desk, Path], object]


def report(desk: Desk, stick: Path) -> object:
    return report_month(desk.store, vault_of(desk), desk.paths, MONTH, stick)


def enrol(desk: Desk, stick: Path) -> object:
    return write_enrolment(desk.store, vault_of(desk), desk.paths, stick)


def direct(desk: Desk, stick: Path) -> object:
    return write_directive(desk.store, vault_of(desk), desk.paths, stick)


def answer_two(desk: Desk, stick: Path) -> object:
    units = [row.receiver for row in sent_packages(desk.store, PackageKind.ANSWER)]
    return write_answers(desk.store, vault_of(desk), desk.paths, [*units, LUOXI.id], stick)


def again(desk: Desk, stick: Path) -> object:
    (sent, *_) = sent_packages(desk.store, PackageKind.DIRECTIVE)
    return hand_out_again(desk.store, vault_of(desk), desk.paths, sent.kind, sent.receiver, sent.number, stick)


WRITERS: dict[str, tuple[str, Work]] = {
    "report": ("township", report),
    "enrolment": ("township", enrol),
    "directive": ("district", direct),
    "answers": ("district", answer_two),
    "handed out again": ("district", again),
}


def state(desk: Desk) -> object:
    with desk.store.read() as session:
        return (
            [row.model_dump() for row in session.exec(select(Sent).order_by(col(Sent.kind), col(Sent.number)))],
            [row.model_dump() for row in session.exec(select(MonthLock))],
            session.exec(select(Audit.hash).order_by(col(Audit.seq).desc())).first(),
        )


def copies(source: Path, tmp_path: Path) -> Iterator[tuple[Desk, Path]]:
    for place in range(MOST_PLACES):
        data, stick = tmp_path / f"data-{place}", tmp_path / f"stick-{place}"
        shutil.copytree(source, data)
        stick.mkdir()
        desk = Desk.open(data, clock=lambda: NOW)
        try:
            yield desk, stick
        finally:
            desk.close(backup=False)
            shutil.rmtree(data)


def opened(desk: Desk, file: Path) -> bytes:
    from jindu_desk.operations.exchange.keys import own_identities

    return unseal(file.read_bytes(), own_identities(vault_of(desk)))


@pytest.mark.parametrize("writer", WRITERS)
def test_a_failing_disk_leaves_no_half_file_and_no_used_up_number(
    prepared: Prepared, tmp_path: Path, writer: str
) -> None:
    tier, work = WRITERS[writer]
    for place, (desk, stick) in enumerate(copies(getattr(prepared, tier), tmp_path)):
        vault_of(desk)
        before = state(desk)
        disk = Disk(place, FAULTS[place % len(FAULTS)])
        try:
            with failing_at(disk):
                work(desk, stick)
        except DeskError:
            assert disk.failed
        else:
            if not disk.failed:
                assert place > 3, "it must pass by several places"
                return
            # The commit stood before the fault: then all of it stands, and every file that was told of is whole.
            assert state(desk) != before
            for file in stick.iterdir():
                assert verify_package(opened(desk, file), None).descriptor.number == number_of(desk, file)
            continue
        assert state(desk) == before
        assert list(stick.iterdir()) == []
        work(desk, stick)
        for file in stick.iterdir():
            assert file.suffix == ".jdpkg"
            assert verify_package(opened(desk, file), None).descriptor.number == number_of(desk, file)
        assert not integrity.check(desk.store, desk.paths).findings
    raise AssertionError("it never came to its end")


def number_of(desk: Desk, file: Path) -> int:
    return next(row.number for row in sent_packages(desk.store) if row.file_name == file.name)


@pytest.mark.parametrize("fault", FAULTS)
def test_only_the_stick_fails(prepared: Prepared, tmp_path: Path, fault: int) -> None:
    """Pulled out while writing: the own disk is whole, so the very same signed bytes go out at the next try."""
    for place, (desk, stick) in enumerate(copies(prepared.township, tmp_path)):
        vault_of(desk)
        before = state(desk)
        disk = Disk(place, fault, under=str(stick))
        try:
            with failing_at(disk):
                report(desk, stick)
        except DeskError:
            assert state(desk) == before
            assert list(stick.iterdir()) == []
            report(desk, stick)
            continue
        assert not disk.failed
        assert place >= 2
        return
    raise AssertionError("it never came to its end")


@pytest.mark.parametrize("tier", ["township", "district"])
def test_import_on_a_failing_disk_is_before_or_after(prepared: Prepared, tmp_path: Path, tier: str) -> None:
    """Each file of a batch is taken wholly or not at all, and taken the next time."""
    files = sorted(prepared.mail.glob("*.jdpkg"))
    for place, (desk, _) in enumerate(copies(getattr(prepared, tier), tmp_path)):
        vault = vault_of(desk)
        disk = Disk(place, FAULTS[place % len(FAULTS)])
        try:
            with failing_at(disk):
                receive_files(desk.store, desk.paths, files, vault=vault)
        except DeskError:
            assert disk.failed
        if not disk.failed:
            assert place > 3, "it must pass by several places"
            return
        assert not integrity.check(desk.store, desk.paths).findings
        kept = {path.stem for path in desk.paths.received.glob("*.jdpkg")}
        with desk.store.read() as session:
            assert set(session.exec(select(Received.file_sha256))) <= kept
        results = receive_files(desk.store, desk.paths, files, vault=vault)
        assert len(results) == len(files)
        assert counted(desk) == expected(tier)
        assert not integrity.check(desk.store, desk.paths).findings
    raise AssertionError("it never came to its end")


def counted(desk: Desk) -> Sequence[tuple[str, int]]:
    with desk.store.read() as session:
        rows = session.exec(select(Received).where(col(Received.counted).is_(True)))
        return sorted((row.kind.value if row.kind else "", row.number or 0) for row in rows)


def expected(tier: str) -> Sequence[tuple[str, int]]:
    return [("answer", 1), ("directive", 2)] if tier == "township" else [("enrolment", 1), ("report", 1)]


@pytest.mark.parametrize("writer", WRITERS)
def test_a_full_disk_under_the_database(prepared: Prepared, tmp_path: Path, writer: str) -> None:
    """SQLite's own answer to a full disk, from the very first page on to the last that is needed."""
    tier, work = WRITERS[writer]
    for room, (desk, stick) in enumerate(copies(getattr(prepared, tier), tmp_path)):
        vault_of(desk)
        before = state(desk)

        def limited(connection: object, _record: object, room: int = room) -> None:
            cursor = connection.cursor()  # type: ignore[attr-defined]
            (pages,) = cursor.execute("PRAGMA page_count").fetchone()
            cursor.execute(f"PRAGMA max_page_count = {pages + room}")
            cursor.close()

        desk.store.engine.dispose()
        event.listen(desk.store.engine, "connect", limited)
        try:
            work(desk, stick)
        except DiskFull:
            event.remove(desk.store.engine, "connect", limited)
            desk.store.engine.dispose()
            assert state(desk) == before
            assert list(stick.iterdir()) == []
        else:
            return  # there was room enough
    raise AssertionError("it never came to its end")
