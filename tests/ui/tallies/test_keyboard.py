"""Figures typed one after the other, in a window that has the keyboard: each key goes where the keyboard is then."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import WindowForPages
from tests.ui.keyboard import bring_up, press
from tests.ui.tallies.months import OCTOBER, fill_month, stored, villages_of
from tests.ui.tallies.test_page import shown
from tests.ui.theme.test_tokens import contrast

from jindu_desk.app.desk import Desk
from jindu_desk.domain.changes import Changes, Subject
from jindu_desk.domain.tallies.cells import BLANK, NOT_APPLICABLE, UNKNOWN, Cell
from jindu_desk.ui.tallies.cell_delegate import ink
from jindu_desk.ui.tallies.figure_editor import FigureEditor
from jindu_desk.ui.tallies.page import TalliesPage
from jindu_desk.ui.theme.theme import ThemeChoice
from jindu_desk.ui.theme.tokens import ALL_TOKENS, Tokens, tokens_of


@pytest.fixture
def page(office: WindowForPages, qtbot: QtBot) -> TalliesPage:
    page = shown(office)
    bring_up(office, qtbot)
    page.pane.view.setFocus()
    return page


def test_figures_confirmed_with_enter_are_all_stored(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first, second, third, fourth = villages_of(desk)[:4]
    page.pane.jump(first, "A02b.J")
    press("1⏎2⏎3⏎")
    assert QApplication.focusWidget() is page.pane.view
    office.settle()
    assert [stored(desk, unit, "A02b.J") for unit in (first, second, third, fourth)] == [1, 2, 3, BLANK]
    assert page.pane.place == (fourth, "A02b.J")


def test_figures_confirmed_with_tab_are_all_stored(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "A02b.J")
    press("1⇥2⇥3⇥")
    office.settle()
    assert [stored(desk, first, item) for item in ("A02b.J", "A02b.K", "A02c.J")] == [1, 2, 3]
    assert QApplication.focusWidget() is page.pane.view


def test_the_keyboard_stays_while_the_store_and_the_findings_follow(
    page: TalliesPage, office: WindowForPages, desk: Desk
) -> None:
    """A filled month: each figure makes a finding, the next takes it away, and the store answers in between."""
    fill_month(desk, OCTOBER)
    office.shell.changed(Changes(frozenset({Subject.TALLIES})))
    office.settle()
    page.findings.fold(False)
    first, second = villages_of(desk)[:2]
    page.pane.jump(first, "A01.J")
    seen = set()
    for typed in ("0⏎", "9999⏎", "1⏎"):
        page.pane.jump(first, "A01.J")
        press(typed)
        seen.add(len(page.findings.rows))
        office.settle()
        assert QApplication.focusWidget() is page.pane.view
        press("7⏎")
        office.settle()
        assert stored(desk, second, "A01.J") == 7
        assert QApplication.focusWidget() is page.pane.view
    assert len(seen) > 1  # findings came and went


def test_a_figure_given_up_leaves_the_keyboard_to_the_sheet(
    page: TalliesPage, office: WindowForPages, desk: Desk
) -> None:
    first, second = villages_of(desk)[:2]
    page.pane.jump(first, "A02b.J")
    press("1x⏎")
    assert isinstance(QApplication.focusWidget(), FigureEditor)  # refused: it stays to be mended
    press("⎋4⏎5⏎")
    office.settle()
    assert [stored(desk, unit, "A02b.J") for unit in (first, second)] == [4, 5]


def test_what_is_refused_gets_the_keyboard_back(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    first = villages_of(desk)[0]
    page.pane.jump(first, "A02b.J")
    press("1x⏎")
    page.panel._note.setFocus()
    page.pane.view.setFocus()
    assert isinstance(QApplication.focusWidget(), FigureEditor)
    assert stored(desk, first, "A02b.J") is BLANK


@pytest.mark.parametrize("look_name", ["light", "dark", "contrast"])
def test_the_current_cell_can_be_read_whatever_is_marked_on_it(
    page: TalliesPage, office: WindowForPages, desk: Desk, look_name: ThemeChoice
) -> None:
    """The frame of the current cell is a frame; a corner's sign once left its colour to fill the whole cell with."""
    office.shell.theme.use(look_name)
    first = villages_of(desk)[0]
    page.work.edit({(first, "P01"): 1, (first, "P02"): 2})
    office.settle()
    page.pane.jump(first, "P01")
    state = page.work.state
    assert state is not None
    worst = state.marks.worst_at(first, "P01")
    assert worst is not None
    assert worst.hard
    view = page.pane.view
    rect = view.visualRect(view.currentIndex())
    seen = view.viewport().grab(rect).toImage()
    tokens = tokens_of(view)
    grounds = {seen.pixelColor(14, y).name() for y in range(12, seen.height() - 4)}
    assert grounds == {tokens.selection.lower()}


@pytest.mark.parametrize("tokens", ALL_TOKENS, ids=lambda tokens: tokens.name)
@pytest.mark.parametrize("ground", ["surface", "locked", "selection", "wrong_soft", "due_soft"])
@pytest.mark.parametrize("cell", [7, -1, UNKNOWN, NOT_APPLICABLE])
def test_what_stands_in_a_cell_can_be_read_on_its_ground(tokens: Tokens, ground: str, cell: Cell) -> None:
    under = getattr(tokens, ground)
    for typed in (True, False):
        assert contrast(ink(cell, tokens, under, typed=typed), under) >= 4.5


def test_a_button_that_turns_into_its_reverse_keeps_the_keyboard(
    page: TalliesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(office.shell, "ask", lambda *_args, **_kwargs: True)
    page.pane.jump(villages_of(desk)[0], "A02b.J")
    page.button("零报告").setFocus()
    press("␣")
    reverse = "撤回零报告"
    qtbot.waitUntil(lambda: any(each.text() == reverse for each in page.findChildren(QPushButton)), timeout=20_000)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.button(reverse), timeout=20_000)
