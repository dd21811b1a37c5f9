"""SIGKILL at every place where a file or the database changes hands: whole or absent, and no number is lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import select
from tests.operations.exchange.desks import directive, take_enrolment
from tests.operations.exchange.months import make_ready, vault_of
from tests.operations.exchange.test_receive import XUEJIA, Stream, enrol
from tests.packages.dying import NOW, Dying
from tests.shipped_desks import shipped_desk

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.months import Month
from jindu_desk.files import sha256_hex
from jindu_desk.operations.exchange.answers import write_answers
from jindu_desk.operations.exchange.keys import own_identities
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.packages.sealing import is_sealed, unseal
from jindu_desk.packages.verify import verify_package
from jindu_desk.queries import integrity
from jindu_desk.queries.exchange.answers import answers
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.queries.readiness import report_readiness
from jindu_desk.store.tables import NilReturn

pytestmark = pytest.mark.process

OCTOBER = Month(2026, 10)
MOST_PLACES = 60


@pytest.fixture(scope="module")
def dying() -> Iterator[Dying]:
    process = Dying()
    yield process
    process.close()


def places(
    dying: Dying, what: str, prepared: Path, tmp_path: Path, given: Callable[[Path], Path]
) -> Iterator[tuple[Path, Path]]:
    """(data folder, given folder) after dying at each place in turn."""
    shutil.copytree(prepared, tmp_path / what)
    dying.warm_up(what, tmp_path / what, given(tmp_path / "given"))
    for place in range(MOST_PLACES):
        data, folder = tmp_path / f"{what}-{place}", given(tmp_path / f"given-{place}")
        shutil.copytree(prepared, data)
        dead = dying.killed_at(place, what, data, folder)
        yield data, folder
        if not dead:
            assert place > 3, "it must pass by several places"
            return
    raise AssertionError("it never came to its end")


def opened(data: Path) -> Desk:
    return Desk.open(data, clock=lambda: NOW)


def test_report_is_whole_or_absent_and_no_number_is_used_up(dying: Dying, tmp_path: Path) -> None:
    desk = shipped_desk(tmp_path / "prepared", "320411103000", lambda: NOW)
    superior = shipped_desk(tmp_path / "superior", "320411000000", lambda: NOW)
    take_enrolment(desk, directive(superior, tmp_path).path)  # what it writes is encrypted from now on
    superior.close(backup=False)
    make_ready(desk, OCTOBER)
    vault_of(desk)
    desk.close(backup=False)

    def stick(folder: Path) -> Path:
        folder.mkdir()
        return folder

    for data, folder in places(dying, "report", tmp_path / "prepared", tmp_path, stick):
        whole = list(folder.glob("*.jdpkg"))
        desk = opened(data)
        identities = own_identities(vault_of(desk))
        try:
            for file in whole:
                assert is_sealed(file.read_bytes())
                assert verify_package(unseal(file.read_bytes(), identities), None).descriptor.number == 1
            with desk.store.read() as session:
                assert len(session.exec(select(NilReturn)).all()) == 15
            recorded = sent_packages(desk.store)
            closed = report_readiness(desk.store, OCTOBER).lock
            assert (closed is not None) == bool(recorded)
            if not recorded:
                report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, folder)
            (row,) = sent_packages(desk.store)
            (file,) = folder.glob("*.jdpkg")
            assert (row.number, row.file_sha256) == (1, sha256_hex(unseal(file.read_bytes(), identities)))
            if whole:
                assert not integrity.check(desk.store, desk.paths).findings
        finally:
            desk.close(backup=False)


def test_two_answers_are_both_written_or_neither_is_recorded(dying: Dying, tmp_path: Path) -> None:
    desk = shipped_desk(tmp_path / "prepared", "320411000000", lambda: NOW)
    vault_of(desk)
    desk.close(backup=False)

    def stick(folder: Path) -> Path:
        folder.mkdir()
        return folder

    for data, folder in places(dying, "answers", tmp_path / "prepared", tmp_path, stick):
        handed_out = {file.name: file.read_bytes() for file in folder.glob("*.jdpkg")}
        desk = opened(data)
        try:
            recorded = sent_packages(desk.store)
            assert len(recorded) in (0, 2)
            if not recorded:
                ids = [row.unit.id for row in answers(desk.store)][:2]
                write_answers(desk.store, vault_of(desk), desk.paths, ids, folder)
            for row in sent_packages(desk.store):
                content = (folder / row.file_name).read_bytes()
                # What somebody may have carried off already is the very same file.
                assert handed_out.get(row.file_name, content) == content
                assert (row.number, row.file_sha256) == (1, sha256_hex(content))
            assert not integrity.check(desk.store, desk.paths).findings
        finally:
            desk.close(backup=False)


def test_receiving_keeps_what_it_told_and_goes_on_where_it_stopped(dying: Dying, tmp_path: Path) -> None:
    desk = shipped_desk(tmp_path / "prepared", "320411000000", lambda: NOW)
    enrol(desk, XUEJIA)
    desk.close(backup=False)
    stream = Stream()
    packages = [stream.next("2026-09"), stream.next("2026-10")]

    def mail(folder: Path) -> Path:
        folder.mkdir()
        for number, content in enumerate(packages):
            (folder / f"{number}.jdpkg").write_bytes(content)
        return folder

    for data, folder in places(dying, "receive", tmp_path / "prepared", tmp_path, mail):
        desk = opened(data)
        try:
            assert not integrity.check(desk.store, desk.paths).findings
            before = {row.period for row in received(desk.store) if row.counted}
            results = receive_files(desk.store, desk.paths, sorted(folder.iterdir()))
            assert [result.period for result in results if result.verdict is Verdict.SAME] == sorted(before)
            assert {row.period for row in received(desk.store) if row.counted} == {"2026-09", "2026-10"}
            assert not integrity.check(desk.store, desk.paths).findings
        finally:
            desk.close(backup=False)
