"""What a forged package must not cost, whoever signed it, and what its words must not do to who reads the refusal."""

from __future__ import annotations

import json
import tracemalloc

import pytest
from tests.packages.forge import DESCRIPTOR, Entry, entries_of, forged, good_parts, raw_zip, resigned, table, zipped
from tests.packages.refusals import KINDS, refused, verified

from jindu_desk.errors import packages as errors
from jindu_desk.packages import csv_text
from jindu_desk.packages.csv_text import MOST_ROWS, read_csv
from jindu_desk.packages.kinds import tables_of
from jindu_desk.packages.rows import MOST_FAULTS

MB = 1 << 20
STEERING = "\x1b[2J\u202e\r\n\ud800"
ESCAPES = r"\u001b[2J\u202e\r\n\ud800"


def peak(content: bytes) -> int:
    """The most memory that reading ``content`` as CSV took at a time, in multiples of its size."""
    tracemalloc.start()
    try:
        read_csv("t", content)
    except errors.TablesTooLongToList:
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most // len(content)


@pytest.mark.parametrize("cell", [b"x" * MB, b'""' * (MB // 2), b",\r\n" * (MB // 3)], ids=["text", "quotes", "lines"])
def test_a_vast_quoted_cell_costs_a_few_times_its_size(cell: bytes) -> None:
    assert peak(b'a\r\n"' + cell + b'"\r\n') < 10


@pytest.mark.parametrize("row", [b"\r\n", b'""\r\n', b",\r\n"])
def test_rows_beyond_the_limit_are_not_taken_apart(row: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(errors.TablesTooLongToList):
        read_csv("t", b"a\r\n" + row * (MOST_ROWS + 1))
    monkeypatch.setattr(csv_text, "MOST_ROWS", 100)
    assert peak(b"a\r\n" + row * 100_000) < 10


@pytest.mark.parametrize("quoted", [b"", b'"x"'])
def test_a_row_of_millions_of_cells_is_refused(quoted: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    assert max(len(table.columns) for kind in KINDS for table in tables_of(kind)) * MOST_ROWS < csv_text.MOST_COMMAS
    monkeypatch.setattr(csv_text, "MOST_COMMAS", 1000)
    content = b"a\r\n" + quoted + b"," * 100_000 + b"\r\n"
    _, _, faults = read_csv("t", content)
    assert [fault.code for fault in faults] == ["cell_count"]
    assert peak(content) < 10


def test_the_largest_table_is_read() -> None:
    header, rows, faults = read_csv("t", b"a,b\r\n" + b"1,2\r\n" * MOST_ROWS)
    assert (header, len(rows), faults) == (["a", "b"], MOST_ROWS, [])
    _, rows, faults = read_csv("t", b'a,"b"\r\n' + b"1,2\r\n" * MOST_ROWS)
    assert (len(rows), faults) == (MOST_ROWS, [])


def test_a_table_of_nothing_but_faults_lists_the_first_thousand() -> None:
    header = table("figures").split(b"\r\n")[0]
    wrong = b"\r\n".join([header, *[b"!,x,,"] * 5000, b""])
    error = refused(forged(tables={"figures": wrong}), errors.RowsInvalid)
    assert isinstance(error, errors.RowsInvalid)
    assert len(error.faults) == MOST_FAULTS
    assert {fault.row for fault in error.faults} == set(range(2, 2 + MOST_FAULTS // 2))
    short = b"\r\n".join([header, *[b"x"] * 5000, b""])
    error = refused(forged(tables={"figures": short}), errors.RowsInvalid)
    assert isinstance(error, errors.RowsInvalid)
    assert [fault.row for fault in error.faults] == list(range(2, 2 + MOST_FAULTS))


def reworded(old: str, new: str) -> bytes:
    """A report whose descriptor says ``new`` where it said ``old``, signed by its unit."""
    parts = good_parts()
    text = parts[DESCRIPTOR].decode()
    assert old in text
    return zipped(resigned(parts | {DESCRIPTOR: text.replace(old, new, 1).encode()}))


@pytest.mark.parametrize("depth", [50, *range(900, 1000, 9), 100_000])
@pytest.mark.parametrize("old", ['"kind": "report"', '"format": 1', '"number": 1', '"rules": "2026-10"', '"roster": 0'])
def test_a_value_that_nests_deeply(old: str, depth: int) -> None:
    name = old.partition(":")[0]
    with pytest.raises(errors.DamagedPackage):
        verified(reworded(old, f"{name}: {'[' * depth}{']' * depth}"))


def test_times_that_no_clock_shows() -> None:
    made = json.loads(good_parts()[DESCRIPTOR])["created"]
    wrong = ['"0001-01-01T00:00:00+14:00"', '"9999-12-31T23:59:59-14:00"', "0", '[["2026"]]', '"2026-11-03T09:30:00"']
    for time in wrong:
        refused(reworded(f'"created": "{made}"', f'"created": {time}'), errors.DescriptorInvalid)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"kind": "report"', f'"kind": "{ESCAPES}"', errors.UnknownKind),
        ('"format": 1', f'"format": "{ESCAPES}"', errors.UnknownFormat),
        ('"format": 1', f'"format": 1, "{ESCAPES}": 1', errors.DescriptorInvalid),
        ('"rules": "2026-10"', f'"rules": "{ESCAPES}"', errors.DescriptorInvalid),
        ('"version": "0.1.0"', f'"version": "{ESCAPES}"', errors.DescriptorInvalid),
        ('"code": "320499100000"', f'"code": "{ESCAPES}"', errors.DescriptorInvalid),
        ('"name": "测试甲镇"', f'"name": "{ESCAPES}"', errors.DescriptorInvalid),
        ('"name": "cells"', f'"name": "{ESCAPES}"', errors.DescriptorInvalid),
        ('"name": "会议纪要.pdf"', f'"name": "{ESCAPES}"', errors.DescriptorInvalid),
    ],
)
def test_words_of_the_descriptor_steer_no_terminal(old: str, new: str, error: type[errors.PackageError]) -> None:
    refused(reworded(old, new), error)


def test_names_and_columns_steer_no_terminal() -> None:
    name = f"data/{STEERING[:4]}.csv".encode()
    error = refused(raw_zip([*entries_of(good_parts()), Entry(name, b"x")]), errors.MemberNameRefused)
    assert "\ufffd[2J" in str(error)
    steering = STEERING[:5].encode()
    for header in (b"meeting_id,position,label," + steering, table("figures").split(b"\r\n")[0] + b"," + steering):
        error = refused(forged(tables={"figures": header + b"\r\n"}), errors.RowsInvalid)
        assert isinstance(error, errors.RowsInvalid)
        assert all(str(fault).isprintable() for fault in error.faults)


def test_a_signature_for_a_steering_namespace() -> None:
    parts = good_parts()
    parts = resigned(parts, namespace="x\x1b[2Jy")
    assert "\x1b" not in str(refused(zipped(parts), errors.SignatureOfOtherKind))
