"""A district judges what it received, and its answer does its work at the township."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import col, select
from tests.conftest import Clock
from tests.operations.exchange.desks import answer, directive, introduce, receive
from tests.operations.exchange.months import MONTH, reported, vault_of

from jindu_desk.domain.answers import ReceiptState, RemarkPlace
from jindu_desk.domain.exchange import Verdict
from jindu_desk.errors.entry import FieldError
from jindu_desk.errors.exchange import NobodyToAnswer, NothingToUnlock, NotJudgeable, RemarkElsewhere
from jindu_desk.operations.exchange.judge import (
    RemarkDraft,
    accept_report,
    return_report,
    unlock_month,
    withdraw_judgement,
)
from jindu_desk.operations.exchange.keys import revoke_key
from jindu_desk.operations.exchange.receive import confirm_revision
from jindu_desk.operations.exchange.report import report_month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.packages.sealing import is_sealed
from jindu_desk.queries.exchange.answers import answers, reminders
from jindu_desk.queries.exchange.keys import own_signer, signers
from jindu_desk.queries.exchange.received import received, revision_differences
from jindu_desk.queries.readiness import report_readiness
from jindu_desk.queries.totals import Arrival, totals
from jindu_desk.queries.units import units_below
from jindu_desk.store.tables import Receipt, Remark, Reminder

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk


@pytest.fixture
def october(district: Desk, township: Desk, stick: Path, clock: Clock) -> str:
    """Both know each other, and the district has the township's October. The id of its row there."""
    introduce(district, township, stick)
    clock.advance(days=8)
    (result,) = receive(district, reported(township, MONTH, stick).path)
    assert result.counted
    assert result.received_id is not None
    clock.advance(hours=1)
    return result.received_id


def counts(district: Desk, township: Desk) -> bool:
    units = totals(district.store, district.unit.unit.id, MONTH).units
    return next(row.arrival for row in units if row.unit.id == township.unit.unit.id) is Arrival.COUNTED


def receipts(desk: Desk) -> list[tuple[int, ReceiptState, str]]:
    with desk.store.read() as session:
        return [
            (row.number, row.state, row.reason) for row in session.exec(select(Receipt).order_by(col(Receipt.number)))
        ]


def corrected(township: Desk, stick: Path, workers: int = 7) -> Path:
    own = township.unit.unit.id
    set_cells(township.store, own, MONTH, [CellEdit(own, "M02", workers)])
    return report_month(township.store, vault_of(township), township.paths, MONTH, stick).path


def test_receipt_says_what_was_received(district: Desk, township: Desk, october: str, stick: Path) -> None:
    (placed,) = answer(district, [township], stick)
    assert placed.encrypted
    assert is_sealed(placed.path.read_bytes())
    (result,) = receive(township, placed.path)
    assert (result.verdict, result.counted) == (Verdict.NEW, True)
    assert "第 1 号为止" in result.explanation
    assert "2026-10 第 1 号已收到" in result.explanation
    assert receipts(township) == [(1, ReceiptState.RECEIVED, "")]


def test_acceptance(district: Desk, township: Desk, october: str, stick: Path) -> None:
    accept_report(district.store, october)
    (result,) = receive(township, answer(district, [township], stick)[0].path)
    assert "第 1 号已认可" in result.explanation
    assert receipts(township) == [(1, ReceiptState.ACCEPTED, "")]
    assert counts(district, township)


def test_a_returned_report_is_out_of_the_totals_by_construction(district: Desk, township: Desk, october: str) -> None:
    assert counts(district, township)
    return_report(district.store, district.paths, october, "尿检数与台账不符")
    assert not counts(district, township)
    (row,) = [row for row in received(district.store) if row.id == october]
    assert not row.counted
    assert "已退回" in row.explanation
    (again,) = receive(district, district.paths.received / f"{row.file_sha256}.jdpkg")
    assert (again.verdict, again.counted) == (Verdict.SAME, False)


def test_return_opens_the_month_with_its_reasons_at_their_places(
    district: Desk, township: Desk, october: str, stick: Path
) -> None:
    village = units_below(township.store, township.unit.unit.id, MONTH)[0]
    remarks = [
        RemarkDraft("漏填上月转入的两人", RemarkPlace.CELL, village.id, "A04.J"),
        RemarkDraft("零报告请再核实", RemarkPlace.VILLAGE, village.id),
    ]
    return_report(district.store, district.paths, october, "请核对", remarks)
    (result,) = receive(township, answer(district, [township], stick)[0].path)
    assert "第 1 号被退回：请核对" in result.explanation
    ready = report_readiness(township.store, MONTH)
    assert ready.lock is not None
    assert not ready.lock.closed
    assert ready.lock.reopened_by == "新北区"
    assert ready.lock.reason == "请核对"
    with township.store.read() as session:
        found = [(row.place, row.unit_id, row.item, row.reason) for row in session.exec(select(Remark))]
    assert sorted(found, key=str) == sorted(
        [
            (RemarkPlace.CELL, village.id, "A04.J", "漏填上月转入的两人"),
            (RemarkPlace.VILLAGE, village.id, None, "零报告请再核实"),
        ],
        key=str,
    )


