"""The attacks of packages.md §6 that stand in a CSV, under a good signature."""

from __future__ import annotations

import pytest
from tests.packages.forge import forged, table
from tests.packages.made_up import tables
from tests.packages.refusals import faults, refused, verified

from jindu_desk.errors import packages as errors


def cells(old: bytes, new: bytes) -> bytes:
    content = table("cells")
    assert old in content
    return forged(tables={"cells": content.replace(old, new, 1)})


def test_csv_extra_missing_renamed_column() -> None:
    assert faults(cells(b",note\r\n", b",note,more\r\n")) == [("cells", 1, "more", "extra_column")]
    assert faults(cells(b",note\r\n", b"\r\n")) == [("cells", 1, "note", "missing_column")]
    assert faults(cells(b",note\r\n", b",notes\r\n")) == [("cells", 1, "note", "renamed_column")]
    assert faults(cells(b"state,value", b"value,state")) == [("cells", 1, "", "renamed_column")]
    twice = [
        ("cells", 1, "other", "extra_column"),
        *(("cells", 1, name, "missing_column") for name in ("state", "value")),
    ]
    assert faults(cells(b"state,value,note", b"note,note,other")) == twice
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
    assert faults(cells(b"number,3,", b"number,,")) == [("cells", 2, "value", "value_without_number")]
    twice = table("cells").split(b"\r\n")
    assert faults(forged(tables={"cells": b"\r\n".join([*twice[:2], *twice[1:]])}))[0][3] == "duplicate_key"
    assert (
        faults(forged(tables={"meetings": table("meetings").split(b"\r\n")[0] + b"\r\n"}))[0][3] == "unknown_reference"
    )


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
    error = refused(forged(rows=rows), errors.RowsInvalid)
    assert isinstance(error, errors.RowsInvalid)
    assert [(fault.table, fault.column) for fault in error.faults] == [(table_name, column)]
    assert text not in str(error)
