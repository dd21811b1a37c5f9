"""Packages made by hand, without the program's writer: CSV and JSON from text, a ZIP from bytes, signatures by
ssh-keygen. Only the Table Schemas are the format's own (``tests/vectors/schemas.json`` keeps them)."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from tests.packages import made_up, made_up_snapshots
from tests.packages.made_up import DISTRICT, MADE, PERIOD, TOWNSHIP, Tables
from tests.packages.signing import signed

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.packages.descriptor import Party
from jindu_desk.packages.kinds import tables_of

DESCRIPTOR, SIGNATURE = "datapackage.json", "datapackage.json.sig"
MIMETYPE = b"application/vnd.jindu-desk.package+zip"
PDF = ("会议纪要.pdf", b"%PDF-1.7 made up")
Parts = dict[str, bytes]
Attached = Sequence[tuple[str, bytes]]
REPORT = PackageKind.REPORT
SENDER = {
    PackageKind.ENROLMENT: TOWNSHIP,
    PackageKind.DIRECTIVE: DISTRICT,
    PackageKind.REPORT: TOWNSHIP,
    PackageKind.ANSWER: DISTRICT,
}
RECEIVER = {
    PackageKind.ENROLMENT: DISTRICT,
    PackageKind.DIRECTIVE: DISTRICT,
    PackageKind.REPORT: DISTRICT,
    PackageKind.ANSWER: TOWNSHIP,
}


@dataclass(frozen=True)
class Entry:
    """A member and the lies told about it; None: the truth."""

    name: bytes
    content: bytes
    method: int = 8
    flags: int = 0
    unpacked: int | None = None
    crc: int | None = None
    external: int = 0o100644 << 16
    extra: bytes = b""
    local_name: bytes | None = None
    packed: bytes | None = None


def raw_zip(entries: Iterable[Entry], *, before: bytes = b"", after: bytes = b"", between: bytes = b"") -> bytes:
    """A ZIP of these entries, exactly as they say, with junk where it is wished."""
    body, directory, count = before, b"", 0
    for entry in entries:
        packed = entry.packed
        if packed is None:
            packed = entry.content if entry.method == 0 else deflated(entry.content)
        size = len(entry.content) if entry.unpacked is None else entry.unpacked
        crc = zlib.crc32(entry.content) if entry.crc is None else entry.crc
        local = entry.name if entry.local_name is None else entry.local_name
        offset = len(body)
        common = (20, entry.flags, entry.method, 0, 0x21, crc, len(packed), size)
        body += struct.pack("<4s5H3L2H", b"PK\3\4", *common, len(local), len(entry.extra))
        body += local + entry.extra + packed + between
        head = struct.pack(
            "<4s6H3L5H2L",
            b"PK\1\2",
            0x0314,
            *common,
            len(entry.name),
            len(entry.extra),
            0,
            0,
            0,
            entry.external,
            offset,
        )
        directory += head + entry.name + entry.extra
        count += 1
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(body), 0)
    return body + directory + end + after


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def rows_of(kind: PackageKind = REPORT) -> Tables:
    """The made-up rows of a kind, new for each caller."""
    makers: dict[PackageKind, Callable[[], Tables]] = {
        PackageKind.ENROLMENT: made_up_snapshots.enrolment,
        PackageKind.DIRECTIVE: made_up_snapshots.directive,
        PackageKind.REPORT: made_up.tables,
        PackageKind.ANSWER: made_up_snapshots.answer,
    }
    return makers[kind]()


def csv_of(header: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """The standard library's CSV of these rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_text_of(row[name]) for name in header] for row in rows)
    return text.getvalue().encode()


