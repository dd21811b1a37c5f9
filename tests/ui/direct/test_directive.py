"""指令: what the next one says, what changed, and what is set here for the units below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from tests.ui.conftest import WindowForPages
from tests.ui.direct.desks import form_in, open_row, page_of, settled, texts, with_vault
from tests.ui.test_accessible_names import nameless

from jindu_desk.domain.months import Month
from jindu_desk.domain.rule_sets import RuleName
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.exchange.direct import rule_text
from jindu_desk.queries.rules import deadlines, rules, targets_in
from jindu_desk.ui.direct.page import DirectPage
from jindu_desk.ui.direct.rule_forms import CheckForm, DeadlineForm, RuleFileForm, TargetsForm

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    return with_vault(make_desk("district", "320411000000"))


@pytest.fixture
def office(district: Desk, window_for: Callable[[Desk], WindowForPages]) -> WindowForPages:
    return window_for(district)


@pytest.fixture
def page(office: WindowForPages) -> DirectPage:
    return page_of(office, "指令")


def written(page: DirectPage, office: WindowForPages, stick: Path) -> None:
    page.directive.bar.place.choose(stick)
    page.directive.bar.button.click()
    settled(office)


def test_what_changed_is_said_until_it_is_written(page: DirectPage, office: WindowForPages, stick: Path) -> None:
    assert "还没有写过指令" in page.directive.changes.lines[0]
    written(page, office, stick)
    assert "没有变化" in page.directive.changes.lines[0]
    page.directive.show_part("审核")
    open_row(page.directive.part("审核").view, 0, "S6")
    page.panel.button("停用").click()
    settled(office)
    assert page.directive.changes.lines == ("审核“在册无走访”（S6）停用（2026-11 起）。",)
    assert page.directive.parts.item(0).text() == "变化 1"
    written(page, office, stick)
    assert "没有变化" in page.directive.changes.lines[0]
    assert sorted(file.name for file in stick.iterdir()) == ["新北区-指令-1.jdpkg", "新北区-指令-2.jdpkg"]
    page.button("写过的指令").click()
    for file in stick.iterdir():
        file.unlink()
    page.panel.button("重新递交").click()
    settled(office)
    assert [file.name for file in stick.iterdir()] == ["新北区-指令-2.jdpkg"]


def test_a_check_is_switched_from_a_month_on(page: DirectPage, office: WindowForPages, district: Desk) -> None:
    page.directive.show_part("审核")
    open_row(page.directive.part("审核").view, 0, "S6")
    form = form_in(page, CheckForm)
    assert page.panel.button("停用").isEnabled()
    assert not page.panel.button("启用").isEnabled()
    page.panel.button("停用").click()
    settled(office)
    assert page.panel.content is None
    row = texts(page.directive.part("审核").view, 0).index("S6")
    assert texts(page.directive.part("审核").view, 3)[row] == "启用"
    assert texts(page.directive.part("审核").view, 4)[row] == "2026-11 起停用"
    open_row(page.directive.part("审核").view, 0, "S6")
    assert not page.panel.button("停用").isEnabled()
    form = form_in(page, CheckForm)
    form.since.editor.setText("2026-10")
    assert page.panel.button("停用").isEnabled()
    form.since.editor.setText("2026-12")
    page.panel.button("启用").click()
    settled(office)
    assert texts(page.directive.part("审核").view, 4)[row] == "2026-11 起停用；2026-12 起启用"
    assert [check.off for check in rules(district.store, NOVEMBER).checks.checks if check.code == "S6"] == [True]


def test_targets_are_set_from_a_month_on(page: DirectPage, office: WindowForPages, district: Desk) -> None:
    page.button("指标要求…").click()
    form = form_in(page, TargetsForm)
    form.rates["urine_test"].editor.setText("一百")
    page.panel.button("保存").click()
    assert "不是百分数" in form.rates["urine_test"].error
    form.rates["urine_test"].editor.setText("97.5")
    page.panel.button("保存").click()
    settled(office)
    with district.store.read() as session:
        assert targets_in(session, NOVEMBER) == {"urine_test": 9750}
        assert targets_in(session, OCTOBER) == {}
    row = texts(page.directive.part("指标").view, 0).index("尿检率")
    assert texts(page.directive.part("指标").view, 1)[row] == "不作要求"
    assert texts(page.directive.part("指标").view, 2)[row] == "2026-11 起97.50%"


def test_the_fields_follow_the_typed_month_but_for_what_was_typed(
    page: DirectPage, office: WindowForPages, district: Desk
) -> None:
    own = district.unit.unit.id
    set_rate_targets(district.store, own, OCTOBER, {"urine_test": 9500})
    set_rate_targets(district.store, own, NOVEMBER, {"urine_test": 9700})
    page.refresh()
    settled(office)
    page.button("指标要求…").click()
    form = form_in(page, TargetsForm)
    assert form.rates["urine_test"].text() == "97"
    form.since.editor.setText("2026-10")
    assert form.rates["urine_test"].text() == "95"
    form.rates["urine_test"].editor.setText("96")
    form.since.editor.setText("2026-12")
    assert form.rates["urine_test"].text() == "96"
    page.panel.button("保存").click()
    settled(office)
    with district.store.read() as session:
        assert targets_in(session, Month(2026, 12))["urine_test"] == 9600
        assert targets_in(session, NOVEMBER)["urine_test"] == 9700


def test_deadlines_are_set_and_go_back_to_the_shipped_ones(
    page: DirectPage, office: WindowForPages, district: Desk
) -> None:
    def due(duty: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        (row,) = [row for row in deadlines(district.store, Month(2027, 1)) if row.duty == duty]
        return row.days, row.due

    shipped = due("hearing_half_yearly")
    page.directive.show_part("时限")
    view = page.directive.part("时限").view
    open_row(view, 0, "上报当月台账")
    form = form_in(page, DeadlineForm)
    form.values[0].editor.setText("40")
    page.panel.button("保存").click()
    assert "0 到 31" in form.values[0].error
    form.values[0].editor.setText("3")
    page.panel.button("保存").click()
    settled(office)
    assert due("monthly_report")[0] == 3

    title = next(
        row.row.title for row in page.directive.part("时限").model.rows if row.row.duty == "hearing_half_yearly"
    )
    open_row(view, 0, title)
    form = form_in(page, DeadlineForm)
    form.values[0].editor.setText("六月")
    page.panel.button("保存").click()
    assert "不是日期" in form.values[0].error
    form.values[0].editor.setText("6月20日")
    form.values[1].editor.setText("12.20")
    page.panel.button("保存").click()
    settled(office)
    assert due("hearing_half_yearly")[1] == ((6, 20), (12, 20))
    open_row(view, 0, title)
    page.panel.button("恢复自带时限").click()
    settled(office)
    assert due("hearing_half_yearly") == shipped


def test_rule_files_go_out_and_come_in(
    page: DirectPage,
    office: WindowForPages,
    district: Desk,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "checks.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (str(file), ""))
    page.directive.show_part("规则文件")
    view = page.directive.part("规则文件").view
    open_row(view, 0, "审核规则")
    page.panel.button("导出…").click()
    settled(office)
    text = file.read_text(encoding="utf-8")
    assert text.strip() == rule_text(district.store, RuleName.CHECKS, OCTOBER).strip()

    file.write_text(text.replace('code = "S6"', 'code = "S6', 1), encoding="utf-8")
    page.panel.button("读入…").click()
    settled(office)
    form = form_in(page, RuleFileForm)
    assert form.sentence.startswith("“checks.toml”没有采用。规则文件读不懂（第 ")
    assert page.panel.button("读入…").isEnabled()

    version = rules(district.store, NOVEMBER).checks.version
    file.write_text(text.replace(f'version = "{version}"', 'version = "2026.9"', 1), encoding="utf-8")
    page.panel.button("读入…").click()
    settled(office)
    assert page.panel.content is None
    row = texts(view, 0).index("审核规则")
    assert texts(view, 4)[row] == "2026-11 起用 2026.9 版"

    office.shell.choose_month(NOVEMBER)
    settled(office)
    assert (texts(view, 1)[row], texts(view, 2)[row]) == ("2026.9", "本级")
    open_row(view, 0, "审核规则")
    page.panel.button("恢复").click()
    settled(office)
    assert (texts(view, 1)[row], texts(view, 2)[row]) == (version, "程序自带")


def test_a_month_that_was_reported_keeps_its_rules(
    page: DirectPage, office: WindowForPages, district: Desk, desk: Desk, stick: Path
) -> None:
    from tests.operations.exchange.desks import introduce, receive
    from tests.operations.exchange.months import reported

    introduce(district, desk, stick)
    receive(district, reported(desk, OCTOBER, stick).path)
    page.directive.show_part("审核")
    open_row(page.directive.part("审核").view, 0, "S6")
    form = form_in(page, CheckForm)
    form.since.editor.setText("2026-10")
    page.panel.button("停用").click()
    settled(office)
    assert "已有上报的数据" in form.sentence
    form.since.editor.setText("十月")
    assert not page.panel.button("停用").isEnabled()


def test_every_part_says_what_it_holds(page: DirectPage) -> None:
    titles = [page.directive.parts.item(number).text() for number in range(page.directive.parts.count())]
    assert titles == ["变化", "单位 11", "密钥 1", "加密公钥 1", "指标 6", "时限 15", "审核 28", "规则文件 4"]
    assert list(nameless(page)) == []
    page.rule_work.edit_targets()
    assert list(nameless(page)) == []


def test_by_the_keyboard_alone(page: DirectPage, office: WindowForPages) -> None:
    """Enter opens what the cursor is on, Esc goes back to it."""
    page.directive.show_part("时限")
    view = page.directive.part("时限").view
    view.setFocus()
    view.selectRow(1)
    QTest.keyClick(view, Qt.Key.Key_Return)
    form = form_in(page, DeadlineForm)
    assert office.window.focusWidget() is form.since.editor
    QTest.keyClick(form.since.editor, Qt.Key.Key_Escape)
    assert page.panel.content is None
    assert office.window.focusWidget() is view
    page.tabs.setFocus()
    QTest.keyClick(page.tabs, Qt.Key.Key_Right)
    assert office.window.focusWidget() is page.tabs
    assert page.keys.isVisible()


def test_in_a_narrow_window_a_form_takes_the_room(page: DirectPage, office: WindowForPages) -> None:
    office.window.resize(900, 500)
    page.rule_work.edit_targets()
    assert not page.directive.isVisible()
    page.panel.close_content()
    assert page.directive.isVisible()
