"""The duties page in the window: what is due, what is done, what is recorded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from jindu_desk.domain.duty_rules import Done
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.months import Month
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.duties import mark_duty_done
from jindu_desk.queries.duties import duties_of_year
from jindu_desk.ui.duties.columns import ShownDuty, evidence_text, period_text, state_text
from jindu_desk.ui.duties.done_form import DoneForm
from jindu_desk.ui.duties.page import DutiesPage
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

HEARING = ("hearing_half_yearly", "2026-H2")


def shown(office: WindowForPages) -> DutiesPage:
    office.window.take_screens([spec for spec in SCREENS if spec.key in ("duties", "meetings", "expenses")])
    office.window.show_pages()
    office.window.resize(1366, 768)
    office.window.show()
    office.shell.go("duties")
    office.settle()
    page = office.window.pages.page("duties")
    assert isinstance(page, DutiesPage)
    return page


@pytest.fixture
def page(office: WindowForPages) -> DutiesPage:
    return shown(office)


def rows(page: DutiesPage) -> dict[tuple[str, str], ShownDuty]:
    return {row.key: row for row in page.rows}


def open_duty(page: DutiesPage, office: WindowForPages, duty: str, period: str) -> DoneForm:
    page.open_at(duty=duty, period=period)
    office.settle()
    page.button("登记完成").click()
    office.settle()
    form = page.panel.content
    assert isinstance(form, DoneForm)
    return form


def done(desk: Desk, key: tuple[str, str]) -> Done | None:
    board = duties_of_year(desk.store, desk.unit.unit.id, 2026, date(2026, 10, 28))
    return next(row.done for row in board.rows if (row.rule.code, row.period) == key)


def test_what_is_open_is_shown_first_with_words(page: DutiesPage) -> None:
    found = rows(page)
    october = found["coordination_meeting", "2026-10"]

    assert next(iter(found)) == ("coordination_meeting", "2026-10")
    assert (period_text(october.duty), state_text(october.duty)) == ("10 月", "还有 3 天")
    assert ("coordination_meeting", "2026-08") not in found  # before this folder was begun
    assert not page.button("登记完成").isEnabled()


def test_a_duty_is_recorded_and_taken_back(
    page: DutiesPage, office: WindowForPages, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = open_duty(page, office, *HEARING)
    form.done_on.editor.line.setText("2026-10-29")
    page.panel.button("保存登记").click()
    office.settle()
    assert "晚于今天" in form.done_on.error
    form.done_on.editor.line.setText("没有")
    page.panel.button("保存登记").click()
    assert "不是日期" in form.done_on.error
    form.done_on.editor.line.setText("10-12")
    form.note.editor.setPlainText("党委会第 9 次会议")
    page.panel.button("保存登记").click()
    office.settle()

    assert done(desk, HEARING) == Done(date(2026, 10, 12), "党委会第 9 次会议")
    assert page.panel.content is None
    assert HEARING not in rows(page)  # no longer open
    page.open_at(duty=HEARING[0], period=HEARING[1])
    row = rows(page)[HEARING]
    assert (state_text(row.duty), evidence_text(row)) == ("10-12 完成", "党委会第 9 次会议")
    monkeypatch.setattr(office.shell, "ask", lambda question, verb, danger=False: True)
    page._recording.withdraw()
    office.settle()
    assert done(desk, HEARING) is None


def test_what_the_data_shows_cannot_be_taken_back_here(page: DutiesPage, office: WindowForPages, desk: Desk) -> None:
    add_budget_line(desk.store, desk.unit.unit.id, BudgetLineDraft(2026, "publicity", FundSource.OWN, 1))
    page.refresh()
    office.settle()
    page.open_at(duty="in_the_budget", period="2026")

    row = rows(page)["in_the_budget", "2026"]
    assert state_text(row.duty) == "已完成"
    assert evidence_text(row).startswith("由数据认定")
    assert page._recording.can_withdraw() == "这一项由数据自动认定，不能在这里撤回。"


def test_a_case_is_recorded_each_time(page: DutiesPage, office: WindowForPages, desk: Desk) -> None:
    page.which.setCurrentIndex(page.which.findData("undated"))
    page._choose_which()
    form = open_duty(page, office, "measures_on_same_level", "")
    assert not form.attachments.acceptDrops()
    form.done_on.editor.line.setText("2026-10-12")
    form.note.editor.setPlainText("约谈")
    page.panel.button("保存登记").click()
    office.settle()

    assert done(desk, ("measures_on_same_level", "2026-10-12")) == Done(date(2026, 10, 12), "约谈")
    assert ("measures_on_same_level", "") in rows(page)


def test_evidence_is_kept_beside_the_duty(page: DutiesPage, office: WindowForPages, tmp_path: Path) -> None:
    paper = tmp_path / "纪要.pdf"
    paper.write_bytes(b"%PDF made up")
    form = open_duty(page, office, *HEARING)
    form.attachments.added.emit([paper])
    office.settle()

    assert rows(page)[HEARING].files == 1
    assert form.attachments.names == ("纪要.pdf",)


def test_the_work_is_reached_from_the_duty(page: DutiesPage, office: WindowForPages) -> None:
    page.open_at(duty="coordination_meeting", period="2026-11")
    office.settle()
    page.button("前往办理").click()
    office.settle()

    assert office.window.pages.current_key == "meetings"
    assert office.shell.month == Month(2026, 11)
    office.shell.go("duties")
    page.open_at(duty="hearing_half_yearly", period="2026-H2")
    assert not page.button("前往办理").isEnabled()
    assert "程序外办理" in page.button("前往办理").toolTip()


def test_the_panel_follows_the_selection_until_something_is_typed(page: DutiesPage, office: WindowForPages) -> None:
    open_duty(page, office, "coordination_meeting", "2026-10")
    page.open_at(duty=HEARING[0], period=HEARING[1])
    form = page.panel.content
    assert isinstance(form, DoneForm)
    assert form.row.key == HEARING
    form.note.editor.setPlainText("没写完")
    page.open_at(duty="coordination_meeting", period="2026-10")
    assert page.panel.content is form
    assert form.note.text() == "没写完"


def test_a_district_sees_its_own_duties(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    district = make_desk("district", "320411000000")
    mark_duty_done(district.store, district.unit.unit.id, "monthly_assessment", "2026-10", done_on=date(2026, 10, 22))
    page = shown(window_for(district))

    found = rows(page)
    bulletin = found["monthly_bulletin", "2026-10"].duty
    assert (bulletin.due, state_text(bulletin)) == (date(2026, 10, 29), "还有 1 天")
    assert ("coordination_meeting", "2026-10") not in found


def test_every_control_has_a_name(page: DutiesPage, office: WindowForPages) -> None:
    open_duty(page, office, *HEARING)
    nameless = [
        type(widget).__name__
        for kind in (QLineEdit, QComboBox, QAbstractButton)
        for widget in page.findChildren(kind)
        if not (widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text()))
        and widget.isVisibleTo(page)
        and not widget.objectName().startswith("qt_")
    ]
    assert nameless == []
