"""The minutes measured with another program's eyes against the figures of GB/T 9704-2012, clause by clause.

Every position is read back from the PDF. "Clause" is always one of that standard; 10.3 is the one on minutes (纪要).
"""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image
from tests.reports.pdf_reading import Page, Placed, pages_of, said

from jindu_desk.reports.meetings.minutes import minutes_pdf
from jindu_desk.reports.meetings.minutes_paper import MinutesPaper
from jindu_desk.reports.typesetting.annex import Annex, AnnexPicture, AnnexTable, AnnexText, TableColumn
from jindu_desk.reports.typesetting.fonts import FontSet

NEAR = 0.5  # mm, for every figure of the standard
LEFT, TOP, RIGHT, BOTTOM = 28.0, 37.0, 28.0 + 156, 37.0 + 225  # the 版心, clause 5.2.1
ROW, COLUMN = 225 / 22, 156 / 28  # clause 5.2.3: 22 lines of 28 characters fill it
POINT = 25.4 / 72
SIZE_2, SIZE_3, SIZE_4 = 22.0, 15.75, 14.0  # 三号 is 16 pt; 28 characters of it are wider than 156 mm
EM = SIZE_3 * POINT
FONG, SONG, KAI, HEI, BLACK = "JinduSerifRegular", "JinduSerifRegular", "JinduKaiRegular", "JinduSansMedium", (0, 0, 0)
TITLE = "JinduSerifBlack"
RED = (230, 0, 18)
TYPED = (
    "会议听取了汇报。\n一、提高认识\n各村要逐户走访登记造册不漏一户一人并按月上报进展情况做到件件有着落事事有回音人人有帮扶"
    "处处有宣传月月有通报年年有考核项项有结果。\n（一）加强宣传。进村入户。\n1.印发资料\n（1）每户一份"
)


def picture(width: int, height: int, turned: int = 1) -> bytes:
    """A JPEG as a camera writes it; ``turned``: EXIF's orientation."""
    stream, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = turned
    Image.new("RGB", (width, height), "navy").save(stream, "JPEG", exif=exif)
    return stream.getvalue()


@pytest.fixture(scope="module")
def pages(minutes: MinutesPaper, fonts: FontSet) -> list[Page]:
    return pages_of(minutes_pdf(replace(minutes, opening=TYPED), fonts))


@pytest.fixture(scope="module")
def annexed(minutes: MinutesPaper, fonts: FontSet) -> list[Page]:
    """With a table that runs over pages and stripes, two pictures, and what is no picture."""
    columns = (TableColumn("村", align="left"), *(TableColumn(f"指标{n}（人）") for n in range(14)))
    rows = tuple((f"测试{n}村", *(f"{n}{m}" for m in range(14))) for n in range(25))
    annexes = (
        Annex("测试镇禁毒工作台账", (AnnexTable(columns, rows, "在册"), AnnexText("注：保护版。"))),
        Annex(
            "会议有关图片",
            (
                AnnexPicture("横的", picture(800, 600)),
                AnnexPicture("竖的", picture(800, 600, turned=6)),
                AnnexPicture("坏的.png", b"\x89PNG"),
                AnnexPicture("没了.png", None),
            ),
        ),
    )
    return pages_of(minutes_pdf(replace(minutes, annexes=annexes), fonts))


def body(page: Page) -> list[list[Placed]]:
    """The lines of the 版心 that are set on its grid: below the head's red rule where there is one."""
    top = max((rule.y for rule in page.rules if rule.colour == RED), default=TOP)
    return [line for line in page.lines if line[0].size == pytest.approx(SIZE_3) and top < line[0].y < BOTTOM]


def starting(pages: list[Page], words: str) -> list[Placed]:
    return next(line for page in pages for line in page.lines if said(line).startswith(words))


def following(pages: list[Page], line: list[Placed]) -> list[Placed]:
    """The line below, on the same page."""
    lines = next(page.lines for page in pages if line in page.lines)
    return lines[lines.index(line) + 1]


def row_of(placed: Placed) -> float:
    """Which row of the grid a character of 三号 stands in, from 0; whole where it stands in the row's middle."""
    return (placed.y - 0.38 * EM - TOP) / ROW - 0.5


def test_5_1_the_paper_is_a4(pages: list[Page]) -> None:
    assert [(page.width, page.height) for page in pages] == [pytest.approx((210, 297), abs=0.1)] * len(pages)


def test_5_2_1_no_ink_leaves_the_text_area(pages: list[Page], annexed: list[Page]) -> None:
    for page in (*pages, *annexed):
        left, top, right, bottom = page.ink(0, 0, 210, 265)
        assert left >= LEFT - NEAR
        assert top >= TOP - NEAR
        assert right <= RIGHT + NEAR
        assert bottom <= BOTTOM + NEAR


