"""Every attack on packages by its name, and the test that makes it: ``file::function`` under ``tests/``.

The first part is what one file can carry, the second what is done to the order of a chain at the receiver, the third
how The Update Framework (TUF) names what can be done to signed files; what has no analogue here is marked so.
"""

from __future__ import annotations

CONTAINER = "packages/test_attacks.py::test_"
SIGNER = "packages/test_signer_attacks.py::test_"
DESCRIPTOR = "packages/test_descriptor_attacks.py::test_"
SNAPSHOT = "packages/test_snapshot_attacks.py::test_"
TABLE = "packages/test_table_attacks.py::test_"
SEALED = "packages/test_sealed_attacks.py::test_"
LIMITS = "packages/test_limits.py::test_"
ORDER = "operations/exchange/test_attacks.py::test_"

IN_A_FILE = {
    "changed byte in each member": CONTAINER + "changed_byte_in_each_member",
    "swapped member": CONTAINER + "swapped_member",
    "extra member": CONTAINER + "extra_member",
    "missing member": CONTAINER + "missing_member",
    "duplicate member name": CONTAINER + "duplicate_member_name",
    "names that differ only by case": CONTAINER + "names_that_differ_only_by_case_or_unicode_form",
    "names that differ only by Unicode form": CONTAINER + "names_that_differ_only_by_case_or_unicode_form",
    "../": CONTAINER + "names_that_lead_elsewhere",
    "absolute": CONTAINER + "names_that_lead_elsewhere",
    "drive": CONTAINER + "names_that_lead_elsewhere",
    "UNC": CONTAINER + "names_that_lead_elsewhere",
    "reserved DOS names": CONTAINER + "names_that_lead_elsewhere",
    "trailing dot or space": CONTAINER + "names_that_lead_elsewhere",
    "over-long": CONTAINER + "names_that_lead_elsewhere",
    "symlink member": CONTAINER + "symlink_member",
    "zip bomb": CONTAINER + "zip_bomb",
    "nested zip beyond one level": CONTAINER + "nested_zip_beyond_one_level",
    "lying sizes": CONTAINER + "lying_sizes",
    "truncated": CONTAINER + "truncated",
    "data after the end": CONTAINER + "data_after_the_end",
    "data before the start": CONTAINER + "data_before_the_start",
    "wrong kind under a good signature": SIGNER + "wrong_kind_under_a_good_signature",
    "other unit's key": SIGNER + "other_units_key",
    "right key, wrong unit or period": SIGNER + "right_key_wrong_unit_or_period",
    "revoked key": SIGNER + "revoked_key",
    "key outside its validity": SIGNER + "key_outside_its_validity",
    "clock at 1980 and 2099": SIGNER + "clock_at_1980_and_2099",
    "fast-forward of a snapshot": SNAPSHOT + "fast_forward",
    "roster signed by an unknown key": SNAPSHOT + "roster_signed_by_an_unknown_key",
    "directive whose new key has no proof": SNAPSHOT + "directive_whose_new_key_has_no_proof",
    "enrolment with another unit's keys": SNAPSHOT + "enrolment_with_another_units_keys",
    "unknown format version": DESCRIPTOR + "unknown_format_version",
    "CSV: extra, missing, renamed column": TABLE + "csv_extra_missing_renamed_column",
    "CSV: NaN, 1e400, negative, formula in a number": TABLE + "csv_nan_1e400_negative_formula_in_a_number",
    "CSV: formula text": TABLE + "csv_formula_text_is_only_text",
    "CSV: lone CR, NUL, BOM": TABLE + "csv_lone_cr_nul_bom",
    "CSV: 10 MB cell": TABLE + "csv_10_mb_cell",
    "CSV: cells and rows without end": LIMITS + "rows_beyond_the_limit_are_not_taken_apart",
    "text that steers a terminal": LIMITS + "words_of_the_descriptor_steer_no_terminal",
    "sealed: changed byte in header, stanza, MAC, payload": SEALED + "sealed_changed_byte_in_each_part",
    "sealed: truncated": SEALED + "sealed_truncated",
    "sealed: data after the end": SEALED + "sealed_data_after_the_end",
    "sealed: armored": SEALED + "sealed_and_armored",
    "sealed: scrypt stanza": SEALED + "sealed_with_a_passphrase",
    "sealed: a million stanzas": SEALED + "sealed_with_a_million_stanzas",
    "sealed: twice": SEALED + "sealed_twice",
    "sealed: zip bomb": SEALED + "sealed_zip_bomb",
    "sealed: not a package": SEALED + "sealed_not_a_package",
    "sealed: to another": SEALED + "sealed_to_another",
}

IN_THE_ORDER = {
    "replay of the same": ORDER + "replay_of_the_same",
    "older after newer": ORDER + "older_after_newer",
    "gap": ORDER + "gap",
    "fork": ORDER + "fork",
    "fast-forward (number 999999999)": ORDER + "fast_forward",
    "directive rollback": ORDER + "directive_rollback",
    "right key, wrong period in the stream": ORDER + "right_key_wrong_period_in_the_stream",
}

OF_TUF = {
    "arbitrary software": CONTAINER + "changed_byte_in_each_member",
    "endless data": CONTAINER + "endless_data",
    "extraneous dependencies": "",  # a package needs no other
    "fast-forward": ORDER + "fast_forward",
    "indefinite freeze": ORDER + "indefinite_freeze",
    "malicious mirrors": "",  # nothing is fetched
    "mix-and-match": ORDER + "mix_and_match",
    "rollback": ORDER + "directive_rollback",
    "slow retrieval": "",  # a file is there or it is not
    "vulnerability to key compromise": ORDER + "key_compromise",
    "wrong software installation": SIGNER + "wrong_kind_under_a_good_signature",
}

NO_ANALOGUE = {"extraneous dependencies", "malicious mirrors", "slow retrieval"}
