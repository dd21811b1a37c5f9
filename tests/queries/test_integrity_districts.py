"""What `check` finds at a district of its own months, and at the city of what lies in a district's report."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlmodel import select
from tests.operations.city_desks import (
    CITY,
    NOVEMBER,
    OCTOBER,
    XINBEI,
    Desks,
    confirm,
    corrected,
    kept_package,
    package_of,
    sent_up,
)
from tests.operations.exchange.desks import receive
from tests.operations.exchange.test_fill import MOVED, WUJIN, sent_by_both
from tests.operations.exchange.test_receive import enrol
from tests.operations.exchange.test_receive import receive as receive_contents
from tests.operations.meeting_forms import signed
from tests.queries.test_integrity import damages, tamper, undone

from jindu_desk.app.desk import Desk
from jindu_desk.domain.exchange_rows import no_rows, rows_by_unit
from jindu_desk.domain.expenses import FundSource
from jindu_desk.domain.units import Tier
from jindu_desk.operations.budget import BudgetLineDraft, add_budget_line
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.receive import rebuild
from jindu_desk.operations.exchange.report import reopen_month
from jindu_desk.operations.expenses import ExpenseDraft, book_expense, reverse_expense
from jindu_desk.operations.units import UnitDraft, add_unit, move_unit
from jindu_desk.queries.integrity import Damage, check
from jindu_desk.queries.month_rows import own_rows
from jindu_desk.store.tables import Cell, Expense

XUEJIA_VILLAGE = (
    "SELECT c.rowid FROM cell c JOIN unit u ON u.id = c.township_id "
    "WHERE c.month = '2026-10' AND c.state = 'NUMBER' AND u.code = '320411103000' ORDER BY c.rowid LIMIT 1"
)
ALTERED_CELL = f"UPDATE cell SET value = value + 1 WHERE rowid = ({XUEJIA_VILLAGE})"
OWN_FIGURES = (
    ("UPDATE expense SET amount_fen = 12301 WHERE amount_fen = 12300", "expenses", "2026-10-09 印制宣传资料"),
    ("DELETE FROM expense WHERE amount_fen = 12300", "expenses", "2026-10-09 印制宣传资料"),
    ("UPDATE expense SET \"on\" = '2026-11-09' WHERE amount_fen = 12300", "expenses", "2026-10-09 印制宣传资料"),
    ("UPDATE meeting SET title = '另一次例会' WHERE unit_id = '{unit}'", "meetings", "另一次例会"),
)
"""Of the district's own month: statement, table, how the record is named."""


def own_month(desks: Desks) -> None:
    """The district's own October: a meeting and an expense."""
    district = desks.district
    later, desks.clock.now = desks.clock.now, datetime(2026, 10, 22, 9, 0)
    signed(district, OCTOBER)
    line = add_budget_line(district.store, XINBEI.id, BudgetLineDraft(2026, "publicity", FundSource.OWN, 900_000)).key
    entry = ExpenseDraft(str(line), date(2026, 10, 9), "publicity", "印制宣传资料", 12_300, payee="测试甲印刷厂")
    book_expense(district.store, entry, confirmed=True)
    desks.clock.now = later


def own_entry(desk: Desk) -> str:
    with desk.store.read() as session:
        return session.exec(select(Expense.id).where(Expense.amount_fen == 12_300)).one()


def figures(desk: Desk) -> list[tuple[str, str]]:
    """(table, place) of what is not as it was signed; nothing else is wrong."""
    found = check(desk.store, desk.paths).findings
    assert all(finding.damage is Damage.FIGURES for finding in found), found
    return [(finding.table, finding.place) for finding in found]


# --- no false alarm -----------------------------------------------------------------------------------------


def test_months_revisions_and_returns_are_well(desks: Desks) -> None:
    """At every step, at the district and at the city: two months, a reversal in the second, a township's correction,
    the district's own, a month that the city returns, and all of it rebuilt."""
    city, district = desks.city, desks.district

    def all_well() -> bool:
        return all(damages(desk) == [] for desk in (city, district, desks.xuejia, desks.luoxi))

    own_month(desks)
    receive(city, sent_up(district, desks.folder).path)
    assert all_well()
    receive(district, *(package_of(desks, unit, NOVEMBER) for unit in (desks.xuejia, desks.luoxi)))
    assert all_well()
    reverse_expense(district.store, own_entry(district), date(2026, 11, 5), reason="重复入账", confirmed=True)
    (taken,) = receive(city, sent_up(district, desks.folder, NOVEMBER).path)
    assert taken.counted
    assert all_well()
    reopen_month(district.store, XINBEI.id, OCTOBER, by="测试甲", reason="薛家镇更正")
    receive(district, corrected(desks, desks.xuejia), accept_revisions=True)
    assert all_well()
    (second,) = receive(city, sent_up(district, desks.folder, reason="").path)
    assert not second.counted
    assert all_well()
    confirm(city, second)
    assert all_well()
    # What was reversed counts no more at the city, so neither does the reversal a month later.
    return_report(city.store, city.paths, str(second.received_id), "区里的例会纪要请核对")
    assert all_well()
    for desk in (city, district):
        rebuild(desk.store, desk.paths)
    assert all_well()


def test_a_month_that_the_district_returned_is_well(desks: Desks) -> None:
    (again,) = receive(desks.district, package_of(desks, desks.luoxi, NOVEMBER))
    return_report(desks.district.store, desks.district.paths, str(again.received_id), "请核对台账")
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    assert damages(desks.district) == damages(desks.city) == []


