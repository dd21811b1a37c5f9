"""SIGKILL at every place where a file or the database changes hands: whole or absent, and no number is lost."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select
from tests.operations.exchange.desks import directive, take_enrolment
from tests.operations.exchange.months import make_ready, vault_of
from tests.operations.exchange.test_receive import XUEJIA, Stream, enrol
from tests.shipped_desks import set_up_shipped

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
NOW = datetime(2026, 11, 3, 9, 30)

# Counts every file opened for writing, every rename and every commit (before and after), and dies at one of them.
_DYING = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy.engine import Connection

place, armed, seen = int(sys.argv[1]), False, 0

def pass_by():
    global seen
    if armed:
        if seen == place:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

def hook(event, arguments):
    if event == "os.rename" or (event == "open" and isinstance(arguments[2], int) and arguments[2] & os.O_WRONLY):
        pass_by()
    if event == "open" and isinstance(arguments[1], str) and "w" in arguments[1]:
        pass_by()

sys.addaudithook(hook)
commit = Connection.commit

def committing(self):
    pass_by()
    commit(self)
    pass_by()

Connection.commit = committing

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.settings.keys import KeyVault

desk = Desk.open(Path(sys.argv[2]), clock=lambda: datetime(2026, 11, 3, 9, 30))
given = Path(sys.argv[4])
if sys.argv[3] == "report":
    from jindu_desk.operations.exchange.report import report_month
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    armed = True
    report_month(desk.store, vault, desk.paths, Month(2026, 10), given)
elif sys.argv[3] == "answers":
    from jindu_desk.operations.exchange.answers import write_answers
    from jindu_desk.queries.exchange.answers import answers
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    armed = True
    write_answers(desk.store, vault, desk.paths, [row.unit.id for row in answers(desk.store)][:2], given)
else:
    from jindu_desk.operations.exchange.receive import receive_files
    armed = True
    receive_files(desk.store, desk.paths, sorted(given.iterdir()))
armed = False
desk.close(backup=False)
"""


def killed_at(place: int, what: str, data: Path, given: Path) -> bool:
    """Run it on ``data`` and die at ``place``; False when there are fewer places and it came to its end."""
    ran = subprocess.run(
        [sys.executable, "-c", _DYING, str(place), str(data), what, str(given)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, -signal.SIGKILL), ran.stderr
    return ran.returncode != 0


def places(what: str, prepared: Path, tmp_path: Path, given: Callable[[Path], Path]) -> Iterator[tuple[Path, Path]]:
    """(data folder, given folder) after dying at each place in turn."""
    for place in range(MOST_PLACES):
        data, folder = tmp_path / f"{what}-{place}", given(tmp_path / f"given-{place}")
        shutil.copytree(prepared, data)
        dead = killed_at(place, what, data, folder)
        yield data, folder
        if not dead:
            assert place > 3, "it must pass by several places"
            return
    raise AssertionError("it never came to its end")


def opened(data: Path) -> Desk:
    return Desk.open(data, clock=lambda: NOW)


def test_report_is_whole_or_absent_and_no_number_is_used_up(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "prepared", create=True, clock=lambda: NOW)
    set_up_shipped(desk, "320411103000")
    superior = Desk.open(tmp_path / "superior", create=True, clock=lambda: NOW)
    set_up_shipped(superior, "320411000000")
    take_enrolment(desk, directive(superior, tmp_path).path)  # what it writes is encrypted from now on
    superior.close(backup=False)
    make_ready(desk, OCTOBER)
    vault_of(desk)
    desk.close(backup=False)

    def stick(folder: Path) -> Path:
        folder.mkdir()
        return folder

    for data, folder in places("report", tmp_path / "prepared", tmp_path, stick):
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


def test_two_answers_are_both_written_or_neither_is_recorded(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "prepared", create=True, clock=lambda: NOW)
    set_up_shipped(desk, "320411000000")
    vault_of(desk)
    desk.close(backup=False)

    def stick(folder: Path) -> Path:
        folder.mkdir()
        return folder

    for data, folder in places("answers", tmp_path / "prepared", tmp_path, stick):
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


def test_receiving_keeps_what_it_told_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    desk = Desk.open(tmp_path / "prepared", create=True, clock=lambda: NOW)
    set_up_shipped(desk, "320411000000")
    enrol(desk, XUEJIA)
    desk.close(backup=False)
    stream = Stream()
    packages = [stream.next("2026-09"), stream.next("2026-10")]

    def mail(folder: Path) -> Path:
        folder.mkdir()
        for number, content in enumerate(packages):
            (folder / f"{number}.jdpkg").write_bytes(content)
        return folder

    for data, folder in places("receive", tmp_path / "prepared", tmp_path, mail):
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
