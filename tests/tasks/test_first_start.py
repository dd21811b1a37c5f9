"""A person starts the program for the first time and sets up 薛家镇, through the real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.queries.units import officials, units_below
from jindu_desk.ui.first_start.page import FirstStart
from jindu_desk.ui.frame.message_page import MessagePage
from jindu_desk.ui.opening import Opening
from jindu_desk.ui.window import open_window

LONG = 30_000


class MemoryKeyring(KeyringBackend):
    """A keyring that forgets everything with the test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def secrets() -> Iterator[MemoryKeyring]:
    before, backend = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def opening(qtbot: QtBot, look: QApplication, tmp_path: Path, secrets: MemoryKeyring) -> Iterator[Opening]:
    """The program, started on a folder that does not exist yet."""
    opening = open_window(look, tmp_path / "data")
    qtbot.addWidget(opening.window)
    qtbot.waitUntil(lambda: isinstance(opening.window.whole, FirstStart), timeout=LONG)
    yield opening
    opening.close()


class Person:
    """Reads what stands on the guide and presses its keys and buttons."""

    def __init__(self, qtbot: QtBot, opening: Opening) -> None:
        self._qtbot, self._opening = qtbot, opening

    @property
    def guide(self) -> FirstStart:
        guide = self._opening.window.whole
        assert isinstance(guide, FirstStart)
        return guide

    @property
    def step(self) -> str:
        return self.guide.step.word

    def press(self, label: str) -> None:
        button = next(each for each in self.guide.findChildren(QPushButton) if each.text() == label)
        assert button.isEnabled(), label
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def field(self, name: str) -> QWidget:
        """The editor with this accessible name, on the step in view."""
        return next(each for each in self.guide.step.findChildren(QWidget) if each.accessibleName() == name)

    def type_into(self, name: str, text: str) -> None:
        """Latin letters come from the keyboard, Chinese from the input method."""
        if text.isascii():
            QTest.keyClicks(self.field(name), text)
            return
        committed = QInputMethodEvent()
        committed.setCommitString(text)
        QApplication.sendEvent(self.field(name), committed)

    def wait_for_hits(self, first: str) -> None:
        listed = self.field("找到的单位")
        assert isinstance(listed, QListWidget)
        self._qtbot.waitUntil(lambda: listed.count() > 0 and listed.item(0).text().startswith(first), timeout=LONG)

    def find_unit(self, field: str, letters: str, unit: str) -> None:
        self.type_into(field, letters)
        self.wait_for_hits(unit)
        QTest.keyClick(self.field(field), Qt.Key.Key_Return)

    def listed(self) -> QListWidget:
        found = self.field("村（社区）")
        assert isinstance(found, QListWidget)
        return found

    def wait_for_pages(self) -> None:
        self._qtbot.waitUntil(lambda: self._opening.shell is not None, timeout=LONG)
        self._qtbot.waitUntil(lambda: not self._opening.tasks.busy, timeout=LONG)


@pytest.fixture
def person(qtbot: QtBot, opening: Opening) -> Person:
    return Person(qtbot, opening)


def test_township_is_set_up_step_by_step(person: Person, opening: Opening, secrets: MemoryKeyring) -> None:
    person.press("下一步")
    person.find_unit("单位名称", "xjz", "薛家镇")
    person.press("下一步")

    villages = person.listed()
    assert villages.count() == 15
    villages.item(0).setCheckState(Qt.CheckState.Unchecked)
    villages.item(1).setText("测试改名社区")
    person.type_into("添加一个", "测试新村")
    QTest.keyClick(person.field("添加一个"), Qt.Key.Key_Return)
    person.type_into("粘贴名单（每行一个）", "1. 测试甲村")
    QTest.keyClick(person.field("粘贴名单（每行一个）"), Qt.Key.Key_Return)
    person.type_into("粘贴名单（每行一个）", "2. 测试乙村")
    person.press("全部添加")
    person.press("下一步")

    assert person.step == "上级单位"
    person.wait_for_hits("新北区")
    person.press("下一步")

    person.type_into("第一责任人1 姓名", "测试甲")
    person.type_into("第一责任人1 职务", "党委书记")
    person.type_into("第一责任人1 任职日期", "2025-03-01")
    person.type_into("专职人员1 姓名", "测试丁")
    person.press("下一步")

    assert person.step == "村（社区）主任"
    person.type_into("测试新村 主任姓名", "测试戊")
    person.press("下一步")

    assert person.step == "完成"
    person.press("完成")
    person.wait_for_pages()

    desk = opening.desk
    assert desk is not None
    own = desk.unit
    assert (own.unit.name, own.unit.tier, own.unit.code) == ("薛家镇", Tier.TOWNSHIP, "320411103000")
    assert own.superior is not None
    assert own.superior.name == "新北区"
    assert own.keeper == "测试丁"
    names = [row.name for row in units_below(desk.store, own.unit.id, Month(2026, 10))]
    assert len(names) == 17
    assert names[0] == "测试改名社区"
    assert names[-3:] == ["测试新村", "测试甲村", "测试乙村"]
    assert {(row.role, row.name, row.post) for row in officials(desk.store, [own.unit.id])} == {
        (Role.FIRST_RESPONSIBLE, "测试甲", "党委书记"),
        (Role.FULL_TIME_STAFF, "测试丁", ""),
    }
    village = units_below(desk.store, own.unit.id, Month(2026, 10))[-3]
    assert [(row.role, row.name, row.post) for row in officials(desk.store, [village.id])] == [
        (Role.VILLAGE_DIRECTOR, "测试戊", "主任")
    ]
    key = own_signer(desk.store)
    assert key is not None
    assert len(secrets.kept) == 2  # what signs, and what opens packages
    assert opening.window.pages.current_key == "desk"
    assert opening.window.navigation.isVisibleTo(opening.window)


