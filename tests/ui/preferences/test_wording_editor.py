"""The papers' wording: typed with the papers beside it, refused at its field, kept as a whole or as unfinished."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPlainTextEdit

from jindu_desk.queries.settings import draft, settings
from jindu_desk.reports.paper_wording import key_of
from jindu_desk.ui.preferences.page import PreferencesPage
from jindu_desk.ui.preferences.rows import WORDING_DRAFT

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk


@pytest.fixture
def page(look: QApplication, office: WindowForPages) -> PreferencesPage:
    page = office.show(PreferencesPage)
    office.window.show()
    page.edit_wording()
    return page


def write(page: PreferencesPage, name: str, text: str) -> None:
    editor = page.wording.form.fields[name].editor
    if isinstance(editor, QComboBox):
        editor.setCurrentIndex(editor.findData(text))
    elif isinstance(editor, QPlainTextEdit):
        editor.setPlainText(text)
    elif isinstance(editor, QLineEdit):
        editor.setText(text)


def said(pages: list[QLabel]) -> list[str]:
    return [page.accessibleDescription().replace("\r\n", "") for page in pages]


def test_the_papers_follow_what_is_typed_and_the_newest_wins(page: PreferencesPage, qtbot: QtBot) -> None:
    pages = page.wording.preview.pages
    qtbot.waitUntil(lambda: "薛家镇禁毒工作协调例会纪要" in said(pages)[0], timeout=20_000)
    assert "第10期" not in said(pages)[0]
    write(page, "mark", "过去的红头")
    page.wording.preview._draw()
    for name, text in (
        ("mark", "测试纪要"),
        ("head", "number"),
        ("copies_to", "测试局\n测试委"),
        ("signatures", "测试岗位"),
    ):
        write(page, name, text)
    seen: list[str] = []

    def there() -> bool:
        seen.append(said(pages)[0])
        return "测试纪要" in seen[-1]

    qtbot.waitUntil(there, timeout=20_000)
    first, last, table = said(pages)
    assert "第10期" in first
    assert "抄送：测试局，测试委。" in last
    assert "测试岗位" in table
    assert not any("过去的红头" in text for text in seen)
    assert pages[0].width() <= page.wording.preview.width()


def test_what_is_set_is_saved_at_once_and_a_field_goes_back_to_the_usual(
    page: PreferencesPage, office: WindowForPages, desk: Desk
) -> None:
    fields = page.wording.form.fields
    mark, style = fields["mark"], fields["number_style"]
    assert isinstance(mark.editor, QLineEdit)
    assert mark.editor.placeholderText() == "薛家镇禁毒工作协调例会纪要"
    assert not mark.back.isVisible()
    write(page, "mark", "测试纪要")
    write(page, "number_style", "year")
    write(page, "signatures", "制表\n\n分管领导")
    page.button("保存用语").click()
    office.settle()
    kept = settings(desk.store)
    assert [kept.get(key_of(name)) for name in ("mark", "number_style", "signatures", "office")] == [
        "测试纪要",
        "year",
        "制表\n分管领导",
        None,
    ]
    assert not page.button("保存用语").isEnabled()
    assert page.papers.told["mark"].text() == "测试纪要"
    mark.back.click()
    style.back.click()
    page.wording.save()
    office.settle()
    assert {key_of("mark"), key_of("number_style")} & set(settings(desk.store)) == set()
    assert page.papers.told["mark"].text() == "薛家镇禁毒工作协调例会纪要"


def test_a_number_is_refused_where_it_stands_and_nothing_is_saved(
    page: PreferencesPage, office: WindowForPages, desk: Desk
) -> None:
    write(page, "office", "测试禁毒办")
    write(page, "opening", "联系13800138000")
    assert "手机号" in page.wording.form.fields["opening"].error
    page.wording.save()
    office.settle()
    assert key_of("office") not in settings(desk.store)
    assert page.wording.form.fields["opening"].editor.hasFocus()


def test_what_is_left_unfinished_is_there_again_until_it_is_given_up(
    page: PreferencesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(page, "office", "写到一半")
    page.refresh()
    page.leave_wording()
    office.settle()
    assert draft(desk.store, WORDING_DRAFT) is not None
    again = office.show(PreferencesPage)
    again.edit_wording()
    assert again.wording.form.typed() == {"office": "写到一半"}
    monkeypatch.setattr(office.shell, "ask", lambda *_args, **_more: True)
    again.wording.give_up()
    office.settle()
    assert again.wording.form.typed() == {}
    assert draft(desk.store, WORDING_DRAFT) is None


def test_scrolling_the_form_changes_no_choice(page: PreferencesPage) -> None:
    box = page.wording.form.fields["head"].editor
    assert isinstance(box, QComboBox)
    nothing = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        nothing,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentIndex() == 0
