"""A month that goes out again without a change is told apart from one that was corrected."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.operations.exchange.months import MONTH, reported

from jindu_desk.operations.exchange.report import reopen_month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.queries.exchange.nothing_new import says_nothing_new

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

TOWNSHIP_ITEM = "M01"


def test_what_was_never_sent_is_new(township: Desk) -> None:
    assert not says_nothing_new(township.store, township.paths, MONTH)


def test_opened_again_and_changed_and_changed_back(township: Desk, stick: Path) -> None:
    reported(township, MONTH, stick)
    own = township.unit.unit.id
    reopen_month(township.store, own, MONTH, by="测试丙", reason="核对")
    assert says_nothing_new(township.store, township.paths, MONTH)
    set_cells(township.store, own, MONTH, [CellEdit(own, TOWNSHIP_ITEM, 7)])
    assert not says_nothing_new(township.store, township.paths, MONTH)
    set_cells(township.store, own, MONTH, [CellEdit(own, TOWNSHIP_ITEM, 1)])
    assert says_nothing_new(township.store, township.paths, MONTH)


def test_without_the_copy_nothing_is_claimed(township: Desk, stick: Path) -> None:
    reported(township, MONTH, stick)
    reopen_month(township.store, township.unit.unit.id, MONTH, by="测试丙", reason="核对")
    for copy in township.paths.sent.iterdir():
        copy.unlink()
    assert not says_nothing_new(township.store, township.paths, MONTH)


def test_a_district_rests_on_others(district: Desk) -> None:
    assert not says_nothing_new(district.store, district.paths, MONTH)
