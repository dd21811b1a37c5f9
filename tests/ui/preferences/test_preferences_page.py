"""The page of settings: look, wording, key, backups and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from tests.operations.exchange.months import vault_of

from jindu_desk.operations.units import change_keeper
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.queries.units import own_unit
from jindu_desk.settings.preferences import read_preferences
from jindu_desk.ui.preferences.page import PreferencesPage
from jindu_desk.ui.theme.tokens import DARK, tokens_of

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk


@pytest.fixture
def page(look: QApplication, office: WindowForPages) -> PreferencesPage:
    return office.show(PreferencesPage)


def test_look_changes_at_once_and_is_remembered(page: PreferencesPage, qapp: QApplication, tmp_path: Path) -> None:
    box = page.look.theme.editor
    box.setCurrentIndex(box.findData("dark"))
    page.look.large.setChecked(True)
    assert tokens_of(qapp.palette()) is DARK
    kept = read_preferences(tmp_path / "preferences.json")
    assert (kept.theme, kept.large_text) == ("dark", True)


def test_the_keeper_is_kept_and_never_a_number(page: PreferencesPage, office: WindowForPages, desk: Desk) -> None:
    for wrong in ("  ", "测试13800138000"):
        page.keeper.keeper.editor.setText(wrong)
        page.keeper.save()
        assert page.keeper.keeper.error
    page.keeper.keeper.editor.setText("写到一半")
    page.refresh()
    office.settle()
    assert page.keeper.keeper.text() == "写到一半"
    page.keeper.keeper.editor.setText("测试戊")
    page.keeper.save()
    office.settle()
    own = own_unit(desk.store)
    assert own is not None
    assert own.keeper == desk.unit.keeper == "测试戊"
    assert office.said == "使用人已保存"


def test_key_is_made_here_and_its_fingerprint_shown_in_groups(
    page: PreferencesPage, office: WindowForPages, desk: Desk
) -> None:
    assert page.key.fingerprint.isHidden()
    desk.__dict__["vault"] = vault_without_record(desk)
    page.key.make()
    office.settle()
    page.refresh()
    office.settle()
    key = own_signer(desk.store)
    assert key is not None
    assert page.key.fingerprint.text().replace("\n", " ").split(" ") == list(key.groups)
    page.key._copy_line()
    assert key.public_key.split()[1] in QGuiApplication.clipboard().text()


def vault_without_record(desk: Desk) -> object:
    """A vault that needs no keyring, before any key was made."""
    from jindu_desk.settings.keys import KeyVault

    return KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)


def test_backup_now_and_back_to_it(
    page: PreferencesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault_of(desk)
    page.backups.back_up()
    office.settle()
    page.refresh()
    office.settle()
    (line,) = page.backups.rows.rows
    assert line.reason == "手动"
    change_keeper(desk.store, "测试戊")
    answers = iter([False, True])
    monkeypatch.setattr(office.shell, "ask", lambda *_args, **_more: next(answers))
    reopened: list[bool] = []
    monkeypatch.setattr(office.shell, "reopen", lambda _folder=None: reopened.append(True))
    page.backups.restore(line.path, "测试")
    office.settle()
    desk.reload()
    assert desk.unit.keeper == "测试戊"
    page.backups.restore(line.path, "测试")
    office.settle()
    assert desk.unit.keeper == "测试丙"
    assert reopened == [True]


def test_a_torn_backup_is_refused_with_its_sentence(
    page: PreferencesPage, office: WindowForPages, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torn = tmp_path / "torn.db"
    torn.write_bytes(b"SQLite format 3\x00" + b"x" * 500)
    monkeypatch.setattr(office.shell, "ask", lambda *_args, **_more: True)
    page.backups.restore(torn, "测试")
    office.settle()
    assert "没有通过检查" in office.said
    assert desk.unit.keeper == "测试丙"
