"""Receiving monthly reports, beside the bare work on the same files in the same run.

    python tests/bench/receive.py [--packages 1000] [--townships 20]

A report: a township of 15 villages, the whole catalogue, one meeting, 30 expenses; encrypted and signed. The bare work:
read, age, SHA-256, Ed25519, CSV parse, the same rows into SQLite by executemany, one durable commit a package. Goal: at
most 2 ×, and memory that does not grow with the number of packages.
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
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

Row = dict[str, object]
_EXPENSES = 30
_VILLAGES = 15


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--packages", type=int, default=1000)
    parser.add_argument("--townships", type=int, default=20)
    parser.add_argument("--profile", action="store_true", help="print where our time goes")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), wanted.packages, wanted.townships, profile=wanted.profile)


def measure(folder: Path, packages: int, townships: int, *, profile: bool) -> None:
    from tests.conftest import set_up_shipped

    from jindu_desk.app.desk import Desk
    from jindu_desk.operations.exchange_keys import create_signing_key, own_keys
    from jindu_desk.operations.exchange_receive import receive_files
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

    bare = bare_work(files, identity.text, folder / "bare.db")
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
    counted = sum(result.counted for result in results)
    print(f"bare work  {bare:7.2f} s  {bare / len(files) * 1000:6.1f} ms a report")
    print(
        f"receive    {ours:7.2f} s  {ours / len(files) * 1000:6.1f} ms a report   {ours / bare:.2f} x   {counted} counted"
    )
    print("peak memory (MiB) before and at each quarter:", before, *(found for _, found in marks))
    desk.close(backup=False)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def bare_work(files: Iterable[Path], identity: str, database: Path) -> float:
    """Seconds. Columns have no types and no keys: nobody could take less trouble."""
    import pyrage
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    from jindu_desk.packages.signature import _to_be_signed, read_signature  # the bytes that an SSHSIG signs

    key = pyrage.x25519.Identity.from_str(identity)
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    tables: set[str] = set()
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
                if each["name"] not in tables:
                    names = ", ".join(f'"{column}"' for column in header)
                    connection.execute(f'CREATE TABLE "{each["name"]}" ({names})')
                    tables.add(each["name"])
                marks = ", ".join("?" * len(header))
                connection.executemany(f'INSERT INTO "{each["name"]}" VALUES ({marks})', rows)
            connection.execute("COMMIT")
    taken = time.perf_counter() - started
    connection.close()
    return taken


def write_reports(desk: object, recipient: str, folder: Path, packages: int, townships: int) -> Iterable[Path]:
    """Signed, encrypted reports of made-up townships below the district's real ones, in the order of their months."""
    from jindu_desk.app.desk import Desk
    from jindu_desk.domain.months import Month
    from jindu_desk.domain.units import Tier
    from jindu_desk.operations.exchange_keys import trust_key
    from jindu_desk.operations.units import UnitDraft, add_unit
    from jindu_desk.packages.descriptor import Party
    from jindu_desk.packages.keys import SigningKey
    from jindu_desk.packages.sealing import seal
    from jindu_desk.packages.write import PackageHead, write_report

    assert isinstance(desk, Desk)
    folder.mkdir()
    own = desk.unit.unit
    receiver = Party(own.id, own.code, own.name, own.tier)
    months = -(-packages // townships)
    first = Month(2026, 10).plus(1 - months)
    written = 0
    senders = []
    for number in range(townships):
        unit_id = f"bench-{number}"
        add_unit(desk.store, UnitDraft(f"测试{number}镇", Tier.TOWNSHIP, id=unit_id), own.id, Month(2000, 1))
        key = SigningKey.generate()
        trust_key(desk.store, unit_id, key.public.line, keeper="测试甲", compared=key.public.fingerprint)
        senders.append((Party(unit_id, "", f"测试{number}镇", Tier.TOWNSHIP), key))
    previous: dict[str, str] = {}
    for place in range(months):
        month = first.plus(place)
        for sender, key in senders:
            if written == packages:
                return
            made = PackageHead(
                sender=sender,
                receiver=receiver,
                period=str(month),
                revision=1,
                reason="",
                number=place + 1,
                previous=previous.get(sender.id),
                rules="1",
                roster=0,
                program=("jindu-desk", "0.1.0"),
                audit_head="0" * 64,
                created=datetime(2026, 11, 1, 9) + timedelta(seconds=written),
            )
            package = write_report(made, month_rows(sender.id, receiver.id, month), [("纪要.pdf", _PDF)], key)
            previous[sender.id] = package.descriptor_sha256
            file = folder / f"{written:05}.jdpkg"
            file.write_bytes(seal(package.content, [recipient]))
            written += 1
            yield file


_PDF = os.urandom(60_000)  # minutes as a PDF do not pack


def month_rows(town: str, above: str, month: object) -> Mapping[str, list[Row]]:
    """A month of ``town``: figures that keep every hard check."""
    from tests.packages.made_up import Party, head, tables

    from jindu_desk.domain.months import Month
    from jindu_desk.domain.tallies.catalogue import Level
    from jindu_desk.domain.tallies.records import CellState
    from jindu_desk.domain.units import Tier
    from jindu_desk.queries.rules import shipped_rules

    assert isinstance(month, Month)
    made = head(
        sender=Party(town, "", town, Tier.TOWNSHIP), receiver=Party(above, "", above, Tier.DISTRICT), period=str(month)
    )
    rows = tables(made)
    villages = [f"{town}-village-{number}" for number in range(1, _VILLAGES + 1)]
    unit, version = rows["units"][1], rows["unit_versions"][1]
    rows["units"] = [rows["units"][0], *({**unit, "id": each, "position": n} for n, each in enumerate(villages))]
    rows["unit_versions"] = [
        rows["unit_versions"][0],
        *({**version, "unit_id": each, "name": f"测试{n}村"} for n, each in enumerate(villages, 1)),
    ]
    catalogue = shipped_rules().catalogue
    cell = rows["cells"][0]
    rows["cells"] = [
        {**cell, "unit_id": each, "item": item.code, "state": CellState.NUMBER, "value": 0}
        for each in villages
        for item in catalogue.level_items(Level.VILLAGE)
    ] + [
        {**cell, "unit_id": town, "item": item.code, "state": CellState.NUMBER, "value": 1}
        for item in catalogue.level_items(Level.TOWNSHIP)
    ]
    nil = rows["nil_returns"][0]
    rows["nil_returns"] = [{**nil, "unit_id": each} for each in villages]
    rows["reasons"] = []
    entry = rows["expenses"][0]
    rows["expenses"] = [
        {**entry, "id": f"{town}-{month}-{n}", "number": n, "amount_fen": 100 + n, "reverses": None}
        for n in range(1, _EXPENSES + 1)
    ]
    line = {**rows["budget_lines"][0], "id": f"{town}-line-{month.year}", "year": month.year}
    rows["budget_lines"] = [line]
    rows["adjustments"] = [{**rows["adjustments"][0], "id": f"{town}-adj-{month.year}", "line_id": line["id"]}]
    rows["expenses"] = [{**each, "line_id": line["id"]} for each in rows["expenses"]]
    attendee = rows["attendees"][0]
    rows["attendees"] = [{**attendee, "position": n, "unit_id": each} for n, each in enumerate(villages)]
    return rows


if __name__ == "__main__":
    main()
