"""A district's correction at the city: what changed inside, township by township."""

from __future__ import annotations

from pathlib import Path

from tests.operations.city_desks import (
    NOVEMBER,
    OCTOBER,
    XINBEI,
    Desks,
    Tables,
    altered,
    corrected,
    employed,
    inside,
    package_of,
    sent_up,
)
from tests.operations.exchange.desks import receive

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.expenses import FundSource
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.report import reopen_month
from jindu_desk.queries.exchange.compare import RecordsDifference
from jindu_desk.queries.exchange.compare_inside import InsideChange
from jindu_desk.queries.exchange.received import PackageDifferences, received, revision_differences


def reopened(desks: Desks) -> None:
    reopen_month(desks.district.store, XINBEI.id, OCTOBER, by="测试甲", reason="薛家镇更正")


def waiting(desks: Desks, file: Path) -> PackageDifferences:
    (taken,) = receive(desks.city, file)
    assert (taken.verdict, taken.counted) == (Verdict.REVISION, False)
    return revision_differences(desks.city.store, desks.city.paths, str(taken.received_id))


def correction_of(desks: Desks, township: Desk) -> Path:
    """Of October; what it sent in between is handed in."""
    receive(desks.district, package_of(desks, township, NOVEMBER))
    return corrected(desks, township)


def counted(desk: Desk, unit: Desk) -> str:
    rows = received(desk.store)
    return next(row.id for row in rows if row.counted and row.stream == unit.unit.unit.id and row.period == "2026-10")


def test_a_replaced_package_is_told_with_its_cells(desks: Desks) -> None:
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    village, item, before = employed(desks.xuejia)
    reopened(desks)
    receive(desks.district, correction_of(desks, desks.xuejia), accept_revisions=True)
    line = BudgetLineDraft(2026, "publicity", FundSource.OWN, 900_000)
    add_budget_line(desks.district.store, XINBEI.id, line)
    found = waiting(desks, sent_up(desks.district, desks.folder, reason="").path)
    assert [(cell.township, cell.item, cell.before, cell.after) for cell in found.cells] == [
        ("薛家镇", item, str(before), str(before + 1))
    ]
    assert found.cells[0].unit_name not in ("", village, "薛家镇")
    assert found.townships is not None
    (township,) = found.townships
    assert (township.unit_name, township.change, township.cells) == ("薛家镇", InsideChange.REPLACED, 1)
    assert (township.before, township.after, township.reason) == ((1, 1), (3, 2), "核对后更正")
    assert found.records == (RecordsDifference("budget", 1, 0, 0),)  # the district's own, and of nobody else


def test_a_package_that_is_gone_and_one_that_is_new(desks: Desks) -> None:
    """In the first report 罗溪镇 is missing, in the second 薛家镇."""
    luoxi = counted(desks.district, desks.luoxi)
    return_report(desks.district.store, desks.district.paths, luoxi, "请核对台账")
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    reopened(desks)
    return_report(desks.district.store, desks.district.paths, counted(desks.district, desks.xuejia), "请核对台账")
    receive(desks.district, correction_of(desks, desks.luoxi), accept_revisions=True)
    found = waiting(desks, sent_up(desks.district, desks.folder, reason="薛家镇退回").path)
    assert found.townships is not None
    assert [(row.unit_name, row.change, row.before, row.after) for row in found.townships] == [
        ("罗溪镇", InsideChange.NEW, None, (3, 2)),
        ("薛家镇", InsideChange.GONE, (1, 1), None),
    ]
    assert all(row.cells > 100 for row in found.townships)
    assert (found.cells, found.records) == ((), ())


def test_what_the_district_made_of_the_rows_is_not_what_changed(desks: Desks) -> None:
    """The same packages inside: rows that the district reworded count as little as before."""
    first = sent_up(desks.district, desks.folder)
    receive(desks.city, first.path)
    reopened(desks)
    second = sent_up(desks.district, desks.folder, reason="")

    def reworded(tables: Tables) -> None:
        tables["cells"][0] = {**tables["cells"][0], "note": "区里另写的"}
        tables["meetings"][0] = {**tables["meetings"][0], "place": "另一处"}

    found = waiting(desks, altered(desks.district, second, desks.folder, reworded, inside(desks.district, second)))
    assert (found.townships, found.cells, found.records) == ((), (), ())


def test_a_townships_own_correction_has_no_inside(desks: Desks) -> None:
    (taken,) = receive(desks.district, correction_of(desks, desks.xuejia))
    found = revision_differences(desks.district.store, desks.district.paths, str(taken.received_id))
    assert found.townships is None
    assert [cell.township for cell in found.cells] == [""]