def test_the_correction_of_a_returned_report_is_seen_before_it_counts(
    district: Desk, township: Desk, october: str, stick: Path, clock: Clock
) -> None:
    return_report(district.store, district.paths, october, "请核对社工人数")
    (returned,) = receive(township, answer(district, [township], stick)[0].path)
    assert "还没有收到" not in returned.explanation  # it was received: its receipt says what became of it
    clock.advance(hours=1)
    (result,) = receive(district, corrected(township, stick))
    assert (result.verdict, result.counted, result.revision) == (Verdict.REVISION, False, 2)
    assert result.received_id is not None
    differences = revision_differences(district.store, district.paths, result.received_id)
    assert differences.reason == "请核对社工人数"
    assert [(row.item, row.before, row.after) for row in differences.cells] == [("M02", "1", "7")]
    assert not counts(district, township)
    clock.advance(hours=1)
    (told,) = receive(township, answer(district, [township], stick)[0].path)
    assert "第 2 号已收到，还没有计入" in told.explanation


def test_what_a_returned_correction_had_replaced_stays_out(
    district: Desk, township: Desk, october: str, stick: Path, clock: Clock
) -> None:
    unlock_month(district.store, township.unit.unit.id, MONTH, "请更正社工人数")
    receive(township, answer(district, [township], stick)[0].path)
    clock.advance(hours=1)
    (second,) = receive(district, corrected(township, stick, workers=2))
    assert second.received_id is not None
    confirm_revision(district.store, district.paths, second.received_id)
    assert counts(district, township)
    return_report(district.store, district.paths, second.received_id, "社工人数仍然不符")
    assert not counts(district, township)
    clock.advance(days=30)
    (third,) = receive(district, reported(township, MONTH.next, stick).path)
    assert third.counted
    both = {october, second.received_id}
    assert not any(row.counted for row in received(district.store) if row.id in both)
    withdraw_judgement(district.store, district.paths, second.received_id)
    assert {row.id for row in received(district.store) if row.counted} & both == {second.received_id}


def test_an_answer_that_comes_after_the_correction_opens_nothing(
    district: Desk, township: Desk, october: str, stick: Path, clock: Clock
) -> None:
    return_report(district.store, district.paths, october, "请核对社工人数")
    first = answer(district, [township], stick)[0].path
    receive(township, first)
    clock.advance(hours=1)
    corrected(township, stick)
    clock.advance(hours=1)
    receive(township, answer(district, [township], stick)[0].path)
    ready = report_readiness(township.store, MONTH)
    assert ready.lock is not None
    assert ready.lock.closed


def test_withdrawing_a_return_lets_it_count_again(district: Desk, township: Desk, october: str, stick: Path) -> None:
    return_report(district.store, district.paths, october, "看错了")
    withdraw_judgement(district.store, district.paths, october)
    assert counts(district, township)
    receive(township, answer(district, [township], stick)[0].path)
    assert receipts(township) == [(1, ReceiptState.RECEIVED, "")]
    with pytest.raises(NotJudgeable):
        withdraw_judgement(district.store, district.paths, october)


def test_unlock(district: Desk, township: Desk, october: str, stick: Path, clock: Clock) -> None:
    unlock_month(district.store, township.unit.unit.id, MONTH, "允许补报")
    assert counts(district, township)
    (placed,) = answer(district, [township], stick)
    (result,) = receive(township, placed.path)
    assert "2026-10 已解锁" in result.explanation
    ready = report_readiness(township.store, MONTH)
    assert ready.lock is not None
    assert not ready.lock.closed
    clock.advance(hours=1)
    corrected(township, stick)
    clock.advance(hours=1)
    receive(township, answer(district, [township], stick)[0].path)  # the unlock is still in it, and was used
    again = report_readiness(township.store, MONTH).lock
    assert again is not None
    assert again.closed
    with pytest.raises(NothingToUnlock):
        unlock_month(district.store, township.unit.unit.id, MONTH.previous, "允许补报")