def test_5_2_3_every_line_of_every_page_stands_on_the_grid_of_22(pages: list[Page]) -> None:
    rows = [[row_of(line[0]) for line in body(page)] for page in pages]
    for page in rows:
        for row in page:
            assert abs(row - round(row)) * ROW < NEAR
        assert 0 <= round(min(page)) <= round(max(page)) <= 21
        assert all(after - before == pytest.approx(round(after - before), abs=0.02) for before, after in pairwise(page))
    assert [round(row) for row in rows[1]] == list(range(22))  # a full page has all of them


def test_5_2_3_a_line_holds_28_characters_each_in_its_column(pages: list[Page]) -> None:
    full = [line for page in pages for line in body(page) if len(line) == 28 and line[0].x < LEFT + 1]
    plain = [line for line in full if all("一" <= placed.character <= "龥" for placed in line)]
    assert plain
    for line in plain:
        for column, placed in enumerate(line):
            assert placed.x == pytest.approx(LEFT + column * COLUMN, abs=NEAR)
    for line in (line for page in pages for line in body(page)):
        for before, after in pairwise(line):
            if all("一" <= placed.character <= "龥" for placed in (before, after)):
                assert COLUMN - 0.05 <= after.x - before.x <= 1.5 * COLUMN  # a line is spread, words are not squeezed


def test_5_2_3_lines_are_black_and_of_the_third_size(pages: list[Page]) -> None:
    for line in (line for page in pages for line in body(page)):
        assert {placed.colour for placed in line} == {BLACK}
        assert {round(placed.size, 2) for placed in line} == {SIZE_3}


def test_10_3_the_mark_is_red_and_begins_35_mm_below_the_text_area(pages: list[Page]) -> None:
    mark = pages[0].lines[0]
    assert said(mark) == "测试镇禁毒工作月协调例会纪要"
    assert {(placed.face, placed.colour) for placed in mark} == {(TITLE, RED)}
    assert min(placed.ink[1] for placed in mark) == pytest.approx(TOP + 35, abs=NEAR)
    assert (mark[0].ink[0] + mark[-1].ink[2]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)


def test_7_2_5_the_number_stands_two_rows_below_the_mark(pages: list[Page]) -> None:
    mark, number = pages[0].lines[:2]
    assert said(number) == "〔2026〕10号"
    blank = number[1].y - 0.88 * EM - (ROW - EM) / 2 - max(placed.ink[3] for placed in mark)
    assert 2 <= blank / ROW < 3
    assert (number[0].x + number[-1].x + EM) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)


def test_7_2_7_the_red_rule_is_as_wide_as_the_text_area_4_mm_below(pages: list[Page]) -> None:
    (rule,) = pages[0].rules
    options = pages[0].lines[2]
    assert rule.colour == RED
    assert rule.left == pytest.approx(LEFT, abs=NEAR)
    assert rule.right == pytest.approx(LEFT + 156, abs=NEAR)
    assert rule.y - (options[0].y + 0.12 * EM) == pytest.approx(4, abs=NEAR)
    assert options[0].x == pytest.approx(LEFT + COLUMN, abs=NEAR)
    assert options[-1].x + EM == pytest.approx(RIGHT - COLUMN, abs=NEAR)


def test_7_3_1_the_title_is_centred_in_balanced_lines_two_rows_below_the_rule(pages: list[Page]) -> None:
    title = [line for line in pages[0].lines if line[0].size == pytest.approx(SIZE_2)]
    assert [said(line) for line in title] == ["测试镇2026年10月", "禁毒工作月协调例会纪要"]
    (rule,) = pages[0].rules
    assert 2 <= (title[0][0].y - 0.88 * SIZE_2 * POINT - rule.y) / ROW < 3
    for line in title:
        assert {placed.face for placed in line} == {TITLE}
        assert (line[0].x + line[-1].x + SIZE_2 * POINT) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
    widths = [line[-1].ink[2] - line[0].ink[0] for line in title]
    assert widths[0] < widths[1] - COLUMN  # a trapezoid, no rectangle


