"""The tally sheet of a township of 31 villages, the whole catalogue, all checks on: typing, opening, pasting.

    python tests/bench/tally_sheet.py [--keys 300]

November is shown, with a year behind it, so that the checks by the past (S9 to S13) judge too. Beside a bare QTableView
of the same size in the same run, with the same font and a model that holds numbers. Goals: a key to its repaint at most
16 ms at the 99th percentile; the sheet open in 200 ms; a block of 30 × 100 cells pasted and judged in 300 ms. Beside
what the clock says stands the processor time of the window's thread, which other work on the machine changes less.

Keys come twice: as a person's, twenty a second, and as fast as they are taken, so that the worker stores one figure
while the next is typed, and what follows a moment later (the panel, the findings) falls into some of them. The sheet
is opened twice, each in a process of its own with bytecode, as an installed program: right after the start, and once
the program had the moment it takes to make the page ready (`ui/frame/ahead.py`).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEventLoop, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableView

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

TOWNSHIP = "320412411000"  # 南夏墅街道, 31 villages
MONTHS = 13
A_KEY = 0.05  # seconds: faster than anybody types figures from a paper


class BareModel(QAbstractTableModel):
    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._cells = [[row + column for column in range(columns)] for row in range(rows)]

    def rowCount(self, _parent: object = None) -> int:
        return len(self._cells)

    def columnCount(self, _parent: object = None) -> int:
        return len(self._cells[0])

    def flags(self, _index: object) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEditable

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._cells[index.row()][index.column()]
        return None

    def setData(self, index: QModelIndex, value: Any, _role: int = Qt.ItemDataRole.EditRole) -> bool:  # type: ignore[override]
        self._cells[index.row()][index.column()] = int(value or 0)
        self.dataChanged.emit(index, index)
        return True


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--folder", type=Path, help="measure on this folder, which was prepared")
    parser.add_argument("--at-once", action="store_true", help="only open the sheet, right after the start")
    wanted = parser.parse_args()
    if wanted.folder is not None:
        measure(wanted.folder, wanted.keys, at_once=wanted.at_once)
        return
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        compiled = [sys.executable, "-c", "import jindu_desk.ui.tallies.page"]
        again = [sys.executable, __file__, "--folder", name, "--keys", str(wanted.keys)]
        for command in (compiled, [*again, "--at-once"], again):
            subprocess.run(command, env=environment, check=True)


def prepare(folder: Path) -> None:
    from tests.shipped_desks import set_up_shipped
    from tests.ui.tallies.months import fill_month

    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month

    desk = Desk.open(folder, create=True, clock=lambda: datetime(2026, 11, 28, 9, 30))
    set_up_shipped(desk, TOWNSHIP)
    for back in range(MONTHS - 1, -1, -1):
        fill_month(desk, Month(2026, 11).plus(-back), villages=31)
    desk.close(backup=False)


def measure(folder: Path, keys: int, *, at_once: bool) -> None:
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.frame.ahead import Ahead
    from jindu_desk.ui.window import open_window

    app = QApplication([])
    opening = open_window(app, folder, ahead=not at_once)
    until(app, lambda: opening.shell is not None and not opening.tasks.busy)
    assert opening.shell is not None
    opening.shell.choose_month(Month(2026, 11))
    opening.window.resize(1366, 768)
    ahead = opening.shell.findChild(Ahead)
    until(app, lambda: not opening.tasks.busy and (ahead is None or ahead.is_done))
    settle(app, 0.5)
    started, spent = time.perf_counter(), time.thread_time()
    opening.shell.go("tallies")
    page: Any = opening.window.pages.page("tallies")
    until(app, lambda: page.work.state is not None)
    app.processEvents()
    opened, spent = time.perf_counter() - started, time.thread_time() - spent
    until(app, lambda: not opening.tasks.busy)
    judged = time.perf_counter() - started
    print(f"sheet open {'at once' if at_once else 'made ready'}  {opened * 1000:6.1f} ms", end="")
    print(f" ({spent * 1000:.1f} ms of the window's thread), judged by the past after {judged * 1000:6.1f} ms")
    if at_once:
        opening.window.close()
        opening.close()
        return
    villages = page.work.state.sheet.villages
    view = page.pane.view
    view.setFocus()
    settle(app, 0.5)
    pasted = paste(app, page, villages[:30], lambda: not opening.tasks.busy)
    page.work.take_back()
    until(app, lambda: not opening.tasks.busy)
    settle(app, 1.0)

    page.pane.jump(villages[0], "D01.J")
    person = type_down(app, view, keys, Qt.Key.Key_2, pace=A_KEY)
    page.pane.jump(villages[0], "D01.J")
    times = type_down(app, view, keys, Qt.Key.Key_3)
    bare = QTableView()
    bare.setModel(BareModel(page.pane.model.rowCount(), page.pane.model.columnCount()))
    bare.resize(view.size())
    bare.setFont(view.font())
    bare.show()
    bare.setFocus()
    bare.setCurrentIndex(bare.model().index(0, 0))
    floor_person = type_down(app, bare, keys, Qt.Key.Key_2, pace=A_KEY)
    floor = type_down(app, bare, keys, Qt.Key.Key_3)
    bare.close()
    opening.window.close()
    opening.close()
    report("a person's keys", person, floor_person)
    report("keys in a row", times, floor)
    cells, shown, shown_cpu, stored = pasted
    print(f"paste {cells} cells {shown * 1000:6.1f} ms until shown and judged", end="")
    print(f" ({shown_cpu * 1000:.1f} ms of the window's thread), {stored * 1000:6.1f} ms until stored")


def until(app: QApplication, ready: Callable[[], bool]) -> None:
    while not ready():  # waiting as the program's own loop waits: to ask again and again would take the worker's turns
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def settle(app: QApplication, seconds: float) -> None:
    """Let the timers that are under way run out."""
    QTest.qWait(int(seconds * 1000))
    app.processEvents()


def type_down(
    app: QApplication, view: QTableView, keys: int, digit: Qt.Key, *, pace: float = 0.0
) -> list[tuple[float, float]]:
    """``digit`` and Enter in turn, in milliseconds by the clock and of the thread; each until everything that it
    changed is painted. ``pace``: seconds from key to key."""
    times = []
    model = view.model()
    for number in range(keys):
        started, spent = time.perf_counter(), time.thread_time()
        QTest.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Return if number % 2 else digit)
        app.processEvents()
        times.append(((time.perf_counter() - started) * 1000, (time.thread_time() - spent) * 1000))
        if (rest := started + pace - time.perf_counter()) > 0:
            QTest.qWait(round(rest * 1000))
        if number % 40 == 39:
            view.setCurrentIndex(model.index(0, (view.currentIndex().column() + 2) % model.columnCount()))
            app.processEvents()
    return times


def paste(
    app: QApplication, page: Any, villages: tuple[str, ...], ready: Callable[[], bool]
) -> tuple[int, float, float, float]:
    from jindu_desk.ui.tallies.previews import PastePreview

    page.pane.jump(villages[0], page.pane.model.items[0].code)
    QGuiApplication.clipboard().setText("\n".join("\t".join("1" for _ in range(100)) for _ in villages))
    PastePreview.exec = lambda _dialog: QDialog.DialogCode.Accepted  # type: ignore[method-assign]
    started, spent = time.perf_counter(), time.thread_time()
    page.actions_of_sheet.blocks.paste()
    page.pane.view.viewport().repaint()
    app.processEvents()
    shown, spent = time.perf_counter() - started, time.thread_time() - spent
    until(app, ready)
    stored = time.perf_counter() - started
    return len(villages) * 100, shown, spent, stored


def report(name: str, times: list[tuple[float, float]], floor: list[tuple[float, float]]) -> None:
    def at(found: list[float], share: float) -> float:
        return sorted(found)[min(int(len(found) * share), len(found) - 1)]

    for which, what in enumerate(("by the clock", "of the thread")):
        ours, bare = [each[which] for each in times], [each[which] for each in floor]
        for label, found in ((name, ours), ("bare QTableView", bare)):
            figures = f"median {at(found, 0.5):5.1f} ms   99 % {at(found, 0.99):5.1f} ms   longest {max(found):5.1f} ms"
            print(f"{label:16} {figures}   {what}")
        ratios = [at(ours, share) / at(bare, share) for share in (0.5, 0.99)]
        print(f"ratio            median {ratios[0]:5.1f} x    99 % {ratios[1]:5.1f} x")


if __name__ == "__main__":
    main()
