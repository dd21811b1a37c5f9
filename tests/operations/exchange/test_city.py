"""Townships report to their district, the district to the city; the city counts what the townships signed."""

from __future__ import annotations

from datetime import date, datetime
from itertools import permutations
from pathlib import Path

import pytest
from sqlmodel import select
from tests.operations.city_desks import (
    LUOXI_NAME,
    NOVEMBER,
    OCTOBER,
    XINBEI,
    XUEJIA_NAME,
    Desks,
    all_rows,
    confirm,
    copied,
    corrected,
    employed,
    figure_of,
    inside,
    kept_package,
    package_of,
    rebuilt,
    rows_of,
    sent_up,
    totals_of,
)
from tests.operations.exchange.desks import directive, receive, take_enrolment
from tests.operations.exchange.months import vault_of
from tests.operations.meeting_forms import signed

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import PackageKind, Verdict
from jindu_desk.domain.expenses import FundSource
from jindu_desk.errors.district_reports import NestedNoLongerGood, TooLargeToSend, TownshipsMissing
from jindu_desk.errors.exchange import MonthAlreadyReported, MonthClosedHere, NotReadyToReport
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.exchange import report_upward as exchange_report_upward
from jindu_desk.operations.exchange.again import hand_out_again
from jindu_desk.operations.exchange.enrolments import write_enrolment
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.key_changes import replace_lost_keys
from jindu_desk.operations.exchange.keys import revoke_key
from jindu_desk.operations.exchange.receive import rebuild
from jindu_desk.operations.exchange.report import reopen_month
from jindu_desk.operations.expenses import ExpenseDraft, book_expense
from jindu_desk.operations.totals import export_totals
from jindu_desk.packages.container import open_container
from jindu_desk.queries.exchange.keys import signers
from jindu_desk.queries.exchange.received import received
from jindu_desk.queries.readiness import Line, Requirement, report_readiness
from jindu_desk.queries.totals import all_cells, behind
from jindu_desk.queries.units import officials
from jindu_desk.store.tables import Signer

# --- what travels and what counts -------------------------------------------------------------------------


def test_two_townships_a_district_and_a_city(desks: Desks) -> None:
    """The city has the very rows that the townships signed, and the district's totals."""
    sent = sent_up(desks.district, desks.folder)
    assert sent.encrypted
    assert list(inside(desks.district, sent)) == [XUEJIA_NAME, LUOXI_NAME]
    (result,) = receive(desks.city, sent.path)
    assert (result.verdict, result.counted) == (Verdict.NEW, True)
    assert result.faults == ()
    assert "缺 8 个镇（街道）" in result.explanation
    assert "理由：其余镇未报。" in result.explanation
    townships = [desks.xuejia.unit.unit.id, desks.luoxi.unit.unit.id]
    at_city = rows_of(desks.city, townships)
    assert at_city == rows_of(desks.district, townships)
    assert len(at_city["Cell"]) > 100
    assert len(at_city["Meeting"]) == 2
    below, above = totals_of(desks.district).total, totals_of(desks.city)
    assert sum(ratio.denominator > 0 for ratio in below.ratios.values()) > 3
    assert above.total.ratios == below.ratios
    assert above.total.ratios_to_date == below.ratios_to_date
    assert (above.total.month, above.total.unknown) == (below.month, below.unknown)
    (row,) = [row for row in above.units if row.unit.id == desks.district.unit.unit.id]
    assert row.ratios == below.ratios
    assert row.package is not None
    assert rebuilt(desks.city)


def test_what_the_district_did_itself_travels_too(desks: Desks) -> None:
    """Its own meeting with the minutes, its people, its money; and goes with its report."""
    district = desks.district
    desks.clock.now = datetime(2026, 10, 22, 9, 0)
    signed(district, OCTOBER)
    line = add_budget_line(district.store, XINBEI.id, BudgetLineDraft(2026, "publicity", FundSource.OWN, 900_000)).key
    entry = ExpenseDraft(str(line), date(2026, 10, 9), "publicity", "印制宣传资料", 12_300, payee="测试甲印刷厂")
    book_expense(district.store, entry, confirmed=True)
    desks.clock.now = datetime(2026, 12, 3, 9, 0)
    sent = sent_up(district, desks.folder)
    assert list(inside(district, sent)) == ["2026-10.pdf", XUEJIA_NAME, LUOXI_NAME]
    (result,) = receive(desks.city, sent.path)
    assert (result.counted, result.faults) == (True, ())
    at_city, at_district = rows_of(desks.city, [XINBEI.id]), rows_of(district, [XINBEI.id])
    for table in ("Meeting", "Attendee", "Decision", "DecisionStep", "SignedDecision", "Expense", "BudgetLine"):
        assert at_city[table] == at_district[table] != []
    people = officials(desks.city.store, [XINBEI.id])
    assert [person.name for person in people] == [person.name for person in officials(district.store, [XINBEI.id])]
    assert rebuilt(desks.city)
    assert result.received_id is not None
    return_report(desks.city.store, desks.city.paths, result.received_id, "区里的例会纪要请核对")
    assert all_rows(desks.city)["Meeting"] == all_rows(desks.city)["Expense"] == []


