"""Fields: dates and months as people type them, errors beside their field."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from jindu_desk.domain.months import Month
from jindu_desk.errors.entry import NotADate, NotAMonth
from jindu_desk.ui.date_field import DateField, read_date
from jindu_desk.ui.fields import Form, choice, line_edit
from jindu_desk.ui.month_field import MonthField, read_month
from jindu_desk.ui.pasted_names import names_in


@pytest.mark.parametrize(
    "typed",
    ["2026-10-28", "2026.10.28", "2026/10/28", "20261028", "10-28", "10月28日", "２０２６年10月28日", " 2026-10-28 "],
)
def test_a_date_is_read_as_people_type_it(typed: str) -> None:
    assert read_date(typed, 2026) == date(2026, 10, 28)


@pytest.mark.parametrize("typed", ["2026-13-01", "2026-02-30", "昨天", "28", "2026-10", "1-1-1"])
def test_what_is_no_date_says_so(typed: str) -> None:
    with pytest.raises(NotADate):
        read_date(typed, 2026)


def test_no_date_is_none() -> None:
    assert read_date("  ", 2026) is None


@pytest.mark.parametrize("typed", ["2026-10", "2026.10", "202610", "2026年10月", "２０２６－１０"])
def test_a_month_is_read_as_people_type_it(typed: str) -> None:
    assert read_month(typed) == Month(2026, 10)


@pytest.mark.parametrize("typed", ["", "10", "2026-13", "10-2026"])
def test_what_is_no_month_says_so(typed: str) -> None:
    with pytest.raises(NotAMonth):
        read_month(typed)


def test_leaving_a_date_field_tidies_it_and_keeps_what_is_no_date(qtbot: QtBot) -> None:
    field = DateField(year=2026)
    qtbot.addWidget(field)
    field.line.setText("10.8")
    field.line.editingFinished.emit()
    assert field.line.text() == "2026-10-08"
    field.line.setText("明天")
    field.line.editingFinished.emit()
    assert field.line.text() == "明天"


def test_leaving_a_month_field_tidies_it(qtbot: QtBot) -> None:
    field = MonthField(Month(2026, 1))
    qtbot.addWidget(field)
    field.setText("202612")
    field.editingFinished.emit()
    assert field.text() == "2026-12"


def test_an_error_stands_below_its_field_until_the_next_keystroke(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    field = form.add("单位名称", line_edit(), hint="全称", required=True)
    field.show_error("“单位名称”还没有填写。请填写后再保存。")
    assert field.error.startswith("“单位名称”")
    QTest.keyClicks(field.editor, "a")
    assert field.error == ""
    field.show_hint("简称也可以")
    assert field.error == ""


def test_every_editor_has_a_name_and_a_label_that_leads_to_it(qtbot: QtBot) -> None:
    form = Form(columns=2)
    qtbot.addWidget(form)
    box = form.add("配色", choice((("浅色", "light"), ("深色", "dark")), chosen="dark"))
    assert isinstance(box.editor, QComboBox)
    assert box.editor.currentData() == "dark"
    assert box.label.buddy() is box.editor
    assert box.editor.accessibleName() == "配色"


def test_pasted_names_lose_their_numbering() -> None:
    pasted = "1. 测试甲村\t备注\r\n2、测试乙村\n\n（3）测试丙村，\n一、测试丁村\n测试甲村\n八字桥村"
    assert names_in(pasted) == ["测试甲村", "测试乙村", "测试丙村", "测试丁村", "八字桥村"]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize(("width", "columns"), [(900, 3), (320, 2), (200, 1)])
def test_fields_stand_below_each_other_where_there_is_no_room(qtbot: QtBot, width: int, columns: int) -> None:
    form = Form(columns=3)
    qtbot.addWidget(form)
    editors = [form.add(word, line_edit()).editor for word in ("姓名", "任职日期", "离任日期")]
    form.resize(900, 300)
    form.show()
    form.resize(width, 300)
    qtbot.waitUntil(lambda: len({editor.mapTo(form, QPoint()).x() for editor in editors}) == columns)
