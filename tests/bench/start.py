"""Cold start: our window against a bare PySide6 window with one table, alternating runs, medians and ratios.

    python tests/bench/start.py [--runs 9]

Goal: first painted window at most 1.5 times, data shown at most 2.5 times the bare window. "Cold" is a new process; the
files are in the system's cache for both. Times run from before the process is started (CLOCK_MONOTONIC is one clock
for all processes).
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys, time
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QTableWidgetItem
app = QApplication([])
window = QMainWindow()
table = QTableWidget(15, 12)
for row in range(15):
    for column in range(12):
        table.setItem(row, column, QTableWidgetItem(str(row * column)))
window.setCentralWidget(table)
window.resize(1240, 720)
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print("painted", time.monotonic(), flush=True)
            print("shown", time.monotonic(), flush=True)
            app.quit()
        return False
watch = Watch()
table.viewport().installEventFilter(watch)
window.show()
app.exec()
"""

OURS = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from jindu_desk.ui.window import open_window
app = QApplication([])
opening = open_window(app, Path(sys.argv[1]))
class Watch(QObject):
    done = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.done:
            self.done = True
            print("painted", time.monotonic(), flush=True)
        return False
watch = Watch()
opening.window.installEventFilter(watch)
def look():
    # The board stands alone while the store loads (what was seen last, if nothing changed), then inside its page.
    page = opening.window.pages.page("desk")
    board = opening.window.whole if page is None else page.board
    if hasattr(board, "duties") and board.duties.rowCount() and board.cards[0].isVisible():
        opening.window.repaint()
        print("shown", time.monotonic(), flush=True)
        timer.stop()
        opening.window.close()
        app.quit()
timer = QTimer()
timer.timeout.connect(look)
timer.start(1)
app.exec()
opening.close()
"""


def run(program: str, *arguments: str) -> dict[str, float]:
    """Seconds from before the start to each mark."""
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    marks = (line.split() for line in done.stdout.splitlines())
    return {name: float(at) - started for name, at in marks}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    with tempfile.TemporaryDirectory() as folder:
        from jindu_desk.domain.months import Month
        from jindu_desk.domain.units import Tier
        from jindu_desk.operations.demo import make_demo

        data = Path(folder) / "data"
        make_demo(data, tier=Tier.TOWNSHIP, until=Month(2026, 10))
        bare: list[dict[str, float]] = []
        ours: list[dict[str, float]] = []
        for number in range(runs + 1):
            pair = run(BARE), run(OURS, str(data))
            if number:  # the first pair warms the cache
                bare.append(pair[0])
                ours.append(pair[1])
    for mark, goal in (("painted", 1.5), ("shown", 2.5)):
        floor = statistics.median(each[mark] for each in bare)
        own = statistics.median(each[mark] for each in ours)
        print(
            f"{mark:8} bare {floor * 1000:6.0f} ms   ours {own * 1000:6.0f} ms   ratio {own / floor:4.2f}   goal {goal}"
        )


if __name__ == "__main__":
    main()
