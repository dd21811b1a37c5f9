"""What the other tests take for a filled month is what the operations write."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Clock
from tests.operations.exchange.filled_months import rows_of
from tests.operations.exchange.months import MONTH, fill_by_operations, fill_in
from tests.shipped_desks import shipped_desk

from jindu_desk.app.desk import Desk
from jindu_desk.store import audit
from jindu_desk.store.tables import metadata


def contents(desk: Desk) -> tuple[dict[str, list[str]], str]:
    with desk.store.read() as session:
        assert audit.find_break(session) is None
        names = set(metadata.tables) - {"profile"}  # the folder's own id
        return {name: sorted(map(repr, rows_of(session, name))) for name in names}, audit.head(session)


def test_a_second_folder_gets_what_the_operations_write(tmp_path: Path, clock: Clock) -> None:
    first, copied, made = (shipped_desk(tmp_path / name, "320411103000", clock) for name in ("first", "copied", "made"))
    try:
        fill_in(first, MONTH)  # keeps it, where no test before did
        fill_in(copied, MONTH)
        fill_by_operations(made, MONTH)
        assert contents(copied)[0]["cell"]
        assert contents(copied) == contents(made)
        fill_in(copied, MONTH.next)  # over the figures of a month
        fill_by_operations(made, MONTH.next)
        assert contents(copied) == contents(made)
    finally:
        for desk in (first, copied, made):
            desk.close(backup=False)
