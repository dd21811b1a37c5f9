"""What `check` finds: altered, cut off, missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import select
from tests.operations.exchange.months import enrol, reported, vault_of
from tests.operations.test_expenses import add_line, spend

from jindu_desk.app.desk import Desk
from jindu_desk.domain.months import Month
from jindu_desk.operations.exchange.receive import receive_files
from jindu_desk.operations.exchange.report import reopen_month, report_month
from jindu_desk.operations.expenses import reverse_expense
from jindu_desk.operations.units import change_keeper
from jindu_desk.queries.integrity import Damage, check
from jindu_desk.store import attachments
from jindu_desk.store.tables import Expense


def tamper(desk: Desk, statement: str) -> None:
    with desk.store.engine.connect().execution_options(desk_write=True) as connection:
        connection.execute(text(statement))
        connection.commit()


@contextmanager
def undone(desk: Desk, statement: str) -> Iterator[None]:
    """The database with ``statement``, and afterwards as it was."""
    with desk.store.engine.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        saved = sqlite3.connect(":memory:")
        source.backup(saved)
        tamper(desk, statement)
        yield
        saved.backup(source)
        saved.close()


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


OCTOBER = Month(2026, 10)


def spent(desk: Desk) -> None:
    line = add_line(desk)
    spend(desk, line)
    spend(desk, line, on=date(2026, 10, 21), summary="购置宣传展板", amount_fen=30_000)


def report(desk: Desk, month: Month, stick: Path) -> Path:
    if month == OCTOBER:
        spent(desk)
    return reported(desk, month, stick).path


def figures(desk: Desk) -> list[tuple[Damage, str]]:
    return [(finding.damage, finding.table) for finding in check(desk.store, desk.paths).findings]


_INSERTED_CELL = (
    "INSERT INTO cell (township_id, unit_id, month, item, state, value, note) "
    "SELECT township_id, unit_id, month, 'X9', state, value, note FROM cell WHERE month = '2026-10' LIMIT 1"
)


def inserted_expense(desk: Desk) -> str:
    """A copy of an entry under an id of its own."""
    with desk.store.engine.connect() as connection:
        names = [row[1] for row in connection.execute(text("PRAGMA table_info(expense)"))]
    columns = ", ".join(f'"{name}"' if name != "id" else "'made-up'" for name in names)
    quoted = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO expense ({quoted}) SELECT {columns} FROM expense WHERE summary = '购置宣传展板'"


FIGURES = [
    ("UPDATE cell SET value = 99 WHERE rowid = (SELECT min(rowid) FROM cell WHERE state = 'NUMBER')", "cells"),
    ("DELETE FROM cell WHERE rowid = (SELECT min(rowid) FROM cell WHERE month = '2026-10')", "cells"),
    (_INSERTED_CELL, "cells"),
    ("UPDATE expense SET amount_fen = 128051 WHERE amount_fen = 128050", "expenses"),
    ("UPDATE expense SET summary = '另一个' WHERE amount_fen = 128050", "expenses"),
    ("DELETE FROM expense WHERE amount_fen = 30000", "expenses"),
    ("", "expenses"),  # an entry more
    ("DELETE FROM nil_return WHERE unit_id = (SELECT min(unit_id) FROM nil_return)", "nil_returns"),
    ("UPDATE meeting SET place = '另一处' WHERE month = '2026-10'", "meetings"),
    ("DELETE FROM attendee WHERE position = 1", "attendees"),
]


def test_a_figure_that_is_not_as_it_was_signed(desk: Desk, stick: Path) -> None:
    """Each in a copy of the same reported month; the township's own and, from the packages, the district's."""
    report(desk, OCTOBER, stick)
    assert figures(desk) == []
    for statement, table in FIGURES:
        with undone(desk, statement or inserted_expense(desk)):
            assert figures(desk) == [(Damage.FIGURES, table)], statement
    assert figures(desk) == []


def test_what_counts_is_not_what_its_package_says(
    desk: Desk, make_desk: Callable[[str, str], Desk], stick: Path
) -> None:
    district = make_desk("district", "320411000000")
    enrol(district, desk)
    receive_files(district.store, district.paths, [report(desk, OCTOBER, stick)], vault=vault_of(district))
    assert figures(district) == []
    for statement, table in FIGURES:
        with undone(district, statement or inserted_expense(district)):
            assert figures(district) == [(Damage.FIGURES, table)], statement
    assert figures(district) == []


def test_the_first_record_is_named(desk: Desk, stick: Path) -> None:
    report(desk, OCTOBER, stick)
    tamper(desk, FIGURES[0][0])
    (finding,) = check(desk.store, desk.paths).findings
    assert finding.place.startswith("2026-10 薛家镇 ")
    assert len(finding.place.split()) == 4  # month, township, unit, item


def test_the_copy_of_a_closed_month_is_gone_or_altered(desk: Desk, stick: Path) -> None:
    report(desk, OCTOBER, stick)
    (copy,) = desk.paths.sent.glob("*.jdpkg")
    content = copy.read_bytes()
    copy.write_bytes(content + b" ")
    assert Damage.SENT_COPY in damages(desk)
    copy.unlink()
    assert damages(desk) == [Damage.SENT_COPY]
    copy.write_bytes(content)
    assert damages(desk) == []


def test_an_open_month_may_change(desk: Desk, stick: Path) -> None:
    report(desk, OCTOBER, stick)
    reopen_month(desk.store, desk.unit.unit.id, OCTOBER, by="测试乙", reason="漏填一处，已补")
    tamper(desk, FIGURES[0][0])
    assert damages(desk) == []


def test_revisions_and_several_townships_are_well(
    desk: Desk, make_desk: Callable[[str, str], Desk], stick: Path
) -> None:
    """Reopened and reported again, an entry reversed a month later, another township beside it."""
    district, other = make_desk("district", "320411000000"), make_desk("other", "320411002000")
    files = [report(desk, OCTOBER, stick)]
    own = desk.unit.unit.id
    reopen_month(desk.store, own, OCTOBER, by="测试乙", reason="漏填一处，已补")
    files.append(report_month(desk.store, vault_of(desk), desk.paths, OCTOBER, stick).path)
    files.append(reported(other, OCTOBER, stick).path)
    with desk.store.read() as session:
        entry = session.exec(select(Expense.id).where(Expense.amount_fen == 30_000)).one()
    reverse_expense(desk.store, entry, date(2026, 11, 5), reason="重复入账", confirmed=True)
    files.append(reported(desk, Month(2026, 11), stick).path)
    for township in (desk, other):
        enrol(district, township)
    results = receive_files(district.store, district.paths, files, vault=vault_of(district), accept_revisions=True)
    assert [result.counted for result in results] == [True, True, True, True]
    for each in (desk, other, district):
        assert damages(each) == []
