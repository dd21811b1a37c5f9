"""The attacks of packages.md §6 that one file can carry, each by its name; those on the order of a stream stand in
``tests/domain/test_exchange_order.py`` and ``tests/operations/test_exchange_receive.py``."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from tests.packages.forge import (
    DESCRIPTOR,
    SIGNATURE,
    Entry,
    changed,
    entries_of,
    forged,
    good_parts,
    raw_zip,
    signed,
    table,
    zipped,
)
from tests.packages.made_up import DISTRICT, MADE, OTHER_TOWNSHIP, TOWNSHIP, head, key_of, report, roster_of, tables

from jindu_desk.errors import packages as errors
from jindu_desk.packages.container import LARGEST_FILE
from jindu_desk.packages.roster import Roster
from jindu_desk.packages.verify import VerifiedPackage, verify_package

ROSTER = roster_of(TOWNSHIP.id, OTHER_TOWNSHIP.id)
MEMBERS = list(good_parts())


def verified(content: bytes, roster: Roster | None = ROSTER, receiver: str = DISTRICT.id) -> VerifiedPackage:
    return verify_package(content, roster, receiver)


def refused(content: bytes, error: type[errors.PackageError], roster: Roster = ROSTER) -> errors.PackageError:
    with pytest.raises(errors.PackageError) as caught:
        verified(content, roster)
    assert type(caught.value) is error, repr(caught.value)
    assert str(caught.value).endswith("。")
    return caught.value


def faults(content: bytes) -> list[tuple[str, int, str, str]]:
    error = refused(content, errors.RowsInvalid)
    assert isinstance(error, errors.RowsInvalid)
    return [(fault.table, fault.row, fault.column, fault.code) for fault in error.faults]


def test_the_forge_makes_good_packages_too() -> None:
    """Else every refusal below could have a cheaper reason."""
    assert verified(forged()).signer is not None
    assert verified(zipped(good_parts())).descriptor.number == 1


# --- the container ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", MEMBERS)
def test_changed_byte_in_each_member(name: str) -> None:
    parts = good_parts()
    middle = len(parts[name]) // 2
    parts[name] = parts[name][:middle] + bytes([parts[name][middle] ^ 1]) + parts[name][middle + 1 :]
    with pytest.raises((errors.DamagedPackage, errors.UntrustedPackage)):
        verified(zipped(parts))


@pytest.mark.parametrize("name", MEMBERS)
def test_changed_byte_that_only_the_checksum_knows(name: str) -> None:
    refused(changed(good_parts(), name, crc=1), errors.MemberDamaged)


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


@pytest.mark.parametrize("name", MEMBERS)
def test_missing_member(name: str) -> None:
    parts = good_parts()
    del parts[name]
    refused(zipped(parts), errors.MissingMember)


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
    inner = report().content
    made = head()
    package = report(made, tables(made), [("inner.jdpkg", inner)])
    refused(package.content, errors.UnexpectedMember)


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


# --- signature and signer ---------------------------------------------------------------------------------


def test_wrong_kind_under_a_good_signature() -> None:
    refused(forged(namespace="answer@jindu-desk"), errors.SignatureOfOtherKind)

    def answer(package: dict[str, Any]) -> None:
        package["jindu"]["kind"] = "answer"

    refused(forged(answer), errors.SignatureOfOtherKind)


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


def test_unknown_key() -> None:
    error = refused(forged(key="nobody"), errors.KeyUnknown)
    assert error.facts["fingerprint"] == key_of("nobody").public.fingerprint


def test_other_units_key() -> None:
    refused(forged(key=OTHER_TOWNSHIP.id), errors.KeyOfOtherUnit)


def test_right_key_wrong_unit_or_period() -> None:
    other_month = tables(head(period="2026-09"))["cells"]
    made = head()
    rows = tables(made)
    rows["cells"] = other_month
    refused(report(made, rows).content, errors.RowsOutsideScope)
    rows = tables(made)
    rows["cells"][0]["township_id"] = rows["cells"][0]["unit_id"]
    rows["cells"][0]["unit_id"] = TOWNSHIP.id
    refused(report(made, rows).content, errors.RowsOutsideScope)
    rows = tables(made)
    for version in rows["unit_versions"]:
        version["reports_to"] = OTHER_TOWNSHIP.id
    refused(report(made, rows).content, errors.RowsOutsideScope)
    rows = tables(made)
    rows["expenses"][1] = rows["expenses"][1] | {"on": rows["expenses"][1]["on"].replace(month=9)}  # type: ignore[attr-defined]
    refused(report(made, rows).content, errors.RowsOutsideScope)


def test_revoked_key() -> None:
    roster = Roster(ROSTER.keys, frozenset({key_of(TOWNSHIP.id).public}))
    refused(forged(), errors.KeyRevoked, roster)


def test_village_that_would_report_to_another_unit_later() -> None:
    rows = tables()
    village = rows["unit_versions"][1]
    rows["unit_versions"].append({**village, "since": "2026-11", "reports_to": OTHER_TOWNSHIP.id})
    refused(report(head(), rows).content, errors.RowsOutsideScope)
    rows["unit_versions"][-1]["reports_to"] = rows["units"][2]["id"]
    refused(report(head(), rows).content, errors.RowsOutsideScope)
    rows["unit_versions"][-1]["reports_to"] = None
    refused(report(head(), rows).content, errors.RowsOutsideScope)


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
    refused(report(head(), rows).content, errors.RowsOutsideScope)


def test_reversal_within_the_month_that_takes_back_another_amount() -> None:
    rows = tables()
    rows["expenses"][1]["amount_fen"] = -1
    refused(report(head(), rows).content, errors.RowsOutsideScope)


@pytest.mark.parametrize(
    ("table_name", "row", "column", "text"),
    [
        ("reasons", 0, "figures", "测试甲 320499199003077758 13812345678"),
        ("reasons", 0, "figures", "left=13812345678"),
        ("reasons", 0, "check", "320499199003077758"),
        ("units", 1, "code", "13812345678"),
        ("units", 1, "code", "320499199003077758"),
        ("units", 1, "code", "测试甲"),
        ("cells", 0, "item", "320499199003077758"),
        ("cells", 0, "item", "zhangsan"),
        ("budget_lines", 0, "category", "13812345678"),
        ("officials", 0, "id", "320499199003077758"),
        ("officials", 0, "id", "tel:138-1234-5678"),
    ],
)
def test_personal_number_in_a_column_of_codes(table_name: str, row: int, column: str, text: str) -> None:
    rows = tables()
    rows[table_name][row][column] = text
    error = refused(report(head(), rows).content, errors.RowsInvalid)
    assert isinstance(error, errors.RowsInvalid)
    assert [(fault.table, fault.column) for fault in error.faults] == [(table_name, column)]
    assert text not in str(error)


def test_key_outside_its_validity() -> None:
    later = roster_of(TOWNSHIP.id, valid_after=MADE + timedelta(days=1))
    refused(forged(), errors.KeyOutsideValidity, later)
    earlier = roster_of(TOWNSHIP.id, valid_before=MADE)
    refused(forged(), errors.KeyOutsideValidity, earlier)
    now = roster_of(TOWNSHIP.id, valid_after=MADE, valid_before=MADE + timedelta(days=1))
    assert verified(forged(), now).signer is not None


@pytest.mark.parametrize("year", [1980, 2099])
def test_clock_at_1980_and_2099(year: int) -> None:
    """A wrong clock alone damages nothing: number and predecessor give the place."""
    made = head(created=datetime(year, 1, 1))
    assert verified(report(made).content).descriptor.created.year == year


def test_for_another_receiver() -> None:
    with pytest.raises(errors.AddressedToOther):
        verified(forged(), receiver="somebody-else")


# --- the descriptor ---------------------------------------------------------------------------------------


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


# --- the tables -------------------------------------------------------------------------------------------


def cells(old: bytes, new: bytes) -> bytes:
    content = table("cells")
    assert old in content
    return forged(tables={"cells": content.replace(old, new, 1)})


def test_csv_extra_missing_renamed_column() -> None:
    assert faults(cells(b",note\r\n", b",note,more\r\n")) == [("cells", 1, "more", "extra_column")]
    assert faults(cells(b",note\r\n", b"\r\n")) == [("cells", 1, "note", "missing_column")]
    assert faults(cells(b",note\r\n", b",notes\r\n")) == [("cells", 1, "note", "renamed_column")]
    assert faults(cells(b"state,value", b"value,state")) == [("cells", 1, "", "renamed_column")]
    assert faults(cells(b",3,", b",3,,"))[0][3] == "cell_count"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"NaN", "not_an_integer"),
        (b"1e400", "not_an_integer"),
        (b"inf", "not_an_integer"),
        (b"-1", "negative"),
        (b"-0", "not_an_integer"),
        (b"+3", "not_an_integer"),
        (b"03", "not_an_integer"),
        (b"3.0", "not_an_integer"),
        ("３".encode(), "not_an_integer"),
        (b"99999999", "out_of_range"),
        (b"=1+1", "not_an_integer"),
        (b"9" * 5000, "not_an_integer"),
    ],
)
def test_csv_nan_1e400_negative_formula_in_a_number(text: bytes, code: str) -> None:
    assert [fault[3] for fault in faults(cells(b",3,", b"," + text + b","))] == [code]


def test_csv_formula_text_is_only_text() -> None:
    """=1+1 in a text stays what it is; the format's documentation says how to open it in a spreadsheet."""
    package = verified(forged())
    assert package.tables["agenda_items"][0]["said"] == "=1+1"


