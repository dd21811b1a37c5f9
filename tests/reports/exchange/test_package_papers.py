"""What holds for every paper that goes with packages: bytes, fonts, foot, margins, and that no content breaks it."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reports.form_reading import (
    LEFT,
    RIGHT,
    characters_of,
    check_code,
    document_of,
    feet_of,
    outside_of,
    text_of,
)
from tests.reports.naughty import filled
from tests.reports.packages_shown import DISTRICT, KINDS, Kind

from jindu_desk.reports.typesetting.font_files import bundled_file
from jindu_desk.reports.typesetting.fonts import FontSet, Role

every_kind = pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
A4 = (210 * 72 / 25.4, 297 * 72 / 25.4)


@every_kind
def test_same_rows_give_the_same_bytes(kind: Kind, fonts: FontSet) -> None:
    first = kind.printed(kind.full, fonts).content
    kind.printed(kind.empty, fonts)
    assert kind.printed(kind.full, FontSet({})).content == first
    assert kind.printed(kind.empty, fonts).content != first


@every_kind
def test_every_page_is_a4_upright(kind: Kind, fonts: FontSet) -> None:
    for page in document_of(kind.printed(kind.full, fonts).content):
        assert page.get_size() == pytest.approx(A4, abs=0.1)


@every_kind
def test_every_font_is_an_embedded_subset(kind: Kind, fonts: FontSet) -> None:
    content = kind.printed(kind.full, fonts).content
    assert b"Helvetica" not in content
    named = set(re.findall(rb"/BaseFont /(\S+)", content))
    assert named
    assert all(re.fullmatch(rb"[A-Z]{6}\+Jindu\w+", name) for name in named)
    assert content.count(b"/FontFile2 ") == content.count(b"/Type /FontDescriptor")


@every_kind
def test_the_file_says_what_it_is(kind: Kind, fonts: FontSet) -> None:
    content = kind.printed(kind.full, fonts).content
    told = document_of(content).get_metadata_dict()
    assert told["Title"].startswith(kind.name)
    assert told["Author"] in ("湖塘镇", DISTRICT)
    assert b"/Lang (zh-CN)" in content


@every_kind
def test_the_foot_has_page_pages_and_the_check_code(kind: Kind, fonts: FontSet) -> None:
    printed = kind.printed(kind.full, fonts)
    feet = feet_of(printed.content)
    assert [foot[1:3] for foot in feet] == [(number, printed.pages) for number in range(1, printed.pages + 1)]
    assert {foot[0] for foot in feet} == {kind.name}
    assert len({foot[3] for foot in feet}) == 1


@every_kind
def test_the_check_code_stands_for_the_words_not_for_the_fonts(kind: Kind, fonts: FontSet) -> None:
    other = FontSet({Role.BODY: replace(bundled_file(Role.TITLE), bundled=False)})
    here, there = kind.printed(kind.full, fonts).content, kind.printed(kind.full, other).content
    assert here != there
    assert check_code(here) == check_code(there)


def changed(value: Any) -> Any:
    """Another value of the same kind; None where a change shows in no way."""
    if isinstance(value, str):
        return f"{value}改"
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, tuple):
        return value[:-1]
    return value.replace(year=value.year - 1)


@every_kind
def test_each_field_is_on_the_paper_and_in_its_check_code(kind: Kind, fonts: FontSet) -> None:
    code = check_code(kind.printed(kind.full, fonts).content)
    unseen = []
    for field in fields(kind.full):
        value = getattr(kind.full, field.name)
        if value in (None, ""):
            continue  # what the example leaves empty is asked by the tests of its paper
        other = kind.printed(replace(kind.full, **{field.name: changed(value)}), fonts).content
        if check_code(other) == code:
            unseen.append(field.name)
    assert unseen == []


@every_kind
def test_nothing_leaves_the_margins(kind: Kind, fonts: FontSet) -> None:
    for rows in (kind.full, kind.empty):
        assert outside_of(kind.printed(rows, fonts).content) == []


@every_kind
def test_a_paper_with_nothing_in_it_is_one_page_to_write_on(kind: Kind, fonts: FontSet) -> None:
    printed = kind.printed(kind.empty, fonts)
    assert printed.pages == 1
    assert printed.missing == ()
    assert "签字" in text_of(printed.content)


@every_kind
def test_outside_programs_agree(kind: Kind, fonts: FontSet, tmp_path: Path) -> None:
    """qpdf finds nothing wrong and pdftotext reads the text, where they are installed."""
    file = tmp_path / "paper.pdf"
    file.write_bytes(kind.printed(kind.full, fonts).content)
    qpdf, pdftotext = shutil.which("qpdf"), shutil.which("pdftotext")
    if qpdf:
        assert subprocess.run([qpdf, "--check", str(file)], check=False, capture_output=True).returncode == 0
    if pdftotext:
        read = subprocess.run([pdftotext, "-layout", str(file), "-"], check=True, capture_output=True).stdout.decode()
        assert "湖塘镇" in read
        assert "NJqj I1yb C8yy 4tcW" in read or kind.name.endswith("清单")
    if not (qpdf or pdftotext):
        pytest.skip("neither qpdf nor pdftotext is installed")


LONG = "会议研究了冬季禁毒宣传工作，要求进村、进校、进企业。" * 400


@every_kind
def test_ten_thousand_characters_go_on_over_the_pages(kind: Kind, fonts: FontSet) -> None:
    for field in fields(kind.full):
        value = getattr(kind.full, field.name)
        if not isinstance(value, str) or field.name in ("verdict", "kind", "state"):
            continue
        printed = kind.printed(replace(kind.full, **{field.name: LONG}), fonts)
        assert printed.pages > 4, field.name
        assert outside_of(printed.content) == [], field.name
        # Every character is there, however the cells beside it share the pages.
        assert text_of(printed.content).count("进") >= LONG.count("进"), field.name


@every_kind
def test_rare_characters_are_drawn_and_missing_ones_told(kind: Kind, fonts: FontSet) -> None:
    name = fields(kind.full)[0].name  # the unit
    printed = kind.printed(replace(kind.full, **{name: "测试䶮㛃𠮷😀"}), fonts)
    assert printed.missing == ("😀",) or (kind.name == "上报回执" and set(printed.missing) == {"😀"})
    document = document_of(printed.content)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "测试䶮㛃𠮷□" in re.sub(r"\s", "", text) or kind.name == "上报回执"


@every_kind
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_content_makes_it_fail_or_leave_the_page(kind: Kind, fonts: FontSet, data: st.DataObject) -> None:
    rows = data.draw(filled(type(kind.full)))
    printed = kind.printed(rows, fonts)
    pages = characters_of(printed.content)
    assert len(pages) == printed.pages
    for placed in (character for page in pages for character in page):
        assert LEFT - 0.5 <= placed.x <= RIGHT + 0.5
        assert 18 <= placed.y <= 285
