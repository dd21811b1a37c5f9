"""Fixtures for the whole suite. Qt draws into memory unless a platform was asked for."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from tests.compiled_once import share_compiled_statements

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt loads
share_compiled_statements()
# How long an example takes says more about the PC's other work than about the program.
settings.register_profile(
    "unhurried", parent=settings.default, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("unhurried")

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from jindu_desk.app.desk import Desk
    from jindu_desk.store.engine import Store


class Clock:
    """A wall clock that moves only when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 10, 28, 9, 30))


@pytest.fixture
def empty_desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An opened folder before its first start."""
    from jindu_desk.app.desk import Desk

    desk = Desk.open(tmp_path / "empty", create=True, clock=clock)
    yield desk
    desk.close(backup=False)


@pytest.fixture
def make_desk(tmp_path: Path, clock: Clock) -> Iterator[Callable[[str, str], Desk]]:
    """``make_desk("district", "320411000000")``: a folder by that name, set up for a unit of the shipped list."""
    from tests.shipped_desks import set_up_shipped, shipped_desk

    from jindu_desk.app.desk import Desk

    opened: dict[str, Desk] = {}

    def make(name: str, code: str) -> Desk:
        if code not in opened:
            made = opened[code] = shipped_desk(tmp_path / name, code, clock)
        else:
            made = opened[name] = Desk.open(tmp_path / name, create=True, clock=clock)
            set_up_shipped(made, code)
        return made

    yield make
    for made in opened.values():
        made.close(backup=False)


@pytest.fixture
def desk(make_desk: Callable[[str, str], Desk]) -> Desk:
    """薛家镇 with its fifteen villages, reporting to 新北区, on 28 October 2026."""
    return make_desk("data", "320411103000")


@pytest.fixture
def township(desk: Desk) -> Desk:
    """`desk`, where it is one of two."""
    return desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    """新北区, to which 薛家镇 reports; neither knows the other's key."""
    return make_desk("district", "320411000000")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder, in the place of a USB stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def store(desk: Desk) -> Store:
    return desk.store


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district's example and a township's, which know each other, and what the command said that made them
    (``said.json``). Made once for all processes of a run; tests copy them."""
    from filelock import FileLock

    from jindu_desk.cli.main import run

    root = tmp_path_factory.getbasetemp()
    folder = (root.parent if "PYTEST_XDIST_WORKER" in os.environ else root) / "examples"
    pair = ("--tier", "district", "--township", str(folder / "township"), "--months", "1", "--until", "2026-10")
    with FileLock(folder.with_suffix(".lock")):
        said = folder / "said.json"
        if not said.exists():
            words = io.StringIO()
            with contextlib.redirect_stdout(words):
                assert run(["demo", str(folder / "district"), *pair, "--json"]) == 0
            said.write_text(words.getvalue(), encoding="utf-8")
    return folder


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    from tests.patient_bot import PatientBot

    return PatientBot(request)


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose palette, font and style sheet are put back after a test that starts the program."""
    import shiboken6

    from jindu_desk.ui.theme.theme import Theme

    palette, font = qapp.palette(), qapp.font()
    yield qapp
    for theme in qapp.findChildren(Theme):
        shiboken6.delete(theme)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)
