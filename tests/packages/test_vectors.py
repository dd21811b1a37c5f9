"""Packages that were signed once and kept: every later program reads them as the first one did."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.packages.forge import schemas
from tests.packages.signing import IDENTITY
from tests.test_house import all_errors

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors.packages import PackageError, RowsInvalid
from jindu_desk.operations.exchange.verify import verify_file, verify_path
from jindu_desk.packages.roster import Roster, read_roster
from jindu_desk.packages.sealing import Identity, is_sealed, unseal
from jindu_desk.packages.verify import VerifiedPackage, verify_package

VECTORS = Path(__file__).parents[1] / "vectors"
ROSTER = VECTORS / "allowed_signers"
# file → code of what is wrong with it, opened with identity.txt; "": nothing
EXPECTED = {
    "good-1.jdpkg": "",
    "good-2-revision.jdpkg": "",
    "good-3-after-another.jdpkg": "",
    "good-audit.jdpkg": "",
    "good-enrolment-1.jdpkg": "",
    "good-enrolment-2.jdpkg": "",
    "good-directive-1.jdpkg": "",
    "good-directive-2.jdpkg": "",
    "good-answer-1.jdpkg": "",
    "good-answer-2.jdpkg": "",
    "not-a-package.jdpkg": "not_a_package",
    "torn.jdpkg": "package_truncated",
    "data-before.jdpkg": "data_outside_archive",
    "data-between.jdpkg": "data_outside_archive",
    "data-after.jdpkg": "data_outside_archive",
    "headers-disagree.jdpkg": "archive_headers_disagree",
    "too-many-members.jdpkg": "too_many_members",
    "name-leads-out.jdpkg": "member_name_refused",
    "name-in-capitals.jdpkg": "member_name_refused",
    "duplicate-member.jdpkg": "duplicate_member",
    "extra-member.jdpkg": "unexpected_member",
    "missing-member.jdpkg": "missing_member",
    "members-out-of-order.jdpkg": "members_out_of_order",
    "symlink.jdpkg": "not_a_regular_member",
    "zip-password.jdpkg": "member_encrypted",
    "unknown-compression.jdpkg": "unknown_compression",
    "extra-field.jdpkg": "extra_fields_refused",
    "unpacked-too-large.jdpkg": "unpacked_too_large",
    "zip-bomb.jdpkg": "compression_too_high",
    "descriptor-too-large.jdpkg": "descriptor_too_large",
    "wrong-checksum.jdpkg": "member_damaged",
    "other-mimetype.jdpkg": "wrong_mimetype",
    "descriptor-names-twice.jdpkg": "descriptor_unreadable",
    "unknown-kind.jdpkg": "unknown_kind",
    "unreadable-signature.jdpkg": "signature_unreadable",
    "wrong-kind.jdpkg": "signature_of_other_kind",
    "signature-of-another-text.jdpkg": "signature_wrong",
    "revoked-key.jdpkg": "key_revoked",
    "unknown-key.jdpkg": "key_unknown",
    "unknown-key-directive.jdpkg": "key_unknown",
    "future-format.jdpkg": "unknown_format",
    "descriptor-incomplete.jdpkg": "descriptor_invalid",
    "wrong-unit.jdpkg": "key_of_other_unit",
    "key-for-another-kind.jdpkg": "key_not_for_this_kind",
    "expired-key.jdpkg": "key_outside_validity",
    "other-schema.jdpkg": "schema_differs",
    "unlisted-member.jdpkg": "member_not_listed",
    "swapped-members.jdpkg": "member_wrong_size",
    "tampered.jdpkg": "member_wrong_hash",
    "wrong-figure.jdpkg": "rows_invalid",
    "wrong-rows.jdpkg": "rows_invalid",
    "wrong-month.jdpkg": "rows_outside_scope",
    "enrolment-without-own-key.jdpkg": "enrolment_not_own",
    "enrolment-of-anothers-key.jdpkg": "own_key_unproven",
    "directive-with-unproven-key.jdpkg": "own_key_unproven",
    "fast-forward.jdpkg": "history_broken",
    "sealed-enrolment.jdpkg": "",
    "sealed-directive.jdpkg": "",
    "sealed-report.jdpkg": "",
    "sealed-answer.jdpkg": "",
    "sealed-for-several.jdpkg": "",
    "sealed-for-another.jdpkg": "package_encrypted",
    "sealed-changed.jdpkg": "seal_damaged",
    "sealed-changed-mac.jdpkg": "seal_damaged",
    "sealed-torn.jdpkg": "seal_damaged",
    "sealed-data-after.jdpkg": "seal_damaged",
    "sealed-armored.jdpkg": "seal_damaged",
    "sealed-passphrase.jdpkg": "seal_damaged",
    "sealed-many-stanzas.jdpkg": "seal_damaged",
    "sealed-twice.jdpkg": "package_encrypted",
    "sealed-zip-bomb.jdpkg": "compression_too_high",
    "sealed-not-a-package.jdpkg": "not_a_package",
    "sealed-tampered.jdpkg": "member_wrong_size",
}
# No small file has these, or they depend on who receives it.
WITHOUT_A_FILE = {
    "package_too_large",
    "tables_too_long_to_list",
    "addressed_to_other",
    "own_package",
    "sender_not_below",
    "sender_not_above",
}


def roster() -> Roster:
    revoked = (VECTORS / "allowed_signers.revoked").read_text(encoding="utf-8")
    return read_roster(ROSTER.read_text(encoding="utf-8"), revoked)


def opened(name: str) -> bytes:
    text = IDENTITY.read_text(encoding="ascii").splitlines()[-1]
    return unseal((VECTORS / name).read_bytes(), [Identity.from_text(text)])


def read(name: str) -> VerifiedPackage:
    return verify_package(opened(name), roster())


def test_every_vector_is_expected() -> None:
    assert {path.name for path in VECTORS.glob("*.jdpkg")} == set(EXPECTED)


def test_every_kind_of_fault_has_its_vector() -> None:
    bases = {base for error in all_errors() for base in error.__bases__}
    faults = [error for error in all_errors() if error.__module__ == PackageError.__module__ and error not in bases]
    codes = {re.sub(r"(?<!^)(?=[A-Z])", "_", error.__name__).lower() for error in faults}
    assert codes - WITHOUT_A_FILE == set(EXPECTED.values()) - {""}


@pytest.mark.parametrize(("name", "code"), EXPECTED.items())
def test_vector(name: str, code: str) -> None:
    """As a third party checks it who has the key; who has none sees that it is sealed."""
    path = VECTORS / name
    sealed = is_sealed(path.read_bytes())
    assert sealed == name.startswith("sealed-")
    if sealed:
        assert verify_path(path, ROSTER).code == "package_encrypted"
    try:
        found = verify_file(opened(name), roster())
    except PackageError as error:
        assert (sealed, error.code) == (True, code)  # noqa: PT017 - the seal itself
        return
    assert found.code == code
    assert found.good == (code == "")
    assert found.signer_known == (code == "")
    if not sealed:
        assert verify_path(path, ROSTER).code == code


def test_contents_of_the_reports() -> None:
    first, second, third = (
        read(name) for name in ("good-1.jdpkg", "good-2-revision.jdpkg", "good-3-after-another.jdpkg")
    )
    assert [(p.descriptor.number, p.descriptor.revision) for p in (first, second, third)] == [(1, 1), (2, 2), (3, 1)]
    assert second.descriptor.previous == first.descriptor_sha256
    figures = [next(row["value"] for row in p.tables["cells"] if row["item"] == "A04.J") for p in (first, second)]
    assert figures == [3, 5]
    assert first.tables["units"][0]["tier"].value == "township"  # type: ignore[attr-defined]
    assert "audit" not in first.tables
    assert read("good-audit.jdpkg").tables["audit"][0]["size"] == 7


def test_contents_of_the_snapshots() -> None:
    for kind in PackageKind:
        if kind is PackageKind.REPORT:
            continue
        first, second = (read(f"good-{kind.value}-{number}.jdpkg") for number in (1, 2))
        assert [(p.descriptor.kind, p.descriptor.number) for p in (first, second)] == [(kind, 1), (kind, 2)]
        assert second.descriptor.previous == first.descriptor_sha256
        assert second.tables["history"] == [{"number": 1, "descriptor_sha256": first.descriptor_sha256}]
    enrolment, directive, answer = (read(f"good-{name}-2.jdpkg") for name in ("enrolment", "directive", "answer"))
    assert [row["revoked_reason"] for row in enrolment.tables["signers"] if row["revoked_at"]] == ["电脑报废"]
    assert [row["target"] for row in directive.tables["targets"]] == [9500]
    assert "[[checks]]\n" in str(directive.tables["rules"][0]["text"])
    assert [row["place"] for row in answer.tables["remarks"]] == ["cell", "expense"]


def test_a_seal_holds_the_very_package() -> None:
    assert opened("sealed-answer.jdpkg") == opened("sealed-for-several.jdpkg")
    assert read("sealed-report.jdpkg").descriptor.kind is PackageKind.REPORT


def test_every_fault_of_the_wrong_rows_is_listed() -> None:
    with pytest.raises(RowsInvalid) as refused:
        read("wrong-rows.jdpkg")
    assert [(fault.table, fault.row, fault.column, fault.code) for fault in refused.value.faults] == [
        ("units", 3, "tier", "not_an_option"),
        ("units", 4, "tier", "not_an_option"),
        ("cells", 2, "value", "not_an_integer"),
    ]


def test_schemas_are_the_formats() -> None:
    """What a stranger's reader compares a descriptor with."""
    assert json.loads((VECTORS / "schemas.json").read_text(encoding="utf-8")) == schemas()


def test_revoked_keys_beside_the_roster_count(tmp_path: Path) -> None:
    (tmp_path / "allowed_signers").write_bytes(ROSTER.read_bytes())
    lines = [line.split(" ", 2)[2] for line in ROSTER.read_text(encoding="utf-8").splitlines()]
    (tmp_path / "allowed_signers.revoked").write_text("\n".join(lines), encoding="utf-8")
    assert verify_path(VECTORS / "good-1.jdpkg", tmp_path / "allowed_signers").code == "key_revoked"
