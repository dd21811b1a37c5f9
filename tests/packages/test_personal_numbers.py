"""No column of any package, but those that hold a number, takes an ID or mobile number."""

from __future__ import annotations

import pytest

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.packages.columns import Refused
from jindu_desk.packages.kinds import tables_of
from jindu_desk.packages.schema import Table

PERSONAL = (
    "320411199001011234",
    "32041119900101123X",
    "320411900101123",
    "13812345678",
    "138-1234-5678",
    "电话：138 1234 5678",
)
ALL = {f"{kind}/{table.name}": table for kind in PackageKind for table in tables_of(kind)}


@pytest.mark.parametrize("table", ALL.values(), ids=ALL.keys())
def test_a_column_of_text_refuses_personal_numbers(table: Table) -> None:
    read = 0
    for column in table.columns:
        if column.schema["type"] in ("integer", "boolean"):
            continue
        for personal in PERSONAL:
            read += 1
            with pytest.raises(Refused):
                column.read(personal)
                pytest.fail(f"{table.name}.{column.name} takes {personal}")
    assert read
