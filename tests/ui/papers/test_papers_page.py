"""文书: the list, the paper beside it, what is missing said in its place, all of a month at once."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.operations.meeting_forms import OCTOBER, SEPTEMBER, signed
from tests.ui.conftest import WindowForPages

from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.months import Month
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.settings import change_settings
from jindu_desk.queries.settings import settings
from jindu_desk.ui.papers.page import PapersPage

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def page(office: WindowForPages, qtbot: QtBot) -> PapersPage:
    signed(office.shell.desk, OCTOBER)
    office.shell.choose_month(OCTOBER)
    page = office.show(PapersPage)
    office.window.show()
    shown(page, "minutes", qtbot, office)
    return page


def shown(page: PapersPage, key: str, qtbot: QtBot, office: WindowForPages) -> None:
    """Choose a paper and wait until it stands there, or what is missing."""
    page.open_at(paper=key)
    assert page.kind is not None
    name = page.kind.name
    qtbot.waitUntil(
        lambda: (
            bool(page.side.sentence) or (page.side.preview.paper is not None and name in page.side.preview.paper.name)
        ),
        timeout=20_000,
    )
    office.settle()


def test_the_chosen_paper_stands_beside_the_list_and_the_keyboard_stays_there(
    page: PapersPage, office: WindowForPages, qtbot: QtBot
) -> None:
    assert page.side.preview.paper is not None
    assert page.side.preview.paper.name == f"{office.shell.desk.unit.unit.name}2026年10月-会议纪要.pdf"
    assert page.side.preview.page_count == len(page.side.preview.paper.sizes) >= 1
    page.list.setFocus()
    before = page.side.preview.paper
    while page.kind is not None and page.kind.key != "volume":
        QTest.keyClick(page.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: page.side.preview.paper is not before, timeout=20_000)
    assert page.side.preview.paper.name.endswith("会议纪要合订本.pdf")  # nothing on the way was waited for
    assert QApplication.focusWidget() is page.list


def test_a_paper_without_content_says_what_is_missing(page: PapersPage, office: WindowForPages, qtbot: QtBot) -> None:
    office.shell.choose_month(Month(2026, 11))
    qtbot.waitUntil(lambda: bool(page.side.sentence), timeout=20_000)
    assert "2026年11月还没有例会记录" in page.side.sentence
    assert [each.text() for each in page.side.findChildren(QPushButton) if each.isVisible()] == ["打开“会议”"]
    assert office.said == ""
    office.shell.choose_month(OCTOBER)
    qtbot.waitUntil(lambda: not page.side.sentence, timeout=20_000)


def test_what_stays_in_the_office_can_be_left_out(page: PapersPage, office: WindowForPages) -> None:
    everything = page.model.rows
    page.inside.setChecked(False)
    assert page.model.rows == tuple(kind for kind in everything if not kind.inside)
    assert len(page.model.rows) < len(everything)
    assert office.shell.layout("papers.inside") == "no"
    page.open_at(paper="rates")
    assert page.inside.isChecked()
    assert page.kind is not None
    assert page.kind.key == "rates"


def test_all_papers_go_into_one_folder_and_into_one_pdf(
    page: PapersPage, office: WindowForPages, tmp_path: Path
) -> None:
    page.inside.setChecked(False)
    page.month_papers.ask_folder = lambda: str(tmp_path)
    page.month_papers.ask_file = lambda name: str(tmp_path / name.removesuffix(".pdf"))
    page.button("全部存入文件夹…").click()
    office.settle()
    assert "已存入" in office.said
    (folder,) = (path for path in tmp_path.iterdir() if path.name.endswith("材料"))
    assert any(path.name.endswith("-会议纪要.pdf") for path in folder.iterdir())
    assert not (folder / "内部留存").exists()
    page.month_papers.save_bundle()
    office.settle()
    assert [path.name for path in tmp_path.glob("*.pdf")] == [
        f"{office.shell.desk.unit.unit.name}2026年10月禁毒工作材料.pdf"
    ]


def test_a_table_is_exported_and_what_is_no_table_is_not(
    page: PapersPage, office: WindowForPages, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = office.shell.desk
    add_budget_line(desk.store, desk.unit.unit.id, BudgetLineDraft(2026, "publicity", FundSource.OWN, 1_000_000))
    assert not page.button("导出表格…").isEnabled()
    page.ask_target = lambda name: str(tmp_path / name)
    shown(page, "budget", qtbot, office)
    page.button("导出表格…").click()
    office.settle()
    (table,) = tmp_path.glob("*.xlsx")
    assert zipfile.is_zipfile(table)
    assert f"已导出到“{table}”" in office.said


def test_what_comes_in_word_is_saved_so_but_never_over_the_own_data(
    page: PapersPage, office: WindowForPages, qtbot: QtBot, tmp_path: Path
) -> None:
    paper, evidence = page.side.preview.paper, office.shell.desk.paths.attachments / "证据.docx"
    evidence.parent.mkdir(exist_ok=True)
    evidence.write_bytes(b"evidence")
    assert paper is not None
    assert paper.in_word is not None
    targets = iter((tmp_path / "纪要.docx", evidence))
    page.handing.ask_word_target = lambda _name: str(next(targets))
    for _ in range(2):
        (in_word,) = word_buttons(page)
        in_word.click()
        office.settle()
    assert (tmp_path / "纪要.docx").read_bytes() == paper.in_word()
    assert "属于数据文件夹" in office.said
    page.handing.ask_target = lambda _name: str(evidence.with_suffix(".pdf"))
    page.handing.save_paper(paper)
    office.settle()
    assert "属于数据文件夹" in office.said
    assert [(path.name, path.read_bytes()) for path in evidence.parent.iterdir()] == [("证据.docx", b"evidence")]
    shown(page, "agenda", qtbot, office)
    assert not word_buttons(page)


def word_buttons(page: PapersPage) -> list[QPushButton]:
    return [each for each in page.side.preview.findChildren(QPushButton) if each.text() == "另存为 Word"]


def test_the_bulletin_is_worded_by_the_unit(
    district: Desk, window_for: Callable[[Desk], WindowForPages], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = window_for(district)
    office.shell.choose_month(SEPTEMBER)
    page = office.show(PapersPage)
    office.window.show()
    shown(page, "bulletin", qtbot, office)
    assert page.side.preview.paper is not None
    before = page.side.preview.paper.content
    page.button("修改文字…").click()
    qtbot.waitUntil(lambda: page.side.is_editing, timeout=20_000)
    editor, proposed = page.side.editor, page.side.editor.field.text()
    assert proposed.startswith("编号：〔2026〕9号\n标题：")
    assert not page.list.isEnabled()
    editor.field.editor.appendPlainText("请联系测试甲，电话13900000000。")
    asked: list[str] = []
    monkeypatch.setattr(office.shell, "ask", lambda question, _verb, danger: asked.append(question))
    assert not page.may_leave()
    assert "手机" in editor.field.error
    assert editor.field.error in asked[0]
    monkeypatch.setattr(office.shell, "ask", lambda _question, verb, danger: verb == "放弃改动" and danger)
    assert page.may_leave()  # nobody is shut in with a text that may not be kept
    office.settle()
    assert "bulletin.2026-09" not in settings(district.store)
    page.button("修改文字…").click()
    qtbot.waitUntil(lambda: page.side.is_editing, timeout=20_000)
    assert editor.field.text() == proposed
    editor.field.editor.setPlainText("标题：测试标题\n正文测试。")
    editor.field.editor.document().setModified(True)
    assert editor.missing.text().startswith("还没有：编号、主送。")
    editor.save_button.click()
    assert page.list.isEnabled()
    qtbot.waitUntil(
        lambda: page.side.preview.paper is not None and page.side.preview.paper.content != before, timeout=20_000
    )
    assert settings(district.store)["bulletin.2026-09"] == "标题：测试标题\n正文测试。"
    page.button("修改文字…").click()
    qtbot.waitUntil(lambda: page.side.is_editing, timeout=20_000)
    editor.propose()
    assert editor.field.text() == proposed
    assert page.may_leave()  # what is proposed anyway is not kept, so that it follows the figures
    office.settle()
    assert "bulletin.2026-09" not in settings(district.store)


def test_an_edited_text_says_when_what_it_was_made_from_has_changed(
    district: Desk, window_for: Callable[[Desk], WindowForPages], qtbot: QtBot
) -> None:
    key, memory = "bulletin.2026-09", "bulletin.2026-09.proposed"
    change_settings(district.store, {key: "标题：测试标题\n正文测试。"})  # kept before the proposal was
    office = window_for(district)
    office.shell.choose_month(SEPTEMBER)
    page = office.show(PapersPage)
    office.window.show()
    shown(page, "bulletin", qtbot, office)
    assert page.side.stale.isHidden()
    assert "文字已修改" in page.purpose.text()
    row = next(at for at, kind in enumerate(page.model.rows) if kind.key == "bulletin")
    assert page.model.index(row, 2).data() == "已修改"
    change_settings(district.store, {memory: "2026-10-01\n编号：〔2026〕9号\n主送：测试单位"})
    page.refresh()
    qtbot.waitUntil(page.side.stale.isVisible, timeout=20_000)
    assert "按10月1日的数据改的，之后数据有变" in page.side.stale.said.text()
    page.side.stale.button.click()
    qtbot.waitUntil(lambda: page.side.is_editing, timeout=20_000)
    editor = page.side.editor
    told = editor.changes.toPlainText()
    assert "主送：测试单位" in told
    assert "标题：关于2026年9月" in told
    assert "编号" not in told  # what reads as it did is left out
    editor.field.editor.appendPlainText("补充一段。")
    assert page.may_leave()  # kept, and not compared yet
    office.settle()
    assert settings(district.store)[key].endswith("补充一段。")
    assert settings(district.store)[memory].endswith("主送：测试单位")
    page.side.stale.button.click()
    qtbot.waitUntil(lambda: page.side.is_editing, timeout=20_000)
    assert editor.save_button.text() == "保留我的文字（已核对）"
    editor.save_button.click()
    qtbot.waitUntil(lambda: page.side.stale.isHidden() and not page.side.is_editing, timeout=20_000)
    office.settle()
    assert settings(district.store)[key].endswith("补充一段。")
    assert "关于2026年9月" in settings(district.store)[memory]
