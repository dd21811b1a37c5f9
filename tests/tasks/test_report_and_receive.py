"""October goes up: reported on the stick, compared, read in, corrected, and read in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from tests.operations.exchange.months import make_ready
from tests.ui.conftest import WindowForPages

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.months import Month
from jindu_desk.errors.units import MonthLocked
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.queries.totals import totals
from jindu_desk.settings.keys import KeyVault
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.receive.package_panel import PackagePanel
from jindu_desk.ui.receive.page import ReceivePage
from jindu_desk.ui.report.page import ReportPage
from jindu_desk.ui.report.reopen_form import ReopenForm
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)
P = TypeVar("P", bound=QWidget)


def page_of(office: WindowForPages, key: str, tier: str, kind: type[P]) -> P:
    office.window.take_screens([spec for spec in SCREENS if spec.key == key and tier in spec.tiers])
    office.window.show_pages()
    office.window.show()
    office.shell.go(key)
    office.settle()
    page = office.window.findChild(kind)
    assert isinstance(page, kind)
    return page


def settled(office: WindowForPages) -> None:
    for _ in range(4):
        office.settle()


def volunteers(district: Desk) -> int | None:
    """M03 of the whole district in October."""
    return totals(district.store, district.unit.unit.id, OCTOBER).total.month.get("M03")


def test_a_month_goes_up_is_compared_read_in_and_corrected(
    make_desk: Callable[[str, str], Desk],
    window_for: Callable[[Desk], WindowForPages],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    township.__dict__["vault"] = KeyVault(township.paths.keys, township.unit.folder_id, demo=True)
    stick = tmp_path / "stick"
    stick.mkdir()
    make_ready(township, OCTOBER)

    # The officer makes the key, and writes the month onto the stick.
    office = window_for(township)
    monkeypatch.setattr(office.shell, "ask", lambda *_args, **_kwargs: True)
    report = page_of(office, "report", "township", ReportPage)
    report.checklist.button_of("签名密钥").click()
    settled(office)
    report.send.choose(stick)
    report.send.button.click()
    settled(office)
    assert report.package.says_written
    own = township.unit.unit.id
    with pytest.raises(MonthLocked):
        set_cells(township.store, own, OCTOBER, [CellEdit(own, "M03", 7)])

    # The district reads the stick, does not know the key, compares it by phone, and has the month.
    desk = window_for(district)
    receive = page_of(desk, "receive", "district", ReceivePage)
    receive.read([stick])
    settled(desk)
    assert [row.verdict for row in receive.lists.files.rows] == [Verdict.UNTRUSTED]
    receive.lists.files_view.selectRow(0)
    panel = receive.panel.content
    assert isinstance(panel, PackagePanel)
    panel.button("核对并登记密钥…").click()
    form = receive.panel.content
    assert isinstance(form, EnrolForm)
    key = own_signer(township.store)
    assert key is not None
    form.keeper.editor.setText(key.keeper)
    form.compared.editor.setText(" ".join(key.groups))
    receive.panel.button("指纹一致，登记").click()
    settled(desk)
    assert [row.verdict for row in receive.lists.files.rows] == [Verdict.NEW]
    assert volunteers(district) == 1

    # The officer opens the month again, corrects it, and reports again.
    report.package.reopen.click()
    reason = report.panel.content
    assert isinstance(reason, ReopenForm)
    reason.reason.editor.setPlainText("志愿者人数填错")
    report.panel.button("重新打开").click()
    settled(office)
    set_cells(township.store, own, OCTOBER, [CellEdit(own, "M03", 7)])
    report.refresh()
    settled(office)
    report.send.button.click()
    settled(office)
    assert len(list(stick.glob("*.jdpkg"))) == 2

    # The district sees what would change before it lets it.
    receive.read([stick])
    settled(desk)
    assert [row.verdict for row in receive.lists.files.rows] == [Verdict.SAME, Verdict.REVISION]
    assert volunteers(district) == 1
    receive.lists.files_view.selectRow(1)
    desk.settle()
    differing = receive.panel.content
    assert isinstance(differing, PackagePanel)
    differing.button("查看差异并确认…").click()
    settled(desk)
    receive.comparison.button("采用更正").click()
    settled(desk)
    assert volunteers(district) == 7