def test_csv_lone_cr_nul_bom() -> None:
    assert faults(cells(b",3,", b",3\r,"))[0][3] == "line_ending"
    assert faults(cells(b",3,", b",3\n,"))[0][3] == "line_ending"
    assert faults(cells(b",3,", b",\0,"))[0][3] == "nul"
    assert faults(forged(tables={"cells": b"\xef\xbb\xbf" + table("cells")}))[0][3] == "byte_order_mark"
    assert faults(cells(b",3,", b",\xff,"))[0][3] == "not_utf8"
    assert faults(forged(tables={"cells": b""}))[0][3] == "no_header"
    assert faults(forged(tables={"cells": table("cells")[:-2]}))[0][3] == "line_ending"


def test_csv_quoting() -> None:
    assert faults(cells(b",3,", b',"3,'))[0][3] in ("quoting", "cell_count")
    assert faults(cells(b",3,", b',3"3,'))[0][3] == "quoting"


def test_csv_10_mb_cell() -> None:
    big = b"".join(str(number).encode() for number in range(1_500_000))
    assert faults(cells(b",3,\r\n", b",3," + big + b"\r\n"))[0][2:] == ("note", "too_long")


def test_csv_personal_number_is_refused_and_not_repeated() -> None:
    error = refused(cells(b",3,\r\n", b",3,320411199001011234\r\n"), errors.RowsInvalid)
    assert isinstance(error, errors.RowsInvalid)
    assert error.faults[0].code == "not_text"
    assert "32041119900101" not in str(error)


