"""A township that moves from one district to another: the city keeps what each of them brought."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select
from tests.operations.city_desks import all_rows, copied, rebuilt
from tests.operations.exchange.test_receive import Stream, enrol, receive
from tests.packages.made_up import Tables, head, key_of, tables
from tests.packages.report_writing import write_report

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Tier, shipped_unit_id
from jindu_desk.operations.demo_month import DemoClock
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.units import UnitDraft, add_unit, move_unit
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.write import WrittenPackage
from jindu_desk.queries.totals import totals
from jindu_desk.store.tables import Cell, Decision

if TYPE_CHECKING:
    from jindu_desk.app.desk import Desk

CHANGZHOU = Party(shipped_unit_id("320400000000"), "320400000000", "常州市", Tier.CITY)
XINBEI = Party(shipped_unit_id("320411000000"), "320411000000", "新北区", Tier.DISTRICT)
WUJIN = Party(shipped_unit_id("320412000000"), "320412000000", "武进区", Tier.DISTRICT)
MOVED = Party("township-that-moves", "320499300000", "测试丙镇", Tier.TOWNSHIP)
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


@pytest.fixture
def city(make_desk: Callable[[str, str], Desk]) -> Desk:
    desk = make_desk("city", CHANGZHOU.code)
    add_unit(desk.store, UnitDraft(MOVED.name, Tier.TOWNSHIP, MOVED.code, MOVED.id), XINBEI.id, Month(2026, 1))
    move_unit(desk.store, MOVED.id, NOVEMBER, reports_to=WUJIN.id)
    for unit in (XINBEI, WUJIN, MOVED):
        enrol(desk, unit)
    return desk


class District:
    """A district that reports nothing of its own but the packages of its townships."""

    def __init__(self, unit: Party) -> None:
        self.unit = unit
        self.sent: list[WrittenPackage] = []

    def next(self, nested: bytes, period: str, revision: int = 1) -> bytes:
        made = head(
            sender=self.unit,
            receiver=CHANGZHOU,
            period=period,
            revision=revision,
            reason="更正" if revision > 1 else "",
            number=len(self.sent) + 1,
            previous=self.sent[-1].descriptor_sha256 if self.sent else None,
        )
        rows: Tables = {name: [] for name in tables(made)}
        inner = tables(head(sender=MOVED, receiver=self.unit, period=period))
        rows["units"] = [
            {**inner["units"][0], "id": self.unit.id, "tier": Tier.DISTRICT},
            *inner["units"],
        ]
        rows["unit_versions"] = [
            {**inner["unit_versions"][0], "unit_id": self.unit.id, "reports_to": CHANGZHOU.id},
            *inner["unit_versions"],
        ]
        written = write_report(made, rows, [("测试丙镇.jdpkg", nested)], key_of(self.unit.id))
        self.sent.append(written)
        return written.content


def sent_by_both() -> list[bytes]:
    """October through the old district, November through the new one, and October corrected through the old one."""
    old, new = District(XINBEI), District(WUJIN)
    to_old, to_new = Stream(MOVED, XINBEI), Stream(MOVED, WUJIN)
    return [
        old.next(to_old.next("2026-10", value=3), "2026-10"),
        new.next(to_new.next("2026-11", value=5), "2026-11"),
        old.next(to_old.revised("2026-10", 2, 4), "2026-10", revision=2),
    ]


def figures(desk: Desk) -> dict[str, int | None]:
    with desk.store.read() as session:
        cells = session.exec(select(Cell).where(Cell.unit_id == f"{MOVED.id}-village-1", Cell.item == "A04.J"))
        return {cell.month: cell.value for cell in cells}


def test_what_two_districts_brought_of_one_township(city: Desk, tmp_path: Path) -> None:
    """By any order of arrival, and made again."""
    city.close(backup=False)
    found: list[object] = []
    for order in permutations(sent_by_both()):
        with copied(city.paths.root, tmp_path / f"order-{len(found)}", DemoClock(datetime(2026, 12, 3))) as desk:
            results = receive(desk, *order, accept=True)
            assert all(result.verdict in (Verdict.NEW, Verdict.REVISION, Verdict.GAP) for result in results)
            assert figures(desk) == {"2026-10": 4, "2026-11": 5}
            assert rebuilt(desk)
            with desk.store.read() as session:
                assert len(session.exec(select(Decision)).all()) == 2
            by_month = {month: totals(desk.store, CHANGZHOU.id, month).units for month in (OCTOBER, NOVEMBER)}
            named = {
                str(month): {row.unit.name: row.month["A04"] for row in rows if row.month}
                for month, rows in by_month.items()
            }
            assert named == {"2026-10": {"新北区": 4}, "2026-11": {"武进区": 5}}
            found.append(all_rows(desk))
            assert found[-1] == found[0]


def test_what_one_district_brought_goes_without_the_others(city: Desk) -> None:
    first, second, _ = sent_by_both()
    results = receive(city, first, second)
    assert figures(city) == {"2026-10": 3, "2026-11": 5}
    assert results[0].received_id is not None
    return_report(city.store, city.paths, results[0].received_id, "请核对后再报")
    assert figures(city) == {"2026-11": 5}
    assert rebuilt(city)
