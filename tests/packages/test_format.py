"""Round trips: what is written is what is read. Through the eyes of others: ``test_outsiders.py``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.packages.made_up import DISTRICT, TOWNSHIP, head, report, roster_of, tables

from jindu_desk.domain.free_text import clean_text
from jindu_desk.errors import DeskError
from jindu_desk.packages.csv_text import read_columns, read_csv, write_csv
from jindu_desk.packages.verify import verify_package
from jindu_desk.packages.write import WrittenPackage


def test_rows_come_back_as_they_went_in() -> None:
    rows = tables()
    found = verify_package(report(rows=rows).content, roster_of(TOWNSHIP.id), DISTRICT.id).tables

    def listed(table: Sequence[dict[str, object]]) -> list[str]:
        return sorted(repr(sorted(row.items())) for row in table)

    assert {name: listed(table) for name, table in found.items()} == {n: listed(table) for n, table in rows.items()}


def test_same_rows_give_the_same_bytes() -> None:
    rows = tables()
    backwards = {name: list(reversed(table)) for name, table in rows.items()}
    assert report(rows=rows).content == report(rows=backwards).content


def test_repetitive_text_is_stored_rather_than_refused() -> None:
    rows = tables()
    rows["agenda_items"][0]["said"] = "好" * 20_000
    package = verify_package(report(rows=rows).content, None)
    assert package.tables["agenda_items"][0]["said"] == "好" * 20_000


def test_many_attachments_with_one_content_travel_once() -> None:
    made: WrittenPackage = report(attachments=[("a.pdf", b"same"), ("b.pdf", b"same")])
    assert list(verify_package(made.content, None).attachments.values()) == [b"same"]


def test_number_follows_number() -> None:
    first = report()
    second = report(head(number=2, previous=first.descriptor_sha256))
    assert verify_package(second.content, None).descriptor.previous == first.descriptor_sha256


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Co")), max_size=30)


@given(st.lists(st.lists(TEXT | st.sampled_from(["", '"', ",", "a\nb", "=1+1", "@x"]), min_size=2, max_size=2)))
def test_csv_round_trip(rows: list[list[str]]) -> None:
    header, found, faults = read_csv("t", write_csv(["a", "b"], rows))
    assert faults == []
    assert header == ["a", "b"]
    assert found == rows


@given(st.lists(st.sampled_from(["a", "b", ",", '"', "x,\r\n", "\r\n", "\r", "\n", "\0", "\ufeff"]), max_size=12))
def test_by_columns_a_table_is_read_as_by_rows_or_not_at_all(pieces: list[str]) -> None:
    content = "".join(["a,b\r\n", *pieces, "\r\n"]).encode()
    columns = read_columns(content, ["a", "b"])
    header, rows, faults = read_csv("t", content)
    plain = not faults and header == ["a", "b"] and all(len(row) == 2 for row in rows)
    if columns is not None:
        assert plain
        assert columns == [[row[place] for row in rows] for place in (0, 1)]
    elif plain:
        assert b'"' in content


@given(st.text(max_size=200))
def test_any_text_that_may_be_typed_travels(text: str) -> None:
    try:
        typed = clean_text(text, "said")
    except DeskError:
        return
    rows = tables()
    rows["agenda_items"][0]["said"] = typed
    assert verify_package(report(rows=rows).content, None).tables["agenda_items"][0]["said"] == typed


@given(st.dates(date(1900, 1, 1)), st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)))
def test_any_day_and_time_travels(day: date, moment: datetime) -> None:
    rows = tables()
    rows["meetings"][0]["signed_on"] = day
    rows["meetings"][0]["starts_at"] = moment
    rows["meetings"][0]["ends_at"] = None
    found = verify_package(report(rows=rows).content, None).tables["meetings"][0]
    assert found["signed_on"] == day
    assert found["starts_at"] == moment.replace(microsecond=0)


@given(st.binary(max_size=300))
def test_no_bytes_break_the_verification(content: bytes) -> None:
    with pytest.raises(DeskError):
        verify_package(content, None)
