"""The officer fills October's tally: by keyboard, from a workbook, with nil returns and reasons, to the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from tests.domain.tallies.sheets import seeded
from tests.reports.workbooks import place_of, typed_over
from tests.ui.tallies.months import OCTOBER, fill_month, villages_of

from jindu_desk.domain.tallies.catalogue import Item, Level
from jindu_desk.domain.tallies.cells import Cell, number
from jindu_desk.domain.tallies.plausible import Size, plausible_month
from jindu_desk.operations.tallies import declare_nil_return, give_reason
from jindu_desk.queries.rules import shipped_rules
from jindu_desk.queries.tallies import completeness, findings, sheet
from jindu_desk.ui.tallies.page import TalliesPage
from jindu_desk.ui.tallies.previews import WorkbookPreview
from jindu_desk.ui.window import open_window

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk
    from jindu_desk.ui.opening import Opening

CATALOGUE = shipped_rules().catalogue


@pytest.fixture
def opening(
    make_desk: Callable[[str, str], Desk], tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> Iterator[Opening]:
    """The program on the folder of 薛家镇, in which September was filled."""
    desk = make_desk("folder", "320411103000")
    fill_month(desk, OCTOBER.previous)
    desk.close(backup=False)
    opened = open_window(qapp, tmp_path / "folder")
    qtbot.addWidget(opened.window)
    qtbot.waitUntil(lambda: opened.shell is not None, timeout=20_000)
    yield opened
    opened.close()


def type_row(page: TalliesPage, unit_id: str, row: dict[str, Cell]) -> None:
    """Type a village's figures from the paper, block after block, with Tab."""
    state = page.work.state
    assert state is not None
    for block in state.catalogue.blocks:
        typed: list[Item] = [item for item in state.items(block) if state.takes(unit_id, item)]
        if block.level is not Level.VILLAGE or not typed:
            continue
        page.pane.jump(unit_id, typed[0].code)
        for item in typed:
            assert page.pane.place == (unit_id, item.code)
            view = page.pane.view
            QTest.keyClicks(view, (figure := str(number(row[item.code])))[0])
            editor = view.indexWidget(view.currentIndex())
            QTest.keyClicks(editor, figure[1:])
            QTest.keyClick(editor, Qt.Key.Key_Tab)


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_a_month_from_the_first_figure_to_complete(
    opening: Opening, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = opening.shell
    assert shell is not None
    desk = shell.desk

    def settle() -> None:
        qtbot.waitUntil(lambda: not opening.tasks.busy, timeout=20_000)

    opening.window.show()
    shell.choose_month(OCTOBER)
    shell.go("tallies")
    settle()
    page = opening.window.pages.page("tallies")
    assert isinstance(page, TalliesPage)
    state = page.work.state
    assert state is not None
    township = desk.unit.unit.id
    villages = villages_of(desk)

    # One village from the paper, by keyboard alone.
    rng = seeded(3)
    previous = {code: state.sheet.last_month(villages[0], code) for code in CATALOGUE.items}
    row = plausible_month(rng, CATALOGUE, previous, Size.MIDDLE)
    type_row(page, villages[0], row)
    assert state.marks.blanks(villages[0]) == ()
    assert [finding.officer for finding in state.findings_of(villages[0]) if finding.hard] == []
    settle()
    kept = sheet(desk.store, township, OCTOBER).sheet
    assert {code: kept.cell(villages[0], code) for code in row} == row

    # One village from its workbook.
    path = tmp_path / "填报表.xlsx"
    page.actions_of_sheet.workbooks.export(state, path)
    settle()
    previous = {code: state.sheet.last_month(villages[1], code) for code in CATALOGUE.items}
    row = plausible_month(rng, CATALOGUE, previous, Size.SMALL)
    content, name = path.read_bytes(), state.name_of(villages[1])
    typed = {
        (name, place_of(content, name, item.base, item.kind)): row[item.code]
        for item in CATALOGUE.level_items(Level.VILLAGE)
        if item.typed
    }
    path.write_bytes(typed_over(content, typed))
    monkeypatch.setattr(WorkbookPreview, "exec", lambda _self: QDialog.DialogCode.Accepted)
    page.actions_of_sheet.workbooks.look_into(state, path)
    settle()
    assert completeness(desk.store, township, OCTOBER).filled == 2

    # The others had nothing to tell: each is signed off.
    page.pane.jump(villages[2], "E01")
    assert opening.shell is not None
    monkeypatch.setattr(opening.shell, "ask", lambda *_a, **_k: True)  # the question that names the villages
    page.button("零报告").click()
    for unit_id in villages[3:]:
        declare_nil_return(desk.store, township, unit_id, OCTOBER, declared_by="测试丙")
    page.refresh()
    settle()
    # And the township's own row.
    for n, code in enumerate(("M01", "M02", "M03", "M04"), start=1):
        page.pane.jump(township, code)
        QTest.keyClicks(page.pane.view, str(n))
        QTest.keyClick(page.pane.view.indexWidget(page.pane.view.currentIndex()), Qt.Key.Key_Return)
    settle()
    found = completeness(desk.store, township, OCTOBER)
    assert (found.filled, found.total) == (15, 15)

    # What needs a word gets one; then nothing stands in the way of the report.
    judged = findings(desk.store, township, OCTOBER)
    assert [each.finding.officer for each in judged if each.finding.hard] == []
    told = "本月没有变动，已与村里核对"
    for finding in (each.finding for each in judged[1:]):
        give_reason(desk.store, township, finding.unit_id, OCTOBER, finding.key, told, given_by="测试丙")
    page.work.give_reason(judged[0].finding.unit_id, judged[0].finding.key, told)
    settle()
    assert not any(each.blocks for each in findings(desk.store, township, OCTOBER))
    assert {row.kind for row in page.findings.rows} <= {"done"}
