"""The sheet stands before it is asked for, and is as fresh as if it had been built then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.tallies.months import OCTOBER, fill_month, villages_of

from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.ui.frame.ahead import Ahead
from jindu_desk.ui.tallies.page import TalliesPage
from jindu_desk.ui.window import open_window

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.ui.opening import Opening


@pytest.fixture
def opening(
    make_desk: Callable[[str, str], Desk], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Opening]:
    desk = make_desk("folder", "320411103000")
    fill_month(desk, OCTOBER)
    desk.close(backup=False)
    opened = open_window(qapp, tmp_path / "folder", ahead=True)
    qtbot.addWidget(opened.window)
    qtbot.waitUntil(lambda: opened.shell is not None, timeout=20_000)
    assert opened.shell is not None
    opened.shell.choose_month(OCTOBER)
    yield opened
    opened.close()


def sheet_of(opening: Opening, qtbot: QtBot) -> TalliesPage:
    """The page as it stands once everything is ready."""
    assert opening.shell is not None
    ahead = opening.shell.findChild(Ahead)
    assert ahead is not None
    qtbot.waitUntil(lambda: ahead.is_done and not opening.tasks.busy, timeout=60_000)
    page = opening.window.pages.page("tallies")
    assert isinstance(page, TalliesPage)
    return page


def test_the_sheet_is_ready_and_nothing_else_is_built(opening: Opening, qtbot: QtBot) -> None:
    page = sheet_of(opening, qtbot)
    pages = opening.window.pages
    assert pages.current_key == "desk"
    assert not page.isVisible()
    assert page.work.state is not None
    assert page.pane.model.rowCount() > 0
    assert [key for key in ("meetings", "expenses", "units", "preferences") if pages.page(key)] == []
    assert opening.shell is not None
    opening.shell.go("tallies")
    assert pages.page("tallies") is page
    assert page.pane.place is not None


def test_what_changed_meanwhile_is_on_it_when_it_comes_up(opening: Opening, qtbot: QtBot) -> None:
    page = sheet_of(opening, qtbot)
    assert opening.shell is not None
    desk, village = opening.shell.desk, villages_of(opening.shell.desk)[0]
    edits = [CellEdit(village, "E01", 77)]
    opening.shell.carry_out(lambda: set_cells(desk.store, desk.unit.unit.id, OCTOBER, edits))
    opening.shell.go("tallies")
    qtbot.waitUntil(lambda: page.work.state is not None and page.work.state.cell(village, "E01") == 77)
