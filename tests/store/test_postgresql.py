"""The same tables, migrations and operations on PostgreSQL: run where ``JINDU_DESK_POSTGRESQL`` names an empty database
(``postgresql+psycopg://user@host/name``) and psycopg is installed."""

from __future__ import annotations

import os
from datetime import datetime

import pytest
from sqlalchemy import text

from jindu_desk.domain.months import Month
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.operations.units import SetUp, UnitDraft, set_up_folder
from jindu_desk.queries.shipped_units import ShippedUnit, shipped_below, shipped_unit
from jindu_desk.queries.totals import totals
from jindu_desk.queries.units import own_unit, units_below
from jindu_desk.store import audit, migrations
from jindu_desk.store.engine import Store, open_engine

URL = os.environ.get("JINDU_DESK_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not URL, reason="no PostgreSQL named in JINDU_DESK_POSTGRESQL")


def draft(unit: ShippedUnit | None) -> UnitDraft:
    assert unit is not None
    return UnitDraft(unit.name, unit.tier, unit.code, unit.id)


@pytest.mark.parametrize("make", [migrations.create, migrations.upgrade])
def test_a_month_on_postgresql(make: object) -> None:
    engine = open_engine(URL)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    assert callable(make)
    make(engine)
    store = Store(engine, clock=lambda: datetime(2026, 10, 28, 9, 30))
    villages = [draft(unit) for unit in shipped_below("320411103000")]
    own = draft(shipped_unit("320411103000"))
    set_up_folder(store, SetUp(own, draft(shipped_unit("320411000000")), villages, [], "测试甲"))
    found = own_unit(store)
    assert found is not None
    month = Month(2026, 10)
    village = units_below(store, found.unit.id, month)[0]
    set_cells(store, found.unit.id, month, [CellEdit(village.id, "L01", 5)])
    assert totals(store, found.unit.id, month).total.month == {"L01": 5}
    with store.read() as session:
        assert audit.find_break(session) is None
    engine.dispose()
