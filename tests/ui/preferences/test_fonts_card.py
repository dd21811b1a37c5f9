"""Fonts of papers in the settings: chosen for this PC, used by the next paper, and told where they are gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from tests.reports.typesetting.test_fonts import renamed
from tests.ui.conftest import WindowForPages

from jindu_desk.app.desk import Desk
from jindu_desk.paths import FolderPaths
from jindu_desk.reports.typesetting import font_files
from jindu_desk.reports.typesetting.drawing import About, draw
from jindu_desk.reports.typesetting.fonts import Role
from jindu_desk.reports.typesetting.grid import Sheet
from jindu_desk.reports.typesetting.paper_fonts import paper_fonts, preference_of
from jindu_desk.settings.preferences import Preferences, write_preferences
from jindu_desk.ui.paper import finished
from jindu_desk.ui.preferences.page import PreferencesPage


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A PC that has one Chinese font of its own, made for no role."""
    folder = tmp_path / "installed"
    folder.mkdir()
    renamed("测试体").save(folder / "test.ttf")
    monkeypatch.setattr(font_files, "font_folders", lambda: (folder,))
    for module in ("fonts", "paper_fonts"):
        monkeypatch.setattr(f"jindu_desk.reports.typesetting.{module}.font_folders", lambda: (folder,))


def test_a_chosen_font_is_used_by_the_next_paper(
    installed: None, look: QApplication, office: WindowForPages, tmp_path: Path
) -> None:
    page = office.show(PreferencesPage)
    office.settle()
    box = page.fonts.roles[Role.KAI].editor
    assert [box.itemData(at) for at in range(box.count())] == ["", "bundled", "测试体"]
    assert box.itemText(0) == "自动（Jindu Kai）"
    box.setCurrentIndex(2)
    box.activated.emit(2)
    office.settle()
    assert office.said == "楷体的字体已改，下次排版时使用"
    fonts = paper_fonts(FolderPaths(tmp_path))  # where the window of these tests remembers
    assert (fonts.face(Role.KAI).file.family, fonts.face(Role.BODY).file.bundled) == ("测试体", True)


def test_a_font_that_is_gone_gives_way_and_says_so(
    installed: None, look: QApplication, office: WindowForPages, desk: Desk
) -> None:
    gone = Preferences().with_layout(preference_of(Role.BODY), "无此字体")
    write_preferences(desk.paths.preferences, gone)
    fonts = paper_fonts(desk.paths)
    paper = finished(draw([Sheet()], fonts, About("测试", "", ""), frozenset({Role.BODY})), "测试.pdf")
    assert paper.fonts == "字体：Jindu Serif　选定的仿宋“无此字体”这台电脑上没有或不能用，已改用“Jindu Serif”"
    page = office.show(PreferencesPage)
    page._shell.keep_layout(preference_of(Role.BODY), "无此字体")
    page.refresh()
    office.settle()
    field = page.fonts.roles[Role.BODY]
    assert field.editor.currentData() == "无此字体"
    assert "“无此字体”这台电脑上没有，已改用“Jindu Serif”。" in {label.text() for label in field.findChildren(QLabel)}