def _text_of(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


@cache
def schemas() -> dict[str, dict[str, Any]]:
    """kind → table → its Table Schema."""
    return {kind.value: {table.name: table.schema() for table in tables_of(kind)} for kind in PackageKind}


def descriptor_of(
    contents: Mapping[str, bytes],
    attachments: Attached = (),
    *,
    kind: PackageKind = REPORT,
    **jindu: object,
) -> dict[str, Any]:
    """The descriptor's JSON for these CSV texts (by table) and files (by name). ``jindu``: what else it shall say."""
    first = kind is REPORT
    said: dict[str, object] = {
        "format": 1,
        "kind": kind.value,
        "stream": SENDER[kind].id,
        "from": party(SENDER[kind]),
        "to": party(RECEIVER[kind]),
        "period": PERIOD if kind is REPORT else None,
        "revision": 1,
        "reason": "",
        "number": 1 if first else 2,
        "previous": None if first else made_up_snapshots.FIRST,
        "rules": "2026-10",
        "roster": 0,
        "program": {"name": "jindu-desk", "version": "0.1.0"},
        "audit_head": "0" * 64,
        "attachments": [
            {"name": name, "path": attachment_path(name, content), "bytes": len(content), "hash": _hash(content)}
            for name, content in attachments
        ],
    }
    return {
        "name": f"{kind.value}-made-up",
        "profile": "tabular-data-package",
        "created": MADE.astimezone().isoformat(),
        "resources": [
            {
                "name": name,
                "profile": "tabular-data-resource",
                "path": f"data/{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": _hash(content),
                "schema": deepcopy(schemas()[kind.value][name]),
            }
            for name, content in contents.items()
        ],
        "jindu": said | jindu,
    }


def party(unit: Party) -> dict[str, str]:
    return {"id": unit.id, "code": unit.code, "name": unit.name, "tier": unit.tier.value}


def attachment_path(name: str, content: bytes) -> str:
    return f"attachments/{hashlib.sha256(content).hexdigest()}.{name.rpartition('.')[2]}"


def _hash(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def forged_parts(
    edit: Callable[[dict[str, Any]], object] = lambda package: None,
    *,
    kind: PackageKind = REPORT,
    rows: Tables | None = None,
    tables: Mapping[str, bytes] | None = None,
    attachments: Attached | None = None,
    namespace: str = "",
    key: str = "",
    **jindu: object,
) -> Parts:
    """The members of a package: ``rows`` (else made up) as CSV, some ``tables`` as other bytes, an edited descriptor,
    all hashes right, signed by a good key of the sender under the kind's namespace unless said otherwise."""
    rows = rows_of(kind) if rows is None else rows
    known = schemas()[kind.value]
    contents = {
        name: csv_of([field["name"] for field in known[name]["fields"]], rows[name]) for name in known if name in rows
    }
    contents |= tables or {}
    if attachments is None:
        attachments = (PDF,) if kind is REPORT else ()
    package = descriptor_of(contents, attachments, kind=kind, **jindu)
    edit(package)
    text = json.dumps(package, ensure_ascii=False).encode()
    return {
        "mimetype": MIMETYPE,
        DESCRIPTOR: text,
        SIGNATURE: signed(text, namespace=namespace or kind.namespace, key=key or SENDER[kind].id),
        **{f"data/{name}.csv": content for name, content in contents.items()},
        **{attachment_path(name, content): content for name, content in attachments},
    }


def forged(
    edit: Callable[[dict[str, Any]], object] = lambda package: None,
    *,
    kind: PackageKind = REPORT,
    rows: Tables | None = None,
    tables: Mapping[str, bytes] | None = None,
    attachments: Attached | None = None,
    namespace: str = "",
    key: str = "",
    **jindu: object,
) -> bytes:
    """`forged_parts` as a file."""
    return zipped(
        forged_parts(
            edit,
            kind=kind,
            rows=rows,
            tables=tables,
            attachments=attachments,
            namespace=namespace,
            key=key,
            **jindu,
        )
    )


def resigned(parts: Parts, *, namespace: str = "report@jindu-desk", key: str = TOWNSHIP.id) -> Parts:
    """The same members under a new signature."""
    return parts | {SIGNATURE: signed(parts[DESCRIPTOR], namespace=namespace, key=key)}


@cache
def _good(kind: PackageKind) -> tuple[tuple[str, bytes], ...]:
    return tuple(forged_parts(kind=kind).items())


def good_parts(kind: PackageKind = REPORT) -> Parts:
    """The members of a good package, in their order."""
    return dict(_good(kind))


def table(name: str, kind: PackageKind = REPORT) -> bytes:
    return good_parts(kind)[f"data/{name}.csv"]


def entries_of(parts: Parts) -> list[Entry]:
    """Packed, but for the mimetype and what would pack suspiciously well."""
    return [
        Entry(
            name.encode(), content, method=0 if name == "mimetype" or len(content) > 100 * len(deflated(content)) else 8
        )
        for name, content in parts.items()
    ]


def zipped(parts: Parts) -> bytes:
    return raw_zip(entries_of(parts))


def changed(parts: Parts, name: str, **lies: Any) -> bytes:
    """The package with one entry that lies."""
    return raw_zip(replace(entry, **lies) if entry.name == name.encode() else entry for entry in entries_of(parts))
