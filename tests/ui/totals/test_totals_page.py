from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QTabBar, QTableView
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from tests.many_packages import write_packages
from tests.operations.exchange.months import enrol
from tests.ui.conftest import WindowForPages

from jindu_desk.app.desk import Desk
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.protection import Hiding
from jindu_desk.reports.protection_wording import HIDDEN
from jindu_desk.ui.screens import SCREENS
from jindu_desk.ui.tasks import Cancelled
from jindu_desk.ui.totals.page import TotalsPage


@pytest.fixture
def desks(make_desk: Callable[[str, str], Desk]) -> tuple[Desk, Desk]:
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    enrol(district, township)
    return township, district


def page_of(office: WindowForPages) -> TotalsPage:
    office.window.take_screens([spec for spec in SCREENS if "district" in spec.tiers])
    office.window.show_pages()
    office.window.show()
    office.shell.go("totals")
    office.settle()
    page = office.window.pages.page("totals")
    assert isinstance(page, TotalsPage)
    return page


def table(page: TotalsPage, name: str) -> QTableView:
    return next(view for view in page.findChildren(QTableView) if view.accessibleName() == name)


def column_texts(view: QTableView, column: int) -> list[str]:
    model = view.model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_before_the_first_package_it_says_what_to_do(
    desks: tuple[Desk, Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    page = page_of(window_for(desks[1]))
    assert "收到第一个上报包之后" in page._empty.sentence.text()
    assert page._empty.isVisible()
    assert not page._content.isVisible()


def test_rates_figures_arrivals_and_what_lies_behind(
    desks: tuple[Desk, Desk], window_for: Callable[[Desk], WindowForPages], tmp_path: Path
) -> None:
    township, district = desks
    (tmp_path / "stick").mkdir()
    receive_files(district.store, district.paths, write_packages(township, 2, tmp_path / "stick"))
    with district.store.write("x") as w:
        w.session.execute(
            text(
                'INSERT INTO reason (unit_id, township_id, month, "check", figures, reason, given_by, given_at) '
                "SELECT unit_id, township_id, month, 'S1', '', '新迁入三人', '测试甲', '2026-10-28 09:00:00.000000' "
                "FROM cell WHERE unit_id <> township_id AND month = '2026-10' LIMIT 1"
            )
        )
    office = window_for(district)
    page = page_of(office)
    assert "未收到 9 个" in page._summary.text()

    rates = table(page, "各单位比率")
    assert column_texts(rates, 0)[-1] == "合计"
    assert column_texts(rates, 1).count("未收到") == 9

    tabs = next(bar for bar in page.findChildren(QTabBar) if bar.accessibleName() == "汇总的几个方面")
    tabs.setCurrentIndex(1)
    figures = table(page, "各单位数据")
    row = column_texts(figures, 0).index("薛家镇")
    figures.setCurrentIndex(figures.model().index(row, 2))
    page._open_figure(figures.currentIndex())
    office.settle()
    cells = table(page, "各村数据")
    assert len(column_texts(cells, 0)) == 15
    assert "第 2 号包" in page._panel._package.text()

    tabs.setCurrentIndex(2)
    arrivals = table(page, "近十二个月的完整情况")
    assert [column_texts(arrivals, column)[row] for column in (10, 11, 12)] == ["○", "●", "●"]
    assert column_texts(arrivals, 13)[row] == "1"
    arrivals.setCurrentIndex(arrivals.model().index(row, 12))
    arrivals.setFocus()
    QTest.keyClick(arrivals, Qt.Key.Key_Return)
    office.settle()
    reasons = table(page, "各条核实说明")
    assert reasons.isVisible()
    assert [column_texts(reasons, column) for column in (0, 2)] == [["S1"], ["新迁入三人"]]
    page.toggle_protected()
    office.settle()
    assert not reasons.isVisible()  # an officer's words tell figures
    assert arrivals.model().columnCount() == 13

    (october,) = (one.id for one in received(district.store) if one.period == "2026-10")
    return_report(district.store, district.paths, october, "请核对尿检数")
    page.refresh()
    office.settle()
    day = f"{district.store.clock():%m月%d日}"
    assert f"已退回，待更正 1 个：薛家镇（{day}退回）" in page._summary.text()
    assert "未收到 9 个" in page._summary.text()
    assert column_texts(arrivals, 12)[row] == "↩"
    assert arrivals.model().index(row, 12).data(Qt.ItemDataRole.ToolTipRole) == (
        f"薛家镇 2026-10：已于{day}退回，待更正"
    )


def test_a_protected_view_that_is_cancelled_goes_back_to_the_exact_one(
    desks: tuple[Desk, Desk], window_for: Callable[[Desk], WindowForPages], monkeypatch: pytest.MonkeyPatch
) -> None:
    def cancelled(*_asked: object) -> Hiding:
        raise Cancelled

    monkeypatch.setattr("jindu_desk.ui.totals.page.hiding_below", cancelled)
    office = window_for(desks[1])
    page = page_of(office)
    page.toggle_protected()
    office.settle()
    assert not page.is_protected
    assert office.said == "已取消，仍是准确数字。"


def test_export(
    desks: tuple[Desk, Desk],
    window_for: Callable[[Desk], WindowForPages],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    township, district = desks
    (tmp_path / "stick").mkdir()
    receive_files(district.store, district.paths, write_packages(township, 1, tmp_path / "stick"))
    office = window_for(district)
    page = page_of(office)
    target = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(target), ""))
    page.button("导出表格").click()
    office.settle()
    assert "已导出" in office.said
    assert "各村明细" in CalamineWorkbook.from_filelike(io.BytesIO(target.read_bytes())).sheet_names

    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(tmp_path / "gone" / "out.xlsx"), ""))
    page.button("导出表格").click()
    office.settle()
    assert "没有写成" in office.said


