"""Where a sentence about this desk's key sends somebody, that place is there on every tier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QPushButton

from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import IdentityUnreadable, NoSigningKey, SigningKeyExists, SigningKeyUnreadable
from jindu_desk.ui.direct.page import KEYS, DirectPage
from jindu_desk.ui.preferences.page import PreferencesPage
from jindu_desk.ui.report.page import ReportPage
from jindu_desk.ui.screens import SCREENS

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.ui.conftest import WindowForPages

    from jindu_desk.app.desk import Desk

OFFICES = (Tier.TOWNSHIP, Tier.DISTRICT, Tier.CITY)
CHANGING = (SigningKeyExists(fingerprint="AAAA"), SigningKeyUnreadable(), IdentityUnreadable())


def screens_of(tier: Tier) -> set[str]:
    return {spec.title for spec in SCREENS if tier.value in spec.tiers}


def screens_in(sentence: str) -> list[str]:
    return re.findall(r"“(\w+)”页", sentence)


@pytest.mark.parametrize("tier", OFFICES)
def test_the_page_that_makes_a_key_is_there(tier: Tier) -> None:
    named = screens_in(str(NoSigningKey()))
    assert named
    assert set(named) <= screens_of(tier)


@pytest.mark.parametrize("error", CHANGING)
def test_the_city_is_sent_elsewhere_to_change_its_key(error: Exception) -> None:
    whole, city = str(error), re.search(r"（市在(.+?)）", str(error))
    assert city is not None
    assert set(screens_in(city.group(1))) == {"下发"} <= screens_of(Tier.CITY)
    for tier in (Tier.TOWNSHIP, Tier.DISTRICT):
        assert set(screens_in(whole.replace(city.group(), ""))) == {"上报"} <= screens_of(tier)


def test_the_city_finds_the_buttons_of_which_it_is_told(
    make_desk: Callable[[str, str], Desk], window_for: Callable[[Desk], WindowForPages]
) -> None:
    city = make_desk("city", "320400000000")
    page = window_for(city).show(PreferencesPage)
    (making,) = (button for button in page.findChildren(QPushButton) if f"“{button.text()}”" in str(NoSigningKey()))
    assert making.isVisibleTo(page)
    assert window_for(city).show(DirectPage).tabs.tabText(KEYS) == "密钥"


def test_the_township_finds_the_part_of_which_it_is_told(office: WindowForPages) -> None:
    tabs = office.show(ReportPage).tabs
    assert any(tabs.tabText(n).startswith("与上级往来") for n in range(tabs.count()))
