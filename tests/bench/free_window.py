"""Gaps of the window's event loop while 120 packages are read in, beside those of an idle window in the same run.

    python tests/bench/free_window.py [--packages 120]

Goal: no gap over 50 ms that is ours. The idle window is the floor that the machine allows.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))


def gaps(app: QApplication, ready: Callable[[], bool]) -> list[float]:
    """Milliseconds between turns of the event loop until ``ready()``."""
    turns = [time.perf_counter()]
    while not ready():
        app.processEvents()
        turns.append(time.perf_counter())
        time.sleep(0.001)
    return sorted((b - a) * 1000 for a, b in pairwise(turns))


def main() -> None:
    from tests.many_packages import write_packages
    from tests.operations.exchange.months import enrol
    from tests.shipped_desks import set_up_shipped

    from jindu_desk.app.desk import Desk
    from jindu_desk.ui.receive.page import ReceivePage
    from jindu_desk.ui.window import open_window

    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", type=int, default=120)
    count = parser.parse_args().packages
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        desks = []
        for place, code in (("township", "320411103000"), ("district", "320411000000")):
            desk = Desk.open(folder / place, create=True, clock=lambda: datetime(2026, 10, 28, 9, 30))
            set_up_shipped(desk, code)
            desks.append(desk)
        enrol(desks[1], desks[0])
        (folder / "stick").mkdir()
        files = write_packages(desks[0], count, folder / "stick")
        for desk in desks:
            desk.close(backup=False)

        app = QApplication([])
        opening = open_window(app, folder / "district")
        gaps(app, lambda: opening.shell is not None and not opening.tasks.busy)
        assert opening.shell is not None
        opening.shell.go("receive")
        gaps(app, lambda: not opening.tasks.busy)
        page = opening.window.pages.page("receive")
        assert isinstance(page, ReceivePage)
        until = time.perf_counter() + 5
        idle = gaps(app, lambda: time.perf_counter() > until)
        started = time.perf_counter()
        page.reading.start(files)
        busy = gaps(app, lambda: not page.reading.busy)
        seconds = time.perf_counter() - started
        opening.window.close()
        opening.close()
    for label, found in (("idle", idle), ("reading", busy)):
        at = [found[int(len(found) * share)] for share in (0.5, 0.99)]
        over = sum(gap > 50 for gap in found)
        figures = f"median {at[0]:5.1f} ms   99 % {at[1]:5.1f} ms   longest {found[-1]:5.1f} ms"
        print(f"{label:8} {figures}   over 50 ms: {over} of {len(found)}")
    print(f"{count} packages in {seconds:.1f} s: {seconds / count * 1000:.0f} ms each")


if __name__ == "__main__":
    main()
