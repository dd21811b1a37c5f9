"""While 120 packages are read in, the window goes on: its event loop turns between any few of them, and what the user
does meanwhile is answered. How long the gaps are in milliseconds is measured by ``tests/bench/free_window.py``."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.many_packages import write_packages
from tests.operations.exchange.months import enrol
from tests.ui.conftest import WindowForPages

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import Verdict
from jindu_desk.queries.exchange.received import received
from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.screens import SCREENS

PACKAGES = 120


def test_reading_120_packages_leaves_the_window_free(
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    enrol(district, township)
    (tmp_path / "stick").mkdir()
    files = write_packages(township, PACKAGES, tmp_path / "stick")

    office = window_for(district)
    office.window.take_screens([spec for spec in SCREENS if "district" in spec.tiers])
    office.window.show_pages()
    office.window.show()
    office.shell.go("receive")
    office.settle()
    page = office.window.pages.page("receive")
    assert isinstance(page, ReceivePage)

    turns: list[int] = []  # how many packages were read at each turn of the event loop
    clock = QTimer()
    clock.timeout.connect(lambda: turns.append(len(page.reading.rows)))
    clock.start(5)
    page.reading.start(files)
    qtbot.waitUntil(lambda: len(page.reading.rows) >= 10, timeout=60_000)
    QTest.keyClick(office.window, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)  # off to the desk, meanwhile
    assert office.window.pages.current_key == "desk"
    assert page.reading.busy
    qtbot.waitUntil(lambda: not page.reading.busy, timeout=240_000)
    clock.stop()
    office.settle()

    assert {row.verdict for row in received(district.store)} == {Verdict.NEW}
    assert len(received(district.store)) == PACKAGES
    most_between_turns = max(after - before for before, after in itertools.pairwise(turns))
    assert most_between_turns <= 5
    assert len(turns) >= PACKAGES
