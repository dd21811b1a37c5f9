"""上报: the checklist leads on, one button writes, the card says what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from tests.operations.exchange.months import make_ready, vault_of
from tests.ui.conftest import WindowForPages

from jindu_desk.domain.months import Month
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.settings.keys import KeyVault
from jindu_desk.ui.frame.window_shell import WindowShell
from jindu_desk.ui.report.page import ReportPage
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


@pytest.fixture
def open_vault(desk: Desk) -> KeyVault:
    """The desk's vault without keyring and passphrase."""
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    desk.__dict__["vault"] = vault
    return vault


def shown(office: WindowForPages) -> ReportPage:
    office.window.take_screens([spec for spec in SCREENS if spec.key == "report"])
    office.window.show_pages()
    office.window.show()
    WindowShell.go(office.shell, "report")
    office.settle()
    page = office.window.findChild(ReportPage)
    assert isinstance(page, ReportPage)
    return page


def agree(office: WindowForPages, monkeypatch: pytest.MonkeyPatch, *, answer: bool = True) -> list[str]:
    asked: list[str] = []

    def ask(question: str, _verb: str, *, danger: bool = False) -> bool:
        asked.append(question)
        return answer

    monkeypatch.setattr(office.shell, "ask", ask)
    return asked


@pytest.mark.usefixtures("open_vault")
def test_unmet_lines_lead_to_their_place(office: WindowForPages, monkeypatch: pytest.MonkeyPatch) -> None:
    went: list[str] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **where: went.append(key))
    page = shown(office)
    assert page.checklist.said.startswith("还差")
    village_line = next(row for row in page.checklist.findChildren(QLabel) if "没有填完" in row.text()).text()
    assert village_line.startswith("15 个村（社区）还没有填完：")
    assert village_line.endswith(f" 等 15 个，{office.shell.desk.unit.unit.name}队伍。")
    page.checklist.button_of("月协调例会").click()
    page.checklist.button_of("台账已填齐").click()
    page.checklist.button_of("经费").click()
    assert went == ["meetings", "tallies", "expenses"]
    assert not page.send.button.isEnabled()
    assert page.send.button.toolTip()


@pytest.mark.usefixtures("open_vault")
def test_key_is_made_from_its_line(office: WindowForPages, desk: Desk) -> None:
    page = shown(office)
    assert page.key.isHidden()
    page.checklist.button_of("签名密钥").click()
    office.settle()
    office.settle()
    key = own_signer(desk.store)
    assert key is not None
    assert not page.key.isHidden()
    assert "指纹" in office.said


@pytest.mark.usefixtures("open_vault")
def test_button_asks_writes_and_says_the_stick_may_go(
    office: WindowForPages, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(desk, OCTOBER)
    vault_of(desk)
    asked = agree(office, monkeypatch)
    monkeypatch.setattr("jindu_desk.ui.report.month_view.on_removable", lambda path: path.parent == stick)
    page = shown(office)
    assert page.checklist.said == "可以上报"
    page.send.choose(stick)
    page.send.button.click()
    office.settle()
    office.settle()
    assert "没有加密" in asked[0]
    assert "2026年10月即锁定" in asked[0]
    assert [path.suffix for path in stick.iterdir()] == [".jdpkg"]
    assert page.package.number == "第 1 号"
    assert page.package.says_removable
    assert "锁定" in page.package.why
    assert page.checklist.isHidden()
    assert office.shell.layout("report.folder") == str(stick)


@pytest.mark.usefixtures("open_vault")
def test_in_a_folder_of_this_pc_no_stick_may_go(
    office: WindowForPages, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(desk, OCTOBER)
    vault_of(desk)
    agree(office, monkeypatch)
    page = shown(office)
    page.send.choose(stick)
    page.send.button.click()
    office.settle()
    office.settle()
    assert page.package.says_written
    assert not page.package.says_removable


@pytest.mark.usefixtures("open_vault")
def test_declining_writes_nothing(
    office: WindowForPages, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(desk, OCTOBER)
    vault_of(desk)
    agree(office, monkeypatch, answer=False)
    page = shown(office)
    page.send.choose(stick)
    page.send.button.click()
    office.settle()
    assert list(stick.iterdir()) == []
    assert sent_packages(desk.store) == ()


@pytest.mark.usefixtures("open_vault")
def test_stick_that_is_gone_is_told_and_the_button_works_again(
    office: WindowForPages, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(desk, OCTOBER)
    vault_of(desk)
    agree(office, monkeypatch)
    page = shown(office)
    page.send.choose(stick)
    stick.rmdir()
    page.send.button.click()
    office.settle()
    office.settle()
    assert "U盘" in office.said
    assert page.send.button.isEnabled()
    assert sent_packages(desk.store) == ()


@pytest.mark.usefixtures("open_vault")
def test_reopening_takes_a_reason_and_offers_the_next_revision(
    office: WindowForPages, desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_ready(desk, OCTOBER)
    vault_of(desk)
    asked = agree(office, monkeypatch)
    page = shown(office)
    page.send.choose(stick)
    page.send.button.click()
    office.settle()
    office.settle()
    page.package.reopen.click()
    press(page, "重新打开")
    office.settle()
    form = page.panel.content
    assert form is not None
    assert "理由" in form.sentence  # type: ignore[attr-defined]
    form.reason.editor.setPlainText("漏填一项")  # type: ignore[attr-defined]
    press(page, "重新打开")
    office.settle()
    office.settle()
    assert page.panel.content is None
    assert not page.checklist.isHidden()
    assert page.send.says_nothing_new
    page.send.button.click()
    assert "没有任何改动" in asked[-1]
    assert "没有任何改动" not in asked[0]
    office.settle()
    office.settle()
    assert [(row.number, row.revision, row.reason) for row in sent_packages(desk.store)] == [
        (2, 2, "漏填一项"),
        (1, 1, ""),
    ]


def press(page: ReportPage, label: str) -> None:
    button: QPushButton = page.panel.button(label)
    assert button.isEnabled()
    button.click()
