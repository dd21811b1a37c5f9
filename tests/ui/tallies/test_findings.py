"""The list of findings: filtered, and on paper as it is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QPushButton
from tests.reports.workbooks import grids
from tests.ui.conftest import WindowForPages
from tests.ui.tallies.months import villages_of
from tests.ui.tallies.test_page import shown

from jindu_desk.app.desk import Desk
from jindu_desk.domain.tallies.cells import UNKNOWN
from jindu_desk.reports.typesetting.preview import page_text
from jindu_desk.ui.chips import StateChip
from jindu_desk.ui.tallies.page import TalliesPage


@pytest.fixture
def page(office: WindowForPages, desk: Desk) -> TalliesPage:
    """A hard finding, a soft one with a reason, a soft one without; the blanks of every village."""
    found = shown(office)
    first, second = villages_of(desk)[:2]
    found.work.edit({(first, "P01"): 1, (first, "P02"): 2, (first, "E01"): UNKNOWN, (second, "E01"): UNKNOWN})
    office.settle()
    found.work.give_reason(first, "S0.E", "村里台账损坏，正在补记")
    office.settle()
    return found


def levels(page: TalliesPage) -> set[str]:
    return {row.level for row in page.findings.rows}


def test_one_level_alone_is_listed(page: TalliesPage, desk: Desk) -> None:
    assert levels(page) == {"必须改正", "请说明", "未填", "已说明"}
    chosen = page.findings.findChild(QComboBox)
    assert chosen is not None
    chosen.setFocus()
    QTest.keyClick(chosen, Qt.Key.Key_Down)
    assert chosen.currentText() == "必须改正"
    assert [row.finding.key for row in page.findings.rows if row.finding] == ["H10-1"]
    assert page.findings.scope == "只列必须改正"
    # What another screen leads to is shown all the same.
    page.findings.select(villages_of(desk)[1], "S0.E")
    assert page.findings.scope == ""
    assert len(levels(page)) == 4


def test_a_count_that_is_clicked_lists_what_it_counts_and_then_all(page: TalliesPage) -> None:
    (chip,) = (each for each in page.findings.findChildren(StateChip) if each.word.startswith("请说明"))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert levels(page) == {"请说明"}
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert len(levels(page)) == 4


def test_the_list_goes_to_paper_as_it_stands_and_the_sheet_comes_back(
    page: TalliesPage, office: WindowForPages, tmp_path: Path
) -> None:
    chosen = page.findings.findChild(QComboBox)
    assert chosen is not None
    chosen.setCurrentText("请说明")
    entry = next(action for action in page.actions_of_sheet.declared() if action.label.startswith("打印问题清单"))
    entry.operation()
    office.settle()
    paper = page.printed.preview.paper
    assert paper is not None
    text = "".join(page_text(paper.content, 0).split())
    assert "审核问题清单" in text
    assert "只列请说明" in text
    assert "共1条：请说明1条。" in text
    assert "必须改正1条" not in text
    page.printed.handing.ask_table_target = lambda name: str(tmp_path / name)
    next(each for each in page.printed.preview.findChildren(QPushButton) if each.text() == "另存为表格").click()
    office.settle()
    (table,) = tmp_path.glob("台账问题清单-*.xlsx")
    assert [row[2:5] for row in grids(table.read_bytes())["审核问题清单"][3:]] == [["S0", "未掌握", "核实"]]
    assert page.actions_of_sheet.declared() == ()
    page.refresh()
    office.settle()
    assert page.printed.preview.isVisible()
    page.printed.preview.left.emit()
    office.settle()
    assert page.pane.view.isVisible()
    assert page.actions_of_sheet.declared() != ()


def test_a_line_that_is_cut_is_whole_below_the_list_and_blanks_are_no_reason(page: TalliesPage, desk: Desk) -> None:
    panel = page.findings
    blanks = next(row for row in panel.rows if row.level == "未填")
    panel.select(*blanks.identity)
    assert panel._whole.isVisible()
    assert panel._whole.text() == blanks.sentence
    second = villages_of(desk)[1]
    panel.select(second, "S0.E")
    assert not panel._whole.isVisible()  # short enough for the list
    panel._reason.setText("   ")
    panel._save.click()
    assert panel._wrong.isVisible()
    assert "请写明" in panel._wrong.text()
