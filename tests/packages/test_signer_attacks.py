"""The attacks of packages.md §6 on who signed, for which kind, unit, month and receiver."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations
from typing import Any

import pytest
from tests.packages.forge import (
    RECEIVER,
    SENDER,
    SIGNATURE,
    forged,
    good_parts,
    party,
    zipped,
)
from tests.packages.made_up import DISTRICT, MADE, OTHER_TOWNSHIP, PERIOD, TOWNSHIP, head, key_of, roster_of, tables
from tests.packages.refusals import KINDS, ROSTER, refused, verified
from tests.packages.signing import signed

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import packages as errors
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import verify_package


@pytest.mark.parametrize(("kind", "other"), list(permutations(KINDS, 2)))
def test_wrong_kind_under_a_good_signature(kind: PackageKind, other: PackageKind) -> None:
    """Signed as another kind; called another kind; both, so that the signature holds and only the contents tell."""
    every = roster_of(TOWNSHIP.id, DISTRICT.id)

    def rename(package: dict[str, Any]) -> None:
        package["jindu"]["kind"] = other.value

    refused(forged(kind=kind, namespace=other.namespace), errors.SignatureOfOtherKind, every)
    refused(forged(rename, kind=kind), errors.SignatureOfOtherKind, every)
    with pytest.raises((errors.DescriptorInvalid, errors.UnexpectedMember, errors.MissingMember)):
        verify_package(forged(rename, kind=kind, namespace=other.namespace), every)

    def fit(package: dict[str, Any]) -> None:
        package["jindu"] |= {"kind": other.value, "to": party(RECEIVER[other]), "from": party(SENDER[other])}
        package["jindu"] |= {"stream": SENDER[other].id, "period": PERIOD if other is PackageKind.REPORT else None}

    with pytest.raises((errors.UnexpectedMember, errors.MissingMember)):
        verify_package(forged(fit, kind=kind, namespace=other.namespace, key=SENDER[other].id), every)


def test_key_without_the_right_for_this_kind() -> None:
    answers = roster_of(TOWNSHIP.id, namespaces=frozenset({"answer@jindu-desk"}))
    refused(forged(), errors.KeyNotForThisKind, answers)


def test_signature_of_another_text() -> None:
    parts = good_parts()
    parts[SIGNATURE] = signed(b"something else")
    refused(zipped(parts), errors.SignatureWrong)


@pytest.mark.parametrize("text", [b"", b"-----BEGIN SSH SIGNATURE-----\n-----END SSH SIGNATURE-----\n", b"x" * 5000])
def test_unreadable_signature(text: bytes) -> None:
    refused(zipped(good_parts() | {SIGNATURE: text}), errors.SignatureUnreadable)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not PackageKind.ENROLMENT])
def test_unknown_key(kind: PackageKind) -> None:
    error = refused(forged(kind=kind, key="nobody"), errors.KeyUnknown, kind=kind)
    assert error.facts["fingerprint"] == key_of("nobody").public.fingerprint


@pytest.mark.parametrize("kind", KINDS)
def test_other_units_key(kind: PackageKind) -> None:
    refused(forged(kind=kind, key=OTHER_TOWNSHIP.id), errors.KeyOfOtherUnit, kind=kind)


def test_right_key_wrong_unit_or_period() -> None:
    other_month = tables(head(period="2026-09"))["cells"]
    rows = tables()
    rows["cells"] = other_month
    refused(forged(rows=rows), errors.RowsOutsideScope)
    rows = tables()
    rows["cells"][0]["township_id"] = rows["cells"][0]["unit_id"]
    rows["cells"][0]["unit_id"] = TOWNSHIP.id
    refused(forged(rows=rows), errors.RowsOutsideScope)
    rows = tables()
    for version in rows["unit_versions"]:
        version["reports_to"] = OTHER_TOWNSHIP.id
    refused(forged(rows=rows), errors.RowsOutsideScope)
    rows = tables()
    rows["expenses"][1] = rows["expenses"][1] | {"on": rows["expenses"][1]["on"].replace(month=9)}  # type: ignore[attr-defined]
    refused(forged(rows=rows), errors.RowsOutsideScope)


@pytest.mark.parametrize("kind", KINDS)
def test_revoked_key(kind: PackageKind) -> None:
    roster = Roster(ROSTER.keys, frozenset({key_of(SENDER[kind].id).public}))
    refused(forged(kind=kind), errors.KeyRevoked, roster, kind)
    refused(forged(kind=kind), errors.KeyRevoked, Roster((), roster.revoked), kind)


def test_village_that_would_report_to_another_unit_later() -> None:
    rows = tables()
    village = rows["unit_versions"][1]
    rows["unit_versions"].append({**village, "since": "2026-11", "reports_to": OTHER_TOWNSHIP.id})
    refused(forged(rows=rows), errors.RowsOutsideScope)
    rows["unit_versions"][-1]["reports_to"] = rows["units"][2]["id"]
    refused(forged(rows=rows), errors.RowsOutsideScope)
    rows["unit_versions"][-1]["reports_to"] = None
    refused(forged(rows=rows), errors.RowsOutsideScope)


@pytest.mark.parametrize(
    ("on", "amount"), [(date(2026, 11, 2), 9_000), (date(2026, 9, 20), 9_001), (date(2026, 9, 20), 8_999)]
)
def test_reversal_that_carries_another_entry_along(on: date, amount: int) -> None:
    rows = tables()
    entry, reversal = rows["expenses"]
    rows["expenses"] = [
        {**entry, "id": "carried", "on": on, "amount_fen": amount},
        {**reversal, "reverses": "carried", "amount_fen": -9_000},
    ]
    refused(forged(rows=rows), errors.RowsOutsideScope)


def test_reversal_within_the_month_that_takes_back_another_amount() -> None:
    rows = tables()
    rows["expenses"][1]["amount_fen"] = -1
    refused(forged(rows=rows), errors.RowsOutsideScope)


@pytest.mark.parametrize("kind", KINDS)
def test_key_outside_its_validity(kind: PackageKind) -> None:
    content, sender = forged(kind=kind), SENDER[kind].id
    later = roster_of(sender, valid_after=MADE + timedelta(days=1))
    refused(content, errors.KeyOutsideValidity, later, kind)
    earlier = roster_of(sender, valid_before=MADE)
    refused(content, errors.KeyOutsideValidity, earlier, kind)
    now = roster_of(sender, valid_after=MADE, valid_before=MADE + timedelta(days=1))
    assert verified(content, now, kind=kind).signer is not None


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("year", [1980, 2099])
def test_clock_at_1980_and_2099(kind: PackageKind, year: int) -> None:
    """A wrong clock alone damages nothing: number and predecessor give the place."""
    content = forged(lambda package: package.update(created=f"{year}-07-01T00:00:00+08:00"), kind=kind)
    assert verified(content, kind=kind).descriptor.created.year == year


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind is not PackageKind.DIRECTIVE])
def test_for_another_receiver(kind: PackageKind) -> None:
    with pytest.raises(errors.AddressedToOther):
        verified(forged(kind=kind), receiver="somebody-else", kind=kind)
