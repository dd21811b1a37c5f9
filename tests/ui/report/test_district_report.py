"""本月上报 at a district: which townships are in, a reason for those that are not, and what the lock means there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.operations.exchange.months import vault_of
from tests.operations.exchange.test_receive import LUOXI, XUEJIA, Stream, enrol, receive
from tests.ui.conftest import WindowForPages
from tests.ui.report.test_report_page import agree, shown

from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.keys import revoke_key
from jindu_desk.operations.units import end_unit
from jindu_desk.queries.exchange.keys import signers
from jindu_desk.queries.exchange.superior import sent_packages
from jindu_desk.queries.units import units_below
from jindu_desk.ui.report.page import ReportPage

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

OCTOBER = Month(2026, 10)


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    """Both its townships are enrolled; the others have ended."""
    desk = make_desk("district", "320411000000")
    desk.__dict__["vault"] = vault_of(desk)
    for unit in units_below(desk.store, desk.unit.unit.id, OCTOBER):
        if unit.id not in (XUEJIA.id, LUOXI.id):
            end_unit(desk.store, unit.id, OCTOBER.previous)
    for party in (XUEJIA, LUOXI):
        enrol(desk, party)
    return desk


def words_of(page: ReportPage) -> dict[str, str]:
    """title → sentence of every line of the checklist."""
    from PySide6.QtWidgets import QLabel

    names = [label.accessibleName() for label in page.checklist.findChildren(QLabel) if "：" in label.accessibleName()]
    return dict(name.split("：", 1) for name in names)


def test_nothing_goes_out_before_one_township_is_in(
    district: Desk, window_for: Callable[[Desk], WindowForPages], monkeypatch: pytest.MonkeyPatch
) -> None:
    office = window_for(district)
    page = shown(office)
    assert page.part == "本月上报"
    assert page.checklist.said == "还差 1 项"
    assert words_of(page)["镇（街道）上报"] == "还没有一个镇（街道）的上报计入。"
    assert "不影响上报" in words_of(page)["月协调例会"]
    assert not page.send.button.isEnabled()
    went: list[str] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **where: went.append(key))
    page.checklist.button_of("镇（街道）上报").click()
    assert went == ["receive"]


def test_a_missing_township_takes_a_reason_that_travels(
    district: Desk, window_for: Callable[[Desk], WindowForPages], stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(district, Stream(XUEJIA).next("2026-10"))
    office = window_for(district)
    asked = agree(office, monkeypatch)
    page = shown(office)
    assert page.checklist.said == "可以上报"
    assert "1 个已计入，还缺 1 个：罗溪镇" in words_of(page)["镇（街道）上报"]
    page.send.choose(stick)
    assert page.send.reason.isVisibleTo(page)
    assert not page.send.button.isEnabled()
    assert "写明理由" in page.send.button.toolTip()
    page.send.reason.editor.setText("罗溪镇停电，下月补报")
    assert page.send.button.isEnabled()
    page.send.button.click()
    office.settle()
    office.settle()
    assert "各镇（街道）这个月再来的数据包只保存、不计入" in asked[0]
    (row,) = [row for row in sent_packages(district.store) if row.period]
    assert row.reason == "罗溪镇停电，下月补报"
    assert page.package.number == "第 1 号"
    assert "再读入一次" in page.package.why
    assert page.send.isHidden()


def test_all_townships_in_takes_no_reason(district: Desk, window_for: Callable[[Desk], WindowForPages]) -> None:
    receive(district, Stream(XUEJIA).next("2026-10"), Stream(LUOXI).next("2026-10"))
    page = shown(window_for(district))
    assert words_of(page)["镇（街道）上报"] == "2 个镇（街道）都已计入。"
    assert not page.send.reason.isVisibleTo(page)
    assert page.send.button.isEnabled()


def test_what_waits_and_what_was_signed_by_a_revoked_key_is_named(
    district: Desk, window_for: Callable[[Desk], WindowForPages]
) -> None:
    xuejia, luoxi = Stream(XUEJIA), Stream(LUOXI)
    receive(district, xuejia.next("2026-10"), luoxi.next("2026-10"), luoxi.revised("2026-10", 2, 5))
    (key,) = [row for row in signers(district.store) if row.unit_id == XUEJIA.id]
    revoke_key(district.store, key.id)
    page = shown(window_for(district))
    assert "罗溪镇" in words_of(page)["等待处理"]
    assert "签名密钥已经作废：薛家镇" in words_of(page)["签名有效"]
    assert page.checklist.said == "还差 1 项"


def test_a_city_reports_to_nobody(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    """There is no month to report, only what concerns keys."""
    desk = make_desk("city", "320400000000")
    desk.__dict__["vault"] = vault_of(desk)
    page = window_for(desk).show(ReportPage)
    assert page.part == "与上级往来"
