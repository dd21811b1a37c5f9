"""The attacks of packages.md §6 on enrolments, directives and answers: invented numbers, keys and units."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from tests.packages.forge import SENDER, forged, party, rows_of, table
from tests.packages.made_up import DISTRICT, MADE, OTHER_TOWNSHIP, TOWNSHIP, Tables, key_of, roster_of
from tests.packages.made_up_snapshots import FIRST, history, recipient, signer
from tests.packages.refusals import KINDS, SNAPSHOTS, faults, refused, verified
from tests.packages.signing import proof

from jindu_desk.domain.exchange import PackageKind
from jindu_desk.errors import packages as errors

ENROLMENT, DIRECTIVE, ANSWER = PackageKind.ENROLMENT, PackageKind.DIRECTIVE, PackageKind.ANSWER
HASH = hashlib.sha256(b"any").hexdigest()


def with_rows(kind: PackageKind, **tables: list[dict[str, object]]) -> bytes:
    return forged(kind=kind, rows=rows_of(kind) | tables)


# --- numbers ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_history_makes_the_number(kind: PackageKind) -> None:
    """The first of a chain has none; the fifth names four."""
    first = forged(kind=kind, rows=rows_of(kind) | {"history": []}, number=1, previous=None)
    assert verified(first, kind=kind).descriptor.number == 1
    fifth = forged(kind=kind, rows=rows_of(kind) | {"history": history(5)}, number=5)
    assert verified(fifth, kind=kind).descriptor.number == 5


@pytest.mark.parametrize("kind", SNAPSHOTS)
@pytest.mark.parametrize(
    "known",
    [
        [],
        [{"number": 1, "descriptor_sha256": FIRST}],
        [{"number": 999_999_998, "descriptor_sha256": FIRST}],
        [{"number": 1, "descriptor_sha256": HASH}, {"number": 999_999_998, "descriptor_sha256": FIRST}],
    ],
    ids=len,
)
@pytest.mark.parametrize("number", [999_999_999, 2**53 - 1])
def test_fast_forward(kind: PackageKind, known: list[dict[str, object]], number: int) -> None:
    """Refused by what it says of itself, before so many numbers would be counted."""
    refused(forged(kind=kind, rows=rows_of(kind) | {"history": known}, number=number), errors.HistoryBroken, kind=kind)


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_history_of_more_rows_than_a_table_may_have(kind: PackageKind) -> None:
    lines = b"".join(b"%d,%s\r\n" % (n, HASH.encode()) for n in range(1, 200_002))
    header = table("history", kind).split(b"\r\n")[0] + b"\r\n"
    # an enrolment may come from anyone, and is not even unpacked
    error = errors.UnpackedTooLarge if kind is ENROLMENT else errors.TablesTooLongToList
    refused(forged(kind=kind, tables={"history": header + lines}, number=200_002), error, kind=kind)


@pytest.mark.parametrize("kind", SNAPSHOTS)
@pytest.mark.parametrize(
    "known",
    [
        history(3),  # of the package itself, too
        history(2, HASH),  # of another chain
        [{"number": 2, "descriptor_sha256": FIRST}],
    ],
    ids=["too long", "another", "shifted"],
)
def test_history_that_does_not_lead_here(kind: PackageKind, known: list[dict[str, object]]) -> None:
    refused(forged(kind=kind, rows=rows_of(kind) | {"history": known}), errors.HistoryBroken, kind=kind)


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_history_with_a_number_twice(kind: PackageKind) -> None:
    twice = [*history(2), {"number": 1, "descriptor_sha256": HASH}]
    content = forged(kind=kind, rows=rows_of(kind) | {"history": twice}, number=3)
    assert faults(content, kind)[0][3] == "duplicate_key"


@pytest.mark.parametrize("kind", SNAPSHOTS)
def test_snapshot_with_a_month_a_revision_or_a_file(kind: PackageKind) -> None:
    for said in ({"period": "2026-10"}, {"revision": 2, "reason": "x"}):
        refused(forged(kind=kind, **said), errors.DescriptorInvalid, kind=kind)
    refused(forged(kind=kind, attachments=[("a.pdf", b"x")]), errors.UnexpectedMember, kind=kind)


# --- enrolments -------------------------------------------------------------------------------------------


def test_enrolment_by_an_unknown_key_is_whole_but_nobodys() -> None:
    package = verified(forged(kind=ENROLMENT), roster_of(OTHER_TOWNSHIP.id), kind=ENROLMENT)
    assert package.signer is None
    assert package.key == key_of(TOWNSHIP.id).public


def test_enrolment_with_another_units_keys() -> None:
    rows = rows_of(ENROLMENT)
    stolen = [*rows["signers"], signer(OTHER_TOWNSHIP.id)]
    assert faults(with_rows(ENROLMENT, signers=stolen), ENROLMENT) == [("signers", 5, "unit_id", "unknown_reference")]
    other: dict[str, object] = {**rows["units"][0], "id": OTHER_TOWNSHIP.id}
    refused(
        with_rows(ENROLMENT, units=[*rows["units"], other], signers=stolen), errors.RowsOutsideScope, kind=ENROLMENT
    )
    refused(
        with_rows(ENROLMENT, units=[other], unit_versions=[], signers=[signer(OTHER_TOWNSHIP.id)], recipients=[]),
        errors.RowsOutsideScope,
        kind=ENROLMENT,
    )


def test_enrolment_that_claims_another_units_key_as_its_own() -> None:
    """The key is somebody else's: only its holder could have proven it for this unit."""
    for forged_proof in (
        "",
        proof(OTHER_TOWNSHIP.id, OTHER_TOWNSHIP.id),  # made by its holder, for its own unit
        proof(TOWNSHIP.id, OTHER_TOWNSHIP.id, by=TOWNSHIP.id),  # made by the thief
        proof(TOWNSHIP.id, OTHER_TOWNSHIP.id, namespace="report@jindu-desk"),
        proof(TOWNSHIP.id, TOWNSHIP.id),
    ):
        claimed = signer(TOWNSHIP.id, OTHER_TOWNSHIP.id, proven=False, proof=forged_proof)
        content = with_rows(ENROLMENT, signers=[signer(TOWNSHIP.id), claimed])
        refused(content, errors.OwnKeyUnproven, kind=ENROLMENT)


