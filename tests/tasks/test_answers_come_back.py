"""A township's October is returned: the answer is read, the remark stands at its cell, the correction goes out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, introduce, receive
from tests.operations.exchange.months import MONTH, make_ready, vault_of
from tests.ui.conftest import WindowForPages

from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.domain.exchange import Verdict
from jindu_desk.operations.exchange.judge import RemarkDraft, return_report
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.queries.exchange.received import revision_differences
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.settings.keys import KeyVault
from jindu_desk.ui.desk.page import DeskPage
from jindu_desk.ui.report.page import MONTH as MONTH_PART
from jindu_desk.ui.report.page import ReportPage
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.tallies.page import TalliesPage

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

REMARK = "社工人数与名册不符"


def settled(office: WindowForPages) -> None:
    for _ in range(5):
        office.settle()


def test_a_returned_month_is_corrected_at_its_cell_and_reported_again(
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
    tmp_path: Path,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    township.__dict__["vault"] = KeyVault(township.paths.keys, township.unit.folder_id, demo=True)
    stick = tmp_path / "stick"
    stick.mkdir()
    introduce(district, township, stick)
    make_ready(township, MONTH)
    placed = report_month(township.store, vault_of(township), township.paths, MONTH, stick)

    # The district returns the report, with a remark at a cell of the township's own row.
    (result,) = receive(district, placed.path)
    own = township.unit.unit.id
    remark = RemarkDraft(REMARK, RemarkPlace.CELL, own, "M02")
    return_report(district.store, district.paths, str(result.received_id), "请核对社工人数", [remark])
    clock.advance(hours=1)
    (back,) = answer(district, [township], stick)

    # The officer reads the answer.
    office = window_for(township)
    monkeypatch.setattr(office.shell, "ask", lambda *_args, **_kwargs: True)
    keys = ("desk", "tallies", "report")
    office.window.take_screens([spec for spec in SCREENS if spec.key in keys and "township" in spec.tiers])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.window.show()
    office.shell.go("report", part="superior")
    settled(office)
    report = office.window.findChild(ReportPage)
    assert isinstance(report, ReportPage)
    report.superior.reading.start([back.path])
    settled(office)
    assert [file.counted for file in report.superior.results.files] == [True]
    assert "请核对社工人数" in report.superior.status.line("退回").sentence

    # The desk has it first; its button leads to the sheet.
    office.shell.go("desk")
    settled(office)
    desk_page = office.window.findChild(DeskPage)
    assert isinstance(desk_page, DeskPage)
    assert desk_page.board is not None
    desk_page.board.returned.findChildren(QPushButton)[0].click()
    settled(office)
    tallies = office.window.findChild(TalliesPage)
    assert isinstance(tallies, TalliesPage)
    assert "请核对社工人数" in tallies.returned.said.text()
    assert tallies.pane.place == (own, "M02")
    assert not tallies.findings.is_folded

    # The remark leads to its cell, and is said beside it; the figure is typed over.
    row = tallies.findings.rows[0]
    assert (row.level, row.sentence) == ("退回", REMARK)
    assert row.place == (own, "M02")
    assert REMARK in tallies.panel.returned
    view = tallies.pane.view
    QTest.keyClicks(view, "7")
    editor = view.indexWidget(view.currentIndex())
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_Return)
    settled(office)

    # The correction goes out as revision 2 with the reason, encrypted; the remark is gone.
    clock.advance(hours=1)
    office.shell.go("report", part="month")
    settled(office)
    assert report.part == MONTH_PART
    report.send.choose(stick)
    report.send.button.click()
    settled(office)
    assert [(each.number, each.revision, each.reason) for each in sent_packages(township.store) if each.period] == [
        (2, 2, "请核对社工人数"),
        (1, 1, ""),
    ]
    assert not any(line.title == "退回" for line in report.superior.status.lines)
    office.shell.go("tallies")
    settled(office)
    assert not tallies.returned.isVisibleTo(tallies)
    assert tallies.panel.returned == ""

    # The district sees the one cell that changed before it replaces anything.
    newest = max(stick.glob("*2026-10-2*.jdpkg"))
    (again,) = receive(district, newest)
    assert (again.verdict, again.counted) == (Verdict.REVISION, False)
    differences = revision_differences(district.store, district.paths, str(again.received_id))
    assert [(cell.item, cell.before, cell.after) for cell in differences.cells] == [("M02", "1", "7")]
