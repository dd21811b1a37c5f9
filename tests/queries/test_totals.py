"""Totals against the cells themselves, added up by hand."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.conftest import Clock
from tests.many_packages import write_packages
from tests.operations.exchange.months import enrol
from tests.shipped_desks import shipped_desk

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.tallies.cells import UNKNOWN
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.operations.totals import set_rate_targets
from jindu_desk.queries.totals import Arrival, all_cells, behind, totals
from jindu_desk.queries.units import units_below

OCTOBER = Month(2026, 10)


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of 新北区 with August to October of 薛家镇 received; tests copy it."""
    folder = tmp_path_factory.mktemp("received")
    (folder / "stick").mkdir()
    now = datetime(2026, 10, 28, 9, 30)
    township = shipped_desk(folder / "township", "320411103000", lambda: now)
    district = shipped_desk(folder / "district", "320411000000", lambda: now)
    enrol(district, township)
    files = write_packages(township, 3, folder / "stick")
    assert all(result.counted for result in receive_files(district.store, district.paths, files))
    for desk in (township, district):
        desk.close(backup=False)
    return folder / "district"


@pytest.fixture
def district(received: Path, tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    shutil.copytree(received, tmp_path / "district")
    desk = Desk.open(tmp_path / "district", clock=clock)
    yield desk
    desk.close(backup=False)


def put(desk: Desk, village: int, item: str, value: int, month: Month = OCTOBER) -> None:
    """A figure straight into the district's rows, as if a package had brought it."""
    township = next(u for u in units_below(desk.store, desk.unit.unit.id, month) if u.name == "薛家镇")
    unit = units_below(desk.store, township.id, month)[village]
    with desk.store.write("x") as w:
        w.session.execute(
            text(
                "INSERT OR REPLACE INTO cell (unit_id, month, item, township_id, state, value, note) "
                f"VALUES ('{unit.id}', '{month}', '{item}', '{township.id}', 'NUMBER', {value}, '')"
            )
        )


def sums_by_hand(desk: Desk, item: str, *months: Month) -> int:
    named = ",".join(f"'{month}'" for month in months)
    with desk.store.read() as session:
        found = session.execute(text(f"SELECT sum(value) FROM cell WHERE item = '{item}' AND month IN ({named})"))
        return int(found.scalar() or 0)


def test_sums_of_the_month_and_the_year(district: Desk) -> None:
    for n, month in enumerate((OCTOBER.plus(-2), OCTOBER.plus(-1), OCTOBER), 1):
        put(district, 0, "L01", n * 10, month)
        put(district, 1, "L01", n, month)
        put(district, 0, "A04.J", n * 3, month)
    found = totals(district.store, district.unit.unit.id, OCTOBER)
    assert found.total.month["L01"] == 33 == sums_by_hand(district, "L01", OCTOBER)
    assert found.total.to_date["L01"] == 66 == sums_by_hand(district, "L01", *OCTOBER.year_to_date)
    assert found.total.month["A04"] == found.total.to_date["A04"] == 9  # a stock is that of the last month
    xuejia = next(row for row in found.units if row.unit.name == "薛家镇")
    assert xuejia.month == found.total.month


def test_who_is_missing_and_what_was_received(district: Desk) -> None:
    found = totals(district.store, district.unit.unit.id, OCTOBER)
    assert len(found.missing) == 9
    assert "薛家镇" not in {unit.name for unit in found.missing}
    xuejia = next(row for row in found.units if row.unit.name == "薛家镇")
    assert xuejia.package is not None
    assert xuejia.package.number == 3
    assert found.arrivals[xuejia.unit.id][-4:] == (
        Arrival.MISSING,
        Arrival.COUNTED,
        Arrival.COUNTED,
        Arrival.COUNTED,
    )
    missing = next(row for row in found.units if row.unit.name == "孟河镇")
    assert missing.month == {}
    assert missing.ratios["urine_test"].text == "—"


def test_a_package_behind_a_gap_is_held_and_not_counted(make_desk: Callable[[str, str], Desk], tmp_path: Path) -> None:
    township, district = make_desk("township", "320411103000"), make_desk("district", "320411000000")
    enrol(district, township)
    (tmp_path / "stick").mkdir()
    files = write_packages(township, 3, tmp_path / "stick")
    receive_files(district.store, district.paths, [files[0], files[2]])
    found = totals(district.store, district.unit.unit.id, OCTOBER)
    xuejia = next(row for row in found.units if row.unit.name == "薛家镇")
    assert xuejia.arrival is Arrival.HELD
    assert xuejia.month == {}


def test_rates_are_sums_over_sums_and_leave_out_who_does_not_know(desk: Desk) -> None:
    own = desk.unit.unit.id
    first, second, third = units_below(desk.store, own, OCTOBER)[:3]
    edits = []
    for unit, due, done in ((first, 10, 9), (second, 4, 1)):
        for kind in ("J", "K"):
            for item, figure in (("D01", due), ("D03", done), ("D04", 0), ("D05", 0)):
                edits.append(CellEdit(unit.id, f"{item}.{kind}", figure))
    edits += [CellEdit(third.id, "D01.J", 100), CellEdit(third.id, "D03.J", UNKNOWN)]
    set_cells(desk.store, own, OCTOBER, edits)
    found = totals(desk.store, own, OCTOBER)
    ratio = found.total.ratios["urine_test"]
    assert (ratio.numerator, ratio.denominator) == (20, 28)  # not the mean of 90 % and 25 %
    assert ratio.text == "71.43%"
    assert ratio.left_out == 1
    assert found.total.unknown["D03.J"] == 1
    assert found.history["urine_test"][-1] == ratio


def test_a_figure_opens_to_its_cells_and_its_package(district: Desk) -> None:
    put(district, 0, "L01", 7)
    township = next(u for u in units_below(district.store, district.unit.unit.id, OCTOBER) if u.name == "薛家镇")
    found = behind(district.store, township.id, OCTOBER, "L01")
    assert found.cells[0].cell == 7
    assert len(found.cells) == 15
    assert found.cells[0].unit_name == "吕墅社区居委会"
    assert found.package is not None
    assert found.package.file_name == "003.jdpkg"
    both = behind(district.store, township.id, OCTOBER, "A04")
    assert {cell.item.code for cell in both.cells} == {"A04.J", "A04.K"}
    assert behind(district.store, township.id, Month(2026, 1), "A04").package is None


def test_all_cells_are_those_of_the_store(district: Desk) -> None:
    cells = all_cells(district.store, district.unit.unit, OCTOBER)
    assert len({unit for _, unit in cells}) == 16  # fifteen villages and the township's own row
    with district.store.read() as session:
        stored = session.execute(text("SELECT count(*) FROM cell WHERE month = '2026-10'")).scalar()
    assert sum(len(row) for row in cells.values()) == stored


def test_the_target_in_force(district: Desk) -> None:
    own = district.unit.unit.id
    for since, target in ((Month(2026, 1), 9000), (Month(2026, 7), 9500), (Month(2027, 1), 9900)):
        set_rate_targets(district.store, own, since, {"urine_test": target, "report": None})
    assert totals(district.store, own, OCTOBER).targets == {"urine_test": 9500}
    assert totals(district.store, own, Month(2026, 3)).targets == {"urine_test": 9000}
    set_rate_targets(district.store, own, Month(2026, 7), {"urine_test": None})
    assert totals(district.store, own, OCTOBER).targets == {"urine_test": 9000}


@pytest.mark.parametrize(("month", "shown"), [(Month(2000, 1), 1), (Month(2000, 11), 11), (Month(2001, 3), 12)])
def test_the_history_begins_with_the_first_month_there_is(district: Desk, month: Month, shown: int) -> None:
    found = totals(district.store, district.unit.unit.id, month)
    assert (len(found.months), found.months[-1]) == (shown, month)
    assert {len(row) for row in (*found.arrivals.values(), *found.history.values())} <= {shown}


def test_who_is_moved_in_without_being_moved_out_is_listed(district: Desk) -> None:
    own = district.unit.unit.id
    assert totals(district.store, own, OCTOBER).findings == ()
    put(district, 0, "A02b.J", 3)
    put(district, 1, "A03f.J", 1)
    (finding,) = totals(district.store, own, OCTOBER).findings
    assert finding.code == "H13"
    assert not finding.hard
    assert "相差 2" in finding.officer