@pytest.mark.parametrize(
    ("words", "face", "rest"),
    [
        ("一、提高认识", HEI, ""),
        ("（一）加强宣传。", KAI, "进村入户。"),
        ("1.印发资料", FONG, ""),
        ("（1）每户一份", FONG, ""),
        ("一、上次会议议定事项落实情况", HEI, ""),
        ("（一）关于帮扶工作", KAI, ""),
        ("（一）办理第1件实事。", KAI, "牵头单位："),
    ],
)
def test_7_3_3_levels_have_their_faces_and_begin_two_characters_in(
    pages: list[Page], words: str, face: str, rest: str
) -> None:
    line = starting(pages, words)
    assert line[0].x == pytest.approx(LEFT + 2 * COLUMN, abs=NEAR)
    assert {placed.face for placed in line[: len(words)]} == {face}
    assert said(line[len(words) :]).startswith(rest)
    assert {placed.face for placed in line[len(words) : len(words) + len(rest)]} <= {FONG}


def test_7_3_3_paragraphs_begin_two_characters_in_and_go_on_at_the_edge(pages: list[Page]) -> None:
    first = starting(pages, "各村要逐户走访")
    below = starting(pages, "按月上报") if first is pages[0].lines[-2] else following(pages, first)
    assert first[0].x == pytest.approx(LEFT + 2 * COLUMN, abs=NEAR)
    assert below[0].x == pytest.approx(LEFT, abs=NEAR)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one(pages: list[Page]) -> None:
    for line in (line for page in pages for line in body(page)):
        assert line[0].character not in "、。，．；：！？）］｝】〕》〉」』”’…"
        assert line[-1].character not in "（［｛【〔《〈「『“‘"
        assert line[-1].x + (0.5 if line[-1].character in "、。，；：！？）〕》”" else 1) * EM <= RIGHT + NEAR


@pytest.mark.parametrize("label", ["出席：", "请假：", "列席："])
def test_10_3_lists_of_persons_are_aligned_after_the_colon(pages: list[Page], label: str) -> None:
    line = starting(pages, label)
    assert line[0].x == pytest.approx(LEFT + 2 * COLUMN, abs=NEAR)
    assert {placed.face for placed in line[:2]} == {HEI}
    assert {placed.face for placed in line[3:]} == {FONG}
    assert line[3].x == pytest.approx(LEFT + 5 * COLUMN, abs=NEAR)
    if label == "出席：":
        assert following(pages, line)[0].x == pytest.approx(LEFT + 5 * COLUMN, abs=NEAR)


def test_10_3_the_lists_begin_one_blank_row_below_the_body(minutes: MinutesPaper, fonts: FontSet) -> None:
    (page, *_) = pages_of(minutes_pdf(MinutesPaper("测试纪要", opening="会议。", present=minutes.present), fonts))
    text, present = (starting([page], words) for words in ("会议。", "出席："))
    assert row_of(present[0]) - row_of(text[0]) == pytest.approx(2, abs=0.05)


def test_7_3_4_annexes_are_named_below_the_body_and_aligned(annexed: list[Page]) -> None:
    first = starting(annexed, "附件：1. 测试镇禁毒工作台账")
    assert first[0].x == pytest.approx(LEFT + 2 * COLUMN, abs=NEAR)
    assert {placed.face for placed in first} == {FONG}
    second = following(annexed, first)
    assert said(second) == "2. 会议有关图片"
    assert second[0].x == pytest.approx(first[3].x, abs=NEAR)  # below the first number
    assert second[3].x == pytest.approx(first[6].x, abs=NEAR)


def test_7_3_7_an_annex_begins_a_page_with_its_number_and_its_title_on_the_third_line(annexed: list[Page]) -> None:
    for number, name in ((1, "测试镇禁毒工作台账"), (2, "会议有关图片")):
        (page,) = [page for page in annexed if said(page.lines[0]) == f"附件{number}"]
        label, title = page.lines[:2]
        assert label[0].x == pytest.approx(LEFT, abs=NEAR)
        assert row_of(label[0]) == pytest.approx(0, abs=0.05)
        assert {placed.face for placed in label} <= {HEI}
        assert said(title) == name
        third = TOP + 2 * ROW
        assert third - NEAR <= min(placed.ink[1] for placed in title) <= third + ROW / 2
        assert (title[0].ink[0] + title[-1].ink[2]) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)


def test_a_long_table_says_its_heading_on_every_page_and_is_ruled_on_the_grid(annexed: list[Page]) -> None:
    ruled = [page for page in annexed if any(not rule.level for rule in page.rules)]
    assert len(ruled) >= 3
    for page in ruled:
        words = "".join(map(said, page.lines))
        assert "指标" in words
        table = [rule for rule in page.rules if rule.top < BOTTOM]
        assert min(rule.left for rule in table) == pytest.approx(LEFT, abs=NEAR)
        assert max(rule.right for rule in table) == pytest.approx(RIGHT, abs=NEAR)
        for rule in table:
            across = ((rule.y - TOP) / (ROW / 3)) if rule.level else ((rule.left - LEFT) / (COLUMN / 2))
            assert across == pytest.approx(round(across), abs=0.05)
    names = [said(line[:5]) for page in ruled for line in page.lines if said(line).startswith("测试")]
    assert names.count("测试24村") == 2  # in either stripe
    assert len(names) == 2 * 25 + 1  # and the annex's title


