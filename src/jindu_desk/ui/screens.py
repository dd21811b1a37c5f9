"""All screens, in the order of the navigation. Pages are imported when they are first shown."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from PySide6.QtWidgets import QWidget

from jindu_desk.ui.frame.screen import ScreenSpec

TOWNSHIP = frozenset({"township"})
ABOVE = frozenset({"district", "city"})
ALL = TOWNSHIP | ABOVE
REPORTING = frozenset({"township", "district"})


def _page(module: str, name: str) -> Callable[[], Callable[[Any], QWidget]]:
    def load() -> Callable[[Any], QWidget]:
        page: Callable[[Any], QWidget] = getattr(import_module(f"jindu_desk.ui.{module}.page"), name)
        return page

    return load


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("desk", "工作台", "layout-dashboard", ALL, _page("desk", "DeskPage")),
    ScreenSpec("receive", "接收", "inbox", ABOVE, _page("receive", "ReceivePage")),
    ScreenSpec("totals", "汇总", "sigma", ABOVE, _page("totals", "TotalsPage")),
    ScreenSpec("meetings", "会议", "users", ALL, _page("meetings", "MeetingsPage")),
    ScreenSpec("tallies", "台账", "table-2", TOWNSHIP, _page("tallies", "TalliesPage")),
    ScreenSpec("expenses", "经费", "wallet", ALL, _page("expenses", "ExpensesPage")),
    ScreenSpec("duties", "履职", "calendar-check", ALL, _page("duties", "DutiesPage")),
    ScreenSpec("report", "上报", "send", REPORTING, _page("report", "ReportPage")),
    ScreenSpec("direct", "下发", "download", ABOVE, _page("direct", "DirectPage")),
    ScreenSpec("papers", "文书", "printer", ALL, _page("papers", "PapersPage")),
    ScreenSpec("units", "单位人员", "building-2", TOWNSHIP, _page("units", "UnitsPage"), below_line=True),
    ScreenSpec("units", "名单", "building-2", ABOVE, _page("units", "UnitsPage"), below_line=True),
    ScreenSpec("preferences", "设置", "settings", ALL, _page("preferences", "PreferencesPage"), below_line=True),
)
