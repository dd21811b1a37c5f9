"""密钥: enrolled after comparing, revoked with a reason, handed to others; this desk's own changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QPushButton
from tests.operations.exchange.months import enrol, vault_of
from tests.ui.conftest import WindowForPages
from tests.ui.direct.desks import form_in, open_row, page_of, settled, texts, with_vault
from tests.ui.test_accessible_names import nameless

from jindu_desk.queries.exchange.key_list import keys_on_record
from jindu_desk.queries.exchange.keys import key_line, own_signer
from jindu_desk.ui.direct.key_panels import KeyDetails
from jindu_desk.ui.direct.page import DirectPage
from jindu_desk.ui.enrol_form import EnrolForm
from jindu_desk.ui.reason_form import ReasonForm

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    return with_vault(make_desk("district", "320411000000"))


@pytest.fixture
def office(district: Desk, window_for: Callable[[Desk], WindowForPages]) -> WindowForPages:
    return window_for(district)


@pytest.fixture
def page(office: WindowForPages) -> DirectPage:
    return page_of(office, "密钥")


def test_a_key_is_read_from_a_file_compared_and_enrolled(
    page: DirectPage, office: WindowForPages, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault_of(desk)
    key = own_signer(desk.store)
    assert key is not None
    file = tmp_path / "薛家镇-公钥.txt"
    file.write_text(key_line(key), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    page.button("登记密钥…").click()
    form = form_in(page, EnrolForm)
    next(button for button in form.findChildren(QPushButton) if button.text() == "从文件读取公钥…").click()
    settled(office)
    assert form.unit.text() == "薛家镇"
    form.compared.editor.setText("AAAA")
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert "指纹与这把密钥不一致" in office.said
    form.compared.editor.setText(" ".join(key.groups))
    page.panel.button("指纹一致，登记").click()
    settled(office)
    assert texts(page.keys.view, 0) == ["新北区（本机）", "薛家镇"]
    assert texts(page.keys.view, 3) == ["本机生成", "2026-10-28 核对指纹"]


def test_a_key_is_revoked_with_a_reason(page: DirectPage, office: WindowForPages, district: Desk, desk: Desk) -> None:
    enrol(district, desk)
    page.refresh()
    settled(office)
    open_row(page.keys.view, 0, "薛家镇")
    page.panel.button("作废…").click()
    form = form_in(page, ReasonForm)
    page.panel.button("作废").click()
    assert form.reason.error == "请写明理由。"
    form.reason.editor.setPlainText("电脑遗失")
    page.panel.button("作废").click()
    settled(office)
    assert texts(page.keys.view, 1) == ["在用", "已作废"]
    assert keys_on_record(district.store)[1].revoked_reason == "电脑遗失"
    open_row(page.keys.view, 0, "薛家镇")
    assert isinstance(page.panel.content, KeyDetails)
    with pytest.raises(KeyError):
        page.panel.button("作废…")
    assert list(nameless(page)) == []


def test_the_roster_is_exported_with_the_revoked_keys(
    page: DirectPage, office: WindowForPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "allowed_signers"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    page.button("导出签名名册…").click()
    settled(office)
    assert "ssh-ed25519" in target.read_text()
    assert target.with_name("allowed_signers.revoked").exists()


def test_the_own_key_is_changed_through_a_directive(
    page: DirectPage, office: WindowForPages, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.shell, "ask", lambda *_a, **_k: True)
    page.key_work.begin_change()
    settled(office)
    assert sorted(texts(page.keys.view, 1)) == ["在用", "等着接替"]
    page.directive.bar.place.choose(tmp_path)
    page.directive.bar.button.click()
    settled(office)
    open_row(page.keys.view, 1, "等着接替")
    page.panel.button("启用新密钥…").click()
    settled(office)
    assert sorted(texts(page.keys.view, 1)) == ["在用", "已换下"]


def test_the_own_fingerprint_is_printed(page: DirectPage, office: WindowForPages, district: Desk) -> None:
    open_row(page.keys.view, 1, "在用")
    page.panel.button("登记表").click()
    settled(office)
    key = own_signer(district.store)
    assert key is not None
    drawn = " ".join(label.accessibleDescription() for label in page.papers.preview.findChildren(QLabel))
    assert key.groups[0] in drawn


def test_lost_keys_are_made_anew(page: DirectPage, office: WindowForPages, district: Desk) -> None:
    before = own_signer(district.store)
    page.key_work.start_replacing_lost()
    form = form_in(page, ReasonForm)
    form.reason.editor.setPlainText("更换电脑")
    page.panel.button("作废并重新生成").click()
    settled(office)
    assert sorted(texts(page.keys.view, 1)) == ["在用", "已作废"]
    now = own_signer(district.store)
    assert before is not None
    assert now is not None
    assert now.fingerprint != before.fingerprint
