"""汇总: a rate opens to its formula, months, townships and villages, and goes down to the cells; and onto paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from sqlalchemy import text
from tests.many_packages import write_packages
from tests.operations.exchange.months import enrol
from tests.reports.workbooks import grids
from tests.ui.conftest import WindowForPages
from tests.ui.test_accessible_names import nameless

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.units import units_below
from jindu_desk.reports.typesetting.preview import page_text
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.totals.page import TotalsPage
from jindu_desk.ui.totals.rate_cards import RateCard

OCTOBER = Month(2026, 10)


@pytest.fixture
def page(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages], tmp_path: Path
) -> tuple[TotalsPage, WindowForPages]:
    """新北区 with 薛家镇's October, where 2 of 5 were dealt with in one village."""
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    enrol(district, township)
    (tmp_path / "stick").mkdir()
    receive_files(district.store, district.paths, write_packages(township, 1, tmp_path / "stick"))
    own = district.unit.unit.id
    xuejia = next(unit for unit in units_below(district.store, own, OCTOBER) if unit.name == "薛家镇")
    village = units_below(district.store, xuejia.id, OCTOBER)[2]
    with district.store.write("x") as w:
        w.session.execute(text("DELETE FROM cell WHERE item IN ('G01', 'G02')"))
        for item, value in (("G01", 5), ("G02", 2)):
            w.session.execute(
                text(
                    "INSERT INTO cell (unit_id, month, item, township_id, state, value, note) "
                    f"VALUES ('{village.id}', '2026-10', '{item}', '{xuejia.id}', 'NUMBER', {value}, '')"
                )
            )
    set_rate_targets(district.store, own, OCTOBER, {"police_action": 10_000})
    office = window_for(district)
    office.window.take_screens([spec for spec in SCREENS if "district" in spec.tiers])
    office.window.show_pages()
    office.window.show()
    office.shell.go("totals")
    office.settle()
    found = office.window.pages.page("totals")
    assert isinstance(found, TotalsPage)
    return found, office


def test_a_click_anywhere_on_a_card_opens_its_rate_and_so_does_enter_in_the_table(
    page: tuple[TotalsPage, WindowForPages],
) -> None:
    shown, office = page
    card = next(each for each in shown.findChildren(RateCard) if each.title.text() == "尿检率")
    QTest.mouseClick(card._line, Qt.MouseButton.LeftButton)
    office.settle()
    assert shown._analysis.detail.name.text() == "尿检率"
    QTest.keyClick(shown._analysis.list, Qt.Key.Key_Escape)
    table = shown._rates
    table.setCurrentIndex(table.model().index(0, 2))
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Return)
    office.settle()
    assert shown._analysis.isVisible()
    first = shown.shown.rules.rates.required[0] if shown.shown is not None else None
    assert first is not None
    assert shown._analysis.detail.name.text() == first.name


def open_rate(page: TotalsPage, office: WindowForPages, name: str) -> None:
    button = next(each for each in page.findChildren(QPushButton) if each.accessibleName() == f"{name}：分析")
    button.click()
    office.settle()


def test_a_card_opens_its_rate(page: tuple[TotalsPage, WindowForPages]) -> None:
    shown, office = page
    open_rate(shown, office, "查处率")
    detail = shown._analysis.detail
    assert detail.isVisible()
    assert detail.name.text() == "查处率"
    assert detail.chip.word == "低于目标"
    assert "公式：已查处 G02 ÷ 应查处 G01" in detail.formula.text()
    assert "分子 2，分母 5；目标 100.00%；本年累计 40.00%（2/5）" in detail.figures.text()
    assert [row.ratio.text for row in detail.months.rows][:2] == ["40.00%", "—"]
    assert len(detail.months.rows) == 12
    assert detail.months.index(10, 2).data() == "—"  # last year's December has no part in this year
    assert "分母×目标 100.00%－分子" in detail.measure.text()
    assert [detail.tier.itemText(n) for n in range(detail.tier.count())] == ["镇（街道）", "村（社区）"]
    assert [detail.pulls.index(0, column).data() for column in range(3)] == ["薛家镇", "40.00%\u2002(2/5)", "差 3.00"]
    detail.tier.setCurrentIndex(1)
    assert str(detail.pulls.index(0, 0).data()).startswith("薛家镇 ")
    assert list(nameless(shown._analysis)) == []


