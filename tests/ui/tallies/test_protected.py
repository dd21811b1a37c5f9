"""The protected view of the sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel
from tests.reports.workbooks import grids
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import OCTOBER, villages_of
from tests.ui.tallies.test_page import shown

from jindu_desk.app.desk import Desk
from jindu_desk.domain.tallies.cells import NOT_APPLICABLE
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.reports.protection_wording import HIDDEN, LEGEND, WHY_HIDDEN
from jindu_desk.ui.tallies.page import TalliesPage


@pytest.fixture
def page(desk: Desk, office: WindowForPages) -> TalliesPage:
    own = desk.unit.unit.id
    figures = (1, 0, 8, 9, 2, 7, *(0 for _ in range(9)))
    edits = [CellEdit(village, "E01", figure) for village, figure in zip(villages_of(desk), figures, strict=True)]
    set_cells(desk.store, own, OCTOBER, [*edits, CellEdit(own, "M01", 1)])
    return shown(office)


def opened(page: TalliesPage, office: WindowForPages) -> TalliesPage:
    page.show_protected()
    office.settle()
    return page


def column(page: TalliesPage, block: str, number: int) -> list[str]:
    view = page.protected.view
    view.tabs.show_code(block)
    return [str(view.model.index(row, number).data()) for row in range(view.model.rowCount())]


def test_it_shows_what_a_paper_shows(page: TalliesPage, office: WindowForPages) -> None:
    opened(page, office)
    assert column(page, "E", 0)[:7] == [HIDDEN, HIDDEN, "8", "9", HIDDEN, HIDDEN, "0"]
    assert column(page, "E", 0)[-1] == "27"
    assert column(page, "M", 0) == ["1"]  # of the township, not of a village
    names = page.protected.view.model.headerData(0, Qt.Orientation.Vertical)
    assert names == "薛家镇"  # of its own block
    assert any(label.text() == "台账 · 保护视图" for label in page.findChildren(QLabel) if label.isVisible())
    assert any(label.text() == LEGEND for label in page.findChildren(QLabel) if label.isVisible())
    assert not page.pane.isVisible()
    assert not page.panel.isVisible()
    assert not page.findings.isVisible()


def test_a_hidden_cell_says_why(page: TalliesPage, office: WindowForPages) -> None:
    opened(page, office)
    column(page, "E", 0)
    model = page.protected.view.model
    assert model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole) == WHY_HIDDEN
    assert "E01" in str(model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole))
    texts = {str(model.index(0, 0).data(role)) for role in Qt.ItemDataRole}
    assert "1" not in texts


def test_back_to_the_sheet_with_its_exact_figures(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    opened(page, office)
    page.protected.view.back.click()
    office.settle()
    assert page.pane.isVisible()
    page.pane.jump(villages_of(desk)[0], "E01")
    assert page.pane.view.currentIndex().data() == "1"
    assert page.button("下一处未填").isEnabled()


def test_it_follows_the_month_and_what_is_stored_meanwhile(
    page: TalliesPage, office: WindowForPages, desk: Desk
) -> None:
    opened(page, office)
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(villages_of(desk)[0], "E01", 30)])
    page.refresh()
    office.settle()
    assert column(page, "E", 0)[0] == "30"
    office.shell.choose_month(OCTOBER.previous)
    office.settle()
    assert set(column(page, "E", 0)[:-1]) == {""}


def test_a_sheet_that_contradicts_itself_is_not_shown(page: TalliesPage, office: WindowForPages, desk: Desk) -> None:
    """Two of the parts say that there is nothing to count, the sum and a part say 1."""
    village = villages_of(desk)[0]
    marks = [CellEdit(village, f"D0{n}.J", NOT_APPLICABLE) for n in (4, 5)]
    set_cells(
        desk.store,
        desk.unit.unit.id,
        OCTOBER,
        [*marks, CellEdit(village, "D03.J", 1), CellEdit(village, "D01.J", NOT_APPLICABLE)],
    )
    set_cells(desk.store, desk.unit.unit.id, OCTOBER, [CellEdit(village, f"D06{x}.J", NOT_APPLICABLE) for x in "abcde"])
    opened(page, office)
    assert not page.protected.is_open
    assert "互相矛盾" in office.said


def test_the_protected_workbook_is_offered_first(
    page: TalliesPage, office: WindowForPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def choose(_parent: object, _title: str, start: str, _kind: str) -> tuple[str, str]:
        asked.append(Path(start).name)
        return str(tmp_path / Path(start).name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    opened(page, office)
    page.protected.view.to_file.click()
    office.settle()
    assert asked == ["薛家镇2026年10月台账（保护版）.xlsx"]
    assert grids((tmp_path / asked[0]).read_bytes())["E 谈话家访"][4][1] == HIDDEN
