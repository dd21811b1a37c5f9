"""Changes to packages at random, each given by a random.Random: the same seed makes the same mutant."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Any

from tests.packages.forge import DESCRIPTOR, MIMETYPE, SIGNATURE, Entry, Parts, entries_of, raw_zip, zipped

CELLS = (
    "", "0", "-1", "1", "999999999", "NaN", "1e400", "=1+1", "true", "2026-10", "2026-13", "2026-02-30", "x" * 300,
    "测试丁", "township-b", "district-a", "\r", "\n", "\0", "\ufeff", '"', ",", "320499199003077758", "a" * 64,
    "2026-11-03T09:30:00", "returned", "number", "ssh-ed25519 AAAA",
)  # fmt: skip
VALUES: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 2, 3, 2**53, 10**400, 1.5, "", "x", "2026-11", "2026-11-03T09:30:00+08:00",
    "township-b", "district-a", "report", "answer", "directive", "enrolment", "0" * 64, "sha256:" + "0" * 64, "../x",
    "\x1b[2J", "\ud800", [], {}, [[]], {"a": 1},
)  # fmt: skip


def of_bytes(rng: Random, content: bytes) -> bytes:
    """Flip, put in, take out, double, overwrite or cut off, once or a few times."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 5))):
        at, length = rng.randrange(len(changed) + 1), rng.choice((1, 1, 2, 4, 16, 300))
        part = bytes(changed[at : at + length])
        way = rng.randrange(6)
        if way == 0 and part:
            changed[at] ^= 1 << rng.randrange(8)
        elif way == 1:
            changed[at:at] = rng.randbytes(length)
        elif way == 2:
            del changed[at : at + length]
        elif way == 3:
            changed[at:at] = part
        elif way == 4:
            changed[at : at + length] = rng.choice((b"\0", b"\xff", b"PK\1\2", b'"')) * len(part)
        elif rng.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def of_a_cell(rng: Random, content: bytes) -> bytes:
    """One cell of a CSV, or a whole row or column doubled, taken out or moved."""
    table = list(csv.reader(io.StringIO(content.decode(), newline="")))
    row = rng.choice(table)
    way = rng.randrange(8)
    if way == 0:
        table.insert(rng.randrange(len(table) + 1), row)
    elif way == 1:
        table.remove(row)
    elif way == 2:
        rng.shuffle(table)
    elif way == 3:
        place = rng.randrange(len(row))
        for line in table:
            del line[place : place + 1]
    elif way == 4:
        row.append("x")
    else:
        place = rng.randrange(len(row))
        other = rng.choice(table)
        row[place] = rng.choice((*CELLS, rng.choice(other) if other else "", f"{row[place]}0", row[place][:-1]))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(table)
    return text.getvalue().encode()


def of_a_value(rng: Random, text: bytes) -> bytes:
    """One value of a JSON text, at any depth: another one, gone, doubled, or under another name."""
    package = json.loads(text)
    holder: Any = package
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            break
        key = rng.choice(keys)
        if isinstance(holder[key], dict | list) and rng.random() < 0.85:
            holder = holder[key]
            continue
        _change_value(rng, holder, key)
        break
    return json.dumps(package, ensure_ascii=bool(rng.randrange(2))).encode("utf-8", "surrogatepass")


def _change_value(rng: Random, holder: Any, key: Any) -> None:
    way, value = rng.randrange(8), holder[key]
    if way == 0:
        del holder[key]
    elif way == 1 and isinstance(holder, list):
        holder.append(value)
    elif way == 1:
        holder[rng.choice(("x", f"{key} "))] = value
    elif way == 2 and isinstance(value, int):
        holder[key] = value + rng.choice((-1, 1))
    elif way == 3 and isinstance(value, str):
        holder[key] = value[:-1] + rng.choice(("", "0", "x", " "))
    else:
        holder[key] = rng.choice(VALUES)


def rehashed(parts: Parts) -> Parts:
    """The descriptor with the sizes and hashes of the members as they are now, as far as it lists them."""
    try:
        package = json.loads(parts[DESCRIPTOR])
        for listed in (*package["resources"], *package["jindu"]["attachments"]):
            content = parts.get(listed["path"], b"")
            listed["bytes"], listed["hash"] = len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"
    except (ValueError, KeyError, TypeError, AttributeError):
        return parts
    return parts | {DESCRIPTOR: json.dumps(package, ensure_ascii=False).encode("utf-8", "surrogatepass")}


def of_members(rng: Random, parts: Parts, others: Sequence[Parts]) -> bytes:
    """Whole members dropped, doubled, moved, renamed, emptied, swapped with each other or with another package's."""
    entries = entries_of(parts)
    at = rng.randrange(len(entries))
    entry, other = entries[at], rng.choice(others)
    way = rng.randrange(9)
    if way == 0:
        del entries[at]
    elif way == 1:
        entries.insert(rng.randrange(len(entries) + 1), entry)
    elif way == 2:
        entries.insert(rng.randrange(len(entries)), entries.pop(at))
    elif way == 3:
        name = rng.choice((b"data/x.csv", b"DATA/cells.csv", b"../x", entry.name + b" ", entry.name.upper()))
        entries[at] = Entry(name, entry.content, entry.method)
    elif way == 4:
        entries[at] = Entry(entry.name, b"", 0)
    elif way == 5:
        beside = rng.randrange(len(entries))
        swapped = entries[beside]
        entries[at] = Entry(entry.name, swapped.content, swapped.method)
        entries[beside] = Entry(swapped.name, entry.content, entry.method)
    elif way == 6:
        return zipped(parts | {name: other[name] for name in (DESCRIPTOR, SIGNATURE)})
    elif way == 7:
        return zipped(parts | {name: content for name, content in other.items() if name.startswith("data/")})
    else:
        there = entry.name.decode()
        return zipped(parts | {there: other.get(there, MIMETYPE)})
    return raw_zip(entries)


def of_a_header(rng: Random, parts: Parts) -> bytes:
    """A member about which the archive's headers lie."""
    entries = entries_of(parts)
    at = rng.randrange(len(entries))
    entry = entries[at]
    lies: tuple[dict[str, Any], ...] = (
        {"flags": 1 << rng.randrange(16)},
        {"unpacked": rng.choice((0, 1, len(entry.content) + 1, 2**32 - 1))},
        {"crc": rng.getrandbits(32)},
        {"external": rng.getrandbits(32)},
        {"extra": rng.randbytes(4)},
        {"local_name": entry.name[::-1]},
        {"packed": rng.randbytes(9)},
        {"method": rng.choice((0, 8, 12, 99))},
    )
    entries[at] = replace(entry, **rng.choice(lies))
    return raw_zip(entries)


def of_a_member(rng: Random, parts: Parts) -> Parts:
    """The bytes of one member, a cell of a table or a value of the descriptor; sometimes with all hashes put right."""
    name = rng.choice(list(parts))
    changes: list[Callable[[Random, bytes], bytes]] = [of_bytes]
    if name.endswith(".csv"):
        changes = [of_bytes, of_a_cell, of_a_cell]
    elif name == DESCRIPTOR:
        changes = [of_bytes, of_a_value, of_a_value, of_a_value]
    changed = parts | {name: rng.choice(changes)(rng, parts[name])}
    return rehashed(changed) if name.startswith("data/") and rng.random() < 0.5 else changed
