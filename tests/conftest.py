"""Fixtures for the whole suite. Qt draws into memory unless a platform was asked for."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt loads

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from jindu_desk.app.desk import Desk
    from jindu_desk.store.engine import Store


class Clock:
    """A wall clock that moves only when told."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@pytest.fixture
def clock() -> Clock:
    return Clock(datetime(2026, 10, 28, 9, 30))


@pytest.fixture
def empty_desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    """An opened folder before its first start."""
    from jindu_desk.app.desk import Desk

    desk = Desk.open(tmp_path / "data", create=True, clock=clock)
    yield desk
    desk.close(backup=False)


@pytest.fixture
def desk(empty_desk: Desk) -> Desk:
    """薛家镇 with its fifteen villages, reporting to 新北区, on 28 October 2026."""
    set_up_shipped(empty_desk, "320411103000")
    return empty_desk


@pytest.fixture
def make_desk(tmp_path: Path, clock: Clock) -> Iterator[Callable[[str, str], Desk]]:
    """``make_desk("district", "320411000000")``: a folder by that name, set up for a unit of the shipped list."""
    from jindu_desk.app.desk import Desk

    opened: list[Desk] = []

    def make(name: str, code: str) -> Desk:
        made = Desk.open(tmp_path / name, create=True, clock=clock)
        opened.append(made)
        set_up_shipped(made, code)
        return made

    yield make
    for made in opened:
        made.close(backup=False)


@pytest.fixture
def township(desk: Desk) -> Desk:
    """`desk`, where it is one of two."""
    return desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    """新北区, to which 薛家镇 reports; neither knows the other's key."""
    return make_desk("district", "320411000000")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """An empty folder, in the place of a USB stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def store(desk: Desk) -> Store:
    return desk.store


@pytest.fixture
def look(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose palette, font and style sheet are put back after a test that starts the program."""
    import shiboken6

    from jindu_desk.ui.theme.theme import Theme

    palette, font = qapp.palette(), qapp.font()
    yield qapp
    for theme in qapp.findChildren(Theme):
        shiboken6.delete(theme)
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


def set_up_shipped(desk: Desk, code: str) -> None:
    """Set an empty folder up for a unit of the shipped list with all units below it and made-up people."""
    from jindu_desk.domain.units import Role
    from jindu_desk.operations.units import OfficialDraft, SetUp, UnitDraft, set_up_folder
    from jindu_desk.queries.shipped_units import ShippedUnit, shipped_below, shipped_unit

    def draft(unit: ShippedUnit) -> UnitDraft:
        return UnitDraft(unit.name, unit.tier, unit.code, unit.id)

    own = shipped_unit(code)
    assert own is not None
    superior = shipped_unit(own.parent)
    below = shipped_below(code)
    people = [
        OfficialDraft("", Role.FIRST_RESPONSIBLE, "测试甲", "党委书记"),
        OfficialDraft("", Role.MAIN_RESPONSIBLE, "测试乙", "副镇长"),
        OfficialDraft("", Role.FULL_TIME_STAFF, "测试丙", "专职禁毒工作人员"),
        *(OfficialDraft(unit.id, Role.VILLAGE_DIRECTOR, f"测试{n}", "主任") for n, unit in enumerate(below, 1)),
    ]
    set_up_folder(
        desk.store,
        SetUp(draft(own), draft(superior) if superior else None, [draft(u) for u in below], people, keeper="测试丙"),
    )
    desk.reload()
