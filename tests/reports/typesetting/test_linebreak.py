"""The line breaker: nothing is lost, nothing sticks out, no mark stands where it must not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jindu_desk.reports.typesetting.linebreak import NO_END, NO_START, SPACES, Line, break_lines, may_break, paragraphs

CELL = 10.0
PIECES = st.sampled_from(
    [*"禁毒工作例会村，。；：）”’》“（《、—…·%-.,:()", *" 　aZ09é", "2026年", "words", "14:30", "1,280.50"]
)
TEXTS = st.lists(PIECES, max_size=120).map("".join)


def widths_of(text: str) -> list[float]:
    return [CELL / 2 if ord(character) < 0x300 else CELL for character in text]


def broken(text: str, cells: int = 10, indent: int = 0) -> tuple[Line, ...]:
    room = cells * CELL
    return break_lines(text, widths_of(text), first=room - indent * CELL, rest=room)


def shown(text: str, cells: int = 10) -> list[str]:
    return [text[line.start : line.shown] for line in broken(text, cells)]


@given(TEXTS, st.integers(3, 28), st.integers(0, 2))
def test_every_character_is_in_exactly_one_line(text: str, cells: int, indent: int) -> None:
    lines = broken(text, cells, indent)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(not text[line.shown : line.end].strip(" 　") for line in lines)


@given(TEXTS, st.integers(3, 28), st.integers(0, 2))
def test_no_line_exceeds_its_room(text: str, cells: int, indent: int) -> None:
    for number, line in enumerate(broken(text, cells, indent)):
        room = (cells - (indent if number == 0 else 0)) * CELL
        assert line.width <= room + 1e-6
        assert all(left <= right for left, right in pairwise(line.offsets))


@given(TEXTS, st.integers(4, 28))
def test_marks_stand_wrong_only_where_no_line_could_help_it(text: str, cells: int) -> None:
    for line, following in pairwise(broken(text, cells)):
        if not may_break(text, following.start):
            # A run without any allowed place, wider than the line: it had to be cut.
            inside = range(line.start + 1, following.start)
            assert not any(may_break(text, place) for place in inside)


@given(TEXTS, st.integers(4, 28))
def test_allowed_places_keep_the_rules_of_marks(text: str, cells: int) -> None:
    for place in range(1, len(text)):
        if may_break(text, place):
            assert text[place] not in NO_START
            assert text[place] not in SPACES
            assert text[place - 1] not in NO_END


def test_a_full_line_of_ideographs_stands_on_the_grid() -> None:
    (first, _) = broken("禁毒工作月协调例会纪要")
    assert first.offsets == tuple(CELL * i for i in range(10))


def test_a_closing_mark_is_squeezed_in_when_marks_can_give_the_room() -> None:
    assert shown("一、二、三四五六七。八九") == ["一、二、三四五六七。", "八九"]
    assert shown("一、二、三四五六七八。九") == ["一、二、三四五六七八。", "九"]


def test_without_room_the_character_before_the_mark_goes_down_and_the_line_is_spread() -> None:
    lines = broken("一二三四五六七八九十。后")
    assert [line.end for line in lines] == [9, 12]
    assert abs(lines[0].width - 10 * CELL) < 1e-6


def test_a_label_keeps_its_width_so_that_further_lines_are_aligned_after_it() -> None:
    for text in ("名：一、二、三四五六七。八九", "名：一二三四五六七（八九）十"):  # squeezed; spread
        (line, _) = break_lines(text, widths_of(text), first=90, rest=70, rigid=2)
        assert line.offsets[:3] == (0, CELL, 2 * CELL)


def test_an_opening_mark_goes_down_with_what_it_opens() -> None:
    assert shown("一二三四五六七八九（十）") == ["一二三四五六七八九", "（十）"]


def test_words_numbers_and_times_stay_whole() -> None:
    assert shown("一二三四五六七八九drug") == ["一二三四五六七八九", "drug"]
    assert shown("一二三四五六七八九1,280.50元") == ["一二三四五六七八九", "1,280.50元"]
    assert shown("一二三四五六七八九14:30") == ["一二三四五六七八九", "14:30"]


@pytest.mark.parametrize(
    "whole",
    ["2026年10月28日", "10月28日", "36人次", "12.5万元", "100余户", "3个工作日", "80%", "https://a.cn/b?c=1&d=%20"],
)
def test_dates_numbers_with_their_units_and_addresses_stay_whole_where_a_line_holds_them(whole: str) -> None:
    for before in range(13):
        lines = shown("会" * before + whole + "议" * 3, cells=13)
        assert any(whole in line for line in lines), (before, lines)


def test_a_date_longer_than_a_line_is_cut() -> None:
    assert shown("2026年10月28日", cells=3) == ["2026年", "10月", "28日"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert shown("x" * 45) == ["x" * 20, "x" * 20, "x" * 5]


def test_dashes_and_dots_in_pairs_are_not_parted() -> None:
    assert shown("一二三四五六七八九——十")[0] == "一二三四五六七八"
    assert shown("一二三四五六七八九……十")[0] == "一二三四五六七八"


def test_names_stay_on_one_line_where_they_fit() -> None:
    text = "张三、李四、王五测试、赵六"
    lines = break_lines(text, widths_of(text), first=90, rest=90, keep=frozenset({7, 8, 9}))
    assert text[lines[1].start :] == "王五测试、赵六"


def test_paragraphs_drop_what_cannot_be_seen_and_keep_the_rest() -> None:
    assert paragraphs("  甲\r\n\r\n乙\t丙\x00\x07\u202e丁\ufeff\n \n戊\ud800") == ("甲", "乙 丙丁", "戊\ufffd")
    assert paragraphs("") == ()
