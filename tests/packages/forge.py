"""Packages made by hand, without the program's writer: a ZIP from bytes, signatures by ssh-keygen."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from tests.packages.made_up import TOWNSHIP, key_of, report

DESCRIPTOR, SIGNATURE = "datapackage.json", "datapackage.json.sig"
Parts = dict[str, bytes]


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


@cache
def _good() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(report().content)) as archive:
        return tuple((info.filename, archive.read(info)) for info in archive.infolist())


def good_parts() -> Parts:
    """The members of a good package, in their order."""
    return dict(_good())


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


def signed(message: bytes, *, namespace: str = "report@jindu-desk", key: str = TOWNSHIP.id) -> bytes:
    """``ssh-keygen -Y sign`` with the key of this name."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "key"
        file.touch(mode=0o600)
        file.write_text(key_of(key).text)
        message_file = Path(folder) / "message"
        message_file.write_bytes(message)
        subprocess.run(
            ["ssh-keygen", "-q", "-Y", "sign", "-f", file, "-n", namespace, message_file],
            check=True,
            capture_output=True,
        )
        return (Path(folder) / "message.sig").read_bytes()


def forged(
    edit: Callable[[dict[str, Any]], object] = lambda package: None,
    *,
    tables: dict[str, bytes] | None = None,
    namespace: str = "report@jindu-desk",
    key: str = TOWNSHIP.id,
) -> bytes:
    """A package with an edited descriptor and other tables, hashes put right, signed anew by a good key."""
    parts = good_parts()
    package = json.loads(parts[DESCRIPTOR])
    for name, content in (tables or {}).items():
        parts[f"data/{name}.csv"] = content
        resource = next(resource for resource in package["resources"] if resource["name"] == name)
        resource["bytes"], resource["hash"] = len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"
    edit(package)
    parts[DESCRIPTOR] = json.dumps(package, ensure_ascii=False).encode()
    parts[SIGNATURE] = signed(parts[DESCRIPTOR], namespace=namespace, key=key)
    return zipped(parts)


def table(name: str) -> bytes:
    return good_parts()[f"data/{name}.csv"]
