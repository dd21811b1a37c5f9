"""The desk leads to the exchange of keys until it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.operations.exchange.desks import directive, introduce
from tests.operations.exchange.months import vault_of

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.units import Tier
from jindu_desk.errors.packages import UntrustedPackage
from jindu_desk.operations.exchange.kept import keep_refused
from jindu_desk.queries.exchange.introductions import Introductions, introductions
from jindu_desk.ui.desk.board import DeskBoard
from jindu_desk.ui.desk.lines import key_lines
from jindu_desk.ui.desk.page import DeskPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

SUPERIOR = ("report", {"part": "superior"})
KEYS = ("direct", {"tab": "密钥"})


def shown(office: WindowForPages) -> DeskBoard:
    board = office.show(DeskPage).board
    assert board is not None
    return board


def led_to(office: WindowForPages, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, object]]]:
    went: list[tuple[str, dict[str, object]]] = []
    monkeypatch.setattr(office.shell, "go", lambda key, **where: went.append((key, where)))
    for link in shown(office).keys.buttons:
        link.click()
    return went


def test_a_township_is_led_until_both_know_each_other(
    office: WindowForPages, township: Desk, district: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert led_to(office, monkeypatch) == [SUPERIOR, SUPERIOR]
    keys = shown(office).keys
    assert not keys.isHidden()
    assert "还没有签名密钥" in keys.lines[0].said
    assert "新北区的指令" in keys.lines[1].said
    vault_of(township)
    assert [line.verb for line in shown(office).keys.lines] == ["去与上级往来"]
    introduce(district, township, stick)
    assert shown(office).keys.isHidden()
    assert introductions(township.store).complete


def test_a_district_is_led_to_the_keys_of_its_townships(
    window_for: Callable[[Desk], WindowForPages],
    district: Desk,
    township: Desk,
    stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    office = window_for(district)
    assert led_to(office, monkeypatch) == [SUPERIOR, SUPERIOR, KEYS]
    before = introductions(district.store).strangers
    assert "薛家镇" in before
    assert f"等 {len(before)} 个单位" in shown(office).keys.lines[-1].said
    introduce(district, township, stick)
    assert set(before) - set(introductions(district.store).strangers) == {"薛家镇"}


def test_a_city_makes_its_key_where_it_directs() -> None:
    (making, units) = key_lines(Tier.CITY, Introductions(False, "", ("新北区",)))
    assert {(making.screen, making.where), (units.screen, units.where)} == {("direct", (("tab", "密钥"),))}
    assert "还没有登记新北区的密钥" in units.said


def test_nothing_is_said_where_all_is_done() -> None:
    for tier in (Tier.TOWNSHIP, Tier.DISTRICT, Tier.CITY):
        assert key_lines(tier, Introductions(True, "", ())) == ()


def test_an_own_file_that_was_refused_once_is_told_as_own(
    window_for: Callable[[Desk], WindowForPages], district: Desk, stick: Path
) -> None:
    sent = directive(district, stick)
    content = sent.path.read_bytes()
    keep_refused(district.store, district.paths, sent.path, content, Verdict.UNTRUSTED, UntrustedPackage(), "")
    (line,) = shown(window_for(district)).came.rows
    assert (line.verdict, line.kind) == ("本单位写出的", "plain")
    assert line.said == "这是本单位自己写出的第 1 号指令，不用读入。"