def test_enrolment_whose_signing_key_is_not_in_it() -> None:
    content = with_rows(ENROLMENT, signers=[signer(TOWNSHIP.id, "second-pc")])
    refused(content, errors.EnrolmentNotOwn, kind=ENROLMENT)
    revoked = signer(TOWNSHIP.id, revoked_at=MADE)
    refused(with_rows(ENROLMENT, signers=[revoked]), errors.EnrolmentNotOwn, kind=ENROLMENT)


def test_enrolment_that_claims_another_tier() -> None:
    rows = rows_of(ENROLMENT)
    rows["units"][0]["tier"] = DISTRICT.tier
    refused(forged(kind=ENROLMENT, rows=rows), errors.RowsOutsideScope, kind=ENROLMENT)


def test_enrolment_larger_than_anybody_may_send() -> None:
    """Whoever knows no key may still send one: it must not bring work for hours."""
    lost = signer(TOWNSHIP.id, proven=False, revoked_at=MADE)
    many = [lost | {"revoked_reason": f"{n}, " * 3000} for n in range(100)]
    content = with_rows(ENROLMENT, signers=[signer(TOWNSHIP.id), *many])
    refused(content, errors.UnpackedTooLarge, kind=ENROLMENT)


# --- directives -------------------------------------------------------------------------------------------