def test_a_citys_tables_are_the_same_in_any_order_of_arrival(
    desks: Desks, base: tuple[Path, datetime], tmp_path: Path
) -> None:
    """Three reports of the district, of which one corrects the first."""
    first = sent_up(desks.district, desks.folder)
    receive(desks.district, *(package_of(desks, unit, NOVEMBER) for unit in (desks.xuejia, desks.luoxi)))
    second = sent_up(desks.district, desks.folder, NOVEMBER)
    reopen_month(desks.district.store, XINBEI.id, OCTOBER, by="测试甲", reason="薛家镇更正")
    receive(desks.district, corrected(desks, desks.xuejia), accept_revisions=True)
    third = sent_up(desks.district, desks.folder, reason="")
    assert (first.number, second.number, third.number, third.revision) == (1, 2, 3, 2)
    assert kept_package(desks.district, third).descriptor.reason == "薛家镇更正"
    townships = [desks.xuejia.unit.unit.id, desks.luoxi.unit.unit.id]
    found: list[object] = []
    for order in permutations((first, second, third)):
        with copied(base[0] / "city", tmp_path / f"order-{len(found)}", desks.clock) as city:
            receive(city, *(sent.path for sent in order), accept_revisions=True)
            assert rebuilt(city)
            found.append((all_rows(city), totals_of(city).total, totals_of(city, NOVEMBER).total))
            assert found[-1] == found[0]
            assert rows_of(city, townships) == rows_of(desks.district, townships)
            below = totals_of(desks.district, NOVEMBER).total
            assert totals_of(city, NOVEMBER).total.ratios_to_date == below.ratios_to_date


def test_a_townships_correction_after_the_districts_report(desks: Desks) -> None:
    """It is locked out until the district opens the month; the district's second revision replaces the first."""
    (one,) = receive(desks.city, sent_up(desks.district, desks.folder).path)
    village, item, before = employed(desks.xuejia)
    receive(desks.district, package_of(desks, desks.xuejia, NOVEMBER))
    path = corrected(desks, desks.xuejia)
    (locked,) = receive(desks.district, path)
    assert (locked.verdict, locked.counted) == (Verdict.LOCKED, False)
    reopen_month(desks.district.store, XINBEI.id, OCTOBER, by="测试甲", reason="薛家镇更正")
    assert _line(desks.district, Requirement.WAITING).names == ("薛家镇",)
    (taken,) = receive(desks.district, path)
    assert taken.verdict is Verdict.REVISION
    confirm(desks.district, taken)
    assert _line(desks.district, Requirement.WAITING).met
    (two,) = receive(desks.city, sent_up(desks.district, desks.folder, reason="").path)
    assert (two.verdict, two.counted, two.revision) == (Verdict.REVISION, False, 2)
    assert figure_of(desks.city, village, item) == before
    confirm(desks.city, two)
    assert figure_of(desks.city, village, item) == before + 1
    assert totals_of(desks.city).total.ratios == totals_of(desks.district).total.ratios
    states = {row.id: (row.verdict, row.counted) for row in received(desks.city.store)}
    assert states[one.received_id or ""] == (Verdict.NEW, False)
    assert rebuilt(desks.city)


def test_what_the_city_returns_counts_no_more(desks: Desks) -> None:
    (taken,) = receive(desks.city, sent_up(desks.district, desks.folder).path)
    assert taken.received_id is not None
    return_report(desks.city.store, desks.city.paths, taken.received_id, "薛家镇的数字请核对")
    assert totals_of(desks.city).total.month == {}
    rows = rows_of(desks.city, [desks.xuejia.unit.unit.id, desks.luoxi.unit.unit.id])
    assert rows["Cell"] == rows["Meeting"] == rows["Expense"] == rows["Decision"] == rows["BudgetLine"] == []
    rebuild(desks.city.store, desks.city.paths)
    assert totals_of(desks.city).total.month == {}


def test_a_districts_figure_opens_to_its_villages(desks: Desks) -> None:
    """At the city too, and in the workbook."""
    (result,) = receive(desks.city, sent_up(desks.district, desks.folder).path)
    (row,) = [row for row in totals_of(desks.city).units if row.unit.id == XINBEI.id]
    found = behind(desks.city.store, XINBEI.id, OCTOBER, "D01")
    assert sum(each.cell for each in found.cells if isinstance(each.cell, int)) == row.month["D01"] > 0
    assert found.package is not None
    assert found.package.received_id == result.received_id
    assert all(each.unit_name for each in found.cells)
    cells = all_cells(desks.city.store, desks.city.unit.unit, OCTOBER)
    assert cells == all_cells(desks.district.store, desks.district.unit.unit, OCTOBER)
    export_totals(desks.city.store, desks.city.unit.unit.id, OCTOBER, desks.folder / "汇总.xlsx", protected=False)
    assert (desks.folder / "汇总.xlsx").stat().st_size > 10_000


