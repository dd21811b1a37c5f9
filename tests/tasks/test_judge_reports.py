"""A district reads what two townships handed in, returns one month with a remark at a cell, and decides a fork.

Through the real window; what the township then sees is read from its own folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from sqlmodel import col, func, select
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, introduce, receive
from tests.operations.exchange.months import MONTH, make_ready, reported, vault_of
from tests.tasks.test_report_and_receive import page_of, settled
from tests.ui.conftest import WindowForPages

from jindu_desk.app.desk import Desk as OpenDesk
from jindu_desk.domain.answers import RemarkPlace
from jindu_desk.domain.exchange import Verdict
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.exchange.details import own_remarks
from jindu_desk.queries.exchange.history import package_history
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.overview import overview
from jindu_desk.queries.readiness import report_readiness
from jindu_desk.queries.totals import Arrival, totals
from jindu_desk.queries.units import units_below
from jindu_desk.store.tables import Audit
from jindu_desk.ui.desk.glances import glances
from jindu_desk.ui.receive.lists import UNITS
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.receive.return_form import ReturnForm
from jindu_desk.ui.receive.words import verdict_words

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    desk.__dict__["vault"] = vault_of(desk)
    return desk


def panel_of(page: ReceivePage, office: WindowForPages, row: int) -> PackagePanel:
    """By the keyboard: down to the row, whose panel then stands beside it."""
    view = page.lists.files_view
    view.setFocus()
    view.selectRow(row - 1 if row else 1)
    QTest.keyClick(view, Qt.Key.Key_Down if row else Qt.Key.Key_Up)
    settled(office)
    assert isinstance(page.panel.content, PackagePanel)
    return page.panel.content


def operations_since(desk: Desk, seq: int) -> list[str]:
    with desk.store.read() as session:
        rows = session.exec(select(Audit.operation).where(col(Audit.seq) > seq).order_by(col(Audit.seq)))
        return list(dict.fromkeys(rows))


def last_seq(desk: Desk) -> int:
    with desk.store.read() as session:
        return session.exec(select(func.max(Audit.seq))).one() or 0


def counted(desk: Desk) -> set[str]:
    """The townships whose October counts."""
    found = totals(desk.store, desk.unit.unit.id, MONTH)
    return {row.unit.name for row in found.units if row.arrival is Arrival.COUNTED}


def test_a_month_is_returned_with_a_remark_at_a_cell(
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
    district: Desk,
    stick: Path,
    tmp_path: Path,
    clock: Clock,
) -> None:
    xuejia, luoxi = make_desk("xuejia", "320411103000"), make_desk("luoxi", "320411104000")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for township in (xuejia, luoxi):
        introduce(district, township, stick)
    clock.advance(days=8)
    for township in (xuejia, luoxi):
        shutil.copy(reported(township, MONTH, stick).path, inbox)
    village = units_below(xuejia.store, xuejia.unit.unit.id, MONTH)[0]

    # The district reads the stick: both files are encrypted to it, and count.
    office = window_for(district)
    page = page_of(office, "receive", "district", ReceivePage)
    page.read([inbox])
    settled(office)
    rows = page.lists.files.rows
    assert [(row.verdict, row.counted) for row in rows] == [(Verdict.NEW, True)] * 2
    assert all(row.encrypted for row in received(district.store) if row.period)
    assert counted(district) == {"薛家镇", "罗溪镇"}

    # One is returned, with a remark at a cell that is found by typing.
    before = last_seq(district)
    at = [row.from_unit for row in rows].index("薛家镇")
    panel = panel_of(page, office, at)
    panel.button("退回…").click()
    settled(office)
    form = page.panel.content
    assert isinstance(form, ReturnForm)
    form.reason.editor.setPlainText("期末在册与派出所台账不符，请核对后更正。")
    QTest.keyClicks(form.finder.line.editor, f"{village.initials} a04.j")
    QTest.keyClick(form.finder.line.editor, Qt.Key.Key_Return)
    form.remark.editor.setText("漏填上月转入的两人")
    QTest.keyClick(form.remark.editor, Qt.Key.Key_Return)
    settled(office)
    page.panel.button("退回").click()
    settled(office)
    assert counted(district) == {"罗溪镇"}
    assert operations_since(district, before) == ["return_report"]
    assert verdict_words(page.lists.files.rows[at])[0] == "已退回"
    assert isinstance(page.panel.content, PackagePanel)
    assert page.panel.content.headline.words == "已退回，不计入汇总"
    # Every screen that tells of the month says so, and the day.
    page.lists.tabs.setCurrentIndex(UNITS)
    settled(office)
    of_month = [page.lists.streams.index(row, 2).data() for row in range(len(page.lists.streams.rows))]
    assert of_month.count("已退回，待更正") == 1
    on = clock().date()
    shown = overview(district.store, district.unit, MONTH)
    for glance in (glances(shown)[0], glances(shown)[2]):
        assert f"已退回，待更正 1 个：薛家镇（{on.month}月{on.day}日退回）。" in glance.sentence

    # The township reads the answer: its month is open, and the remark stands at the cell.
    clock.advance(hours=1)
    receive(xuejia, answer(district, [xuejia], stick)[0].path)
    ready = report_readiness(xuejia.store, MONTH)
    assert ready.lock is not None
    assert not ready.lock.closed
    whole, cell = own_remarks(xuejia.store, xuejia.unit.unit.id, MONTH)
    assert whole.reason == "期末在册与派出所台账不符，请核对后更正。"
    assert (cell.place, cell.unit_id, cell.item, cell.reason) == (
        RemarkPlace.CELL,
        village.id,
        "A04.J",
        "漏填上月转入的两人",
    )


def test_a_fork_is_decided_and_stays_to_be_read(
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
    district: Desk,
    stick: Path,
    tmp_path: Path,
    clock: Clock,
) -> None:
    township = make_desk("township", "320411103000")
    introduce(district, township, stick)
    clock.advance(days=8)
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()

    # The officer's old PC has a copy of the folder; both report October, each with its own figures.
    township.close(backup=False)
    shutil.copytree(tmp_path / "township", tmp_path / "old")
    for name, folder, social_workers in (("township", first, None), ("old", second, 7)):
        pc = OpenDesk.open(tmp_path / name, clock=clock)
        try:
            if social_workers is None:
                reported(pc, MONTH, folder)
            else:
                fill_otherwise(pc, folder, social_workers)
        finally:
            pc.close(backup=False)

    office = window_for(district)
    page = page_of(office, "receive", "district", ReceivePage)
    page.read([first, second])
    settled(office)
    assert [row.verdict for row in page.lists.files.rows] == [Verdict.NEW, Verdict.FORK]
    assert social(district) == 1

    # Both stand side by side; without a reason nothing is decided.
    panel_of(page, office, 1).button("比较两份并认定…").click()
    settled(office)
    pair = page.comparison.pair
    assert pair is not None
    assert [(cell.item, cell.before, cell.after) for cell in pair.found.cells] == [("M02", "1", "7")]
    page.comparison.button("采用第二份").click()
    settled(office)
    assert page.comparison.reason.error
    assert social(district) == 1
    before = last_seq(district)
    QTest.keyClicks(page.comparison.reason.editor, "asked on the phone: the old PC is right")
    page.comparison.button("采用第二份").click()
    settled(office)
    assert social(district) == 7
    assert operations_since(district, before) == ["decide_fork"]

    # Who decided what stands in the audit chain and on both panels.
    for row, step in ((0, "认定采用同号的另一份"), (1, "认定采用这一份")):
        panel = panel_of(page, office, row)
        assert panel.details is not None
        steps = package_history(district.store, panel.details.row.id)
        assert steps[-1].by == "测试丙"
        assert steps[-1].reason == "asked on the phone: the old PC is right"
        assert any(step in label for label in labels(panel))


def fill_otherwise(pc: Desk, folder: Path, social_workers: int) -> None:
    make_ready(pc, MONTH)
    own = pc.unit.unit.id
    set_cells(pc.store, own, MONTH, [CellEdit(own, "M02", social_workers)])
    report_month(pc.store, vault_of(pc), pc.paths, MONTH, folder)


def labels(panel: PackagePanel) -> list[str]:
    return [label.text() for label in panel.findChildren(QLabel)]


def social(district: Desk) -> int | None:
    """M02 of the whole district in October."""
    return totals(district.store, district.unit.unit.id, MONTH).total.month.get("M02")
