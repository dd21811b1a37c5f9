"""The ZIP of a package, written and read so strictly that there is one reading of it only.

Everything the limits speak of is read from the headers before a single byte is unpacked. The archive is parsed here
and not by ``zipfile``: that reads the central directory alone, while other programs follow the local headers; where
the two may differ, two readers see two packages.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from jindu_desk.errors.packages import (
    ArchiveHeadersDisagree,
    CompressionTooHigh,
    DataOutsideArchive,
    DescriptorTooLarge,
    DuplicateMember,
    ExtraFieldsRefused,
    MemberDamaged,
    MemberEncrypted,
    MemberNameRefused,
    MembersOutOfOrder,
    MissingMember,
    NotAPackage,
    NotARegularMember,
    PackageEncrypted,
    PackageTooLarge,
    PackageTruncated,
    TooManyMembers,
    UnexpectedMember,
    UnknownCompression,
    UnpackedTooLarge,
    WrongMimetype,
)

MIMETYPE = b"application/vnd.jindu-desk.package+zip"
DESCRIPTOR, SIGNATURE = "datapackage.json", "datapackage.json.sig"
_FIXED = ("mimetype", DESCRIPTOR, SIGNATURE)

MB = 1 << 20
LARGEST_FILE = 64 * MB
MOST_MEMBERS = 200
LARGEST_UNPACKED = 256 * MB
HIGHEST_RATIO = 200
LARGEST_DESCRIPTOR = 1 * MB
_LONGEST_NAME = 100
_STORE_ABOVE_RATIO = HIGHEST_RATIO // 2

_DATA = re.compile(r"data/[a-z][a-z_]{0,40}\.csv")
_ATTACHMENT = re.compile(r"attachments/[0-9a-f]{64}\.(?:pdf|ofd|jpg|jpeg|png|docx|xlsx|jdpkg)")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)

_END = struct.Struct("<4s4H2LH")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_STORED, _DEFLATED = 0, 8
_REGULAR_FILE = 0o100000
_FILE_TYPE = 0o170000
_DOS_FOLDER = 0x10
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the archive: where its bytes lie and what the headers say of them."""

    name: str
    method: int
    crc: int
    packed: int
    unpacked: int
    start: int  # of the packed bytes


class Container:
    """An archive whose headers hold all limits. Members are unpacked one by one, when they are asked for."""

    def __init__(self, content: bytes, members: tuple[Member, ...]) -> None:
        self._content = content
        self._members = {member.name: member for member in members}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def size(self, name: str) -> int:
        """Unpacked bytes, as the headers declare (and `read` enforces)."""
        return self._members[name].unpacked

    def read(self, name: str) -> bytes:
        """Unpack one member; raises `MemberDamaged` if its size or checksum is not what the headers said."""
        member = self._members[name]
        packed = self._content[member.start : member.start + member.packed]
        if member.method == _STORED:
            plain = packed
        else:
            inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                plain = inflate.decompress(packed, member.unpacked + 1)
            except zlib.error as error:
                raise MemberDamaged(name=name) from error
            if not inflate.eof or inflate.unused_data or inflate.unconsumed_tail:
                raise MemberDamaged(name=name)
        if len(plain) != member.unpacked or zlib.crc32(plain) != member.crc:
            raise MemberDamaged(name=name)
        return plain


