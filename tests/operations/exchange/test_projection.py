"""The district's tables under packages that say more than they may, come late, or went bad on the disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlmodel import SQLModel, col, select
from tests.operations.exchange.test_receive import LUOXI, XINBEI, XUEJIA, Stream, enrol, receive, verdicts
from tests.packages.made_up import Tables, head, tables

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.meetings import DecisionState
from jindu_desk.domain.units import Tier
from jindu_desk.errors.exchange import RecordOfOther, VillageOfOther
from jindu_desk.operations.exchange.receive import confirm_revision, decide_fork, rebuild
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.shipped_units import shipped_below
from jindu_desk.store.tables import (
    Adjustment,
    BudgetLine,
    Cell,
    Decision,
    DecisionStep,
    Expense,
    Meeting,
    Official,
    Received,
    Unit,
    UnitVersion,
)

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

PROJECTED: tuple[type[SQLModel], ...] = (
    Unit,
    UnitVersion,
    Official,
    Cell,
    Meeting,
    Decision,
    DecisionStep,
    BudgetLine,
    Adjustment,
    Expense,
)
THEIRS = f"{LUOXI.id}-village-1"


@pytest.fixture
def district(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("district", "320411000000")
    enrol(desk, XUEJIA)
    enrol(desk, LUOXI)
    return desk


def rows_of(period: str = "2026-10") -> Tables:
    return tables(head(sender=XUEJIA, receiver=XINBEI, period=period))


def stealing(period: str) -> Tables:
    rows = rows_of(period)
    rows["units"].append({**rows["units"][1], "id": THEIRS})
    rows["unit_versions"].append({**rows["unit_versions"][1], "unit_id": THEIRS, "name": "偷来村"})
    rows["cells"].append({**rows["cells"][0], "unit_id": THEIRS, "value": 777})
    return rows


def clashing(period: str) -> Tables:
    rows = rows_of(period)
    rows["officials"].append({**rows["officials"][0], "id": f"{LUOXI.id}-official"})
    return rows


def names_of(desk: Desk, unit_id: str) -> list[tuple[str, str, str | None]]:
    with desk.store.read() as session:
        query = select(UnitVersion.since, UnitVersion.name, col(UnitVersion.reports_to))
        return list(session.exec(query.where(UnitVersion.unit_id == unit_id).order_by(UnitVersion.since)).all())


def projected(desk: Desk) -> list[object]:
    with desk.store.read() as session:
        return [sorted(map(repr, session.exec(select(table)))) for table in PROJECTED]


def expenses_of(desk: Desk) -> list[tuple[str, int]]:
    with desk.store.read() as session:
        query = select(col(Expense.on), Expense.amount_fen).order_by(col(Expense.on), col(Expense.number))
        return [(f"{on:%Y-%m}", amount) for on, amount in session.exec(query)]


def assert_rebuilding_changes_nothing(desk: Desk) -> None:
    before = projected(desk)
    rebuild(desk.store, desk.paths)
    assert projected(desk) == before


def test_village_cannot_be_stolen_through_a_held_package(district: Desk) -> None:
    stream, owner = Stream(), Stream(LUOXI)
    first, second = stream.next("2026-08"), stream.next("2026-09", rows=stealing("2026-09"))
    receive(district, second, owner.next("2026-10"))
    before = names_of(district, THEIRS)
    (result,) = receive(district, first)
    assert (result.verdict, result.counted, result.released) == (Verdict.NEW, True, ())
    assert names_of(district, THEIRS) == before == [("2026-01", "测试1村", LUOXI.id)]
    held = next(row for row in received(district.store) if row.number == 2)
    assert (held.verdict, held.counted) == (Verdict.UNTRUSTED, False)
    assert "归“罗溪镇”管" in held.explanation
    assert verdicts(receive(district, owner.next("2026-11"))) == [Verdict.NEW]
    assert_rebuilding_changes_nothing(district)


def test_village_cannot_be_stolen_by_confirming_or_deciding(district: Desk) -> None:
    stream, other = Stream(), Stream()
    receive(district, stream.next(), stream.next(rows=stealing("2026-10"), revision=2, reason="更正"))
    receive(district, other.next(rows=stealing("2026-10")))
    receive(district, Stream(LUOXI).next())
    waiting = {row.verdict: row.id for row in received(district.store)}
    before = projected(district)
    with pytest.raises(VillageOfOther):
        confirm_revision(district.store, district.paths, waiting[Verdict.REVISION])
    with pytest.raises(VillageOfOther):
        decide_fork(district.store, district.paths, waiting[Verdict.FORK], "电话核对")
    assert projected(district) == before


def test_held_package_with_a_taken_id_does_not_stop_the_one_before_it(district: Desk) -> None:
    stream = Stream()
    receive(district, Stream(LUOXI).next())
    first, second = stream.next("2026-08"), stream.next("2026-09", rows=clashing("2026-09"))
    (held, released_by) = receive(district, second, first)
    assert (held.verdict, released_by.verdict, released_by.counted) == (Verdict.GAP, Verdict.NEW, True)
    found = next(row for row in received(district.store) if row.number == 2)
    assert (found.verdict, found.explanation) == (Verdict.UNTRUSTED, str(RecordOfOther()))
    stream.sent.pop()
    assert verdicts(receive(district, stream.next("2026-09"))) == [Verdict.NEW]


def test_deciding_for_a_package_with_a_taken_id_has_its_sentence(district: Desk) -> None:
    receive(district, Stream(LUOXI).next(), Stream().next())
    (fork,) = receive(district, Stream().next(rows=clashing("2026-10")))
    before = projected(district)
    with pytest.raises(RecordOfOther):
        decide_fork(district.store, district.paths, fork.received_id or "", "电话核对")
    assert projected(district) == before


def test_shipped_village_is_its_shipped_townships(district: Desk) -> None:
    village = shipped_below(LUOXI.code)[0]
    rows = rows_of()
    rows["units"].append({**rows["units"][1], "id": village.id, "code": village.code})
    rows["unit_versions"].append({**rows["unit_versions"][1], "unit_id": village.id, "name": village.name})
    (result,) = receive(district, Stream().next(rows=rows))
    assert (result.verdict, result.code) == (Verdict.UNTRUSTED, "village_of_other")
    assert village.name in result.explanation
    with district.store.write("move_village") as w:  # the district's own list says otherwise
        w.session.add(Unit.model_validate({"id": village.id, "tier": Tier.VILLAGE, "code": village.code}))
        w.session.flush()
        version = {"unit_id": village.id, "since": "2026-01", "name": village.name, "reports_to": XUEJIA.id}
        w.session.add(UnitVersion.model_validate(version))
    assert verdicts(receive(district, Stream().next(rows=rows))) == [Verdict.NEW]


def test_village_that_moved_is_named_by_its_new_township_only(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next("2026-09"))
    village = f"{XUEJIA.id}-village-1"
    with district.store.write("move_village") as w:
        version = {"unit_id": village, "since": "2026-11", "name": "新名村", "reports_to": LUOXI.id}
        w.session.add(UnitVersion.model_validate(version))
    rows = rows_of()
    rows["unit_versions"].append({**rows["unit_versions"][1], "since": "2026-12", "name": "旧镇起的名"})
    assert verdicts(receive(district, stream.next(rows=rows))) == [Verdict.NEW]
    assert names_of(district, village) == [("2026-01", "测试1村", XUEJIA.id), ("2026-11", "新名村", LUOXI.id)]


def with_reversal(entry: dict[str, object], period: str = "2026-10") -> Tables:
    """A month with nothing but the reversal of an earlier entry, which travels along."""
    rows = rows_of(period)
    reversal = {**rows["expenses"][1], "reverses": entry["id"], "amount_fen": -int(str(entry["amount_fen"]))}
    rows["expenses"] = [entry, reversal]
    return rows


def test_reversal_brings_no_entry_of_another_month_with_it(district: Desk) -> None:
    stream = Stream()
    september = rows_of("2026-09")
    september["expenses"] = september["expenses"][:1]
    ghost = {**september["expenses"][0], "id": "ghost", "number": 50, "on": date(2026, 9, 20), "amount_fen": 9_000_000}
    receive(district, stream.next("2026-09", rows=september))
    (result,) = receive(district, stream.next(rows=with_reversal(ghost)))
    assert result.counted
    assert expenses_of(district) == [("2026-09", 12_345)]
    receive(district, stream.next(revision=2, reason="更正"), accept=True)
    assert expenses_of(district) == [("2026-09", 12_345), ("2026-10", 12_345), ("2026-10", -12_345)]
    assert_rebuilding_changes_nothing(district)


def test_reversal_counts_when_its_month_is_reported_after_it(district: Desk) -> None:
    stream = Stream()
    september = rows_of("2026-09")
    september["expenses"] = september["expenses"][:1]
    receive(district, stream.next(rows=with_reversal(dict(september["expenses"][0]))))
    assert expenses_of(district) == []
    receive(district, stream.next("2026-09", rows=september))
    assert expenses_of(district) == [("2026-09", 12_345), ("2026-10", -12_345)]
    assert_rebuilding_changes_nothing(district)


def test_revision_leaves_nothing_of_what_it_replaced(district: Desk) -> None:
    stream = Stream()
    rows = rows_of()
    rows["budget_lines"].append({**rows["budget_lines"][0], "id": "line-2", "position": 1})
    rows["decisions"].append({**rows["decisions"][0], "id": "open-one", "series": "earlier", "number": 7})
    receive(district, stream.next(rows=rows), stream.next(revision=2, reason="更正"), accept=True)
    with district.store.read() as session:
        assert session.get(BudgetLine, "line-2") is None
        assert session.get(Decision, "open-one") is None
    assert_rebuilding_changes_nothing(district)


def test_revision_confirmed_late_does_not_turn_decisions_back(district: Desk) -> None:
    def with_open(period: str, state: DecisionState) -> Tables:
        rows = rows_of(period)
        rows["decisions"].append({**rows["decisions"][0], "id": "open-one", "series": "2026-08", "number": 1})
        step = {"decision_id": "open-one", "state": state, "approved_by": "测试乙"}
        rows["decision_steps"].append({**rows["decision_steps"][0], **step})
        return rows

    stream = Stream()
    begun = with_open("2026-09", DecisionState.NOT_STARTED)
    results = receive(
        district,
        stream.next("2026-09", rows=begun),
        stream.next("2026-09", rows=begun, revision=2, reason="更正"),
        stream.next("2026-10", rows=with_open("2026-10", DecisionState.DONE)),
    )
    confirm_revision(district.store, district.paths, results[1].received_id or "")
    with district.store.read() as session:
        step = session.exec(select(DecisionStep).where(DecisionStep.decision_id == "open-one")).one()
        assert step.state is DecisionState.DONE
    assert_rebuilding_changes_nothing(district)


def test_damaged_original_is_put_back_by_receiving_it_again(district: Desk) -> None:
    stream = Stream()
    first, second, third = stream.next("2026-08"), stream.next("2026-09"), stream.next("2026-10")

    def spoil(number: int) -> None:
        with district.store.read() as session:
            kept = session.exec(select(Received.file_sha256).where(Received.number == number)).one()
        (district.paths.received / f"{kept}.jdpkg").write_bytes(b"xx")

    receive(district, first, third)
    spoil(1)
    assert verdicts(receive(district, first)) == [Verdict.SAME]
    rebuild(district.store, district.paths)
    spoil(3)  # a held one: it waits for its file, the one before it counts
    assert verdicts(receive(district, second)) == [Verdict.NEW]
    assert next(row.verdict for row in received(district.store) if row.number == 3) is Verdict.DAMAGED
    assert verdicts(receive(district, third)) == [Verdict.NEW]
    assert_rebuilding_changes_nothing(district)


def test_original_that_is_gone_stops_neither_the_batch_nor_what_counts(district: Desk) -> None:
    stream = Stream()
    receive(district, stream.next("2026-09"), stream.next("2026-10"))
    before = projected(district)
    for file in district.paths.received.iterdir():
        file.unlink()
    revision = stream.next("2026-09", revision=2, reason="更正")
    results = receive(district, revision, Stream(LUOXI).next(), accept=True)
    assert [(result.code, result.counted) for result in results] == [("received_file_missing", False), ("", True)]
    receive(district, *(package.content for package in stream.sent[:2]))
    assert projected(district) != before  # the other township's rows have come
    assert receive(district, revision, accept=True)[0].counted


@pytest.mark.parametrize(
    ("place", "item"), [(0, "A99"), (0, "M01"), (3, "A04.J")], ids=["unknown", "township's", "village's"]
)
def test_item_that_does_not_belong_in_its_row_is_refused(district: Desk, place: int, item: str) -> None:
    rows = rows_of()
    rows["cells"] = [{**rows["cells"][place], "item": item}]
    (result,) = receive(district, Stream().next(rows=rows))
    assert (result.verdict, result.code, len(result.faults)) == (Verdict.DAMAGED, "rows_invalid", 1)
    assert "cells 第 2 行 item 栏" in result.faults[0]


def test_figures_that_break_a_rule_count_and_are_told(district: Desk) -> None:
    stream = Stream()
    rows = rows_of()
    values = {"H01": 1, "H02": 7}
    rows["cells"] = [{**rows["cells"][0], "item": item, "value": value} for item, value in values.items()]
    (result,) = receive(district, stream.next(rows=rows))
    assert result.counted
    assert result.faults[0].startswith("测试1村：已送所 7，多于决定 1")
    assert f"数据有 {len(result.faults)} 处不符合审核规则：{result.faults[0]}" in result.explanation
    (kept,) = received(district.store)
    assert kept.explanation == result.explanation
    (waiting,) = receive(district, stream.next(rows=rows, revision=2, reason="更正"))
    assert (waiting.counted, waiting.faults) == (False, ())
    confirm_revision(district.store, district.paths, waiting.received_id or "")
    confirmed = next(row for row in received(district.store) if row.revision == 2)
    assert "不符合审核规则" in confirmed.explanation
