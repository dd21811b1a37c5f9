"""The same tables, migrations and operations on PostgreSQL: run where ``JINDU_DESK_POSTGRESQL`` names an empty database
(``postgresql+psycopg://user@host/name``) and psycopg is installed."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import col, select
from tests.operations.exchange.test_receive import XUEJIA, Stream
from tests.packages.made_up import key_of

from jindu_desk.domain.exchange import Verdict
from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.judge import return_report
from jindu_desk.operations.exchange.keys import trust_key
from jindu_desk.operations.exchange.receive import ReceiveResult, rebuild, receive_files
from jindu_desk.operations.tallies import CellEdit, set_cells
from jindu_desk.operations.units import SetUp, UnitDraft, set_up_folder
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.shipped_units import ShippedUnit, shipped_below, shipped_unit
from jindu_desk.queries.totals import totals
from jindu_desk.queries.units import own_unit, units_below
from jindu_desk.store import audit, migrations
from jindu_desk.store.engine import Store, open_engine
from jindu_desk.store.tables import Cell

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


def test_a_report_is_received_on_postgresql(tmp_path: Path) -> None:
    """Taken, returned, corrected, rebuilt: the statements that go past the ORM on SQLite."""
    engine = open_engine(URL)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    migrations.create(engine)
    store, paths = Store(engine, clock=lambda: datetime(2026, 11, 3, 9, 30)), FolderPaths(tmp_path)
    townships = [draft(unit) for unit in shipped_below("320411000000")]
    set_up_folder(store, SetUp(draft(shipped_unit("320411000000")), None, townships, [], "测试甲"))
    key = key_of(XUEJIA.id).public
    trust_key(store, XUEJIA.id, key.line, keeper="测试甲", compared=key.fingerprint)
    stream = Stream()
    for number, content in enumerate((stream.next(value=3), stream.revised("2026-10", 2, 5)), 1):
        (tmp_path / f"{number}.jdpkg").write_bytes(content)
    files = sorted(tmp_path.glob("*.jdpkg"))
    first = _received(store, paths, files[0])
    return_report(store, paths, str(first.received_id), "请核对期末在册")
    second = _received(store, paths, files[1])
    assert (first.counted, second.verdict, second.counted) == (True, Verdict.REVISION, True)
    assert rebuild(store, paths).packages == 1
    with store.read() as session:
        cells = session.exec(select(Cell.value).where(Cell.item == "A04.J", col(Cell.value) > 0)).all()
        assert (cells, audit.find_break(session)) == ([5], None)
    engine.dispose()


def _received(store: Store, paths: FolderPaths, file: Path) -> ReceiveResult:
    with pytest.MonkeyPatch.context() as patch:  # the backup before a batch is a copy of a SQLite file
        patch.setattr("jindu_desk.operations.exchange.receive.backups.back_up", lambda *_: None)
        (result,) = receive_files(store, paths, [file], accept_revisions=True)
    return result
