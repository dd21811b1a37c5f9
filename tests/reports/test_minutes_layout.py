"""The minutes measured with another program's eyes (pdfium), against the figures of GB/T 9704-2012."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

import pypdfium2  # type: ignore[import-untyped]  # it has no stubs
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
import pytest

from jindu_desk.reports.fonts import FontSet
from jindu_desk.reports.minutes import minutes_pdf
from jindu_desk.reports.minutes_paper import MinutesPaper

MM = 72 / 25.4
NEAR = 0.5  # mm, for every figure of the standard
DPI = 180
EM = 15.75 / MM


@dataclass(frozen=True)
class Placed:
    """A character and its origin: mm from the sheet's left and upper edge."""

    character: str
    x: float
    y: float


class Pages:
    """A PDF read back."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)

    def characters(self, page: int) -> list[Placed]:
        text = self.document[page].get_textpage()
        x, y = ctypes.c_double(), ctypes.c_double()
        placed = []
        for index in range(text.count_chars()):
            character = chr(pdfium.FPDFText_GetUnicode(text, index))
            if character in "\r\n" or pdfium.FPDFText_IsGenerated(text, index):
                continue
            assert pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            placed.append(Placed(character, x.value / MM, 297 - y.value / MM))
        return placed

    def lines(self, page: int) -> list[list[Placed]]:
        """Characters by baseline, top to bottom."""
        lines: dict[float, list[Placed]] = {}
        for placed in self.characters(page):
            lines.setdefault(round(placed.y, 1), []).append(placed)
        return [lines[y] for y in sorted(lines)]

    def rules(self, page: int) -> Iterator[tuple[float, float]]:
        """Middle (mm from the upper edge) and thickness (mm) of each rule, as drawn."""
        width = ctypes.c_float()
        for thing in self.document[page].get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH]):
            _, low, _, high = thing.get_bounds()
            assert pdfium.FPDFPageObj_GetStrokeWidth(thing, width)
            yield 297 - (low + high) / 2 / MM, width.value / MM

    def ink(self, page: int, box: tuple[float, float, float, float]) -> tuple[float, ...]:
        """What is drawn within ``box`` (mm: left, top, right, bottom), as such a box."""
        image = self.document[page].render(scale=DPI / 72).to_pil().convert("RGB")
        left, top, right, bottom = (round(edge * DPI / 25.4) for edge in box)
        green = image.crop((left, top, right, bottom)).split()[1]
        found = green.point(lambda value: 255 if value < 120 else 0).getbbox()
        assert found is not None
        return tuple((edge + start) * 25.4 / DPI for edge, start in zip(found, (left, top, left, top), strict=True))


@pytest.fixture(scope="module")
def pages(minutes: MinutesPaper, fonts: FontSet) -> Pages:
    return Pages(minutes_pdf(minutes, fonts))


def test_the_paper_is_a4(pages: Pages) -> None:
    width, height = pages.document[0].get_size()
    assert width / MM == pytest.approx(210, abs=0.1)
    assert height / MM == pytest.approx(297, abs=0.1)


def test_a_page_holds_22_lines_of_28_characters_that_fill_the_text_area(pages: Pages) -> None:
    lines = pages.lines(1)[:-1]  # the last is the page number
    assert len(lines) == 22
    for above, below in pairwise(lines):
        assert below[0].y - above[0].y == pytest.approx(28.99 / MM, abs=0.05)
    first_row_top = lines[0][0].y - 0.88 * EM - (28.99 - 15.75) / 2 / MM
    assert first_row_top == pytest.approx(37, abs=NEAR)
    assert first_row_top + 22 * 28.99 / MM == pytest.approx(262, abs=NEAR)
    full = [line for line in lines if len(line) == 28 and all(ord(c.character) > 0x7F for c in line)]
    assert full
    for line in full:
        assert line[0].x == pytest.approx(28, abs=NEAR)
        assert line[-1].x + EM == pytest.approx(184, abs=NEAR)
        for left, right in pairwise(line):
            assert right.x - left.x == pytest.approx(15.79 / MM, abs=0.05)


def test_a_paragraph_begins_two_characters_in(pages: Pages) -> None:
    heading = next(line for line in pages.lines(1) if "".join(c.character for c in line).startswith("（一）"))
    assert heading[0].x == pytest.approx(28 + 2 * 15.79 / MM, abs=NEAR)


def test_no_ink_leaves_the_text_area(pages: Pages) -> None:
    for page in range(len(pages.document)):
        left, top, right, bottom = pages.ink(page, (0, 0, 210, 265))
        assert left >= 28 - NEAR
        assert top >= 37 - NEAR
        assert right <= 184 + NEAR
        assert bottom <= 262 + NEAR


def test_the_mark_begins_35_mm_below_the_text_area_and_is_centred(pages: Pages) -> None:
    mark = pages.lines(0)[0]
    assert "".join(c.character for c in mark) == "测试镇禁毒工作月协调例会纪要"
    left, top, right, _ = pages.ink(0, (0, 0, 210, mark[0].y))
    assert top == pytest.approx(37 + 35, abs=NEAR)
    assert (left + right) / 2 == pytest.approx(28 + 78, abs=NEAR)


def test_the_mark_and_the_rule_are_red_and_nothing_else(pages: Pages) -> None:
    image = pages.document[0].render(scale=1).to_pil().convert("RGB")
    coloured = [
        y
        for y in range(image.height)
        for r, g, b in [image.getpixel((x, y)) for x in range(80, 520, 3)]
        if r - max(g, b) > 100
    ]
    (rule, _), *_ = pages.rules(0)
    assert min(coloured) / MM == pytest.approx(72, abs=2)
    assert max(coloured) / MM == pytest.approx(rule, abs=1)


def test_the_red_rule_is_156_mm_wide_4_mm_below_the_options_line(pages: Pages) -> None:
    ((middle, _),) = pages.rules(0)
    options = pages.lines(0)[2]
    assert middle - (options[0].y + 0.12 * EM) == pytest.approx(4, abs=NEAR)
    left, _, right, _ = pages.ink(0, (0, middle - 0.2, 210, middle + 0.2))
    assert left == pytest.approx(28, abs=NEAR)
    assert right == pytest.approx(184, abs=NEAR)
    assert options[0].x == pytest.approx(28 + 15.79 / MM, abs=NEAR)
    assert options[-1].x + EM == pytest.approx(184 - 15.79 / MM, abs=NEAR)


def test_the_page_number_stands_7_mm_below_odd_right_even_left(pages: Pages) -> None:
    for page in range(len(pages.document)):
        foot = pages.lines(page)[-1]
        assert "".join(c.character for c in foot).replace(" ", "") == f"—{page + 1}—"
        dash = pages.ink(page, (foot[0].x, 262.5, foot[0].x + 3.5, 290))
        assert dash[1] == pytest.approx(262 + 7, abs=NEAR)
        left, _, right, _ = pages.ink(page, (0, 262.5, 210, 290))
        if page % 2 == 0:
            assert right == pytest.approx(184 - 14 / MM, abs=NEAR)
        else:
            assert left == pytest.approx(28 + 14 / MM, abs=NEAR)


def test_the_colophon_ends_on_the_lower_edge_of_the_last_page(pages: Pages) -> None:
    rules = sorted(pages.rules(len(pages.document) - 1))
    assert [thickness for _, thickness in rules] == [pytest.approx(t, abs=0.01) for t in (0.35, 0.25, 0.35)]
    assert rules[-1][0] == pytest.approx(37 + 225, abs=NEAR)
    foot = [c for c in pages.characters(len(pages.document) - 1) if rules[1][0] < c.y < rules[2][0]]
    assert "".join(c.character for c in foot) == "测试镇禁毒工作领导小组办公室2026年11月3日印发"
    assert foot[0].x == pytest.approx(28 + 14 / MM, abs=NEAR)
    assert foot[-1].x + 14 / MM == pytest.approx(184 - 14 / MM, abs=NEAR)
    copies = [c for c in pages.characters(len(pages.document) - 1) if rules[0][0] < c.y < rules[1][0]]
    second = [c for c in copies if c.y > copies[0].y + 1]
    assert copies[0].x == pytest.approx(28 + 14 / MM, abs=NEAR)
    assert second[0].x == pytest.approx(28 + 4 * 14 / MM, abs=NEAR)  # aligned after the colon


def test_lists_of_persons_are_aligned_after_the_colon(pages: Pages, minutes: MinutesPaper) -> None:
    lines = [line for page in range(len(pages.document)) for line in pages.lines(page)]
    start = next(i for i, line in enumerate(lines) if "".join(c.character for c in line).startswith("出席："))
    colon = lines[start][2]
    following = next(line for line in lines[start + 1 :] if "—" not in {c.character for c in line})
    assert following[0].x == pytest.approx(colon.x + 15.79 / MM, abs=NEAR)


def test_a_colophon_that_does_not_fit_goes_whole_to_the_next_page_with_two_lines_of_text(
    minutes: MinutesPaper, fonts: FontSet
) -> None:
    short = MinutesPaper(
        mark="测试纪要", copies_to=minutes.copies_to, printed_by="测试办", printed_on=minutes.printed_on
    )
    counts = {}
    for lines in range(10, 18):
        read = Pages(minutes_pdf(replace(short, opening="\n".join(["会议。"] * lines)), fonts))
        last = len(read.document) - 1
        assert sorted(read.rules(last))[-1][0] == pytest.approx(262, abs=NEAR)
        assert len(list(read.rules(last))) == 3
        assert len(read.lines(last)) > 4  # text, 抄送, 印发, page number
        counts[lines] = last + 1
    assert sorted(counts.values()) == list(counts.values())
    assert {1, 2} == set(counts.values())


def test_a_draft_says_so_above_the_text_area_only(minutes: MinutesPaper, fonts: FontSet) -> None:
    plain, draft = Pages(minutes_pdf(minutes, fonts)), Pages(minutes_pdf(replace(minutes, draft=True), fonts))
    for page in range(len(plain.document)):
        body = set(plain.characters(page))
        sign = [c for c in draft.characters(page) if c not in body]
        assert "".join(c.character for c in sign).startswith("草稿")
        assert max(c.y for c in sign) < 37
