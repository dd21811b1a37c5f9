"""回执 and 催报: who has something to be told, and what is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from python_calamine import CalamineWorkbook
from sqlmodel import select
from tests.conftest import Clock
from tests.operations.exchange.desks import introduce, receive
from tests.operations.exchange.months import enrol, reported, vault_of
from tests.ui.conftest import WindowForPages
from tests.ui.direct.desks import form_in, page_of, row_with, settled, texts, with_vault

from jindu_desk.domain.months import Month
from jindu_desk.packages.sealing import is_sealed
from jindu_desk.queries.exchange.answers import answers
from jindu_desk.store.tables import Unlock
from jindu_desk.ui.direct.answer_panels import UnitPanel, WrittenPanel
from jindu_desk.ui.direct.page import KEYS, REMINDERS
from jindu_desk.ui.unlock_form import UnlockForm

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

SEPTEMBER = Month(2026, 9)


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk], desk: Desk, stick: Path) -> Desk:
    """Has September of 薛家镇, encrypted both ways, and knows the key of 孟河镇 only."""
    made = with_vault(make_desk("district", "320411000000"))
    introduce(made, desk, stick)
    receive(made, reported(desk, SEPTEMBER, stick).path)
    other = make_desk("other", "320411101000")
    vault_of(other)
    enrol(made, other)
    for file in stick.iterdir():
        file.unlink()
    return made


def test_news_is_ticked_written_and_no_longer_news(
    district: Desk, window_for: Callable[[Desk], WindowForPages], stick: Path, clock: Clock
) -> None:
    clock.advance(hours=1)
    office = window_for(district)
    page = page_of(office)
    assert [row.unit.name for row in page.answers.model.chosen] == ["薛家镇"]
    assert page.answers.bar.sentence == "将给 1 个单位各写一份回执，都加密。"
    page.answers.bar.place.choose(stick)
    page.answers.bar.button.click()
    settled(office)
    (file,) = stick.iterdir()
    assert is_sealed(file.read_bytes())
    panel = page.panel.content
    assert isinstance(panel, WrittenPanel)
    assert panel.lines == ["薛家镇 第 1 号 · 加密"]
    assert page.answers.model.chosen == ()
    assert not page.answers.bar.button.isEnabled()
    row = row_with(page.answers.model, "薛家镇")
    assert texts(page.answers.view, 10)[row] == "2026-10-28"


def test_who_comes_for_one_unit_finds_it_alone_ticked_and_selected(
    district: Desk, window_for: Callable[[Desk], WindowForPages]
) -> None:
    office = window_for(district)
    page = page_of(office)
    menghe = page.answers.model.rows[row_with(page.answers.model, "孟河镇")].unit.id
    page.open_at(tab="回执", unit=menghe)
    settled(office)
    assert [row.unit.name for row in page.answers.model.chosen] == ["孟河镇"]
    (selected,) = page.answers.view.selectionModel().selectedRows()
    assert page.answers.model.row(selected).unit.id == menghe
    page.refresh()
    settled(office)
    assert [row.unit.name for row in page.answers.model.chosen] == ["孟河镇"]


def test_the_button_for_all_takes_all_ticks_away_again(
    district: Desk, window_for: Callable[[Desk], WindowForPages]
) -> None:
    page = page_of(window_for(district))
    page.button("勾选全部").click()
    assert len(page.answers.model.chosen) == len(page.answers.model.rows)
    assert page.button("勾选全部").text() == "全不选"
    page.button("勾选全部").click()
    assert page.answers.model.chosen == ()
    assert page.button("勾选全部").text() == "勾选全部"


def test_news_that_came_while_another_part_was_seen_is_ticked(
    district: Desk, window_for: Callable[[Desk], WindowForPages]
) -> None:
    office = window_for(district)
    page = page_of(office)
    xuejia = page.answers.model.rows[row_with(page.answers.model, "薛家镇")].unit.id
    page.open_at(tab="密钥", unit=xuejia)
    page.answers.model.choose(())
    settled(office)
    page.open_at(tab="回执")
    assert [row.unit.id for row in page.answers.model.chosen] == [xuejia]


def test_the_space_bar_ticks_from_any_column(district: Desk, window_for: Callable[[Desk], WindowForPages]) -> None:
    page = page_of(window_for(district))
    view, model = page.answers.view, page.answers.model
    view.setCurrentIndex(model.index(row_with(model, "孟河镇"), 3))
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert {row.unit.name for row in model.chosen} == {"薛家镇", "孟河镇"}
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert {row.unit.name for row in model.chosen} == {"薛家镇"}
    page.button("勾选全部").click()
    assert len(model.chosen) == model.rowCount()
    page.button("只勾有新情况的").click()
    assert [row.unit.name for row in model.chosen] == ["薛家镇"]


def test_an_answer_that_anybody_can_read_is_asked_about(
    district: Desk,
    window_for: Callable[[Desk], WindowForPages],
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = window_for(district)
    page = page_of(office)
    asked: list[str] = []

    def decline(question: str, _verb: str, **_how: bool) -> bool:
        asked.append(question)
        return len(asked) > 1

    monkeypatch.setattr(office.shell, "ask", decline)
    page.answers.model.toggle(row_with(page.answers.model, "孟河镇"))
    assert page.answers.bar.sentence == "将给 2 个单位各写一份回执，其中孟河镇不加密。"
    page.answers.bar.place.choose(stick)
    page.answers.bar.button.click()
    settled(office)
    assert "还没有孟河镇的加密公钥" in asked[0]
    assert list(stick.iterdir()) == []
    page.answers.bar.button.click()
    settled(office)
    assert len(list(stick.iterdir())) == 2


def test_a_failure_is_told_and_the_button_stays(
    district: Desk, window_for: Callable[[Desk], WindowForPages], stick: Path, tmp_path: Path
) -> None:
    office = window_for(district)
    page = page_of(office)
    page.answers.bar.place.choose(tmp_path / "gone")
    page.answers.bar.button.click()
    settled(office)
    assert "不是文件夹或已不在" in office.said
    assert page.answers.bar.button.isEnabled()
    assert list(stick.iterdir()) == []


def test_a_unit_shows_its_answers_hands_one_out_again_and_prints_it(
    district: Desk, window_for: Callable[[Desk], WindowForPages], stick: Path
) -> None:
    office = window_for(district)
    page = page_of(office)
    page.answers.bar.place.choose(stick)
    page.answers.bar.button.click()
    settled(office)
    (file,) = stick.iterdir()
    file.unlink()
    page.answers.view.selectRow(row_with(page.answers.model, "薛家镇"))
    QTest.keyClick(page.answers.view, Qt.Key.Key_Return)
    panel = page.panel.content
    assert isinstance(panel, UnitPanel)
    assert panel.chosen is not None
    assert panel.chosen.number == 1
    page.panel.button("重新递交").click()
    settled(office)
    assert file.exists()
    assert "照原样再写一次" in office.said
    assert answers(district.store)[row_with(page.answers.model, "薛家镇")].answered_at is not None
    page.panel.button("回执单").click()
    settled(office)
    assert page.papers.preview.isVisible()
    assert page.papers.preview.page_count == 1
    page.papers.preview.left.emit()
    assert page.answers.isVisible()


def test_a_month_is_unlocked_with_a_reason(district: Desk, window_for: Callable[[Desk], WindowForPages]) -> None:
    office = window_for(district)
    page = page_of(office)
    for name, offered in (("孟河镇", False), ("薛家镇", True)):
        page._open_unit(page.answers.model.row(row_with(page.answers.model, name)))
        page.panel.button("解锁…").click()
        settled(office)
        assert isinstance(page.panel.content, UnlockForm) is offered
    form = form_in(page, UnlockForm)
    page.panel.button("解锁").click()
    settled(office)
    assert form.reason.error
    form.reason.editor.setPlainText("该镇来电，九月漏报一笔经费")
    page.panel.button("解锁").click()
    settled(office)
    assert "已解锁 2026-09" in office.said
    with district.store.read() as session:
        assert [row.period for row in session.exec(select(Unlock))] == ["2026-09"]


def test_what_is_owed_is_listed_and_printed(district: Desk, window_for: Callable[[Desk], WindowForPages]) -> None:
    office = window_for(district)
    page = page_of(office, "催报")
    assert page.tabs.tabText(REMINDERS) == "催报 9"
    view = page.reminders.view
    assert "薛家镇" not in texts(view, 0)
    assert set(texts(view, 1)) == {"2026-09"}
    assert set(texts(view, 3)) == {"23 天"}
    page.button("催报清单").click()
    settled(office)
    assert page.papers.preview.page_count == 1
    drawn = page.papers.preview.findChildren(QLabel)
    assert any("孟河镇" in label.accessibleDescription() for label in drawn)


def test_what_is_owed_is_exported_as_a_table(
    district: Desk, window_for: Callable[[Desk], WindowForPages], tmp_path: Path
) -> None:
    office = window_for(district)
    page = page_of(office, "催报")
    asked: list[str] = []

    def choose(name: str) -> str:
        asked.append(name)
        return str(tmp_path / "催报")

    page.papers.ask_workbook = choose
    page.button("导出表格…").click()
    settled(office)
    assert asked[0].startswith("催报清单-新北区-")
    target = tmp_path / "催报.xlsx"
    assert office.said == f"已导出到 {target}"
    rows = CalamineWorkbook.from_path(target).get_sheet_by_name("催报清单").to_python()[3:]
    assert [row[1] for row in rows] == texts(page.reminders.view, 0)


def test_where_nothing_is_owed_it_says_so(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages], clock: Clock
) -> None:
    clock.advance(days=-24)  # the fourth: September is not due yet
    page = page_of(window_for(with_vault(make_desk("district", "320411000000"))), "催报")
    assert not page.reminders.view.isVisible()
    assert not page.button("催报清单").isEnabled()
    assert not page.button("导出表格…").isEnabled()


def test_without_a_key_the_first_step_is_to_make_one(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    from jindu_desk.settings.keys import KeyVault

    district = make_desk("district", "320411000000")
    district.__dict__["vault"] = KeyVault(district.paths.keys, district.unit.folder_id, demo=True)
    office = window_for(district)
    page = page_of(office)
    assert "还没有签名密钥" in page.answers.bar.sentence
    assert not page.answers.bar.button.isVisible()
    page.answers.bar.key_button.click()
    settled(office)
    assert not page.answers.bar.key_button.isVisible()
    assert page.answers.bar.button.isVisible()
    page.tabs.setCurrentIndex(KEYS)
    assert texts(page.keys.view, 1) == ["在用"]
