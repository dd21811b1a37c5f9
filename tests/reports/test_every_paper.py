"""What holds for every paper, whatever its rows say: it is made, is a sound PDF, says what it is, and is made again."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.reports.every_paper import every_paper
from tests.reports.naughty import NAUGHTY, SHAPES, Shape, call_with, public_list

from jindu_desk.reports.typesetting.fonts import FontSet

PAPERS = sorted(every_paper())


def test_all_papers_are_found() -> None:
    assert {"minutes", "findings", "key_form", "follow_up", "agenda", "volume"} <= set(PAPERS)


@pytest.mark.parametrize("name", PAPERS)
def test_the_public_list_of_naughty_strings_breaks_nothing(name: str, fonts: FontSet, tmp_path: Path) -> None:
    printed = call_with(every_paper()[name], fonts, public_list())
    document = pypdfium2.PdfDocument(printed.content)
    assert len(document) == printed.pages
    assert document.get_metadata_dict()["Title"]
    assert b"/Lang (zh-CN)" in printed.content
    assert b"Helvetica" not in printed.content
    if qpdf := shutil.which("qpdf"):
        file = tmp_path / f"{name}.pdf"
        file.write_bytes(printed.content)
        assert subprocess.run([qpdf, "--check", str(file)], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("name", PAPERS)
def test_the_same_rows_give_the_same_bytes(name: str, fonts: FontSet) -> None:
    made = every_paper()[name]
    small = Shape(rows=1)
    first = call_with(made, fonts, ("测试甲", "测试乙村"), small)
    assert call_with(made, FontSet({}), ("测试甲", "测试乙村"), small).content == first.content


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(name=st.sampled_from(PAPERS), strings=st.lists(NAUGHTY, max_size=30), shape=SHAPES)
def test_no_rows_make_a_paper_fail(name: str, strings: list[str], shape: Shape, fonts: FontSet) -> None:
    printed = call_with(every_paper()[name], fonts, strings, shape)
    assert len(pypdfium2.PdfDocument(printed.content)) == printed.pages
