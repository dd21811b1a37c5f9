"""Packages that were signed once and kept: every later program reads them as the first one did."""

from __future__ import annotations

from pathlib import Path

import pytest

from jindu_desk.operations.exchange_verify import verify_path
from jindu_desk.packages.roster import read_roster
from jindu_desk.packages.verify import verify_package

VECTORS = Path(__file__).parents[1] / "vectors"
ROSTER = VECTORS / "allowed_signers"
EXPECTED = {
    "good-1.jdpkg": "",
    "good-2-revision.jdpkg": "",
    "good-3-after-another.jdpkg": "",
    "tampered.jdpkg": "member_wrong_hash",
    "torn.jdpkg": "package_truncated",
    "wrong-unit.jdpkg": "key_of_other_unit",
    "unknown-key.jdpkg": "key_unknown",
    "wrong-kind.jdpkg": "signature_of_other_kind",
    "wrong-figure.jdpkg": "rows_invalid",
    "future-format.jdpkg": "unknown_format",
}


def test_every_vector_is_expected() -> None:
    assert {path.name for path in VECTORS.glob("*.jdpkg")} == set(EXPECTED)


@pytest.mark.parametrize(("name", "code"), EXPECTED.items())
def test_vector(name: str, code: str) -> None:
    found = verify_path(VECTORS / name, ROSTER)
    assert found.code == code
    assert found.good == (code == "")
    assert found.signer_known == (code == "")


def test_contents_of_the_good_ones() -> None:
    roster = read_roster(ROSTER.read_text(encoding="utf-8"))
    first, second, third = (
        verify_package((VECTORS / name).read_bytes(), roster) for name in sorted(EXPECTED) if name.startswith("good")
    )
    assert [(p.descriptor.number, p.descriptor.revision) for p in (first, second, third)] == [(1, 1), (2, 2), (3, 1)]
    assert second.descriptor.previous == first.descriptor_sha256
    figures = [next(row["value"] for row in p.tables["cells"] if row["item"] == "A04.J") for p in (first, second)]
    assert figures == [3, 5]
    assert first.tables["units"][0]["tier"].value == "township"  # type: ignore[attr-defined]


def test_revoked_keys_beside_the_roster_count(tmp_path: Path) -> None:
    (tmp_path / "allowed_signers").write_bytes(ROSTER.read_bytes())
    lines = [line.split(" ", 2)[2] for line in ROSTER.read_text(encoding="utf-8").splitlines()]
    (tmp_path / "allowed_signers.revoked").write_text("\n".join(lines), encoding="utf-8")
    assert verify_path(VECTORS / "good-1.jdpkg", tmp_path / "allowed_signers").code == "key_revoked"
