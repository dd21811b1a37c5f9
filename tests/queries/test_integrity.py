"""What `check` finds: altered, cut off, missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.operations.exchange_months import reported

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.operations.units import change_keeper
from jindu_desk.queries.integrity import Damage, check
from jindu_desk.store import attachments


def tamper(desk: Desk, statement: str) -> None:
    with desk.store.engine.connect().execution_options(desk_write=True) as connection:
        connection.execute(text(statement))
        connection.commit()


def damages(desk: Desk) -> list[Damage]:
    return [finding.damage for finding in check(desk.store, desk.paths).findings]


def test_all_is_well(desk: Desk) -> None:
    change_keeper(desk.store, "测试丁")
    found = check(desk.store, desk.paths)
    assert found.findings == ()
    assert found.changes > 0
    assert len(found.audit_head) == 64


@pytest.mark.parametrize(
    ("statement", "damage"),
    [
        ("UPDATE audit SET actor = '测试戊' WHERE seq = 2", Damage.AUDIT_ALTERED),
        ("DELETE FROM audit WHERE seq = 2", Damage.AUDIT_REMOVED),
        ("DELETE FROM audit", Damage.AUDIT_REMOVED),
    ],
)
def test_an_altered_or_removed_change(desk: Desk, statement: str, damage: Damage) -> None:
    tamper(desk, statement)
    assert damages(desk) == [damage]


def test_a_chain_cut_off_behind_a_sent_package(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    reported(desk, Month(2026, 10), tmp_path / "stick")
    assert damages(desk) == []
    tamper(desk, "DELETE FROM audit WHERE seq > 30")
    assert damages(desk) == [Damage.AUDIT_REMOVED]


def test_a_missing_or_altered_attachment(desk: Desk) -> None:
    digest = attachments.put(desk.paths, b"invoice")
    tamper(
        desk,
        "INSERT INTO attachment (id, subject, record_id, sha256, name, bytes, added_at) "
        f"VALUES ('a', 'expenses', 'x', '{digest}', 'invoice.pdf', 7, '2026-10-28 09:30:00')",
    )
    assert damages(desk) == []
    attachments.place_of(desk.paths, digest).write_bytes(b"other")
    assert damages(desk) == [Damage.ATTACHMENT]
