"""All screens, in the order of the navigation. Pages are imported when they are first shown, or made ready."""

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


def _screen(key: str, title: str, icon: str, tiers: frozenset[str], page: str, **more: bool) -> ScreenSpec:
    """The screen whose folder bears its key; ``page`` is the name of its class."""
    package = f"jindu_desk.ui.{key}"

    def load() -> Callable[[Any], QWidget]:
        made: Callable[[Any], QWidget] = getattr(import_module(f"{package}.page"), page)
        return made

    return ScreenSpec(key, title, icon, tiers, load, package, **more)


SCREENS: tuple[ScreenSpec, ...] = (
    _screen("desk", "工作台", "layout-dashboard", ALL, "DeskPage"),
    _screen("receive", "接收", "inbox", ABOVE, "ReceivePage"),
    _screen("totals", "汇总", "sigma", ABOVE, "TotalsPage"),
    _screen("meetings", "会议", "users", ALL, "MeetingsPage"),
    _screen("tallies", "台账", "table-2", TOWNSHIP, "TalliesPage", ahead=True),
    _screen("expenses", "经费", "wallet", ALL, "ExpensesPage"),
    _screen("duties", "履职", "calendar-check", ALL, "DutiesPage"),
    _screen("report", "上报", "send", REPORTING, "ReportPage"),
    _screen("direct", "下发", "download", ABOVE, "DirectPage"),
    _screen("papers", "文书", "printer", ALL, "PapersPage"),
    _screen("units", "单位人员", "building-2", TOWNSHIP, "UnitsPage", below_line=True),
    _screen("units", "名单", "building-2", ABOVE, "UnitsPage", below_line=True),
    _screen("preferences", "设置", "settings", ALL, "PreferencesPage", below_line=True),
)
