"""Rows inserted in bulk are the rows that the session reads."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from jindu_desk.domain.tallies.records import CellState
from jindu_desk.domain.units import Role, Tier
from jindu_desk.store import tables
from jindu_desk.store.bulk import insert_columns, insert_rows
from jindu_desk.store.engine import Store

UNIT = {"id": "town", "tier": Tier.TOWNSHIP, "code": "", "valid_from": None, "valid_to": None, "position": 0}
ITEMS = [f"A{n:03}" for n in range(130)]  # more than one statement holds


@pytest.fixture
def filled(store: Store) -> Store:
    with store.write("test") as w:
        insert_rows(w.session, tables.Unit, [UNIT])
    return store


def cells(item: str = "") -> dict[str, list[object]]:
    count = len(ITEMS)
    return {
        "township_id": ["town"] * count,
        "unit_id": ["town"] * count,
        "month": ["2026-10"] * count,
        "item": [item or each for each in ITEMS],
        "state": [CellState.NUMBER, CellState.UNKNOWN] * (count // 2),
        "value": [n if n % 2 == 0 else None for n in range(count)],
        "note": ["'; DROP TABLE cell; --"] * count,
    }


def test_every_row_arrives_with_the_values_of_its_types(filled: Store) -> None:
    person = {"id": "p", "unit_id": "town", "role": Role.FIRST_RESPONSIBLE, "name": "测试甲", "post": ""}
    with filled.write("test") as w:
        insert_columns(w.session, tables.Cell, cells())
        insert_rows(w.session, tables.Official, [{**person, "since": date(2024, 3, 1), "until": None, "position": 0}])
    with filled.read() as session:
        found = session.exec(select(tables.Cell).order_by(col(tables.Cell.item))).all()
        assert [(row.item, row.state, row.value) for row in found] == list(
            zip(ITEMS, cells()["state"], cells()["value"], strict=True)
        )
        assert {row.note for row in found} == {"'; DROP TABLE cell; --"}
        official = session.get_one(tables.Official, "p")
        assert (official.since, official.until, official.role) == (date(2024, 3, 1), None, Role.FIRST_RESPONSIBLE)
        assert session.get_one(tables.Unit, "town").tier is Tier.TOWNSHIP


def test_what_the_table_refuses_is_refused(filled: Store) -> None:
    with pytest.raises(IntegrityError), filled.write("test") as w:
        insert_columns(w.session, tables.Cell, cells(item="A001"))
    with pytest.raises(IntegrityError), filled.write("test") as w:
        insert_columns(w.session, tables.Cell, {**cells(), "unit_id": ["nobody"] * len(ITEMS)})
    with filled.read() as session:
        assert session.exec(select(tables.Cell)).all() == []


def test_nothing_to_insert_is_nothing_done(filled: Store) -> None:
    with filled.write("test") as w:
        insert_rows(w.session, tables.Cell, [])
        insert_columns(w.session, tables.Cell, {name: [] for name in cells()})
    with filled.read() as session:
        assert session.exec(select(tables.Cell)).all() == []
