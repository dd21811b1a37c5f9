"""A book of 100,000 entries: opened, scrolled, filtered, sorted, all selected. Gaps of the event loop meanwhile.

    python tests/bench/expense_book.py [--entries 100000]

Beside a bare QTableView of as many rows in the same run, whose model makes up its texts. Goal: no gap over 50 ms.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QTableView

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


class BareModel(QAbstractTableModel):
    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._rows, self._columns = rows, columns

    def rowCount(self, _parent: object = None) -> int:
        return self._rows

    def columnCount(self, _parent: object = None) -> int:
        return self._columns

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # type: ignore[override]
        return f"{index.row()}-{index.column()}" if role == Qt.ItemDataRole.DisplayRole else None


class Loop:
    """Turns of the event loop, and the gaps between them while something is done."""

    def __init__(self, app: QApplication) -> None:
        self._app = app

    def until(self, ready: Callable[[], bool], before: Callable[[], object] = lambda: None) -> list[float]:
        """Milliseconds between turns from ``before`` on until ``ready()``, with the painting in between."""
        turns = [time.perf_counter()]
        before()
        while True:
            self._app.processEvents()
            turns.append(time.perf_counter())
            if ready():
                return [(b - a) * 1000 for a, b in pairwise(turns)]
            time.sleep(0.0005)

    def scroll(self, view: QTableView, busy: Callable[[], bool]) -> list[float]:
        """The wheel turned 200 times, then the slider dragged through the whole table."""
        gaps: list[float] = []
        at = QPointF(view.viewport().rect().center())
        for _ in range(200):
            wheel = QWheelEvent(
                at,
                QPointF(view.viewport().mapToGlobal(at.toPoint())),
                QPoint(),
                QPoint(0, -240),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            gaps += self.until(lambda: True, partial(QApplication.sendEvent, view.viewport(), wheel))
        bar = view.verticalScrollBar()
        for step in range(200):
            place = bar.maximum() * step // 199
            gaps += self.until(lambda: True, partial(bar.setValue, place))
        return gaps + self.until(lambda: not busy())


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--entries", type=int, default=100_000)
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), wanted.entries)


def measure(folder: Path, entries: int) -> None:
    from tests.shipped_desks import set_up_shipped

    from jindu_desk.app.desk import Desk
    from jindu_desk.ui.expenses.page import ExpensesPage
    from jindu_desk.ui.window import open_window

    desk = Desk.open(folder, create=True, clock=lambda: datetime(2026, 10, 28, 9, 30))
    set_up_shipped(desk, "320411103000")
    fill(desk, entries)
    desk.close(backup=False)

    app = QApplication([])
    loop = Loop(app)
    opening = open_window(app, folder)
    loop.until(lambda: opening.shell is not None and not opening.tasks.busy)
    assert opening.shell is not None
    shell = opening.shell
    opening.window.resize(1366, 768)
    shell.keep_layout("expenses.span", "year")

    def done() -> bool:
        return not opening.tasks.busy

    results: list[tuple[str, list[float], float]] = []

    def step(name: str, act: Callable[[], object]) -> None:
        started = time.perf_counter()
        gaps = loop.until(done, act)
        results.append((name, gaps, (time.perf_counter() - started) * 1000))

    step("open another page", lambda: shell.go("duties"))
    step("open the page", lambda: shell.go("expenses"))
    page = opening.window.pages.page("expenses")
    assert isinstance(page, ExpensesPage)
    view = page.view
    span = view.filters.span
    if span.currentData() != "year":
        step("show the year", lambda: span.setCurrentIndex(span.findData("year")))
    assert view.entries.rowCount() == entries
    started = time.perf_counter()
    gaps = loop.scroll(view.entries_table, lambda: opening.tasks.busy)
    results.append(("scroll, 400 steps", gaps, (time.perf_counter() - started) * 1000))
    for text in ("横", "横幅", "横幅 1", "横幅 12"):
        step(f"find {text}", partial(view.filters.search.setText, text))
    step("find nothing again", view.filters.search.clear)
    for column in (2, 3, 5):
        step(
            f"sort column {column}",
            partial(view.entries_table.sortByColumn, column, Qt.SortOrder.AscendingOrder),
        )
    step("select all", view.entries_table.selectAll)
    step("read anew, all selected", page.refresh)
    print(view.sum_text)

    bare = QTableView()
    bare.setModel(BareModel(entries, view.entries.columnCount()))
    bare.verticalHeader().hide()
    bare.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
    bare.resize(view.entries_table.size())
    bare.setFont(view.entries_table.font())
    shown = loop.until(lambda: True, bare.show)
    floor = loop.scroll(bare, lambda: False)
    bare.close()
    opening.window.close()
    opening.close()

    for name, found, whole in results:
        print(f"{name:26} {told(found)}   whole {whole:7.1f} ms")
    print(f"{'bare QTableView, show':26} {told(shown)}")
    print(f"{'bare QTableView, scroll':26} {told(floor)}")
    ours = next(found for name, found, _ in results if name.startswith("scroll"))
    ratios = " ".join(
        f"{word} {at(ours, share) / at(floor, share):.1f} x" for word, share in (("median", 0.5), ("99 %", 0.99))
    )
    print(f"scroll, ratio to bare      {ratios}")


def fill(desk: Desk, count: int) -> None:
    """Lines and ``count`` made-up entries over ten months, written without the operations: they would take an hour."""
    from sqlmodel import insert

    from jindu_desk.domain.expenses import ExpenseFields, FundSource
    from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
    from jindu_desk.store.tables import Expense

    dice, unit = random.Random(7), desk.unit.unit.id
    kinds = ("publicity", "training", "testing", "meetings", "equipment", "other")
    lines = [
        (kind, str(add_budget_line(desk.store, unit, BudgetLineDraft(2026, kind, FundSource.OWN, 10**13)).key))
        for kind in kinds
    ]
    first = ExpenseFields(
        unit_id=unit, line_id="x", number=1, on=date(2026, 1, 1), category="other", summary="x", amount_fen=1
    ).model_dump()
    rows = []
    for number in range(1, count + 1):
        kind, line = dice.choice(lines)
        rows.append(
            first
            | {
                "id": str(uuid.UUID(int=dice.getrandbits(128))),
                "line_id": line,
                "category": kind,
                "number": number,
                "on": date(2026, 1, 1) + timedelta(days=number * 299 // count),
                "summary": f"{dice.choice(('横幅', '折页', '场地', '试剂', '耗材'))} {dice.randrange(10**6)}",
                "payee": f"测试{dice.choice('甲乙丙丁')}有限公司",
                "amount_fen": dice.randrange(1, 10**6),
                "voucher_number": f"记-{number:06}" if number % 3 else "",
            }
        )
    with desk.store.write("fill_for_bench") as w:
        w.session.execute(insert(Expense), rows)


def at(found: list[float], share: float) -> float:
    return sorted(found)[min(int(len(found) * share), len(found) - 1)]


def told(found: list[float]) -> str:
    over = sum(gap > 50 for gap in found)
    shares = f"median {at(found, 0.5):5.1f} ms   99 % {at(found, 0.99):5.1f} ms   longest {max(found):5.1f} ms"
    return f"{shares}   over 50 ms: {over}"


if __name__ == "__main__":
    main()
