"""Receiving monthly reports, beside the bare work on the same files in the same run.

    python tests/bench/receive.py [--packages 1000] [--townships 20]

A report: a township of 15 villages (three of them with nil returns), the whole catalogue with figures that go on from
month to month, one meeting, 30 expenses; encrypted and signed. The bare work: read, age, SHA-256, Ed25519, CSV parse,
the same rows into SQLite by executemany, one durable commit a package. Goal: at most 2 ×, and memory that does not grow
with the number of packages.

The bare work is done twice: into the program's own tables, with the keys and indexes that its screens need, which is
the floor of the goal; and into heaps of text without types, keys or indexes, which nobody could work with, as the
hardest floor there is.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import resource
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

TABLES = {
    "units": "unit",
    "unit_versions": "unit_version",
    "officials": "official",
    "meetings": "meeting",
    "attendees": "attendee",
    "agenda_items": "agenda_item",
    "figures": "figure",
    "decisions": "decision",
    "decision_steps": "decision_step",
    "signed_decisions": "signed_decision",
    "cells": "cell",
    "nil_returns": "nil_return",
    "reasons": "reason",
    "budget_lines": "budget_line",
    "adjustments": "adjustment",
    "expenses": "expense",
}
"""Of a report's tables those that the program keeps as rows, and their names here."""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", type=int, default=1000)
    parser.add_argument("--townships", type=int, default=20)
    parser.add_argument("--profile", action="store_true", help="print where our time goes")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), wanted.packages, wanted.townships, profile=wanted.profile)


def measure(folder: Path, packages: int, townships: int, *, profile: bool) -> None:
    from tests.bench.made_up_reports import write_reports
    from tests.shipped_desks import set_up_shipped

    from jindu_desk.app.desk import Desk
    from jindu_desk.operations.exchange.keys import create_signing_key, own_keys
    from jindu_desk.operations.exchange.receive import receive_files
    from jindu_desk.settings.keys import KeyVault

    clock = lambda: datetime(2026, 11, 3, 9, 30)  # noqa: E731
    desk = Desk.open(folder / "district", create=True, clock=clock)
    set_up_shipped(desk, "320411000000")
    vault = KeyVault(desk.paths.keys, desk.unit.folder_id, demo=True)
    create_signing_key(desk.store, vault)
    identity = own_keys(desk.store, vault).identity
    files = list(write_reports(desk, identity.recipient, folder / "stick", packages, townships))
    size = sum(file.stat().st_size for file in files)
    print(f"{len(files)} reports of {min(townships, packages)} townships, {size / len(files) / 1024:.0f} KiB each")

    heaps = bare_work(files, identity.text, folder / "heaps.db", heap_statement)
    tables = folder / "tables.db"
    with closing(sqlite3.connect(desk.paths.database)) as here, closing(sqlite3.connect(tables)) as there:
        here.backup(there)
    bare = bare_work(files, identity.text, tables, table_statement)
    before = peak()
    marks: list[tuple[int, int]] = []
    quarter = max(1, len(files) // 4)

    def told(done: int, _total: int, _result: object) -> None:
        if done % quarter == 0:
            marks.append((done, peak()))

    if profile:
        import cProfile
        import pstats

        profiler = cProfile.Profile()
        profiler.enable()
    started = time.perf_counter()
    results = receive_files(desk.store, desk.paths, files, vault=vault, told=told)
    ours = time.perf_counter() - started
    if profile:
        profiler.disable()
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(45)
        pstats.Stats(profiler).sort_stats("tottime").print_stats(30)
    counted, faulty = sum(result.counted for result in results), sum(bool(result.faults) for result in results)
    for name, taken in (("bare work", bare), ("into heaps", heaps), ("receive", ours)):
        print(f"{name:10} {taken:7.2f} s  {taken / len(files) * 1000:6.1f} ms a report")
    print(f"receive is {ours / bare:.2f} x the bare work, {ours / heaps:.2f} x that into heaps")
    print(f"{counted} counted, {faulty} of them with something to tell")
    print("peak memory (MiB) before and at each quarter:", before, *(found for _, found in marks))
    desk.close(backup=False)
    if rows_in(tables) != rows_in(desk.paths.database):
        raise RuntimeError(f"not the same rows: {rows_in(tables)}, {rows_in(desk.paths.database)}")


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


Prepare = Callable[[sqlite3.Connection, str, list[str]], str]


def bare_work(files: Iterable[Path], identity: str, database: Path, prepare: Prepare) -> float:
    """Seconds. ``prepare(connection, table, columns)`` gives the statement that takes a row of texts."""
    import pyrage
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from jindu_desk.packages.signature import _to_be_signed, read_signature  # the bytes that an SSHSIG signs

    key = pyrage.x25519.Identity.from_str(identity)
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    statements: dict[str, str] = {}
    started = time.perf_counter()
    for file in files:
        content = pyrage.decrypt(file.read_bytes(), [key])
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            signed = archive.read("datapackage.json")
            signature = read_signature(archive.read("datapackage.json.sig"))
            Ed25519PublicKey.from_public_bytes(signature.key.raw).verify(
                signature.signature, _to_be_signed(signed, "report@jindu-desk")
            )
            package = json.loads(signed)
            connection.execute("BEGIN")
            for each in package["resources"]:
                text = archive.read(each["path"])
                if f"sha256:{hashlib.sha256(text).hexdigest()}" != each["hash"]:
                    raise ValueError(each["path"])
                header, *rows = csv.reader(io.StringIO(text.decode("utf-8"), newline=""))
                if each["name"] not in statements:
                    statements[each["name"]] = prepare(connection, each["name"], header)
                connection.executemany(statements[each["name"]], rows)
            connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return taken


def heap_statement(connection: sqlite3.Connection, name: str, columns: list[str]) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    connection.execute(f'CREATE TABLE "{name}" ({names})')
    return f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(columns))})'


def table_statement(connection: sqlite3.Connection, name: str, columns: list[str]) -> str:
    """Into the program's table; what travels every month and stands already is passed over."""
    table = TABLES.get(name)
    if table is None:
        return heap_statement(connection, name, columns)
    described = connection.execute(f'PRAGMA table_info("{table}")')
    marks = {column: "?" if required else "nullif(?, '')" for _, column, _, required, *_ in described}
    marks |= dict.fromkeys(("state", "tier"), "upper(?)")  # where a CHECK asks for the word as the program stores it
    names = ", ".join(f'"{column}"' for column in columns)
    return f'INSERT OR IGNORE INTO "{table}" ({names}) VALUES ({", ".join(marks[column] for column in columns)})'


def rows_in(database: Path) -> dict[str, int]:
    """Without the versions of units: the sender's own is not taken over from its package."""
    with closing(sqlite3.connect(database)) as connection:
        return {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in TABLES.values()
            if table != "unit_version"
        }


if __name__ == "__main__":
    main()
