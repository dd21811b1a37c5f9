"""Folders set up for units of the shipped list. Setting one up takes 100 ms and thousands of tests want one: it is done
once per process, unit and time, and what came of it is written out again under another folder id."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from jindu_desk.app.desk import Desk
from jindu_desk.domain.units import Role
from jindu_desk.operations.units import OfficialDraft, SetUp, UnitDraft, set_up_folder
from jindu_desk.paths import FolderPaths
from jindu_desk.queries.shipped_units import ShippedUnit, shipped_below, shipped_unit

_made: dict[tuple[str, datetime], tuple[bytes, str]] = {}


def set_up_shipped(desk: Desk, code: str) -> None:
    """Set an empty folder up for a unit of the shipped list with all units below it and made-up people."""

    def draft(unit: ShippedUnit) -> UnitDraft:
        return UnitDraft(unit.name, unit.tier, unit.code, unit.id)

    own = shipped_unit(code)
    assert own is not None
    superior = shipped_unit(own.parent)
    below = shipped_below(code)
    people = [
        OfficialDraft("", Role.FIRST_RESPONSIBLE, "测试甲", "党委书记"),
        OfficialDraft("", Role.MAIN_RESPONSIBLE, "测试乙", "副镇长"),
        OfficialDraft("", Role.FULL_TIME_STAFF, "测试丙", "专职禁毒工作人员"),
        *(OfficialDraft(unit.id, Role.VILLAGE_DIRECTOR, f"测试{n}", "主任") for n, unit in enumerate(below, 1)),
    ]
    set_up_folder(
        desk.store,
        SetUp(draft(own), draft(superior) if superior else None, [draft(u) for u in below], people, keeper="测试丙"),
    )
    desk.reload()


def shipped_desk(root: Path, code: str, clock: Callable[[], datetime]) -> Desk:
    """A folder as `set_up_shipped` leaves a new one, with a folder id of its own. Two of one unit hold the same people
    under the same ids, as two folders that people set up do not."""
    content, folder_id = _set_up_once(code, clock())
    root.mkdir(parents=True, exist_ok=True)
    # Both ids are 36 characters, in the one row that holds it: the pages of the file stay what they are.
    assert content.count(folder_id.encode()) == 1
    FolderPaths(root).database.write_bytes(content.replace(folder_id.encode(), str(uuid.uuid4()).encode()))
    return Desk.open(root, clock=clock)


def _set_up_once(code: str, now: datetime) -> tuple[bytes, str]:
    """The database of a folder that was set up at that time, and the id in it."""
    if (code, now) not in _made:
        with TemporaryDirectory(prefix="jindu-") as folder:
            desk = Desk.open(Path(folder), create=True, clock=lambda: now)
            try:
                set_up_shipped(desk, code)
                folder_id = desk.unit.folder_id
            finally:
                desk.close(backup=False)
            _made[code, now] = FolderPaths(Path(folder)).database.read_bytes(), folder_id
    return _made[code, now]
