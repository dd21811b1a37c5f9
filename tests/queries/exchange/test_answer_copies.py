"""What an answer said is read again from its kept file, at both desks the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, introduce, receive
from tests.operations.exchange.months import MONTH, reported

from jindu_desk.domain.answers import ReceiptState, RemarkPlace
from jindu_desk.errors.exchange import NoSuchReceived, NoSuchSent, SentCopyMissing
from jindu_desk.operations.exchange.judge import RemarkDraft, return_report
from jindu_desk.queries.exchange.answer_copies import received_answer, written_answer
from jindu_desk.queries.units import units_below
from jindu_desk.reports.exchange.answer_slip import answer_slip_pdf
from jindu_desk.reports.exchange.answer_slip_of import answer_slip_of
from jindu_desk.reports.typesetting.fonts import font_set
from jindu_desk.reports.typesetting.preview import page_text

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


def test_both_desks_print_the_same_slip(district: Desk, desk: Desk, stick: Path, clock: Clock) -> None:
    introduce(district, desk, stick)
    clock.advance(days=8)
    (result,) = receive(district, reported(desk, MONTH, stick).path)
    assert result.received_id is not None
    village = units_below(desk.store, desk.unit.unit.id, MONTH)[0]
    remark = RemarkDraft("与上月相差很大，请核对", RemarkPlace.CELL, village.id, "A01")
    return_report(district.store, district.paths, result.received_id, "尿检数与台账不符，请逐村核对", [remark])
    clock.advance(hours=1)
    (placed,) = answer(district, [desk], stick)
    (taken,) = receive(desk, placed.path)
    assert taken.received_id is not None

    own = desk.unit.unit.id
    here = written_answer(district.store, district.paths, own, 1)
    there = received_answer(desk.store, desk.paths, taken.received_id)
    assert answer_slip_of(here) == answer_slip_of(there)
    assert (here.unit, here.sender, here.keeper, here.highest) == ("薛家镇", "新北区", "测试丙", 1)
    assert [receipt.state for receipt in here.receipts] == [ReceiptState.RETURNED]
    ((_, where),) = here.remarks
    assert where.startswith(village.name)
    printed = page_text(answer_slip_pdf(answer_slip_of(here), font_set()), 0)
    assert "与上月相差很大" in printed


def test_a_copy_that_is_gone_is_told(district: Desk, desk: Desk, stick: Path) -> None:
    introduce(district, desk, stick)
    own = desk.unit.unit.id
    with pytest.raises(NoSuchSent):
        written_answer(district.store, district.paths, own, 1)
    (placed,) = answer(district, [desk], stick)
    assert written_answer(district.store, district.paths, own, 1).receipts == ()
    (district.paths.sent / placed.path.name).unlink()
    with pytest.raises(SentCopyMissing):
        written_answer(district.store, district.paths, own, 1)
    with pytest.raises(NoSuchReceived):
        received_answer(desk.store, desk.paths, "none")
