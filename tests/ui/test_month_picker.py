"""Choosing a month by arrows and from the year's grid."""

from __future__ import annotations

from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from jindu_desk.domain.months import FIRST_YEAR, Month
from jindu_desk.ui.month_picker import MonthPicker, month_text


def named(picker: MonthPicker, name: str) -> QToolButton:
    return next(each for each in picker.findChildren(QToolButton) if each.accessibleName() == name)


def test_arrows_ask_for_the_month_beside(qtbot: QtBot) -> None:
    picker = MonthPicker(Month(2026, 12))
    qtbot.addWidget(picker)
    asked: list[Month] = []
    picker.wanted.connect(asked.append)
    named(picker, "上一个月").click()
    named(picker, "下一个月").click()
    assert asked == [Month(2026, 11), Month(2027, 1)]
    assert picker.month == Month(2026, 12)  # it changes when it is really shown
    assert named(picker, "当前月份：2026年12月").text() == month_text(Month(2026, 12)) == "2026年12月"


def test_the_grid_opens_on_the_month_and_leads_to_another_year(qtbot: QtBot) -> None:
    picker = MonthPicker(Month(2026, 10))
    qtbot.addWidget(picker)
    asked: list[Month] = []
    picker.wanted.connect(asked.append)
    picker._open_year()
    assert named(picker, "2026年10月").isChecked()
    named(picker, "上一年").click()
    named(picker, "2025年3月").click()
    assert asked == [Month(2025, 3)]


def test_the_first_month_has_none_before_it(qtbot: QtBot) -> None:
    picker = MonthPicker(Month(FIRST_YEAR, 1))
    qtbot.addWidget(picker)
    assert not named(picker, "上一个月").isEnabled()
    assert named(picker, "下一个月").isEnabled()
