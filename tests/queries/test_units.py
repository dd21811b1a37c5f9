from __future__ import annotations

from collections.abc import Callable
from datetime import date

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.operations.units import (
    OfficialDraft,
    UnitDraft,
    add_official,
    add_unit,
    end_unit,
    move_unit,
    rename_unit,
)
from jindu_desk.queries import units
from jindu_desk.queries.shipped_units import initials_of, search_shipped, shipped_below, shipped_units

OCTOBER = Month(2026, 10)


def names(desk: Desk, month: Month) -> list[str]:
    return [row.name for row in units.units_below(desk.store, desk.unit.unit.id, month)]


def test_xuejia_has_fifteen_villages_in_the_order_of_the_list(desk: Desk) -> None:
    found = names(desk, OCTOBER)
    assert len(found) == 15
    assert found[0] == "吕墅社区居委会"
    assert desk.unit.superior is not None
    assert desk.unit.superior.name == "新北区"


def test_a_name_holds_from_its_month_on(desk: Desk) -> None:
    village = units.units_below(desk.store, desk.unit.unit.id, OCTOBER)[0]
    rename_unit(desk.store, village.id, Month(2026, 5), name="吕墅村")
    rename_unit(desk.store, village.id, Month(2026, 9), name="吕墅新村")
    assert names(desk, Month(2026, 4))[0] == "吕墅社区居委会"
    assert names(desk, Month(2026, 8))[0] == "吕墅村"
    assert names(desk, OCTOBER)[0] == "吕墅新村"
    assert [name for _, name, _ in units.unit_history(desk.store, village.id)] == [
        "吕墅社区居委会",
        "吕墅村",
        "吕墅新村",
    ]


def test_a_unit_exists_within_its_validity(desk: Desk) -> None:
    own = desk.unit.unit.id
    added = add_unit(desk.store, UnitDraft("示例村", Tier.VILLAGE), own, Month(2026, 6)).key
    assert added is not None
    assert "示例村" not in names(desk, Month(2026, 5))
    end_unit(desk.store, added, Month(2026, 8))
    assert "示例村" in names(desk, Month(2026, 8))
    assert "示例村" not in names(desk, Month(2026, 9))
    assert any(row.id == added for row in units.all_units(desk.store, OCTOBER))


def test_whom_a_unit_reports_to_is_dated_data_not_its_code(make_desk: Callable[[str, str], Desk]) -> None:
    desk = make_desk("wujin", "320412000000")
    own = desk.unit.unit.id
    zone = add_unit(desk.store, UnitDraft("经开区", Tier.DISTRICT), own, Month(2026, 1)).key
    moved = next(row for row in units.units_below(desk.store, own, OCTOBER) if row.name == "横林镇")
    assert zone is not None
    move_unit(desk.store, moved.id, Month(2026, 7), reports_to=zone)
    assert moved.id in {row.id for row in units.units_below(desk.store, own, Month(2026, 6))}
    assert {row.id for row in units.units_below(desk.store, zone, OCTOBER)} == {moved.id}


def test_people_are_in_office_between_two_days(desk: Desk) -> None:
    own = desk.unit.unit.id
    add_official(
        desk.store,
        OfficialDraft(own, Role.OBSERVER, "测试戊", "派出所", since=date(2026, 3, 1), until=date(2026, 9, 30)),
    )

    def observers(day: date) -> list[str]:
        return [p.name for p in units.officials(desk.store, [own], day) if p.role is Role.OBSERVER]

    assert observers(date(2026, 2, 28)) == []
    assert observers(date(2026, 3, 1)) == observers(date(2026, 9, 30)) == ["测试戊"]
    assert observers(date(2026, 10, 1)) == []
    directors = units.officials(desk.store, [row.id for row in units.units_below(desk.store, own, OCTOBER)])
    assert len(directors) == 15
    assert directors[0].unit_name.endswith("委会") or directors[0].unit_name.endswith("社区")


def test_typing_initials_finds_the_township() -> None:
    assert initials_of("薛家镇") == "xjz"
    assert [u.name for u in search_shipped("xjz", Tier.TOWNSHIP)] == ["薛家镇"]
    assert search_shipped("薛家", Tier.TOWNSHIP)[0].code == "320411103000"
    assert search_shipped("320411103", Tier.TOWNSHIP)[0].name == "薛家镇"
    assert search_shipped("没有这里", Tier.TOWNSHIP) == ()


def test_the_shipped_list_hangs_together() -> None:
    codes = {unit.code for unit in shipped_units()}
    assert len(codes) == len(shipped_units()) == 1119
    assert all(unit.parent in codes for unit in shipped_units() if unit.tier is not Tier.CITY)
    assert len(shipped_below("320411000000")) == 10
    assert len({unit.id for unit in shipped_units()}) == 1119
