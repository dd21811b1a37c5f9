"""From bytes to a verified package: one function, every check one line, the cheapest first.

No file, no clock, no database. Each step raises its own error; what comes out at the end cannot be made otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import InitVar, dataclass

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.domain.units import Tier
from jindu_desk.errors.packages import (
    AddressedToOther,
    KeyNotForThisKind,
    KeyOfOtherUnit,
    KeyOutsideValidity,
    KeyRevoked,
    KeyUnknown,
    MemberNotListed,
    MemberWrongHash,
    MemberWrongSize,
    MissingMember,
    SchemaDiffers,
    UnexpectedMember,
    UnpackedTooLarge,
)
from jindu_desk.files import sha256_hex
from jindu_desk.packages.container import DESCRIPTOR, MB, SIGNATURE, Container, open_container
from jindu_desk.packages.descriptor import AttachmentEntry, Descriptor, Resource, kind_of, parse_json, read_descriptor
from jindu_desk.packages.keys import PublicKey
from jindu_desk.packages.kinds import tables_of
from jindu_desk.packages.roster import Roster, RosterKey
from jindu_desk.packages.rows import TableRows, read_tables
from jindu_desk.packages.scope import check_scope
from jindu_desk.packages.signature import check_signature, read_signature
from jindu_desk.packages.snapshots import check_snapshot

LARGEST_ENROLMENT = 1 * MB
"""Unpacked: anybody can send one, so its key stops nobody from sending work for hours."""
_SEAL = object()


@dataclass(frozen=True, slots=True)
class VerifiedPackage:
    """A package that passed every check. Only `verify_package` makes one.

    ``signer`` is the roster's entry. It is None where no roster was given, and for an enrolment by a key that is not
    known yet: then the contents are whole and the key below signed them, but nobody said whose key it is.
    Hashes in hex; ``file_sha256`` is that of the signed ZIP.
    """

    descriptor: Descriptor
    descriptor_sha256: str
    file_sha256: str
    key: PublicKey
    signer: RosterKey | None
    tables: Mapping[str, TableRows]
    attachments: Mapping[str, bytes]  # by path
    seal: InitVar[object] = None

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("a verified package comes from verify_package only")

    @property
    def audit_size(self) -> int | None:
        """How many rows of its audit chain the sender shows; None where the package does not say."""
        for row in self.tables.get("audit", ()):
            size = row["size"]
            assert isinstance(size, int)  # noqa: S101 - read by the column's own reader
            return size
        return None


def verify_package(content: bytes, roster: Roster | None, receiver: str | None = None) -> VerifiedPackage:
    """Check ``content`` against the roster and, where given, the receiving unit's id.

    Raises a `DamagedPackage`, `UntrustedPackage` or `PackageNotForUs` of the first check that fails.
    """
    container = open_container(content)
    signed = container.read(DESCRIPTOR)
    package = parse_json(signed)
    kind = kind_of(package)
    signature = read_signature(container.read(SIGNATURE))
    check_signature(signed, signature, kind.namespace)
    if roster is not None:
        _check_known(signature.key, roster, package, kind)
    _check_size(container, kind)
    descriptor = read_descriptor(package)
    signer = None if roster is None else _check_signer(signature.key, roster, descriptor)
    _check_receiver(descriptor, receiver)
    _check_tables_of_kind(descriptor)
    _check_listed(container, descriptor)
    contents = {resource.name: _read_listed(container, resource) for resource in descriptor.resources}
    attachments = {entry.path: _read_listed(container, entry) for entry in descriptor.attachments}
    tables = read_tables([table for table in tables_of(kind) if table.name in contents], contents)
    if kind is PackageKind.REPORT:
        check_scope(descriptor, tables)
    else:
        check_snapshot(descriptor, tables, signature.key)
    return VerifiedPackage(
        descriptor,
        sha256_hex(signed),
        sha256_hex(content),
        signature.key,
        signer,
        tables,
        attachments,
        seal=_SEAL,
    )


def _check_known(key: PublicKey, roster: Roster, package: Mapping[str, object], kind: PackageKind) -> None:
    """Before a word of the descriptor is believed: is this a key we know, and does it still count?

    An enrolment speaks for its own key: whether that is who it says, a person finds out.
    """
    if key in roster.revoked:
        raise KeyRevoked(fingerprint=key.fingerprint)
    if not roster.owners(key) and kind is not PackageKind.ENROLMENT:
        name, unit_id = _claimed_sender(package)
        raise KeyUnknown(unit=name, fingerprint=key.fingerprint, public_key=key.line, stream=unit_id)


def _check_size(container: Container, kind: PackageKind) -> None:
    size = sum(map(container.size, container.names))
    if kind is PackageKind.ENROLMENT and size > LARGEST_ENROLMENT:
        raise UnpackedTooLarge(size=-(-size // MB), limit=LARGEST_ENROLMENT // MB)


def _claimed_sender(package: Mapping[str, object]) -> tuple[str, str]:
    """(name for a sentence, unit id) as the unproven descriptor has them; empty where it has none."""
    jindu = package["jindu"]
    sender = jindu.get("from") if isinstance(jindu, dict) else None
    found = sender if isinstance(sender, dict) else {}
    name, unit_id = found.get("name"), found.get("id")
    return (
        f"“{name[:60]}”" if isinstance(name, str) and name.isprintable() else "",
        unit_id[:64] if isinstance(unit_id, str) else "",
    )


def _check_signer(key: PublicKey, roster: Roster, descriptor: Descriptor) -> RosterKey | None:
    if descriptor.kind is PackageKind.ENROLMENT and not roster.owners(key):
        return None
    entries = [entry for entry in roster.owners(key) if entry.unit_id == descriptor.stream]
    if not entries:
        raise KeyOfOtherUnit(unit=f"“{descriptor.sender.name}”")
    entries = [entry for entry in entries if descriptor.kind.namespace in entry.namespaces]
    if not entries:
        raise KeyNotForThisKind(kind=descriptor.kind.value)
    # The sender's clock says when it was signed. It may be wrong, so it can only take trust away, never give it:
    # the place of a package is given by its number and its predecessor.
    entries = [entry for entry in entries if entry.valid_at(descriptor.created)]
    if not entries:
        raise KeyOutsideValidity(created=descriptor.created.isoformat(" ", "minutes"))
    return entries[0]


def _check_receiver(descriptor: Descriptor, receiver: str | None) -> None:
    # A directive is for whoever is in its unit list: that is asked of the list, not here.
    if descriptor.kind is PackageKind.DIRECTIVE:
        return
    if receiver is not None and descriptor.receiver.id != receiver:
        raise AddressedToOther(sender=f"“{descriptor.sender.name}”", receiver=descriptor.receiver.name)


def _check_tables_of_kind(descriptor: Descriptor) -> None:
    wanted = {table.name: table for table in tables_of(descriptor.kind)}
    names = [resource.name for resource in descriptor.resources]
    for name in names:
        if name not in wanted:
            raise UnexpectedMember(name=f"data/{name}.csv")
    for name, table in wanted.items():
        if names.count(name) != 1 and not (table.optional and name not in names):
            raise MissingMember(name=f"data/{name}.csv")
    for resource in descriptor.resources:
        if resource.schema != wanted[resource.name].schema():
            raise SchemaDiffers(table=resource.name)


def _check_listed(container: Container, descriptor: Descriptor) -> None:
    listed = [resource.path for resource in descriptor.resources] + [entry.path for entry in descriptor.attachments]
    there = [name for name in container.names if "/" in name]
    for path in listed:
        if path not in there:
            raise MissingMember(name=path)
    for name in there:
        if listed.count(name) != 1:
            raise MemberNotListed(name=name)
    for entry in descriptor.attachments:
        if descriptor.kind is not PackageKind.REPORT:
            raise UnexpectedMember(name=entry.path)
        # Packages travel inside a district's report only: one level deep and no deeper.
        if entry.path.endswith(".jdpkg") and descriptor.sender.tier is not Tier.DISTRICT:
            raise UnexpectedMember(name=entry.path)


def _read_listed(container: Container, entry: Resource | AttachmentEntry) -> bytes:
    if container.size(entry.path) != entry.bytes:
        raise MemberWrongSize(name=entry.path)
    content = container.read(entry.path)
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise MemberWrongHash(name=entry.path)
    return content
