from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.domain.units import Role, Tier
from jindu_desk.errors.entry import IdNumberInText, InvalidField
from jindu_desk.errors.units import (
    AlreadySetUp,
    NoUnitsBelow,
    OfficialUnknown,
    TermBackwards,
    UnitHasFigures,
    UnitNameTaken,
)
from jindu_desk.operations import units as ops
from jindu_desk.queries import units

OCTOBER = Month(2026, 10)


def own(desk: Desk) -> str:
    return desk.unit.unit.id


def test_a_folder_is_set_up_once(desk: Desk) -> None:
    again = ops.SetUp(ops.UnitDraft("别镇", Tier.TOWNSHIP), None, [ops.UnitDraft("甲村", Tier.VILLAGE)], [], "测试甲")
    with pytest.raises(AlreadySetUp, match="薛家镇"):
        ops.set_up_folder(desk.store, again)
    assert desk.store.actor  # still somebody
    assert len(units.units_below(desk.store, own(desk), OCTOBER)) == 15


def test_a_setup_that_fails_leaves_nothing(empty_desk: Desk) -> None:
    def wanted(*villages: str, keeper: str = "测试甲") -> ops.SetUp:
        drafts = [ops.UnitDraft(name, Tier.VILLAGE) for name in villages]
        return ops.SetUp(ops.UnitDraft("某镇", Tier.TOWNSHIP), None, drafts, [], keeper)

    with pytest.raises(NoUnitsBelow):
        ops.set_up_folder(empty_desk.store, wanted())
    with pytest.raises(UnitNameTaken, match="甲村"):
        ops.set_up_folder(empty_desk.store, wanted("甲村", "甲村"))
    with pytest.raises(InvalidField):
        ops.set_up_folder(empty_desk.store, wanted("甲村", keeper=""))
    assert units.all_units(empty_desk.store, OCTOBER) == ()
    assert units.own_unit(empty_desk.store) is None


def test_a_village_with_later_figures_cannot_end(desk: Desk) -> None:
    village = units.units_below(desk.store, own(desk), OCTOBER)[0]
    with desk.store.write("x") as w:
        w.session.execute(
            text(
                "INSERT INTO cell (unit_id, month, item, township_id, state, value, note) "
                f"VALUES ('{village.id}', '2026-10', 'E01', '{own(desk)}', 'NUMBER', 1, '')"
            )
        )
    with pytest.raises(UnitHasFigures, match="2026-10"):
        ops.end_unit(desk.store, village.id, Month(2026, 9))
    ops.end_unit(desk.store, village.id, OCTOBER)
    ops.reopen_unit(desk.store, village.id)
    assert village.id in {row.id for row in units.units_below(desk.store, own(desk), Month(2026, 12))}


def test_names_are_taken_only_among_those_who_report_to_the_same_unit(desk: Desk) -> None:
    with pytest.raises(UnitNameTaken):
        ops.add_unit(desk.store, ops.UnitDraft("吕墅社区居委会", Tier.VILLAGE), own(desk), OCTOBER)
    village = units.units_below(desk.store, own(desk), OCTOBER)[1]
    with pytest.raises(UnitNameTaken):
        ops.rename_unit(desk.store, village.id, OCTOBER, name="吕墅社区居委会")


def test_the_order_is_kept(desk: Desk) -> None:
    ids = [row.id for row in units.units_below(desk.store, own(desk), OCTOBER)]
    ops.order_units(desk.store, ids[::-1])
    assert [row.id for row in units.units_below(desk.store, own(desk), OCTOBER)] == ids[::-1]


def test_people(desk: Desk) -> None:
    draft = ops.OfficialDraft(own(desk), Role.FULL_TIME_STAFF, "测试己", since=date(2026, 5, 1))
    key = ops.add_official(desk.store, draft).key
    assert key is not None
    with pytest.raises(TermBackwards, match="测试己"):
        ops.change_official(
            desk.store,
            key,
            ops.OfficialDraft(own(desk), Role.FULL_TIME_STAFF, "测试己", "", date(2026, 5, 1), date(2026, 4, 1)),
        )
    with pytest.raises(IdNumberInText):
        ops.add_official(desk.store, ops.OfficialDraft(own(desk), Role.OBSERVER, "甲", "320411199001011234"))
    ops.remove_official(desk.store, key)
    with pytest.raises(OfficialUnknown):
        ops.remove_official(desk.store, key)
    assert "测试己" not in {p.name for p in units.officials(desk.store, [own(desk)])}