def open_container(content: bytes) -> Container:
    """Check size, headers, names, order and limits; nothing is unpacked but the stored ``mimetype``.

    Raises a `PackageError` that names the first thing wrong.
    """
    if len(content) > LARGEST_FILE:
        raise PackageTooLarge(size=-(-len(content) // MB), limit=LARGEST_FILE // MB)
    if content.startswith((b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")):
        raise PackageEncrypted
    count, directory = _read_end(content)
    if count > MOST_MEMBERS:
        raise TooManyMembers(count=count, limit=MOST_MEMBERS)
    members = _read_headers(content, count, directory)
    names = [member.name for member in members]
    _check_order(names)
    _check_sizes(members)
    container = Container(content, tuple(members))
    if members[0].method != _STORED or container.read("mimetype") != MIMETYPE:
        raise WrongMimetype
    return container


def write_container(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP of ``members`` after the mimetype: same input, same bytes. They must come in the format's order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in (("mimetype", MIMETYPE), *members):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = (_REGULAR_FILE | 0o644) << 16
            info.compress_type = _STORED if name == "mimetype" else _best_method(content)
            archive.writestr(info, content, compresslevel=9 if info.compress_type else None)
    return stream.getvalue()


def _best_method(content: bytes) -> int:
    # Text that repeats one character for pages packs better than the reader lets pass as honest: store it.
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = len(deflate.compress(content)) + len(deflate.flush())
    return _DEFLATED if packed < len(content) <= packed * _STORE_ABOVE_RATIO else _STORED


def _read_end(content: bytes) -> tuple[int, int]:
    """(number of members, offset of the central directory) from the record that must be the last 22 bytes."""
    if not content.startswith(b"PK\x03\x04"):
        if content.find(b"PK\x03\x04", 0, 4096) > 0:
            raise DataOutsideArchive(reason="before")
        raise NotAPackage(reason="other" if content else "empty")
    at = len(content) - _END.size
    if at < 0 or content[at : at + 4] != b"PK\x05\x06":
        if content.rfind(b"PK\x05\x06") > 0:
            raise DataOutsideArchive(reason="after")
        raise PackageTruncated
    _, disk, start_disk, here, count, size, offset, comment = _END.unpack_from(content, at)
    if disk or start_disk or here != count or comment:
        raise ArchiveHeadersDisagree(name="ZIP")
    if offset + size != at:
        raise DataOutsideArchive(reason="before" if offset + size < at else "between")
    return count, offset


def _read_headers(content: bytes, count: int, directory: int) -> list[Member]:
    members: list[Member] = []
    seen: set[str] = set()
    at, expected = directory, 0
    for _ in range(count):
        if content[at : at + 4] != b"PK\x01\x02" or at + _CENTRAL.size > len(content):
            raise PackageTruncated
        fields = _CENTRAL.unpack_from(content, at)
        _made_by, _needed, flags, method, _time, _date, crc, packed, unpacked = fields[1:10]
        name_length, extra, comment, disk, _internal, external, local = fields[10:]
        raw_name = content[at + _CENTRAL.size : at + _CENTRAL.size + name_length]
        name = _checked_name(raw_name)
        if name in seen:
            raise DuplicateMember(name=name)
        seen.add(name)
        if extra or comment or disk:
            raise ExtraFieldsRefused(name=name)
        _check_kind(name, flags, method, external)
        if local != expected:
            raise DataOutsideArchive(reason="between" if expected else "before")
        _check_local(content, local, fields, raw_name, name)
        start = local + _LOCAL.size + name_length
        expected = start + packed
        members.append(Member(name, method, crc, packed, unpacked, start))
        at += _CENTRAL.size + name_length
    if at + _END.size != len(content):
        raise DataOutsideArchive(reason="between")
    if expected != directory:
        raise DataOutsideArchive(reason="between")
    return members


def _check_kind(name: str, flags: int, method: int, external: int) -> None:
    if flags & 0x2041:
        raise MemberEncrypted(name=name)
    if flags:
        raise ArchiveHeadersDisagree(name=name)
    if method not in (_STORED, _DEFLATED):
        raise UnknownCompression(name=name)
    file_type = (external >> 16) & _FILE_TYPE
    if file_type not in (0, _REGULAR_FILE) or external & _DOS_FOLDER:
        raise NotARegularMember(name=name)


def _check_local(content: bytes, at: int, central: tuple[int, ...], raw_name: bytes, name: str) -> None:
    if content[at : at + 4] != b"PK\x03\x04" or at + _LOCAL.size > len(content):
        raise ArchiveHeadersDisagree(name=name)
    local = _LOCAL.unpack_from(content, at)
    if local[10]:
        raise ExtraFieldsRefused(name=name)
    # needed version … name length stand in the same order in both headers
    if local[1:10] != central[2:11] or content[at + _LOCAL.size : at + _LOCAL.size + local[9]] != raw_name:
        raise ArchiveHeadersDisagree(name=name)


def _checked_name(raw: bytes) -> str:  # noqa: PLR0912 - one reason per line
    shown = raw[:_LONGEST_NAME].decode("utf-8", "replace")
    reason = ""
    parts = shown.replace("\\", "/").split("/")
    if len(raw) > _LONGEST_NAME:
        reason = "too_long"
    elif not raw.isascii():
        reason = "not_ascii"
    elif not shown or any(ord(ch) < 32 or ord(ch) == 127 for ch in shown):
        reason = "control"
    elif shown.startswith(("/", "\\")):
        reason = "absolute"
    elif ":" in shown:
        reason = "drive"
    elif ".." in parts or "." in parts:
        reason = "traversal"
    elif "\\" in shown:
        reason = "backslash"
    elif shown.endswith("/"):
        reason = "folder"
    elif any(part.endswith((".", " ")) or part.startswith(" ") for part in parts):
        reason = "trailing"
    elif any(_RESERVED.fullmatch(part) for part in parts):
        reason = "reserved"
    elif not _allowed(shown) and _allowed(shown.lower()):
        reason = "case"
    if reason:
        raise MemberNameRefused(name=shown, reason=reason)
    if not _allowed(shown):
        raise UnexpectedMember(name=shown)
    return shown


def _allowed(name: str) -> bool:
    return name in _FIXED or _DATA.fullmatch(name) is not None or _ATTACHMENT.fullmatch(name) is not None


def _check_order(names: list[str]) -> None:
    for fixed in _FIXED:
        if fixed not in names:
            raise MissingMember(name=fixed)
    if tuple(names[: len(_FIXED)]) != _FIXED:
        raise MembersOutOfOrder(name=next(a for a, b in zip(names, _FIXED, strict=False) if a != b))
    attachments = False
    for name in names[len(_FIXED) :]:
        if name.startswith("attachments/"):
            attachments = True
        elif attachments:
            raise MembersOutOfOrder(name=name)


def _check_sizes(members: list[Member]) -> None:
    total = sum(member.unpacked for member in members)
    if total > LARGEST_UNPACKED:
        raise UnpackedTooLarge(size=-(-total // MB), limit=LARGEST_UNPACKED // MB)
    for member in members:
        if member.unpacked > member.packed * HIGHEST_RATIO:
            raise CompressionTooHigh(name=member.name)
        if member.name in (DESCRIPTOR, SIGNATURE) and member.unpacked > LARGEST_DESCRIPTOR:
            raise DescriptorTooLarge(limit=LARGEST_DESCRIPTOR // 1024)