def test_revocation_travels(district: Desk, township: Desk, october: str, stick: Path) -> None:
    (theirs,) = [row for row in signers(district.store) if row.unit_id == township.unit.unit.id]
    revoke_key(district.store, theirs.id)
    (result,) = receive(township, answer(district, [township], stick)[0].path)
    assert theirs.fingerprint in result.explanation
    assert own_signer(township.store) is None


def test_reminders(district: Desk, township: Desk, october: str, stick: Path, clock: Clock) -> None:
    clock.advance(days=60)  # October and November are over and due
    mine = [row.period for row in reminders(district.store) if row.unit.id == township.unit.unit.id]
    assert mine == ["2026-11"]
    others = {row.period for row in reminders(district.store) if row.unit.id != township.unit.unit.id}
    assert others == {"2026-10", "2026-11"}
    (result,) = receive(township, answer(district, [township], stick)[0].path)
    assert "2026-11 的上报还没有收到，截止 2026-12-05" in result.explanation
    with township.store.read() as session:
        assert [row.period for row in session.exec(select(Reminder))] == ["2026-11"]


def test_a_gap_names_the_number_that_is_missing(district: Desk, township: Desk, stick: Path, clock: Clock) -> None:
    introduce(district, township, stick)
    clock.advance(days=8)
    lost = reported(township, MONTH, stick).path
    clock.advance(days=30)
    (held,) = receive(district, reported(township, MONTH.next, stick).path)
    assert held.verdict is Verdict.GAP
    (result,) = receive(township, answer(district, [township], stick)[0].path)
    assert "上级缺第 1 号" in result.explanation
    assert "2026-11 第 2 号已收到，还没有计入" in result.explanation
    (late,) = receive(district, lost)
    assert (late.verdict, late.released) == (Verdict.NEW, (2,))


def test_one_answer_each_for_several_units_or_none(district: Desk, township: Desk, stick: Path) -> None:
    introduce(district, township, stick)
    below = units_below(district.store, district.unit.unit.id, MONTH)
    from jindu_desk.operations.exchange.answers import write_answers

    made = write_answers(district.store, vault_of(district), district.paths, [u.id for u in below[:3]], stick)
    assert [placed.number for placed in made] == [1, 1, 1]
    assert len({placed.path for placed in made}) == 3
    with pytest.raises(NobodyToAnswer):
        write_answers(district.store, vault_of(district), district.paths, ["nobody"], stick)


def test_an_answer_for_another_unit_is_not_for_us(district: Desk, township: Desk, october: str, stick: Path) -> None:
    other = next(
        unit.id
        for unit in units_below(district.store, district.unit.unit.id, MONTH)
        if unit.id != township.unit.unit.id
    )
    from jindu_desk.operations.exchange.answers import write_answers

    (placed,) = write_answers(district.store, vault_of(district), district.paths, [other], stick)
    (result,) = receive(township, placed.path)
    assert result.verdict is Verdict.NOT_FOR_US


def test_what_a_return_must_say(district: Desk, township: Desk, october: str) -> None:
    with pytest.raises(FieldError):
        return_report(district.store, district.paths, october, " ")
    for draft in (
        RemarkDraft("不在这里", RemarkPlace.CELL, "nowhere", "A04.J"),
        RemarkDraft("不在这里", RemarkPlace.EXPENSE, record="nothing"),
    ):
        with pytest.raises(RemarkElsewhere):
            return_report(district.store, district.paths, october, "请核对", [draft])
    assert counts(district, township)


def test_news_are_told_until_they_were_answered(
    district: Desk, township: Desk, october: str, stick: Path, clock: Clock
) -> None:
    def news() -> bool:
        return next(row.news for row in answers(district.store) if row.unit.id == township.unit.unit.id)

    assert news()
    answer(district, [township], stick)
    assert not news()
    clock.advance(hours=1)
    return_report(district.store, district.paths, october, "请核对")
    assert news()
    row = next(row for row in answers(district.store) if row.unit.id == township.unit.unit.id)
    assert (row.highest, row.returned, row.received, row.encrypted) == (1, 1, 0, True)


def test_answers_that_were_missed_do_no_harm(
    district: Desk, township: Desk, october: str, stick: Path, clock: Clock
) -> None:
    answer(district, [township], stick)
    clock.advance(hours=1)
    accept_report(district.store, october)
    (result,) = receive(township, answer(district, [township], stick)[0].path)
    assert (result.verdict, result.number) == (Verdict.NEW, 2)
    assert receipts(township) == [(1, ReceiptState.ACCEPTED, "")]
    directive(district, stick)
