"""Every paper read back by other programs: pdftotext gives its words in reading order, the outline leads to its parts.

The reading order is told from what is seen on the page: cells as ruled lines make them, from the top and in a row from
the left, the lines of a cell together. It is compared with ``pdftotext -raw``, which keeps the order of the file:
without ``-raw`` pdftotext guesses columns from gaps and takes the cells of a table for such. What it makes of pages of
text alone is compared as well.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pytest
from tests.reports.every_paper import every_paper
from tests.reports.naughty import Shape, call_with_texts
from tests.reports.pdf_reading import Page, Placed, Ruled, pages_of

from jindu_desk.reports.typesetting.drawing import PrintedPaper
from jindu_desk.reports.typesetting.fonts import FontSet

PAPERS = sorted(every_paper())
REST = "戊己庚辛壬"  # behind a text's number; narrow cells break it
LETTERS = ("bulletin", "notice")  # text without a table, of which test_minutes has more
CHARTS = "rates"
COVER = "封面"  # a page that says something else
DASH = 5.0  # mm: the dashes of a cut line are shorter, an edge of a cell is not
TABLE = 150.0  # mm: what is ruled in a chart is shorter
IN_A_CHART = 10.0  # points at most
FOOT = re.compile(r"—\d+—(?:草稿未经签发，不得印发)?")  # comes between the lines of a text that goes on overleaf


@dataclass(frozen=True)
class Made:
    """A paper and the texts that its rows have, each once."""

    printed: PrintedPaper
    texts: list[str]


Making = Callable[[str], Made]


@pytest.fixture(scope="module")
def make(fonts: FontSet) -> Making:
    known: dict[str, Made] = {}

    def made(name: str) -> Made:
        if name not in known:
            texts = [f"甲{number:03}{REST}" for number in range(400)]
            left = iter(texts)
            printed = call_with_texts(every_paper()[name], fonts, left, Shape(rows=2))
            known[name] = Made(printed, texts[: -len(list(left))])
        return known[name]

    return made


@pytest.mark.parametrize("name", PAPERS)
def test_the_text_is_given_back_whole_and_in_reading_order(name: str, make: Making, tmp_path: Path) -> None:
    paper = make(name)
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper.printed.content)
    pages = pages_of(paper.printed.content)
    seen = [in_reading_order(page, charts=name == CHARTS) for page in pages]
    assert told(file, "-raw") == seen
    whole = FOOT.sub("", "".join(seen))
    begun = [text for text in paper.texts if text[:4] in whole]
    assert begun
    assert [text for text in begun if text not in whole] == []
    if name in LETTERS:
        level = [number for number, page in enumerate(pages) if not uprights(page)]
        assert [told(file)[number] for number in level] == [seen[number] for number in level] != []


@pytest.mark.parametrize("name", PAPERS)
def test_the_outline_leads_to_what_it_names(name: str, make: Making) -> None:
    document = pypdfium2.PdfDocument(make(name).printed.content)
    said = [page.get_textpage().get_text_range() for page in document]
    entries = [(entry.get_title(), entry.get_dest().get_index()) for entry in document.get_toc()]
    assert entries
    assert [title for title, page in entries if title != COVER and not stands_in(title, said[page])] == []


@pytest.mark.parametrize("name", PAPERS)
def test_the_file_names_the_office_that_made_it_and_the_paper(name: str, make: Making) -> None:
    paper = make(name)
    document = pypdfium2.PdfDocument(paper.printed.content)
    told_of_itself = document.get_metadata_dict()
    assert told_of_itself["Author"] in paper.texts
    assert stands_in(told_of_itself["Title"], document[0].get_textpage().get_text_range())


def told(file: Path, *how: str) -> list[str]:
    """What pdftotext says of each page, without blanks."""
    pdftotext = shutil.which("pdftotext")
    if not pdftotext:
        pytest.skip("pdftotext is not installed")
    said = subprocess.run([pdftotext, *how, str(file), "-"], check=True, capture_output=True).stdout.decode()
    return [bare(page) for page in said.split("\f")[:-1]]


def stands_in(title: str, page: str) -> bool:
    """Whether all pieces of the title are on the page: a number, a name and a period have places of their own."""
    pieces = title.split()
    return bool(pieces) and all(piece in bare(page) for piece in pieces)


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def uprights(page: Page) -> list[Ruled]:
    return [rule for rule in page.rules if not rule.level]


def in_reading_order(page: Page, *, charts: bool) -> str:
    """What is read on the page. Charts stand side by side, without rules, above the table: they are one cell here."""
    level = [rule for rule in page.rules if rule.level and rule.right - rule.left > DASH]
    upright = uprights(page)
    table = min((rule.y for rule in level if rule.right - rule.left > TABLE), default=0.0)

    def place(at: Placed) -> tuple[float, float, float, float]:
        if charts and at.size <= IN_A_CHART and at.y < table:
            return (0.0, 0.0, table, 0.0)
        x, y = at.x + 0.1, at.y - 1.0
        top = max((rule.y for rule in level if rule.y <= y and rule.left <= x <= rule.right), default=0.0)
        left = max((rule.left for rule in upright if rule.left <= x and rule.top <= y <= rule.bottom), default=0.0)
        return (round(top, 1), round(left, 1), round(at.y, 1), at.x)

    return bare("".join(at.character for at in sorted(page.characters, key=place)))
