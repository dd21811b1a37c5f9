"""The attacks of packages.md §6 on the descriptor, and that nothing else makes a verified package."""

from __future__ import annotations

from typing import Any

import pytest
from tests.packages.forge import (
    DESCRIPTOR,
    forged,
    good_parts,
    zipped,
)
from tests.packages.refusals import refused, verified

from jindu_desk.errors import packages as errors
from jindu_desk.packages.verify import VerifiedPackage, verify_package


def test_unknown_format_version() -> None:
    def future(package: dict[str, Any]) -> None:
        package["jindu"] = {**package["jindu"], "format": 2, "something": "new"}

    refused(forged(future), errors.UnknownFormat)


def test_unknown_kind() -> None:
    def other(package: dict[str, Any]) -> None:
        package["jindu"]["kind"] = "gossip"

    refused(forged(other), errors.UnknownKind)


@pytest.mark.parametrize(
    "text",
    [b"", b"[]", b"\xff", b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"[" * 100_000, b'{"a": ' + b"9" * 5000 + b"}"],
)
def test_descriptor_that_is_no_strict_json(text: bytes) -> None:
    refused(zipped(good_parts() | {DESCRIPTOR: text}), errors.DescriptorUnreadable)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("number", 0),
        ("number", 1.5),
        ("number", True),
        ("number", 10**30),
        ("revision", 0),
        ("revision", 2),  # without a reason
        ("previous", "abc"),
        ("previous", "0" * 64),  # of the first
        ("period", "2026-13"),
        ("period", None),
        ("stream", "other"),
        ("roster", -1),
        ("from", {}),
        ("extra", 1),
        ("audit_head", "x"),
        ("attachments", None),
    ],
)
def test_descriptor_with_a_wrong_value(name: str, value: object) -> None:
    def edit(package: dict[str, Any]) -> None:
        package["jindu"][name] = value

    refused(forged(edit), errors.DescriptorInvalid)


def test_attachment_path_that_leads_elsewhere() -> None:
    def edit(package: dict[str, Any]) -> None:
        package["jindu"]["attachments"][0]["path"] = "../../evil.pdf"

    refused(forged(edit), errors.DescriptorInvalid)


def test_schema_of_the_senders_own_making() -> None:
    def edit(package: dict[str, Any]) -> None:
        package["resources"][0]["schema"]["fields"][0]["type"] = "any"

    refused(forged(edit), errors.SchemaDiffers)


def test_verified_package_cannot_be_made_otherwise() -> None:
    good = verified(forged())
    with pytest.raises(TypeError):
        VerifiedPackage(
            good.descriptor, good.descriptor_sha256, good.file_sha256, good.key, good.signer, good.tables, {}
        )


def test_without_a_roster_nobody_is_trusted() -> None:
    assert verify_package(forged(key="nobody"), None).signer is None