def test_roster_signed_by_an_unknown_key() -> None:
    """That a directive lists its own key makes it no better: whose key counts, the receiver's roster says."""
    refused(forged(kind=DIRECTIVE, key="nobody"), errors.KeyUnknown, kind=DIRECTIVE)
    usurped = with_rows(DIRECTIVE, signers=[signer(DISTRICT.id, "nobody"), signer(DISTRICT.id)])
    refused(usurped, errors.KeyUnknown, roster_of(TOWNSHIP.id), DIRECTIVE)
    rows = rows_of(DIRECTIVE) | {"signers": [signer(DISTRICT.id, "nobody")]}
    refused(forged(kind=DIRECTIVE, rows=rows, key="nobody"), errors.KeyUnknown, kind=DIRECTIVE)


def test_directive_whose_new_key_has_no_proof() -> None:
    """A district's new key is signed for by the old one and by itself."""
    good = with_rows(DIRECTIVE, signers=[signer(DISTRICT.id), signer(DISTRICT.id, "new")])
    assert verified(good, kind=DIRECTIVE).signer is not None
    for new in (
        signer(DISTRICT.id, "new", proven=False),
        signer(DISTRICT.id, "new", proof=proof(DISTRICT.id, "new", by=DISTRICT.id)),
        signer(DISTRICT.id, "new", proof=proof(DISTRICT.id, DISTRICT.id)),
        signer(DISTRICT.id, "new", proof=proof(TOWNSHIP.id, "new")),
        signer(DISTRICT.id, "new", proof=proof(DISTRICT.id, "new", namespace=DIRECTIVE.namespace)),
    ):
        content = with_rows(DIRECTIVE, signers=[signer(DISTRICT.id), new])
        error = refused(content, errors.OwnKeyUnproven, kind=DIRECTIVE)
        assert error.facts["fingerprint"] == key_of("new").public.fingerprint


def test_directive_without_the_key_that_signed_it() -> None:
    content = with_rows(DIRECTIVE, signers=[signer(DISTRICT.id, "new"), signer(TOWNSHIP.id)])
    refused(content, errors.OwnKeyUnproven, kind=DIRECTIVE)


def test_directive_with_a_false_proof_for_a_unit_below() -> None:
    """That proof may be missing, but a false one is nobody's mistake."""
    bad = signer(TOWNSHIP.id, proof=proof(OTHER_TOWNSHIP.id, TOWNSHIP.id))
    refused(with_rows(DIRECTIVE, signers=[signer(DISTRICT.id), bad]), errors.OwnKeyUnproven, kind=DIRECTIVE)


def _beside(rows: Tables) -> None:
    rows["units"].append({**rows["units"][1], "id": "district-b", "tier": DISTRICT.tier})
    rows["unit_versions"].append({**rows["unit_versions"][0], "unit_id": "district-b"})


def _above(rows: Tables) -> None:
    rows["units"].append({**rows["units"][1], "id": "city", "tier": "city"})
    rows["unit_versions"].append({**rows["unit_versions"][0], "unit_id": "city"})
    rows["unit_versions"][0]["reports_to"] = "city"


def _elsewhere(rows: Tables) -> None:
    rows["unit_versions"][1]["reports_to"] = "district-b"


def _ring(rows: Tables) -> None:
    rows["unit_versions"][1]["reports_to"] = TOWNSHIP.id


def _recipient_of_another(rows: Tables) -> None:
    rows["recipients"].append(recipient(TOWNSHIP.id))


@pytest.mark.parametrize("change", [_beside, _above, _elsewhere, _ring, _recipient_of_another])
def test_directive_about_units_that_are_not_below_it(change: Callable[[Tables], None]) -> None:
    rows = rows_of(DIRECTIVE)
    change(rows)
    refused(forged(kind=DIRECTIVE, rows=rows), errors.RowsOutsideScope, kind=DIRECTIVE)


# --- answers ----------------------------------------------------------------------------------------------


def test_answer_about_another_unit() -> None:
    rows = rows_of(ANSWER)
    rows["standing"][0]["unit_id"] = OTHER_TOWNSHIP.id
    refused(forged(kind=ANSWER, rows=rows), errors.RowsOutsideScope, kind=ANSWER)
    refused(with_rows(ANSWER, standing=[]), errors.RowsOutsideScope, kind=ANSWER)


