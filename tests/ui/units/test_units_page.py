"""The page of units and people: adding, renaming, ending, pasting, terms of office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role
from jindu_desk.queries.units import officials, unit_history, units_below
from jindu_desk.ui.tables import select_same
from jindu_desk.ui.units.page import UnitsPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


class Clerk:
    """Works on the page."""

    def __init__(self, office: WindowForPages) -> None:
        self.office = office
        self.page = office.show(UnitsPage)

    def choose(self, name: str) -> None:
        assert select_same(self.page.units_table, self.page.units, lambda line: line.unit.name, name)

    def choose_person(self, name: str) -> None:
        assert select_same(self.page.people_table, self.page.people, lambda row: row.name, name)

    def fill(self, name: str, text: str) -> None:
        assert self.page.panel is not None
        editor = next(each for each in self.page.panel.findChildren(QWidget) if each.accessibleName() == name)
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(text)
        else:
            assert isinstance(editor, QLineEdit)
            editor.setText(text)

    def save(self) -> str:
        """Press 保存; the sentence of what is wrong, or nothing when the form closed."""
        panel = self.page.panel
        assert panel is not None
        panel.save_button.click()
        self.office.settle()
        self.page.refresh()
        self.office.settle()
        return panel.error if self.page.panel is panel else ""

    @property
    def listed(self) -> list[str]:
        return [line.unit.name for line in self.page.units.rows]


@pytest.fixture
def clerk(office: WindowForPages) -> Clerk:
    return Clerk(office)


def test_own_unit_comes_first_then_those_below_with_their_heads(clerk: Clerk) -> None:
    assert clerk.listed[0] == "薛家镇"
    assert len(clerk.listed) == 16
    assert clerk.page.units.rows[0].head == "测试甲"
    assert clerk.page.units.rows[1].head == "测试1"
    assert {row.name for row in clerk.page.people.rows} == {"测试甲", "测试乙", "测试丙"}


def test_a_village_is_added_from_a_month_on(clerk: Clerk, desk: Desk) -> None:
    clerk.page.add_unit()
    clerk.fill("名称", "测试新村")
    clerk.fill("从哪个月起", "2026-11")
    assert clerk.save() == ""
    below = [row.name for row in units_below(desk.store, desk.unit.unit.id, OCTOBER)]
    assert "测试新村" not in below
    assert "测试新村" in [row.name for row in units_below(desk.store, desk.unit.unit.id, OCTOBER.next)]


def test_what_is_wrong_is_said_in_the_form_and_what_was_typed_stays(clerk: Clerk) -> None:
    clerk.page.add_unit()
    clerk.fill("名称", "测试 13800138000 村")
    assert "手机号" in clerk.save()
    clerk.fill("名称", clerk.listed[1])
    assert "已经在名录中" in clerk.save()
    clerk.fill("名称", "测试新村")
    clerk.fill("从哪个月起", "下个月")
    assert "不是月份" in clerk.save()
    assert clerk.page.panel is not None


def test_own_unit_is_renamed_and_the_window_says_so(clerk: Clerk, desk: Desk) -> None:
    clerk.choose("薛家镇")
    clerk.page.rename_unit()
    clerk.fill("新名称", "薛家街道")
    assert clerk.save() == ""
    assert desk.unit.unit.name == "薛家街道"
    assert [name for _since, name, _above in unit_history(desk.store, desk.unit.unit.id)] == ["薛家镇", "薛家街道"]
    assert desk.unit.unit.initials == "xjjd"


@pytest.mark.parametrize(("name", "tier_code"), [("天宁区", "320402000000"), ("测试新区", "")])
def test_another_superior_from_a_month_on(clerk: Clerk, desk: Desk, name: str, tier_code: str) -> None:
    assert clerk.page._superior.text() == "上报给：新北区"
    clerk.page.change_superior()
    clerk.fill("上级单位", name)
    assert clerk.save() == ""
    assert desk.unit.superior is not None
    assert (desk.unit.superior.name, desk.unit.superior.code) == (name, tier_code)
    assert clerk.page._superior.text() == f"上报给：{name}"
    assert len(clerk.listed) == 16


def test_a_village_ends_and_comes_back(clerk: Clerk) -> None:
    name = clerk.listed[3]
    clerk.choose(name)
    clerk.page.end_unit()
    clerk.fill("最后一个月", "2026-09")
    assert clerk.save() == ""
    assert name not in clerk.listed
    clerk.page._ended.setChecked(True)
    clerk.choose(name)
    clerk.page.reopen_unit()
    clerk.office.settle()
    clerk.page.refresh()
    clerk.office.settle()
    clerk.page._ended.setChecked(False)
    assert name in clerk.listed


def test_villages_are_pasted_and_those_that_are_there_passed_over(clerk: Clerk) -> None:
    clerk.page.paste_units()
    clerk.fill("名单（每行一个，已有的跳过）", f"1. 测试甲村\n2. 测试乙村\n{clerk.listed[1]}")
    assert clerk.save() == ""
    assert clerk.listed[-2:] == ["测试甲村", "测试乙村"]
    assert len(clerk.listed) == 18


def test_a_person_takes_office_and_leaves(clerk: Clerk, desk: Desk) -> None:
    clerk.choose("薛家镇")
    clerk.page.add_person()
    clerk.fill("姓名", "测试戊")
    clerk.fill("职务", "副书记")
    clerk.fill("任职日期", "2025-01-06")
    assert clerk.save() == ""
    clerk.choose_person("测试戊")
    clerk.page.edit_person()
    clerk.fill("离任日期", "2024-12-31")
    assert "早于任职日期" in clerk.save()
    clerk.fill("离任日期", "2026-10-20")
    assert clerk.save() == ""
    (row,) = [row for row in officials(desk.store, [desk.unit.unit.id]) if row.name == "测试戊"]
    assert (row.role, row.post, row.since, row.until) == (
        Role.FIRST_RESPONSIBLE, "副书记", date(2025, 1, 6), date(2026, 10, 20),
    )  # fmt: skip


def test_a_wrong_record_is_removed_only_after_a_question(
    clerk: Clerk, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(question: str, verb: str, *, danger: bool = False) -> bool:
        asked.append(question)
        return verb == "删除" and danger and len(asked) > 1

    monkeypatch.setattr(clerk.office.shell, "ask", answer)
    clerk.choose_person("测试乙")
    for _ in range(2):
        clerk.page.remove_person()
        clerk.office.settle()
    assert "测试乙" not in {row.name for row in officials(desk.store, [desk.unit.unit.id])}
    assert len(asked) == 2


def test_directors_are_pasted_by_village(clerk: Clerk, desk: Desk) -> None:
    first, second = clerk.listed[1], clerk.listed[2]
    clerk.page.paste_directors()
    text = "每行：村（社区）、姓名、职务，用制表符、逗号或空格隔开"
    clerk.fill(text, f"{first}\t测试庚\t主任\n火星村,测试辛")
    clerk.save()
    assert clerk.page.panel is not None
    clerk.fill(text, f"{first}\t测试庚\t主任\n{second[:4]}，测试辛")
    assert clerk.save() == ""
    below = units_below(desk.store, desk.unit.unit.id, OCTOBER)
    people = officials(desk.store, [unit.id for unit in below])
    added = {(row.unit_name, row.name, row.post) for row in people if row.name in ("测试庚", "测试辛")}
    assert added == {(first, "测试庚", "主任"), (second, "测试辛", "")}


def test_actions_that_do_not_fit_say_why(clerk: Clerk) -> None:
    clerk.choose("薛家镇")
    end = clerk.page.button("停用…")
    assert not end.isEnabled()
    assert "先在左边选一个" in end.toolTip()
    clerk.choose(clerk.listed[1])
    assert end.isEnabled()


def test_a_district_has_townships_here(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    clerk = Clerk(window_for(make_desk("district", "320411000000")))
    assert "薛家镇" in clerk.listed
    assert clerk.page.button("添加镇（街道）").isEnabled()