def test_pictures_stand_upright_within_the_text_area_and_what_is_none_is_named(annexed: list[Page]) -> None:
    boxes = [box for page in annexed for box in page.pictures]
    assert [round((right - left) / (bottom - top), 2) for left, top, right, bottom in boxes] == [1.33, 0.75]
    for left, _, right, _ in boxes:
        assert (left + right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=NEAR)
    words = "".join(said(line) for page in annexed for line in page.lines)
    assert "“坏的.png”不能印出" in words
    assert "“没了.png”已不在附件中" in words


def test_7_4_the_colophon_ends_on_the_lower_edge_of_the_last_page(pages: list[Page], annexed: list[Page]) -> None:
    for page in (pages[-1], annexed[-1]):
        rules = [rule for rule in page.rules if rule.level][-3:]
        assert [rule.thickness for rule in rules] == [pytest.approx(t, abs=0.01) for t in (0.35, 0.25, 0.35)]
        assert rules[-1].y == pytest.approx(BOTTOM, abs=NEAR)
        assert {(round(rule.left), round(rule.right)) for rule in rules} == {(28, 184)}
        block = [line for line in page.lines if rules[0].y < line[0].y < rules[2].y]
        assert {(round(placed.size, 2), placed.face) for line in block for placed in line} == {(SIZE_4, FONG)}
        *copies, foot = block
        em = SIZE_4 * POINT
        assert said(foot) == "测试镇禁毒工作领导小组办公室2026年11月3日印发"
        assert foot[0].x == pytest.approx(LEFT + em, abs=NEAR)
        assert foot[-1].x + em == pytest.approx(RIGHT - em, abs=NEAR)
        assert said(copies[0]).startswith("抄送：")
        assert copies[0][0].x == pytest.approx(LEFT + em, abs=NEAR)
        assert copies[1][0].x == pytest.approx(LEFT + 4 * em, abs=NEAR)  # aligned after the colon
        assert said(copies[-1]).endswith("。")


def test_7_5_page_numbers_stand_7_mm_below_odd_right_even_left(pages: list[Page], annexed: list[Page]) -> None:
    em = SIZE_4 * POINT
    for page, number in ((page, number) for paper in (pages, annexed) for number, page in enumerate(paper, start=1)):
        foot = page.lines[-1]
        assert said(foot).replace(" ", "") == f"—{number}—"
        assert {(round(placed.size, 2), placed.face) for placed in foot} == {(SIZE_4, SONG)}
        assert foot[0].ink[1] == pytest.approx(BOTTOM + 7, abs=NEAR)
        if number % 2:
            assert foot[-1].ink[2] == pytest.approx(RIGHT - em, abs=NEAR)
        else:
            assert foot[0].ink[0] == pytest.approx(LEFT + em, abs=NEAR)


def test_a_colophon_that_does_not_fit_goes_whole_to_the_next_page_with_two_lines_of_text(
    minutes: MinutesPaper, fonts: FontSet
) -> None:
    short = MinutesPaper(
        mark="测试纪要", copies_to=minutes.copies_to, printed_by="测试办", printed_on=minutes.printed_on
    )
    counts = []
    for lines in range(10, 18):
        read = pages_of(minutes_pdf(replace(short, opening="\n".join(["会议。"] * lines)), fonts))
        assert read[-1].rules[-1].y == pytest.approx(BOTTOM, abs=NEAR)
        assert len(read[-1].rules) == 3
        assert len(read[-1].lines) > 4  # text, 抄送, 印发, page number
        counts.append(len(read))
    assert sorted(counts) == counts
    assert set(counts) == {1, 2}


def test_a_draft_says_so_above_the_text_area_only(minutes: MinutesPaper, fonts: FontSet) -> None:
    plain, draft = (pages_of(minutes_pdf(replace(minutes, draft=on), fonts)) for on in (False, True))
    for before, after in zip(plain, draft, strict=True):
        known = {(placed.character, placed.x, placed.y) for placed in before.characters}
        sign = [placed for placed in after.characters if (placed.character, placed.x, placed.y) not in known]
        assert "".join(placed.character for placed in sign).startswith("草稿")
        assert max(placed.y for placed in sign) < TOP