def test_every_fault_is_listed() -> None:
    content = table("cells").replace(b",3,", b",x,").replace(b"2026-10", b"2026-13")
    found = faults(forged(tables={"cells": content, "budget_lines": table("budget_lines").replace(b"own", b"mine")}))
    assert {fault[3] for fault in found} == {"not_an_integer", "not_a_month", "not_an_option"}
    assert len(found) == 1 + 4 + 1


def test_rows_that_contradict_themselves() -> None:
    assert faults(cells(b"number,3,", b"number,,")) == [("cells", 3, "value", "value_without_number")]
    twice = table("cells").split(b"\r\n")
    assert faults(forged(tables={"cells": b"\r\n".join([*twice[:2], *twice[1:]])}))[0][3] == "duplicate_key"
    assert (
        faults(forged(tables={"meetings": table("meetings").split(b"\r\n")[0] + b"\r\n"}))[0][3] == "unknown_reference"
    )


# --- none of ours -----------------------------------------------------------------------------------------


def test_verified_package_cannot_be_made_otherwise() -> None:
    good = verified(forged())
    with pytest.raises(TypeError):
        VerifiedPackage(
            good.descriptor, good.descriptor_sha256, good.file_sha256, good.key, good.signer, good.tables, {}
        )


def test_without_a_roster_nobody_is_trusted() -> None:
    assert verify_package(forged(key="nobody"), None).signer is None
