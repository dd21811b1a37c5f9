"""The attacks of packages.md §6 on a package's container. Each attack and its test: ``attack_names.py``."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.packages.forge import (
    DESCRIPTOR,
    SIGNATURE,
    Entry,
    changed,
    entries_of,
    forged,
    forged_parts,
    good_parts,
    raw_zip,
    zipped,
)
from tests.packages.refusals import KINDS, refused, verified

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import packages as errors
from jindu_desk.packages.container import LARGEST_FILE

EACH_MEMBER = [(kind, name) for kind in KINDS for name in good_parts(kind)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_forge_makes_good_packages_too(kind: PackageKind) -> None:
    """Else every refusal below could have a cheaper reason."""
    assert verified(forged(kind=kind), kind=kind).signer is not None
    assert verified(zipped(good_parts(kind)), kind=kind).descriptor.kind is kind


@pytest.mark.parametrize(("kind", "name"), EACH_MEMBER)
def test_changed_byte_in_each_member(kind: PackageKind, name: str) -> None:
    parts = good_parts(kind)
    middle = len(parts[name]) // 2
    parts[name] = parts[name][:middle] + bytes([parts[name][middle] ^ 1]) + parts[name][middle + 1 :]
    with pytest.raises((errors.DamagedPackage, errors.UntrustedPackage)):
        verified(zipped(parts), kind=kind)


@pytest.mark.parametrize(("kind", "name"), EACH_MEMBER)
def test_changed_byte_that_only_the_checksum_knows(kind: PackageKind, name: str) -> None:
    refused(changed(good_parts(kind), name, crc=1), errors.MemberDamaged, kind=kind)


def test_swapped_member() -> None:
    parts = good_parts()
    parts["data/decisions.csv"], parts["data/cells.csv"] = parts["data/cells.csv"], parts["data/decisions.csv"]
    refused(zipped(parts), errors.MemberWrongSize)


def test_swapped_member_of_the_same_size() -> None:
    parts = good_parts()
    parts["data/cells.csv"] = parts["data/cells.csv"].replace(b",3,", b",4,")
    refused(zipped(parts), errors.MemberWrongHash)


def test_swapped_order_of_members() -> None:
    entries = entries_of(good_parts())
    entries[1], entries[2] = entries[2], entries[1]
    refused(raw_zip(entries), errors.MembersOutOfOrder)
    refused(raw_zip([*entries_of(good_parts())[:3], *reversed(entries_of(good_parts())[3:])]), errors.MembersOutOfOrder)


def test_extra_member() -> None:
    parts = good_parts() | {"readme.txt": b"x"}
    refused(zipped(parts), errors.UnexpectedMember)
    attachment = f"attachments/{'0' * 64}.pdf"
    refused(zipped(good_parts() | {attachment: b"x"}), errors.MemberNotListed)


@pytest.mark.parametrize(("kind", "name"), EACH_MEMBER)
def test_missing_member(kind: PackageKind, name: str) -> None:
    parts = good_parts(kind)
    del parts[name]
    refused(zipped(parts), errors.MissingMember, kind=kind)


@pytest.mark.parametrize("kind", KINDS)
def test_member_of_another_package(kind: PackageKind) -> None:
    """What one unit signed in two packages is not to be recombined."""
    later = forged_parts(kind=kind, rules="another")
    for name in (DESCRIPTOR, SIGNATURE):
        refused(zipped(good_parts(kind) | {name: later[name]}), errors.SignatureWrong, kind=kind)


def test_duplicate_member_name() -> None:
    entries = entries_of(good_parts())
    refused(raw_zip([*entries, entries[-1]]), errors.DuplicateMember)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"data/Cells.csv", "case"),
        (b"DATA/cells.csv", "case"),
        ("data/ce\u0301lls.csv".encode(), "not_ascii"),
        ("data/c\u00e9lls.csv".encode(), "not_ascii"),
        ("data/ｃells.csv".encode(), "not_ascii"),
    ],
)
def test_names_that_differ_only_by_case_or_unicode_form(name: bytes, reason: str) -> None:
    error = refused(raw_zip([*entries_of(good_parts()), Entry(name, b"x")]), errors.MemberNameRefused)
    assert isinstance(error, errors.MemberNameRefused)
    assert error.reason == reason


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        (b"../evil.csv", "traversal"),
        (b"data/../../evil.csv", "traversal"),
        (b"data/./cells.csv", "traversal"),
        (b"/etc/passwd", "absolute"),
        (b"\\\\server\\share\\x.csv", "absolute"),
        (b"//server/share/x.csv", "absolute"),
        (b"C:/evil.csv", "drive"),
        (b"data/cells.csv:stream", "drive"),
        (b"data\\cells.csv", "backslash"),
        (b"data/con.csv", "reserved"),
        (b"NUL", "reserved"),
        (b"data/lpt1.csv", "reserved"),
        (b"data/cells.csv.", "trailing"),
        (b"data/cells.csv ", "trailing"),
        (b"data/", "folder"),
        (b"data/ce\0lls.csv", "control"),
        (b"data/" + b"x" * 200 + b".csv", "too_long"),
    ],
)
def test_names_that_lead_elsewhere(name: bytes, reason: str) -> None:
    error = refused(raw_zip([*entries_of(good_parts()), Entry(name, b"x")]), errors.MemberNameRefused)
    assert isinstance(error, errors.MemberNameRefused)
    assert error.reason == reason


def test_symlink_member() -> None:
    refused(changed(good_parts(), "data/cells.csv", external=0o120777 << 16), errors.NotARegularMember)
    refused(changed(good_parts(), "data/cells.csv", external=0x10), errors.NotARegularMember)


def test_zip_bomb() -> None:
    bomb = b"\0" * (20 << 20)
    refused(changed(good_parts(), "data/cells.csv", content=bomb), errors.CompressionTooHigh)
    many = [Entry(f"attachments/{n:064x}.pdf".encode(), b"x", unpacked=4_000_000_000 // 4) for n in range(2)]
    refused(raw_zip([*entries_of(good_parts()), *many]), errors.UnpackedTooLarge)


def test_bomb_of_members() -> None:
    many = [Entry(f"attachments/{n:064x}.pdf".encode(), b"x", method=0) for n in range(200)]
    refused(raw_zip([*entries_of(good_parts()), *many]), errors.TooManyMembers)


def test_endless_data() -> None:
    refused(b"PK\3\4" + b"\0" * LARGEST_FILE, errors.PackageTooLarge)


def test_nested_zip_beyond_one_level() -> None:
    """A township's report holds no packages; only a district's may, one level deep."""
    inner = zipped(good_parts())
    refused(forged(attachments=[("inner.jdpkg", inner)]), errors.UnexpectedMember)


@pytest.mark.parametrize("lie", [-1, 1, 1000])
def test_lying_sizes(lie: int) -> None:
    size = len(good_parts()["data/cells.csv"])
    with pytest.raises(errors.DamagedPackage):
        verified(changed(good_parts(), "data/cells.csv", unpacked=size + lie))


def test_lying_sizes_in_the_descriptor() -> None:
    def lie(package: dict[str, Any]) -> None:
        package["resources"][0]["bytes"] += 1

    refused(forged(lie), errors.MemberWrongSize)


def test_oversized_descriptor() -> None:
    parts = good_parts()
    package = json.loads(parts[DESCRIPTOR])
    package["padding"] = [str(number) for number in range(200_000)]
    parts[DESCRIPTOR] = json.dumps(package).encode()
    refused(zipped(parts), errors.DescriptorTooLarge)


@pytest.mark.parametrize("keep", [0.0, 0.001, 0.1, 0.5, 0.99, 0.9999])
def test_truncated(keep: float) -> None:
    content = zipped(good_parts())
    with pytest.raises(errors.DamagedPackage):
        verified(content[: round(len(content) * keep)])


def test_data_after_the_end() -> None:
    refused(raw_zip(entries_of(good_parts()), after=b"x"), errors.DataOutsideArchive)


def test_data_before_the_start() -> None:
    refused(raw_zip(entries_of(good_parts()), before=b"x"), errors.DataOutsideArchive)
    content = b"MZ" + zipped(good_parts())
    refused(content, errors.DataOutsideArchive)


def test_data_between_members() -> None:
    refused(raw_zip(entries_of(good_parts()), between=b"x"), errors.DataOutsideArchive)


def test_headers_that_disagree() -> None:
    refused(changed(good_parts(), "data/cells.csv", local_name=b"data/evils.csv"), errors.ArchiveHeadersDisagree)
    refused(changed(good_parts(), "data/cells.csv", flags=8), errors.ArchiveHeadersDisagree)


def test_extra_fields_encryption_and_unknown_compression() -> None:
    refused(changed(good_parts(), "data/cells.csv", extra=b"\1\0\0\0"), errors.ExtraFieldsRefused)
    refused(changed(good_parts(), "data/cells.csv", flags=1), errors.MemberEncrypted)
    refused(changed(good_parts(), "data/cells.csv", method=12, packed=b"x"), errors.UnknownCompression)


def test_other_archive_and_no_archive_at_all() -> None:
    refused(zipped({**good_parts(), "mimetype": b"application/zip"}), errors.WrongMimetype)
    refused(b"", errors.NotAPackage)
    refused(b"age-encryption.org/v1\n", errors.PackageEncrypted)
