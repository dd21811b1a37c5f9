"""From rows and a key to the bytes of a package: same input, same bytes (but for the time in ``created``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.files import sha256_hex
from jindu_desk.packages.container import DESCRIPTOR, SIGNATURE, open_container, write_container
from jindu_desk.packages.descriptor import AttachmentEntry, Descriptor, Party, Resource, write_descriptor
from jindu_desk.packages.keys import SigningKey
from jindu_desk.packages.kinds import tables_of
from jindu_desk.packages.rows import write_table
from jindu_desk.packages.schema import Row
from jindu_desk.packages.signature import sign
from jindu_desk.packages.verify import VerifiedPackage


@dataclass(frozen=True, slots=True)
class PackageHead:
    """What a package says of itself. ``created`` is naive local time; ``previous`` and ``audit_head`` are hex."""

    sender: Party
    receiver: Party
    period: str | None
    revision: int
    reason: str
    number: int
    previous: str | None
    rules: str
    roster: int
    program: tuple[str, str]
    audit_head: str
    created: datetime


@dataclass(frozen=True, slots=True)
class WrittenPackage:
    content: bytes
    descriptor_sha256: str
    file_sha256: str
    fingerprint: str


def write_package(
    kind: PackageKind,
    head: PackageHead,
    tables: Mapping[str, Iterable[Row]],
    key: SigningKey,
    attachments: Sequence[tuple[str, bytes]] = (),
) -> WrittenPackage:
    """Sign ``tables`` (rows by the names of `tables_of`) and ``attachments`` ((name, content)).

    A table that is optional is left out where ``tables`` has none by its name.
    """
    written = [table for table in tables_of(kind) if not table.optional or table.name in tables]
    contents = {table.name: write_table(table, tables[table.name]) for table in written}
    entries = {entry.path: (entry, content) for name, content in attachments for entry in [_entry(name, content)]}
    descriptor = Descriptor(
        kind=kind,
        stream=head.sender.id,
        sender=head.sender,
        receiver=head.receiver,
        period=head.period,
        revision=head.revision,
        reason=head.reason,
        number=head.number,
        previous=head.previous,
        rules=head.rules,
        roster=head.roster,
        program=head.program,
        audit_head=head.audit_head,
        created=head.created,
        resources=tuple(
            Resource(
                table.name,
                f"data/{table.name}.csv",
                len(contents[table.name]),
                sha256_hex(contents[table.name]),
                table.schema(),
            )
            for table in written
        ),
        attachments=tuple(entry for entry, _ in entries.values()),
    )
    signed = write_descriptor(descriptor)
    content = write_container(
        [
            (DESCRIPTOR, signed),
            (SIGNATURE, sign(signed, key, descriptor.kind.namespace)),
            *((resource.path, contents[resource.name]) for resource in descriptor.resources),
            *((path, attached) for path, (_, attached) in entries.items()),
        ]
    )
    return WrittenPackage(content, sha256_hex(signed), sha256_hex(content), key.public.fingerprint)


def sign_again(package: VerifiedPackage, content: bytes, key: SigningKey) -> bytes:
    """``content`` with another signature over the same descriptor: what was signed stays what it was, to the byte."""
    container = open_container(content)
    signature = sign(container.read(DESCRIPTOR), key, package.descriptor.kind.namespace)
    return write_container(
        (name, signature if name == SIGNATURE else container.read(name)) for name in container.names[1:]
    )


def _entry(name: str, content: bytes) -> AttachmentEntry:
    sha256 = sha256_hex(content)
    suffix = PurePath(name).suffix.lower()
    return AttachmentEntry(name, f"attachments/{sha256}{suffix}", len(content), sha256)
