"""The panel beside a page, and the list of files in it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.errors.entry import TextMissing
from jindu_desk.errors.expenses import NoExpense
from jindu_desk.queries.attachments import AttachmentRow
from jindu_desk.ui.attachment_list import AttachmentList, size_text
from jindu_desk.ui.date_field import DateField
from jindu_desk.ui.fields import line_edit
from jindu_desk.ui.page_action import Action
from jindu_desk.ui.side_panel import PanelForm, SidePanel

ROW = AttachmentRow("a", "e", "发票.pdf", "0" * 64, 2048, datetime(2026, 10, 28, 9, 30))


@pytest.fixture
def page(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


@pytest.fixture
def panel(page: QWidget) -> SidePanel:
    """The panel on a small page."""
    made = SidePanel()
    QHBoxLayout(page).addWidget(made)
    return made


def form_of(*names: str) -> PanelForm:
    form = PanelForm("登记", columns=1)
    for name in names:
        form.add(name, name, line_edit())
    return form


def test_a_refusal_goes_to_its_field_or_to_the_top(panel: SidePanel) -> None:
    form = form_of("summary", "payee")
    panel.show_content(form)
    form.show_failure(TextMissing(field="payee"))
    form.show_failure(NoExpense())

    assert form._named["payee"].error.startswith("“收款单位”还没有填写")
    assert form.sentence == str(NoExpense())
    form.clear_failures()
    assert (form.sentence, form._named["payee"].error) == ("", "")


def test_typing_a_date_takes_its_error_away(panel: SidePanel) -> None:
    form = PanelForm("登记")
    field = form.add("on", "日期", DateField())
    panel.show_content(form)
    field.show_error("不是日期")
    QTest.keyClicks(field.editor.line, "1")
    assert field.error == ""


def test_escape_closes_and_says_so_before(panel: SidePanel) -> None:
    form = form_of("summary")
    panel.show_content(form)
    told: list[str] = []
    panel.leaving.connect(lambda: told.append(f"leaving {panel.content is form}"))
    panel.closed.connect(lambda: told.append(f"closed {panel.content is None}"))
    QTest.keyClick(panel, Qt.Key.Key_Escape)

    assert told == ["leaving True", "closed True"]
    assert not panel.isVisible()
    panel.close_content()  # nothing more happens
    assert len(told) == 2


def test_buttons_wait_while_work_is_under_way(panel: SidePanel) -> None:
    form = form_of("summary")
    form.actions_shown = (
        Action("保存", lambda: None, role="primary"),
        Action("撤回", lambda: None, condition=lambda: "还没有登记"),
    )
    panel.show_content(form)
    panel.set_busy(True)
    assert not panel.button("保存").isEnabled()
    panel.set_busy(False)
    assert panel.button("保存").isEnabled()
    assert not panel.button("撤回").isEnabled()
    with pytest.raises(KeyError):
        panel.button("没有")


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
def test_the_field_with_the_keyboard_is_in_view(panel: SidePanel, page: QWidget) -> None:
    form = form_of(*(f"field{number}" for number in range(12)))
    page.show()
    panel.show_content(form)
    last = form._named["field11"].editor
    QTest.qWaitForWindowActive(page)
    last.setFocus()

    assert panel.rect().contains(last.mapTo(panel, QPoint(0, last.height())))


def test_files_are_listed_chosen_and_dropped(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = AttachmentList()
    qtbot.addWidget(files)
    buttons = {button.text(): button for button in files.findChildren(QAbstractButton)}
    assert not buttons["打开"].isEnabled()
    files.show_rows([ROW])
    assert files.names == ("发票.pdf",)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(tmp_path / "x.pdf")], ""))
    with qtbot.waitSignal(files.added) as added:
        buttons["添加附件"].click()
    assert added.args == [[tmp_path / "x.pdf"]]
    with qtbot.waitSignal(files.opened) as opened:
        buttons["打开"].click()
    assert opened.args == [ROW]


@pytest.mark.parametrize(("url", "taken"), [("file:///tmp/x.pdf", True), ("https://example.org/x.pdf", False)])
def test_only_files_of_this_pc_may_be_dropped(qtbot: QtBot, url: str, taken: bool) -> None:
    files = AttachmentList()
    qtbot.addWidget(files)
    data = QMimeData()
    data.setUrls([QUrl(url)])
    event = QDropEvent(
        QPointF(3, 3), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    dropped: list[list[Path]] = []
    files.added.connect(dropped.append)
    files.dropEvent(event)
    assert bool(dropped) is taken


def test_a_closed_list_says_why(qtbot: QtBot) -> None:
    files = AttachmentList(why_closed="这个月已上报并锁定，附件不能再改。")
    qtbot.addWidget(files)
    files.show_rows([ROW])
    buttons = {button.text(): button for button in files.findChildren(QAbstractButton)}
    assert [buttons[label].isEnabled() for label in ("添加附件", "打开", "移除")] == [False, True, False]


@pytest.mark.parametrize(("size", "text"), [(0, "1 KB"), (1536, "2 KB"), (5_400_000, "5.1 MB")])
def test_sizes_are_told_in_round_figures(size: int, text: str) -> None:
    assert size_text(size) == text
