"""Reasons that tell something, several reports accepted at once, the side of a fork that is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.operations.exchange.test_receive import OCTOBER, XUEJIA, Stream, enrol, receive

from jindu_desk.domain.answers import ReceiptState, RemarkPlace
from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors.entry import TextMissing
from jindu_desk.errors.exchange import NotAFork, NotJudgeable, ReturnReasonWeak
from jindu_desk.operations.exchange.judge import (
    RemarkDraft,
    accept_reports,
    checked_reason,
    return_report,
    unlock_month,
)
from jindu_desk.operations.exchange.receive import decide_fork
from jindu_desk.queries.exchange.received import received

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    return desk


@pytest.fixture
def october(district: Desk) -> str:
    (result,) = receive(district, Stream().next())
    assert result.received_id is not None
    return result.received_id


@pytest.mark.parametrize("reason", ["无", "。。。", "不对", "没有问题", "没有原因。"])
def test_reasons_that_tell_nothing_are_refused(district: Desk, october: str, reason: str) -> None:
    good = RemarkDraft("漏填两人", RemarkPlace.VILLAGE, f"{XUEJIA.id}-village-1")
    with pytest.raises(ReturnReasonWeak, match="没有说明问题"):
        return_report(district.store, district.paths, october, reason, [good])
    with pytest.raises(ReturnReasonWeak):
        return_report(
            district.store,
            district.paths,
            october,
            "请核对",
            [RemarkDraft(reason, RemarkPlace.VILLAGE, f"{XUEJIA.id}-village-1")],
        )
    with pytest.raises(ReturnReasonWeak):
        unlock_month(district.store, XUEJIA.id, OCTOBER, reason)
    with pytest.raises(ReturnReasonWeak):
        checked_reason(district.store, OCTOBER, reason)
    assert [(row.counted, row.judged) for row in received(district.store)] == [(True, None)]


def test_an_empty_reason_is_missing(district: Desk, october: str) -> None:
    with pytest.raises(TextMissing):
        return_report(district.store, district.paths, october, "  ")
    assert checked_reason(district.store, OCTOBER, " 漏填两人 ") == "漏填两人"


def test_several_are_accepted_or_none(district: Desk) -> None:
    stream = Stream()
    contents = [stream.next(period) for period in ("2026-08", "2026-09", "2026-10")]
    ids = [result.received_id or "" for result in receive(district, contents[0], contents[2])]
    with pytest.raises(NotJudgeable):  # the third waits for the second
        accept_reports(district.store, ids)
    assert {row.judged for row in received(district.store)} == {None}
    receive(district, contents[1])
    accept_reports(district.store, [row.id for row in received(district.store)])
    assert {row.judged for row in received(district.store)} == {ReceiptState.ACCEPTED}


def test_the_side_that_stands_can_be_confirmed_once(district: Desk) -> None:
    one, other = receive(district, Stream().next(value=3), Stream().next(value=8))
    decide_fork(district.store, district.paths, one.received_id or "", "旧电脑上的一份作废")
    stands, lost = (
        next(row for row in received(district.store) if row.id == result.received_id) for result in (one, other)
    )
    assert (stands.verdict, stands.counted, stands.decided_reason) == (Verdict.NEW, True, "旧电脑上的一份作废")
    assert "已认定采用这一份" in stands.explanation
    assert (lost.verdict, lost.counted, lost.other_chosen) == (Verdict.FORK, False, "旧电脑上的一份作废")
    with pytest.raises(NotAFork):
        decide_fork(district.store, district.paths, one.received_id or "", "再说一次")
    decide_fork(district.store, district.paths, other.received_id or "", "弄错了，另一份才对")
    assert {row.id: row.counted for row in received(district.store)} == {stands.id: False, lost.id: True}


def test_nothing_is_decided_where_there_is_no_fork(district: Desk, october: str) -> None:
    with pytest.raises(NotAFork):
        decide_fork(district.store, district.paths, october, "没有冲突")