def test_the_keyboard_alone_goes_through_the_guide(person: Person, opening: Opening, qtbot: QtBot) -> None:
    def key(key: Qt.Key) -> None:
        here = opening.window.focusWidget()
        assert here is not None
        QTest.keyClick(here, key)

    qtbot.waitUntil(lambda: isinstance(opening.window.focusWidget(), QRadioButton))
    key(Qt.Key.Key_Return)
    assert person.step == "本单位"
    person.find_unit("单位名称", "xjz", "薛家镇")
    key(Qt.Key.Key_Return)
    assert person.step == "下级单位"
    key(Qt.Key.Key_Return)
    assert person.step == "下级单位"  # Enter is the list's
    person.press("下一步")
    person.wait_for_hits("新北区")
    key(Qt.Key.Key_Return)
    assert person.step == "责任人员"
    visited = []
    for _stop in range(7):
        here = opening.window.focusWidget()
        assert here is not None
        visited.append(here.accessibleName())
        key(Qt.Key.Key_Tab)
    assert visited == [
        *(f"第一责任人1 {what}" for what in ("姓名", "职务", "任职日期")),
        *(f"主要责任人1 {what}" for what in ("姓名", "职务", "任职日期")),
        "直接责任人1 姓名",
    ]


def test_a_column_of_directors_is_pasted_at_once(person: Person) -> None:
    person.press("下一步")
    person.find_unit("单位名称", "xjz", "薛家镇")
    person.press("下一步")
    villages = [person.listed().item(row).text() for row in range(3)]
    person.press("下一步")
    person.wait_for_hits("新北区")
    person.press("下一步")
    person.press("下一步")
    QApplication.clipboard().setText("测试甲\n\n测试丙\n")
    QTest.keySequence(person.field(f"{villages[0]} 主任姓名"), QKeySequence(QKeySequence.StandardKey.Paste))
    typed = [person.field(f"{village} 主任姓名").property("text") for village in villages]
    assert typed == ["测试甲", "", "测试丙"]


def test_what_is_wanting_is_said_where_it_is_wanting(person: Person) -> None:
    person.press("下一步")
    person.press("下一步")
    assert person.step == "本单位"
    person.find_unit("单位名称", "xjz", "薛家镇")
    person.press("下一步")
    person.press("全不选")
    person.press("下一步")
    assert person.step == "下级单位"
    person.press("全选")
    person.press("下一步")
    person.wait_for_hits("新北区")
    person.press("下一步")
    person.type_into("主要责任人1 姓名", "测试乙")
    person.type_into("主要责任人1 任职日期", "去年")
    person.press("下一步")
    assert person.step == "责任人员"
    assert person.field("主要责任人1 任职日期").property("wrong") == "true"
    assert person.field("主要责任人1 任职日期").hasFocus()
    person.press("上一步")
    assert person.step == "上级单位"


def test_a_unit_that_is_not_listed_can_be_used_as_typed(person: Person, opening: Opening) -> None:
    person.press("下一步")
    person.type_into("单位名称", "测试甲镇")
    person.wait_for_hits("名单里没有")
    QTest.keyClick(person.field("单位名称"), Qt.Key.Key_Return)
    person.press("下一步")
    person.type_into("添加一个", "测试甲村")
    person.press("添加")
    person.press("下一步")
    person.find_unit("上级单位名称", "xbq", "新北区")
    person.press("下一步")
    person.press("下一步")
    person.press("下一步")
    person.type_into("使用人姓名", "测试丁")
    person.press("完成")
    person.wait_for_pages()
    assert opening.desk is not None
    assert opening.desk.unit.unit.name == "测试甲镇"


def test_district_ticks_its_townships_and_sees_its_own_screens(person: Person, opening: Opening) -> None:
    button = next(each for each in person.guide.findChildren(QWidget) if each.property("text") == "辖市（区）")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=button.rect().center())
    button.setProperty("checked", True)
    person.press("下一步")
    person.find_unit("单位名称", "xbq", "新北区")
    person.press("下一步")
    townships = person.field("镇（街道）")
    assert isinstance(townships, QListWidget)
    assert "薛家镇" in [townships.item(row).text() for row in range(townships.count())]
    person.press("下一步")
    person.wait_for_hits("常州市")
    person.press("下一步")
    person.press("下一步")
    person.type_into("使用人姓名", "测试区办")
    person.press("完成")
    person.wait_for_pages()
    assert opening.desk is not None
    assert opening.desk.unit.unit.tier is Tier.DISTRICT
    assert "receive" in opening.window.pages
    assert "tallies" not in opening.window.pages


def test_a_folder_that_is_in_use_says_so_and_can_be_tried_again(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, opening: Opening
) -> None:
    other = open_window(qapp, tmp_path / "data")
    qtbot.addWidget(other.window)
    qtbot.waitUntil(lambda: not other.tasks.busy and other.desk is None and _said(other) != "", timeout=LONG)
    assert "正被另一个窗口或程序使用" in _said(other)
    opening.reopen(tmp_path / "elsewhere")
    qtbot.waitUntil(lambda: not opening.tasks.busy, timeout=LONG)
    whole = other.window.whole
    assert isinstance(whole, MessagePage)
    whole.buttons[0].click()
    qtbot.waitUntil(lambda: isinstance(other.window.whole, FirstStart), timeout=LONG)
    other.close()


def _said(opening: Opening) -> str:
    whole = opening.window.whole
    return whole.sentence.text() if isinstance(whole, MessagePage) else ""