def test_a_village_leads_down_to_its_cells_and_package(page: tuple[TotalsPage, WindowForPages]) -> None:
    shown, office = page
    open_rate(shown, office, "查处率")
    detail = shown._analysis.detail
    detail.tier.setCurrentIndex(1)
    detail.pulls_view.setFocus()
    detail.pulls_view.setCurrentIndex(detail.pulls.index(0, 0))
    QTest.keyClick(detail.pulls_view, Qt.Key.Key_Return)
    office.settle()
    assert shown._panel.isVisible()
    assert "G02" in shown._panel._head.text()
    assert [row.cell for row in shown._panel.model.rows] == [2]
    assert "第 1 号包" in shown._panel._package.text()


def test_all_rates_are_in_the_list_and_one_goes_back_to_the_cards(page: tuple[TotalsPage, WindowForPages]) -> None:
    shown, office = page
    shown.button("比率分析").click()
    office.settle()
    view = shown._analysis
    assert len(view.model.rows) == 11
    view.list.selectRow(5)
    assert view.detail.name.text() == "出所未满三年管控率"
    assert "月末存量，不跨月相加" in view.detail.figures.text()
    assert {row.so_far for row in view.detail.months.rows} == {None}
    QTest.keyClick(view.list, Qt.Key.Key_Escape)
    office.settle()
    assert not view.isVisible()
    assert shown._cards.isVisible()


def test_what_changes_meanwhile_is_shown_and_the_rate_stays(page: tuple[TotalsPage, WindowForPages]) -> None:
    shown, office = page
    open_rate(shown, office, "查处率")
    desk = office.shell.desk
    office.shell.carry_out(lambda: set_rate_targets(desk.store, desk.unit.unit.id, OCTOBER, {"police_action": 3_000}))
    office.settle()
    assert shown._analysis.detail.name.text() == "查处率"
    assert shown._analysis.detail.chip.word == "达到目标"
    assert "没有单位离它有差额" in shown._analysis.detail.measure.text()


def test_the_paper_is_shown_and_saved(page: tuple[TotalsPage, WindowForPages], tmp_path: Path) -> None:
    shown, office = page
    shown.button("比率分析").click()
    office.settle()
    view = shown._analysis
    view.to_exact_paper.click()
    office.settle()
    exact = view.preview.paper
    assert exact is not None
    assert exact.name == "比率分析-新北区-2026-10（内部）.pdf"
    assert "40.00%" in page_text(exact.content, 0)
    view.to_paper.click()
    office.settle()
    paper = view.preview.paper
    assert paper is not None
    assert view.preview.isVisible()
    assert (paper.name, len(paper.sizes)) == ("比率分析-新北区-2026-10（保护版）.pdf", 1)
    assert "40.00%" not in page_text(paper.content, 0)  # two of five, in one village
    view.handing.ask_target = lambda name: str(tmp_path / name)
    save = next(each for each in view.preview.findChildren(QPushButton) if each.text() == "另存为 PDF")
    save.click()
    office.settle()
    assert (tmp_path / paper.name).read_bytes() == paper.content
    view.handing.ask_table_target = lambda name: str(tmp_path / name)
    next(each for each in view.preview.findChildren(QPushButton) if each.text() == "另存为表格").click()
    office.settle()
    rows = grids((tmp_path / "比率分析-新北区-2026-10（保护版）.xlsx").read_bytes())["比率"]
    assert ["查处率", *["＊"] * 3] in [[row[0], *row[2:5]] for row in rows]
    assert "已保存到" in office.said
