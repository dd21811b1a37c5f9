"""The example beside the real folder is whole or absent; a PC that keeps no key still gets its unit."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import PassphraseNeeded
from jindu_desk.operations.units import SetUp, UnitDraft
from jindu_desk.queries.exchange.keys import own_signer
from jindu_desk.settings.keys import KeyVault
from jindu_desk.ui.first_start import starting
from jindu_desk.ui.first_start.starting import demo_beside, set_up
from jindu_desk.ui.tasks import Cancelled, Progress

if TYPE_CHECKING:
    from tests.conftest import Clock

NOVEMBER = Month(2026, 11)


@pytest.fixture(autouse=True)
def one_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "_DEMO_MONTHS", {Tier.TOWNSHIP: 1})


def test_an_example_is_made_beside_the_folder_and_used_again(tmp_path: Path) -> None:
    told: list[str] = []
    progress = Progress(lambda _done, _total, text: told.append(text))
    made = demo_beside(tmp_path / "data", Tier.TOWNSHIP, NOVEMBER, progress)
    assert made.parent == tmp_path
    desk = Desk.open(made)
    assert desk.unit.demo
    desk.close(backup=False)
    told.clear()
    assert demo_beside(tmp_path / "data", Tier.TOWNSHIP, NOVEMBER, progress) == made
    assert told == []


def test_an_example_that_was_cancelled_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress(lambda *_step: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        demo_beside(tmp_path / "data", Tier.TOWNSHIP, NOVEMBER, progress)
    assert list(tmp_path.iterdir()) == []


def test_without_a_passphrase_the_unit_is_set_up_all_the_same(
    empty_desk: Desk, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def nobody_answers(_vault: KeyVault, _name: str, _secret: str) -> None:
        raise PassphraseNeeded

    monkeypatch.setattr(KeyVault, "secret", lambda _vault, _name: None)
    monkeypatch.setattr(KeyVault, "keep", nobody_answers)
    own = UnitDraft("测试甲镇", Tier.TOWNSHIP)
    with caplog.at_level(logging.WARNING, logger="jindu_desk"):
        set_up(empty_desk, SetUp(own, None, [UnitDraft("测试甲村", Tier.VILLAGE)], [], "测试丁"))
    assert empty_desk.unit.unit.name == "测试甲镇"
    assert own_signer(empty_desk.store) is None
    assert "no signing key" in caplog.text