# --- at the district --------------------------------------------------------------------------------------


def test_townships_are_missing_only_with_a_reason(desks: Desks) -> None:
    line = _line(desks.district, Requirement.TOWNSHIPS)
    assert (line.met, line.holds_up, line.count, line.total) == (False, False, 8, 10)
    assert report_readiness(desks.district.store, OCTOBER).ready
    with pytest.raises(TownshipsMissing, match=r"还有 8 个镇（街道）没有计入：.*请写明理由"):
        sent_up(desks.district, desks.folder, reason=" ")
    assert not list(desks.folder.glob("新北区-2026-10-*"))
    sent = sent_up(desks.district, desks.folder, reason="奔牛镇等停电，下月补报")
    assert kept_package(desks.district, sent).descriptor.reason == "奔牛镇等停电，下月补报"
    with pytest.raises(NotReadyToReport, match="还没有一个镇"):
        sent_up(desks.district, desks.folder, OCTOBER.previous)


def test_a_reported_month_is_closed_at_the_district(desks: Desks) -> None:
    sent_up(desks.district, desks.folder)
    with pytest.raises(MonthAlreadyReported):
        sent_up(desks.district, desks.folder)
    counted = next(row.id for row in received(desks.district.store) if row.counted and row.period == "2026-10")
    with pytest.raises(MonthClosedHere):
        return_report(desks.district.store, desks.district.paths, counted, "请核对台账")
    (next_month,) = receive(desks.district, package_of(desks, desks.luoxi, NOVEMBER))
    assert next_month.counted


def test_what_does_not_fit_is_told_before_anything_is_written(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as small:
        small.setattr(exchange_report_upward, "LARGEST_FILE", 80_000)
        with pytest.raises(TooLargeToSend, match=r"MB.*其中最大的是：.*镇-2026-10"):
            sent_up(desks.district, desks.folder)
    with monkeypatch.context() as small:
        (nested,) = desks.xuejia.paths.sent.glob("薛家镇-2026-10-*")
        most = len(open_container(nested.read_bytes()).names)  # one attachment less than the whole has
        small.setattr("jindu_desk.packages.container.MOST_MEMBERS", most)
        with pytest.raises(TooLargeToSend, match=f"个文件，上限 {most} 个"):
            sent_up(desks.district, desks.folder)
    with monkeypatch.context() as small:
        small.setattr(exchange_report_upward, "MOST_ROWS", 100)
        with pytest.raises(TooLargeToSend, match="上限 100 行"):
            sent_up(desks.district, desks.folder)
    assert not list(desks.folder.glob("新北区-2026-10-*"))
    assert not list(desks.district.paths.sent.glob("新北区-2026-10-*"))
    assert sent_up(desks.district, desks.folder).number == 1


def test_a_package_by_a_key_revoked_since_is_asked_for_again(desks: Desks) -> None:
    """The city would not take it; the township signs the same month anew."""
    (old,) = [row for row in signers(desks.district.store) if row.unit_id == desks.xuejia.unit.unit.id]
    vault = vault_of(desks.xuejia)
    replace_lost_keys(desks.xuejia.store, vault, "电脑损坏")
    taken = take_enrolment(
        desks.district, write_enrolment(desks.xuejia.store, vault, desks.xuejia.paths, desks.folder).path
    )
    assert taken.counted
    revoke_key(desks.district.store, old.id, "电脑损坏")
    line = _line(desks.district, Requirement.SIGNATURES)
    assert (line.met, line.holds_up, line.names) == (False, True, ("薛家镇",))
    with pytest.raises(NotReadyToReport, match=r"签名密钥已经作废.*薛家镇"):
        sent_up(desks.district, desks.folder)
    package_of(desks, desks.xuejia, OCTOBER).unlink()
    again = hand_out_again(
        desks.xuejia.store, vault, desks.xuejia.paths, PackageKind.REPORT, XINBEI.id, 1, desks.folder
    )
    (same,) = receive(desks.district, again.path)
    assert same.verdict is Verdict.SAME
    assert _line(desks.district, Requirement.SIGNATURES).met
    receive(desks.city, directive(desks.district, desks.folder).path)
    (result,) = receive(desks.city, sent_up(desks.district, desks.folder).path)
    assert result.counted, result.explanation


def test_a_kept_package_that_no_longer_holds_is_not_handed_on(desks: Desks) -> None:
    """The key's validity was shortened since the package came."""
    with desks.district.store.write("by_hand") as w:
        for signer in w.session.exec(select(Signer).where(Signer.unit_id == desks.xuejia.unit.unit.id)):
            signer.valid_before = datetime(2026, 1, 1)
            w.session.add(signer)
    with pytest.raises(NestedNoLongerGood, match=r"薛家镇.*有效期"):
        sent_up(desks.district, desks.folder)


def _line(desk: Desk, requirement: Requirement) -> Line:
    lines = report_readiness(desk.store, OCTOBER).lines
    return next(line for line in lines if line.requirement is requirement)
