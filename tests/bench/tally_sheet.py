"""The tally sheet of a township of 31 villages, the whole catalogue, all checks on: typing, opening, pasting.

    python tests/bench/tally_sheet.py [--keys 300]

Beside a bare QTableView of the same size in the same run, with the same font and a model that holds numbers. Goals: a
key to its repaint at most 16 ms at the 99th percentile; the sheet open in 200 ms; a block of 30 × 100 cells pasted and
judged in 300 ms.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTableView

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

TOWNSHIP = "320412411000"  # 南夏墅街道, 31 villages
MONTHS = 13


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
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), wanted.keys)


def measure(folder: Path, keys: int) -> None:
    from tests.shipped_desks import set_up_shipped
    from tests.ui.tallies.months import fill_month, villages_of

    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.ui.tallies.page import TalliesPage
    from jindu_desk.ui.window import open_window

    desk = Desk.open(folder, create=True, clock=lambda: datetime(2026, 11, 28, 9, 30))
    set_up_shipped(desk, TOWNSHIP)
    for back in range(MONTHS, 0, -1):
        fill_month(desk, Month(2026, 11).plus(-back), villages=31)
    villages = villages_of(desk)
    desk.close(backup=False)

    app = QApplication([])
    opening = open_window(app, folder)
    until(app, lambda: opening.shell is not None and not opening.tasks.busy)
    assert opening.shell is not None
    opening.window.resize(1366, 768)
    started = time.perf_counter()
    opening.shell.go("tallies")
    until(app, lambda: not opening.tasks.busy)
    app.processEvents()
    opened = time.perf_counter() - started
    page = opening.window.pages.page("tallies")
    assert isinstance(page, TalliesPage)
    view = page.pane.view
    view.setFocus()
    pasted = paste(app, page, villages[:30], lambda: not opening.tasks.busy)
    page.work.take_back()
    until(app, lambda: not opening.tasks.busy)

    page.pane.jump(villages[0], "D01.J")
    times = type_down(app, view, keys)
    bare = QTableView()
    bare.setModel(BareModel(page.pane.model.rowCount(), page.pane.model.columnCount()))
    bare.resize(view.size())
    bare.setFont(view.font())
    bare.show()
    bare.setFocus()
    bare.setCurrentIndex(bare.model().index(0, 0))
    floor = type_down(app, bare, keys)
    bare.close()
    opening.window.close()
    opening.close()
    report("key to repaint", times, floor)
    print(f"sheet open       {opened * 1000:6.1f} ms")
    cells, shown, stored = pasted
    print(f"paste {cells} cells {shown * 1000:6.1f} ms until shown and judged, {stored * 1000:6.1f} ms until stored")


def until(app: QApplication, ready: Callable[[], bool]) -> None:
    while not ready():
        app.processEvents()


def type_down(app: QApplication, view: QTableView, keys: int) -> list[float]:
    """Digits and Enter in turn, in milliseconds; each until everything that it changed is painted."""
    times = []
    model = view.model()
    for number in range(keys):
        started = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget() or view, Qt.Key.Key_Return if number % 2 else Qt.Key.Key_1)
        app.processEvents()
        times.append((time.perf_counter() - started) * 1000)
        if number % 40 == 39:
            view.setCurrentIndex(model.index(0, (view.currentIndex().column() + 2) % model.columnCount()))
            app.processEvents()
    return times


def paste(
    app: QApplication, page: Any, villages: tuple[str, ...], ready: Callable[[], bool]
) -> tuple[int, float, float]:
    from jindu_desk.ui.tallies.previews import PastePreview

    page.pane.jump(villages[0], page.pane.model.items[0].code)
    QGuiApplication.clipboard().setText("\n".join("\t".join("1" for _ in range(100)) for _ in villages))
    PastePreview.exec = lambda _dialog: QDialog.DialogCode.Accepted  # type: ignore[method-assign]
    started = time.perf_counter()
    page.actions_of_sheet.blocks.paste()
    page.pane.view.viewport().repaint()
    app.processEvents()
    shown = time.perf_counter() - started
    until(app, ready)
    stored = time.perf_counter() - started
    return len(villages) * 100, shown, stored


def report(name: str, times: list[float], floor: list[float]) -> None:
    def at(found: list[float], share: float) -> float:
        return sorted(found)[min(int(len(found) * share), len(found) - 1)]

    for label, found in ((name, times), ("bare QTableView", floor)):
        figures = f"median {at(found, 0.5):5.1f} ms   99 % {at(found, 0.99):5.1f} ms   longest {max(found):5.1f} ms"
        print(f"{label:16} {figures}")
    ratios = [at(times, share) / at(floor, share) for share in (0.5, 0.99)]
    print(f"ratio            median {ratios[0]:5.1f} x    99 % {ratios[1]:5.1f} x")


if __name__ == "__main__":
    main()