def test_targets_are_set_from_this_month_on(
    desks: tuple[Desk, Desk], window_for: Callable[[Desk], WindowForPages], tmp_path: Path
) -> None:
    township, district = desks
    (tmp_path / "stick").mkdir()
    receive_files(district.store, district.paths, write_packages(township, 1, tmp_path / "stick"))
    office = window_for(district)
    page = page_of(office)
    page.button("指标要求…").click()
    form = page._form
    assert form is not None
    editor = next(line for line in form.findChildren(QLineEdit) if line.accessibleName().startswith("尿检率"))
    editor.setText("一百")
    form.save_button.click()
    assert "不是百分数" in " ".join(label.text() for label in form.findChildren(QLabel))
    editor.setText("97.5")
    form.save_button.click()
    office.settle()
    assert page._form is None
    assert page.shown is not None
    assert page.shown.targets == {"urine_test": 9750}


def test_the_protected_view_hides_what_a_village_could_be_told_by(
    desks: tuple[Desk, Desk],
    window_for: Callable[[Desk], WindowForPages],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    township, district = desks
    (tmp_path / "stick").mkdir()
    receive_files(district.store, district.paths, write_packages(township, 2, tmp_path / "stick"))
    with district.store.write("few talks") as w:  # in some villages, as if the package had brought them
        w.session.execute(text("UPDATE cell SET value = rowid % 3 WHERE item = 'E01' AND state = 'NUMBER'"))
    office = window_for(district)
    page = page_of(office)
    tabs = next(bar for bar in page.findChildren(QTabBar) if bar.accessibleName() == "汇总的几个方面")
    tabs.setCurrentIndex(1)
    page._block.setCurrentIndex(page._block.findData("E"))
    figures = table(page, "各单位数据")
    whole = column_texts(figures, 2)[-1]
    row = column_texts(figures, 0).index("薛家镇")

    def open_figure() -> list[str]:
        figures.setCurrentIndex(figures.model().index(row, 2))
        page._open_figure(figures.currentIndex())
        office.settle()
        return column_texts(table(page, "各村数据"), 1)

    exact = open_figure()
    assert {"1", "2"} & set(exact)
    page.toggle_protected()
    office.settle()
    assert page._panel.isHidden()
    protected = open_figure()
    assert not {"1", "2"} & set(protected)
    assert HIDDEN in protected
    assert all(shown in (HIDDEN, figure) for shown, figure in zip(protected, exact, strict=True))
    assert column_texts(figures, 2)[-1] == whole  # sums over many villages stay
    assert page.actions_of_totals._can_analyse() is not True
    assert not page._cards.isVisible()

    target = tmp_path / "out.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a: (str(target), ""))
    page.button("导出表格").click()
    office.settle()
    rows = CalamineWorkbook.from_filelike(io.BytesIO(target.read_bytes())).get_sheet_by_name("各村明细").to_python()
    assert HIDDEN in rows[3]
    assert not {1.0, 2.0} & {cell for row in rows[3:] for cell in row[2:] if isinstance(cell, float)}

    page.toggle_protected()
    office.settle()
    assert open_figure() == exact