def test_a_township_that_moved_is_well(make_desk: Callable[[str, str], Desk]) -> None:
    """Its months came through two districts; an altered one is told under the district that brought it."""
    city = make_desk("city", CITY)
    add_unit(city.store, UnitDraft(MOVED.name, Tier.TOWNSHIP, MOVED.code, MOVED.id), XINBEI.id, OCTOBER.plus(-9))
    move_unit(city.store, MOVED.id, NOVEMBER, reports_to=WUJIN.id)
    for unit in (XINBEI, WUJIN, MOVED):
        enrol(city, unit)
    receive_contents(city, *sent_by_both(), accept=True)
    with city.store.read() as session:
        assert set(session.exec(select(Cell.month).where(Cell.township_id == MOVED.id))) == {"2026-10", "2026-11"}
    assert damages(city) == []
    tamper(city, "UPDATE cell SET value = 77 WHERE item = 'A04.J' AND state = 'NUMBER'")
    assert [(table, place.split()[:3]) for table, place in figures(city)] == [
        ("cells", ["2026-11", "武进区", "测试丙镇"]),
        ("cells", ["2026-10", "新北区", "测试丙镇"]),
    ]


# --- what was altered ---------------------------------------------------------------------------------------


def test_a_districts_own_month_is_not_as_it_was_signed(desks: Desks) -> None:
    own_month(desks)
    sent_up(desks.district, desks.folder)
    assert figures(desks.district) == []
    for statement, table, named in OWN_FIGURES:
        with undone(desks.district, statement.format(unit=XINBEI.id)):
            assert figures(desks.district) == [(table, f"2026-10 新北区 {named}")], statement
    tamper(desks.district, OWN_FIGURES[0][0])
    reopen_month(desks.district.store, XINBEI.id, OCTOBER, by="测试甲", reason="经费更正")
    assert figures(desks.district) == []


def test_what_a_township_signed_is_told_once_at_the_district(desks: Desks) -> None:
    """Its package was received, and lies in the district's own report."""
    sent_up(desks.district, desks.folder)
    tamper(desks.district, ALTERED_CELL)
    ((table, place),) = figures(desks.district)
    assert table == "cells"
    assert place.split()[:2] == ["2026-10", "薛家镇"]
    assert len(place.split()) == 4  # month, township, unit, item


def test_the_copy_in_the_districts_report_stands_in_for_a_lost_one(desks: Desks) -> None:
    sent_up(desks.district, desks.folder)
    for file in desks.district.paths.received.glob("*.jdpkg"):
        file.unlink()
    assert set(damages(desks.district)) == {Damage.PACKAGE}
    tamper(desks.district, ALTERED_CELL)
    (found,) = [
        each for each in check(desks.district.store, desks.district.paths).findings if each.damage is Damage.FIGURES
    ]
    assert (found.table, found.place.split()[:3]) == ("cells", ["2026-10", "新北区", "薛家镇"])


def test_what_lies_in_a_districts_report_is_not_as_it_was_signed(desks: Desks) -> None:
    own_month(desks)
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    city = desks.city
    assert figures(city) == []
    for statement, table, named in OWN_FIGURES:
        with undone(city, statement.format(unit=XINBEI.id)):
            assert (table, f"2026-10 新北区 {named}") in figures(city), statement
    with undone(city, ALTERED_CELL):
        ((table, place),) = figures(city)
        assert (table, place.split()[:3]) == ("cells", ["2026-10", "新北区", "薛家镇"])
        assert len(place.split()) == 5
    township = desks.luoxi.unit.unit.id
    with undone(city, f"UPDATE meeting SET place = '另一处' WHERE unit_id = '{township}'"):
        ((table, place),) = figures(city)
        assert (table, place.split()[:3]) == ("meetings", ["2026-10", "新北区", "罗溪镇"])
    with undone(city, f"DELETE FROM expense WHERE unit_id = '{township}' AND reverses IS NULL"):
        ((table, place),) = figures(city)
        assert (table, place.split()[:3]) == ("expenses", ["2026-10", "新北区", "罗溪镇"])
    assert figures(city) == []


def test_a_units_part_is_what_the_receiver_takes_as_its(desks: Desks) -> None:
    own_month(desks)
    tables = kept_package(desks.district, sent_up(desks.district, desks.folder)).tables
    by_unit = rows_by_unit(tables, "2026-10")
    assert by_unit.keys() == {XINBEI.id, desks.xuejia.unit.unit.id, desks.luoxi.unit.unit.id}
    plain = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for unit, rows in by_unit.items():
        assert own_rows(tables, "2026-10", unit) == own_rows(plain, "2026-10", unit) == rows
        assert rows["cells"] or unit == XINBEI.id
    assert own_rows(tables, "2026-10", "nobody") == no_rows()


def test_records_of_a_month_that_nobody_signed(desks: Desks) -> None:
    receive(desks.city, sent_up(desks.district, desks.folder).path)
    columns = "unit_id, item, state, value, note, township_id"
    made_up = (
        f"INSERT INTO cell (month, {columns}) SELECT '2026-09', {columns} FROM cell WHERE rowid = ({XUEJIA_VILLAGE})"
    )
    for desk in (desks.city, desks.district):
        with undone(desk, made_up):
            ((table, place),) = figures(desk)
            assert (table, place.split()[:2]) == ("cells", ["2026-09", "薛家镇"])
        assert figures(desk) == []