def test_answer_with_remarks_on_what_it_did_not_return() -> None:
    rows = rows_of(ANSWER)
    for remark in rows["remarks"]:
        remark["number"] = 1
    refused(forged(kind=ANSWER, rows=rows), errors.RowsOutsideScope, kind=ANSWER)


def test_answer_that_returns_without_a_reason() -> None:
    rows = rows_of(ANSWER)
    rows["receipts"][1]["reason"] = ""
    rows["remarks"][0]["reason"] = ""
    rows["unlocks"][0]["reason"] = ""
    found = faults(forged(kind=ANSWER, rows=rows), ANSWER)
    assert [(name, code) for name, _, _, code in found] == [
        ("receipts", "reason_missing"),
        ("remarks", "reason_missing"),
        ("unlocks", "reason_missing"),
    ]


@pytest.mark.parametrize(
    ("place", "column"), [("cell", "item"), ("village", "unit_id"), ("meeting", "record"), ("decision", "record")]
)
def test_answer_whose_remark_names_no_place(place: str, column: str) -> None:
    rows = rows_of(ANSWER)
    rows["remarks"] = [rows["remarks"][0] | {"place": place, "record": None, column: None}]
    assert faults(forged(kind=ANSWER, rows=rows), ANSWER) == [("remarks", 2, column, "missing")]


# --- all of them ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "row", "column", "text", "code"),
    [
        (ENROLMENT, "signers", 0, "public_key", "ssh-rsa AAAA", "not_a_code"),
        (ENROLMENT, "signers", 0, "public_key", "ssh-ed25519 " + "A" * 68, "not_a_code"),
        (ENROLMENT, "signers", 0, "proof", "x" * 100, "not_a_code"),
        (ENROLMENT, "signers", 0, "keeper", "测试甲 13812345678", "not_text"),
        (ENROLMENT, "signers", 0, "valid_after", "2026-01-01", "not_a_time"),
        (ENROLMENT, "recipients", 0, "recipient", "age1" + "b" * 58, "not_a_code"),
        (DIRECTIVE, "targets", 0, "target", 10_001, "out_of_range"),
        (DIRECTIVE, "targets", 0, "rate", "测试甲", "not_a_code"),
        (DIRECTIVE, "deadlines", 0, "days", 32, "out_of_range"),
        (DIRECTIVE, "deadlines", 1, "due", "02-30", "not_a_code"),
        (DIRECTIVE, "rules", 0, "name", "gossip", "not_an_option"),
        (DIRECTIVE, "rules", 0, "version", "13812345678", "not_a_code"),
        (DIRECTIVE, "rules", 0, "text", "x" * 200_001, "too_long"),
        (ANSWER, "receipts", 0, "state", "forgotten", "not_an_option"),
        (ANSWER, "receipts", 0, "number", 0, "out_of_range"),
        (ANSWER, "standing", 0, "highest", -1, "negative"),
        (ANSWER, "reminders", 0, "due", "2026-02-30", "not_a_date"),
        (ANSWER, "remarks", 0, "reason", "320499199003077758", "not_text"),
    ],
)
def test_values_of_another_form(kind: PackageKind, name: str, row: int, column: str, text: object, code: str) -> None:
    rows = rows_of(kind)
    rows[name][row] = rows[name][row] | {column: text}
    assert faults(forged(kind=kind, rows=rows), kind) == [(name, row + 2, column, code)]


@pytest.mark.parametrize("kind", KINDS)
def test_parties_that_the_kind_does_not_have(kind: PackageKind) -> None:
    """The stream is the sender's; a directive goes to all below its sender, everything else to another unit."""
    refused(forged(kind=kind, stream="somebody"), errors.DescriptorInvalid, kind=kind)
    to = party(TOWNSHIP if kind is DIRECTIVE else SENDER[kind])
    refused(forged(kind=kind, to=to), errors.DescriptorInvalid, kind=kind)
