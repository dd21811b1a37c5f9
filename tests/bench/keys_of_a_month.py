"""The keys of a month's tally for 15 villages, counted by pressing them in the real window.

    python tests/bench/keys_of_a_month.py

A plausible month is typed as an officer would who knows the keys: down each item that has figures, past those that have
none, the zeros of a block at once. What is stored at the end is compared with the month that was to be typed. Beside it
stands the same sheet in a spreadsheet, by the rules that are printed: it has formulas for sums and is copied from last
month's, but knows nothing of zeros, of what is carried over, or of checks.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

if TYPE_CHECKING:
    from jindu_desk.ui.tallies.page import TalliesPage

TOWNSHIP = "320411103000"
NO_KEYS, CONTROL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class Hands:
    """Presses keys where the keyboard is, and counts: a shortcut is one."""

    def __init__(self, app: QApplication) -> None:
        self._app, self.count = app, 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = NO_KEYS) -> None:
        target = self._app.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, held)
        self.count += 1

    def digits(self, figure: int) -> None:
        for digit in str(figure):
            self.press(Qt.Key(Qt.Key.Key_0 + int(digit)))


def main() -> None:
    from tests.domain.tallies.sheets import seeded
    from tests.shipped_desks import set_up_shipped
    from tests.ui.tallies.months import fill_month, villages_of

    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.domain.tallies.cells import Cell
    from jindu_desk.domain.tallies.plausible import Size, plausible_month, plausible_township
    from jindu_desk.queries.tallies import sheet
    from jindu_desk.ui.tallies.page import TalliesPage
    from jindu_desk.ui.window import open_window

    october = Month(2026, 10)
    with tempfile.TemporaryDirectory() as name:
        desk = Desk.open(Path(name), create=True, clock=lambda: datetime(2026, 10, 28, 9, 30))
        set_up_shipped(desk, TOWNSHIP)
        fill_month(desk, october.previous)
        before = sheet(desk.store, desk.unit.unit.id, october)
        catalogue, rng = before.rules.catalogue, seeded(october.number)
        wanted: dict[tuple[str, str], Cell] = {}
        for unit in villages_of(desk):
            last = {code: before.sheet.last_month(unit, code) for code in catalogue.items}
            wanted |= {(unit, code): cell for code, cell in plausible_month(rng, catalogue, last, Size.MIDDLE).items()}
        own = before.township.id
        last = {code: before.sheet.last_month(own, code) for code in catalogue.items}
        wanted |= {(own, code): cell for code, cell in plausible_township(rng, catalogue, last).items()}
        desk.close(backup=False)

        app = QApplication([])
        opening = open_window(app, Path(name))
        until(app, lambda: opening.shell is not None and not opening.tasks.busy)
        shell = opening.shell
        assert shell is not None
        opening.window.activateWindow()
        QTest.qWaitForWindowActive(opening.window)
        shell.go("tallies")
        until(app, lambda: not opening.tasks.busy)
        page = opening.window.pages.page("tallies")
        assert isinstance(page, TalliesPage)
        page.pane.view.setFocus()
        hands = Hands(app)
        state = page.work.state
        assert state is not None
        typed = [(unit, code) for unit, code in wanted if state.takes(unit, catalogue.item(code))]
        for _ in range(page.pane.tabs.count()):
            type_block(page, hands, wanted)
            hands.press(Qt.Key.Key_PageDown, ALT)
        until(app, lambda: not opening.tasks.busy)
        found = sheet(shell.desk.store, own, october)
        wrong = [
            (unit, code)
            for unit, code in typed
            if found.sheet.cell(unit, code) != wanted[unit, code]
            and (wanted[unit, code] or not catalogue.item(code).group)  # a breakdown of nothing may stay blank
        ]
        opening.window.close()
        opening.close()
    figures = [wanted[place] for place in typed]
    nonzero = [figure for figure in figures if isinstance(figure, int) and figure]
    carried = sum(bool(item.carried) for item in catalogue.computed)
    print(f"{len(typed)} cells to type, {len(nonzero)} of them not zero; wrongly stored: {len(wrong)}")
    print(f"this program: {hands.count} keys")
    plain = sum(len(str(figure)) + 1 for figure in figures)
    print(f"a spreadsheet, every cell typed and confirmed: {plain} keys")
    print(f"  and {carried} opening columns copied from last month's file, 6 keys or clicks each: {carried * 6}")
    print(f"together {plain + carried * 6}; ours is {hands.count / (plain + carried * 6):.0%} of it")


def until(app: QApplication, ready: Callable[[], bool]) -> None:
    while not ready():
        app.processEvents()


def type_block(page: TalliesPage, hands: Hands, wanted: Mapping[tuple[str, str], object]) -> None:
    pane, state = page.pane, page.work.state
    assert state is not None
    units, block = pane.model.units, pane.tabs.block
    columns = [item for item in pane.model.items if any(state.takes(unit, item) for unit in units)]
    if pane.place != (units[0], columns[0].code):
        hands.press(Qt.Key.Key_Home, CONTROL)
    if pane.place != (units[0], columns[0].code):
        hands.press(Qt.Key.Key_Tab)
    for number, item in enumerate(columns):
        assert pane.place == (units[0], item.code), (pane.place, item.code)
        if any(wanted.get((unit, item.code)) for unit in units):
            for unit in units:
                figure = wanted.get((unit, item.code))
                if isinstance(figure, int) and figure:
                    hands.digits(figure)
                if number + 1 < len(columns) or unit != units[-1]:
                    hands.press(Qt.Key.Key_Return)
        elif number + 1 < len(columns):
            hands.press(Qt.Key.Key_Tab)
    assert pane.tabs.block == block
    if pane.view.is_typing:
        hands.press(Qt.Key.Key_Up)  # confirms, without going on to the next block
    hands.press(Qt.Key.Key_A, CONTROL)
    hands.press(Qt.Key.Key_0, CONTROL)


if __name__ == "__main__":
    main()
